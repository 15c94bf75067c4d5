"""What the bridge keeps: the cases, and the steps that are not done yet. One SQLite file, each change in one transaction."""
from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .cases import Case, Known

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS cases(
        key TEXT PRIMARY KEY, external_id TEXT NOT NULL, ticket TEXT, is_firing INTEGER NOT NULL, priority TEXT NOT NULL,
        changes INTEGER NOT NULL, alerts TEXT NOT NULL, updated_ms INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS steps(id INTEGER PRIMARY KEY AUTOINCREMENT, case_key TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS steps_by_case ON steps(case_key, id);
"""


class Store:
    """Used by several threads, one at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        path.chmod(0o600)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and on disk at its end."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def case(self, key: str, external_id: str = "") -> Case:
        """The case with this key, a new one where there is none."""
        with self._lock:
            row = self._database.execute(
                "SELECT external_id, ticket, is_firing, priority, changes, alerts FROM cases WHERE key = ?", (key,)).fetchone()
        if row is None:
            return Case(key, external_id)
        alerts = {name: Known(**known) for name, known in json.loads(row[5]).items()}
        return Case(key, row[0], row[1], bool(row[2]), row[3], row[4], alerts)

    def keep(self, case: Case) -> None:
        """Writes a case; within a transaction."""
        alerts = json.dumps({name: asdict(known) for name, known in case.alerts.items()})
        self._database.execute(
            "INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (case.key, case.external_id, case.ticket, case.is_firing, case.priority, case.changes, alerts, _now()))

    def add(self, key: str, steps: list[dict[str, Any]]) -> None:
        """Steps behind those that wait; within a transaction."""
        self._database.executemany(
            "INSERT INTO steps(case_key, body) VALUES (?, ?)", [(key, json.dumps(step)) for step in steps])

    def replace(self, number: int, key: str, steps: list[dict[str, Any]]) -> None:
        """Puts steps in the place of one that is done or has become them; within a transaction."""
        rest = self._database.execute("SELECT id, body FROM steps WHERE case_key = ? AND id > ? ORDER BY id", (key, number))
        later = rest.fetchall()
        self._database.execute("DELETE FROM steps WHERE case_key = ? AND id >= ?", (key, number))
        self.add(key, [*steps, *(json.loads(body) for _, body in later)])

    def done(self, number: int) -> None:
        """Takes a step away; within a transaction."""
        self._database.execute("DELETE FROM steps WHERE id = ?", (number,))

    def next(self, key: str) -> tuple[int, dict[str, Any]] | None:
        """The first step of a case that is not done."""
        with self._lock:
            row = self._database.execute(
                "SELECT id, body FROM steps WHERE case_key = ? ORDER BY id LIMIT 1", (key,)).fetchone()
        return None if row is None else (row[0], json.loads(row[1]))

    def waiting(self) -> list[str]:
        """The cases that have steps left, those that have waited longest first."""
        with self._lock:
            return [row[0] for row in self._database.execute("SELECT case_key FROM steps GROUP BY case_key ORDER BY min(id)")]

    def firing(self, limit: int) -> list[Case]:
        """The cases that fire, the newest first."""
        with self._lock:
            rows = self._database.execute(
                "SELECT key FROM cases WHERE is_firing ORDER BY updated_ms DESC, key LIMIT ?", (limit,)).fetchall()
        return [self.case(row[0]) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many cases fire, how many do not, and how many steps wait."""
        with self._lock:
            firing, resolved = self._database.execute(
                "SELECT coalesce(sum(is_firing), 0), coalesce(sum(NOT is_firing), 0) FROM cases").fetchone()
            pending = self._database.execute("SELECT count(*) FROM steps").fetchone()[0]
        return {"firing": firing, "resolved": resolved, "pending": pending}

    def forget(self, older_than_ms: int) -> None:
        """Takes away cases that have not fired for so long; should they fire again, the kernel still knows their tickets."""
        with self.transaction():
            self._database.execute(
                "DELETE FROM cases WHERE NOT is_firing AND updated_ms < ? AND key NOT IN (SELECT case_key FROM steps)",
                (_now() - older_than_ms,))

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._database.close()


def _now() -> int:
    return time.time_ns() // 1_000_000
