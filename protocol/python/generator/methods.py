"""The typed methods of the clients: a class for each noun, for threads and for asyncio."""
from __future__ import annotations

import re
import textwrap
from typing import Any

from .naming import camel, docstring, identifier
from .schemas import Library, Node
from .types import Types

#: Called by peers; the others are notifications, or requests of the kernel.
_KINDS = ("command", "query", "session")

_HEAD = '''"""Made from the schemas by generate.py: do not edit.

Every method of the kernel as a typed function of its noun: `client.ticket.create(subject="It hums")`.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, List, Literal, Unpack, cast

from ._group import UNSET, MethodInfo, Unset, given
from ._steps import CallOptions
from .types import (
{names}
)
'''


class Methods:
    """Collects methods by noun."""

    def __init__(self, library: Library, types: Types) -> None:
        self._types = types
        self._library = library
        self._nouns: dict[str, list[tuple[str, Node]]] = {}
        self._bare: list[tuple[str, Node]] = []
        self._infos: list[str] = []
        for node in library.folder("methods"):
            if node.schema["x-kind"] not in _KINDS:
                continue
            noun, _, verb = node.schema["title"].rpartition(".")
            (self._nouns.setdefault(noun, []) if noun else self._bare).append((verb, node))
            self._infos.append(self._info(node))

    @property
    def text(self) -> str:
        """The module."""
        body = "\n\n" + self._table()
        for is_async in (False, True):
            for noun, methods in self._nouns.items():
                body += "\n\n" + self._group(noun, methods, is_async)
            body += "\n\n" + self._root(is_async)
        used = set(re.findall(r"[A-Z][A-Za-z0-9]+", body))
        names = "\n".join(f"    {name}," for name in sorted(self._types.names) if name in used)
        return _HEAD.replace("{names}", names) + body

    def _info(self, node: Node) -> str:
        params = node.schema["params"]
        known = tuple(name for name in params["properties"] if name != "_meta")
        words = [f'"{node.schema["x-kind"]}"', _tuple(known), _tuple(tuple(params.get("required", ())))]
        line = f'    "{node.schema["title"]}": MethodInfo({", ".join(words)}),\n'
        if len(line) <= 125:
            return line
        return f'    "{node.schema["title"]}": MethodInfo(\n' + "".join(_folded(word) for word in words) + "    ),\n"

    def _table(self) -> str:
        return (
            "#: What each method is and takes.\n"
            "METHODS: dict[str, MethodInfo] = {\n" + "".join(self._infos) + "}\n"
            "#: What kind each method is: a command changes something.\n"
            "KINDS: dict[str, str] = {name: info.kind for name, info in METHODS.items()}\n")

    def _group(self, noun: str, methods: list[tuple[str, Node]], is_async: bool) -> str:
        title = ("Async" if is_async else "") + camel(noun) + "Methods"
        call = "Awaitable[dict[str, Any]]" if is_async else "dict[str, Any]"
        text = (
            f'class {title}:\n    """The methods `{noun}.*`."""\n\n'
            f"    def __init__(self, call: Callable[..., {call}]) -> None:\n        self._call = call\n")
        return text + "".join("\n" + self._method(verb, node, is_async) for verb, node in methods)

    def _root(self, is_async: bool) -> str:
        prefix = "Async" if is_async else ""
        call = "Awaitable[dict[str, Any]]" if is_async else "dict[str, Any]"
        text = (
            f'class {prefix}Methods:\n    """All methods of the kernel."""\n\n'
            f"    def __init__(self, call: Callable[..., {call}]) -> None:\n        self._call = call\n")
        for noun in self._nouns:
            text += f"        self.{identifier(noun)} = {prefix}{camel(noun)}Methods(call)\n"
        return text + "".join("\n" + self._method(verb, node, is_async) for verb, node in self._bare)

    def _method(self, verb: str, node: Node, is_async: bool) -> str:
        title = node.schema["title"]
        params = node.schema["params"]
        required = params.get("required", [])
        lines: list[str] = []
        for name, schema in sorted(params["properties"].items(), key=lambda item: item[0] not in required):
            if name == "_meta":
                continue
            # A noun's method `list` hides the type of that name.
            kind = self._types.of(node.at(schema), camel(title) + camel(name)).replace("list[", "List[")
            lines.append(
                f"{identifier(name)}: {kind}" if name in required else f"{identifier(name)}: {kind} | Unset = UNSET")
        result = self._types.of(node.at(node.schema["result"]), camel(title) + "Result", f"What `{title}` answers.")
        word, wait = ("async def", "await ") if is_async else ("def", "")
        signature = ", ".join(["self", *(["*", *lines] if lines else []), "**options: Unpack[CallOptions]"])
        head = f"    {word} {identifier(verb)}({signature}) -> {result}:\n"
        if len(head) > 125:
            parts = ["self", *(["*", *lines] if lines else []), "**options: Unpack[CallOptions]"]
            head = (
                f"    {word} {identifier(verb)}(\n" + "".join(f"        {part},\n" for part in parts[:-1])
                + f"        {parts[-1]},\n    ) -> {result}:\n")
        values = _arguments([name for name in params["properties"] if name != "_meta"])
        call = f'{wait}self._call("{title}", {values}, **options)'
        body = f"        return {call}\n" if result == "dict[str, Any]" else f"        return cast({result}, {call})\n"
        if len(body) > 125 and values.startswith("given("):
            body = f"        params = {_wrapped(values)}\n" + body.replace(values, "params")
        return head + docstring(node.schema["description"], "        ") + body


def _arguments(names: list[str]) -> str:
    if not names:
        return "{}"
    if all(identifier(name) == name for name in names):
        return f"given({', '.join(f'{name}={name}' for name in names)})"
    return "given(**{" + ", ".join(f'"{name}": {identifier(name)}' for name in names) + "})"


def _wrapped(call: str) -> str:
    """A call on several lines where it is too long for one."""
    if len(call) + 17 <= 125:
        return call
    lines, line = [], ""
    for part in call[len("given("):-1].split(", "):
        if len(line) + len(part) > 100:
            lines.append(line)
            line = ""
        line += ("" if not line else ", ") + part
    return "given(\n            " + ",\n            ".join([*lines, line]) + ")"


def _folded(text: str) -> str:
    """A tuple on several lines where it is too long for one."""
    lines = textwrap.wrap(text, 112, break_long_words=False, break_on_hyphens=False)
    return "        " + "\n         ".join(lines) + ",\n"


def _tuple(words: tuple[Any, ...]) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"({quoted},)" if len(words) == 1 else f"({quoted})"
