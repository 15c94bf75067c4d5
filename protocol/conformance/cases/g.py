"""The SLA engine: five targets, versions and edits of policies and calendars, asking. The clock is the test's."""
from conformance.case import case
from conformance.desk import until
from conformance.match import ABSENT, TEXT, WHEN

from conformance.cases.l import HOUR, sla, target

MINUTE = 60_000


def promised(t, line, targets, **policy):
    """A group whose tickets of priority normal are promised this, its policy and its calendar."""
    group = line.call("group.create", name=t.prose())["group"]["id"]
    calendar = line.call("calendar.create", name=t.prose(), zone="UTC", always_open=True)["calendar"]["id"]
    made = line.call("policy.create", name=t.prose(), calendar=calendar, conditions={"group": [group]}, position=0,
        targets={"normal": targets}, warnings=policy.pop("warnings", []), **policy)["policy"]
    return group, made["id"], calendar


def requester_line(t, line):
    """A line whose identity is a requester's: its replies are questions."""
    person = line.call("user.create", name=t.prose())["user"]["id"]
    return person


def shown(line, ticket, kind, cycle=1):
    return target(line.call("ticket.get", ticket=ticket)["ticket"], kind, cycle)


def asks(line, ticket, person, **more):
    return line.call("ticket.reply", ticket=ticket, text="?", _meta={"on_behalf_of": person}, **more)


@case("G01", "next response, periodic update, tier time: where they begin and end", "19.1", "19.2", "19.3", world="clock")
def five(t):
    line = t.line()
    group, _, _ = promised(t, line, {"next_response": HOUR, "periodic_update": 2 * HOUR, "tier_time": 8 * HOUR})
    person = requester_line(t, line)
    ticket = t.ticket(line, group=group, requester=person)["id"]
    asks(line, ticket, person)
    kinds = [entry["target"] for entry in line.call("ticket.get", ticket=ticket)["ticket"]["sla"]]
    t.equal(kinds, ["tier_time"], "before the first response only the group's time runs")
    line.call("ticket.reply", ticket=ticket, text="!")
    first = shown(line, ticket, "periodic_update")
    asks(line, ticket, person)
    begun = shown(line, ticket, "next_response")
    line.call("conformance.advance", ms=10 * MINUTE)
    asks(line, ticket, person)
    t.equal(shown(line, ticket, "next_response"), begun, "a second question does not move it")
    line.call("ticket.reply", ticket=ticket, text="!")
    t.check(shown(line, ticket, "next_response"), {"state": "met", "started_at": begun["started_at"]})
    t.check(shown(line, ticket, "periodic_update"), {"state": "met", "started_at": first["started_at"]})
    t.check(shown(line, ticket, "periodic_update", 2), {"state": "running", "ended_at": ABSENT})
    line.call("ticket.assign", ticket=ticket, group=None)
    t.check(shown(line, ticket, "tier_time"), {"state": "met", "ended_at": WHEN})


@case("G02", "automatic messages answer nothing and open nothing", "19.4", world="clock")
def automatic(t):
    line = t.line()
    group, _, _ = promised(t, line, {"first_response": HOUR, "next_response": HOUR})
    person = requester_line(t, line)
    ticket = t.ticket(line, group=group, requester=person)["id"]
    head = t.head(line)
    line.call("ticket.reply", ticket=ticket, text="out of office", automatic=True)
    t.check(shown(line, ticket, "first_response"), {"state": "running", "ended_at": ABSENT})
    line.call("ticket.reply", ticket=ticket, text="!", status="pending")
    answer = asks(line, ticket, person, automatic=True)
    t.equal(answer["ticket"]["status"], "pending", "the status")
    kinds = [entry["target"] for entry in line.call("ticket.get", ticket=ticket)["ticket"]["sla"]]
    t.equal(kinds, ["first_response"], "the targets")
    told = [item["event"]["data"].get("automatic") for item in t.read(line, head, types=["message.added"])]
    t.equal(told, [True, None, True], "what message.added says")


@case("G03", "a phone ticket that an agent typed is answered", "19.5", world="clock")
def phone(t):
    line = t.line()
    person = requester_line(t, line)
    group, _, _ = promised(t, line, {"first_response": HOUR})
    ticket = t.ticket(line, group=group, requester=person, channel="phone")["id"]
    t.check(shown(line, ticket, "first_response"), {"state": "met", "ended_at": WHEN})
    strict, _, _ = promised(t, line, {"first_response": HOUR}, phone_answers=False)
    ticket = t.ticket(line, group=strict, requester=person, channel="phone")["id"]
    t.check(shown(line, ticket, "first_response"), {"state": "running"})


@case("G04", "which statuses pause which target", "19.6", world="clock")
def pauses(t):
    line = t.line()
    group, policy, calendar = promised(t, line, {"resolution": HOUR, "tier_time": HOUR}, pauses={"resolution": ["on_hold"]})
    t.check(line.call("policy.get", policy=policy)["policy"]["pauses"], {
        "next_response": ["pending"], "periodic_update": ["pending"], "resolution": ["on_hold"], "tier_time": []})
    ticket = t.ticket(line, group=group)["id"]
    line.call("ticket.set_status", ticket=ticket, status="pending")
    t.check(shown(line, ticket, "resolution"), {"state": "running"})
    line.call("ticket.set_status", ticket=ticket, status="on_hold")
    t.check(shown(line, ticket, "resolution"), {"state": "paused"})
    t.check(shown(line, ticket, "tier_time"), {"state": "running"})
    for wrong in ({"first_response": ["pending"]}, {"resolution": ["solved"]}, {"lunch": ["pending"]}):
        line.refuse("policy.create", "invalid_params", name="x", calendar=calendar, targets={"normal": {"resolution": 1}},
            pauses=wrong)


@case("G05", "a resolution that goes on after a reopening", "19.7", world="clock")
def continued(t):
    line = t.line()
    group, _, _ = promised(t, line, {"first_response": HOUR, "resolution": 4 * HOUR}, reopening="continue")
    ticket = t.ticket(line, group=group)["id"]
    due = shown(line, ticket, "resolution")["due_at"]
    line.call("conformance.advance", ms=HOUR)
    line.call("ticket.solve", ticket=ticket)
    line.call("conformance.advance", ms=2 * HOUR)
    line.call("ticket.reopen", ticket=ticket)
    again = shown(line, ticket, "resolution")
    t.check(again, {"state": "running", "cycle": 1, "due_at": WHEN, "ended_at": ABSENT})
    t.true(again["due_at"] > due, "the time while it was solved does not count", again)
    targets = [entry["target"] for entry in line.call("ticket.get", ticket=ticket)["ticket"]["sla"]]
    t.equal(sorted(targets), ["first_response", "resolution"], "the targets")


@case("G06", "warnings by working time before the due instant, and again after a change that moved it", "19.8", "19.9",
      world="clock")
def warnings(t):
    line = t.line()
    group, policy, calendar = promised(t, line, {"resolution": 4 * HOUR},
        target_warnings={"resolution": [{"before_ms": 3 * HOUR}, {"before_ms": 5 * HOUR}]})
    t.check(line.call("policy.get", policy=policy)["policy"], {
        "target_warnings": {"resolution": [{"before_ms": 3 * HOUR}, {"before_ms": 5 * HOUR}]}, "warnings": []})
    ticket = t.ticket(line, group=group)["id"]
    line.call("conformance.advance", ms=HOUR + MINUTE)
    line.call("ticket.note", ticket=ticket, text="x")
    until(lambda: [event for name, event in sla(t, line, ticket) if name == "warning"], "the warning")
    warned = [event for name, event in sla(t, line, ticket) if name == "warning"]
    t.equal(len(warned), 1, "warnings")
    t.check(warned[0]["data"], {"target": "resolution", "percent": 25, "before_ms": 3 * HOUR, "due_at": WHEN})
    t.equal(warned[0]["repeatkey"], f"{ticket}/resolution/1/w-{3 * HOUR}/0", "the key of the warning")
    line.call("policy.update", policy=policy, targets={"normal": {"resolution": 8 * HOUR}})
    until(lambda: shown(line, ticket, "resolution")["budget_ms"] == 8 * HOUR, "the new version")
    line.call("conformance.advance", ms=4 * HOUR)
    line.call("ticket.note", ticket=ticket, text="x")
    until(lambda: len([1 for name, _ in sla(t, line, ticket) if name == "warning"]) >= 2, "the warning of the new due instant")
    line.refuse("policy.create", "invalid_params", name="x", calendar=calendar, targets={"normal": {"resolution": 1}},
        target_warnings={"resolution": [{"before_ms": 0}]})


@case("G07", "versions of policies and calendars, and what of them can be read", "19.10", "19.14", "6.8", world="clock")
def versions(t):
    line = t.line()
    group, policy, calendar = promised(t, line, {"resolution": HOUR})
    head = t.head(line)
    made = line.call("policy.update", policy=policy, warnings=[10], position=3, expected_version=1)["policy"]
    t.check(made, {"version": 2, "warnings": [10], "position": 3, "updated_at": WHEN})
    t.check(line.call("policy.update", policy=policy, warnings=[10]), {"policy": {"version": 2}})
    line.refuse("policy.update", "version_conflict", policy=policy, warnings=[20], expected_version=1)
    line.refuse("policy.update", "not_found", policy="P-999999999", warnings=[20])
    t.check(line.call("policy.get", policy=policy, version=1)["policy"], {"version": 1, "warnings": []})
    line.refuse("policy.get", "not_found", policy=policy, version=9)
    found = line.call("policy.list", versions_of=policy)["items"]
    t.equal([item["version"] for item in found], [1, 2], "the versions of the policy")
    t.check(line.call("calendar.update", calendar=calendar, holidays=["2031-01-01"])["calendar"], {"version": 2})
    t.check(line.call("calendar.update", calendar=calendar, holidays=None)["calendar"], {"version": 3, "holidays": ABSENT})
    line.refuse("calendar.update", "validation_failed", calendar=calendar, zone="Mars/Base")
    found = line.call("calendar.list", versions_of=calendar)["items"]
    t.equal([item["version"] for item in found], [1, 2, 3], "the versions of the calendar")
    t.check(line.call("calendar.get", calendar=calendar, version=2)["calendar"], {"holidays": ["2031-01-01"]})
    ticket = t.ticket(line, group=group)["id"]
    t.check(line.call("policy.retire", policy=policy)["policy"], {"retired": True, "version": 3})
    until(lambda: shown(line, ticket, "resolution")["state"] == "cancelled", "the end of what it promised")
    t.equal(t.ticket(line, group=group)["sla"], [], "targets of a ticket after it")
    line.refuse("policy.update", "validation_failed", policy=policy, warnings=[30])
    told = [item["event"] for item in t.read(line, head, types=["policy.updated", "calendar.updated"])]
    t.check(told[0]["data"], {"$exact": True, "policy": policy, "calendar": calendar, "version": 2,
        "changed": ["warnings", "position"], "running": "recompute", "retired": False})
    t.check(told[1]["data"], {"$exact": True, "calendar": calendar, "zone": "UTC", "version": 2, "changed": ["holidays"],
        "running": "recompute"})
    t.check(told[-1]["data"], {"policy": policy, "changed": ["retired"], "retired": True})


@case("G08", "an edit counts open tickets anew, or leaves them; a due in the past breaches at the edit", "19.11", "19.12", "19.13",
      "19.16", world="clock")
def edits(t):
    line = t.line()
    group, policy, calendar = promised(t, line, {"resolution": 4 * HOUR})
    ticket = t.ticket(line, group=group)["id"]
    before = shown(line, ticket, "resolution")
    t.check(before, {"policy_version": 1, "calendar_version": 1})
    line.call("calendar.update", calendar=calendar, holidays_yearly=["02-29"], running="keep")
    line.call("policy.update", policy=policy, name=t.prose())
    t.equal(shown(line, ticket, "resolution"), before, "a target that keeps its versions")
    line.call("conformance.advance", ms=2 * HOUR)
    change = {"targets": {"normal": {"resolution": HOUR}}}
    items = line.call("sla.preview", policy=policy, set=change)["items"]
    mine = next(item for item in items if item["ticket"] == ticket)["changes"]
    t.check(mine, [{"target": "resolution", "cycle": 1, "state_before": "running", "state": "breached",
        "due_before": before["due_at"], "breaches": True}])
    t.equal(shown(line, ticket, "resolution"), before, "a preview stores nothing")
    line.call("policy.update", policy=policy, **change)
    until(lambda: shown(line, ticket, "resolution")["state"] == "breached", "the breach")
    events = sla(t, line, ticket)
    t.equal([name for name, _ in events], ["applied", "recomputed", "breached"], "the events")
    t.check(events[2][1]["data"], {"cause": "policy_changed", "due_at": mine[0]["due_at"]})
    t.check(shown(line, ticket, "resolution"), {"policy_version": 3, "calendar_version": 2, "cause": "policy_changed"})
    other = t.ticket(line, group=group)["id"]
    line.call("conformance.advance", ms=30 * MINUTE)
    today = shown(line, other, "resolution")["started_at"][:10]
    line.call("calendar.update", calendar=calendar, holidays=[today])
    until(lambda: shown(line, other, "resolution")["calendar_version"] == 3, "the new calendar")
    t.true(shown(line, other, "resolution")["due_at"] > today + "T24", "due after the holiday")
    line.refuse("sla.preview", "invalid_params", policy=policy, calendar=calendar)
    line.refuse("sla.preview", "not_found", policy="P-999999999")


@case("G09", "holidays from an iCalendar text", "19.15", world="clock")
def holidays(t):
    line = t.line()
    calendar = line.call("calendar.create", name=t.prose(), zone="UTC", always_open=True, holidays=["2030-05-05"])["calendar"]["id"]

    def text(*events):
        inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
        return f"BEGIN:VCALENDAR\r\n{inner}END:VCALENDAR\r\n"

    given = text("DTSTART;VALUE=DATE:20300101\r\nRRULE:FREQ=YEARLY;COUNT=2", "DTSTART;VALUE=DATE:20300301\r\nDTEND;VALUE=DATE:20300303",
        "DTSTART:20300404T100000Z", "DTSTART;VALUE=DATE:20300601\r\nSUMMARY:a line that is\r\n  folded")
    found = line.call("calendar.import_holidays", calendar=calendar, ical=given)
    t.check(found, {"added": ["2030-01-01", "2030-03-01", "2030-03-02", "2030-06-01", "2031-01-01"], "removed": [], "skipped": 1,
        "calendar": {"version": 2}})
    replaced = line.call("calendar.import_holidays", calendar=calendar, ical=text("DTSTART;VALUE=DATE:20300707"), replace=True)
    t.check(replaced, {"added": ["2030-07-07"], "calendar": {"holidays": ["2030-07-07", "2031-01-01"]}})
    t.equal(len(replaced["removed"]), 5, "days taken away")
    for wrong in ("hello", text("SUMMARY:x"), text("DTSTART;VALUE=DATE:20300230"), text("DTSTART;VALUE=DATE:20300101\r\nRRULE:FREQ=DAILY")):
        error = line.refuse("calendar.import_holidays", "validation_failed", calendar=calendar, ical=wrong)
        t.true("line " in error["details"][0]["message"], "the line is named", error)


@case("G10", "a target explained, a breach waived", "19.17", "19.18", world="clock")
def explained(t):
    line = t.line()
    group, _, _ = promised(t, line, {"resolution": 4 * HOUR})
    ticket = t.ticket(line, group=group)["id"]
    line.call("conformance.advance", ms=HOUR)
    line.call("ticket.set_status", ticket=ticket, status="pending")
    line.call("conformance.advance", ms=HOUR)
    line.call("ticket.set_status", ticket=ticket, status="open")
    told = line.call("sla.explain", ticket=ticket, target="resolution")
    t.check(told, {"ticket": ticket, "target": {"target": "resolution"}, "until": told["target"]["due_at"], "worked_ms": 4 * HOUR,
        "remaining_ms": 0})
    t.equal([part["kind"] for part in told["parts"]], ["working", "paused", "working"], "the parts")
    t.equal(sum(part["working_ms"] for part in told["parts"] if part["kind"] == "working"), 4 * HOUR, "the sum")
    line.refuse("sla.explain", "not_found", ticket=ticket, target="tier_time")
    line.refuse("sla.waive", "validation_failed", ticket=ticket, target="resolution", reason="vendor_outage")
    line.call("conformance.advance", ms=9 * HOUR)
    waived = line.call("sla.waive", ticket=ticket, target="resolution", reason="vendor_outage")["ticket"]
    t.check(target(waived, "resolution"), {"state": "waived", "breached_at": WHEN, "cause": "time"})
    events = sla(t, line, ticket)
    t.equal([name for name, _ in events], ["applied", "paused", "resumed", "breached", "waived"], "the events")
    t.check(events[-1][1]["data"], {"$exact": True, "ticket": ticket, "target": "resolution", "cycle": 1, "due_at": WHEN,
        "breached_at": WHEN, "reason": "vendor_outage"})
    line.refuse("sla.waive", "invalid_params", ticket=ticket, target="resolution", reason="a whole sentence")


@case("G11", "policies tried over the log", "19.19", world="clock")
def simulated(t):
    line = t.line()
    group, policy, _ = promised(t, line, {"resolution": 4 * HOUR})
    ticket = t.ticket(line, group=group)
    line.call("conformance.advance", ms=2 * HOUR)
    line.call("ticket.solve", ticket=ticket["id"])
    head = t.head(line)
    trial = {"name": "an hour", "calendar": {"zone": "UTC", "always_open": True}, "conditions": {"group": [group]},
        "targets": {"normal": {"resolution": HOUR}}}
    found = line.call("sla.simulate", policies=[trial, policy], **{"from": ticket["created_at"]})
    t.check(found, {"policies": [
        {"name": "an hour", "tickets": 1, "targets": [
            {"priority": "normal", "target": "resolution", "met": 0, "breached": 1, "open": 0, "cancelled": 0}]},
        {"policy": policy, "name": TEXT, "tickets": 1, "targets": [{"met": 1, "breached": 0}]}]})
    t.equal(t.head(line), head, "the end of the log")
    line.refuse("sla.simulate", "invalid_params", policies=[])
    line.refuse("sla.simulate", "not_found", policies=["P-999999999"])
