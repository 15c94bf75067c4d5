"""A plugin with a method and a durable consumer: greets requesters, and says how many it has greeted.

Run it beside a desk: `greeter.py --run-dir .opora/run --data-dir /tmp/greeter --set greeting=Hello`, then
`opora call x.greeter.count`.
"""
from opora import AnyEvent, Batch
from opora.events import TICKET_CREATED
from opora.plugin import MethodCall, Plugin, method


class Greeter(Plugin):
    """Notes a greeting on every new ticket."""

    name = "greeter"
    summary = "Greets requesters"
    streams = ["ticket"]

    def setup(self) -> None:
        self.greeting = self.settings.text("greeting", "Hello")
        self.greeted = 0

    def handle(self, event: AnyEvent, batch: Batch) -> None:
        if TICKET_CREATED.matches(event) and not event.is_imported:
            # The key makes the note happen once, however often the event is delivered.
            text = f"{self.greeting}, {event.data['requester']}!"
            self.client.ticket.note(ticket=event.data["ticket"], text=text, **batch.once(event))
            self.greeted += 1

    @method(result={"type": "object", "required": ["greeted"]})
    def count(self, call: MethodCall) -> dict[str, int]:
        """How many requesters were greeted since the start."""
        return {"greeted": self.greeted}


if __name__ == "__main__":
    Greeter.main()
