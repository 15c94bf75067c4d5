"""The paragraphs of the specification that a kernel can be held to."""
import functools
import re

from conformance.schemas import ROOT

_START = re.compile(r"^\*\*(\d+\.\d+)\*\*\s*(\((?:informative|peer)\))?")
_ROW = re.compile(r"^\| (\d+\.\d+(?:\.\d+)?) \|")


@functools.cache
def paragraphs():
    """Every numbered paragraph, rows of numbered tables among them: number -> (text, whether a kernel is held to it)."""
    found = {}
    for path in sorted((ROOT / "spec").glob("*.md")):
        _read(path.read_text(encoding="utf-8").splitlines(), found)
    return {number: ("\n".join(rows).strip(), binds) for number, (rows, binds) in found.items()}


def _read(rows, found):
    binds = "(informative)" not in rows[0]
    number = None
    for row in rows:
        start, cell = _START.match(row), _ROW.match(row)
        if start:
            number = start[1]
            found[number] = [[row], binds and start[2] is None]
        elif cell:
            found[cell[1]] = [[row], binds]
        elif row.startswith("#"):
            number = None
        elif number:
            found[number][0].append(row)


def binding():
    """The numbers of the paragraphs that need a case."""
    return [number for number, (_, binds) in paragraphs().items() if binds]


def text(number):
    """The words of a paragraph."""
    return paragraphs().get(number, (f"there is no paragraph {number}", False))[0]
