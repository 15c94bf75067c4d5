"""Work that waits, written once for threads and for asyncio.

A generator yields what it needs (a call, a pause, a look at the bus) and is given the outcome. Who drives it decides how to
wait: `Client` blocks its thread, `AsyncClient` awaits.
"""
from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar

from ._pending import Progress

T = TypeVar("T")


class CallOptions(TypedDict, total=False):
    """What every call takes besides the method's own parameters."""

    #: Repeats of the same request under this key have one effect. Commands get one by themselves; None sends none.
    idempotency_key: str | None
    #: Seconds for all tries together; what a long poll waits comes on top.
    timeout: float
    #: The user for whom a plugin acts.
    on_behalf_of: str
    #: The id of the event that made the caller act.
    causation: str
    #: W3C trace context.
    traceparent: str
    #: The hook call that is being answered.
    hook_id: str
    #: Is given each `$/progress` of a plugin method, on the connection's thread.
    progress: Progress


@dataclass(frozen=True)
class Do:
    """A call, with all its tries."""

    method: str
    params: dict[str, Any]
    options: CallOptions = field(default_factory=lambda: CallOptions())


@dataclass(frozen=True)
class Try:
    """One try of a call."""

    method: str
    params: dict[str, Any]
    timeout: float
    patience: float
    progress: Progress | None


@dataclass(frozen=True)
class Pause:
    """Nothing to do for some seconds."""

    seconds: float


@dataclass(frozen=True)
class Listen:
    """A look at the bus: what came, at the latest after some seconds."""

    seconds: float


#: Yields what it needs, is given the outcome, returns a T.
Steps = Generator[Any, Any, T]
