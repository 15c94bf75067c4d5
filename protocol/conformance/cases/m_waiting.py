"""Commands and queries that wait: cancelling, deadlines, what is under way, rates."""
import time

from conformance.case import case
from conformance.match import INT, ident, one
from conformance.wire import encode


@case("M13", "cancel: what runs or waits is answered with cancelled, once", "6.14", "6.15", needs=["conformance"])
def cancel(t):
    line, ticket = t.line(), t.ticket()["id"]
    waiting = {
        "a sleep": line.send("conformance.sleep", ms=30_000, _id="sleep", _meta={"deadline_ms": 60_000}),
        "a long poll": line.send("events.read", _id=77, after_seq=t.head(t.line()), types=["policy.created"], wait_ms=25_000)}
    line.call("consumer.ensure", name=(name := t.word("c")), start={"from": "now"}, types=["policy.created"])
    waiting["a fetch"] = line.send("consumer.fetch", _id="fetch", name=name, wait_ms=25_000)
    line.call("ping")
    for what, number in waiting.items():
        begin = time.monotonic()
        line.notify("$/cancel", id=number)
        t.check(line.answer(number), {"error": {"code": -32006, "data": {"code": "cancelled"}}}, what)
        t.true(t.elapsed(begin) < 3, f"{what} took {t.elapsed(begin):.1f} s to cancel")
    line.silence()
    line.call("consumer.delete", name=name)
    t.check(line.call("ticket.get", ticket=ticket), {"ticket": {"version": 1}})


@case("M23", "cancel: one that follows at once finds the request wherever it is", "6.14", "6.15")
def cancel_at_once(t):
    line = t.line()
    head = t.head(line)
    for _ in range(200):
        number = line.send("events.read", after_seq=head, types=["calendar.created"], wait_ms=20_000)
        line.notify("$/cancel", id=number)
        t.check(line.answer(number, 5), {"error": {"data": {"code": "cancelled"}}})
    line.silence()


@case("M14", "cancel: an unknown id, another connection's, one that is answered", "6.16", "6.15", needs=["conformance"])
def cancel_nothing(t):
    line, other = t.line(), t.line()
    for unknown in (12345, "nobody", None, 1.5, {"a": 1}):
        line.notify("$/cancel", id=unknown)
    line.notify("$/cancel")
    line.silence()
    number = line.send("conformance.sleep", ms=600, _id="mine")
    line.call("ping")
    other.notify("$/cancel", id="mine")
    other.call("ping")
    t.check(line.answer(number), {"result": {"$is": "object"}}, "a sleep that another connection cancelled")
    line.notify("$/cancel", id="mine")
    line.silence()


@case("M15", "a deadline that passes before the work is taken", "6.13", needs=["conformance"])
def deadline(t):
    line = t.line()
    begin = time.monotonic()
    line.refuse("conformance.sleep", "deadline_exceeded", ms=8000, _meta={"deadline_ms": 200})
    t.true(t.elapsed(begin) < 5, f"the refusal took {t.elapsed(begin):.1f} s")
    t.check(line.call("conformance.sleep", ms=50, _meta={"deadline_ms": 20_000}), {"$is": "object"})


@case("M16", "in flight: 8 run, more wait unread, then too_many_inflight; others go on", "6.22", "10.1", world="limits")
def inflight(t):
    line, other = t.line(), t.line()
    running = [line.send("conformance.sleep", ms=2500) for _ in range(8)]
    waiting = [line.send("ticket.list", limit=1, _meta={"pad": "x" * 2000}) for _ in range(4)]
    begin = time.monotonic()
    t.check(other.call("ticket.list", limit=1), {"items": {"$is": "array"}})
    t.check(line.call("ping"), {"pong": True}, "what is answered at once does not count")
    t.true(t.elapsed(begin) < 2, "others go on, and ping")
    refused = [line.send("ticket.list", limit=1, _meta={"pad": "x" * 30_000}) for _ in range(6)]
    answers = [line.answer(number) for number in refused]
    over = [answer for answer in answers if "error" in answer]
    t.true(over, "nothing was refused")
    for answer in over:
        t.check(answer, {"error": {"code": -32003,
            "data": {"code": "too_many_inflight", "retryable": True, "retry_after_ms": INT}}})
    for number in running + waiting:
        t.check(line.answer(number), {"result": {"$is": "object"}})
    t.check(line.call("ticket.list", limit=1), {"items": {"$is": "array"}}, "after that")


@case("M19", "cancel: a command in a queue is not done, one that is done is answered as usual", "6.14", "6.15")
def cancel_command(t):
    line = t.line()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    numbers = [line.send("ticket.create", subject="x", requester=t.people().requester,
        organization=organization) for _ in range(200)]
    for number in numbers[::-1]:
        line.notify("$/cancel", id=number)
    answers = [line.answer(number) for number in numbers]
    for answer in answers:
        t.check(answer, one({"result": {"ticket": {"id": ident("T")}}}, {"error": {"data": {"code": "cancelled"}}}))
    line.silence()
    done = {answer["result"]["ticket"]["id"] for answer in answers if "result" in answer}
    listed = line.call("ticket.list", organization=organization, limit=200)["items"]
    t.equal({item["id"] for item in listed}, done, "tickets that are there")


@case("M21", "a rate over which an identity is refused; with two roles the more generous", "6.23", "10.1", world="main", limit=60)
def rate(t):
    line, hasty = t.line("paced"), t.line("hasty")
    numbers = [line.send("user.list", limit=1) for _ in range(12)]
    answers = [line.answer(number) for number in numbers]
    refused = [answer for answer in answers if "error" in answer]
    t.true(2 <= 12 - len(refused) <= 6, f"{12 - len(refused)} of 12 were run with a burst of 3")
    for answer in refused:
        t.check(answer, {"error": {"code": -32003, "data": {"code": "rate_limited", "retryable": True, "retry_after_ms": INT}}})
    # Another connection of the identity has no rate of its own.
    t.line("paced").refuse("user.list", "rate_limited", limit=1)
    for number in [hasty.send("user.list", limit=1) for _ in range(40)]:
        t.check(hasty.answer(number), {"result": {"items": {"$is": "array"}}})
    t.until(lambda: "result" in line.answer(line.send("user.list", limit=1)), "the rate's end")


@case("M22", "positions without deadline: queue, query and plugin call", "6.13", "7.3", world="main")
def deadlines(t):
    plugin, caller = t.plugin("plug", methods=[{"name": "x.plug.slow", "timeout_ms": 30_000}]), t.line()
    begin = time.monotonic()
    number = caller.send("x.plug.slow", _meta={"deadline_ms": 300})
    asked = plugin.request("method.call")
    t.true(asked["params"]["deadline_ms"] <= 300, "the deadline of the call", asked)
    answer = caller.answer(number)
    t.check(answer, {"error": {"data": {"code": one("deadline_exceeded", "provider_timeout")}}})
    t.true(t.elapsed(begin) < 5, "it came in time")
    plugin.result(asked, late=True)
    caller.silence()
    line = t.line()
    line.text(encode({"jsonrpc": "2.0", "id": 5, "method": "ticket.list", "params": {"_meta": {"deadline_ms": 60_000}}}))
    t.check(line.receive(), {"id": 5, "result": {"items": {"$is": "array"}}})
