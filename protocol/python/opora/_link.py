"""One connection to the kernel's `rpc` socket, with its monitor. It belongs to the thread that made it."""
from __future__ import annotations

import enum
import errno
import itertools

import zmq
from zmq.utils.monitor import recv_monitor_message

from ._location import Endpoint

#: Milliseconds that what was sent last may take to leave when a connection is closed.
LINGER_MS = 500
#: Handshakes in a row that the other side may break off before that counts as a refusal.
BROKEN_HANDSHAKES = 3

_MONITORS = itertools.count(1)
_WATCHED = (
    zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_DISCONNECTED | zmq.EVENT_CLOSED)


class News(enum.Enum):
    """What became of a connection."""

    UP = enum.auto()
    #: It was up, and is gone.
    LOST = enum.auto()
    #: Nobody listens at the address.
    ABSENT = enum.auto()
    #: Somebody listens, and does not let this process in.
    REFUSED = enum.auto()


def prepare(socket: zmq.Socket[bytes]) -> None:
    """Options that every socket of a peer has."""
    socket.linger = 0
    socket.immediate = 1
    socket.reconnect_ivl = 100
    socket.reconnect_ivl_max = 2000
    # Both sides notice a peer that is gone without a word. Set before connecting.
    socket.heartbeat_ivl = 5000
    socket.heartbeat_timeout = 15_000
    socket.heartbeat_ttl = 15_000


def watch(socket: zmq.Socket[bytes]) -> zmq.Socket[bytes]:
    """The socket's monitor, with the events that `Watch` understands. A plain socket, also beside one for asyncio."""
    address = f"inproc://opora-monitor-{next(_MONITORS)}"
    socket.monitor(address, _WATCHED)
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context.shadow(socket.context.underlying)
    monitor = context.socket(zmq.PAIR)
    monitor.linger = 0
    monitor.connect(address)
    return monitor


class Watch:
    """Reads a monitor."""

    def __init__(self) -> None:
        self.is_up = False
        self._broken = 0

    def read(self, monitor: zmq.Socket[bytes]) -> list[News]:
        """What happened since the last look."""
        found: list[News] = []
        while monitor.poll(0):
            event = zmq.Event(recv_monitor_message(monitor)["event"])
            news = self._digest(event)
            if news is not None:
                found.append(news)
        return found

    def _digest(self, event: zmq.Event) -> News | None:
        if event == zmq.Event.HANDSHAKE_SUCCEEDED:
            self.is_up, self._broken = True, 0
            return News.UP
        if event in (zmq.Event.HANDSHAKE_FAILED_AUTH, zmq.Event.HANDSHAKE_FAILED_PROTOCOL):
            return News.REFUSED
        if event == zmq.Event.HANDSHAKE_FAILED_NO_DETAIL:
            self._broken += 1
            return News.REFUSED if self._broken >= BROKEN_HANDSHAKES else None
        if event == zmq.Event.DISCONNECTED and self.is_up:
            self.is_up = False
            return News.LOST
        if event == zmq.Event.CLOSED and not self.is_up:
            # A connection that could not even be made: what broke off before was a kernel that went away.
            self._broken = 0
            return News.ABSENT
        return None


class Link:
    """A DEALER that is connecting or connected."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], endpoint: Endpoint) -> None:
        self.address = endpoint.address
        self.socket: zmq.Socket[bytes] = context.socket(zmq.DEALER)
        prepare(self.socket)
        self.socket.sndhwm = 10_000
        self.socket.rcvhwm = 10_000
        self.monitor = watch(self.socket)
        self._watch = Watch()
        endpoint.apply(self.socket)

    @property
    def is_up(self) -> bool:
        """Messages can be sent."""
        return self._watch.is_up

    def news(self) -> list[News]:
        """What became of the connection since the last look."""
        return self._watch.read(self.monitor)

    def send(self, body: bytes) -> bool:
        """Sends a message; False where there is no room, or no connection, now."""
        try:
            self.socket.send_multipart([b"", body], zmq.DONTWAIT)
        except zmq.Again:
            return False
        return True

    def receive(self) -> bytes | None:
        """A body that came in; None where there is none."""
        try:
            return self.socket.recv_multipart(zmq.DONTWAIT)[-1]
        except zmq.Again:
            return None
        except zmq.ZMQError as error:
            if error.errno == errno.EINTR:
                return None
            raise

    def close(self) -> None:
        """Ends it; what was handed over goes out if it can at once."""
        self.socket.disable_monitor()
        self.monitor.close(0)
        self.socket.close(LINGER_MS if self.is_up else 0)
