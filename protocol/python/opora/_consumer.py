"""The durable consumer for threads."""
from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self, cast

from ._batch import Batch
from ._client import Client
from ._errors import Closed, OporaError
from ._event import AnyEvent
from ._reading import MAX_EVENTS, RENEW, WAIT_MS, Reading, Start
from ._scope import Scope
from .types import Parked


class Consumer:
    """A named cursor that the kernel keeps: goes on where it stopped, loses nothing, gives each event at least once.

    `for batch in consumer` yields batches of events. A batch counts as dealt with when the loop asks for the next one; an
    exception in the loop leaves it undone, and it comes again. While a batch is being dealt with its lease is renewed. A
    second instance of the same name stands by until the first is gone.
    """

    def __init__(
        self, client: Client, name: str, *, start: Start, streams: Iterable[str] = (), types: Iterable[str] = (),
        max_events: int = MAX_EVENTS, wait_ms: int = WAIT_MS, max_deliver: int | None = None,
        scope: Scope | None = None,
    ) -> None:
        """Makes the consumer where the kernel has none.

        :param start: where a new one begins: "beginning", "now", the last position that is known, or an instant.
        :param streams: the streams to read; none for all.
        :param types: the types of event to read, such as `ticket.created`; none for all.
        :param max_deliver: deliveries without an ack after which the kernel sets an event aside.
        :param scope: ends the consumer when it is closed; by default the client's.
        """
        self._client = client
        self._reading = Reading(name, start, list(streams), list(types), max_events, wait_ms, max_deliver, client.leases)
        self._scope = Scope(f"the consumer {name}", scope or client.scope)
        self._current: Batch | None = None
        self._keeper: threading.Thread | None = None
        client.drive(self._reading.ensured(), self._scope)

    @property
    def name(self) -> str:
        """The consumer's name."""
        return self._reading.name

    @property
    def holder(self) -> str | None:
        """Who holds the consumer while this instance stands by; None while it reads itself."""
        return self._reading.holder

    def __iter__(self) -> Self:
        # Whoever begins a new loop left the last one without dealing with its batch.
        self._current = None
        return self

    def __next__(self) -> Batch:
        batch = self.next()
        if batch is None:
            raise StopIteration
        return batch

    def next(self) -> Batch | None:
        """Takes the batch before as dealt with, and waits for the next one; None once the consumer is closed."""
        done, self._current = self._current, None
        if done is not None:
            self._client.drive(self._reading.dealt_with(done))
        try:
            self._current = self._client.drive(self._reading.fetch(), self._scope)
        except Closed:
            if not self._scope.is_closed:
                raise
            self._finish()
            return None
        self._keep()
        return self._current

    def _finish(self) -> None:
        """The last ack, which no fetch will carry any more. Where it fails the events come again."""
        try:
            self._client.drive(self._reading.flush())
        except OporaError:
            return

    def ack(self, upto: AnyEvent | int | None = None) -> None:
        """Everything up to an event, or the whole batch, is done: on disk when this returns."""
        batch = self._batch()
        seq = batch.seq if upto is None else upto if isinstance(upto, int) else upto.seq
        self._client.drive(self._reading.ack(batch, seq))

    def park(self, event: AnyEvent, reason: str) -> None:
        """Sets an event aside; everything before it counts as done."""
        self._client.drive(self._reading.park(self._batch(), event.seq, reason))

    def _batch(self) -> Batch:
        if self._current is None:
            raise RuntimeError("there is no batch that is being dealt with")
        return self._current

    def parked(self) -> list[Parked]:
        """What was set aside."""
        return [cast(Parked, item) for item in self._client.pages("consumer.parked_list", {"name": self.name})]

    def retry_parked(self, seq: int | None = None) -> int:
        """Has one event that was set aside, or all, handed out once more."""
        return self._about_parked("retry", "retried", seq)

    def drop_parked(self, seq: int | None = None) -> int:
        """Forgets one event that was set aside, or all."""
        return self._about_parked("drop", "dropped", seq)

    def _about_parked(self, verb: str, member: str, seq: int | None) -> int:
        params: dict[str, Any] = {"name": self.name, **({} if seq is None else {"seq": seq})}
        return int(self._client.call(f"consumer.parked_{verb}", params)[member])

    def take_away(self, event: AnyEvent) -> None:
        """An event that was parked is dealt with, the others of its batch may not be."""
        self._client.drive(self._reading.take_away(event))

    def lag(self) -> int:
        """How many events of the log lie after the cursor."""
        return int(self._client.drive(self._reading.info())["lag"])

    def _keep(self) -> None:
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._renew, name=f"opora lease {self.name}", daemon=True)
            self._keeper.start()

    def _renew(self) -> None:
        """Renews the lease of the batch that is being dealt with, until the consumer is closed."""
        try:
            while True:
                self._scope.pause(RENEW)
                batch = self._current
                if batch is not None and not batch.is_lost:
                    self._client.drive(self._reading.renew(batch), self._scope)
        except Closed:
            return

    def close(self) -> None:
        """Ends the loop when the batch that is being dealt with is done; from any thread."""
        if not self._scope.is_closed:
            self._reading.leave()
        self._scope.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
