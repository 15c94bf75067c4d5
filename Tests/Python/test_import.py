"""The real incident log through the whole system, against an independent calculation."""
import json

import pytest

import incident_metrics
from conftest import until

ZONE = "America/Sao_Paulo"
RANGES = [
    ("2016-01-01", "2017-01-01", ZONE),
    ("2016-03-01", "2016-03-08", ZONE),
    ("2016-03-02T09:30", "2016-03-02T17:45", ZONE),
    ("2016-02-20", "2016-03-05", "Asia/Tokyo"),
    ("2015-01-01", "2015-02-01", ZONE),
]


def metrics(desk, a, b, zone):
    return json.loads(desk.opora("report", "metrics", "--from", a, "--to", b, "--zone", zone, "--json").stdout)


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [d for key in sorted(set(ours) | set(theirs)) for d in differences(ours.get(key), theirs.get(key), f"{path}/{key}")]
    return [] if ours == theirs else [f"{path}: reporter {ours}, script {theirs}"]


def check(desk, csv):
    for a, b, zone in RANGES:
        # The log's own zone decides its instants; the report's zone how A and B are read.
        expected = json.loads(json.dumps(incident_metrics.compute(str(csv), a, b, zone, log_zone=ZONE)))
        assert differences(metrics(desk, a, b, zone), expected) == [], (a, b, zone)


def run_import(desk, csv, *arguments, check=True):
    done = desk.opora("import", "servicenow", str(csv), "--zone", ZONE, "--json", *arguments, check=check)
    return json.loads(done.stdout)


def test_every_figure_equals_the_independent_calculation(desk, incidents):
    desk.furnish(desk.client())
    desk.plugin("reporter")
    desk.wait_for_plugins("reporter")
    summary = run_import(desk, incidents)
    assert summary["rows"] == 14_041 and summary["applied"] == 14_041 and summary["tickets_created"] == 2000 and summary["bad"] == 0
    desk.wait_for_consumer("reporter")
    check(desk, incidents)

    # Again: nothing twice.
    again = run_import(desk, incidents)
    assert again["applied"] == 0 and again["skipped"] == 14_041
    client = desk.client()
    head = client.call("kernel.health")["head_seq"]
    assert len(desk.log(client)) == head

    # Delete its file, start it: the same figures.
    desk.stop_plugin("reporter")
    for file in (desk.folder / "reporter").iterdir():
        file.unlink()
    desk.plugin("reporter")
    desk.wait_for_plugins("reporter")

    def is_rebuilt():
        return metrics(desk, *RANGES[0])["created"] == 2000

    until(is_rebuilt, "the reporter's new file")
    check(desk, incidents)


def test_import_while_the_reporter_is_away_and_nobody_acts_on_history(desk, incidents):
    client = desk.client()
    desk.furnish(client)
    mail = desk.folder / "mail"
    desk.plugin("notifier", f"smtp.folder={mail}", "smtp.from=Opora <help@example.org>")
    desk.plugin("escalator")
    desk.plugin("feedback", "http.port=0")
    desk.plugin("reporter")
    desk.wait_for_plugins("notifier", "escalator", "feedback", "reporter")
    desk.stop_plugin("reporter")
    run_import(desk, incidents)
    desk.plugin("reporter")
    desk.wait_for_plugins("reporter")
    for name in ("notifier", "escalator", "feedback", "reporter"):
        desk.wait_for_consumer(name)
    check(desk, incidents)
    log = desk.log(client)
    history = [e["event"] for e in log if e["event"].get("imported")]
    live = [e["event"] for e in log if not e["event"].get("imported")]
    assert {e["type"].split(".")[1] for e in live} <= {"user", "group", "calendar", "policy", "system"}
    assert any(e["type"] == "opora.sla.breached.v1" for e in history)
    assert not list(mail.glob("*.eml"))
    # Now something live happens to one of them: that is told.
    client.call("ticket.assign", ticket="T-1", assignee="U-1", group="G-1")


def test_an_interrupted_import_goes_on_without_a_double(desk, incidents, tmp_path):
    desk.furnish(desk.client())
    rows = incidents.read_text().splitlines(keepends=True)
    part = tmp_path / "part.csv"
    part.write_text("".join(rows[:5001]))
    assert run_import(desk, part)["applied"] == 5000
    whole = run_import(desk, incidents)
    assert whole["skipped"] == 5000 and whole["applied"] == 9041
    client = desk.client()
    created = [e for e in desk.log(client) if e["event"]["type"] == "opora.ticket.created.v1"]
    assert len(created) == 2000


def test_broken_rows_are_reported_with_their_lines_and_skipped(desk, incidents, tmp_path):
    rows = incidents.read_text().splitlines(keepends=True)[:101]
    rows[10] = "only,three,columns\n"
    rows[20] = rows[20].replace("/2016", "/20x6")
    rows[30] = rows[30].replace(rows[30].split(",")[1], "-100", 1)
    broken = tmp_path / "broken.csv"
    broken.write_text("".join(rows))
    dry = run_import(desk, broken, "--dry-run")
    summary = run_import(desk, broken)
    for report in (dry, summary):
        assert report["rows"] == 100 and report["bad"] == 2
        assert [row["line"] for row in report["bad_rows"]] == [11, 21]
        assert report["unknown_states"] == {"-100": 1}
    assert summary["applied"] == 98
    assert desk.client().call("ping")["pong"]


@pytest.mark.parametrize("content", ["", "number,nothing\n1,2\n"])
def test_a_file_that_is_no_such_log(desk, tmp_path, content):
    file = tmp_path / "x.csv"
    file.write_text(content)
    done = desk.opora("import", "servicenow", str(file), "--zone", ZONE, check=False)
    assert done.returncode == 65 and done.stderr
