"""What the run tells: a line per case on the terminal, TAP, JUnit."""
import dataclasses
import sys
import threading
from xml.etree import ElementTree

from conformance import spec


@dataclasses.dataclass
class Result:
    """How a case went: `ok`, `failed` or `skipped`."""

    case: object
    state: str
    seconds: float
    detail: str = ""


def _shown(value, limit=3000):
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


def explain(case, error, log):
    """All that is needed to see why a case failed."""
    rows = [_plain(str(error))]
    for name in ("sent", "expected", "came"):
        if getattr(error, name, None) is not None:
            rows.append(f"{name}: {_shown(getattr(error, name))}")
    rows += [f"paragraph {spec.text(number)}" for number in case.cites]
    if log:
        rows.append("the last messages:")
        start = log[0][0]
        for at, name, arrow, count, frames in list(log)[-14:]:
            frames = " | ".join(_shown(frame, 600) for frame in frames)
            rows.append(f"  {at - start:8.3f} s {name} {arrow} {count} frames: {frames}")
    return _plain("\n".join(rows))


class Terminal:
    """Progress for people: on a terminal one moving line, else a line for each failure."""

    def __init__(self, total, stream=None):
        self.total, self.stream = total, stream or sys.stdout
        self.done = self.failed = 0
        self.lock = threading.Lock()
        self.moves = self.stream.isatty()

    def add(self, result):
        with self.lock:
            self.done += 1
            if result.state == "failed":
                self.failed += 1
                self._print(f"not ok {result.case.id} {result.case.title} ({result.seconds:.1f} s)")
                for row in result.detail.splitlines():
                    self._print(f"    {row}")
            if self.moves:
                self.stream.write(f"\r\x1b[K{self.done} of {self.total}, {self.failed} failed; last: {result.case.id}")
                self.stream.flush()

    def _print(self, text):
        self.stream.write(("\r\x1b[K" if self.moves else "") + text + "\n")

    def end(self, results, seconds):
        if self.moves:
            self.stream.write("\r\x1b[K")
        counts = {state: sum(result.state == state for result in results) for state in ("ok", "failed", "skipped")}
        reasons = {}
        for result in results:
            if result.state == "skipped":
                reasons.setdefault(result.detail, []).append(result.case.id)
        for reason, ids in reasons.items():
            self.stream.write(f"skipped, {reason}: {' '.join(ids)}\n")
        self.stream.write(
            f"{len(results)} cases in {seconds:.0f} s: {counts['ok']} passed, {counts['failed']} failed, "
            f"{counts['skipped']} skipped\n")


def tap(results, path):
    """Writes TAP, version 14."""
    rows = ["TAP version 14", f"1..{len(results)}"]
    for number, result in enumerate(results, 1):
        end = f" # SKIP {result.detail}" if result.state == "skipped" else ""
        title = result.case.title.replace("#", "\\#")
        rows.append(f"{'not ok' if result.state == 'failed' else 'ok'} {number} - {result.case.id} {title}{end}")
        if result.state == "failed":
            rows += ["  ---", "  message: |", *(f"    {row}" for row in result.detail.splitlines()), "  ..."]
    _write(path, "\n".join(rows) + "\n")


def junit(results, path):
    """Writes JUnit's XML, a suite for each group."""
    root = ElementTree.Element("testsuites", name="opora/1")
    for group in sorted({result.case.group for result in results}):
        members = [result for result in results if result.case.group == group]
        suite = ElementTree.SubElement(
            root, "testsuite", name=group, tests=str(len(members)), errors="0",
            failures=str(sum(result.state == "failed" for result in members)),
            skipped=str(sum(result.state == "skipped" for result in members)),
            time=f"{sum(result.seconds for result in members):.3f}")
        for result in members:
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"conformance.{group}", name=f"{result.case.id} {result.case.title}",
                time=f"{result.seconds:.3f}")
            if result.state != "ok":
                tag = "failure" if result.state == "failed" else "skipped"
                made = ElementTree.SubElement(case, tag, message=_plain(result.detail.partition("\n")[0]))
                made.text = _plain(result.detail)
    _write(path, ElementTree.tostring(root, encoding="unicode") + "\n")


def _plain(text):
    """Without the characters that XML can't hold."""
    return "".join(sign if sign >= " " or sign in "\n\t" else "?" for sign in text)


def _write(path, text):
    with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
