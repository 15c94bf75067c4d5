"""The bridge as a plugin of the desk."""
from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from opora.plugin import MethodCall, Plugin, Scope, method

from .bridge import Bridge
from .config import Config
from .desk import Desk
from .server import Server, announce
from .store import Store
from .texts import Texts

#: Groups that one `x.alertmanager.status` names at most.
NAMED = 200


class Alertmanager(Plugin):
    """Opens a ticket for each group of alerts, keeps it up to date, solves it when they are resolved."""

    name = "alertmanager"
    version = "1.0.0"
    summary = "Opens, updates and solves a ticket for each group of alerts of a Prometheus Alertmanager"
    #: The clock; tests set it.
    now: Callable[[], datetime] = staticmethod(lambda: datetime.now(UTC))

    def setup(self) -> None:
        """Reads the settings, opens the file, binds the port."""
        config = Config.read(self.settings)
        self.settings.finish()
        texts = Texts(config.language)
        self._store = Store(self.data_dir / "alertmanager.sqlite")
        self._desk = Desk(self.client, config, texts, self.now)
        self._bridge = Bridge(self._store, self._desk, config, texts)
        try:
            self._server = Server(config.http, self._bridge)
        except OSError as error:
            self.settings.reject("http.port", f"{config.http.host}:{config.http.port} can't be had: {error.strerror}")
            self.settings.finish()
        draft = self.data_dir / "http.json.new"
        draft.write_text(announce(self._server))
        draft.rename(self.data_dir / "http.json")
        self.log.info("listening", extra={"url": self._server.url})

    def run(self, scope: Scope) -> None:
        """Serves, and does what could not be done when it came."""
        serving = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="http", daemon=True)
        serving.start()
        try:
            self._bridge.work_off(scope)
        finally:
            self._server.shutdown()
            serving.join()

    def close(self) -> None:
        """Gives the port and the file back."""
        if hasattr(self, "_server"):
            self._server.server_close()
        if hasattr(self, "_store"):
            self._store.close()

    def health(self) -> dict[str, Any]:
        """For `opora status`."""
        counts = self._store.counts()
        found: dict[str, Any] = {
            "firing": counts["firing"], "pending": counts["pending"], "failed": self._desk.failed,
            "received": self._server.received, "refused": self._server.refused,
        }
        return found if self._bridge.problem is None else {**found, "problem": self._bridge.problem}

    @method(
        params={
            "type": "object", "properties": {"limit": {"type": "integer", "minimum": 1, "maximum": NAMED}},
            "additionalProperties": False},
        result={"type": "object", "required": ["url", "firing", "resolved", "pending", "failed", "groups"]})
    def status(self, call: MethodCall) -> dict[str, Any]:
        """What fires, on which tickets, and what could not be done yet."""
        groups = [
            {
                "key": case.key, "external_id": case.external_id, "ticket": case.ticket, "priority": case.priority,
                "alerts": [known.title for known in case.alerts.values() if known.is_firing][:NAMED],
            } for case in self._store.firing(call.params.get("limit", 50))]
        return {
            **self._store.counts(), "failed": self._desk.failed, "received": self._server.received,
            "refused": self._server.refused, "url": self._server.url, "problem": self._bridge.problem, "groups": groups,
        }
