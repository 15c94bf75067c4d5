"""The event log of a fake kernel."""
from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .._event import AnyEvent, read_event
from .._rejections import EpochMismatch, InvalidParams, LogTruncated
from .._wire import RESENT, Header

#: The streams of the log.
STREAMS = ("ticket", "message", "user", "organization", "group", "policy", "calendar", "sla", "feedback", "system", "x")


def stamp(milliseconds: int) -> str:
    """An instant as it travels."""
    at = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return at.replace("+00:00", "Z")


@dataclass(frozen=True)
class Entry:
    """An event in the log."""

    seq: int
    prev: int
    name: str
    subject: str
    recorded_ms: int
    body: dict[str, Any]

    @property
    def stream(self) -> str:
        """The first word of the name."""
        return self.name.split(".", 1)[0]

    @property
    def item(self) -> dict[str, Any]:
        """As `events.read` gives it."""
        return {"seq": self.seq, "prev": self.prev, "event": self.body}

    @property
    def event(self) -> AnyEvent:
        """As programs see it."""
        return read_event(self.seq, self.prev, self.body)

    def frames(self, epoch: int, *, is_resent: bool = False) -> list[bytes]:
        """As the bus carries it."""
        header = Header(epoch, self.seq, self.prev, self.recorded_ms * 1000, RESENT if is_resent else 0)
        topic = f"{self.name}/{self.subject.rsplit('/', 1)[-1]}"
        return [topic.encode(), header.encode(), json.dumps(self.body, ensure_ascii=False).encode()]


class FakeLog:
    """Events in order, from 1 without a gap."""

    def __init__(self) -> None:
        self.log_id = uuid.uuid4().hex[:16]
        self.epoch = 1
        self.first_seq = 1
        self.entries: list[Entry] = []
        self._heads: dict[str, int] = {}

    @property
    def head(self) -> int:
        """The last position."""
        return self.first_seq - 1 + len(self.entries)

    @property
    def heads(self) -> dict[str, int]:
        """The last position of each stream."""
        return {stream: self._heads.get(stream, 0) for stream in STREAMS}

    def append(
        self, name: str, subject: str, data: dict[str, Any], *, actor: str, now_ms: int, extra: dict[str, Any] | None = None,
    ) -> Entry:
        """Records an event."""
        stream = name.split(".", 1)[0]
        if stream not in STREAMS:
            raise InvalidParams(f"{stream!r} is no stream; known are {', '.join(STREAMS)}")
        seq = self.head + 1
        prefix = "" if stream == "x" else "opora."
        body = {
            "specversion": "1.0", "id": f"{self.log_id}.{seq}", "source": f"opora/{self.log_id}", "type": f"{prefix}{name}.v1",
            "subject": subject, "time": stamp(now_ms), "recordedtime": stamp(now_ms), "sequence": f"{seq:020}",
            "logepoch": str(self.epoch), "actor": actor, "entityversion": 0, **(extra or {}), "data": data,
        }
        entry = Entry(seq, self._heads.get(stream, 0), name, subject, now_ms, body)
        self._heads[stream] = seq
        self.entries.append(entry)
        return entry

    def check(self, after: int, epoch: int | None) -> None:
        """Refuses a position that is not of this log any more."""
        if epoch not in (None, self.epoch):
            raise EpochMismatch(
                f"the log is in epoch {self.epoch}, not {epoch}", data={"epoch": self.epoch, "log_id": self.log_id})
        if after < self.first_seq - 1:
            raise LogTruncated(f"the log begins at {self.first_seq}", data={"first_seq": self.first_seq})

    def read(
        self, after: int, limit: int, streams: list[str], types: list[str], subject: str | None = None
    ) -> tuple[list[Entry], int]:
        """Events after a position, and where the next look begins."""
        found: list[Entry] = []
        for entry in self.entries[max(0, after - self.first_seq + 1):]:
            if streams and entry.stream not in streams or types and entry.name not in types:
                continue
            if subject is not None and entry.subject != subject:
                continue
            if len(found) == limit:
                return found, found[-1].seq
            found.append(entry)
        return found, max(after, self.head)

    def place(self, start: object) -> int:
        """The position of the last event before a place."""
        match start:
            case {"from": "beginning"}:
                return self.first_seq - 1
            case {"from": "now"}:
                return self.head
            case {"after_seq": int(seq)} if 0 <= seq <= self.head:
                self.check(seq, None)
                return seq
            case {"at": str(at)}:
                instant = int(datetime.fromisoformat(at).timestamp() * 1000)
                return next((entry.seq - 1 for entry in self.entries if entry.recorded_ms >= instant), self.head)
        raise InvalidParams("a place is from, after_seq or at", data={"details": [{"path": "/start", "rule": "enum"}]})

    def truncate(self, before: int) -> None:
        """Takes events below a position away."""
        self.entries = [entry for entry in self.entries if entry.seq >= before]
        self.first_seq = max(self.first_seq, before)

    def go_back(self, head: int) -> None:
        """The history changed: what came after `head` never happened, and the epoch grows."""
        self.entries = [entry for entry in self.entries if entry.seq <= head]
        self._heads = {entry.stream: entry.seq for entry in self.entries}
        self.epoch += 1
