"""The connection behind every client: a thread that owns the socket, matches answers and reconnects."""
from __future__ import annotations

import atexit
import itertools
import logging
import random
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any

import zmq

from . import _wire
from ._errors import Closed, Interrupted, Misconfigured, NoAnswer, NoKernel, OporaError, Refused, Unreachable
from ._link import Link, News
from ._location import Location
from ._mailbox import Mailbox
from ._pending import Call, Pending, Progress
from ._rejections import Unauthenticated, rejection

log = logging.getLogger("opora")

#: Calls under way at once; the kernel takes 1,024 of a connection, the next ones wait here.
IN_FLIGHT = 1000
#: Seconds between two looks for a kernel that is away, the first and the longest.
RETRY, RETRY_MAX = 0.1, 2.0
#: Seconds that a kernel may take to let this process in.
HANDSHAKE = 5.0
#: Messages taken at once before the thread looks at anything else.
DRAIN = 1000

#: Takes a request or notification of the kernel, on the connection's thread: hand over, do not work.
Incoming = Callable[[dict[str, Any]], None]


class Connection:
    """Calls with answers, from any thread. A lost connection is replaced by a new one when the next call needs it."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.on_incoming: Incoming | None = None
        self.on_lost: Callable[[], None] | None = None
        #: True once a kernel has let this process in.
        self.was_up = False
        self._numbers = itertools.count(1)
        #: Calls, messages that need no answer, and calls that were given up.
        self._inbox: Mailbox[Call | bytes] = Mailbox()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._link: Link | None = None
        self._link_since = 0.0
        self._retry_at = 0.0
        self._tries = 0
        self._trouble: OporaError | None = None
        self._pending = Pending()
        self._outgoing: deque[bytes] = deque()
        self._thread = threading.Thread(target=self._run, name="opora", daemon=True)
        self._thread.start()
        _OPEN.add(self)

    # From any thread.

    def submit(
        self, method: str, params: dict[str, Any], *, timeout: float, patience: float = 0.0, progress: Progress | None = None,
    ) -> Call:
        """Sends a request; its future gets the result or an `OporaError` within `timeout` seconds."""
        number = next(self._numbers)
        if progress is not None:
            params = {**params, "_meta": {**params.get("_meta", {}), "progress_token": number}}
        now = time.monotonic()
        call = Call(
            number, method, _wire.request(number, method, params), now + timeout, now + min(patience, timeout), progress)
        call.future.add_done_callback(lambda future: self._put(call) if future.cancelled() else None)
        self._put(call)
        return call

    def send(self, body: bytes) -> None:
        """Sends a notification, or an answer to the kernel; nothing happens where there is no connection."""
        self._put(body)

    def _put(self, item: Call | bytes) -> None:
        if not self._inbox.put(item) and isinstance(item, Call):
            item.fail(Closed(f"the client is closed; {item.method} was not sent"))

    def close(self) -> None:
        """Ends the connection; calls under way fail as `Closed`."""
        self._inbox.close()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def abandon(self) -> None:
        """Nobody holds the client any more: the thread ends when it comes to it."""
        self._inbox.close()

    # On the connection's thread alone.

    def _run(self) -> None:
        try:
            while not self._inbox.is_closed:
                self._turn()
        except Exception:
            log.exception("the connection failed")
        finally:
            self._inbox.close()
            rest = [item for item in self._inbox.take() if isinstance(item, Call)]
            self._flush_outgoing()
            self._drop_link()
            for call in rest + self._pending.take_sent() + self._pending.take_waiting(lambda _: True):
                call.fail(Closed(f"the client was closed while {call.method} was under way"))
            self._context.destroy(None)
            self._inbox.discard()
            _OPEN.discard(self)

    def _turn(self) -> None:
        poller = zmq.Poller()
        poller.register(self._inbox.reader, zmq.POLLIN)
        if self._link:
            wants_room = self._link.is_up and (self._outgoing or self._can_send)
            poller.register(self._link.socket, zmq.POLLIN | (zmq.POLLOUT if wants_room else 0))
            poller.register(self._link.monitor, zmq.POLLIN)
        poller.poll(self._pause())
        self._take_inbox()
        self._look_at_link()
        self._flush_outgoing()
        self._flush_calls()
        for call in self._pending.expired(time.monotonic()):
            self._expire(call)

    @property
    def _can_send(self) -> bool:
        return bool(self._pending.waiting) and len(self._pending.sent) < IN_FLIGHT

    def _pause(self) -> int:
        """Milliseconds until something is to be done by itself."""
        times = [self._pending.next_deadline]
        if self._pending.waiting and not self._link:
            times.append(self._retry_at)
        if self._link and not self._link.is_up:
            times.append(self._link_since + HANDSHAKE)
        known = [moment for moment in times if moment is not None]
        return max(0, int((min(known) - time.monotonic()) * 1000) + 1) if known else -1

    def _take_inbox(self) -> None:
        for item in self._inbox.take():
            if isinstance(item, bytes):
                if self._link and self._link.is_up:
                    self._outgoing.append(item)
            elif item.future.cancelled():
                if self._pending.give_up(item):
                    self._outgoing.append(_wire.notification("$/cancel", {"id": item.number}))
            else:
                self._pending.add(item)
                if not self._link:
                    self._retry_at = 0.0

    def _look_at_link(self) -> None:
        if self._pending.waiting and not self._link and time.monotonic() >= self._retry_at:
            self._open_link()
        link = self._link
        if not link:
            return
        self._receive(link)
        if self._link is not link:
            return
        for news in link.news():
            if news is News.UP:
                self.was_up, self._trouble, self._tries = True, None, 0
            elif news is News.LOST:
                self._receive(link)
                return self._lose_link()
            elif news is News.ABSENT:
                return self._away(Unreachable(f"nobody listens at {link.address}; is the kernel running?"))
            elif news is News.REFUSED:
                return self._away(Refused(
                    f"the kernel at {link.address} does not let this process in: it does not know this key or user, "
                    "or has another key than kernel.json says"))
        if not link.is_up and time.monotonic() >= self._link_since + HANDSHAKE:
            self._away(Unreachable(f"the kernel at {link.address} does not answer"))

    def _open_link(self) -> None:
        try:
            self._link = Link(self._context, self.location.rpc())
            self._link_since = time.monotonic()
        except (NoKernel, Misconfigured) as error:
            self._away(error)
        except zmq.ZMQError as error:
            self._away(Misconfigured(f"the kernel's address can't be used: {error}"))

    def _drop_link(self) -> None:
        if self._link:
            self._link.close()
            self._link = None

    def _away(self, error: OporaError) -> None:
        """There is no kernel now: calls fail, except those that have patience and may hope."""
        self._drop_link()
        self._trouble = error
        now = time.monotonic()
        self._retry_at = now + min(RETRY * 2**self._tries, RETRY_MAX) * random.uniform(0.7, 1)
        self._tries = min(self._tries + 1, 10)
        for call in self._pending.take_waiting(lambda call: not error.retryable or call.patient_until <= now):
            call.fail(error)

    def _lose_link(self) -> None:
        self._drop_link()
        self._outgoing.clear()
        for call in self._pending.take_sent():
            call.fail(Interrupted(f"the connection ended while {call.method} was under way; repeat it with the same key"))
        if self.on_lost:
            self._guarded(self.on_lost)

    def _receive(self, link: Link) -> None:
        for _ in range(DRAIN):
            body = link.receive()
            if body is None:
                return
            message = _wire.decode(body)
            if message is not None:
                self._digest(message)
            if self._link is not link:
                return
        self._inbox.wake()

    def _digest(self, message: dict[str, Any]) -> None:
        if "method" in message:
            return self._take_request(message)
        call = self._pending.end(message.get("id"))
        if call is None:
            if message.get("id") is None and isinstance(error := rejection(message.get("error")), Unauthenticated):
                self._disown(error)
            return
        if "error" in message:
            call.fail(rejection(message["error"]))
        else:
            result = message.get("result")
            call.succeed(result if isinstance(result, dict) else {"result": result})

    def _disown(self, error: OporaError) -> None:
        """The kernel knows this connection no more, its key was revoked: it says so once, and answers nothing else."""
        self._drop_link()
        self._away(error)
        for call in self._pending.take_sent():
            call.fail(error)

    def _take_request(self, message: dict[str, Any]) -> None:
        if message["method"] == "$/progress":
            params = message.get("params")
            call = self._pending.sent.get(params.get("token", 0)) if isinstance(params, dict) else None
            if call and call.progress:
                self._guarded(call.progress, params)
        elif self.on_incoming:
            self._guarded(self.on_incoming, message)
        elif "id" in message:
            data = {"code": "method_not_found", "retryable": False}
            error = {"code": -32601, "message": "this peer answers nothing", "data": data}
            self._outgoing.append(_wire.refusal(message["id"], error))

    def _guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        """Somebody else's code: its failure is logged, and the connection goes on."""
        try:
            work(*arguments)
        except Exception:
            log.exception("a callback failed")

    def _flush_outgoing(self) -> None:
        while self._outgoing and self._link and self._link.is_up:
            if not self._link.send(self._outgoing[0]):
                return
            self._outgoing.popleft()

    def _flush_calls(self) -> None:
        while self._can_send and self._link and self._link.is_up:
            call = self._pending.waiting[0]
            if not self._link.send(call.body):
                return
            self._pending.begin(call)

    def _expire(self, call: Call) -> None:
        if call.is_sent:
            self._outgoing.append(_wire.notification("$/cancel", {"id": call.number}))
            call.fail(NoAnswer(f"no answer to {call.method} in time; whether it was done is unknown"))
        else:
            call.fail(self._trouble or Unreachable(f"{call.method} could not be sent in time: the kernel does not take more"))


#: Connections that are open, to be closed before the interpreter goes.
_OPEN: weakref.WeakSet[Connection] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for connection in list(_OPEN):
        connection.close()
