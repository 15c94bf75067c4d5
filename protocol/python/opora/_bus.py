"""The subscription of a tail."""
from __future__ import annotations

from typing import Generic, TypeVar

import zmq

from ._errors import OporaError
from ._link import News, Watch, prepare, watch
from ._location import Endpoint, Location

#: Messages that wait for a slow tail; libzmq drops what is over, and the tail reads it from the log.
WAITING = 10_000
#: Messages taken at once.
BATCH = 500

S = TypeVar("S", bound="zmq.Socket[bytes]")


class Bus(Generic[S]):
    """A SUB socket that is made anew where the kernel listens elsewhere."""

    def __init__(self, context: zmq.Context[S], location: Location, topics: list[str]) -> None:
        self._context = context
        self._location = location
        self._topics = topics
        self._endpoint: Endpoint | None = None
        self._watch = Watch()
        self.socket: S | None = None
        self.monitor: zmq.Socket[bytes] | None = None

    def renew(self) -> None:
        """Connects, unless it is connected to where the kernel listens; does nothing while there is no kernel."""
        try:
            endpoint = self._location.events()
        except OporaError:
            return
        if self.socket is not None and endpoint == self._endpoint and self._watch.is_up:
            return
        self.close()
        socket = self._context.socket(zmq.SUB)
        prepare(socket)
        socket.rcvhwm = WAITING
        # First the subscriptions: what is said to a subscriber at its arrival must find them.
        for topic in self._topics:
            socket.subscribe(topic)
        self._watch = Watch()
        self.socket, self.monitor, self._endpoint = socket, watch(socket), endpoint
        endpoint.apply(socket)

    def is_refused(self) -> bool:
        """The kernel does not admit this identity to the bus."""
        return self.monitor is not None and News.REFUSED in self._watch.read(self.monitor)

    def close(self) -> None:
        """Ends the subscription."""
        if self.socket is not None:
            self.socket.disable_monitor()
            self.socket.close(0)
        if self.monitor is not None:
            self.monitor.close(0)
        self.socket = self.monitor = None
