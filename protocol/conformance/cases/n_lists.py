"""Group N, lists, views, macros and bulk updates."""
from conformance.case import case


def listed(page):
    return [item["id"] for item in page["items"]]


@case("N10", "what is asked for must hold, in every order", "16.8", "16.9")
def filters(t):
    line = t.line()
    people = t.people(line)
    organization = line.call("organization.create", name=t.prose())["organization"]["id"]
    common = {"organization": organization, "group": people.group}
    first = t.ticket(line, **common, tags=["vip", "eu"], priority="high")["id"]
    second = t.ticket(line, **common, tags=["vip"], assignee=people.agent)["id"]
    third = t.ticket(line, organization=organization, priority="urgent", tier=2, group=people.group)["id"]
    line.call("ticket.set_status", ticket=second, status="pending", wake_at="2100-01-01T00:00:00Z")
    for wanted, asked in (
            ([first, second], {"tags": ["VIP"], "sort": "created_at"}), ([second], {"tags": ["vip"], "without_tags": ["eu"]}),
            ([third, first], {"assignee": "none"}), ([second], {"assignee": ["me", "U-999999999"]}),
            ([third, second, first], {"group": "mine"}), ([], {"group": "none"}), ([third], {"tier": 2}),
            ([second, first], {"tier": "none", "sort": "-created_at"}), ([second], {"waking": True, "sort": "wake_at"}),
            ([second], {"sort": "-wake_at"}), ([second], {"category": "pending"}), ([third, first], {"status": ["new", "open"]}),
            ([third, first, second], {"sort": "-priority"}), ([second, first, third], {"sort": "priority"}),
            ([], {"due_before": "2100-01-01T00:00:00Z"}), ([], {"sort": "-due_at"}), ([], {"sla": "running"}),
            ([third, second, first], {"created_within_ms": 600_000}), ([], {"quiet_ms": 600_000}), ([], {"deleted": True})):
        page = line.call("ticket.list", organization=organization, **asked)
        t.equal(listed(page), wanted, f"the tickets of {asked}")
        asked.pop("sort", None)
    line.refuse("ticket.list", "validation_failed", sort="priority")
    line.refuse("ticket.list", "invalid_params", assignee=[])
    line.refuse("ticket.list", "invalid_params", assignee="mine")
    count = line.call("ticket.count", organization=organization, unsolved=True)
    t.equal((count["count"], count["exact"]), (3, True), "the count")


@case("N11", "to a program nothing is mine", "16.8", world="main")
def nobody(t):
    t.people()
    line = t.line("plug")
    line.refuse("ticket.list", "validation_failed", assignee="me")
    line.refuse("ticket.count", "validation_failed", group="mine")


@case("N12", "pages go on to the last one", "16.10", "16.9")
def pages(t):
    line = t.line()
    organization = line.call("organization.create", name=t.prose())["organization"]["id"]
    made = [t.ticket(line, organization=organization, priority=word)["id"] for word in ("low", "high") * 3]
    found, cursor = [], None
    while True:
        page = line.call("ticket.list", organization=organization, sort="-priority", limit=2, cursor=cursor)
        found, cursor = found + listed(page), page["next_cursor"]
        if cursor is None:
            break
    t.equal(found, made[::-1][::2] + made[::-1][1::2], "the tickets")


@case("N13", "views", "16.11", "16.12", world="main")
def views(t):
    line, other = t.line(), t.line("plug")
    people = t.people(line)
    begin = t.head(line)
    keys = [view.get("key") for view in line.call("view.list")["items"] if view.get("key")]
    t.equal(keys, ["mine", "unassigned", "due_soon", "breached", "waking"], "the views that came with the desk")
    organization = line.call("organization.create", name=t.prose())["organization"]["id"]
    ticket = t.ticket(line, organization=organization, assignee=people.agent)["id"]
    made = line.call(
        "view.create", name=t.prose(), filter={"organization": organization, "assignee": "me"}, sort="created_at",
        columns=["id", "subject"], groups=[people.group], position=7)["view"]
    view = made["id"]
    t.equal(listed(line.call("view.tickets", view=view)), [ticket], "its tickets")
    t.equal(line.call("view.count", view=view)["count"], 1, "their number")
    other.refuse("view.tickets", "validation_failed", view=view)
    changed = line.call("view.update", view=view, owner="me", expected_version=1)["view"]
    t.equal((changed["version"], changed["owner"]), (2, people.agent), "the changed view")
    t.equal(line.call("view.get", view=view)["view"], changed, "the view")
    other.refuse("view.get", "not_found", {"kind": "view"}, view=view)
    line.refuse("view.update", "version_conflict", view=view, name="x", expected_version=1)
    line.refuse("view.create", "invalid_params", {"details": [{"path": "/filter/colour"}]}, name="x", filter={"colour": 1})
    line.refuse("view.create", "validation_failed", name="x", sort="priority")
    line.call("view.delete", view=view)
    line.refuse("view.tickets", "not_found", view=view)
    line.call("view.tickets", view="V-5")
    events = [item["event"] for item in t.read(line, begin, streams=["view"]) if item["event"]["subject"] == f"view/{view}"]
    t.equal([event["type"] for event in events], [f"opora.view.{verb}.v1" for verb in ("created", "updated", "deleted")], "events")
    t.equal(events[1]["data"], {"view": view, "groups": [people.group], "owner": people.agent, "changed": ["owner"]}, "data")
    line.refuse("view.create", "invalid_params", {"details": [{"path": "/filter/status/0"}]}, name="x", filter={"status": "shut"})


@case("N14", "macros do all of their steps or nothing", "16.13", "16.14")
def macros(t):
    line = t.line()
    people = t.people(line)
    ticket = t.ticket(line)["id"]
    begin = t.head(line)
    macro = line.call("macro.create", name=t.prose(), groups=[people.group], actions={
        "priority": "high", "assignee": "me", "note": "{{ticket.priority}}", "reply": "{{ ticket.id }}: [{{organization.name}}]",
        "status": "pending", "reason": "answer"})["macro"]["id"]
    shown = line.call("macro.preview", macro=macro, ticket=ticket)["actions"]
    t.equal((shown["reply"], shown["note"]), (f"{ticket}: []", "normal"), "the filled texts")
    done = line.call("ticket.apply_macro", ticket=ticket, macro=macro)
    t.check(done["ticket"], {"priority": "high", "assignee": people.agent, "status": "pending", "status_reason": "answer"})
    t.equal([message["text"] for message in done["messages"]], ["normal", f"{ticket}: []"], "the messages")
    edited = line.call("ticket.apply_macro", ticket=ticket, macro=macro, reply="{{as it is}}")["messages"]
    t.equal(edited[-1]["text"], "{{as it is}}", "the edited reply")
    t.check(line.call("macro.get", macro=macro)["macro"], {"uses": 2, "used_at": {"$is": "time"}})
    line.refuse("macro.create", "validation_failed", name="x", actions={"reply": "{{requester.age}}"})
    line.refuse("macro.create", "invalid_params", name="x", actions={})
    line.call("macro.update", macro=macro, actions={"priority": "low", "status": "closed"}, expected_version=1)
    before = line.call("ticket.get", ticket=ticket)["ticket"]
    line.refuse("ticket.apply_macro", "invalid_transition", ticket=ticket, macro=macro)
    t.equal(line.call("ticket.get", ticket=ticket)["ticket"], before, "the ticket")
    t.true(macro in [one["id"] for one in line.call("macro.list")["items"]], "the macro is in the list")
    line.call("macro.delete", macro=macro)
    line.refuse("ticket.apply_macro", "not_found", ticket=ticket, macro=macro)
    events = [item["event"] for item in t.read(line, begin, streams=["macro"]) if item["event"]["subject"] == f"macro/{macro}"]
    t.equal([event["data"]["changed"] for event in events], [["*"], ["actions"], []], "what the events say of the macro")


@case("N15", "a bulk update is each ticket's own", "16.15")
def bulk(t):
    line = t.line()
    first, closed, third = (t.ticket(line)["id"] for _ in range(3))
    for method in ("ticket.solve", "ticket.close"):
        line.call(method, ticket=closed)
    line.call("ticket.set_priority", ticket=third, priority="high")
    line.call("ticket.set_status", ticket=third, status="open")
    report = line.call(
        "ticket.bulk_update", tickets=[first, closed, third, "T-999999999"], priority="high", status="open")
    t.check(report, {"done": 1, "unchanged": 1, "refused": 2, "items": [
        {"ticket": first, "outcome": "done"}, {"ticket": closed, "outcome": "refused", "error": {"code": "invalid_transition"}},
        {"ticket": third, "outcome": "unchanged"}, {"outcome": "refused", "error": {"code": "not_found"}}]})
    t.equal(line.call("ticket.get", ticket=closed)["ticket"]["priority"], "normal", "the refused one's priority")
    line.refuse("ticket.bulk_update", "invalid_params", tickets=[first])
    line.refuse("ticket.bulk_update", "invalid_params", tickets=[first, first], priority="low")
