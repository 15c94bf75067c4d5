"""Answers what the kernel asks a plugin: methods and hooks."""
from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from . import _wire
from ._calling import AMBIENT
from ._connection import Connection
from ._errors import NotReached, OporaError
from ._manifest import HookSpec, MethodSpec, marked
from ._rejections import InternalError, MethodNotFound, Unavailable

log = logging.getLogger("opora.plugin")

#: Calls that may wait for a plugin or be under way; the kernel is told to come again about the next one.
UNDER_WAY = 256


class MethodCall:
    """A call of a plugin's method."""

    def __init__(self, params: dict[str, Any], send: Callable[[bytes], None]) -> None:
        self.name: str = str(params.get("name", ""))
        given = params.get("params")
        self.params: dict[str, Any] = given if isinstance(given, dict) else {}
        #: The identity that calls, and the person behind it.
        self.caller: str = str(params.get("caller", ""))
        self.user: str | None = params.get("user")
        self._deadline = time.monotonic() + int(params.get("deadline_ms", 10_000)) / 1000
        self._token = params.get("progress_token")
        self._send = send
        self._cancelled = threading.Event()

    @property
    def seconds_left(self) -> float:
        """How long the caller still waits."""
        return max(0.0, self._deadline - time.monotonic())

    @property
    def is_cancelled(self) -> bool:
        """The caller does not want the answer any more."""
        return self._cancelled.is_set()

    def wait(self, seconds: float) -> bool:
        """Waits; True, and at once, where the caller gives up meanwhile."""
        return self._cancelled.wait(seconds)

    def cancel(self) -> None:
        """The caller gave up."""
        self._cancelled.set()

    def progress(self, done: float, total: float | None = None, note: str | None = None) -> None:
        """Tells the caller how far it is, where the caller asked for that."""
        if self._token is None:
            return
        params: dict[str, Any] = {"token": self._token, "done": done}
        if total is not None:
            params["total"] = total
        if note is not None:
            params["note"] = note[:200]
        self._send(_wire.notification("$/progress", params))


class HookCall:
    """A question of the kernel before a command runs."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.point: str = str(params.get("point", ""))
        #: Names the command: the same when it comes again.
        self.call_id: str = str(params.get("call_id", ""))
        self.method: str = str(params.get("method", ""))
        self.actor: str | None = params.get("actor")
        self.via: str = str(params.get("via", ""))
        #: The ticket as it stands; None at creation.
        self.before: dict[str, Any] | None = (params.get("before") or {}).get("ticket")
        #: The parameters of the command, with the patches of the plugins before.
        self.proposed: dict[str, Any] = dict(params.get("proposed") or {})
        self.deadline_ms: int = int(params.get("deadline_ms", 300))


class Veto(Exception):
    """Raised by a hook: do not do it. The caller is told the code, a word, and the reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Answering:
    """Takes the kernel's requests on the connection's thread and answers them on threads of its own."""

    def __init__(self, plugin: Any, connection: Connection) -> None:
        self._connection = connection
        self._marked = marked(plugin)
        self._methods = ThreadPoolExecutor(max(1, plugin.workers), thread_name_prefix="opora method")
        # Hooks have little time: they do not wait behind methods.
        self._hooks = ThreadPoolExecutor(max(1, plugin.workers), thread_name_prefix="opora hook")
        self._lock = threading.Lock()
        self._calls: dict[object, MethodCall | None] = {}
        self._idle = threading.Event()
        self.on_closing: Callable[[], None] | None = None

    def take(self, message: dict[str, Any]) -> None:
        """A request or notification of the kernel."""
        method, number = message["method"], message.get("id")
        given = message.get("params")
        params: dict[str, Any] = given if isinstance(given, dict) else {}
        if method == "$/cancel":
            call = self._calls.get(params.get("id"))
            if call is not None:
                call.cancel()
        elif method == "session.closing" and self.on_closing:
            self.on_closing()
        elif number is not None and method == "method.call":
            self._begin(number, MethodCall(params, self._connection.send), self._methods, self._call)
        elif number is not None and method == "hook.call":
            self._begin(number, HookCall(params), self._hooks, self._ask)
        elif number is not None:
            self._refuse(number, MethodNotFound(f"a plugin does not answer {method}"))

    def _begin(self, number: Any, call: Any, pool: ThreadPoolExecutor, work: Callable[[Any], dict[str, Any]]) -> None:
        with self._lock:
            is_full = len(self._calls) >= UNDER_WAY
            if not is_full:
                self._calls[number] = call if isinstance(call, MethodCall) else None
        if is_full:
            return self._refuse(number, Unavailable("too many calls wait for this plugin; try again"))
        try:
            pool.submit(self._answer, number, call, work)
        except RuntimeError:
            self._refuse(number, Unavailable("the plugin stops; try again"))

    def _answer(self, number: Any, call: Any, work: Callable[[Any], dict[str, Any]]) -> None:
        try:
            self._connection.send(_wire.answer(number, work(call)))
        except NotReached as error:
            self._refuse(number, Unavailable(str(error)))
        except OporaError as error:
            self._refuse(number, error)
        except Exception:
            log.exception("a call failed", extra={"method": getattr(call, "name", None) or getattr(call, "point", "")})
            self._refuse(number, InternalError("the plugin failed; see its log"))
        finally:
            with self._lock:
                self._calls.pop(number, None)
                if not self._calls:
                    self._idle.set()

    def _refuse(self, number: Any, error: OporaError) -> None:
        data = {**error.data, "code": error.data_code or "internal_error", "retryable": error.retryable}
        self._connection.send(_wire.refusal(number, {"code": error.code or -32603, "message": error.message, "data": data}))

    def _call(self, call: MethodCall) -> dict[str, Any]:
        spec, function = self._marked.get(call.name.rsplit(".", 1)[-1], (None, None))
        if not isinstance(spec, MethodSpec) or function is None:
            raise MethodNotFound(f"this plugin has no method {call.name}")
        result = function(call)
        if not isinstance(result, dict):
            raise TypeError(f"{call.name} returned {type(result).__name__}, not a dict")
        return result

    def _ask(self, call: HookCall) -> dict[str, Any]:
        spec, function = self._marked.get(call.point, (None, None))
        if not isinstance(spec, HookSpec) or function is None:
            raise MethodNotFound(f"this plugin has no hook at {call.point}")
        # Its own calls say that they are made while answering: the kernel serves reads and refuses commands.
        token = AMBIENT.set({"hook_id": call.call_id})
        try:
            patch = function(call)
        except Veto as veto:
            return {"action": "veto", "code": veto.code, "reason": veto.reason[:500]}
        finally:
            AMBIENT.reset(token)
        if patch is None:
            return {"action": "continue"}
        if not isinstance(patch, dict):
            raise TypeError(f"the hook at {call.point} returned {type(patch).__name__}, neither None nor a dict")
        return {"action": "patch", "patch": patch}

    def close(self, seconds: float) -> bool:
        """Takes nothing more, and waits for what is under way; False where something still is."""
        with self._lock:
            for call in self._calls.values():
                if call is not None:
                    call.cancel()
        self._methods.shutdown(wait=False, cancel_futures=True)
        self._hooks.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + seconds
        while self._calls:
            self._idle.clear()
            if self._calls and not self._idle.wait(max(0.0, end - time.monotonic())):
                return False
        return True
