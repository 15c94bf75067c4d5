"""Hands things from any thread to the one that owns a socket, and wakes it."""
from __future__ import annotations

import os
import socket
import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """A queue whose reader waits in a ZeroMQ poll."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._items: deque[T] = deque()
        self._is_closed = False
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    @property
    def reader(self) -> socket.socket:
        """Readable when there is something to look at."""
        return self._reader

    @property
    def is_closed(self) -> bool:
        """Nothing is taken any more."""
        return self._is_closed

    def put(self, item: T) -> bool:
        """Puts an item in; False where the box is closed."""
        if os.getpid() != self._process:
            raise RuntimeError("this client was made before a fork; make a new one in the child process")
        with self._lock:
            if self._is_closed:
                return False
            self._items.append(item)
        self.wake()
        return True

    def wake(self) -> None:
        """Wakes the reader."""
        try:
            self._writer.send(b".")
        except OSError:
            # Full: the reader is awake already. Closed: it is gone.
            return

    def take(self) -> deque[T]:
        """All that is in it, in order. Stops waking."""
        try:
            while self._reader.recv(4096):
                continue
        except BlockingIOError:
            pass
        with self._lock:
            items, self._items = self._items, deque()
        return items

    def close(self) -> None:
        """Takes nothing more, and wakes the reader."""
        with self._lock:
            self._is_closed = True
        self.wake()

    def discard(self) -> None:
        """Gives its descriptors back; for the reader, at its end."""
        self._reader.close()
        self._writer.close()
