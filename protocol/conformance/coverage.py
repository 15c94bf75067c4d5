"""What the run showed of all that is published: paragraphs by citation; methods, events, errors by what was seen on the wire."""
from conformance import schemas, spec
from conformance.record import RECORD

#: Errors that a sound kernel never answers from outside, each with the reason.
BEYOND_REACH = {}


class Part:
    """One column of the table: what is there, what was shown."""

    def __init__(self, name, known, shown):
        self.name, self.known, self.shown = name, list(known), set(shown)
        self.holes = [item for item in self.known if item not in self.shown]


def parts(results):
    """The parts, from the outcomes of the cases that passed."""
    passed = [result.case for result in results if result.state == "ok"]
    cited = {number for case in passed for number in case.cites}
    codes = [code for code in schemas.errors() if code not in BEYOND_REACH]
    return [
        Part("paragraphs", spec.binding(), cited),
        Part("methods", schemas.titles("methods"), _methods()),
        Part("events", schemas.events(), RECORD.events),
        Part("errors", codes, RECORD.codes),
        Part("control messages", [name for name in ("hb", "welcome", "bye", "reset")], RECORD.controls),
        Part("hook points", schemas.titles("hooks"), RECORD.hooks)]


def _methods():
    """Methods that gave a result, notifications sent, and what the kernel sent to peers."""
    shown = set(RECORD.methods) | set(RECORD.received)
    for name in schemas.titles("methods"):
        content = schemas.files()[schemas.titles("methods")[name]]
        if content.get("x-kind") == "notification" and RECORD.sent[name]:
            shown.add(name)
    return shown


def wrong_citations(cases):
    """Cases that cite what is not in the specification."""
    known = spec.paragraphs()
    return [f"{case.id} cites {number}" for case in cases for number in case.cites if number not in known]


def table(results):
    """The table as lines, and whether it has a hole."""
    lines, whole = ["", "coverage            shown / there"], True
    for part in parts(results):
        shown = len(part.known) - len(part.holes)
        lines.append(f"  {part.name:<17} {shown:>5} / {len(part.known)}")
        if part.holes:
            whole = False
            lines.append("    without a case: " + ", ".join(part.holes))
    for text, reason in BEYOND_REACH.items():
        lines.append(f"  not asked for: {text} ({reason})")
    return lines, whole
