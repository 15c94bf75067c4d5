"""The durable consumer for asyncio."""
from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self, cast

from ._aio import AsyncClient
from ._batch import Batch
from ._errors import OporaError
from ._event import AnyEvent
from ._reading import MAX_EVENTS, RENEW, WAIT_MS, Reading, Start
from .types import Parked


class AsyncConsumer:
    """`Consumer` for coroutines: `async with AsyncConsumer(client, "billing", start="now") as consumer: async for batch ...`."""

    def __init__(
        self, client: AsyncClient, name: str, *, start: Start, streams: Iterable[str] = (), types: Iterable[str] = (),
        max_events: int = MAX_EVENTS, wait_ms: int = WAIT_MS, max_deliver: int | None = None,
    ) -> None:
        """As `Consumer`; the kernel has the consumer once `async with` has begun, or with the first batch."""
        self._client = client
        self._reading = Reading(name, start, list(streams), list(types), max_events, wait_ms, max_deliver, client.leases)
        self._current: Batch | None = None
        self._fetching: asyncio.Task[Batch] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._is_closed = False

    @property
    def name(self) -> str:
        """The consumer's name."""
        return self._reading.name

    @property
    def holder(self) -> str | None:
        """Who holds the consumer while this instance stands by; None while it reads itself."""
        return self._reading.holder

    def __aiter__(self) -> Self:
        self._current = None
        return self

    async def __anext__(self) -> Batch:
        batch = await self.next()
        if batch is None:
            raise StopAsyncIteration
        return batch

    async def next(self) -> Batch | None:
        """Takes the batch before as dealt with, and waits for the next one; None once the consumer is closed."""
        done, self._current = self._current, None
        if done is not None:
            await self._client.drive(self._reading.dealt_with(done))
        if self._is_closed:
            await self._finish()
            return None
        self._fetching = asyncio.ensure_future(self._client.drive(self._reading.fetch()))
        try:
            self._current = await self._fetching
        except asyncio.CancelledError:
            if not self._is_closed:
                self._fetching.cancel()
                raise
            await self._finish()
            return None
        finally:
            self._fetching = None
        if self._keeper is None:
            self._keeper = asyncio.ensure_future(self._renew())
        return self._current

    async def _finish(self) -> None:
        """The last ack, which no fetch will carry any more. Where it fails the events come again."""
        try:
            await self._client.drive(self._reading.flush())
        except OporaError:
            return

    async def ack(self, upto: AnyEvent | int | None = None) -> None:
        """Everything up to an event, or the whole batch, is done: on disk when this returns."""
        batch = self._batch()
        seq = batch.seq if upto is None else upto if isinstance(upto, int) else upto.seq
        await self._client.drive(self._reading.ack(batch, seq))

    async def park(self, event: AnyEvent, reason: str) -> None:
        """Sets an event aside; everything before it counts as done."""
        await self._client.drive(self._reading.park(self._batch(), event.seq, reason))

    def _batch(self) -> Batch:
        if self._current is None:
            raise RuntimeError("there is no batch that is being dealt with")
        return self._current

    async def parked(self) -> list[Parked]:
        """What was set aside."""
        return [cast(Parked, item) async for item in self._client.pages("consumer.parked_list", {"name": self.name})]

    async def retry_parked(self, seq: int | None = None) -> int:
        """Has one event that was set aside, or all, handed out once more."""
        return await self._about_parked("retry", "retried", seq)

    async def drop_parked(self, seq: int | None = None) -> int:
        """Forgets one event that was set aside, or all."""
        return await self._about_parked("drop", "dropped", seq)

    async def _about_parked(self, verb: str, member: str, seq: int | None) -> int:
        params: dict[str, Any] = {"name": self.name, **({} if seq is None else {"seq": seq})}
        return int((await self._client.call(f"consumer.parked_{verb}", params))[member])

    async def take_away(self, event: AnyEvent) -> None:
        """An event that was parked is dealt with, the others of its batch may not be."""
        await self._client.drive(self._reading.take_away(event))

    async def lag(self) -> int:
        """How many events of the log lie after the cursor."""
        return int((await self._client.drive(self._reading.info()))["lag"])

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW)
            batch = self._current
            if batch is not None and not batch.is_lost:
                await self._client.drive(self._reading.renew(batch))

    def close(self) -> None:
        """Ends the loop when the batch that is being dealt with is done."""
        if not self._is_closed:
            self._reading.leave()
        self._is_closed = True
        if self._fetching is not None:
            self._fetching.cancel()
        if self._keeper is not None:
            self._keeper.cancel()

    async def __aenter__(self) -> Self:
        await self._client.drive(self._reading.ensured())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
