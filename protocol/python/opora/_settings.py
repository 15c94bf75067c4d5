"""The settings of a plugin: one file under the environment under flags; flags win."""
from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class SettingsProblems(Exception):
    """Everything that is wrong with the settings, found in one go."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem" + ("" if len(problems) == 1 else "s")
        super().__init__("\n".join([f"the settings have {count}:", *(f"  {problem}" for problem in problems)]))


def variable(path: str) -> str:
    """The environment's name of a setting: `http.port` is `OPORA_HTTP_PORT`."""
    return "OPORA_" + path.upper().replace(".", "_").replace("-", "_")


class Settings:
    """Settings by dotted path. Wrong values are collected; `finish` raises them all, with those that nobody asked for."""

    def __init__(
        self, values: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None,
        flags: Iterable[str] = (), place: str = "settings",
    ) -> None:
        """:param values: nested, as they stand in a file.
        :param environment: variables; by default those of this process.
        :param flags: `path=value`, as given to `--set`.
        """
        self._place = place
        self._values = dict(_flat(values or {}, ""))
        self._environment = os.environ if environment is None else environment
        self._asked: set[str] = set()
        self._problems: list[str] = []
        self._flags: dict[str, str] = {}
        for flag in flags:
            path, equals, value = flag.partition("=")
            if path and equals:
                self._flags[path] = value
            else:
                self._problems.append(f"--set {flag}: write it as path=value")

    @staticmethod
    def read(path: Path | None, *, environment: Mapping[str, str] | None = None, flags: Iterable[str] = ()) -> Settings:
        """The settings in a TOML file; without a file those of environment and flags."""
        if path is None:
            return Settings(environment=environment, flags=flags)
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise SettingsProblems([f"{path}: the file can't be read: {error.strerror}"]) from error
        except ValueError as error:
            raise SettingsProblems([f"{path}: {error}"]) from error
        return Settings(values, environment=environment, flags=flags, place=str(path))

    def _find(self, path: str) -> tuple[Any, str] | None:
        self._asked.add(path)
        if path in self._flags:
            return self._flags[path], f"--set {path}"
        if variable(path) in self._environment:
            return self._environment[variable(path)], f"environment {variable(path)}"
        return (self._values[path], self._place) if path in self._values else None

    def reject(self, path: str, message: str) -> None:
        """Notes a fault that the caller found."""
        found = self._find(path)
        self._problems.append(f"{found[1] if found else self._place}: {path}: {message}")

    def string(self, path: str, default: str | None = None) -> str | None:
        """A text."""
        found = self._find(path)
        if found is None:
            return default
        if isinstance(found[0], str):
            return found[0]
        self.reject(path, f"{found[0]!r} is not a text")
        return default

    def text(self, path: str, default: str) -> str:
        """A text that is always there."""
        return self.string(path) or default

    def number(self, path: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        found = self._find(path)
        if found is None:
            return default
        try:
            value = int(found[0]) if isinstance(found[0], str) else found[0]
            if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
                return value
        except ValueError:
            pass
        self.reject(path, f"{found[0]!r} is not a whole number from {lowest} to {highest}")
        return default

    def flag(self, path: str, default: bool) -> bool:
        """`true`, `false`, `yes`, `no`, `on`, `off`."""
        found = self._find(path)
        if found is None:
            return default
        word = str(found[0]).lower()
        if word in ("true", "yes", "on"):
            return True
        if word in ("false", "no", "off"):
            return False
        self.reject(path, f"{found[0]!r} is neither true nor false")
        return default

    def choice(self, path: str, default: str, words: Iterable[str]) -> str:
        """One of some words."""
        value = self.text(path, default)
        if value in words:
            return value
        self.reject(path, f"{value!r} is none of {', '.join(words)}")
        return default

    def strings(self, path: str, default: Iterable[str] = ()) -> list[str]:
        """A list of texts; a flag or variable gives it with commas."""
        found = self._find(path)
        if found is None:
            return list(default)
        if isinstance(found[0], str):
            return [part.strip() for part in found[0].split(",") if part.strip()]
        if isinstance(found[0], list) and all(isinstance(item, str) for item in found[0]):
            return list(found[0])
        self.reject(path, "is not a list of texts")
        return list(default)

    def table(self, path: str, default: Mapping[str, str]) -> dict[str, str]:
        """Texts by name: `[path]` in the file, or `--set path.name=value`. What is given adds to the default, or replaces it."""
        self._asked.add(path)
        names = {name for name in [*self._values, *self._flags] if name.startswith(f"{path}.")}
        found = {name.removeprefix(f"{path}."): self.text(name, "") for name in sorted(names)}
        return {**default, **found}

    def finish(self) -> None:
        """Raises all that is wrong, and every setting that nobody asked for: it is misspelt or belongs elsewhere."""
        unknown = [(self._place, path) for path in self._values] + [(f"--set {path}", path) for path in self._flags]
        problems = self._problems + [
            f"{place}: {path}: there is no such setting" for place, path in unknown if path not in self._asked]
        if problems:
            raise SettingsProblems(problems)


def _flat(values: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
