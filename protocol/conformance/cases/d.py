"""D: people, what they may do, who is there, what is remembered and forgotten of them."""
from conformance.case import case


def agent(t, **members):
    """A new agent."""
    return t.line().call("user.create", name=t.prose(), roles=["agent"], **members)["user"]["id"]


def acting(user):
    return {"on_behalf_of": user}


def told(t, name, answer, data):
    """The last event of a command has this name and data."""
    item = t.line().call("events.read", after_seq=answer["_meta"]["seq"] - 1, limit=1)["events"][0]["event"]
    t.check(item, {"type": f"opora.{name}.v1", "data": data}, f"the event {name}")


@case("D01", "a role of the desk's own", "8.28", "8.21", world="main")
def own_role(t):
    owner, name = t.line(), t.word("night")
    made = owner.call("role.create", role=name, base="agent", methods=["ticket.*"], deny=["ticket.close"])
    t.check(made["role"], {"role": name, "base": "agent", "tickets": "groups", "internal": True, "version": 1})
    told(t, "system.role_created", made, {"role": name, "base": "agent"})
    owner.refuse("role.create", "already_exists", role=name, base="agent", methods=[])
    owner.refuse("role.create", "already_exists", role="admin", base="admin", methods=[])
    owner.refuse("role.update", "validation_failed", role="admin", methods=["*"])
    owner.refuse("role.update", "not_found", role=t.word("no"), methods=["*"])
    user = owner.call("user.create", name=t.prose(), roles=[name])["user"]
    t.equal(user["roles"], [name], "roles")
    ticket = t.ticket()["id"]
    owner.call("ticket.note", ticket=ticket, text="x", _meta=acting(user["id"]))
    owner.refuse("ticket.close", "forbidden", ticket=ticket, _meta=acting(user["id"]))
    owner.refuse("group.list", "forbidden", _meta=acting(user["id"]))
    changed = owner.call("role.update", role=name, methods=["group.list"], expected_version=1)
    told(t, "system.role_updated", changed, {"role": name, "methods": ["group.list"]})
    owner.refuse("role.update", "version_conflict", role=name, methods=[], expected_version=1)
    owner.refuse("ticket.note", "forbidden", ticket=ticket, text="x", _meta=acting(user["id"]))
    owner.call("group.list", _meta=acting(user["id"]))
    t.equal(name in [one["role"] for one in owner.call("role.list")["items"]], True, "the role in the list")
    t.equal([one["id"] for one in owner.call("user.list", role=name)["items"]], [user["id"]], "who has it")


@case("D02", "nobody hands out more than they have", "8.29", world="main")
def hand_out(t):
    owner = t.line()
    boris, boss = agent(t), owner.call("user.create", name=t.prose(), roles=["manager"])["user"]["id"]
    owner.refuse("user.create", "forbidden", name="x", roles=["admin"], _meta=acting(boris))
    owner.refuse("user.update", "forbidden", user=boris, roles=["manager"], _meta=acting(boris))
    owner.refuse("user.update", "forbidden", user=boss, email="x@example.org", _meta=acting(boris))
    owner.refuse("user.update", "forbidden", user=boris, identity=t.word("i"), _meta=acting(boris))
    owner.refuse("role.create", "forbidden", role=t.word("r"), base="agent", methods=["*"], _meta=acting(boss))
    owner.call("user.create", name=t.prose(), _meta=acting(boris))


@case("D03", "members of a group and their tiers", "8.30", world="main")
def members(t):
    owner, user, other = t.line(), agent(t), agent(t)
    group = owner.call("group.create", name=t.word("g"))["group"]["id"]
    added = owner.call("group.add_member", group=group, user=user, tier=2)
    t.check(added["group"], {"members": [user], "tiers": {user: 2}})
    told(t, "group.member_added", added, {"group": group, "user": user, "tier": 2})
    t.equal("seq" in owner.call("group.add_member", group=group, user=user, tier=2).get("_meta", {}), False, "an event for nothing")
    owner.call("group.add_member", group=group, user=other)
    listed = owner.call("group.members", group=group, tier=1)["items"]
    t.check(listed, [{"user": other, "lead": False, "there": True}])
    t.equal(len(owner.call("group.members", group=group, tier=2)["items"]), 2, "members of tier 2")
    removed = owner.call("group.remove_member", group=group, user=user)
    told(t, "group.member_removed", removed, {"group": group, "user": user})
    t.check(removed["group"], {"members": [other]})
    owner.refuse("group.add_member", "not_found", group=group, user="U-99999999")


@case("D04", "who is away, and who gets the ticket instead", "8.31", "8.32", world="main")
def away(t):
    owner, anna, boris, clara = t.line(), agent(t), agent(t), agent(t)
    gone = owner.call("user.set_availability", user=anna, state="away", until="2099-01-01T00:00:00Z", replacement=boris)
    t.check(gone["user"], {"away": {"until": "2099-01-01T00:00:00.000Z", "replacement": boris}})
    told(t, "user.availability_changed", gone, {"user": anna, "after": {"state": "away", "replacement": boris}})
    ticket = t.ticket()["id"]
    given = owner.call("ticket.assign", ticket=ticket, assignee=anna)
    t.equal(given["ticket"]["assignee"], boris, "who gets it")
    told(t, "ticket.assigned", given, {"instead_of": anna})
    owner.refuse("ticket.assign", "validation_failed", ticket=ticket, assignee=anna, if_away="refuse")
    t.equal(owner.call("ticket.assign", ticket=ticket, assignee=anna, if_away="keep")["ticket"]["assignee"], anna, "kept")
    owner.call("user.set_availability", user=boris, state="away", replacement=anna)
    owner.refuse("ticket.create", "validation_failed", subject="x", requester=t.people().requester, assignee=anna)
    owner.call("user.set_availability", user=boris, state="away", replacement=clara)
    made = owner.call("ticket.create", subject=t.prose(), requester=t.people().requester, assignee=anna)
    t.equal(made["ticket"]["assignee"], clara, "the replacement's replacement")
    back = owner.call("user.set_availability", user=boris, state="available")
    t.equal("away" in back["user"], False, "away")
    for wrong in ({"state": "away", "until": "2001-01-01T00:00:00Z"}, {"state": "away", "replacement": anna},
                  {"state": "available", "replacement": boris}):
        owner.refuse("user.set_availability", "validation_failed", user=anna, **wrong)
    owner.refuse("user.set_availability", "validation_failed", user=t.people().requester, state="away")
    owner.refuse("user.set_availability", "forbidden", user=anna, state="available", _meta=acting(clara))
    owner.call("user.set_availability", user=anna, state="available", _meta=acting(anna))


@case("D05", "who could take a ticket", "8.33", world="main")
def pick(t):
    owner, idle, busy, full, unskilled, gone = t.line(), agent(t), agent(t), agent(t), agent(t), agent(t)
    everybody = [idle, busy, full, unskilled, gone]
    group = owner.call("group.create", name=t.word("g"), members=everybody)["group"]["id"]
    for user in everybody:
        skills = {"vpn": 1} if user == unskilled else {"vpn": 3, "billing": 2}
        done = owner.call("user.set_skills", user=user, skills=skills, capacity=0 if user == full else 10)
    told(t, "user.skills_changed", done, {"user": gone, "capacity": 10, "skills": {"vpn": 3}})
    owner.call("user.set_availability", user=gone, state="away")
    for _ in range(2):
        owner.call("ticket.create", subject=t.prose(), requester=t.people().requester, assignee=busy)
    found = owner.call("agent.pick", group=group, skills={"vpn": 2})
    t.check(found["items"], [{"user": idle, "open_tickets": 0, "capacity": 10}, {"user": busy, "open_tickets": 2}])
    t.equal(owner.call("agent.pick", group=group, skills={"vpn": 5})["items"], [], "nobody is that good")
    owner.refuse("agent.pick", "not_found", group="G-99999999")


@case("D06", "who did what, and what was refused", "8.34", "4.15", world="main")
def audit(t):
    owner, boris = t.line(), agent(t)
    ticket = t.ticket()["id"]
    noted = owner.call("ticket.note", ticket=ticket, text="x", _meta=acting(boris))["_meta"]["seq"]
    items, cursor = [], None
    while not items or cursor:
        page = owner.call("audit.list", user=boris, identity="owner", limit=1, cursor=cursor)
        items, cursor = items + page["items"], page["next_cursor"]
        if items:
            break
    t.check(items[0], {"seq": noted, "actor": f"user/{boris}", "via": "owner", "type": "message.added"})
    of_ticket = owner.call("audit.list", ticket=ticket, types="message.added")["items"]
    t.equal([one["seq"] for one in of_ticket][0], noted, "the newest first")
    t.equal(owner.call("audit.list", to="2001-01-01T00:00:00Z")["items"], [], "before there was anything")
    owner.refuse("key.list", "forbidden", _meta=acting(boris))
    t.check(owner.call("audit.refusals", limit=1)["items"],
            [{"identity": "owner", "on_behalf_of": boris, "method": "key.list", "code": "forbidden"}])


@case("D07", "all that is kept of a person, and forgetting it", "8.35", "8.36", "4.5", world="main")
def forget(t):
    owner, secret = t.line(), t.word("private")
    anna = owner.call("user.create", name=secret, email=f"{secret}@example.org")["user"]["id"]
    ticket = owner.call("ticket.create", subject=secret, text=secret, requester=anna, fields={"note": secret})["ticket"]["id"]
    owner.call("ticket.reply", ticket=ticket, text="from the desk")
    owner.call("feedback.record", ticket=ticket, kind="csat", score=4, user=anna, comment=secret)

    def everything():
        found, cursor = [], None
        while True:
            page = owner.call("person.export", user=anna, cursor=cursor)
            found, cursor = found + page["items"], page["next_cursor"]
            if cursor is None:
                return found

    t.equal([one["kind"] for one in everything()], ["user", "ticket", "message", "feedback"], "kinds")
    erased = owner.call("person.erase", user=anna, subjects=True)
    t.check(erased["user"], {"name": "[erased]", "active": False})
    told(t, "user.erased", erased, {"user": anna, "subjects": True})
    t.until(lambda: secret not in str(everything()), "texts that are gone")
    seen = owner.call("ticket.get", ticket=ticket)["ticket"]
    t.check(seen, {"subject": "[erased]", "fields": {"note": "[erased]"}, "requester": anna})
    texts = [one["text"] for one in owner.call("message.list", ticket=ticket)["items"]]
    t.equal(texts, ["[erased]", "from the desk"], "texts")
    replaced = owner.call("events.read", after_seq=erased["_meta"]["seq"], subject=f"ticket/{ticket}", types="ticket.content_erased")
    t.equal([one["event"]["data"]["subject"] for one in replaced["events"]], [True, False], "what was replaced")
    again = owner.call("person.erase", user=anna)
    t.equal("seq" in again.get("_meta", {}), False, "an event for nothing")
    owner.refuse("person.erase", "not_found", user="U-99999999")
