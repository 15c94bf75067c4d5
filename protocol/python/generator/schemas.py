"""Reads the schemas and follows their references."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Node:
    """A schema and the file in which it stands."""

    schema: dict[str, Any]
    file: Path

    def at(self, schema: dict[str, Any]) -> Node:
        """Another schema of the same file."""
        return Node(schema, self.file)


class Library:
    """All schema files below a folder, each read once."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._files: dict[Path, dict[str, Any]] = {}

    def read(self, path: Path) -> Node:
        """The schema in a file."""
        path = path.resolve()
        if path not in self._files:
            self._files[path] = json.loads(path.read_text())
        return Node(self._files[path], path)

    def folder(self, name: str) -> list[Node]:
        """The schemas in a folder, in order of name."""
        return [self.read(path) for path in sorted((self.root / name).glob("*.json"))]

    def follow(self, node: Node) -> tuple[Node, str]:
        """What a `$ref` points to, and a name for it: of the definition, or of the file."""
        file, _, pointer = node.schema["$ref"].partition("#")
        target = self.read(node.file.parent / file if file else node.file)
        name = target.file.stem
        for part in pointer.split("/")[1:]:
            target, name = target.at(target.schema[part]), part
        return target, name
