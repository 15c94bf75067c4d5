"""The HTTP side: who may post, how much, and what the answers mean."""
from __future__ import annotations

import base64
import hmac
import json
import logging
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .bridge import Bridge
from .config import HTTPConfig
from .notification import BadNotification, Notification

log = logging.getLogger("alertmanager")

#: Where notifications are posted.
PATH = "/webhook"
#: Connections at once, seconds of silence after which one is closed, and seconds that a body may take.
CONNECTIONS, SILENCE, PATIENCE = 32, 15.0, 30.0


class Server(ThreadingHTTPServer):
    """Listens, with a thread for each connection up to a limit."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, config: HTTPConfig, bridge: Bridge) -> None:
        self.config = config
        self.bridge = bridge
        self.received = 0
        self.refused = 0
        self._slots = threading.BoundedSemaphore(CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        super().__init__((config.host, config.port), Handler)

    @property
    def url(self) -> str:
        """Where notifications are posted."""
        host = self.config.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_address[1]}{PATH}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serves a connection; with too many, closes it: Alertmanager comes again."""
        if not self._slots.acquire(blocking=False):
            self.refused += 1
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serves a connection on its thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is no fault of the bridge."""
        log.debug("a connection broke", exc_info=True)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "opora-alertmanager"
    sys_version = ""
    timeout = SILENCE

    def do_GET(self) -> None:
        """Is it alive?"""
        if self.path == "/health":
            is_well = self.server.bridge.problem is None
            return self._answer(200 if is_well else 503, "ok" if is_well else "the desk refuses tickets; see the log")
        self._answer(405 if self.path == PATH else 404, f"post notifications to {PATH}")

    def do_POST(self) -> None:
        """A notification: 200 once the kernel has it on disk, 503 while it can not be taken."""
        if self.path != PATH:
            return self._refuse(404, f"post notifications to {PATH}")
        if not self._is_allowed():
            return self._refuse(401, "the token, or user and password, is wrong or missing")
        body = self._body()
        if body is None:
            return
        try:
            notification = Notification.parse(body)
        except BadNotification as error:
            return self._refuse(400, str(error))
        self.server.received += 1
        try:
            is_taken = self.server.bridge.receive(notification)
        except Exception:
            log.exception("a notification could not be taken")
            return self._answer(500, "the bridge failed; see its log")
        self._answer(200 if is_taken else 503, "taken" if is_taken else "the desk does not take it now; come again")

    def _body(self) -> bytes | None:
        """What was posted; None where it was refused."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._refuse(411, "say the length of the body")
            return None
        if int(length) > self.server.config.max_bytes:
            self._refuse(413, f"at most {self.server.config.max_bytes} bytes")
            return None
        body = self._read(int(length))
        if len(body) < int(length):
            self._refuse(400, "the body ends too early")
            return None
        return body

    def _read(self, length: int) -> bytes:
        """So many bytes, as far as they come in time."""
        found = bytearray()
        end = time.monotonic() + PATIENCE
        while len(found) < length and time.monotonic() < end:
            part = self.rfile.read1(min(length - len(found), 65_536))
            if not part:
                break
            found += part
        return bytes(found)

    def _is_allowed(self) -> bool:
        config = self.server.config
        if config.token is None and config.basic is None:
            return True
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        is_allowed = False
        if config.token is not None and kind.lower() == "bearer":
            is_allowed = hmac.compare_digest(given.strip().encode(), config.token.encode())
        if config.basic is not None and kind.lower() == "basic":
            wanted = base64.b64encode(":".join(config.basic).encode())
            is_allowed = hmac.compare_digest(given.strip().encode(), wanted)
        return is_allowed

    def _refuse(self, status: int, text: str) -> None:
        self.server.refused += 1
        # The connection can't go on; what was sent is read, as far as it is allowed, so that the answer arrives.
        self.close_connection = True
        length = self.headers.get("Content-Length", "")
        if status in (401, 404, 413) and length.isdecimal():
            self._read(min(int(length), self.server.config.max_bytes))
        log.info("refused a request", extra={"status": status, "reason": text, "from": self.client_address[0]})
        self._answer(status, text)

    def _answer(self, status: int, text: str) -> None:
        body = (text + "\n").encode()
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer" if self.server.config.token else 'Basic realm="opora"')
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """What is worth a line says so itself."""


def announce(server: Server) -> str:
    """Where it listens, as programs read it."""
    return json.dumps({"url": server.url, "port": server.server_address[1]}) + "\n"
