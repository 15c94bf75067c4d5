"""Python types from JSON Schemas: TypedDicts for objects, literals for words."""
from __future__ import annotations

import textwrap
from typing import Any

from .naming import camel, comment, docstring, is_plain
from .schemas import Library, Node

_RENAMED = {"target": "TargetKind", "type": "TicketType"}
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


class Types:
    """Collects the types that schemas need, each under one name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._classes: dict[str, str] = {}
        self._literals: dict[tuple[Any, ...], str] = {}
        self._aliases: dict[str, str] = {}
        for word, schema in library.read(library.root / "common" / "words.json").schema["definitions"].items():
            values = schema.get("enum", ())
            if values and None not in values:
                # `Target` is the promise itself, and `Type` says too little.
                name = _RENAMED.get(word, camel(word))
                self._literals[tuple(values)] = name
                self._aliases[name] = _literal(values) + f"\n{docstring(schema['description'], '')}"

    @property
    def text(self) -> str:
        """All definitions."""
        aliases = "\n".join(f"{name} = {text}" for name, text in self._aliases.items())
        return aliases + "\n\n" + "\n\n".join(self._classes.values())

    @property
    def names(self) -> list[str]:
        """What is defined."""
        return [*self._aliases, *self._classes]

    def of(self, node: Node, hint: str, about: str = "") -> str:
        """The type of a schema.

        :param hint: what a class is called that has to be made for it.
        :param about: what that class is, where the schema does not say.
        """
        if "$ref" in node.schema:
            target, name = self._library.follow(node)
            return self.of(target, camel(name.removesuffix("_or_null")))
        if "const" in node.schema:
            return _literal([node.schema["const"]])
        if "enum" in node.schema:
            return self._words(node.schema["enum"])
        for word in ("anyOf", "oneOf"):
            if word in node.schema and "properties" not in node.schema:
                return self._union(node, node.schema[word], hint)
        kinds = node.schema.get("type", [])
        found = [self._kind(kind, node, hint, about) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
        return " | ".join(dict.fromkeys(found)) or "Any"

    def _words(self, values: list[Any]) -> str:
        words = tuple(value for value in values if value is not None)
        name = self._literals.get(words, _literal(list(words)))
        return f"{name} | None" if None in values else name

    def _union(self, node: Node, parts: list[dict[str, Any]], hint: str) -> str:
        found = []
        for part in parts:
            required = part.get("required", [])
            found.append(self.of(node.at(part), hint + camel(required[-1]) if required else hint))
        return " | ".join(dict.fromkeys(" | ".join(found).split(" | ")))

    def _kind(self, kind: str, node: Node, hint: str, about: str) -> str:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind == "array":
            items = node.schema.get("items")
            about = f"One of {about}" if about else ""
            return f"list[{self.of(node.at(items), hint + 'Item', about) if isinstance(items, dict) else 'Any'}]"
        return self._object(node, hint, about)

    def _object(self, node: Node, hint: str, about: str) -> str:
        if node.schema.get("properties"):
            self._define(node, hint, about)
            return hint
        others = node.schema.get("additionalProperties")
        if isinstance(others, dict):
            return f"dict[str, {self.of(node.at(others), hint + 'Value')}]"
        patterns = node.schema.get("patternProperties", {})
        values = dict.fromkeys(self.of(node.at(schema), hint + "Value") for schema in patterns.values())
        return f"dict[str, {' | '.join(values) or 'Any'}]"

    def _define(self, node: Node, name: str, about: str) -> None:
        if name in self._classes:
            return
        title = node.schema.get("description") or about
        self._classes[name] = ""
        required = node.schema.get("required", [])
        members: list[tuple[str, str, str]] = []
        for member, schema in node.schema["properties"].items():
            kind = self.of(node.at(schema), name + camel(member), f"`{member}` of `{name}`.")
            members.append((member, kind if member in required else f"NotRequired[{kind}]", self._about(node.at(schema))))
        # Behind the classes that it needs.
        del self._classes[name]
        if all(is_plain(member) for member, _, _ in members):
            body = "".join(comment(about, "    ") + f"    {member}: {kind}\n" for member, kind, about in members)
            self._classes[name] = (
                f"class {name}(TypedDict):\n{docstring(title, '    ')}\n{body}")
        else:
            body = "".join(f'    "{member}": {kind},\n' for member, kind, _ in members)
            self._classes[name] = f'{name} = TypedDict("{name}", {{\n{body}}})\n' + docstring(title, "")

    def _about(self, node: Node) -> str:
        """The description of a schema, or of what it refers to."""
        if "description" in node.schema or "$ref" not in node.schema:
            return str(node.schema.get("description", ""))
        return self._about(self._library.follow(node)[0])


def _literal(values: list[Any]) -> str:
    words = [_quoted(value) if isinstance(value, str) else repr(value) for value in values]
    text = ", ".join(words)
    if len(text) <= 110:
        return f"Literal[{text}]"
    return "Literal[\n        " + "\n        ".join(textwrap.wrap(text, 110, break_on_hyphens=False)) + "\n    ]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
