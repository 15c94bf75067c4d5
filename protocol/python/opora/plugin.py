"""Plugins: services that follow the desk's log, act on it, answer methods and may have a say before commands run."""
from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NoReturn, Unpack

from ._answering import HookCall, MethodCall, Veto
from ._batch import Batch
from ._client import Client
from ._event import AnyEvent
from ._manifest import hook, manifest, method
from ._reading import Start
from ._scope import Scope
from ._settings import Settings, SettingsProblems
from ._steps import CallOptions

__all__ = ["HookCall", "MethodCall", "Plugin", "Scope", "Settings", "SettingsProblems", "Veto", "hook", "method"]


class Plugin:
    """The base of all plugins. A subclass says what it is and what it does with events; `main` runs it.

    Options, settings, logs, signals, greeting the kernel, the durable consumer, repeats, reconnecting and retrying are done
    here. `setup` and `run` belong to one thread each, `handle` to another; methods and hooks are answered on several.
    """

    #: The plugin's name; its consumer, its methods and, unless the owner runs it, its identity carry it.
    name: ClassVar[str]
    version: ClassVar[str] = "1.0"
    #: What it does, in one line.
    summary: ClassVar[str] = ""
    #: The streams that `handle` is given, none for all; None: this plugin reads no events.
    streams: ClassVar[Sequence[str] | None] = None
    #: The types of event that `handle` is given; none for all.
    types: ClassVar[Sequence[str]] = ()
    #: Where a new plugin begins: `now` for effects on the world, `beginning` for what is made from the whole log.
    start: ClassVar[Start] = "now"
    #: The events that it publishes: `{"paged": schema}` lets it `publish("paged", ...)`; the schema may be None.
    publishes: ClassVar[Mapping[str, Mapping[str, Any] | None]] = {}
    #: Calls that are answered at once.
    workers: ClassVar[int] = 4
    #: Ends when the kernel stops in good order; by default it waits for the kernel to come back.
    stops_with_kernel: ClassVar[bool] = False

    def __init__(self, client: Client, settings: Settings, data_dir: Path) -> None:
        self.client = client
        self.settings = settings
        #: The plugin's own folder, which exists.
        self.data_dir = data_dir
        self.log = logging.getLogger(self.name)

    def setup(self) -> None:
        """Reads the settings and opens what the plugin keeps. What is asked of `settings` here is all that may be set."""

    def handle(self, event: AnyEvent, batch: Batch) -> None:
        """Deals with an event. Where it raises, the event comes again; after some deliveries the kernel sets it aside."""

    def run(self, scope: Scope) -> None:
        """Work besides events: servers, timers. Returns soon after `scope` is closed; `scope.pause` raises `Closed` then."""

    def health(self) -> dict[str, Any]:
        """What `kernel.health` and `opora status` show of the plugin."""
        return {}

    def log_changed(self) -> None:
        """The history of the log changed, a backup was put back: what was made from it is no longer so."""

    def close(self) -> None:
        """Closes what `setup` opened."""

    def publish(
        self, event: str, data: Mapping[str, Any], *, subject: str | None = None, ticket: str | None = None,
        **options: Unpack[CallOptions],
    ) -> int:
        """Records an event of this plugin in the log; returns its position."""
        params: dict[str, Any] = {"type": f"x.{self.name}.{event}.v1", "data": dict(data)}
        if subject is not None:
            params["subject"] = subject
        if ticket is not None:
            params["ticket"] = ticket
        return int(self.client.call("event.publish", params, **options)["seq"])

    def manifest(self) -> dict[str, Any]:
        """What the plugin says of itself."""
        return manifest(self)

    @classmethod
    def main(cls, arguments: Sequence[str] | None = None) -> NoReturn:
        """Runs the plugin until SIGTERM or SIGINT, and exits: 0 after an orderly stop, 78 for wrong settings, 69 where the
        kernel can't be reached or refuses the plugin, 70 for a fault of the plugin.
        """
        from ._host import main

        sys.exit(main(cls, arguments))
