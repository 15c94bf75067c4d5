"""What a durable consumer is handed at once."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ._event import AnyEvent, Event
from ._steps import CallOptions


@dataclass
class Batch:
    """Events in order, and the position after them."""

    #: The consumer's name.
    consumer: str
    events: list[AnyEvent]
    #: Everything up to here is dealt with once the batch is.
    seq: int
    epoch: int
    #: How many events of the log lie behind this batch.
    pending: int
    #: Set aside before, handed out once more: the cursor does not move.
    is_parked: bool = False
    #: The lease was lost meanwhile: another instance may have the same events, and this batch can not be acked.
    is_lost: bool = False
    #: Under which lease it was handed out.
    lease_token: str = field(default="", repr=False)

    def __iter__(self) -> Iterator[AnyEvent]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def key(self, event: Event[Any], number: int = 1) -> str:
        """The idempotency key of the `number`-th command that an event causes: a repeat of the event gives the same one."""
        return f"{self.consumer}:{self.epoch}:{event.seq}:{number}"

    def once(self, event: Event[Any], number: int = 1) -> CallOptions:
        """Options for that command: `client.ticket.note(ticket=..., text=..., **batch.once(event))`."""
        return CallOptions(idempotency_key=self.key(event, number), causation=event.id)
