"""Logs as one line of JSON for each entry on standard error, where systemd and `opora up` pick them up."""
from __future__ import annotations

import json
import logging
import sys

#: The levels of a plugin's `--log-level`.
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """Messages are constants; what varies goes into `extra`."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        entry: dict[str, object] = {
            "at_ms": int(record.created * 1000), "level": record.levelname.lower(), "service": self._service,
            "message": record.getMessage(),
        }
        extra = {name: value for name, value in record.__dict__.items() if name not in _KNOWN and not name.startswith("_")}
        entry.update((name, value if isinstance(value, int | float | bool) else str(value)) for name, value in extra.items())
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def write_lines(service: str, level: str) -> None:
    """Sends all logs of this process to standard error, as lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(service))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(LEVELS[level])
