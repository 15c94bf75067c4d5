"""Calls that wait for their answer, and when their time is over."""
from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from typing import Any

#: Called with the members of `$/progress`.
Progress = Callable[[dict[str, Any]], None]


@dataclass(eq=False)
class Call:
    """A request on its way."""

    number: int
    method: str
    body: bytes
    #: When its time is over, by the monotonic clock.
    deadline: float
    #: Until when it waits for a kernel that is not there.
    patient_until: float
    progress: Progress | None = None
    future: Future[dict[str, Any]] = field(default_factory=Future)
    is_sent: bool = False

    def succeed(self, result: dict[str, Any]) -> None:
        """Gives the caller the result, unless it has given up."""
        try:
            self.future.set_result(result)
        except InvalidStateError:
            return

    def fail(self, error: Exception) -> None:
        """Tells the caller why there is none, unless it has given up."""
        try:
            self.future.set_exception(error)
        except InvalidStateError:
            return


class Pending:
    """All calls of a connection: those that wait to be sent, in order, and those that are under way."""

    def __init__(self) -> None:
        self.waiting: deque[Call] = deque()
        self.sent: dict[int, Call] = {}
        self._deadlines: list[tuple[float, int, Call]] = []

    def add(self, call: Call) -> None:
        """Takes a new call."""
        self.waiting.append(call)
        heapq.heappush(self._deadlines, (call.deadline, call.number, call))

    def begin(self, call: Call) -> None:
        """The first of those that wait was sent."""
        self.waiting.popleft()
        call.is_sent = True
        self.sent[call.number] = call

    def end(self, number: object) -> Call | None:
        """Takes the call with this number, which was answered or given up."""
        return self.sent.pop(number, None) if isinstance(number, int) else None

    def give_up(self, call: Call) -> bool:
        """Forgets a call; True where it had been sent."""
        if self.sent.pop(call.number, None):
            return True
        if call in self.waiting:
            self.waiting.remove(call)
        return False

    def expired(self, now: float) -> Iterator[Call]:
        """The calls whose time is over, taken away."""
        while self._deadlines and (self._deadlines[0][0] <= now or self._deadlines[0][2].future.done()):
            call = heapq.heappop(self._deadlines)[2]
            if call.future.done():
                continue
            self.give_up(call)
            yield call

    @property
    def next_deadline(self) -> float | None:
        """When the next call's time is over."""
        while self._deadlines and self._deadlines[0][2].future.done():
            heapq.heappop(self._deadlines)
        return self._deadlines[0][0] if self._deadlines else None

    def take_sent(self) -> list[Call]:
        """All that are under way, taken away."""
        found = list(self.sent.values())
        self.sent.clear()
        return found

    def take_waiting(self, condition: Callable[[Call], bool]) -> list[Call]:
        """Those that wait and fulfil the condition, taken away."""
        found = [call for call in self.waiting if condition(call)]
        self.waiting = deque(call for call in self.waiting if not condition(call))
        return found
