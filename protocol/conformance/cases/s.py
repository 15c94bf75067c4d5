"""Sessions: greeting, and what is granted."""
import zmq

from conformance.case import case
from conformance.match import INT, TEXT, WHEN, has, least

HELLO = {
    "protocol": {"major": 1, "minor": 0}, "session": {"id": TEXT, "heartbeat_ms": 5000, "expires_after_ms": 15_000},
    "kernel": {"name": "oporad", "version": TEXT, "instance_id": TEXT},
    "log": {"log_id": TEXT, "epoch": INT, "first_seq": least(1), "head_seq": INT},
    "identity": {"name": TEXT, "roles": {"$is": "array"}, "methods": {"$is": "array"}, "streams": {"$is": "array"},
                 "hooks": {"$is": "array"}, "rights": {"$is": "array"}},
    "granted": {"methods": [], "hooks": [], "events": []}, "warnings": [], "server_time": WHEN,
    "limits": {"body_bytes": 1_048_576, "batch": 50, "inflight": INT, "event_bytes": INT, "page_items": 200,
               "fetch_events": 500, "wait_ms": 25_000}}


def warned(hello):
    return sorted(warning["code"] for warning in hello["warnings"])


@case("S01", "plain calls on a fresh connection, without a greeting", "3.1")
def no_greeting(t):
    for method, params in (("ping", {}), ("ticket.list", {"limit": 1}), ("user.create", {"name": t.prose()}),
                           ("consumer.ensure", {"name": t.word("c"), "start": {"from": "now"}})):
        line = t.line()
        t.check(line.call(method, **params), {"$is": "object"}, method)
    name = t.word("c")
    line.call("consumer.ensure", name=name, start={"from": "now"})
    t.check(t.line().call("consumer.fetch", name=name), {"events": {"$is": "array"}})
    for name in [item["name"] for item in line.call("consumer.list")["items"] if t.run_id in item["name"]]:
        line.call("consumer.delete", name=name)


@case("S02", "hello says who is there, what is granted, what holds", "3.3", "10.2")
def hello(t):
    line = t.line()
    name = t.word("p")
    answer = line.call("session.hello", manifest={"name": name})
    t.check(answer, HELLO)
    health = line.call("kernel.health")
    t.check(answer, {"log": {"log_id": health["log_id"], "epoch": health["epoch"]},
        "kernel": {"instance_id": health["instance_id"]}})
    t.check(health, {"sessions": has({"name": name})})
    t.check(answer["identity"], line.call("auth.whoami")["identity"], "the identity")
    line.call("session.bye")


@case("S03", "a newer minor version", "3.5")
def newer_minor(t):
    line = t.line()
    for given in ({"major": 1, "minor": 99}, {"major": 1, "minor": 0}, {"major": 1}):
        answer = line.call("session.hello", manifest={"name": t.word("p")}, protocol=given)
        t.check(answer, {"protocol": {"$exact": True, "major": 1, "minor": 0}})
    line.call("session.bye")


@case("S04", "another major version", "3.4")
def other_major(t):
    line = t.line()
    for major in (2, 0):
        line.refuse("session.hello", "protocol_unsupported", {"supported": [1]}, manifest={"name": "p"},
            protocol={"major": major, "minor": 0})
    line.refuse("session.ping", "session_required")


@case("S05", "what is not granted is a warning, or with strict the end", "3.6", "3.7", "7.25", "8.9", "8.11", world="main")
def not_granted(t):
    wrong = {
        "methods": [{"name": "x.other.verb"}, {"name": "x.plain.a.b"}, {"name": "ticket.get"}, {"name": "x.plain.good"}],
        "hooks": [{"point": "ticket.before_lunch"}, {"point": "ticket.before_create"}],
        "events": [{"type": "x.other.happened.v1"}, {"type": "opora.ticket.created.v1"}, {"type": "x.plain.happened.v1"}]}
    plain = t.plugin("plain", **wrong)
    t.check(plain.hello, {"granted": {"methods": ["x.plain.good"], "hooks": [], "events": ["x.plain.happened.v1"]}})
    t.equal(warned(plain.hello), [
        "event_not_granted", "event_not_granted", "hook_not_granted", "method_not_granted", "method_not_granted",
        "method_not_granted",
        "unknown_hook"], "the warnings")
    session = plain.hello["session"]["id"]
    for name, value in wrong.items():
        plain.refuse("session.hello", "invalid_params", manifest={"name": "plain", "methods": [], name: value}, strict=True)
    # What failed changed nothing.
    number = t.line().send("x.plain.good")
    t.check(plain.request("method.call"), {"id": TEXT}, f"the call {number}")
    good = plain.call("session.hello", manifest={"name": "plain", "methods": [{"name": "x.plain.good"}]}, strict=True)
    t.check(good, {"session": {"id": session}, "warnings": []})
    fresh = t.line("plain")
    fresh.refuse("session.hello", "invalid_params", manifest={"name": "plain", "hooks": wrong["hooks"]}, strict=True)
    fresh.refuse("session.ping", "session_required")


@case("S06", "an event type of another plugin is not granted", "3.6", world="main")
def foreign_event_type(t):
    plug = t.plugin("plug", events=[{"type": "x.plug2.happened.v1"}])
    t.check(plug.hello, {"granted": {"events": []}, "warnings": [{"code": "event_not_granted", "detail": TEXT}]})


@case("S07", "a second hello on the same connection", "3.8", world="main")
def second_hello(t):
    first, second = t.word("a").replace("-", "_"), t.word("b").replace("-", "_")
    line = t.plugin("plug", methods=[{"name": f"x.plug.{first}"}])
    again = line.call("session.hello", manifest={"name": "plug", "methods": [{"name": f"x.plug.{second}"}]})
    t.check(again, {"session": {"id": line.hello["session"]["id"]}, "granted": {"methods": [f"x.plug.{second}"]}})
    caller = t.line()
    caller.refuse(f"x.plug.{first}", "provider_offline")
    number = caller.send(f"x.plug.{second}")
    line.result(line.request("method.call"), done=True)
    t.check(caller.answer(number), {"result": {"done": True}})


@case("S12", "a second kernel on the same folders", "1.5", world="own")
def second_kernel(t):
    first = t.own()
    line = t.line()
    for folders in ((first.data, first.run), (first.data, first.folder / "other"), (first.folder / "more", first.run)):
        second = t.own(start=False)
        second.data, second.run = folders
        second.spawn()
        t.equal(second.ending(), 75, "the status of a second kernel")
    t.check(line.call("ping"), {"pong": True})
    t.check(t.line().call("kernel.health"), {"pid": first.process.pid})


@case("S13", "a peer gets nothing but answers before it has said hello", "3.9", world="main")
def nothing_before_hello(t):
    line, caller = t.line("plug"), t.line()
    line.call("ping")
    caller.refuse("x.plug.before_hello", "provider_offline")
    t.true(not line.socket.poll(200), "something came before hello")


@case("S19", "the other warnings of a hello", "3.6", "7.5", world="main")
def other_warnings(t):
    odd = {"type": "object", "patternProperties": {}, "format": "x"}
    plug = t.line("plug").call(
        "session.hello", manifest={"name": "plug", "methods": [{"name": "x.plug.odd", "params_schema": odd}]},
        library="pyzmq 20 / libzmq 4.2.5")
    t.check(plug, {"granted": {"methods": ["x.plug.odd"]},
        "warnings": has({"code": "schema_keyword_ignored"}, {"code": "library_old"})})
    fine = t.line("plug").call("session.hello", manifest={"name": "plug"}, library=f"pyzmq / libzmq {zmq.zmq_version()}")
    t.equal(fine["warnings"], [], "warnings of a library that is new enough")
    narrow = t.line("narrow").call("session.hello", manifest={"name": "narrow", "consumers": ["narrow"]})
    t.check(narrow, {"warnings": [{"code": "stream_not_granted"}]})
    t.line("narrow").refuse("session.hello", "invalid_params", manifest={"name": "narrow", "consumers": ["narrow"]}, strict=True)
    t.check(t.line("plug").call("session.hello", manifest={"name": "plug"}, library="libzmq 4.2.5", strict=True),
        {"session": {"id": TEXT}})


@case("S20", "a manifest that asks for too much", "10.1", "3.7", world="main")
def too_much(t):
    line = t.line("plug")
    for name, entry in (("methods", {"name": "x.plug.a"}), ("hooks", {"point": "nowhere"}), ("events", {"type": "x.plug.a.v1"}),
                        ("consumers", "c")):
        line.refuse("session.hello", "invalid_params", manifest={"name": "plug", name: [entry] * 201})
    line.refuse("session.hello", "invalid_params", manifest={"name": "plug", "methods": "all"})
    line.refuse("session.hello", "invalid_params", manifest={})
    line.refuse("session.ping", "session_required")
