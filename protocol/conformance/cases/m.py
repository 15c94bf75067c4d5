"""Commands and lists: keys, versions, pages, expanding."""
from conformance.case import case
from conformance.match import ABSENT, INT, TEXT, ident, one


@case("M01", "the same key twice: one effect, the stored answer", "6.1", "2.23")
def replay(t):
    line, key, people = t.line(), t.word("key"), t.people()
    params = {"subject": t.prose(), "requester": people.requester, "fields": {"a": 1, "b": "x"}}
    head = t.head(line)
    first = line.call("ticket.create", _meta={"idempotency_key": key}, **params)
    again = line.call("ticket.create", _meta={"idempotency_key": key, "deadline_ms": 5000, "causation": "other"},
        **dict(reversed(params.items())))
    t.check(first, {"_meta": {"replayed": ABSENT, "seq": INT}})
    t.equal(again["_meta"]["replayed"], True, "replayed")
    t.equal(again["ticket"], first["ticket"], "the stored answer")
    mine = [e for e in t.read(line, head, types=["ticket.created"]) if e["event"]["data"]["ticket"] == first["ticket"]["id"]]
    t.equal(len(mine), 1, "events")


@case("M02", "the same key with another request", "6.2")
def other_request(t):
    line, key, people = t.line(), t.word("key"), t.people()
    line.call("user.create", name="a", _meta={"idempotency_key": key})
    line.refuse("user.create", "idempotency_key_reused", name="b", _meta={"idempotency_key": key})
    line.refuse("user.create", "idempotency_key_reused", name="a", language="en", _meta={"idempotency_key": key})
    line.refuse("user.create", "idempotency_key_reused", name="a", _meta={"idempotency_key": key, "on_behalf_of": people.agent})


@case("M03", "the same key on several connections at once", "6.5", "6.1")
def at_once(t):
    people, key = t.people(), t.word("key")
    lines = [t.line() for _ in range(10)]
    params = {"subject": t.prose(), "requester": people.requester}
    numbers = [line.send("ticket.create", _meta={"idempotency_key": key}, **params) for line in lines]
    answers = [line.answer(number)["result"] for line, number in zip(lines, numbers)]
    t.equal(len({answer["ticket"]["id"] for answer in answers}), 1, "tickets")
    t.equal(sum(not answer["_meta"].get("replayed") for answer in answers), 1, "answers that are not replayed")


@case("M04", "a key survives a crash", "6.4", "6.6", world="own")
def after_crash(t):
    desk = t.own()
    line, people = t.line(), t.people()
    params = {"subject": t.prose(), "requester": people.requester}
    first = line.call("ticket.create", _meta={"idempotency_key": "k"}, **params)
    desk.kill()
    desk.start()
    again = t.line().call("ticket.create", _meta={"idempotency_key": "k"}, **params)
    t.check(again, {"ticket": {"id": first["ticket"]["id"]}, "_meta": {"replayed": True}})
    t.equal(len(t.line().call("ticket.list")["items"]), 1, "tickets")


@case("M05", "a refused request leaves its key free", "6.4")
def free_key(t):
    line, key = t.line(), t.word("key")
    line.refuse("ticket.create", "not_found", subject="x", requester="U-99999999", _meta={"idempotency_key": key})
    line.refuse("ticket.create", "invalid_params", subject="", requester=t.people().requester, _meta={"idempotency_key": key})
    made = line.call("ticket.create", subject=t.prose(), requester=t.people().requester, _meta={"idempotency_key": key})
    t.check(made, {"ticket": {"id": ident("T")}, "_meta": {"replayed": ABSENT}})


@case("M06", "a key belongs to one identity and one method", "6.3", world="main")
def scope(t):
    key, people = t.word("key"), t.people()
    meta = {"idempotency_key": key}
    first = t.line("plug").call("ticket.create", subject="a", requester=people.requester, _meta=meta)
    second = t.line("plug2").call("ticket.create", subject="b", requester=people.requester, _meta=meta)
    t.true(first["ticket"]["id"] != second["ticket"]["id"], "two identities, two tickets")
    t.check(t.line("plug").call("user.create", name="c", _meta=meta), {"_meta": {"replayed": ABSENT}})


@case("M07", "expected_version: the right one, a stale one, none", "6.8", "6.9")
def versions(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    t.check(line.call("ticket.set_priority", ticket=ticket, priority="high", expected_version=1), {"ticket": {"version": 2}})
    line.refuse("ticket.set_priority", "version_conflict", {"current_version": 2}, ticket=ticket, priority="low",
        expected_version=1)
    for method, params in (("ticket.solve", {}), ("ticket.assign", {"group": t.people().group}), ("ticket.reply", {"text": "x"}),
                           ("ticket.note", {"text": "x"}), ("ticket.set_status", {"status": "pending"}), ("ticket.reopen", {}),
                           ("ticket.close", {})):
        line.refuse(method, "version_conflict", ticket=ticket, expected_version=9, **params)
    t.check(line.call("ticket.get", ticket=ticket), {"ticket": {"version": 2, "priority": "high", "status": "new"}})
    for noun, letter in (("user", "U"), ("organization", "O"), ("group", "G")):
        made = line.call(f"{noun}.create", name=t.word(noun))[noun]
        t.check(made, {"id": ident(letter), "version": 1})
        changed = line.call(f"{noun}.update", **{noun: made["id"], "name": t.word(noun), "expected_version": 1})[noun]
        t.equal(changed["version"], 2, "the version after a change")
        line.refuse(f"{noun}.update", "version_conflict", {"current_version": 2},
            **{noun: made["id"], "name": "z", "expected_version": 1})


@case("M08", "expected_version is optional everywhere", "6.9", "9.6")
def optional(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    for method, params in (("ticket.assign", {"group": t.people().group}), ("ticket.solve", {}), ("ticket.reopen", {}),
                           ("ticket.solve", {}), ("ticket.close", {})):
        t.check(line.call(method, ticket=ticket, **params), {"ticket": {"id": ticket}}, method)


@case("M09", "50 connections with the same version: one wins", "6.9", "13.1")
def racers(t):
    ticket = t.ticket()["id"]
    lines = [t.line() for _ in range(50)]
    numbers = [line.send("ticket.set_priority", ticket=ticket, priority="urgent" if index % 2 else "low", expected_version=1)
               for index, line in enumerate(lines)]
    answers = [line.answer(number) for line, number in zip(lines, numbers)]
    t.equal(sum("result" in answer for answer in answers), 1, "winners")
    for answer in answers:
        t.check(answer, one({"result": {"ticket": {"version": 2}}},
            {"error": {"data": {"code": "version_conflict", "current_version": 2}}}))


def every_page(line, **asked):
    """The ids of a list, page by page, and how many pages there were."""
    got, cursor, count = [], None, 0
    while True:
        page = line.call("ticket.list", **asked, **({"cursor": cursor} if cursor else {}))
        got, cursor, count = got + [item["id"] for item in page["items"]], page["next_cursor"], count + 1
        if cursor is None:
            return got, count


@case("M10", "205 tickets in five pages, while others are added", "6.10", "6.11")
def pages(t):
    line = t.line()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    create = ("ticket.create", {"subject": "x", "requester": t.people(line).requester, "organization": organization})
    made = [answer["result"]["ticket"]["id"] for _ in range(5) for answer in line.batch(*[create] * 41)]
    for sort, expected in (("id", made), ("-id", made[::-1]), ("updated_at", made), ("-updated_at", made[::-1])):
        got, count = every_page(line, organization=organization, limit=50, sort=sort)
        t.equal([got, count], [expected, 5], f"tickets in the order {sort}")
    first = line.call("ticket.list", organization=organization, limit=50)
    t.equal([item["id"] for item in first["items"]], made[::-1][:50], "the first page by default, the newest first")
    line.batch(*[create] * 10)
    second = line.call("ticket.list", organization=organization, limit=50, cursor=first["next_cursor"])
    t.equal([item["id"] for item in second["items"]], made[::-1][50:100], "the second page after tickets were added on top")
    t.equal(len(line.call("ticket.list", organization=organization, limit=200)["items"]), 200, "a page of 200")


@case("M11", "a cursor is signed, and good for its list alone", "6.12")
def cursors(t):
    line = t.line()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    for _ in range(3):
        t.ticket(line, organization=organization)
    asked = {"organization": organization, "limit": 1}
    cursor = line.call("ticket.list", **asked)["next_cursor"]
    t.check(line.call("ticket.list", cursor=cursor, organization=organization, limit=2), {"items": {"$len": 2}})
    middle = len(cursor) // 2
    flipped = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1:]
    for wrong in (flipped, cursor[:-2], cursor + "A", "nonsense", "", cursor[::-1]):
        line.refuse("ticket.list", "invalid_cursor", cursor=wrong, **asked)
    line.refuse("ticket.list", "invalid_cursor", cursor=cursor, limit=1)
    line.refuse("ticket.list", "invalid_cursor", cursor=cursor, sort="id", **asked)
    line.refuse("user.list", "invalid_cursor", cursor=cursor, limit=1)


@case("M12", "limits of a page", "6.10", "10.1")
def limits(t):
    line = t.line()
    for method in ("ticket.list", "user.list", "organization.list", "group.list", "calendar.list", "policy.list"):
        for wrong in (0, 201, -1, "1", 1.5):
            line.refuse(method, "invalid_params", limit=wrong)
        t.check(line.call(method, limit=200),
            {"items": {"$is": "array"}, "next_cursor": one(None, {"$is": "string"}), "as_of_seq": INT, "epoch": INT})


@case("M17", "what was written is read", "13.3", "6.6")
def read_your_writes(t):
    writer, reader = t.line(), t.line()
    for _ in range(30):
        ticket = t.ticket(writer)["id"]
        t.check(reader.call("ticket.get", ticket=ticket), {"ticket": {"id": ticket, "version": 1}})


@case("M18", "commands of one connection are done in the order in which they were sent", "13.2")
def in_order(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    wanted = ["low", "high", "urgent", "normal"] * 25
    numbers = [line.send("ticket.set_priority", ticket=ticket, priority=priority) for priority in wanted]
    for number in numbers:
        line.answer(number)
    history, cursor = [], None
    while True:
        page = line.call("ticket.history", ticket=ticket, limit=100, **({"cursor": cursor} if cursor else {}))
        history += [item["data"]["after"] for item in page["items"] if item["type"] == "ticket.priority_changed"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    t.equal(history, wanted, "the changes in the log")


@case("M20", "expand: what a ticket names, one level, each once", "6.21")
def expand(t):
    line, people = t.line(), t.people()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    ticket = line.call("ticket.create", subject=t.prose(), text="hello", requester=people.requester, organization=organization,
                       group=people.group, assignee=people.agent)["ticket"]["id"]
    words = ["requester", "organization", "group", "assignee"]
    found = line.call("ticket.get", ticket=ticket, expand=words)
    t.check(found, {"ticket": {"id": ticket}, "included": {
        "$exact": True, people.requester: {"id": people.requester, "name": TEXT}, organization: {"id": organization},
        people.group: {"id": people.group}, people.agent: {"id": people.agent}}})
    listed = line.call("ticket.list", organization=organization, expand=["organization", "requester"])
    t.equal(sorted(listed["included"]), sorted([organization, people.requester]), "included in a list")
    t.check(line.call("ticket.get", ticket=ticket), {"included": ABSENT})
    t.check(line.call("ticket.get", ticket=ticket, expand=["assignee"])["included"],
        {"$exact": True, people.agent: {"id": people.agent}})
    message = line.call("message.list", ticket=ticket, expand=["author"])
    t.check(message, {"items": {"$len": 1}, "included": {people.requester: {"id": people.requester}}})
    t.check(line.call("message.get", message=message["items"][0]["id"], expand=["author"]),
        {"included": {people.requester: {"version": 1}}})
    bare = t.ticket(line)["id"]
    t.equal(line.call("ticket.get", ticket=bare, expand=["assignee", "group"])["included"], {}, "nothing to include")
    for wrong in (["author"], ["weather"], "weather", [7], 7):
        line.refuse("ticket.get", "invalid_params", ticket=ticket, expand=wrong)
