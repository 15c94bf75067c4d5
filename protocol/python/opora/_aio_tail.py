"""The live tail for asyncio."""
from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import zmq
import zmq.asyncio

from ._aio import AsyncClient
from ._bus import BATCH, Bus
from ._errors import OporaError
from ._event import AnyEvent
from ._following import Following, Place
from ._steps import Listen, Steps

#: Milliseconds after which a tail that waits looks whether the kernel admits it.
LOOK_MS = 500


class AsyncTail:
    """`Tail` for coroutines: `async with AsyncTail(client) as tail: async for event in tail`."""

    def __init__(
        self, client: AsyncClient, *, streams: Iterable[str] = (), types: Iterable[str] = (), after: int | Place | None = None,
    ) -> None:
        """As `Tail`; what happens after `async with` has begun is not missed."""
        self._client = client
        self._context: zmq.asyncio.Context = zmq.asyncio.Context()
        self._following = Following(list(streams), list(types), after, self._renew)
        self._bus: Bus[Any] = Bus(self._context, client.location, self._following.topics)
        self._current: AnyEvent | None = None
        self._waiting: asyncio.Task[AnyEvent] | None = None
        self._is_closed = False

    @property
    def place(self) -> Place:
        """Everything up to here has been dealt with."""
        return self._following.place

    def _renew(self) -> None:
        if not self._following.is_shut_out:
            self._bus.renew()

    def __aiter__(self) -> Self:
        self._current = None
        self._following.rewind()
        return self

    async def __anext__(self) -> AnyEvent:
        event = await self.next()
        if event is None:
            raise StopAsyncIteration
        return event

    async def next(self) -> AnyEvent | None:
        """Takes the event before as dealt with, and waits for the next one; None once the tail is closed."""
        if self._current is not None:
            self._following.handled(self._current)
            self._current = None
        if self._is_closed:
            return None
        if self._bus.socket is None:
            self._renew()
        self._waiting = asyncio.ensure_future(self._drive(self._following.next()))
        try:
            self._current = await self._waiting
        except asyncio.CancelledError:
            if not self._is_closed:
                self._waiting.cancel()
                raise
            return None
        finally:
            self._waiting = None
        return self._current

    async def _drive(self, steps: Steps[AnyEvent]) -> AnyEvent:
        outcome: Any = None
        failure: OporaError | None = None
        while True:
            try:
                step = steps.throw(failure) if failure else steps.send(outcome)
            except StopIteration as stop:
                event: AnyEvent = stop.value
                return event
            outcome = failure = None
            try:
                outcome = await (self._listen(step.seconds) if isinstance(step, Listen) else self._client.perform(step))
            except OporaError as error:
                failure = error

    async def _listen(self, seconds: float) -> list[list[bytes]]:
        end = asyncio.get_running_loop().time() + seconds
        while True:
            if self._bus.is_refused():
                self._following.is_shut_out = True
                self._bus.close()
            socket = self._bus.socket
            left = end - asyncio.get_running_loop().time()
            if socket is None or left <= 0:
                return []
            if await socket.poll(min(LOOK_MS, int(left * 1000) + 1)):
                return await _received(socket)

    def close(self) -> None:
        """Ends the loop."""
        self._is_closed = True
        if self._waiting is not None:
            self._waiting.cancel()
        self._discard()

    def _discard(self) -> None:
        self._bus.close()
        self._context.destroy(0)

    def __del__(self) -> None:
        # A context that is thrown away with open sockets would wait for ever.
        if hasattr(self, "_bus"):
            self._discard()

    async def __aenter__(self) -> Self:
        self._renew()
        try:
            await self._client.drive(self._following.begin())
        except BaseException:
            self._discard()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


async def _received(socket: Any) -> list[list[bytes]]:
    """What waits in a socket, as far as one look may take."""
    found: list[list[bytes]] = []
    while len(found) < BATCH:
        try:
            found.append(await socket.recv_multipart(zmq.DONTWAIT))
        except zmq.Again:
            break
    return found
