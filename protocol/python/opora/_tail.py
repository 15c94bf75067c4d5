"""The live tail for threads."""
from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import zmq

from ._bus import BATCH, Bus
from ._client import Client
from ._errors import Closed, OporaError
from ._event import AnyEvent
from ._following import Following, Place
from ._scope import Scope
from ._steps import Listen, Steps

#: Milliseconds after which a tail that waits notices that it was closed.
LOOK_MS = 100


class Tail:
    """Follows the log live: `for event in tail` gives events in order, none twice, none left out.

    The bus brings them as they happen; what it drops is seen by the sequence or by the heartbeat and read from the log, also
    after the kernel was away. A tail keeps nothing in the kernel: whoever must go on where it stopped keeps `tail.place`, or
    uses a `Consumer`. An event counts as dealt with when the loop asks for the next one; a new loop over the same tail begins
    with the first event that was not. One thread at a time.
    """

    def __init__(
        self, client: Client, *, streams: Iterable[str] = (), types: Iterable[str] = (), after: int | Place | None = None,
    ) -> None:
        """Connects; what happens from now on is not missed.

        :param streams: the streams to follow; none for all.
        :param types: the types of event to give, such as `ticket.created`; none for all.
        :param after: begin with what comes after this position, 0 for the whole log; None for what happens from now on.
        """
        self._client = client
        self._scope = Scope("the tail", client.scope)
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._following = Following(list(streams), list(types), after, self._renew)
        self._bus = Bus(self._context, client.location, self._following.topics)
        self._current: AnyEvent | None = None
        self._lock = threading.Lock()
        try:
            self._renew()
            client.drive(self._following.begin(), self._scope)
        except BaseException:
            self._discard()
            raise

    @property
    def place(self) -> Place:
        """Everything up to here has been dealt with."""
        return self._following.place

    def _renew(self) -> None:
        if not self._following.is_shut_out:
            self._bus.renew()

    def __iter__(self) -> Self:
        self._current = None
        self._following.rewind()
        return self

    def __next__(self) -> AnyEvent:
        event = self.next()
        if event is None:
            raise StopIteration
        return event

    def next(self) -> AnyEvent | None:
        """Takes the event before as dealt with, and waits for the next one; None once the tail is closed."""
        if self._current is not None:
            self._following.handled(self._current)
            self._current = None
        with self._lock:
            try:
                self._current = self._drive(self._following.next())
            except Closed:
                if not self._scope.is_closed:
                    raise
                self._discard()
        return self._current

    def _drive(self, steps: Steps[AnyEvent]) -> AnyEvent:
        """As the client does, and looks at the bus besides."""
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
                if isinstance(step, Listen):
                    outcome = self._listen(step.seconds)
                else:
                    outcome = self._client.perform(step, self._scope)
            except OporaError as error:
                failure = error

    def _listen(self, seconds: float) -> list[list[bytes]]:
        end = time.monotonic() + seconds
        while not self._scope.is_closed:
            if self._bus.is_refused():
                self._following.is_shut_out = True
                self._bus.close()
            socket = self._bus.socket
            left = end - time.monotonic()
            if socket is None or left <= 0:
                return []
            if socket.poll(min(LOOK_MS, int(left * 1000) + 1)):
                return _received(socket)
        self._scope.check()
        return []

    def close(self) -> None:
        """Ends the loop; from any thread."""
        self._scope.close()
        if self._lock.acquire(blocking=False):
            try:
                self._discard()
            finally:
                self._lock.release()

    def _discard(self) -> None:
        self._bus.close()
        self._context.destroy(0)

    def __del__(self) -> None:
        # A context that is thrown away with open sockets would wait for ever.
        if hasattr(self, "_bus"):
            self._discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _received(socket: zmq.Socket[bytes]) -> list[list[bytes]]:
    """What waits in a socket, as far as one look may take."""
    found: list[list[bytes]] = []
    while len(found) < BATCH:
        try:
            found.append(socket.recv_multipart(zmq.DONTWAIT))
        except zmq.Again:
            break
    return found
