"""The client for threads."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from . import _wire
from ._calling import calling
from ._connection import Connection
from ._errors import OporaError
from ._location import Location, RunFolder
from ._methods import KINDS, Methods
from ._pending import Call
from ._scope import Scope
from ._steps import CallOptions, Do, Pause, Steps, Try

T = TypeVar("T")


class BaseClient:
    """What the clients for threads and for asyncio share."""

    #: Seconds for a call with all its tries, where nothing else is said.
    DEFAULT_TIMEOUT = 10.0

    def __init__(
        self, run_dir: str | Path | None = None, *, key_file: str | Path | None = None, location: Location | None = None,
        timeout: float = DEFAULT_TIMEOUT, patience: float | None = None,
    ) -> None:
        """Finds the kernel; connects at the first call.

        :param run_dir: the kernel's runtime folder; by default `$OPORA_RUN_DIR`, `.opora/run` where that exists, `/run/opora`.
        :param key_file: this process's CURVE keys; without them the kernel knows the process by its uid.
        :param location: where the kernel is, in place of `run_dir` and `key_file`.
        :param timeout: seconds for a call with all its tries.
        :param patience: seconds that a call waits for a kernel that is away, within its timeout. By default a kernel that was
            never met is an error at once, and one that restarts is waited for.
        """
        if location is None:
            folder = Path(run_dir) if run_dir is not None else RunFolder.default()
            location = RunFolder(folder, Path(key_file) if key_file is not None else None)
        self.location = location
        self.timeout = timeout
        self.patience = patience
        #: Leases of consumers that were closed: the next one of that name in this process takes its lease over.
        self.leases: dict[str, str] = {}
        self.connection = Connection(location)

    def _patience(self) -> float:
        if self.patience is not None:
            return self.patience
        return self.timeout if self.connection.was_up else 0.0

    def _calling(self, method: str, params: dict[str, Any] | None, options: CallOptions) -> Steps[dict[str, Any]]:
        return calling(
            method, params, options, kind=KINDS.get(method), timeout=self.timeout, patience=self._patience)

    def _submit(self, step: Try) -> Call:
        return self.connection.submit(
            step.method, step.params, timeout=step.timeout, patience=step.patience, progress=step.progress)

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.connection.abandon()

    def notify(self, method: str, params: dict[str, Any] | None = None) -> None:
        """Sends a notification: nothing is answered."""
        self.connection.send(_wire.notification(method, params or {}))


class Client(BaseClient, Methods):
    """Calls the kernel's methods, from any thread: `client.ticket.create(subject="It hums")`."""

    def __init__(
        self, run_dir: str | Path | None = None, *, key_file: str | Path | None = None, location: Location | None = None,
        timeout: float = 10.0, patience: float | None = None,
    ) -> None:
        """See `BaseClient`."""
        BaseClient.__init__(self, run_dir, key_file=key_file, location=location, timeout=timeout, patience=patience)
        Methods.__init__(self, self.call)
        #: Everything that this client does; closed with it.
        self.scope = Scope("the client")

    def call(self, method: str, params: dict[str, Any] | None = None, **options: Unpack[CallOptions]) -> dict[str, Any]:
        """Calls any method by name, plugin methods included; raises an `OporaError` where there is no result."""
        return self.drive(self._calling(method, params, options))

    def pages(
        self, method: str, params: dict[str, Any] | None = None, **options: Unpack[CallOptions]
    ) -> Iterator[dict[str, Any]]:
        """The items of a list, all its pages through."""
        cursor: str | None = None
        while True:
            page = self.call(method, {**(params or {}), **({"cursor": cursor} if cursor else {})}, **options)
            yield from page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return

    def drive(self, steps: Steps[T], scope: Scope | None = None) -> T:
        """Runs steps to their end on this thread, or until the scope is closed."""
        scope = scope or self.scope
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
                outcome = self.perform(step, scope)
            except OporaError as error:
                failure = error

    def perform(self, step: object, scope: Scope) -> Any:
        """Does one step."""
        scope.check()
        if isinstance(step, Try):
            return scope.result(self._submit(step))
        if isinstance(step, Do):
            return self.drive(self._calling(step.method, step.params, step.options), scope)
        if isinstance(step, Pause):
            return scope.pause(step.seconds)
        raise TypeError(f"a client can not do {step!r}")

    def close(self) -> None:
        """Ends the connection; calls under way fail as `Closed`."""
        self.scope.close()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
