"""JSON-RPC at its edges: what needs more than a table."""
import time

from conformance.case import case
from conformance.match import INT, has, ident
from conformance.wire import encode


def ping(number):
    return {"jsonrpc": "2.0", "id": number, "method": "ping"}


@case("K16", "rpc.discover lists what the caller may call and nothing else", "2.20", "8.8", world="main")
def discover(t):
    def names(identity):
        found = t.line(identity).call("rpc.discover")
        t.check(found, {"openrpc": {"$re": r"^1\.\d+\.\d+$"},
            "info": {"title": {"$is": "string"}, "version": {"$re": r"^1\.\d+"}}})
        for method in found["methods"]:
            t.check(method, {"name": {"$is": "string"}, "params": {"$is": "array"}, "result": {"$is": "object"}}, "a method")
        return {method["name"] for method in found["methods"]}

    plugin = t.plugin("plug", methods=[{"name": "x.plug.shown"}])
    admin, watcher, partner = names("admin"), names("watcher"), names("partner")
    t.true({"ticket.create", "key.create", "x.plug.shown", "events.read"} <= admin, "the operator sees all", admin)
    t.true({"ticket.get", "ticket.list", "events.read", "x.plug.shown"} <= watcher, "a reporter sees what it reads", watcher)
    t.true(not {"ticket.create", "key.create", "auth.reload"} & watcher, "a reporter sees no command", watcher)
    t.true("ticket.create" in partner and not {"x.plug.shown", "events.read", "user.create"} & partner, "an integrator", partner)
    plugin.call("session.bye")
    t.true("x.plug.shown" not in names("admin"), "a method is listed while its plugin is there")


@case("K17", "a batch of 50, and one of 51", "2.24", "9.8.9")
def batch_size(t):
    line = t.line()
    answers = line.batch(*(ping(number) for number in range(50)))
    t.equal([answer["id"] for answer in answers], list(range(50)), "the ids of the answers")
    word = t.word("x")
    people = t.people()
    create = ("ticket.create", {"subject": t.prose(), "requester": people.requester, "external_id": word})
    line.text(encode([{"jsonrpc": "2.0", "id": 0, "method": create[0], "params": create[1]}, *(ping(n) for n in range(1, 51))]))
    t.check(line.receive(), {"id": None, "error": {"code": -32600, "data": {"code": "batch_too_large"}}})
    t.equal(line.call("ticket.list", external_id=word)["items"], [], "tickets of a batch that was refused")


@case("K20", "entries of a batch run in order: a query sees the commands before it", "2.26", "2.27", "2.23")
def batch_order(t):
    line, people = t.line(), t.people()
    for _ in range(5):
        word, subject = t.word("x"), t.prose()
        made, listed, again, bad, listed_again = line.batch(
            ("ticket.create", {"subject": subject, "requester": people.requester, "external_id": word}),
            ("ticket.list", {"external_id": word}),
            ("ticket.create", {"subject": t.prose(), "requester": people.requester, "external_id": word + "-2"}),
            ("ticket.get", {"ticket": "T-999999999"}),
            ("ticket.list", {"external_id": word + "-2"}))
        t.check(made, {"result": {"ticket": {"id": ident("T")}, "_meta": {"seq": INT}}})
        t.check(listed, {"result": {"items": [{"id": made["result"]["ticket"]["id"]}]}}, "a list after the create in the batch")
        t.check(bad, {"error": {"data": {"code": "not_found"}}}, "one refusal")
        t.check(listed_again, {"result": {"items": [{"id": again["result"]["ticket"]["id"]}]}}, "a refusal leaves the others")


@case("K22", "a command without id is not run", "2.13", "2.14")
def mutating_notification(t):
    line, people = t.line(), t.people()
    before = t.stats(line, "ignored_notifications")
    word = t.word("x")
    line.notify("ticket.create", subject=t.prose(), requester=people.requester, external_id=word)
    line.notify("ticket.list")
    line.silence()
    t.equal(line.call("ticket.list", external_id=word)["items"], [], "tickets of a notification")
    t.true(t.stats(line, "ignored_notifications") >= before + 2, "ignored notifications are counted")


@case("K23", "64 levels are read, 65 are not", "2.4", "2.5", "9.8.6")
def nesting(t):
    line = t.line()

    def nested(depth):
        # The request and its params are two levels, _meta a third.
        inner = "[" * (depth - 3) + "]" * (depth - 3)
        return f'{{"jsonrpc":"2.0","id":1,"method":"ping","params":{{"_meta":{{"x":{inner}}}}}}}'.encode()

    line.text(nested(64))
    t.check(line.receive(), {"id": 1, "result": {"pong": True}})
    for body in (nested(65), b"[" * 65 + b"]" * 65, b"[" * 100_000, b'{"a":' * 50_000):
        line.text(body)
        t.check(line.receive(), {"id": None, "error": {"code": -32700, "data": {"fault": "too_deep"}}})


@case("K31", "10,000 pings one after another without waiting", "2.1", "2.10", heavy=True)
def pipelined(t):
    line = t.line(quiet=True)
    for number in range(10_000):
        line.text(b'{"jsonrpc":"2.0","id":%d,"method":"ping"}' % number)
    ids = {line.receive()["id"] for _ in range(10_000)}
    t.true(ids == set(range(10_000)), f"{len(ids)} ids came back")


@case("K38", "what is answered at once does not wait for what takes long", "2.21", "13.2", needs=["conformance"])
def at_once(t):
    line = t.line()
    slow = [line.send("conformance.sleep", ms=1500) for _ in range(8)]
    begin = time.monotonic()
    for method in ("ping", "rpc.discover", "kernel.health"):
        line.call(method)
    t.true(t.elapsed(begin) < 1.2, f"ping, rpc.discover and kernel.health took {t.elapsed(begin):.1f} s")
    line.call("session.bye")
    for number in slow:
        t.check(line.answer(number), {"result": {"$is": "object"}})


@case("K39", "ping, session.* and rpc.discover need no right", "2.21", world="main")
def no_right(t):
    line = t.line("mover")
    t.check(line.call("ping"), {"pong": True})
    t.check(line.call("rpc.discover"), {"methods": has({"name": "ticket.get"})})
    t.check(line.call("session.hello", manifest={"name": "mover"}), {"identity": {"name": "mover"}})
    t.check(line.call("session.ping"), {"instance_id": {"$is": "string"}, "time": {"$is": "time"}})
    t.equal(line.call("session.bye"), {}, "the answer to session.bye")


@case("K40", "an answer in a batch is taken as if it had come alone", "2.28", world="main")
def answer_in_batch(t):
    plugin = t.plugin("plug", methods=[{"name": "x.plug.batched"}])
    caller = t.line()
    number = caller.send("x.plug.batched")
    asked = plugin.request("method.call")
    plugin.text(encode([{"jsonrpc": "2.0", "id": asked["id"], "result": {"ok": 1}}, ping("p")]))
    t.check(caller.answer(number), {"result": {"ok": 1}})
    t.check(plugin.receive(), [{"id": "p", "result": {"pong": True}}], "the batch's answer")


@case("K41", "the answer to a batch has at most 3 MiB", "2.30", limit=60)
def large_batch(t):
    line = t.line()
    text = t.prose() + " x" * 95_000
    ticket = t.ticket(line)["id"]
    for _ in range(3):
        line.call("ticket.note", ticket=ticket, text=text)
    answers = line.batch(*[("message.list", {"ticket": ticket})] * 49, ("ping", {}))
    t.equal(len(answers), 50, "answers")
    full = [answer for answer in answers if "result" in answer]
    cut = [answer for answer in answers if "error" in answer]
    t.true(len(full) >= 3 and len(cut) >= 20, f"{len(full)} answers fit and {len(cut)} do not")
    for answer in cut:
        t.check(answer, {"error": {"code": -32004, "data": {"code": "response_too_large"}}})
    size = sum(len(encode(answer)) for answer in answers)
    t.true(size <= 3 * 1_048_576 + 60 * 400, f"the answer has {size} bytes")


@case("K42", "results are objects", "2.18")
def objects(t):
    line = t.line()
    for method in ("ping", "kernel.health", "kernel.stats", "rpc.discover", "auth.whoami", "ticket.list", "consumer.list"):
        t.check({"result": line.call(method)}, {"result": {"$is": "object"}}, method)
