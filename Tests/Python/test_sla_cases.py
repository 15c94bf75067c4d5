"""The SLA cases from other products' own tests, through the public methods."""
import datetime
import json

import pytest

from conftest import ROOT, CallFailed

CASES = ROOT.parent / "shared" / "cases" / "sla-cases.json"

#: Where ours is another answer than theirs, and why.
DISAGREEMENTS = {
    "libredesk-21": "a duration of 0 gives the first working instant; only as a promise is it an error",
}


def load():
    return json.loads(CASES.read_text()) if CASES.exists() else {"cases": [], "schedules": {}}


def calendar(schedules, name):
    schedule = dict(schedules[name])
    return {"zone": schedule.pop("tz"), **schedule}


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.skipif(not CASES.exists(), reason="shared/cases/sla-cases.json is not beside the repository")
def test_cases_of_other_products(desk):
    client = desk.client()
    all_cases = load()
    ran, differ = 0, {}
    for case in all_cases["cases"]:
        kind = case["kind"]
        if kind not in ("deadline", "deadline_paused", "elapsed", "error"):
            continue
        ran += 1
        try:
            if "schedule" in case:
                given = calendar(all_cases["schedules"], case["schedule"])
            else:
                given = {"zone": case.get("tz", "UTC"), **({"hours": case["hours"]} if "hours" in case else {"always_open": True})}
            if kind == "elapsed":
                found = client.call("calendar.worked", calendar=given, start=case["start"], end=case["end"])["worked_ms"]
                expected = case["expect_seconds"] * 1000
            else:
                extra = {"pauses": case["pauses"]} if "pauses" in case else {}
                answer = client.call(
                    "calendar.due", calendar=given, start=case["start"], working_ms=case["seconds"] * 1000, **extra)
                found, expected = instant(answer["due_at"]), case["expect"]
                expected = expected if expected == "error" else instant(expected)
        except CallFailed as refused:
            assert refused.code in ("invalid_params", "validation_failed", "calendar_exhausted"), (case["id"], refused)
            found, expected = "error", case["expect"]
        if found != expected:
            differ[case["id"]] = f"{found}, not {expected}"
    assert ran == 122
    assert set(differ) == set(DISAGREEMENTS), differ
