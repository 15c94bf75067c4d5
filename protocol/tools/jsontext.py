"""How JSON is written in this folder: two blanks of indent, and on one line what fits on one.

    python3 jsontext.py FILE...     lays files out again
"""
import json
import pathlib
import sys

WIDTH = 128


def compact(value):
    """The text without blanks, for machines."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def on_one_line(value):
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def filled(words, inner, indent):
    """Plain values, as many on a line as fit."""
    lines = [inner + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + 3 <= WIDTH:
            lines[-1] += f", {word}"
        else:
            lines[-1] += ","
            lines.append(inner + word)
    return "[\n" + "\n".join(lines) + f"\n{indent}]"


def pretty(value, depth=0, lead=0):
    """The text for people. `lead` is what stands before it on its first line."""
    line = on_one_line(value)
    indent = "  " * depth
    if not isinstance(value, (dict, list)) or not value or (depth and len(indent) + lead + len(line) + 1 <= WIDTH):
        return line
    inner = "  " * (depth + 1)
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return filled([on_one_line(item) for item in value], inner, indent)
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + pretty(item, depth + 1) for item in value) + f"\n{indent}]"
    members = []
    for name, item in value.items():
        start = f"{json.dumps(name, ensure_ascii=False)}: "
        members.append(inner + start + pretty(item, depth + 1, len(start)))
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def unique(pairs):
    """A hook for `json.loads` that refuses a name that is there twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"a name is there twice: {sorted({name for name in names if names.count(name) > 1})}")
    return found


def load(path):
    try:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"), object_pairs_hook=unique)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def file_text(value):
    return pretty(value) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        pathlib.Path(name).write_text(file_text(load(name)), encoding="utf-8")
