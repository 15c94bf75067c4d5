"""Runs a plugin inside a test."""
from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .._host import Host, Options
from .._location import Location
from ..plugin import Plugin

#: Seconds that a plugin may take to stop.
PATIENCE = 10.0


class RunningPlugin:
    """`with RunningPlugin(Echo, kernel.location, {"greeting": "hello"}): ...`. What made it fail is raised at the end."""

    def __init__(
        self, kind: type[Plugin], location: Location, settings: Mapping[str, Any] | None = None, *,
        data_dir: Path | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="opora-plugin-") if data_dir is None else None
        folder = data_dir or Path(self._folder.name if self._folder else ".")
        flags = [f"{path}={value}" for path, value in (settings or {}).items()]
        self._host = Host(kind, Options(location, folder, flags=flags, environment={}))
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"plugin {kind.name}", daemon=True)

    def _run(self) -> None:
        try:
            self._host.run()
        except BaseException as failure:
            self._failure = failure

    def start(self) -> Self:
        """Starts it; it greets the kernel in a moment."""
        self._thread.start()
        return self

    @property
    def is_running(self) -> bool:
        """It was started and has not ended."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Stops it in good order; raises what made it fail."""
        self._host.stop()
        self._thread.join(PATIENCE)
        if self._folder is not None:
            self._folder.cleanup()
        if self._failure is not None:
            raise self._failure
        if self._thread.is_alive():
            raise TimeoutError(f"the plugin did not stop within {PATIENCE} s")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
