"""A way to end what a thread waits for, from another thread."""
from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from typing import Any

from ._errors import Closed
from ._pending import Call


class Scope:
    """Calls and pauses of one piece of work; closing it ends the one that is under way."""

    def __init__(self, name: str, parent: Scope | None = None) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._calls: set[Call] = set()
        self._children: list[Scope] = []
        if parent is not None:
            parent._adopt(self)

    def _adopt(self, child: Scope) -> None:
        with self._lock:
            self._children = [known for known in self._children if not known.is_closed]
            self._children.append(child)
        if self.is_closed:
            child.close()

    @property
    def is_closed(self) -> bool:
        """Nothing more is begun."""
        return self._closing.is_set()

    def check(self) -> None:
        """Raises `Closed` once the scope is closed."""
        if self.is_closed:
            raise Closed(f"{self.name} was closed")

    def pause(self, seconds: float) -> None:
        """Waits; ends early, with `Closed`, when the scope is closed."""
        self._closing.wait(seconds)
        self.check()

    def result(self, call: Call) -> dict[str, Any]:
        """The result of a call; `Closed`, and the call cancelled, when the scope is closed first."""
        with self._lock:
            self._calls.add(call)
        try:
            if self.is_closed:
                call.future.cancel()
            return call.future.result()
        except CancelledError as error:
            raise Closed(f"{self.name} was closed while {call.method} was under way") from error
        except BaseException:
            # Somebody pressed Ctrl-C: the kernel need not work on it any more.
            call.future.cancel()
            raise
        finally:
            with self._lock:
                self._calls.discard(call)

    def close(self) -> None:
        """Ends what is under way in this scope and in those below it."""
        self._closing.set()
        with self._lock:
            calls, children = list(self._calls), list(self._children)
        for call in calls:
            call.future.cancel()
        for child in children:
            child.close()
