"""From a notification to tickets: plans, keeps the plan, carries it out."""
from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import Any

from opora import Closed, OporaError
from opora.plugin import Scope

from .cases import plan, split
from .config import Config
from .desk import Desk, is_look
from .notification import Notification
from .store import Store
from .texts import Texts

log = logging.getLogger("alertmanager")

#: Seconds that a notification waits for the one before it, and between two tries of what could not be done.
QUEUE, RETRY = 8.0, 2.0
#: Steps that one case may need at once; more is a fault of the rule, not work.
STEPS = 1000


class Bridge:
    """The plan is on disk before anything is sent, and the commands are fixed in it. So a crash on either side, or a repeat by
    Alertmanager, leads to the very same commands under the very same keys.
    """

    def __init__(self, store: Store, desk: Desk, config: Config, texts: Texts) -> None:
        self._store = store
        self._desk = desk
        self._config = config
        self._texts = texts
        self._planning = threading.Lock()
        self._sending = threading.Lock()
        #: Why the desk does not take a ticket; None while all is well.
        self.problem: str | None = None

    def receive(self, notification: Notification) -> bool:
        """Takes a notification; True where the kernel has all of it on disk."""
        keys = []
        with self._planning:
            for key, external_id, share in split(notification, self._config):
                with self._store.transaction():
                    case = self._store.case(key, external_id)
                    after, steps = plan(case, share, self._config, self._texts, self._store.next(key) is None)
                    if steps or after != case:
                        self._store.keep(after)
                        self._store.add(key, steps)
                keys.append(key)
        return self._carry_out(keys)

    def _carry_out(self, keys: list[str]) -> bool:
        """Does what is left of some cases; False where some of it could not be done yet."""
        if not self._sending.acquire(timeout=QUEUE):
            return False
        try:
            return all([self._finish(key) for key in keys])
        except OporaError as error:
            log.info("the kernel does not take it yet", extra={"reason": str(error)})
            return False
        finally:
            self._sending.release()

    def _finish(self, key: str) -> bool:
        """Does what is left of a case; False where the desk refuses its ticket. Raises where the kernel can't be asked now."""
        try:
            for _ in range(STEPS):
                waiting = self._store.next(key)
                if waiting is None:
                    return True
                self._do(key, *waiting)
        except OporaError as error:
            if error.retryable or isinstance(error, Closed):
                raise
            if self.problem != str(error):
                log.error("the desk refuses a ticket", extra={"case": key, "reason": str(error)})
            self.problem = str(error)
            return False
        raise RuntimeError(f"{key} needs more than {STEPS} steps")

    def _do(self, key: str, number: int, step: dict[str, Any]) -> None:
        case = self._store.case(key)
        known, steps = self._desk.look(step, case) if is_look(step) else self._desk.send(step, case)
        with self._store.transaction():
            # What a notification told of the case meanwhile stays.
            self._store.keep(replace(self._store.case(key), ticket=known.ticket))
            self._store.replace(number, key, steps)
        if step.get("method") == "ticket.create":
            self.problem = None

    def work_off(self, scope: Scope) -> None:
        """Does what could not be done when it came, as soon as it can be; returns when the scope is closed."""
        while not scope.is_closed:
            for key in self._store.waiting():
                if not scope.is_closed:
                    self._carry_out([key])
            self._store.forget(self._config.keep_ms)
            scope.pause(RETRY)
