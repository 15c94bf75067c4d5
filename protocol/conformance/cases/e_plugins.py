"""Events of plugins."""
from conformance.case import case
from conformance.match import INT, TEXT, WHEN

SCHEMA = {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer", "minimum": 1}},
    "additionalProperties": False}


def publisher(t, *events, identity="plug"):
    return t.plugin(identity, events=[{"type": f"x.{identity}.{name}.v1"} for name in events])


@case("E24", "an event of a plugin: on the bus, in the log", "7.28", "7.29", "4.7", "4.17", "1.18", world="main")
def published(t):
    bus, owner = t.bus("$", "x.").ready(), t.line()
    line = publisher(t, "paged")
    head, word = t.head(owner), t.word("d")
    done = line.call("event.publish", type="x.plug.paged.v1", subject=f"duty/{word}", data={"level": 2})
    t.check(done, {"seq": INT, "_meta": {"seq": done["seq"]}})
    event = bus.topic(f"x.plug.paged/{word}")
    t.check(event.body, {
        "type": "x.plug.paged.v1", "subject": f"duty/{word}", "actor": "plugin/plug", "via": "plug", "time": WHEN,
        "data": {"level": 2},
        "id": TEXT, "sequence": f"{done['seq']:020d}"}, "the body")
    t.equal(event.header.seq, done["seq"], "seq of the header")
    for filters in ({"types": ["x.plug.paged"]}, {"streams": ["x"]}, {"subject": f"duty/{word}"}):
        found = [item["seq"] for item in owner.call("events.read", after_seq=head, limit=500, **filters)["events"]]
        t.true(done["seq"] in found, f"the event is found by {filters}", found)
    ticket = t.ticket(owner)["id"]
    line.call("event.publish", type="x.plug.paged.v1", ticket=ticket, data={"level": 3})
    t.equal(bus.topic("x.plug.paged/T-").body["subject"], f"ticket/{ticket}", "the subject of an event about a ticket")
    line.call("event.publish", type="x.plug.paged.v1", data={"level": 4})
    t.equal(bus.topic("x.plug.paged/plug").body["subject"], "plugin/plug", "the subject of an event about nothing else")


@case("E25", "a type that was not granted", "7.28", "3.6", world="main")
def not_granted(t):
    line = publisher(t, "paged")
    head = t.head(t.line())
    for kind in ("x.plug2.paged.v1", "x.plug.other.v1", "ticket.created", "opora.ticket.created.v1"):
        number = line.send("event.publish", type=kind, data={})
        code = line.answer(number)["error"]["data"]["code"]
        t.true(code == "forbidden" or (code == "invalid_params" and not kind.startswith("x.")), f"{kind} was refused with {code}")
    t.line("plug").refuse("event.publish", "session_required", type="x.plug.paged.v1", data={})
    t.equal(t.line().call("events.read", after_seq=head, types=["x.plug2.paged", "x.plug.other"])["events"], [],
        "events in the log")


@case("E26", "data over 256 KiB, and data that does not fit the schema", "7.30", "10.1", "4.2", world="main")
def refused(t):
    line = t.plugin("plug", events=[{"type": "x.plug.sized.v1", "schema": SCHEMA}, {"type": "x.plug.free.v1"}])
    owner = t.line()
    head = t.head(owner)
    line.refuse("event.publish", "request_too_large", type="x.plug.free.v1", data={"x": "a" * 262_144})
    for data in ({}, {"level": 0}, {"level": "1"}, {"level": 1, "more": 1}):
        line.refuse("event.publish", "invalid_params", type="x.plug.sized.v1", data=data)
    line.refuse("event.publish", "invalid_params", type="x.plug.free.v1", data=[1])
    deep = {}
    for _ in range(40):
        deep = {"a": deep}
    line.refuse("event.publish", "invalid_params", type="x.plug.free.v1", data=deep)
    line.refuse("event.publish", "invalid_params", type="x.plug.free.v1", data={}, subject="no slash")
    line.refuse("event.publish", "not_found", type="x.plug.free.v1", data={}, ticket="T-99999999")
    t.equal(owner.call("events.read", after_seq=head, types=["x.plug.sized", "x.plug.free"])["events"], [], "events in the log")
    line.call("event.publish", type="x.plug.free.v1", data={"x": "a" * 200_000})
    line.call("event.publish", type="x.plug.sized.v1", data={"level": 1})


@case("E28", "event.publish is a command: its key, its place in a batch", "7.31", "6.1", "6.2", world="main")
def repeated(t):
    line, key = publisher(t, "keyed"), t.word("key")
    first = line.call("event.publish", type="x.plug.keyed.v1", data={"n": 1}, _meta={"idempotency_key": key})
    again = line.call("event.publish", type="x.plug.keyed.v1", data={"n": 1}, _meta={"idempotency_key": key})
    t.check(again, {"seq": first["seq"], "_meta": {"replayed": True}})
    line.refuse("event.publish", "idempotency_key_reused", type="x.plug.keyed.v1", data={"n": 2}, _meta={"idempotency_key": key})
    owner = t.line()
    before = t.stats(owner, "ignored_notifications")
    line.notify("event.publish", type="x.plug.keyed.v1", data={"n": 3})
    line.call("ping")
    t.true(t.stats(owner, "ignored_notifications") > before, "without an id it is not run")


@case("E29", "an event in the name of a person", "7.29", "8.14", "8.15", world="main")
def for_a_person(t):
    owner, people = t.line(), t.people()
    line = t.line()
    line.call("session.hello", manifest={"name": "speaker", "events": [{"type": "x.speaker.spoke.v1"}]})
    done = line.call("event.publish", type="x.speaker.spoke.v1", data={}, _meta={"on_behalf_of": people.requester})
    event = owner.call("events.read", after_seq=done["seq"] - 1, limit=1)["events"][0]["event"]
    t.check(event, {"actor": f"user/{people.requester}", "via": "owner", "subject": {"$re": "^plugin/"}})
