"""The durable consumers of a fake kernel, with leases, deliveries and parked events."""
from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from .._rejections import (
    AckOutOfRange,
    ConsumerBusy,
    ConsumerDiffers,
    ConsumerNotFound,
    InvalidParams,
    LeaseLost,
    LogTruncated,
    NotFound,
)
from ._log import Entry, FakeLog, stamp

#: Milliseconds of a lease, and of the first and the longest rest of an event that comes again and again.
LEASE_MS, REST_MS, LONGEST_REST_MS = 30_000, 1000, 300_000


@dataclass
class Parked:
    """An event that was set aside."""

    entry: Entry
    reason: str
    deliveries: int
    at: int
    is_retried: bool = False


@dataclass
class FakeConsumer:
    """A named position. What stands below the line is in the kernel's memory alone."""

    name: str
    owner: str
    streams: list[str]
    types: list[str]
    acked: int
    max_deliver: int = 8
    state: str = "active"
    parked: dict[int, Parked] = field(default_factory=dict)
    # --
    token: str | None = None
    holder: str = ""
    lease_until: int = 0
    delivered: int = 0
    counts: dict[int, int] = field(default_factory=dict)
    first: int = 0
    attempts: int = 0
    rests_until: int = 0
    #: Nothing that it wants lies between its position and here.
    clear: int = 0

    @property
    def place(self) -> int:
        """Where looking for it begins."""
        return max(self.acked, self.clear)

    def forget(self) -> None:
        """The kernel restarted, or the position was put elsewhere."""
        self.token, self.holder, self.lease_until, self.delivered = None, "", 0, 0
        self.counts, self.first, self.attempts, self.rests_until, self.clear = {}, 0, 0, 0, 0

    def hand_out(self, entries: list[Entry], now: int) -> None:
        """A page went out."""
        for entry in entries:
            self.counts[entry.seq] = self.counts.get(entry.seq, 0) + 1
        if entries[0].seq != self.first:
            self.first, self.attempts = entries[0].seq, 0
        self.attempts += 1
        if self.attempts >= 2:
            self.rests_until = now + min(REST_MS << min(self.attempts - 2, 20), LONGEST_REST_MS)

    def move(self, seq: int) -> None:
        """Everything up to here is dealt with."""
        self.acked = max(self.acked, seq)
        self.counts = {known: count for known, count in self.counts.items() if known > self.acked}
        if self.first <= self.acked:
            self.first, self.attempts, self.rests_until = 0, 0, 0

    def json(self, log: FakeLog, now: int) -> dict[str, Any]:
        """As callers see it."""
        found: dict[str, Any] = {
            "name": self.name, "owner": self.owner, "streams": self.streams, "types": self.types, "acked_seq": self.acked,
            "lag": log.head - self.place, "state": self.state, "parked": len(self.parked), "max_deliver": self.max_deliver,
        }
        if self.token and self.lease_until > now:
            found.update(holder=self.holder, lease_until=stamp(self.lease_until))
        return found


class ConsumerBook:
    """All consumers."""

    def __init__(self, log: FakeLog) -> None:
        self._log = log
        self._tokens = itertools.count(1)
        self.all: dict[str, FakeConsumer] = {}

    def find(self, name: str) -> FakeConsumer:
        """A consumer by name."""
        if name not in self.all:
            raise ConsumerNotFound(f"there is no consumer {name}; make it with consumer.ensure")
        return self.all[name]

    def ensure(self, owner: str, params: dict[str, Any]) -> tuple[FakeConsumer, bool]:
        """Makes a consumer where there is none."""
        name, streams, types = params["name"], list(params.get("streams") or []), list(params.get("types") or [])
        place = self._log.place(params["start"]) if name not in self.all else 0
        known = self.all.get(name)
        if known is None:
            self.all[name] = FakeConsumer(name, owner, streams, types, place, params.get("max_deliver") or 8)
            return self.all[name], True
        if set(known.streams) != set(streams) or set(known.types) != set(types):
            raise ConsumerDiffers(f"{name} exists with another filter")
        known.max_deliver = params.get("max_deliver") or known.max_deliver
        return known, False

    def claim(self, name: str, holder: str, token: str | None, now: int) -> FakeConsumer:
        """Takes or renews the lease for a fetch."""
        consumer = self.find(name)
        if consumer.token and consumer.lease_until > now and consumer.token != token and token is None:
            raise ConsumerBusy(
                f"{name} is held by {consumer.holder}",
                data={"holder": consumer.holder, "lease_until": stamp(consumer.lease_until)})
        if token is not None and consumer.token != token:
            raise LeaseLost(f"this lease on {name} is over; fetch again without a token")
        if token is None:
            consumer.token, consumer.holder, consumer.delivered = f"lease-{next(self._tokens)}", holder, consumer.acked
        consumer.lease_until = now + LEASE_MS
        return consumer

    def ack(self, name: str, seq: int, token: str, now: int) -> FakeConsumer:
        """Moves the position."""
        consumer = self._held(name, seq, token, now)
        consumer.move(seq)
        return consumer

    def _held(self, name: str, seq: int, token: str, now: int) -> FakeConsumer:
        consumer = self.find(name)
        if consumer.token != token:
            raise LeaseLost(f"this lease on {name} is over; fetch again without a token")
        furthest = max(consumer.delivered, *consumer.counts, 0)
        if seq > furthest:
            raise AckOutOfRange(f"{seq} was not delivered, only up to {furthest}", data={"delivered_seq": furthest})
        consumer.lease_until = now + LEASE_MS
        return consumer

    def park(self, name: str, seq: int, reason: str, token: str, now: int) -> FakeConsumer:
        """Sets an event aside by its holder's wish."""
        consumer = self._held(name, seq, token, now)
        if seq > consumer.acked:
            self.set_aside(consumer, seq, reason, now)
        return consumer

    def set_aside(self, consumer: FakeConsumer, seq: int, reason: str, now: int) -> Parked:
        """Sets an event aside, and goes on after it."""
        entry = next((entry for entry in self._log.entries if entry.seq == seq), None)
        if entry is None:
            raise InvalidParams(f"there is no event {seq}")
        parked = Parked(entry, reason, consumer.counts.get(seq, 0), now)
        consumer.parked[seq] = parked
        consumer.move(seq)
        return parked

    def chosen(self, consumer: FakeConsumer, seq: int | None) -> list[Parked]:
        """The parked event that `seq` names, or all."""
        if seq is None:
            return list(consumer.parked.values())
        if seq not in consumer.parked:
            raise NotFound(f"there is no parked event {seq}")
        return [consumer.parked[seq]]

    def fetch(self, consumer: FakeConsumer, limit: int, visible: list[str] | None, now: int) -> dict[str, Any] | None:
        """A page, or None where there is nothing now.

        :param visible: the streams that the caller may see; None for all.
        """
        if consumer.state == "lost":
            raise LogTruncated(f"{consumer.name} was given up", data={"first_seq": self._log.first_seq})
        retried = [parked for parked in consumer.parked.values() if parked.is_retried][:limit]
        if consumer.state == "paused":
            return None
        for parked in retried:
            parked.is_retried = False
            parked.deliveries += 1
        if retried:
            items = [{**p.entry.item, "deliveries": p.deliveries, "parked": True} for p in retried]
            return self._page(consumer, items, consumer.place)
        if consumer.rests_until > now:
            return None
        streams = consumer.streams
        if visible is not None:
            streams = [stream for stream in (consumer.streams or visible) if stream in visible]
        found, reached = self._log.read(
            consumer.place, 1 if consumer.attempts >= 2 else limit, streams, consumer.types)
        if visible is not None and not streams:
            found, reached = [], self._log.head
        consumer.delivered = max(consumer.delivered, reached)
        consumer.clear = found[0].seq - 1 if found else reached
        if not found:
            return None
        consumer.hand_out(found, now)
        return self._page(consumer, [{**e.item, "deliveries": consumer.counts[e.seq]} for e in found], reached)

    def is_worn_out(self, consumer: FakeConsumer) -> bool:
        """Its first event was handed out too often."""
        return consumer.state == "active" and consumer.attempts >= consumer.max_deliver

    def empty(self, consumer: FakeConsumer) -> dict[str, Any]:
        """The answer of a fetch that waited for nothing."""
        return self._page(consumer, [], consumer.place)

    def _page(self, consumer: FakeConsumer, items: list[dict[str, Any]], reached: int) -> dict[str, Any]:
        return {
            "events": items, "lease_token": consumer.token, "lease_until": stamp(consumer.lease_until),
            "pending": max(0, self._log.head - reached), "next_after_seq": reached, "head_seq": self._log.head,
            "epoch": self._log.epoch,
        }

    def release(self, holder: str) -> None:
        """Ends the leases that an instance held."""
        for consumer in self.all.values():
            if consumer.holder == holder:
                consumer.token, consumer.holder = None, ""
