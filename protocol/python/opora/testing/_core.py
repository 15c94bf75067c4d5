"""What a fake kernel does with requests. Everything here runs on its one thread."""
from __future__ import annotations

import fnmatch
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .._errors import OporaError
from .._methods import METHODS
from .._rejections import (
    Cancelled,
    Forbidden,
    IdempotencyKeyReused,
    InvalidParams,
    ProviderError,
    ProviderOffline,
    ProviderTimeout,
    Reentrant,
    Unauthenticated,
)
from ._builtin import BUILTIN
from ._consumers import ConsumerBook, Parked
from ._faults import Faults
from ._log import FakeLog
from ._request import Request, unknown
from ._schema import violations
from ._sessions import EXPIRY_MS, HEARTBEAT_MS, PluginCall, SessionBook

#: A function that answers a method: takes the parameters, gives the result, or raises an `OporaError`.
Function = Callable[[dict[str, Any]], dict[str, Any]]
#: Looks whether there is an answer now; the last look must give one.
Look = Callable[[bool], dict[str, Any] | None]


@dataclass
class LongPoll:
    """A request that waits for something to happen."""

    request: Request
    look: Look
    until: int


class Core:
    """Requests in, answers and events out."""

    def __init__(
        self, identity: str, user: str | None, streams: list[str] | None,
        reply: Callable[[Request, dict[str, Any] | OporaError], None], push: Callable[[bytes, dict[str, Any]], None],
        publish: Callable[[list[bytes]], None],
    ) -> None:
        """:param reply: answers a request.
        :param push: sends a peer a request or notification.
        :param publish: sends a message on the bus.
        """
        self.identity = identity
        self.user = user
        #: The streams that the identity may see; None for all.
        self.streams = streams
        self.denied: list[str] = []
        self.is_revoked = False
        self.log = FakeLog()
        self.consumers = ConsumerBook(self.log)
        self.sessions = SessionBook()
        self.faults = Faults()
        self.functions: dict[str, Function] = {}
        self.calls: list[Request] = []
        self.ahead_ms = 0
        self.instance_id = ""
        self.started = 0
        self._receipts: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
        self._polls: list[LongPoll] = []
        self._reply = reply
        self._push = push
        self._publish = publish
        self._causing: Request | None = None

    @property
    def now(self) -> int:
        """The fake kernel's clock, milliseconds since 1970."""
        return time.time_ns() // 1_000_000 + self.ahead_ms

    def begin(self) -> None:
        """The kernel starts: what was in memory alone is gone."""
        self.instance_id = uuid.uuid4().hex[:16]
        self.started = self.now
        self.sessions = SessionBook()
        self._polls = []
        for consumer in self.consumers.all.values():
            consumer.forget()

    def who(self) -> dict[str, Any]:
        """The identity as callers see it."""
        found: dict[str, Any] = {
            "name": self.identity, "roles": [self.identity], "methods": ["*"], "hooks": ["*"], "rights": [],
            "streams": ["*"] if self.streams is None else self.streams,
        }
        return {**found, "user": self.user} if self.user else found

    def take(self, request: Request) -> None:
        """Answers a request, now or later."""
        if session := self.sessions.by_peer.get(request.peer):
            session.last_seen = self.now
        if self.is_revoked:
            # Before anything is read of it: the answer names no request.
            error = Unauthenticated("the key of this connection was revoked")
            return self._reply(replace(request, id=None), error)
        if request.method == "$/cancel":
            return self._cancel(request)
        if request.method == "$/progress":
            return self._forward_progress(request)
        if request.is_notification and request.method != "session.ping":
            return
        self.calls.append(request)
        try:
            result = self._run(request)
        except OporaError as error:
            self._reply(request, error)
        else:
            if result is not None:
                self._reply(request, result)

    def _run(self, request: Request) -> dict[str, Any] | None:
        if any(fnmatch.fnmatchcase(request.method, pattern) for pattern in self.denied):
            raise Forbidden(f"{self.identity} may not call {request.method}")
        if error := self.faults.error(request.method):
            raise error
        request.check()
        if request.meta.get("hook_id") and request.is_command:
            raise Reentrant("a plugin that is being asked may look, not change anything")
        function = self.functions.get(request.method)
        builtin = BUILTIN.get(request.method)
        if function is None and builtin is None:
            self._call_plugin(request)
            return None
        stored = self._stored(request)
        if stored is not None:
            return stored
        head, self._causing = self.log.head, request
        try:
            result = builtin(self, request) if builtin and not function else function(dict(request.params)) if function else {}
        finally:
            self._causing = None
        return self._store(request, result, head) if request.is_command and result is not None else result

    def _stored(self, request: Request) -> dict[str, Any] | None:
        found = self._receipts.get((request.method, request.key)) if request.key and request.is_command else None
        if found is None:
            return None
        if found[0] != request.fingerprint:
            raise IdempotencyKeyReused("the key was used for another request")
        return {**found[1], "_meta": {**found[1].get("_meta", {}), "replayed": True}}

    def _store(self, request: Request, result: dict[str, Any], head: int) -> dict[str, Any]:
        if self.log.head > head:
            result = {**result, "_meta": {"seq": self.log.head}}
        if request.key:
            self._receipts[(request.method, request.key)] = (request.fingerprint, result)
        return result

    def record(
        self, name: str, subject: str, data: dict[str, Any], *, actor: str = "kernel", request: Request | None = None,
    ) -> int:
        """Records an event and publishes it; gives its position."""
        request = request or self._causing
        extra: dict[str, Any] = {} if request is None else {"via": self.identity}
        if request is not None and request.meta.get("causation"):
            extra["causationid"] = request.meta["causation"]
        entry = self.log.append(name, subject, data, actor=actor, now_ms=self.now, extra=extra)
        for _ in range(self.faults.copies()):
            self._publish(entry.frames(self.log.epoch))
        return entry.seq

    def record_parked(self, consumer: str, parked: Parked, by: str) -> None:
        """Says that an event was set aside."""
        data = {"consumer": consumer, "seq": parked.entry.seq, "deliveries": parked.deliveries, "by": by}
        self.record("system.consumer_parked", f"consumer/{consumer}", data)

    def poll(self, request: Request, look: Look) -> dict[str, Any] | None:
        """Answers a query that may wait."""
        wait = int(request.params.get("wait_ms") or 0)
        result = look(wait == 0)
        if result is None:
            self._polls.append(LongPoll(request, look, self.now + wait))
        return result

    def tick(self) -> None:
        """What time and other requests have made possible."""
        waiting, self._polls = self._polls, []
        for poll in waiting:
            try:
                result = poll.look(poll.until <= self.now)
            except OporaError as error:
                self._reply(poll.request, error)
                continue
            if result is None:
                self._polls.append(poll)
            else:
                self._reply(poll.request, result)
        for call in self.sessions.overdue(self.now):
            call.done(ProviderTimeout(f"the plugin did not answer {call.method} in time; try again"))
        for session in list(self.sessions.by_peer.values()):
            silence = self.now - session.last_seen
            if silence > EXPIRY_MS:
                self.end_session(session.peer, "silent")
            elif silence > HEARTBEAT_MS:
                self._push(session.peer, {"method": "session.probe"})

    def end_session(self, peer: bytes, reason: str) -> None:
        """A session is over: what it held is free."""
        session = self.sessions.by_peer.pop(peer, None)
        for call in self.sessions.drop(peer):
            call.done(ProviderOffline(f"the plugin went away during {call.method}"))
        if session is not None:
            self.consumers.release(session.holder)
            data = {"plugin": session.name, "identity": session.identity, "session": session.id, "reason": reason}
            self.record("system.plugin_offline", f"plugin/{session.name}", data)

    def _cancel(self, request: Request) -> None:
        for poll in self._polls:
            if poll.request.peer == request.peer and poll.request.id == request.params.get("id"):
                self._polls.remove(poll)
                return self._reply(poll.request, Cancelled("the caller cancelled it"))
        if found := self.sessions.take((request.peer, request.params.get("id"))):
            number, call = found
            self._push(call.peer, {"method": "$/cancel", "params": {"id": number}})
            call.done(Cancelled("the caller cancelled it"))

    def _forward_progress(self, request: Request) -> None:
        call = self.sessions.calls.get(str(request.params.get("token")))
        if call is not None and call.peer == request.peer and call.progress:
            call.progress({name: value for name, value in request.params.items() if name != "token"})

    def _call_plugin(self, request: Request) -> None:
        if not request.method.startswith("x.") or request.method in METHODS:
            raise unknown(request.method)
        session = self.sessions.provider(request.method)
        if session is None:
            raise ProviderOffline(f"no plugin that is connected answers {request.method}; is it running?")
        spec = session.methods[request.method]
        if wrong := violations(spec.get("params_schema", {}), request.params):
            raise InvalidParams(wrong[0]["message"], data={"details": wrong})
        token = request.meta.get("progress_token")
        progress = None if token is None else lambda params: self._push(
            request.peer, {"method": "$/progress", "params": {**params, "token": token}})
        self.ask(
            session.peer, request.method, "method.call",
            {"name": request.method, "params": request.params, "caller": self.identity, "user": self.user},
            spec.get("timeout_ms", 10_000), lambda outcome: self._reply(request, _checked(request, spec, outcome)), progress,
            (request.peer, request.id))

    def ask(
        self, peer: bytes, name: str, method: str, params: dict[str, Any], timeout_ms: int,
        done: Callable[[dict[str, Any] | OporaError], None], progress: Callable[[dict[str, Any]], None] | None = None,
        caller: tuple[bytes, Any] | None = None,
    ) -> None:
        """Sends a plugin a request; `done` gets the result or an error."""
        number = self.sessions.begin(PluginCall(peer, name, self.now + timeout_ms, done, progress, caller))
        given = {key: value for key, value in params.items() if value is not None}
        if progress is not None:
            given["progress_token"] = number
        self._push(peer, {"id": number, "method": method, "params": {**given, "deadline_ms": timeout_ms}})


def _checked(request: Request, spec: dict[str, Any], outcome: dict[str, Any] | OporaError) -> dict[str, Any] | OporaError:
    """The outcome of a plugin's method; an error where the result does not fit its schema."""
    if isinstance(outcome, OporaError) or not (wrong := violations(spec.get("result_schema", {}), outcome)):
        return outcome
    return ProviderError(f"the plugin's result of {request.method} does not fit its schema: {wrong[0]['message']}")
