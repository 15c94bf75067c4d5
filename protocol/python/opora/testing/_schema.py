"""The subset of JSON Schema draft-07 that the kernel heeds in manifests."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "null": (type(None),),
}


def violations(schema: Mapping[str, Any], value: object, path: str = "") -> list[dict[str, str]]:
    """What does not fit: `path`, `rule`, `message`."""
    found = [_violation(path, rule) for rule in ("type", "enum", "const") if not _fits(schema, rule, value)]
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        found += [_violation(f"{path}/{name}", "required") for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            inner = properties.get(name, schema.get("additionalProperties", True))
            if inner is False:
                found.append(_violation(f"{path}/{name}", "unknown"))
            elif isinstance(inner, Mapping):
                found += violations(inner, member, f"{path}/{name}")
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        for index, item in enumerate(value):
            found += violations(schema["items"], item, f"{path}/{index}")
    if not _in_range(schema, value):
        found.append(_violation(path, "range"))
    return found


def _fits(schema: Mapping[str, Any], rule: str, value: object) -> bool:
    if rule not in schema:
        return True
    if rule == "const":
        return bool(schema["const"] == value)
    if rule == "enum":
        return value in schema["enum"]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, _TYPES.get(kind, (object,))) for kind in kinds)


def _in_range(schema: Mapping[str, Any], value: object) -> bool:
    size: float | None = None
    names = ("", "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        size, names = value, ("minimum", "maximum")
    elif isinstance(value, str):
        size, names = len(value), ("minLength", "maxLength")
    elif isinstance(value, list):
        size, names = len(value), ("minItems", "maxItems")
    return size is None or schema.get(names[0], size) <= size <= schema.get(names[1], size)


def _violation(path: str, rule: str) -> dict[str, str]:
    return {"path": path, "rule": rule, "message": f"{path or 'it'} does not fit: {rule}"}
