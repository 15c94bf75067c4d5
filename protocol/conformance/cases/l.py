"""Targets over time: pauses, warnings, breaches, changes. The clock is the test's."""
from conformance.case import case
from conformance.desk import until
from conformance.match import ABSENT, INT, TEXT, WHEN, has

HOUR = 3_600_000


def sla(t, line, ticket, after=0):
    """Events about the SLA of a ticket: (name, data) in order."""
    return [(item["event"]["type"].removeprefix("opora.sla.").removesuffix(".v1"), item["event"]) for item in t.read(
        line, after, streams=["sla"], subject=f"ticket/{ticket}")]


def target(ticket, kind, cycle=1):
    """A target of a ticket."""
    return next(entry for entry in ticket["sla"] if entry["target"] == kind and entry["cycle"] == cycle)


def promised_ticket(t, line, warnings=(), **params):
    group = t.promised(line, warnings=list(warnings))
    return t.ticket(line, group=group, **params)["id"], group


@case("L06", "first_response is met by an agent's reply, not by a note; resolution by solving", "14.21", "14.24", "14.8",
      world="clock")
def met(t):
    line = t.line()
    ticket, _ = promised_ticket(t, line)
    line.call("ticket.note", ticket=ticket, text=t.prose())
    line.call("conformance.advance", ms=60_000)
    t.check(target(line.call("ticket.get", ticket=ticket)["ticket"], "first_response"), {"due_at": WHEN, "ended_at": ABSENT})
    line.call("ticket.reply", ticket=ticket, text=t.prose())
    line.call("ticket.solve", ticket=ticket)
    events = sla(t, line, ticket)
    t.equal([name for name, _ in events], ["applied", "met", "met"], "the events")
    for (_, event), kind in zip(events[1:], ("first_response", "resolution")):
        t.check(event["data"], {"$exact": True, "ticket": ticket, "target": kind, "cycle": 1, "due_at": WHEN, "ended_at": WHEN})
        t.true(event["data"]["ended_at"] <= event["data"]["due_at"], "met in time", event)
    applied = events[0][1]["data"]
    t.check(applied, {"ticket": ticket, "policy": TEXT, "targets": [
        {"target": "first_response", "cycle": 1, "budget_ms": HOUR, "due_at": WHEN},
        {"target": "resolution", "cycle": 1, "budget_ms": 4 * HOUR, "due_at": WHEN}]})


@case("L07", "a warning, then a breach; each once, at its instant, before what came later", "14.24", "14.25", "4.14", "13.8",
      world="clock")
def breached(t):
    line = t.line()
    ticket, group = promised_ticket(t, line, warnings=[50, 90])
    due = target(line.call("ticket.get", ticket=ticket)["ticket"], "first_response")["due_at"]
    line.call("conformance.advance", ms=HOUR // 2 + 60_000)
    line.call("ticket.note", ticket=ticket, text="x")
    t.equal([name for name, _ in sla(t, line, ticket)], ["applied", "warning"], "after half the time")
    line.call("conformance.advance", ms=HOUR)
    reply = line.call("ticket.reply", ticket=ticket, text="too late")
    events = sla(t, line, ticket)
    t.equal([name for name, _ in events], ["applied", "warning", "breached"], "after all of it: the 90 % warning was overtaken")
    t.check(events[1][1]["data"], {
        "$exact": True, "ticket": ticket, "target": "first_response", "cycle": 1, "percent": 50, "due_at": due,
        "priority": "normal", "group": group,
        "assignee": None})
    breach = events[2][1]
    t.check(breach["data"], {
        "$exact": True, "ticket": ticket, "target": "first_response", "cycle": 1, "due_at": due, "breached_at": due,
        "detected_at": WHEN, "cause": "time",
        "priority": "normal", "group": group, "assignee": None})
    t.check(breach, {"actor": "kernel", "via": ABSENT, "time": due})
    t.true(int(breach["sequence"]) < reply["_meta"]["seq"], "the breach is recorded before the command that came after it")
    shown = target(line.call("ticket.get", ticket=ticket)["ticket"], "first_response")
    t.check(shown, {"breached_at": due, "ended_at": WHEN})
    line.call("conformance.advance", ms=HOUR // 4)
    line.call("ticket.note", ticket=ticket, text="y")
    names = [event["data"]["target"] for name, event in sla(t, line, ticket) if name == "breached"]
    t.equal(names, ["first_response"], "breaches")


@case("L08", "resolution is paused in pending: no due, remaining time, no warning, no breach", "14.23", "14.21", world="clock")
def paused(t):
    line = t.line()
    ticket, _ = promised_ticket(t, line, warnings=[50])
    line.call("ticket.reply", ticket=ticket, text="x")
    line.call("conformance.advance", ms=HOUR)
    line.call("ticket.set_status", ticket=ticket, status="pending")
    shown = target(line.call("ticket.get", ticket=ticket)["ticket"], "resolution")
    t.check(shown, {"due_at": ABSENT, "remaining_ms": INT})
    t.true(3 * HOUR - 120_000 < shown["remaining_ms"] <= 3 * HOUR, "the remaining time", shown)
    line.call("conformance.advance", ms=10 * HOUR)
    line.call("ticket.note", ticket=ticket, text="x")
    t.equal([name for name, _ in sla(t, line, ticket)], ["applied", "met", "paused"], "the events while paused")
    line.call("ticket.set_status", ticket=ticket, status="open")
    name, event = sla(t, line, ticket)[-1]
    t.equal(name, "resumed", "the event")
    t.check(event["data"], {"ticket": ticket, "policy": TEXT,
        "targets": [{"target": "resolution", "cycle": 1, "due_at": WHEN, "budget_ms": 4 * HOUR}]})
    t.check(sla(t, line, ticket)[-2][1]["data"],
        {"$exact": True, "ticket": ticket, "targets": [{"target": "resolution", "cycle": 1,
            "remaining_ms": shown["remaining_ms"]}]})


@case("L09", "a change of priority counts anew from the start; a due in the past breaches at the change", "14.22", "14.12",
      "14.24", world="clock")
def recomputed(t):
    line = t.line()
    group = line.call("group.create", name=t.prose())["group"]["id"]
    calendar = line.call("calendar.create", name=t.prose(), zone="UTC", always_open=True)["calendar"]["id"]
    line.call("policy.create", name=t.prose(), calendar=calendar, conditions={"group": [group]}, warnings=[],
              targets={"normal": {"resolution": 4 * HOUR}, "high": {"resolution": 3 * HOUR}, "urgent": {"resolution": HOUR}})
    ticket = t.ticket(line, group=group)["id"]
    start = target(line.call("ticket.get", ticket=ticket)["ticket"], "resolution")["started_at"]
    line.call("conformance.advance", ms=2 * HOUR)
    line.call("ticket.set_priority", ticket=ticket, priority="high")
    due = line.call("calendar.due", calendar=calendar, start=start, working_ms=3 * HOUR)["due_at"]
    t.check(target(line.call("ticket.get", ticket=ticket)["ticket"], "resolution"),
        {"due_at": due, "started_at": start, "budget_ms": 3 * HOUR})
    line.call("ticket.set_priority", ticket=ticket, priority="urgent")
    line.call("ticket.set_priority", ticket=ticket, priority="low")
    line.call("ticket.set_priority", ticket=ticket, priority="normal")
    events = sla(t, line, ticket)
    names = [name for name, _ in events]
    t.equal(names[:3], ["applied", "recomputed", "recomputed"], "the first events")
    breach = next(event for name, event in events if name == "breached")
    t.check(breach["data"], {"cause": "policy_changed", "target": "resolution"})
    t.true(breach["data"]["breached_at"] > breach["data"]["due_at"], "breached at the change", breach["data"])
    t.equal(names.count("breached"), 1, "breaches")


@case("L10", "what is no longer promised is cancelled, and goes on where it is promised again", "14.22", "14.12", world="clock")
def cancelled(t):
    line = t.line()
    ticket, group = promised_ticket(t, line)
    start = target(line.call("ticket.get", ticket=ticket)["ticket"], "resolution")["started_at"]
    line.call("conformance.advance", ms=60_000)
    line.call("ticket.assign", ticket=ticket, group=None)
    t.check(line.call("ticket.get", ticket=ticket), {"ticket": {"due_at": ABSENT}})
    line.call("conformance.advance", ms=60_000)
    line.call("ticket.assign", ticket=ticket, group=group)
    names = [name for name, _ in sla(t, line, ticket)]
    t.equal(names, ["applied", "cancelled", "applied"], "the events")
    t.check(sla(t, line, ticket)[1][1]["data"],
        {"$exact": True, "ticket": ticket, "targets": has({"target": "resolution", "cycle": 1})})
    t.check(target(line.call("ticket.get", ticket=ticket)["ticket"], "resolution"), {"started_at": start, "due_at": WHEN})


@case("L11", "reopening begins a new cycle with the full budget; closing cancels what runs", "14.26", world="clock")
def cycles(t):
    line = t.line()
    ticket, _ = promised_ticket(t, line)
    line.call("ticket.reply", ticket=ticket, text="x")
    line.call("ticket.solve", ticket=ticket)
    line.call("conformance.advance", ms=10 * HOUR)
    line.call("ticket.reopen", ticket=ticket)
    shown = line.call("ticket.get", ticket=ticket)["ticket"]
    t.check(target(shown, "resolution", 1), {"ended_at": WHEN, "breached_at": ABSENT})
    t.check(target(shown, "resolution", 2), {"budget_ms": 4 * HOUR, "due_at": WHEN, "ended_at": ABSENT})
    due = line.call("calendar.due", calendar={"zone": "UTC", "always_open": True},
        start=target(shown, "resolution", 2)["started_at"], working_ms=4 * HOUR)
    t.equal(target(shown, "resolution", 2)["due_at"], due["due_at"], "the due of the second cycle")
    fresh, _ = promised_ticket(t, line)
    line.call("ticket.solve", ticket=fresh)
    line.call("ticket.close", ticket=fresh)
    names = [(name, [entry["target"] for entry in event["data"].get("targets", [])]) for name, event in sla(t, line, fresh)]
    t.true(("cancelled", ["first_response"]) in names, "closing cancels the first response that still ran", names)


@case("L12", "a breach while the kernel was down bears its true instant", "14.24", "4.14", world="own")
def found_late(t):
    desk = t.own()
    line = t.line()
    group = t.promised(line, targets={"resolution": 400})
    ticket = t.ticket(line, group=group)["id"]
    due = line.call("ticket.get", ticket=ticket)["ticket"]["due_at"]
    desk.kill()
    desk.start()
    line = t.line()
    found = until(lambda: [event for name, event in sla(t, line, ticket) if name == "breached"], "the breach")
    t.equal(len(found), 1, "breaches")
    t.check(found[0], {"time": due, "data": {"due_at": due, "breached_at": due, "detected_at": WHEN, "cause": "time"}})
    t.true(found[0]["data"]["detected_at"] >= due and found[0]["recordedtime"] >= due, "found after it", found[0])


@case("L13", "tickets by due", "14.13", world="clock")
def by_due(t):
    line, tickets = t.line(), []
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    for budget in (3 * HOUR, HOUR, 2 * HOUR):
        group = t.promised(line, targets={"resolution": budget})
        tickets.append(t.ticket(line, group=group, organization=organization)["id"])
    t.ticket(line, organization=organization)
    listed = line.call("ticket.list", organization=organization, sort="due_at")["items"]
    t.equal([item["id"] for item in listed], [tickets[1], tickets[2], tickets[0]],
        "the earliest first, those without a due not at all")
    first = line.call("ticket.list", organization=organization, sort="due_at", limit=2)
    rest = line.call("ticket.list", organization=organization, sort="due_at", limit=2, cursor=first["next_cursor"])
    t.equal([item["id"] for item in rest["items"]], [tickets[0]], "the second page")
