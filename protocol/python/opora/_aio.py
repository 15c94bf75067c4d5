"""The client for asyncio."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from ._client import BaseClient
from ._errors import OporaError
from ._location import Location
from ._methods import AsyncMethods
from ._steps import CallOptions, Do, Pause, Steps, Try

T = TypeVar("T")


class AsyncClient(BaseClient, AsyncMethods):
    """Calls the kernel's methods from a coroutine: `await client.ticket.create(subject="It hums")`.

    A call whose task is cancelled is cancelled in the kernel too, where it has not been done yet.
    """

    def __init__(
        self, run_dir: str | Path | None = None, *, key_file: str | Path | None = None, location: Location | None = None,
        timeout: float = 10.0, patience: float | None = None,
    ) -> None:
        """See `BaseClient`."""
        BaseClient.__init__(self, run_dir, key_file=key_file, location=location, timeout=timeout, patience=patience)
        AsyncMethods.__init__(self, self.call)

    async def call(
        self, method: str, params: dict[str, Any] | None = None, **options: Unpack[CallOptions]
    ) -> dict[str, Any]:
        """Calls any method by name, plugin methods included; raises an `OporaError` where there is no result."""
        return await self.drive(self._calling(method, params, options))

    async def pages(
        self, method: str, params: dict[str, Any] | None = None, **options: Unpack[CallOptions]
    ) -> AsyncIterator[dict[str, Any]]:
        """The items of a list, all its pages through."""
        cursor: str | None = None
        while True:
            page = await self.call(method, {**(params or {}), **({"cursor": cursor} if cursor else {})}, **options)
            for item in page["items"]:
                yield item
            cursor = page.get("next_cursor")
            if not cursor:
                return

    async def drive(self, steps: Steps[T]) -> T:
        """Runs steps to their end."""
        outcome: Any = None
        failure: BaseException | None = None
        while True:
            try:
                step = steps.throw(failure) if failure else steps.send(outcome)
            except StopIteration as stop:
                result: T = stop.value
                return result
            outcome = failure = None
            try:
                outcome = await self.perform(step)
            except OporaError as error:
                failure = error

    async def perform(self, step: object) -> Any:
        """Does one step."""
        if isinstance(step, Try):
            return await asyncio.wrap_future(self._submit(step).future)
        if isinstance(step, Do):
            return await self.call(step.method, step.params, **step.options)
        if isinstance(step, Pause):
            return await asyncio.sleep(step.seconds)
        raise TypeError(f"a client can not do {step!r}")

    async def close(self) -> None:
        """Ends the connection; calls under way fail as `Closed`."""
        await asyncio.to_thread(self.connection.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
