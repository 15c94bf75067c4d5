"""A kernel that is not one: for the tests of plugins and integrations, without `oporad`."""
from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, overload

from .._errors import OporaError
from .._event import AnyEvent
from .._location import RunFolder
from .._rejections import ProviderOffline
from ._core import Core, Function
from ._request import Request
from ._server import Server

T = TypeVar("T")
F = TypeVar("F", bound=Function)


class FakeKernel:
    """Speaks opora/1 on real sockets, with a log, a bus, consumers and sessions. What tickets are it does not know: a test
    teaches it the methods that it needs as functions, and the events that happen.

    `with FakeKernel() as kernel: client = Client(kernel.run_dir)`. All of it may be used from any thread.
    """

    def __init__(
        self, *, identity: str = "owner", user: str | None = "U-1", streams: Iterable[str] | None = None, heartbeat: float = 1.0,
    ) -> None:
        """:param identity: who every connection is.
        :param streams: the streams that the identity may see; None for all.
        :param heartbeat: seconds between two heartbeats of the bus.
        """
        self.run_dir = Path(tempfile.mkdtemp(prefix="opora-fake-"))
        self._heartbeat = heartbeat
        self._server: Server | None = None
        self._answered = threading.Event()
        self._core = Core(
            identity, user, None if streams is None else list(streams), self._reply, self._push, self._publish)

    # Its life.

    def start(self) -> Self:
        """Starts it, or starts it again: sessions, leases and counts of deliveries are gone, the rest is as it was."""
        self._start(resets=0)
        return self

    def _start(self, resets: int) -> None:
        if self._server is not None:
            raise RuntimeError("this fake kernel runs already")
        self._core.begin()
        self._server = Server(self._core, self.run_dir, self._heartbeat, resets)
        # Not before it is known here: its first answers go through this object.
        self._server.start()

    def stop(self) -> None:
        """Stops it in good order: says goodbye on the bus and to sessions."""
        self._end(is_orderly=True)

    def kill(self) -> None:
        """Ends it as a crash would: `kernel.json` stays."""
        self._end(is_orderly=False)

    def _end(self, *, is_orderly: bool) -> None:
        if self._server is not None:
            self._server.end(is_orderly=is_orderly)
            self._server = None

    def restart(self) -> None:
        """Crashes and starts again."""
        self.kill()
        self.start()

    def close(self) -> None:
        """Stops it and removes its folder."""
        self.stop()
        shutil.rmtree(self.run_dir, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def location(self) -> RunFolder:
        """Where it is."""
        return RunFolder(self.run_dir)

    # What it knows.

    @overload
    def method(self, name: str) -> Callable[[F], F]: ...

    @overload
    def method(self, name: str, function: Function) -> Function: ...

    def method(self, name: str, function: Function | None = None) -> Any:
        """Teaches it a method: a function of the parameters that gives the result, or raises an `OporaError`.

        It is called on the kernel's thread, so it may call `emit`. A command that comes again under its key is answered from
        memory. The function also takes the place of a method that the fake kernel has by itself.
        """
        if function is None:
            return lambda found: self.method(name, found)
        self._do(lambda: self._core.functions.__setitem__(name, function))
        return function

    def emit(
        self, name: str, subject: str, data: dict[str, Any] | None = None, *, actor: str = "user/U-1", **extra: Any,
    ) -> int:
        """Something happened: `emit("ticket.created", "ticket/T-1", {...})`. Gives its position in the log."""
        return self._do(lambda: self._core.record(name, subject, {**(data or {}), **extra}, actor=actor))

    @property
    def events(self) -> list[AnyEvent]:
        """All events of the log."""
        return self._do(lambda: [entry.event for entry in self._core.log.entries])

    @property
    def head(self) -> int:
        """The last position of the log."""
        return self._do(lambda: self._core.log.head)

    def consumer(self, name: str) -> dict[str, Any]:
        """A durable consumer as it stands."""
        return self._do(lambda: self._core.consumers.find(name).json(self._core.log, self._core.now))

    @property
    def sessions(self) -> list[str]:
        """The names of the plugins that have greeted it."""
        return self._do(lambda: sorted(session.name for session in self._core.sessions.by_peer.values()))

    def calls(self, method: str) -> list[Request]:
        """The calls of a method so far, repeats included."""
        return self._do(lambda: [request for request in self._core.calls if request.method == method])

    def wait_for(self, condition: Callable[[], T], timeout: float = 10.0) -> T:
        """Waits until the condition gives something true, and gives that: `kernel.wait_for(lambda: kernel.calls("ping"))`."""
        end = time.monotonic() + timeout
        while not (found := condition()):
            if time.monotonic() >= end:
                raise TimeoutError(f"nothing came within {timeout} s")
            self._answered.clear()
            # Also what no answer tells of is noticed soon.
            self._answered.wait(0.02)
        return found

    def ask_hook(
        self, point: str, proposed: dict[str, Any], *, method: str = "", before: dict[str, Any] | None = None,
        call_id: str = "h-1", timeout: float = 10.0,
    ) -> dict[str, Any]:
        """Asks the plugin that has a hook at a point, as a command would; gives its answer, or raises its error."""
        future: Future[dict[str, Any]] = Future()

        def done(outcome: dict[str, Any] | OporaError) -> None:
            if isinstance(outcome, OporaError):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

        def ask() -> None:
            for session in self._core.sessions.by_peer.values():
                if point in session.hooks:
                    params = {
                        "point": point, "call_id": call_id, "method": method or point, "via": self._core.identity,
                        "before": before and {"ticket": before}, "proposed": proposed}
                    return self._core.ask(
                        session.peer, point, "hook.call", params, session.hooks[point].get("timeout_ms", 300), done)
            raise ProviderOffline(f"no plugin has a hook at {point}")

        self._do(ask)
        return future.result(timeout)

    # What goes wrong.

    def advance(self, milliseconds: int) -> None:
        """Moves its clock on: leases, sessions, deadlines and rests see it."""
        self._do(lambda: setattr(self._core, "ahead_ms", self._core.ahead_ms + milliseconds))

    def drop_events(self, count: int) -> None:
        """The next events do not reach the bus; the log has them."""
        self._do(lambda: setattr(self._core.faults, "dropped", self._core.faults.dropped + count))

    def duplicate_events(self, count: int) -> None:
        """The next events reach the bus twice."""
        self._do(lambda: setattr(self._core.faults, "doubled", self._core.faults.doubled + count))

    def lose_answers(self, method: str, count: int = 1) -> None:
        """The next calls are done, and not answered."""
        self._do(lambda: self._core.faults.lost.__setitem__(method, count))

    def delay_answers(self, method: str, seconds: float, count: int = 1) -> None:
        """The next calls are done at once, and answered late."""
        self._do(lambda: self._core.faults.delayed.__setitem__(method, deque([seconds] * count)))

    def fail(self, method: str, *errors: OporaError) -> None:
        """The next calls are not done, and answered with these errors."""
        self._do(lambda: self._core.faults.errors.setdefault(method, deque()).extend(errors))

    def deny(self, *patterns: str) -> None:
        """The identity may not call methods of these names (`ticket.*`)."""
        self._do(lambda: setattr(self._core, "denied", list(patterns)))

    def revoke(self) -> None:
        """The identity's key is revoked: every message is refused, and the bus is cut."""
        def cut() -> None:
            self._core.is_revoked = True
            if self._server is not None:
                self._server.cut_bus()

        self._do(cut)

    def truncate(self, before_seq: int) -> None:
        """Takes events below a position out of the log."""
        self._do(lambda: self._core.log.truncate(before_seq))

    def bump_epoch(self, head: int | None = None) -> None:
        """A backup is put back: it crashes, forgets what came after `head`, and starts in the next epoch."""
        self.kill()
        log = self._core.log
        before = log.epoch
        log.go_back(log.head if head is None else head)
        for consumer in self._core.consumers.all.values():
            consumer.acked = min(consumer.acked, log.head)
        self._start(resets=3)
        data = {"before": before, "after": log.epoch, "reason": "restored" if head is not None else "asked"}
        self._do(lambda: self._core.record("system.epoch_changed", "kernel/log", data))

    # Between the core and the sockets.

    def _do(self, work: Callable[[], T]) -> T:
        server = self._server
        return work() if server is None else server.do(work)

    def _reply(self, request: Request, outcome: dict[str, Any] | OporaError) -> None:
        if self._server is not None:
            self._server.reply(request, outcome)
        self._answered.set()

    def _push(self, peer: bytes, message: dict[str, Any]) -> None:
        if self._server is not None:
            self._server.push(peer, message)

    def _publish(self, frames: list[bytes]) -> None:
        if self._server is not None:
            self._server.publish(frames)
