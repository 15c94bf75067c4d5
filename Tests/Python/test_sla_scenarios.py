"""The scenarios of the cases file in a real kernel whose clock is moved, through public methods alone."""
import datetime
import json

import pytest

from conftest import ROOT, until

CASES = ROOT.parent / "shared" / "cases" / "sla-cases.json"
UTC = datetime.timezone.utc
#: The kernel's clock runs on between two calls: instants agree within so much.
SLACK = datetime.timedelta(seconds=8)


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def scenarios():
    if not CASES.exists():
        return []
    return [case for case in json.loads(CASES.read_text())["cases"] if case["kind"] == "scenario"]


class Story:
    """One scenario, moved by whole weeks into a future with the same clock, for the kernel's can only go forward."""

    def __init__(self, desk, case):
        self.desk, self.case = desk, case
        self.start()
        now = instant(self.client.call("ping")["time"])
        weeks = 0
        while instant(case["created"]) + datetime.timedelta(weeks=weeks) < now:
            weeks += 52
        self.shift = datetime.timedelta(weeks=weeks)
        schedule = dict(json.loads(CASES.read_text())["schedules"][case["schedule"]])
        self.schedule = {"zone": schedule.pop("tz"), **schedule}
        self.client.call("user.create", name="Admin", roles=["admin", "agent"], identity="owner")
        self.client.call("user.create", name="Anna")
        self.calendar = self.client.call("calendar.create", name="x", **self.schedule)["calendar"]["id"]

    def start(self):
        self.desk.start("--conformance")
        self.client = self.desk.client()

    def at(self, text):
        return instant(text) + self.shift

    def go(self, text):
        """Moves the clock to an instant of the scenario."""
        ahead = self.at(text) - instant(self.client.call("ping")["time"])
        self.client.call("conformance.advance", ms=max(0, ahead // datetime.timedelta(milliseconds=1)))

    def events(self):
        page = self.client.call("events.read", after_seq=0, limit=500, streams=["sla"])
        return [(item["event"]["type"].split(".")[2], item["event"]) for item in page["events"]]

    def target(self, kind, cycle=None):
        found = [entry for entry in self.client.call("ticket.get", ticket="T-1")["ticket"]["sla"] if entry["target"] == kind]
        return found[-1] if cycle is None else next(entry for entry in found if entry["cycle"] == cycle)

    def close_to(self, found, text):
        assert abs(instant(found) - self.at(text)) <= SLACK, (found, self.at(text))


def apply(story, case, event, targets):
    """Makes the policy and the ticket with which a scenario begins."""
    warn = event.get("warn_before_seconds")
    options = {"target_warnings": {event["target"]: [{"before_ms": warn * 1000}]}} if warn else {}
    if case.get("reopen_mode") == "continue":
        options["reopening"] = "continue"
    story.client.call(
        "policy.create", name="x", calendar=story.calendar, targets=targets, warnings=[], **options)
    story.client.call("ticket.create", subject="x", requester="U-2")


def edit_calendar(story, event):
    """Makes the next version of the calendar."""
    hours = dict(story.schedule["hours"])
    hours.update(event.get("add_hours", {}))
    days = [(datetime.date.fromisoformat(day) + story.shift).isoformat() for day in event.get("add_holidays", [])]
    changed = story.client.call("calendar.update", calendar=story.calendar, hours=hours, holidays=days)["calendar"]
    assert changed["version"] == 2
    until(lambda: all(t.get("calendar_version") == 2 for t in story.client.call("ticket.get", ticket="T-1")["ticket"]["sla"]),
          "the new calendar")


def play(story, case):
    """Plays a scenario; gives the due instant before the last event."""
    kind = next(event["target"] for event in case["events"] if event["type"] == "apply")
    seconds = [event["seconds"] for event in case["events"] if "seconds" in event]
    targets = {"normal": {kind: seconds[0] * 1000}}
    if len(seconds) > 1:
        targets["high"] = {kind: seconds[1] * 1000}
    before = None
    for event in case["events"]:
        if event["type"] != "kernel_start":
            story.go(event["at"])
        if event["type"] != "apply" and event["type"] != "kernel_start":
            before = story.target(kind).get("due_at")
        match event["type"]:
            case "apply": apply(story, case, event, targets)
            case "priority_raised" | "priority_lowered": story.client.call("ticket.set_priority", ticket="T-1", priority="high")
            case "resolve": story.client.call("ticket.solve", ticket="T-1")
            case "reopen": story.client.call("ticket.reopen", ticket="T-1")
            case "assignee_changed": story.client.call("ticket.assign", ticket="T-1", assignee="U-1")
            case "calendar_edited": edit_calendar(story, event)
            case "kernel_stop": story.desk.kill()
            case "kernel_start":
                # A kernel begins with the machine's clock: until it is moved, nothing of the scenario is due.
                story.start()
                story.go(event["at"])
                until(lambda: [1 for name, _ in story.events() if name == "breached"], "the breach")
    return kind, before


@pytest.mark.parametrize("case", scenarios(), ids=lambda case: f"{case['id']} {case['name']}")
def test_scenario(empty_desk, case):
    story = Story(empty_desk, case)
    kind, before = play(story, case)
    expect = case["expect"]
    target = story.target(kind)
    breaches = [event for name, event in story.events() if name == "breached"]
    if "due" in expect:
        story.close_to(target["due_at"], expect["due"])
    if "due_before" in expect:
        story.close_to(before, expect["due_before"])
        story.close_to(target["due_at"], expect["due_after"])
    if "breached_at" in expect:
        story.close_to(breaches[0]["data"]["breached_at"], expect["breached_at"])
        story.close_to(target["breached_at"], expect["breached_at"])
    if "breach_events" in expect:
        assert len(breaches) == expect["breach_events"]
    if "cause" in expect:
        assert breaches[0]["data"]["cause"] == expect["cause"]
    if "detected_at" in expect:
        story.close_to(breaches[0]["data"]["detected_at"], expect["detected_at"])
        assert breaches[0]["repeatkey"] == f"T-1/{kind}/1/b/0"
    if "status" in expect:
        assert target["state"] == expect["status"]
    if "cycles" in expect:
        assert target["cycle"] == expect["cycles"]
        first = story.target(kind, 1)
        assert first["state"] == expect["cycle1_status"]
        worked = story.client.call("calendar.worked", calendar=story.calendar, start=first["started_at"], end=first["ended_at"])
        assert abs(worked["worked_ms"] - expect["cycle1_elapsed_seconds"] * 1000) <= SLACK.total_seconds() * 1000
        story.close_to(target["due_at"], expect["cycle2_due"])
    if "warn_at" in expect:
        story.go(case["expect"]["warn_at"])
        story.client.call("conformance.advance", ms=10_000)
        until(lambda: [1 for name, _ in story.events() if name == "warning"], "the warning")
        story.close_to(next(event for name, event in story.events() if name == "warning")["time"], expect["warn_at"])
    explained = story.client.call("sla.explain", ticket="T-1", target=kind)
    assert explained["worked_ms"] == target["budget_ms"] and explained["remaining_ms"] == 0
