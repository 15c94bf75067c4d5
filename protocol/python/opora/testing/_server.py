"""The sockets of a fake kernel, and the thread that owns them."""
from __future__ import annotations

import heapq
import json
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import zmq

from .. import _wire
from .._errors import OporaError
from .._mailbox import Mailbox
from .._rejections import InvalidRequest, ParseError, RequestTooLarge
from ._core import Core
from ._log import stamp
from ._request import Request

T = TypeVar("T")

#: Milliseconds between two looks at what time has made possible.
TICK_MS = 20


class Server:
    """One run of a fake kernel, from its start to its end."""

    def __init__(self, core: Core, run_dir: Path, heartbeat: float, resets: int) -> None:
        """:param resets: how many heartbeats say that the history of the log changed."""
        self._core = core
        self._run_dir = run_dir
        self._heartbeat = heartbeat
        self._resets = resets
        self._beat_at = 0.0
        self._box: Mailbox[Callable[[], None]] = Mailbox()
        self._late: list[tuple[float, int, list[bytes]]] = []
        self._count = 0
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._router = self._context.socket(zmq.ROUTER)
        self._router.linger = 200
        self._router.router_mandatory = 1
        self._bus: zmq.Socket[bytes] | None = None
        self._is_running = True
        self._router.bind(f"ipc://{run_dir}/rpc.sock")
        self._open_bus()
        self._announce()
        self._thread = threading.Thread(target=self._run, name="fake kernel", daemon=True)

    def start(self) -> None:
        """Begins to serve."""
        self._thread.start()

    def _announce(self) -> None:
        core = self._core
        found = {
            "protocol": [{"major": 1, "minor": 0}], "instance_id": core.instance_id, "log_id": core.log.log_id,
            "epoch": core.log.epoch, "pid": os.getpid(), "endpoints": {
                "rpc": [f"ipc://{self._run_dir}/rpc.sock"], "events": [f"ipc://{self._run_dir}/events.sock"]}}
        draft = self._run_dir / "kernel.json.new"
        draft.write_text(json.dumps(found))
        draft.rename(self._run_dir / "kernel.json")

    def _open_bus(self) -> None:
        self._bus = self._context.socket(zmq.XPUB)
        self._bus.linger = 200
        self._bus.sndhwm = 20_000
        self._bus.xpub_verbose = 1
        self._bus.setsockopt(zmq.XPUB_WELCOME_MSG, b"$welcome")
        self._bus.bind(f"ipc://{self._run_dir}/events.sock")

    def cut_bus(self) -> None:
        """Throws every subscriber off, and lets nobody in any more."""
        if self._bus is not None:
            self._bus.close(0)
            self._bus = None

    def do(self, work: Callable[[], T]) -> T:
        """Runs work on the server's thread."""
        if threading.current_thread() is self._thread:
            return work()
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        if not self._box.put(run):
            return work()
        return future.result()

    def end(self, *, is_orderly: bool) -> None:
        """Ends the run: in order, or as a crash would."""
        def leave() -> None:
            if is_orderly:
                for peer in self._core.sessions.by_peer:
                    self.push(peer, {"method": "session.closing", "params": {"reason": "stopping", "drain_ms": 2000}})
                self.publish(self._control("$bye/", {"instance_id": self._core.instance_id}))
                (self._run_dir / "kernel.json").unlink(missing_ok=True)
            self._is_running = False

        self.do(leave)
        self._thread.join()

    # On the server's thread.

    def _run(self) -> None:
        try:
            while self._is_running:
                self._turn()
        finally:
            self._box.close()
            for work in self._box.take():
                work()
            self.cut_bus()
            self._router.close()
            self._context.term()
            self._box.discard()

    def _turn(self) -> None:
        poller = zmq.Poller()
        poller.register(self._box.reader, zmq.POLLIN)
        poller.register(self._router, zmq.POLLIN)
        if self._bus is not None:
            poller.register(self._bus, zmq.POLLIN)
        poller.poll(TICK_MS)
        for work in self._box.take():
            work()
        if not self._is_running:
            return
        while self._bus is not None and self._bus.poll(0):
            self._bus.recv()
        while self._router.poll(0):
            peer, *frames = self._router.recv_multipart()
            self._take(peer, frames)
        self._core.tick()
        now = time.monotonic()
        while self._late and self._late[0][0] <= now:
            self._send(heapq.heappop(self._late)[2])
        if now >= self._beat_at:
            self._beat_at = now + self._heartbeat
            self._beat()

    def _beat(self) -> None:
        log = self._core.log
        if self._resets:
            self._resets -= 1
            self.publish(self._control("$reset/", {"log_id": log.log_id, "epoch": log.epoch, "head_seq": log.head}))
        self.publish(self._control("$hb/", {
            "epoch": log.epoch, "head_seq": log.head, "heads": log.heads, "drop_episodes": 0, "time": stamp(self._core.now)}))

    def _control(self, topic: str, body: dict[str, Any]) -> list[bytes]:
        header = _wire.Header(self._core.log.epoch, 0, 0, self._core.now * 1000, _wire.CONTROL)
        return [topic.encode(), header.encode(), json.dumps(body).encode()]

    def _take(self, peer: bytes, frames: list[bytes]) -> None:
        if len(frames) != 2 or frames[0]:
            return self._refuse(peer, None, InvalidRequest("a message has two frames", data_code="bad_envelope"))
        if len(frames[1]) > _wire.BODY_BYTES:
            return self._refuse(peer, None, RequestTooLarge(f"a request has at most {_wire.BODY_BYTES} bytes"))
        try:
            message = json.loads(frames[1])
        except ValueError as error:
            return self._refuse(peer, None, ParseError(f"the request is no JSON: {error}"))
        if isinstance(message, dict) and "method" not in message:
            return self._core.sessions.answered(peer, message)
        try:
            request = Request.read(peer, message)
        except OporaError as error:
            return self._refuse(peer, message.get("id") if isinstance(message, dict) else None, error)
        self._core.take(request)

    def _refuse(self, peer: bytes, number: Any, error: OporaError) -> None:
        data = {**error.data, "code": error.data_code, "retryable": error.retryable}
        body = {"id": number, "error": {"code": error.code or -32603, "message": error.message, "data": data}}
        self._send([peer, b"", _wire.encode(body)])

    def reply(self, request: Request, outcome: dict[str, Any] | OporaError) -> None:
        """Answers a request, unless a fault keeps the answer."""
        if request.is_notification or self._core.faults.is_lost(request.method):
            return
        delay = self._core.faults.delay(request.method)
        if isinstance(outcome, OporaError):
            return self._refuse(request.peer, request.id, outcome)
        frames = [request.peer, b"", _wire.encode({"id": request.id, "result": outcome})]
        if delay:
            self._count += 1
            heapq.heappush(self._late, (time.monotonic() + delay, self._count, frames))
        else:
            self._send(frames)

    def push(self, peer: bytes, message: dict[str, Any]) -> None:
        """Sends a peer a request or notification."""
        self._send([peer, b"", _wire.encode(message)])

    def _send(self, frames: list[bytes]) -> None:
        try:
            self._router.send_multipart(frames, zmq.DONTWAIT)
        except zmq.ZMQError:
            self._core.end_session(frames[0], "gone")

    def publish(self, frames: list[bytes]) -> None:
        """Sends a message on the bus."""
        if self._bus is not None:
            self._bus.send_multipart(frames)
