"""A plugin's standing with the kernel: greeting, sign of life, greeting anew after a restart."""
from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import zmq

from . import _wire
from ._client import Client
from ._errors import OporaError, Refused, Unreachable
from ._location import Location
from ._rejections import SessionRequired
from ._scope import Scope
from ._steps import Try

log = logging.getLogger("opora.plugin")

#: Seconds between two tries to greet, and between two signs of life at most; they also carry the plugin's health.
RETRY, HEARTBEAT = 0.2, 1.0
#: Seconds that a greeting or a sign of life may take.
PATIENCE = 2.0
#: Seconds for which a plugin that was greeted is refused before it gives up.
REFUSAL = 30.0
#: What is called before the greeting.
_FIRST = ("session.", "consumer.ensure")


class PluginClient(Client):
    """A client whose calls wait for the plugin's greeting: leases and events belong to the session."""

    def __init__(self, location: Location) -> None:
        super().__init__(location=location, patience=Client.DEFAULT_TIMEOUT)
        #: Set while the kernel knows this connection's session; None before the plugin runs.
        self.greeted: threading.Event | None = None

    def perform(self, step: object, scope: Scope) -> Any:
        """Does one step; a call waits until the kernel has been greeted."""
        if isinstance(step, Try) and self.greeted is not None and not step.method.startswith(_FIRST):
            end = time.monotonic() + step.timeout
            while not self.greeted.wait(0.05):
                scope.check()
                if time.monotonic() >= end:
                    raise Unreachable(f"{step.method} was not sent: the kernel is away")
        return super().perform(step, scope)


class Session:
    """Keeps the plugin's session with the kernel."""

    def __init__(
        self, client: PluginClient, manifest: dict[str, Any], health: Callable[[], dict[str, Any]], before: Callable[[], None],
    ) -> None:
        """:param before: done before each greeting, so that whoever sees the plugin greeted can count on it."""
        self._client = client
        self._manifest = manifest
        self._health = health
        self._before = before
        self._greeted = threading.Event()
        self._wake = threading.Event()
        self._instance_id: str | None = None
        self._known_until = 0.0
        #: What the kernel said in answer to the greeting.
        self.welcome: dict[str, Any] = {}
        client.greeted = self._greeted
        client.connection.on_lost = self._lost

    def _lost(self) -> None:
        self._greeted.clear()
        self._wake.set()

    def keep(self, scope: Scope) -> None:
        """Greets the kernel, then shows a sign of life; greets again after it restarted. Returns when the scope is closed."""
        while not scope.is_closed:
            pause = RETRY
            try:
                if self._greeted.is_set():
                    pause = self._ping()
                else:
                    self._hello()
                    pause = 0.0
            except OporaError as error:
                if scope.is_closed:
                    return
                if not error.retryable and not self._may_pass(error):
                    raise
                log.debug("the kernel is away", extra={"reason": str(error)})
            if pause:
                self._wake.wait(pause)
                self._wake.clear()

    def _may_pass(self, error: OporaError) -> bool:
        """A kernel that knew this plugin a moment ago and lets it in no more may be one that is being restarted."""
        return isinstance(error, Refused) and time.monotonic() < self._known_until

    def stop(self) -> None:
        """Ends `keep`, once its scope is closed."""
        self._wake.set()

    def _hello(self) -> None:
        self._before()
        params = {
            "manifest": self._manifest, "protocol": _wire.PROTOCOL, "instance": f"{socket.gethostname()}:{os.getpid()}"[:128],
            "capabilities": {"cancel": True, "progress": True},
            "library": f"pyzmq {zmq.pyzmq_version()} / libzmq {zmq.zmq_version()}",
        }
        answer = self._client.call("session.hello", params, timeout=PATIENCE)
        for warning in answer.get("warnings", []):
            log.warning("the kernel warns", extra={"code": warning.get("code"), "detail": warning.get("detail")})
        self.welcome = answer
        self._instance_id = answer["kernel"]["instance_id"]
        self._known_until = time.monotonic() + REFUSAL
        self._greeted.set()
        log.info("greeted the kernel", extra={"instance": self._instance_id})

    def _ping(self) -> float:
        try:
            answer = self._client.call("session.ping", {"health": self._health()}, timeout=PATIENCE)
        except SessionRequired:
            self._greeted.clear()
            return RETRY
        if answer.get("instance_id") != self._instance_id:
            self._greeted.clear()
            return RETRY
        self._known_until = time.monotonic() + REFUSAL
        heartbeat = self.welcome.get("session", {}).get("heartbeat_ms", 5000)
        return min(HEARTBEAT, float(heartbeat) / 1000)

    def bye(self) -> None:
        """Ends the session: leases and methods are free at once."""
        if not self._greeted.is_set():
            return
        try:
            # Past the client's own scope, which may be closed by now.
            self._client.connection.submit("session.bye", {}, timeout=0.5).future.result()
        except OporaError as error:
            log.debug("no farewell", extra={"reason": str(error)})
