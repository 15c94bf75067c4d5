"""Hooks: plugins that are asked before a command is done. One kernel, one case after another."""
import time

from conformance.case import case
from conformance.match import ABSENT, INT, TEXT, has, ident

POINTS = {
    "ticket.before_create": "ticket.create", "ticket.before_update": "ticket.set_priority",
    "ticket.before_assign": "ticket.assign",
    "message.before_send": "ticket.reply"}


def hooked(t, identity="plug", point="ticket.before_update", desk=None, **more):
    """A plugin that is asked at a point."""
    line = t.plugin(identity, desk, hooks=[{"point": point, **more}])
    t.check(line.hello, {"granted": {"hooks": [point]}}, "what was granted")
    return line


def priority(caller, ticket, value="high"):
    """Asks for a change that hooks of `ticket.before_update` see."""
    return caller.send("ticket.set_priority", ticket=ticket, priority=value)


def proceed(plugin):
    asked = plugin.request("hook.call")
    plugin.result(asked, action="continue")
    return asked["params"]


def answer_hook(plugin, **result):
    asked = plugin.request("hook.call")
    plugin.result(asked, **result)
    return asked["params"]


@case("H01", "continue, patch, veto", "7.12", "7.13", "7.14", "7.15", "9.7", world="hooks")
def answers(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    t.check(asked["params"], {
        "point": "ticket.before_update", "call_id": TEXT, "method": "ticket.set_priority", "actor": TEXT, "via": "owner",
        "before": {"ticket": {"id": ticket, "priority": "normal", "version": 1}},
        "proposed": {"ticket": ticket, "priority": "high"},
        "deadline_ms": INT})
    plugin.result(asked, action="continue")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})
    number = priority(caller, ticket, "low")
    answer_hook(plugin, action="patch", patch={"priority": "urgent"})
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "urgent"}}})
    number = priority(caller, ticket, "low")
    answer_hook(plugin, action="veto", code="not_today", reason="It is Sunday")
    caller.refusal(number, "vetoed", {"plugin": "plug", "veto_code": "not_today", "reason": "It is Sunday", "retryable": False})
    t.check(caller.call("ticket.get", ticket=ticket), {"ticket": {"priority": "urgent", "version": 3}})


@case("H02", "two plugins: the second sees the patch of the first; order by before and after, else by name", "7.15", "7.17",
      world="hooks")
def order(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    for wishes, first in (({}, "plug"), ({"plug2": {"before": ["plug"]}}, "plug2"), ({"plug": {"after": ["plug2"]}}, "plug2")):
        lines = {name: hooked(t, name, **wishes.get(name, {})) for name in ("plug", "plug2")}
        second = ({"plug", "plug2"} - {first}).pop()
        number = priority(caller, ticket, "low")
        asked = lines[first].request("hook.call")
        t.true(not lines[second].socket.poll(0), f"{second} is asked after {first}")
        lines[first].result(asked, action="patch", patch={"priority": "high"})
        seen = answer_hook(lines[second], action="patch", patch={"priority": "urgent"})
        t.check(seen, {"proposed": {"priority": "high"}, "call_id": asked["params"]["call_id"]}, "what the second sees")
        t.check(caller.answer(number), {"result": {"ticket": {"priority": "urgent"}}})
        number = priority(caller, ticket, "low")
        answer_hook(lines[first], action="veto", code="no", reason="no")
        caller.refusal(number, "vetoed", {"plugin": first})
        for line in lines.values():
            line.call("session.bye")


@case("H03", "before and after that contradict each other: order of name, and a warning", "7.17", "3.6", world="hooks")
def cycle(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    first = hooked(t, "plug", after=["plug2"])
    second = hooked(t, "plug2", after=["plug"])
    t.check(second.hello, {"warnings": has({"code": "hook_cycle"})})
    number = priority(caller, ticket)
    proceed(first)
    proceed(second)
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})


@case("H09", "a plugin that calls while it answers: reads yes, commands no", "7.27", world="hooks")
def reentrant(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    meta = {"hook_id": asked["params"]["call_id"]}
    t.check(plugin.call("ticket.get", ticket=ticket, _meta=meta), {"ticket": {"priority": "normal"}})
    plugin.refuse("ticket.note", "reentrant", ticket=ticket, text="x", _meta=meta)
    plugin.refuse("user.create", "reentrant", name="x", _meta=meta)
    plugin.result(asked, action="continue")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})


@case("H17", "the four points and their commands", "7.11", "7.12", "7.15", world="hooks")
def points(t):
    caller, people = t.line(), t.people()
    plugin = t.plugin("plug", hooks=[{"point": point} for point in POINTS])
    number = caller.send("ticket.create", subject=t.prose(), requester=people.requester)
    t.check(answer_hook(plugin, action="patch", patch={"priority": "urgent", "fields": {"seen": True}}), {
        "point": "ticket.before_create", "method": "ticket.create", "before": ABSENT,
        "proposed": {"requester": people.requester}})
    made = caller.answer(number)["result"]["ticket"]
    t.check(made, {"id": ident("T"), "priority": "urgent", "fields": {"seen": True}})
    ticket = made["id"]
    steps = [
        ("ticket.set_priority", {"priority": "low"}, "ticket.before_update"),
        ("ticket.set_status", {"status": "open"}, "ticket.before_update"),
        ("ticket.assign", {"assignee": people.agent}, "ticket.before_assign"),
        ("ticket.reply", {"text": t.prose()}, "message.before_send"),
        ("ticket.solve", {}, "ticket.before_update"), ("ticket.reopen", {}, "ticket.before_update"),
        ("ticket.solve", {}, "ticket.before_update"),
        ("ticket.close", {}, "ticket.before_update")]
    for method, params, point in steps:
        number = caller.send(method, ticket=ticket, **params)
        seen = answer_hook(plugin, action="continue")
        t.check(seen, {"point": point, "method": method, "before": {"ticket": {"id": ticket}},
            "proposed": {"ticket": ticket, **params}}, method)
        t.check(caller.answer(number), {"result": {"ticket": {"id": ticket}}}, method)
    for method, params in (("ticket.note", {"ticket": ticket, "text": "x"}), ("user.create", {"name": "x"}), (
            "import.apply", {"source": t.word("s"), "items": []})):
        caller.call(method, **params)
    t.true(not plugin.kept and not plugin.socket.poll(100), "other commands ask nobody")


@case("H18", "a reply is patched before it is sent", "7.15", "7.16", world="hooks")
def patched_reply(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t, point="message.before_send")
    number = caller.send("ticket.reply", ticket=ticket, text="hello")
    answer_hook(plugin, action="patch", patch={"text": "hello, signed", "status": "pending", "channel": None})
    t.check(caller.answer(number), {"result": {"message": {"text": "hello, signed"}, "ticket": {"status": "pending"}}})


@case("H19", "a plugin's own commands do not ask its hooks; a replay asks none", "7.23", "7.24", world="hooks")
def own_commands(t):
    caller, key = t.line(), t.word("key")
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    t.check(plugin.call("ticket.set_priority", ticket=ticket, priority="low"), {"ticket": {"priority": "low"}})
    number = caller.send("ticket.set_priority", ticket=ticket, priority="high", _meta={"idempotency_key": key})
    proceed(plugin)
    caller.answer(number)
    again = caller.call("ticket.set_priority", ticket=ticket, priority="high", _meta={"idempotency_key": key})
    t.check(again, {"_meta": {"replayed": True}})
    t.true(not plugin.kept and not plugin.socket.poll(100), "a hook was asked")


@case("H20", "a plugin has 300 ms at most, all hooks of a command one second together", "7.19", "7.22", "10.1", world="hooks")
def budget(t):
    owner, caller = t.line(), t.line("admin")
    ticket = t.ticket(owner)["id"]
    # The kernel's own account may speak for any plugin.
    lines = [t.plugin("owner", name=f"slow{n}", hooks=[{"point": "ticket.before_update", "timeout_ms": 5000}]) for n in range(5)]
    begin = time.monotonic()
    number = priority(caller, ticket)
    deadlines = [line.request("hook.call")["params"]["deadline_ms"] for line in lines[:4]]
    t.true(all(deadline <= 300 for deadline in deadlines) and deadlines[3] <= 100, "the deadlines", deadlines)
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})
    t.true(t.elapsed(begin) < 3, f"it took {t.elapsed(begin):.1f} s")


@case("H21", "a running chain of hooks is cancelled", "6.14", world="hooks")
def cancelled(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    caller.notify("$/cancel", id=number)
    caller.refusal(number, "cancelled")
    plugin.result(asked, action="continue")
    plugin.call("ping")
    t.check(caller.call("ticket.get", ticket=ticket), {"ticket": {"version": 1, "priority": "normal"}})
