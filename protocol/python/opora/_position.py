"""How far a tail has come in the log, and what the next message of the bus is to it."""
from __future__ import annotations

import enum
from typing import Any

from ._wire import Header


class Step(enum.Enum):
    """What a message of the bus is to a tail."""

    NEXT = enum.auto()
    #: Dealt with before, or not of the log.
    OLD = enum.auto()
    #: Events are missing in between: read the log.
    GAP = enum.auto()
    #: The log is another one now.
    OTHER_LOG = enum.auto()


class Position:
    """Everything of the tail's streams up to `last` has been taken.

    So a message is the next one where nothing of those streams lies between: with all streams where `seq` is one more,
    with a single one where `prev` is not beyond `last`.
    """

    def __init__(self, stream: str | None, epoch: int, last: int) -> None:
        """:param stream: the single stream that is followed; None for all."""
        self.stream = stream
        self.epoch = epoch
        self.last = last

    def event(self, header: Header) -> Step:
        """What a message with this header is."""
        if header.epoch != self.epoch:
            return Step.OTHER_LOG
        if header.is_control or header.seq <= self.last:
            return Step.OLD
        if header.seq == self.last + 1 or self.stream is not None and header.prev <= self.last:
            return Step.NEXT
        return Step.GAP

    def heartbeat(self, body: dict[str, Any]) -> Step:
        """What a heartbeat says: `{"epoch":1,"head_seq":919,"heads":{"ticket":919}}`."""
        if body.get("epoch", self.epoch) != self.epoch:
            return Step.OTHER_LOG
        if self.stream is None:
            head = body.get("head_seq", 0)
        else:
            heads = body.get("heads")
            head = heads.get(self.stream, 0) if isinstance(heads, dict) else 0
        return Step.GAP if isinstance(head, int) and head > self.last else Step.OLD

    def advance(self, seq: int) -> None:
        """Everything up to `seq` has been taken."""
        self.last = max(self.last, seq)
