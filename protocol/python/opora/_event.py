"""Events as programs see them."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeGuard, TypeVar

D = TypeVar("D")


@dataclass(frozen=True)
class Event(Generic[D]):
    """A fact of the log."""

    #: The position in the log.
    seq: int
    #: The position of the previous event of the same stream; 0 if none.
    prev: int
    #: Which history the position belongs to.
    epoch: int
    id: str
    #: Without prefix and version: `ticket.created`, `x.billing.invoiced`.
    type: str
    #: The number behind the type's `v`.
    version: int
    #: What it is about: `ticket/T-1042`.
    subject: str
    #: When it happened, and when the kernel wrote it down.
    at: datetime
    recorded_at: datetime
    #: Who did it: `user/U-7`, `plugin/billing`, `kernel`.
    actor: str
    data: D
    #: The identity that sent the command.
    via: str | None = None
    causation: str | None = None
    traceparent: str | None = None
    #: History that was brought in from elsewhere.
    is_imported: bool = False
    #: The version of the subject after this event.
    entity_version: int | None = None
    #: How often a durable consumer was handed this event; 1 is the first time.
    deliveries: int = 1
    #: It comes again because somebody asked for it with `consumer.parked_retry`.
    is_parked: bool = False
    #: The CloudEvents body.
    body: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def stream(self) -> str:
        """The first word of the type."""
        return self.type.split(".", 1)[0]

    @property
    def entity(self) -> str:
        """The id of the subject: `T-1042`."""
        return self.subject.split("/", 1)[-1]

    @property
    def ticket(self) -> str | None:
        """The id of the ticket that it concerns, if it concerns one."""
        if self.subject.startswith("ticket/"):
            return self.entity
        found = self.data.get("ticket") if isinstance(self.data, dict) else None
        return found if isinstance(found, str) else None

    def is_a(self, *types: str) -> bool:
        """One of these types."""
        return self.type in types


AnyEvent = Event[dict[str, Any]]


@dataclass(frozen=True)
class EventType(Generic[D]):
    """A type of event whose data is known: `if TICKET_CREATED.matches(event): event.data["priority"]`."""

    name: str

    def matches(self, event: Event[Any]) -> TypeGuard[Event[D]]:
        """True where the event is of this type; type checkers know its data then."""
        return event.type == self.name

    def __str__(self) -> str:
        return self.name


def _time(body: dict[str, Any], name: str, default: str = "1970-01-01T00:00:00Z") -> datetime:
    try:
        return datetime.fromisoformat(body.get(name) or default)
    except (TypeError, ValueError):
        return datetime.fromisoformat(default)


def _type(name: str) -> tuple[str, int]:
    """`opora.ticket.created.v1` is version 1 of `ticket.created`."""
    short, _, version = name.removeprefix("opora.").rpartition(".v")
    return (short, int(version)) if short and version.isdecimal() else (name, 1)


def read_event(seq: int, prev: int, body: dict[str, Any], *, deliveries: int = 1, is_parked: bool = False) -> AnyEvent:
    """The event in a CloudEvents body."""
    kind, version = _type(str(body.get("type", "")))
    epoch = str(body.get("logepoch", ""))
    data = body.get("data")
    entity_version = body.get("entityversion")
    return Event(
        seq=seq, prev=prev, epoch=int(epoch) if epoch.isdecimal() else 0, id=str(body.get("id", "")), type=kind, version=version,
        subject=str(body.get("subject", "")), at=_time(body, "time"), recorded_at=_time(body, "recordedtime"),
        actor=str(body.get("actor", "")), data=data if isinstance(data, dict) else {}, via=body.get("via"),
        causation=body.get("causationid"), traceparent=body.get("traceparent"), is_imported=body.get("imported") is True,
        entity_version=entity_version if isinstance(entity_version, int) else None, deliveries=deliveries,
        is_parked=is_parked, body=body)


def read_item(item: dict[str, Any]) -> AnyEvent:
    """An event as `events.read` and `consumer.fetch` give it."""
    return read_event(
        int(item["seq"]), int(item.get("prev", 0)), item["event"], deliveries=int(item.get("deliveries", 1)),
        is_parked=item.get("parked") is True)
