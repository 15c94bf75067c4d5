"""A request as a fake kernel takes it."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .._errors import OporaError
from .._methods import METHODS
from .._rejections import InvalidParams, InvalidRequest, MethodNotFound


@dataclass(frozen=True)
class Request:
    """A request of a peer."""

    peer: bytes
    id: Any
    method: str
    #: Without `_meta`.
    params: dict[str, Any]
    meta: dict[str, Any]
    is_notification: bool = False

    @property
    def key(self) -> str | None:
        """The idempotency key."""
        found = self.meta.get("idempotency_key")
        return found if isinstance(found, str) else None

    @property
    def fingerprint(self) -> str:
        """What tells two requests under one key apart."""
        return json.dumps(self.params, sort_keys=True)

    @property
    def is_command(self) -> bool:
        """Changes something."""
        info = METHODS.get(self.method)
        return info is not None and info.kind == "command"

    def check(self) -> None:
        """Refuses parameters that the method does not have, and the absence of those that it needs."""
        info = METHODS.get(self.method)
        if info is None:
            return
        unknown = [name for name in self.params if name not in info.params]
        missing = [name for name in info.required if self.params.get(name) is None]
        for names, rule in ((unknown, "unknown"), (missing, "required")):
            if names:
                details = [{"path": f"/{name}", "rule": rule, "message": f"{name} is {rule}"} for name in names]
                raise InvalidParams(f"{self.method}: {names[0]} is {rule}", data={"details": details})

    @staticmethod
    def read(peer: bytes, message: object) -> Request:
        """The request in a JSON value."""
        if not isinstance(message, dict) or not isinstance(message.get("method"), str):
            raise InvalidRequest("this is no JSON-RPC 2.0 request")
        params = message.get("params", {})
        if not isinstance(params, dict):
            raise InvalidParams("parameters are given by name, as an object")
        meta = params.get("_meta")
        return Request(
            peer, message.get("id"), message["method"], {name: value for name, value in params.items() if name != "_meta"},
            meta if isinstance(meta, dict) else {}, "id" not in message)


def unknown(method: str) -> OporaError:
    """The error of a method that nobody answers."""
    return MethodNotFound(f"this fake kernel has no method {method}; teach it one with kernel.method({method!r}, function)")
