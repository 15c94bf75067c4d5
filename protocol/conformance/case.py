"""A case: its number, what it shows, the paragraphs that it tests, where it can run."""
import dataclasses
import typing

#: Seconds that a case may take where it names no limit of its own.
LIMIT = 40


class Failure(Exception):
    """The kernel did something else than the paragraph says."""

    def __init__(self, message, sent=None, expected=None, came=None):
        super().__init__(message)
        self.sent, self.expected, self.came = sent, expected, came


class NotHere(Exception):
    """The case can't be shown in this place; the reason."""


@dataclasses.dataclass
class Case:
    """One case.

    `world` is the kernel that it needs: `live` any endpoint, `main` the runner's kernel with its identities, `clock` one whose
    clock may be moved, `hooks` one whose commands may pass hooks, `limits` one with small limits, `own` one or more of its own.
    """

    id: str
    title: str
    cites: tuple
    run: typing.Callable
    world: str = "live"
    needs: frozenset = frozenset()
    heavy: bool = False
    limit: float = LIMIT

    @property
    def group(self):
        return self.id.rstrip("0123456789")

    @property
    def order(self):
        return self.group, int(self.id[len(self.group):])


#: All cases by their ids.
CASES = {}


def add(found):
    """Registers a case."""
    assert found.id not in CASES, f"{found.id} is there twice"
    assert found.cites, f"{found.id} cites no paragraph"
    CASES[found.id] = found


def case(number, title, *cites, world="live", needs=(), heavy=False, limit=LIMIT):
    """Registers a function as a case. `needs` may name `conformance` (that profile) and `events` (the second socket)."""

    def register(run):
        add(Case(number, title, cites, run, world, frozenset(needs), heavy, limit))
        return run

    return register
