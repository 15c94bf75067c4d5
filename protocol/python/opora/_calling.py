"""One call and its repeats: which errors are worth another try, under which key, and for how long."""
from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from ._errors import Interrupted, NoAnswer, NotReached, OporaError
from ._rejections import DeadlineExceeded, RateLimited, TooManyInFlight, Unavailable
from ._steps import CallOptions, Pause, Steps, Try

#: Milliseconds of a deadline at most.
DEADLINE_MS = 60_000
#: Seconds that an answer may be late, up to half of the timeout: the kernel's "deadline exceeded" says that nothing was done.
GRACE = 1.0
#: Seconds between tries, the first and the longest.
BACKOFF, BACKOFF_MAX = 0.05, 2.0
#: Commands that are repeatable as they are.
IDEMPOTENT = frozenset({"consumer.ensure", "consumer.ack", "consumer.park", "consumer.pause", "consumer.resume", "auth.reload"})
#: What to send besides, within a scope: `hook_id` while a hook is answered.
AMBIENT: ContextVar[Mapping[str, Any]] = ContextVar("opora_ambient", default=MappingProxyType({}))


def meta(method: str, kind: str | None, options: CallOptions) -> dict[str, Any]:
    """The members of `_meta` that do not change from one try to the next."""
    found: dict[str, Any] = dict(AMBIENT.get())
    for name in ("on_behalf_of", "causation", "traceparent", "hook_id"):
        value = options.get(name)
        if value is not None:
            found[name] = value
    if "idempotency_key" in options:
        if options["idempotency_key"] is not None:
            found["idempotency_key"] = options["idempotency_key"]
    elif kind == "command" and method not in IDEMPOTENT:
        found["idempotency_key"] = uuid.uuid4().hex
    return found


def pause(error: OporaError, is_repeatable: bool, tries: int) -> float | None:
    """Seconds until the next try; None where another one would be wrong or useless."""
    if isinstance(error, Unavailable | RateLimited | TooManyInFlight | DeadlineExceeded):
        # Nothing was done.
        wait: float = min(BACKOFF * 2**tries, BACKOFF_MAX) * random.uniform(0.5, 1)
        return max(wait, error.retry_after or 0)
    if isinstance(error, Interrupted | NoAnswer) and is_repeatable:
        return 0.0
    return None


def calling(
    method: str, params: dict[str, Any] | None, options: CallOptions, *, kind: str | None, timeout: float,
    patience: Callable[[], float],
) -> Steps[dict[str, Any]]:
    """Tries a call until it has a result, an error that stands, or no time left.

    An error that leaves open whether the command was done is never replaced by one that does not.
    """
    timeout = options.get("timeout", timeout)
    given = dict(params or {})
    wait_ms = given.get("wait_ms")
    extra = wait_ms / 1000 if isinstance(wait_ms, int) else 0.0
    fixed = meta(method, kind, options)
    is_repeatable = (
        kind == "query" or kind == "session" and not method.startswith("session.") or method in IDEMPOTENT
        or "idempotency_key" in fixed)
    end = time.monotonic() + timeout
    tries = 0
    unclear: OporaError | None = None
    while True:
        left = max(end - time.monotonic(), 0.001)
        members = {**given.get("_meta", {}), **fixed, "deadline_ms": max(1, min(int(left * 1000), DEADLINE_MS))}
        try:
            result: dict[str, Any] = yield Try(
                method, {**given, "_meta": members}, left + extra + min(GRACE, timeout / 2), patience(), options.get("progress"))
            return result
        except OporaError as error:
            wait = pause(error, is_repeatable, tries)
            if isinstance(error, Interrupted | NoAnswer) and kind not in ("query", "session"):
                unclear = error
            if wait is None or time.monotonic() + wait >= end:
                if unclear is not None and unclear is not error and isinstance(error, NotReached):
                    raise unclear from error
                raise
        tries += 1
        yield Pause(wait)
