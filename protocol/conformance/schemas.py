"""The schemas of this protocol, for checking what comes over the wire; and its register of errors."""
import functools
import json
import pathlib

import jsonschema
import referencing
import referencing.jsonschema

#: The folder `protocol`.
ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "schemas"
BASE = "https://opora.example/protocol/1/schemas/"


def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@functools.cache
def files():
    """Every schema by its path below `schemas`."""
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in sorted(FOLDER.rglob("*.json"))}


@functools.cache
def _registry():
    resources = []
    for path, content in files().items():
        resource = referencing.Resource(content, referencing.jsonschema.DRAFT7)
        resources += [(BASE + path, resource)] + ([(content["$id"], resource)] if "$id" in content else [])
    return referencing.Registry().with_resources(resources)


@functools.cache
def errors():
    """The register of errors by data code."""
    return {entry["data_code"]: entry for entry in _read(ROOT / "errors.json")["errors"]}


def titles(folder):
    """The names of the schemas in a folder, each with its path."""
    return {
        content.get("title", pathlib.PurePosixPath(path).stem): path
        for path, content in files().items() if path.startswith(f"{folder}/")}


@functools.cache
def methods():
    """The paths of methods by name, those of the conformance profile included."""
    return {**titles("methods"), **titles("conformance")}


@functools.cache
def events():
    """The paths of event types by the name of their file: `ticket.created.v1`."""
    return {
        pathlib.PurePosixPath(path).name.removesuffix(".json"): path
        for path in files() if path.startswith("events/") and not pathlib.PurePosixPath(path).name.startswith("_")}


@functools.cache
def _validator(path, member):
    whole = files()[path]
    # Relative references in the part resolve against the file that it stands in.
    part = {"$id": whole.get("$id", BASE + path) + f"#part-{member}",
        "allOf": [{"$ref": f"{BASE}{path}#/{member}"}]} if member else whole
    return jsonschema.Draft7Validator(part, registry=_registry())


@functools.cache
def checked_singly(path):
    """Parameters whose items the kernel judges one by one, and reports in the result."""
    properties = files().get(path, {}).get("params", {}).get("properties", {})
    return [name for name, rule in properties.items() if rule.get("x-checked-singly")]


def faults(path, member, value):
    """What does not fit a schema, or the `params`, `result`, `data` in it; nothing where there is no such schema."""
    if path not in files() or (member and member not in files()[path]):
        return []
    return [
        f"{path} {member or ''} at /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _validator(path, member).iter_errors(value)]
