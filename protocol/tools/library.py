"""All schemas of the protocol, loaded: methods, events, hooks, control messages, and the common shapes they refer to."""
import copy
import pathlib
import posixpath

import jsontext

#: What the names of the schemas begin with. It is a name: nothing is fetched from there.
BASE = "https://opora.example/protocol/1/schemas/"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def resolve(reference, path):
    """The file (relative to `schemas`) and the pointer that a `$ref` in a file means."""
    file, _, pointer = reference.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    return target, pointer


def at_pointer(document, pointer):
    for part in pointer.split("/")[1:] if pointer else []:
        document = document[part.replace("~1", "/").replace("~0", "~")]
    return document


def component_name(file, pointer):
    """`../common/ids.json#/definitions/ticket` becomes `ids.ticket`, `../common/ticket.json` becomes `ticket`."""
    stem = posixpath.basename(file).removesuffix(".json")
    return f"{stem}.{pointer.split('/')[-1]}" if pointer else stem


def references(schema):
    """Every object with a `$ref` within a schema, its examples left out."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema
        for name, value in schema.items():
            if name != "examples":
                yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


class Library:
    """The schemas below a folder, by kind and name."""

    def __init__(self, root=ROOT):
        self.root = pathlib.Path(root)
        folder = self.root / "schemas"
        self.files = {
            path.relative_to(folder).as_posix(): jsontext.load(path) for path in sorted(folder.rglob("*.json"))
        }
        self.errors = jsontext.load(self.root / "errors.json")["errors"]
        self.methods = self._folder("methods")
        self.conformance = self._folder("conformance")
        self.events = self._folder("events")
        self.hooks = self._folder("hooks")
        self.control = self._folder("control")

    def _folder(self, name):
        return {file["title"]: file for path, file in self.files.items() if path.startswith(f"{name}/")}

    def path(self, kind, title):
        """The path of a schema by its title, relative to `schemas`."""
        return next(path for path, file in self.files.items() if path.startswith(f"{kind}/") and file["title"] == title)

    def general_errors(self):
        """The data codes that any method may answer."""
        return [error["data_code"] for error in self.errors if error["scope"] == "any"]

    def look_up(self, reference, path):
        """The schema that a `$ref` in a file means, and where it stands: file and pointer."""
        file, pointer = resolve(reference, path)
        try:
            return at_pointer(self.files[file], pointer), file, pointer
        except KeyError as missing:
            raise ValueError(f"{path} refers to {reference}, which is not there") from missing

    def standalone(self, schema, path, prefix="#/definitions/"):
        """A copy of a schema whose references lead to components, and all components that it needs, by name."""
        components = {}
        return self._rewritten(schema, path, prefix, components), components

    def _rewritten(self, schema, path, prefix, components):
        schema = copy.deepcopy(schema)
        for holder in references(schema):
            target, file, pointer = self.look_up(holder["$ref"], path)
            name = component_name(file, pointer)
            holder["$ref"] = prefix + name
            if name not in components:
                components[name] = None
                body = {key: value for key, value in target.items() if key not in ("$schema", "$id", "definitions")}
                components[name] = self._rewritten(body, file, prefix, components)
        return schema

    def bundle(self, schema, path):
        """A schema that stands alone, with all that it refers to below `definitions`."""
        whole, components = self.standalone(schema, path)
        return {"$schema": "http://json-schema.org/draft-07/schema#", **whole, "definitions": components}
