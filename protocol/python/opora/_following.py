"""How a tail follows the log: the bus while it is whole, the log where it is not. Driven by threads or by asyncio."""
from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._errors import OporaError
from ._event import AnyEvent, read_event, read_item
from ._position import Position, Step
from ._rejections import EpochMismatch, LogTruncated
from ._steps import Do, Listen, Pause, Steps
from ._wire import Header

#: Seconds without a sign of the bus after which the log is asked; the kernel gives one each second.
SILENCE = 3.0
#: Seconds between two tries while the kernel is away.
AWAY = 0.5
#: Events of a page of the log, and milliseconds that a look at the log waits where the bus admits this process not at all.
PAGE, WAIT_MS = 500, 20_000


@dataclass(frozen=True)
class Place:
    """A place in a log: keep it, and a tail that begins `after` it leaves nothing out."""

    epoch: int
    seq: int


class Following:
    """A tail's state, and the steps that bring its next event."""

    def __init__(self, streams: list[str], types: list[str], after: int | Place | None, renew: Callable[[], None]) -> None:
        """:param renew: connects to the bus anew, where that is needed."""
        self.streams = streams
        self.types = types
        #: The single stream that is followed; the bus shows gaps in one stream, or in all together.
        self.stream = streams[0] if len(streams) == 1 else None
        #: The bus does not admit this identity: the log is read instead.
        self.is_shut_out = False
        self._after = after
        self._renew = renew
        self._position: Position | None = None
        self._ready: deque[AnyEvent] = deque()
        self._handled = 0
        self._is_behind = True

    @property
    def topics(self) -> list[str]:
        """What to subscribe to."""
        return [f"{self.stream}.", "$"] if self.stream else [""]

    @property
    def place(self) -> Place:
        """Everything up to here has been dealt with."""
        return Place(self._position.epoch if self._position else 0, self._handled)

    def begin(self) -> Steps[None]:
        """Finds the place to begin at; what happens from then on is not missed."""
        if self._position is not None:
            return
        try:
            answer = yield Do("events.read", {"after_seq": 0, "limit": 1})
        except LogTruncated as error:
            first = error.data.get("first_seq", 1)
            answer = yield Do("events.read", {"after_seq": max(0, int(first) - 1), "limit": 1})
        epoch, last = int(answer["epoch"]), int(answer["head_seq"])
        if isinstance(self._after, Place):
            if self._after.epoch != epoch:
                raise self._other_log(epoch)
            last = self._after.seq
        elif self._after is not None:
            last = self._after
        self._position = Position(self.stream, epoch, last)
        self._handled = last

    def rewind(self) -> None:
        """Goes back to the last event that was dealt with: what was handed out after it comes again."""
        self._ready.clear()
        if self._position is not None:
            self._position.last = self._handled
            self._is_behind = True

    def handled(self, event: AnyEvent) -> None:
        """An event has been dealt with, and so has everything before it."""
        self._handled = max(self._handled, event.seq)

    def next(self) -> Steps[AnyEvent]:
        """The next event; waits for it."""
        while True:
            if self._ready:
                return self._ready.popleft()
            try:
                yield from self.begin()
                if self._is_behind or self.is_shut_out:
                    yield from self._read_log()
                else:
                    yield from self._listen()
            except OporaError as error:
                if not error.retryable:
                    raise
                self._is_behind = True
                yield Pause(AWAY)
                self._renew()

    @property
    def _known(self) -> Position:
        if self._position is None:
            raise RuntimeError("the tail has not begun")
        return self._position

    def _read_log(self) -> Steps[None]:
        """One page of what the bus did not bring."""
        position = self._known
        params: dict[str, Any] = {"after_seq": position.last, "epoch": position.epoch, "limit": PAGE}
        if self.streams:
            params["streams"] = self.streams
        if self.types:
            params["types"] = self.types
        if self.is_shut_out and not self._is_behind:
            params["wait_ms"] = WAIT_MS
        answer = yield Do("events.read", params)
        self._ready.extend(read_item(item) for item in answer["events"])
        seq = int(answer["next_after_seq"])
        is_stuck = seq <= position.last
        position.advance(seq)
        if not self._ready:
            self._handled = max(self._handled, seq)
        self._is_behind = not is_stuck and seq < int(answer["head_seq"])

    def _listen(self) -> Steps[None]:
        """What the bus brings, as far as it is whole."""
        messages: list[list[bytes]] = yield Listen(SILENCE)
        if not messages:
            # Not even a heartbeat: the kernel is away, or the bus does not reach this process.
            self._is_behind = True
            self._renew()
        for frames in messages:
            step = self._step(frames)
            if step is Step.OTHER_LOG:
                raise self._other_log(None)
            if step is Step.GAP:
                self._is_behind = True
                return

    def _step(self, frames: list[bytes]) -> Step:
        """What a message is; the next event is taken."""
        if len(frames) < 3:
            return Step.OLD
        topic, header, body = frames[0], Header.decode(frames[1]), _object(frames[2])
        if header is None or body is None:
            return Step.GAP
        if topic == b"$hb/":
            return self._known.heartbeat(body)
        if topic == b"$reset/" and body.get("epoch") != self._known.epoch:
            return Step.OTHER_LOG
        if topic.startswith(b"$"):
            return Step.OLD
        step = self._known.event(header)
        if step is Step.NEXT:
            self._known.advance(header.seq)
            event = read_event(header.seq, header.prev, body)
            if (not self.streams or event.stream in self.streams) and (not self.types or event.type in self.types):
                self._ready.append(event)
        return step

    def _other_log(self, epoch: int | None) -> EpochMismatch:
        return EpochMismatch(
            "the log is another one now: a backup was put back. Begin anew", data={} if epoch is None else {"epoch": epoch})


def _object(frame: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(frame)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
