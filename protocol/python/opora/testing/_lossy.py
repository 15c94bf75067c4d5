"""A bus that loses messages on the way: for tests of what follows it, beside any kernel."""
from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import zmq

from .._location import RunFolder
from .._mailbox import Mailbox
from .._wire import Header

#: Says how often a message goes on: 0 loses it, 2 doubles it.
Copies = Callable[[str, Header], int]


class LossyBus:
    """Stands between a kernel's bus and a subscriber. `lossy.location` is where the subscriber finds the kernel then.

    Heartbeats pass unharmed; `copies` decides about events, by topic and header.
    """

    def __init__(self, kernel: RunFolder, copies: Copies) -> None:
        self._kernel = kernel
        self._copies = copies
        self._folder = Path(tempfile.mkdtemp(prefix="opora-lossy-"))
        self._box: Mailbox[None] = Mailbox()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._in = self._context.socket(zmq.XSUB)
        self._out = self._context.socket(zmq.XPUB)
        for socket in (self._in, self._out):
            socket.linger = 0
            socket.sndhwm = socket.rcvhwm = 0
        self._out.bind(f"ipc://{self._folder}/events.sock")
        found = kernel.discover()
        self._in.connect(found["endpoints"]["events"][0])
        found["endpoints"]["events"] = [f"ipc://{self._folder}/events.sock"]
        (self._folder / "kernel.json").write_text(json.dumps(found))
        self._thread = threading.Thread(target=self._run, name="lossy bus", daemon=True)

    @property
    def location(self) -> RunFolder:
        """Where a subscriber finds the kernel, with this bus."""
        return RunFolder(self._folder)

    def _run(self) -> None:
        poller = zmq.Poller()
        for item in (self._box.reader, self._in, self._out):
            poller.register(item, zmq.POLLIN)
        while not self._box.is_closed:
            ready = dict(poller.poll())
            if self._out in ready:
                self._in.send(self._out.recv())
            if self._in in ready:
                self._pass_on(self._in.recv_multipart())
        self._in.close(0)
        self._out.close(0)
        self._context.term()
        self._box.discard()

    def _pass_on(self, frames: list[bytes]) -> None:
        header = Header.decode(frames[1]) if len(frames) > 1 else None
        is_event = header is not None and not header.is_control
        for _ in range(self._copies(frames[0].decode(), header) if is_event and header is not None else 1):
            self._out.send_multipart(frames)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._box.close()
        self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)
