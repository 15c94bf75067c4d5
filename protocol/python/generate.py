"""Makes the typed part of the package from ../schemas: `python generate.py`, or `--check` to see whether it is up to date."""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.events import events
from generator.methods import Methods
from generator.schemas import Library
from generator.types import Types

HERE = Path(__file__).resolve().parent
TYPES = '''"""Made from the schemas by generate.py: do not edit.

Everything that travels in parameters, results and events, as TypedDicts and words.
"""
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

'''


def files() -> dict[Path, str]:
    """The text of each file that is made."""
    library = Library(HERE.parent / "schemas")
    types = Types(library)
    methods = Methods(library, types).text
    known = events(library, types)
    return {
        HERE / "opora" / "_methods.py": methods,
        HERE / "opora" / "events.py": known,
        HERE / "opora" / "types.py": TYPES + types.text,
    }


def main() -> int:
    """Writes the files, or compares them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file is not up to date")
    check = parser.parse_args().check
    stale = 0
    for path, text in files().items():
        if path.exists() and path.read_text() == text:
            continue
        stale += 1
        if check:
            print(f"{path.relative_to(HERE)} is not what the schemas say; run {Path(__file__).name}", file=sys.stderr)
        else:
            path.write_text(text)
            print(path.relative_to(HERE))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
