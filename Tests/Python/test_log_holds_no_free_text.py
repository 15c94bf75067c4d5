"""The log carries no free text: every string that the schema of an event allows has a form, or is one of some words."""
import json
import pathlib

import pytest

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "protocol" / "schemas"
EVENTS = sorted((SCHEMAS / "events").glob("*.json"))

#: Members whose text the kernel bounds though the schema gives no form: names of members, roles and methods, which are
#: words for machines; a zone is an IANA name, a session and a snapshot are the kernel's own, a version is a program's.
WORDS = {"changed", "roles", "methods", "deny", "identities", "zone", "session", "snapshot", "version"}


def resolve(schema, base):
    """The schema that a reference means, and the file that it stands in."""
    while "$ref" in schema:
        path, _, pointer = schema["$ref"].partition("#")
        base = (base.parent / path).resolve() if path else base
        schema = json.loads(base.read_text(encoding="utf-8"))
        for part in filter(None, pointer.split("/")):
            schema = schema[part]
    return schema, base


def free(schema, base, path, seen=()):
    """The places where anything may be written."""
    schema, base = resolve(schema, base)
    if (id_ := (str(base), path)) in seen or len(path) > 8:
        return
    seen = (*seen, id_)
    for choice in schema.get("anyOf", []) + schema.get("oneOf", []):
        yield from free(choice, base, path, seen)
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    formed = any(name in schema for name in ("enum", "pattern", "format", "const", "x-extensible-enum"))
    if "string" in types and not formed and not WORDS & set(path):
        yield "/".join(path)
    for name, member in schema.get("properties", {}).items():
        yield from free(member, base, (*path, name), seen)
    if isinstance(schema.get("items"), dict):
        yield from free(schema["items"], base, (*path, "[]"), seen)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from free(schema["additionalProperties"], base, (*path, "*"), seen)


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_no_free_text(path):
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    assert list(free(data, path, ())) == []
