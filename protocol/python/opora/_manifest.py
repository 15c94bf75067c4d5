"""What a plugin says of itself, gathered from its class."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

#: Points at which the kernel asks plugins before a command runs.
HOOK_POINTS = ("ticket.before_create", "ticket.before_update", "ticket.before_assign", "message.before_send")


@dataclass(frozen=True)
class MethodSpec:
    """A method that a plugin provides."""

    verb: str
    summary: str
    timeout_ms: int
    params: Mapping[str, Any] | None
    result: Mapping[str, Any] | None


@dataclass(frozen=True)
class HookSpec:
    """A point at which a plugin wants to be asked."""

    point: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    timeout_ms: int


def method(
    verb: str | None = None, *, summary: str | None = None, timeout_ms: int = 10_000, params: Mapping[str, Any] | None = None,
    result: Mapping[str, Any] | None = None,
) -> Callable[[F], F]:
    """Makes a function of a plugin answer `x.<plugin>.<verb>`. It takes a `MethodCall` and returns the result as a dict.

    :param verb: by default the function's name.
    :param summary: by default the first line of its docstring.
    :param params: JSON Schema of the parameters; the kernel refuses calls that do not fit.
    :param result: JSON Schema of the result.
    """
    def mark(function: F) -> F:
        text = summary or (function.__doc__ or "").strip().split("\n")[0]
        spec = MethodSpec(verb or function.__name__, text, timeout_ms, params, result)
        setattr(function, "_opora", spec)
        return function

    return mark


def hook(point: str, *, before: Sequence[str] = (), after: Sequence[str] = (), timeout_ms: int = 300) -> Callable[[F], F]:
    """Has a function of a plugin asked at a point: it takes a `HookCall`; returns None to go on, or a dict to patch; or raises
    `Veto`.

    :param before: plugins that are asked after this one.
    :param after: plugins that are asked before this one.
    """
    if point not in HOOK_POINTS:
        raise ValueError(f"{point!r} is none of {', '.join(HOOK_POINTS)}")

    def mark(function: F) -> F:
        setattr(function, "_opora", HookSpec(point, tuple(before), tuple(after), timeout_ms))
        return function

    return mark


def marked(plugin: object) -> dict[str, tuple[MethodSpec | HookSpec, Callable[..., Any]]]:
    """The functions of a plugin that are methods, by verb, and those that are hooks, by point."""
    found: dict[str, tuple[MethodSpec | HookSpec, Callable[..., Any]]] = {}
    for name in dir(type(plugin)):
        spec = getattr(getattr(type(plugin), name, None), "_opora", None)
        if isinstance(spec, MethodSpec):
            found[spec.verb] = (spec, getattr(plugin, name))
        elif isinstance(spec, HookSpec):
            found[spec.point] = (spec, getattr(plugin, name))
    return found


def manifest(plugin: Any) -> dict[str, Any]:
    """The manifest as `session.hello` takes it and `manifest.json` holds it."""
    specs = [spec for spec, _ in marked(plugin).values()]
    found: dict[str, Any] = {"name": plugin.name, "version": plugin.version, "summary": plugin.summary}
    found["methods"] = [_method(plugin.name, spec) for spec in specs if isinstance(spec, MethodSpec)]
    found["hooks"] = [_hook(spec) for spec in specs if isinstance(spec, HookSpec)]
    found["events"] = [
        {"type": f"x.{plugin.name}.{name}.v1", **({"schema": schema} if schema else {})}
        for name, schema in plugin.publishes.items()]
    if plugin.streams is not None:
        found["consumers"] = [plugin.name]
        found["streams"] = list(plugin.streams)
    return {name: value for name, value in found.items() if value or name in ("name", "streams")}


def _method(plugin: str, spec: MethodSpec) -> dict[str, Any]:
    found: dict[str, Any] = {"name": f"x.{plugin}.{spec.verb}", "summary": spec.summary, "timeout_ms": spec.timeout_ms}
    if spec.params is not None:
        found["params_schema"] = spec.params
    if spec.result is not None:
        found["result_schema"] = spec.result
    return found


def _hook(spec: HookSpec) -> dict[str, Any]:
    found: dict[str, Any] = {"point": spec.point, "timeout_ms": spec.timeout_ms}
    if spec.before:
        found["before"] = list(spec.before)
    if spec.after:
        found["after"] = list(spec.after)
    return found
