#!/usr/bin/env python3
"""Makes everything that follows from the schemas. Needs Python alone.

    generate.py            writes what is not current
    generate.py --check    fails where something is not current, and says what
"""
import argparse
import pathlib
import sys

import asyncapi
import jsontext
import openrpc
import registry
import swift_source
from library import ROOT, Library
from pages import Pages

REPOSITORY = ROOT.parent
SWIFT = REPOSITORY / "Sources" / "OporaKernel" / "Generated" / "MethodDescriptions.swift"
VERSION = (ROOT / "VERSION").read_text(encoding="utf-8").strip()


def outputs(library):
    """The text of each generated file by its path."""
    found = {
        ROOT / "openrpc.json": jsontext.file_text(openrpc.document(library, VERSION)),
        ROOT / "asyncapi.yaml": asyncapi.text(library, VERSION),
        SWIFT: swift_source.source(openrpc.document(library, VERSION, with_examples=False)),
    }
    for name, text in Pages(library, VERSION).all().items():
        found[ROOT / "reference" / name] = text
    for name, text in registry.grown(ROOT / "registry", library).items():
        found[ROOT / "registry" / name] = text
    return found


def stale(found):
    """The files whose text is another one than it should be."""
    return [path for path, text in found.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; fail where something is not current")
    given = arguments.parse_args()
    found = outputs(Library())
    changed = stale(found)
    for path in changed:
        name = pathlib.Path(path).relative_to(REPOSITORY)
        if given.check:
            print(f"{name} is not current; run protocol/tools/generate.py")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found[path], encoding="utf-8")
        print(f"wrote {name}")
    return 1 if given.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
