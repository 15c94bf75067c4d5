"""Runs a plugin from start to stop."""
from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ._answering import Answering
from ._errors import Closed, OporaError
from ._follower import Follower
from ._lines import LEVELS, write_lines
from ._location import Location, RunFolder
from ._scope import Scope
from ._session import PluginClient, Session
from ._settings import Settings, SettingsProblems
from .plugin import Plugin

log = logging.getLogger("opora.plugin")

#: Seconds that what is under way may take at a stop.
STOP = 4.0
#: Exit codes, after sysexits.
UNAVAILABLE, SOFTWARE, CONFIG = 69, 70, 78


@dataclass
class Options:
    """What a plugin is started with."""

    location: Location
    data_dir: Path = Path(".")
    config: Path | None = None
    flags: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


class Host:
    """A plugin that runs in this process."""

    def __init__(self, kind: type[Plugin], options: Options) -> None:
        self._kind = kind
        self._options = options
        self._scope = Scope(kind.name)
        self._failure: BaseException | None = None
        #: Not an event: a signal handler may put into this queue whatever the thread that waits for it is doing.
        self._stops: queue.SimpleQueue[None] = queue.SimpleQueue()
        #: Something of the plugin's own was still at work at the end.
        self.is_stuck = False

    def stop(self) -> None:
        """Begins an orderly stop; from any thread, or from a signal handler."""
        self._stops.put(None)

    def run(self) -> None:
        """Runs the plugin until `stop`; raises what made it fail."""
        options = self._options
        settings = Settings.read(options.config, environment=options.environment, flags=options.flags)
        options.data_dir.mkdir(parents=True, exist_ok=True)
        options.location.rpc()
        with PluginClient(options.location) as client:
            plugin = self._kind(client, settings, options.data_dir)
            try:
                plugin.setup()
                settings.finish()
                log.info("started", extra={"version": plugin.version})
                self._serve(plugin, client)
            finally:
                plugin.close()
        if self._failure is not None:
            raise self._failure
        log.info("stopped")

    def _serve(self, plugin: Plugin, client: PluginClient) -> None:
        answering = Answering(plugin, client.connection)
        follower = None if plugin.streams is None else Follower(plugin, client, self._scope)
        session = Session(client, plugin.manifest(), plugin.health, follower.ensure if follower else lambda: None)
        answering.on_closing = self._closing(plugin)
        client.connection.on_incoming = answering.take
        work: list[Callable[[], None]] = [lambda: session.keep(self._scope), lambda: plugin.run(self._scope)]
        if follower:
            work.append(follower.follow)
        threads = [threading.Thread(target=self._guard, args=(task,), name=f"opora {plugin.name}", daemon=True) for task in work]
        for thread in threads:
            thread.start()
        self._stops.get()
        log.info("stopping")
        self._scope.close()
        session.stop()
        end = time.monotonic() + STOP
        is_done = _join(threads, end - STOP / 2)
        if not is_done:
            # Whatever still waits for the kernel is given up; it has keys, and is done at the next start.
            client.scope.close()
            is_done = _join(threads, end - STOP / 4)
        self.is_stuck = not answering.close(max(0.0, end - time.monotonic())) or not is_done
        session.bye()

    def _closing(self, plugin: Plugin) -> Callable[[], None]:
        def closing() -> None:
            log.info("the kernel stops")
            if plugin.stops_with_kernel:
                self.stop()
        return closing

    def _guard(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Closed:
            return
        except BaseException as failure:
            self._failure = self._failure or failure
            self.stop()


def _join(threads: Sequence[threading.Thread], end: float) -> bool:
    """Waits for threads until an instant of the monotonic clock; True where all have ended."""
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


def main(kind: type[Plugin], arguments: Sequence[str] | None = None) -> int:
    """The command line of a plugin; gives the exit code."""
    parser = argparse.ArgumentParser(prog=kind.name, description=kind.summary)
    parser.add_argument("--run-dir", type=Path, help="the kernel's runtime folder, which holds kernel.json")
    parser.add_argument("--data-dir", type=Path, default=Path("."), help="the plugin's own folder")
    parser.add_argument("--config", type=Path, help="a TOML file with the plugin's settings")
    parser.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="a setting; wins over file and environment")
    parser.add_argument("--key", type=Path, help="a file with this plugin's CURVE keys; without one the kernel knows its uid")
    parser.add_argument("--log-level", choices=list(LEVELS), default="info")
    parser.add_argument("--version", action="version", version=kind.version)
    given = parser.parse_args(arguments)
    write_lines(kind.name, given.log_level)
    location = RunFolder(given.run_dir or RunFolder.default(), given.key)
    host = Host(kind, Options(location, given.data_dir, given.config, given.set))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: host.stop())
    code = _exit_code(kind, host)
    if host.is_stuck:
        # The interpreter would wait for that thread for ever.
        logging.shutdown()
        os._exit(code)
    return code


def _exit_code(kind: type[Plugin], host: Host) -> int:
    try:
        host.run()
    except SettingsProblems as problems:
        print(problems, file=sys.stderr)
        return CONFIG
    except OporaError as error:
        print(f"{kind.name}: {error}", file=sys.stderr)
        return UNAVAILABLE
    except Exception:
        log.critical("the plugin failed", exc_info=True)
        return SOFTWARE
    return 0

