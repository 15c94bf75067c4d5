"""What a fake kernel does wrong, on purpose."""
from __future__ import annotations

from collections import deque

from .._errors import OporaError


class Faults:
    """Faults that wait for their turn. Each is used up as it happens."""

    def __init__(self) -> None:
        #: Events that do not reach the bus; the log has them.
        self.dropped = 0
        #: Events that reach the bus twice.
        self.doubled = 0
        #: Answers by method that never leave, though what was asked is done.
        self.lost: dict[str, int] = {}
        #: Answers by method that leave late: seconds.
        self.delayed: dict[str, deque[float]] = {}
        #: Errors by method, in place of doing what was asked.
        self.errors: dict[str, deque[OporaError]] = {}

    def copies(self) -> int:
        """How often the next event is published."""
        if self.dropped:
            self.dropped -= 1
            return 0
        if self.doubled:
            self.doubled -= 1
            return 2
        return 1

    def error(self, method: str) -> OporaError | None:
        """The error in place of the next call's result."""
        waiting = self.errors.get(method)
        return waiting.popleft() if waiting else None

    def is_lost(self, method: str) -> bool:
        """The next answer never leaves."""
        if not self.lost.get(method):
            return False
        self.lost[method] -= 1
        return True

    def delay(self, method: str) -> float:
        """Seconds by which the next answer is late."""
        waiting = self.delayed.get(method)
        return waiting.popleft() if waiting else 0.0
