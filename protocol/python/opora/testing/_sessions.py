"""The sessions of a fake kernel, and the calls that are under way to plugins."""
from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .._errors import OporaError
from .._manifest import HOOK_POINTS
from .._rejections import InvalidParams, ProtocolUnsupported, ProviderError, rejection

#: Milliseconds after which a session should have said something, and after which it ends.
HEARTBEAT_MS, EXPIRY_MS = 5000, 15_000


@dataclass
class FakeSession:
    """A plugin that has greeted the kernel."""

    id: str
    peer: bytes
    identity: str
    name: str
    version: str
    instance: str
    methods: dict[str, dict[str, Any]]
    hooks: dict[str, dict[str, Any]]
    events: dict[str, dict[str, Any]]
    last_seen: int
    health: dict[str, Any] = field(default_factory=dict)

    @property
    def holder(self) -> str:
        """The name under which it holds leases."""
        return f"{self.identity}/{self.name}/{self.instance}"


@dataclass
class PluginCall:
    """A request that was sent to a plugin."""

    peer: bytes
    method: str
    until: int
    #: Gets the result, or the error that its absence means.
    done: Callable[[dict[str, Any] | OporaError], None]
    #: How to tell the caller about progress.
    progress: Callable[[dict[str, Any]], None] | None = None
    #: Whose request it serves, and under which id: what `$/cancel` names.
    caller: tuple[bytes, Any] | None = None


class SessionBook:
    """All sessions and the calls to them."""

    def __init__(self) -> None:
        self.by_peer: dict[bytes, FakeSession] = {}
        self.calls: dict[str, PluginCall] = {}
        self._numbers = itertools.count(1)

    def greet(self, peer: bytes, identity: str, params: dict[str, Any], now: int) -> tuple[FakeSession, list[dict[str, str]]]:
        """Makes or replaces a session; what is not granted is named."""
        if params.get("protocol", {}).get("major", 1) != 1:
            raise ProtocolUnsupported("this kernel speaks opora/1", data={"supported": [1]})
        manifest = params["manifest"]
        prefix = f"x.{manifest['name'] if identity == 'owner' else identity}."
        warnings: list[dict[str, str]] = []

        def granted(kind: str, key: str, code: str, fits: Callable[[str], bool]) -> dict[str, dict[str, Any]]:
            found = {}
            for entry in manifest.get(kind, []):
                if fits(entry[key]):
                    found[entry[key]] = entry
                else:
                    warnings.append({"code": code, "detail": f"{entry[key]} is not granted"})
            return found

        methods = granted("methods", "name", "method_not_granted", lambda n: n.startswith(prefix) and n.count(".") == 2)
        hooks = granted("hooks", "point", "unknown_hook", lambda n: n in HOOK_POINTS)
        events = granted("events", "type", "event_not_granted", lambda n: n.startswith(prefix))
        if params.get("strict") and warnings:
            raise InvalidParams(warnings[0]["detail"])
        known = self.by_peer.get(peer)
        session = FakeSession(
            known.id if known else f"s{next(self._numbers)}", peer, identity, manifest["name"], manifest.get("version", ""),
            params.get("instance", ""), methods, hooks, events, now)
        self.by_peer[peer] = session
        return session, warnings

    def provider(self, method: str) -> FakeSession | None:
        """The session that answers a method: the one that was heard last."""
        offers = [session for session in self.by_peer.values() if method in session.methods]
        return max(offers, key=lambda session: session.last_seen, default=None)

    def begin(self, call: PluginCall) -> str:
        """Notes a call; gives its id."""
        number = f"k-{next(self._numbers)}"
        self.calls[number] = call
        return number

    def answered(self, peer: bytes, message: dict[str, Any]) -> None:
        """A plugin answered: its result goes to whoever asked. Late and foreign answers count for nothing."""
        call = self.calls.get(str(message.get("id")))
        if call is None or call.peer != peer:
            return
        del self.calls[str(message["id"])]
        if "error" in message:
            error = rejection(message["error"])
            known = error.data_code not in ("", "unknown")
            call.done(error if known else ProviderError(f"the plugin refused {call.method}: {error.message}"))
        elif isinstance(message.get("result"), dict):
            call.done(message["result"])
        else:
            call.done(ProviderError(f"the plugin's result of {call.method} is no object"))

    def take(self, caller: tuple[bytes, Any]) -> tuple[str, PluginCall] | None:
        """The call that serves a request, taken away."""
        for number, call in self.calls.items():
            if call.caller == caller:
                return number, self.calls.pop(number)
        return None

    def overdue(self, now: int) -> list[PluginCall]:
        """The calls that a plugin took too long for, taken away."""
        late = {number: call for number, call in self.calls.items() if call.until <= now}
        for number in late:
            del self.calls[number]
        return list(late.values())

    def drop(self, peer: bytes) -> list[PluginCall]:
        """The calls that were under way to a peer that is gone, taken away."""
        lost = {number: call for number, call in self.calls.items() if call.peer == peer}
        for number in lost:
            del self.calls[number]
        return list(lost.values())
