"""The parts of the benchmark that decide something: what a recording means, and whether a target is met."""
import ctypes
import random
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "Benchmarks"))
from opora_bench import charts, grown, recording, report, targets  # noqa: E402

SUPPORT = ROOT / "Benchmarks" / "Sources" / "BenchSupport"


@pytest.fixture(scope="module")
def histogram(tmp_path_factory):
    """The histogram of the load generator, as a library."""
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        pytest.skip("no C compiler is installed")
    path = tmp_path_factory.mktemp("histogram") / "histogram.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-D_GNU_SOURCE", f"-I{SUPPORT / 'include'}", "-o", path]
    subprocess.run([*command, SUPPORT / "histogram.c", SUPPORT / "clock.c"], check=True)
    library = ctypes.CDLL(str(path))
    library.histogram_new.restype = ctypes.c_void_p
    library.histogram_record.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
    library.histogram_record_corrected.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint64]
    library.histogram_at.argtypes = [ctypes.c_void_p, ctypes.c_double]
    library.histogram_at.restype = ctypes.c_uint64
    return library


def test_percentiles_are_right_to_a_thousandth(histogram):
    h = histogram.histogram_new()
    draw = random.Random(7)
    times = sorted(int(10 ** draw.uniform(0, 11)) for _ in range(20_000))
    for time in times:
        histogram.histogram_record(h, time)
    for share in (0.5, 0.9, 0.99, 0.999):
        exact = times[round(share * len(times)) - 1]
        assert histogram.histogram_at(h, share) == pytest.approx(exact, rel=0.001, abs=1)


def test_what_was_not_asked_during_a_stall_is_counted_when_corrected(histogram):
    h = histogram.histogram_new()
    for _ in range(99):
        histogram.histogram_record_corrected(h, 1_000_000, 1_000_000)
    # One stall of 100 ms hides 99 requests that were due meanwhile: they would have waited 99, 98, ... ms.
    histogram.histogram_record_corrected(h, 100_000_000, 1_000_000)
    assert histogram.histogram_at(h, 0.5) == pytest.approx(1_000_000, rel=0.01)
    assert histogram.histogram_at(h, 0.75) == pytest.approx(50_000_000, rel=0.05)


BEGIN = ["run", "c", "0", "BEGIN IMMEDIATE"]
END = [["run", "c", "0", "UPDATE log SET seq = ?1, heads = ?2", "i90", "t{}"], ["run", "c", "0", "COMMIT"]]


def command(number):
    """What one ticket.create of a small kernel runs."""
    at = 1_800_000_000_000
    return [
        ["run", "c", "0", "SELECT high FROM receipt WHERE identity = ?1 AND key = ?2", "towner", f"tk-{number}"],
        ["run", "c", "1", "SELECT id FROM user WHERE id = ?1", "i70"],
        ["run", "c", "1", "SELECT id FROM user WHERE id = ?1", "i1"],
        ["run", "c", "0", "INSERT INTO ticket(id, subject, requester_id, group_id, created_at, due_at)\\nVALUES (?1, ?2, ?3, ?4, ?5, ?6)",
         f"i{number}", "tA subject", "i70", "i7", f"i{at + number}", f"i{at + number + 500}"],
        ["run", "c", "0", "INSERT INTO event(seq, prev, type, body) VALUES (?1, ?2, ?3, ?4)", f"i{80 + number}", "i3", "tticket.created", "b7b7d"],
        ["run", "c", "0", "INSERT INTO receipt(key, result, seq, at) VALUES (?1, ?2, ?3, ?4)", f"tk-{number}", "b31", f"i{80 + number}", f"i{at + number}"],
    ]


def recorded(commands, settings=("PRAGMA synchronous = FULL",)):
    opened = [["open", "c", "rw", "opora.db"], *(["exec", "c", sql] for sql in settings)]
    lines = [*opened, BEGIN, *(line for one in commands for line in one), *END]
    return "\n".join("\t".join(line) for line in lines)


def test_a_recording_becomes_what_begins_is_repeated_and_ends():
    lines = recording.read(recorded([command(1), command(2), command(3)]))
    kinds = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert kinds == ["pragma", "begin"] + ["command"] * 6 + ["end", "end", "answer", "publish"]


def test_what_changes_from_command_to_command_is_named():
    lines = [line.split("\t") for line in recording.read(recorded([command(1), command(2), command(3)]))]
    commands = [line[3:] for line in lines if line[0] == "command"]
    assert commands == [
        ["towner", "@key"], ["@requester"], ["i1"], ["@ticket", "@subject", "@requester", "@group", "@now_ms+0", "@now_ms+500"],
        ["@event", "@event-1", "tticket.created", "b7b7d"], ["@key", "b31", "@event", "@now_ms+0"]]
    assert [line[3:] for line in lines if line[0] == "end"] == [["@event", "t{}"], []]


@pytest.mark.parametrize("commands", [[command(1), command(2)], [command(1), command(2)[:-1] + [BEGIN[:3] + ["SELECT 1"]], command(3)]])
def test_a_recording_that_can_not_be_replayed_is_refused(commands):
    with pytest.raises(recording.Unlike):
        recording.read(recorded(commands))


def figures(create, flush):
    return {"create_256": create, "limit_256": 100, "fdatasync_p50": flush, "event_after_answer_p50": 0.1}


def target(key):
    return next(one for one in targets.TARGETS if one.key == key)


@pytest.mark.parametrize(
    "creates, verdict", [([71, 72, 10], "met"), ([69, 68, 90], "missed")], ids=["the median counts", "not the best round"])
def test_a_ratio_is_the_median_of_the_rounds(creates, verdict):
    assert targets.judge(target("create_256"), [figures(value, 9) for value in creates], {})["verdict"] == verdict


@pytest.mark.parametrize("flushes, verdict", [([0.6, 0.2, 0.6], "met"), ([0.6, 0.7, 0.8], "not comparable")])
def test_absolute_values_count_only_where_the_disk_is_quick(flushes, verdict):
    row = targets.judge(target("event"), [figures(1, flush) for flush in flushes], {})
    assert row["verdict"] == verdict
    assert row["measured"] == 0.1


def test_what_was_not_measured_is_said_to_be_so():
    assert targets.judge(target("grown_list"), [figures(1, 0.1)], {})["verdict"] == "not measured"


def test_a_limit_of_nothing_is_no_limit():
    assert targets.judge(target("create_256"), [{**figures(1, 0.1), "limit_256": 0}], {})["verdict"] == "not measured"


def test_what_fails_leaves_the_other_parts_their_figures():
    found = {"failures": []}

    def broken():
        raise TimeoutError("no answer")

    grown.attempt(found, broken)
    grown.attempt(found, found.update, {"a": 1})
    assert found["a"] == 1 and len(found["failures"]) == 1 and "no answer" in found["failures"][0]


def test_a_row_is_compared_with_the_recorded_run_by_its_ratio():
    row = targets.judge(target("create_256"), [figures(80, 0.1)], {})
    before = {"rows": [{"key": "create_256", "ratio": 0.4, "measured": 1000}]}
    assert report.change(row, before) == "+100 %"
    assert report.change(row, None) == ""


def test_charts_escape_what_they_are_told():
    drawn = charts.bars("A & B", "1 < 2", [("x < y", 5, 4, 6, True)])
    assert "x &lt; y" in drawn and "A &amp; B" in drawn and drawn.endswith("</svg>\n")
