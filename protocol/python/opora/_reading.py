"""How a durable consumer reads: written once, driven by threads or by asyncio."""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ._batch import Batch
from ._errors import NotReached, OporaError
from ._event import AnyEvent, read_item
from ._rejections import ConsumerBusy, EpochMismatch, LeaseLost, NotFound, RateLimited, TooManyInFlight, Unavailable
from ._steps import CallOptions, Do, Pause, Steps

#: Where a consumer begins: a word, the position that it has, an instant, or the protocol's own form.
Start = str | int | datetime | dict[str, Any]

#: Seconds between two tries to get a consumer that another instance holds, or a kernel that is away.
STANDBY, AWAY = 1.0, 0.2
#: Seconds after which the lease of a batch that is being dealt with is renewed; it lasts 30.
RENEW = 8.0
#: Events of a batch, and milliseconds that a fetch waits for something new.
MAX_EVENTS = 100
WAIT_MS = 20_000


def place(start: Start) -> dict[str, Any]:
    """Where to begin, as the protocol writes it."""
    if isinstance(start, dict):
        return start
    if isinstance(start, datetime):
        at = start.astimezone(UTC).isoformat(timespec="milliseconds")
        return {"at": at.replace("+00:00", "Z")}
    return {"after_seq": start} if isinstance(start, int) else {"from": start}


class Reading:
    """A consumer's state on this side, and the steps that change it."""

    def __init__(
        self, name: str, start: Start, streams: list[str], types: list[str], max_events: int, wait_ms: int,
        max_deliver: int | None, leases: dict[str, str],
    ) -> None:
        """:param leases: what closed consumers of this process left to the next of their name."""
        self.name = name
        self.ensure: dict[str, Any] = {"name": name, "start": place(start), "streams": streams}
        if types:
            self.ensure["types"] = types
        if max_deliver is not None:
            self.ensure["max_deliver"] = max_deliver
        self.max_events = max_events
        self.wait_ms = wait_ms
        #: Everything up to here is acked.
        self.acked = 0
        self.epoch: int | None = None
        #: Who holds the consumer while this instance stands by.
        self.holder: str | None = None
        self._is_ensured = False
        self._leases = leases
        self._token: str | None = leases.pop(name, None)
        #: What the next fetch acks.
        self._dealt_with: int | None = None
        #: Dealt with by this process, though its ack was lost with the lease.
        self._done = 0
        self._is_resuming = False

    def ensured(self) -> Steps[dict[str, Any]]:
        """Makes the consumer where there is none; gives it as it stands."""
        answer = yield Do("consumer.ensure", self.ensure)
        consumer: dict[str, Any] = answer["consumer"]
        self.acked = max(self.acked, int(consumer["acked_seq"])) if self._is_ensured else int(consumer["acked_seq"])
        self._is_ensured = True
        return consumer

    def fetch(self) -> Steps[Batch]:
        """The next events; waits for them, for the lease, and for a kernel that is away."""
        while True:
            try:
                if not self._is_ensured:
                    yield from self.ensured()
                if self._is_resuming:
                    yield from self._resume()
                answer = yield Do("consumer.fetch", self._params(), CallOptions(timeout=10.0))
            except ConsumerBusy as busy:
                self._lose_lease()
                self.holder = str(busy.data.get("holder", ""))
                yield Pause(STANDBY)
                continue
            except LeaseLost:
                self._lose_lease()
                continue
            except OporaError as error:
                if not self._may_pass(error):
                    raise
                yield Pause(max(AWAY, error.retry_after or 0))
                continue
            batch = self._digest(answer)
            if batch is not None:
                return batch

    def _lose_lease(self) -> None:
        self._done = max(self._done, self._dealt_with or 0)
        self._token, self._dealt_with, self._is_resuming = None, None, True

    def _resume(self) -> Steps[None]:
        """After a lost lease: what this process has dealt with it need not do again, unless the cursor was put back."""
        acked = int((yield from self.info())["acked_seq"])
        if acked < self.acked:
            self._done = 0
        self.acked, self._is_resuming = acked, False

    @staticmethod
    def _may_pass(error: OporaError) -> bool:
        return error.retryable and isinstance(error, NotReached | Unavailable | RateLimited | TooManyInFlight)

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"name": self.name, "max": self.max_events, "wait_ms": self.wait_ms}
        if self._token is not None:
            params["lease_token"] = self._token
            if self._dealt_with is not None:
                params["ack_seq"] = self._dealt_with
        return params

    def _digest(self, answer: dict[str, Any]) -> Batch | None:
        self._token = str(answer["lease_token"])
        epoch = int(answer["epoch"])
        if self.epoch not in (None, epoch):
            raise EpochMismatch(
                f"the log is in epoch {epoch}, not {self.epoch}: its history changed; begin anew", data={"epoch": epoch})
        self.epoch = epoch
        self.holder = None
        if self._dealt_with is not None:
            self.acked, self._dealt_with = max(self.acked, self._dealt_with), None
        events = [read_item(item) for item in answer["events"]]
        seq = int(answer["next_after_seq"])
        is_parked = any(event.is_parked for event in events)
        if not is_parked:
            events = [event for event in events if event.seq > self._done]
        if not events:
            # Only events that it does not want, or has dealt with: pass over them with the next fetch.
            self._dealt_with = seq if seq > self.acked else None
            return None
        return Batch(
            self.name, events, seq, epoch, int(answer.get("pending", 0)), is_parked=is_parked, lease_token=self._token)

    def dealt_with(self, batch: Batch) -> Steps[None]:
        """The whole batch is done: its ack goes with the next fetch; what was parked is taken from the parked ones."""
        if not batch.is_parked:
            if not batch.is_lost and batch.lease_token == self._token and batch.seq > self.acked:
                self._dealt_with = batch.seq
            elif batch.seq > self.acked:
                # The lease is gone, the work is not.
                self._done = max(self._done, batch.seq)
            return
        for event in batch:
            yield from self.take_away(event)

    def take_away(self, event: AnyEvent) -> Steps[None]:
        """An event that was parked is dealt with; where the operator dropped it meanwhile there is nothing left to do."""
        try:
            yield Do("consumer.parked_drop", {"name": self.name, "seq": event.seq})
        except NotFound:
            return

    def flush(self) -> Steps[None]:
        """Acks what no fetch has acked yet."""
        if self._token is not None and self._dealt_with is not None:
            yield Do("consumer.ack", {"name": self.name, "seq": self._dealt_with, "lease_token": self._token})
            self._dealt_with = None

    def leave(self) -> None:
        """The consumer is closed: leaves its lease to the next one of its name in this process."""
        if self._token is not None:
            self._leases[self.name] = self._token

    def ack(self, batch: Batch, seq: int) -> Steps[None]:
        """Everything up to `seq` is done; on disk when this returns."""
        if batch.is_lost:
            raise LeaseLost(f"the lease on {self.name} was lost; the events come again")
        try:
            answer = yield Do("consumer.ack", {"name": self.name, "seq": seq, "lease_token": batch.lease_token})
        except LeaseLost:
            batch.is_lost = True
            raise
        self.acked = max(self.acked, int(answer["acked_seq"]))

    def park(self, batch: Batch, seq: int, reason: str) -> Steps[None]:
        """Everything before `seq` is done, and the event at `seq` is set aside."""
        params = {"name": self.name, "seq": seq, "reason": reason[:200], "lease_token": batch.lease_token}
        answer = yield Do("consumer.park", params)
        self.acked = max(self.acked, int(answer["acked_seq"]))

    def renew(self, batch: Batch) -> Steps[bool]:
        """Keeps the lease while a batch is being dealt with; False where it is lost."""
        try:
            yield from self.ack(batch, self.acked)
        except LeaseLost:
            return False
        except OporaError:
            # The kernel is away or refuses for now: the next try, or the next fetch, will tell.
            return True
        return True

    def info(self) -> Steps[dict[str, Any]]:
        """The consumer as it stands in the kernel."""
        answer = yield Do("consumer.info", {"name": self.name})
        found: dict[str, Any] = answer["consumer"]
        return found
