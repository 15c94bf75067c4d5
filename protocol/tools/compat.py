#!/usr/bin/env python3
"""Fails where the schemas break what the last release promised; additions pass. Needs Python alone.

    compat.py [--against releases/1.0]     compares, prints each break with its file and place
    compat.py --freeze 1.0 [--again]       copies schemas, errors and registries into releases/1.0
"""
import argparse
import pathlib
import shutil
import sys

import registry
from comparison import HEARD, SAID, Break, Comparison, Place
from library import ROOT, Library

RELEASES = ROOT / "releases"
FROZEN = ("errors.json", "schemas", "registry", "openrpc.json", "asyncapi.yaml")
#: What a file says of itself that may not change.
MARKS = ("$id", "title", "x-kind", "x-since", "x-subject", "x-methods")
#: The parts of files by kind, with the direction in which they travel. To a plugin the directions are turned.
PARTS = {
    "methods": {"params": [HEARD], "result": [SAID]},
    "events": {"data": [SAID]},
    "control": {"data": [SAID]},
    "hooks": {"params": [SAID], "result": [HEARD]},
}
WHOLE = {"manifest.json": HEARD, "kernel-json.json": SAID, "common/event.json": SAID, "common/error.json": SAID}


def parts(path, file):
    """The parts of a file to compare: name and directions."""
    kind = path.split("/")[0]
    found = PARTS.get(kind, {})
    if file.get("x-kind") == "to-peer":
        return {"params": [SAID], "result": [HEARD]}
    # Both sides send them.
    return {"params": [HEARD, SAID]} if file.get("x-kind") == "notification" else found


def file_breaks(comparison, path, old, new):
    """The breaks of one schema file."""
    place = Place(path, "")
    for mark in MARKS:
        if mark in old and old[mark] != new.get(mark):
            yield Break(place / mark, f"it was {old[mark]!r}, is {new.get(mark)!r}")
    for name in old.get("definitions", {}):
        if name not in new.get("definitions", {}):
            yield Break(place / "definitions" / name, "the definition is gone")
    if path in WHOLE:
        yield from comparison.compare(old, place, new, place, WHOLE[path])
    for name, directions in parts(path, old).items():
        if name in old and name not in new:
            yield Break(place / name, "it is gone")
        elif name in old:
            for direction in directions:
                yield from comparison.compare(old[name], place / name, new[name], place / name, direction)
        elif name in new:
            yield Break(place / name, "there was none")


def error_breaks(old, new):
    now = {error["data_code"]: error for error in new.errors}
    for error in old.errors:
        place = Place("errors.json", f"/{error['data_code']}")
        known = now.get(error["data_code"])
        if known is None:
            yield Break(place, "the error is gone")
            continue
        for member in ("code", "retryable", "since"):
            if known[member] != error[member]:
                yield Break(place / member, f"it was {error[member]}, is {known[member]}")
        for name in set(error.get("data", {})) - set(known.get("data", {})):
            yield Break(place / "data" / name, "the member is gone")


def registry_breaks(old_root, new_root):
    for name in [*registry.HEADS, registry.RESERVED]:
        before, now = registry.read(old_root / "registry" / name), registry.read(new_root / "registry" / name)
        for number, row in enumerate(before):
            if number >= len(now) or now[number] != row:
                yield Break(Place(f"registry/{name}", f"/{number + 2}"), f"the row {','.join(row)} is gone or elsewhere")


def compare(old_root, new_root):
    """All breaks between two folders of the protocol, and those of experimental parts, which are allowed."""
    old_root, new_root = pathlib.Path(old_root), pathlib.Path(new_root)
    old, new = Library(old_root), Library(new_root)
    comparison = Comparison(old, new)
    breaks, allowed = [], []
    for path, file in old.files.items():
        found = breaks if not file.get("x-experimental") else allowed
        if path.startswith("conformance/"):
            continue
        if path not in new.files:
            found.append(Break(Place(path, ""), "the file is gone"))
            continue
        found += file_breaks(comparison, path, file, new.files[path])
    breaks += [*error_breaks(old, new), *registry_breaks(old_root, new_root)]
    breaks = list(dict.fromkeys(breaks))
    return breaks, [one for one in dict.fromkeys(allowed) if one not in breaks]


def latest():
    """The folder of the last release."""
    found = [path for path in RELEASES.iterdir() if path.is_dir()] if RELEASES.exists() else []
    return max(found, key=lambda path: [int(part) for part in path.name.split(".")], default=None)


def freeze(version, again):
    """Copies what a release promises; a release that is out is never written again."""
    target = RELEASES / version
    if target.exists() and not again:
        return f"releases/{version} is there already; --again writes it anew, as long as nobody has it"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in FROZEN:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target / name)
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--against", type=pathlib.Path, help="the release to compare with; the last one, if left out")
    arguments.add_argument("--freeze", metavar="VERSION", help="make a release of what is there")
    arguments.add_argument("--again", action="store_true", help="with --freeze: write it anew")
    given = arguments.parse_args()
    if given.freeze:
        refusal = freeze(given.freeze, given.again)
        print(refusal or f"releases/{given.freeze} holds the schemas, errors and registries of now")
        return 1 if refusal else 0
    against = given.against or latest()
    if against is None or not against.is_dir():
        print("there is no release to compare with")
        return 1
    breaks, allowed = compare(against, ROOT)
    for one in allowed:
        print(f"experimental, so allowed: {one}")
    for one in breaks:
        print(one)
    print(f"compared with {against.name}: {len(breaks)} breaks")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
