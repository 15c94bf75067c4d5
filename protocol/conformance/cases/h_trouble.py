"""Hooks: plugins that fail, and what is done then."""
import time

from conformance.case import case
from conformance.cases.h import answer_hook, hooked, priority, proceed
from conformance.match import ABSENT


@case("H04", "a plugin that is silent: the command goes on", "7.19", "7.20", "7.11", "10.1", world="hooks")
def silent(t):
    caller = t.line()
    head, ticket = t.head(caller), t.ticket(caller)["id"]
    plugin = hooked(t, timeout_ms=250)
    begin = time.monotonic()
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    t.true(1 <= asked["params"]["deadline_ms"] <= 250, "the deadline", asked["params"])
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})
    t.true(0.15 < t.elapsed(begin) < 3, f"it took {t.elapsed(begin):.2f} s")
    event = t.system(caller, head, "hook_failed", plugin="plug", point="ticket.before_update", reason="timeout", policy="open")
    t.equal(event["subject"], "plugin/plug", "the subject")


@case("H05", "on_failure closed: a silent plugin stops the command, and so does a bad one", "7.20", "7.13", world="hooks")
def closed(t):
    caller, people = t.line(), t.people()
    head, ticket = t.head(caller), t.ticket(caller)["id"]
    plugin = hooked(t, point="ticket.before_assign", timeout_ms=200)
    number = caller.send("ticket.assign", ticket=ticket, group=people.group)
    plugin.request("hook.call")
    caller.refusal(number, "provider_timeout", {"retryable": True})
    number = caller.send("ticket.assign", ticket=ticket, group=people.group)
    answer_hook(plugin, action="perhaps")
    caller.refusal(number, "provider_error")
    t.check(caller.call("ticket.get", ticket=ticket), {"ticket": {"group": ABSENT, "version": 1}})
    for reason in ("timeout", "malformed"):
        t.system(caller, head, "hook_failed", plugin="plug", point="ticket.before_assign", reason=reason, policy="closed")
    number = caller.send("ticket.assign", ticket=ticket, group=people.group)
    t.check(answer_hook(plugin, action="continue"), {"before": {"ticket": {"id": ticket}}, "proposed": {"group": people.group}})
    t.check(caller.answer(number), {"result": {"ticket": {"group": people.group}}})


@case("H06", "answers that are none", "7.13", "7.20", "7.22", world="hooks", limit=60)
def malformed(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    bad = [
        b'{"jsonrpc":"2.0","id":ID,"error":{"code":1,"message":"no"}}', b'{"jsonrpc":"2.0","id":ID,"result":{}}',
        b'{"jsonrpc":"2.0","id":ID,"result":"x"}', b'{"jsonrpc":"2.0","id":ID,"result":{"action":7}}',
        b'{"jsonrpc":"2.0","id":ID,"result":null}',
        b'{"jsonrpc":"2.0","id":ID,"result":{"action":"patch"}}',
        b'{"jsonrpc":"2.0","id":ID,"result":{"action":"patch","patch":[1]}}',
        b'{"jsonrpc":"2.0","id":ID,"result":{"action":"veto"}}',
        b'{"jsonrpc":"2.0","id":ID,"result":{"action":"veto","code":"a","reason":"' + b"x" * 501 + b'"}}',
        b'{"jsonrpc":"2.0","id":ID,"result":{"action":"patch","patch":{"priority":"' + b"y" * 2_000_000 + b'"}}}']
    values = ("high", "low")
    for index, body in enumerate(bad):
        head = t.head(caller)
        plugin = hooked(t)
        number = priority(caller, ticket, values[index % 2])
        asked = plugin.request("hook.call")
        plugin.text(body.replace(b"ID", b'"' + asked["id"].encode() + b'"'))
        t.check(caller.answer(number), {"result": {"ticket": {"priority": values[index % 2]}}}, f"after {body[:80]}")
        event = t.system(caller, head, "hook_failed", plugin="plug", policy="open")
        t.true(event["data"]["reason"] in ("error", "malformed", "timeout"), "the reason", event["data"])
        # A success ends the row of failures, so that the breaker stays out of this.
        number = priority(caller, ticket, "normal")
        proceed(plugin)
        t.check(caller.answer(number), {"result": {"ticket": {"priority": "normal"}}})
        plugin.close()
    t.check(caller.call("ping"), {"pong": True})


@case("H07", "a plugin that goes away while it is asked", "7.20", "7.22", world="hooks")
def goes_away(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    number = priority(caller, ticket)
    plugin.request("hook.call")
    plugin.close()
    begin = time.monotonic()
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}}})
    t.true(t.elapsed(begin) < 3, f"it took {t.elapsed(begin):.1f} s")


@case("H08", "an answer that comes twice or too late", "7.26", world="hooks")
def twice_and_late(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t, timeout_ms=200)
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    plugin.result(asked, action="patch", patch={"priority": "urgent"})
    plugin.result(asked, action="veto", code="late", reason="late")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "urgent"}}})
    number = priority(caller, ticket, "low")
    asked = plugin.request("hook.call")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "low"}}})
    plugin.result(asked, action="patch", patch={"priority": "high"})
    plugin.call("ping")
    t.check(caller.call("ticket.get", ticket=ticket), {"ticket": {"priority": "low"}})


@case("H10", "a patch of what may not be touched, or that the command refuses", "7.16", world="hooks")
def forbidden_patch(t):
    caller = t.line()
    ticket, other = t.ticket(caller)["id"], t.ticket(caller)["id"]
    plugin = hooked(t)
    values = ("high", "low")
    for index, patch in enumerate(({"ticket": other}, {"expected_version": 1}, {"priority": "sky"}, {"subject": "x"},
        {"nonsense": 1})):
        head = t.head(caller)
        number = priority(caller, ticket, values[index % 2])
        answer_hook(plugin, action="patch", patch=patch)
        t.check(caller.answer(number), {"result": {"ticket": {"id": ticket, "priority": values[index % 2]}}},
            f"with the patch {patch}")
        t.system(caller, head, "hook_failed", plugin="plug", reason="malformed", policy="open")
        number = priority(caller, ticket, "normal")
        proceed(plugin)
        caller.answer(number)
    t.check(caller.call("ticket.get", ticket=other), {"ticket": {"version": 1}})


@case("H11", "the ticket moves while a plugin is asked: once more, then version_conflict", "7.18", world="hooks")
def moved(t):
    caller, other = t.line(), t.line("plug2")
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    number = priority(caller, ticket)
    asked = plugin.request("hook.call")
    other.call("ticket.assign", ticket=ticket, group=t.people().group)
    plugin.result(asked, action="continue")
    again = plugin.request("hook.call")
    t.check(again["params"], {"before": {"ticket": {"version": 2, "group": t.people().group}}}, "the second time")
    plugin.result(again, action="continue")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high", "version": 3}}})
    number = priority(caller, ticket, "low")
    for group in (None, t.people().group):
        asked = plugin.request("hook.call")
        other.call("ticket.assign", ticket=ticket, group=group)
        plugin.result(asked, action="continue")
    caller.refusal(number, "version_conflict", {"current_version": 5})


@case("H12", "five failures in a row: skipped for 60 s", "7.21", world="hooks", limit=60)
def breaker(t):
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    plugin = hooked(t)
    values = ("high", "low")
    for index in range(5):
        number = priority(caller, ticket, values[index % 2])
        answer_hook(plugin, action="bad")
        caller.answer(number)
    number = priority(caller, ticket, "urgent")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "urgent"}}})
    plugin.call("ping")
    t.true(not plugin.kept and not plugin.socket.poll(0), "the plugin was asked though the breaker is open")
    for _ in range(7):
        caller.call("conformance.advance", ms=9000)
        plugin.call("session.ping")
    number = priority(caller, ticket, "normal")
    proceed(plugin)
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "normal"}}})


@case("H22", "the operator's order wins; after a crash the hooks are asked again", "7.17", "7.24", world="own")
def operators_order(t):
    desk = t.own({"hooks": {"ticket.before_update": {"order": ["plug2", "plug"]}}})
    caller = t.line()
    ticket = t.ticket(caller)["id"]
    lines = {name: hooked(t, name, **({"before": ["plug2"]} if name == "plug" else {})) for name in ("plug", "plug2")}
    meta = {"idempotency_key": "k"}
    number = caller.send("ticket.set_priority", ticket=ticket, priority="high", _meta=meta)
    proceed(lines["plug2"])
    first = lines["plug"].request("hook.call")["params"]
    desk.kill()
    desk.start()
    for name in lines:
        lines[name] = hooked(t, name)
    caller = t.line()
    number = caller.send("ticket.set_priority", ticket=ticket, priority="high", _meta=meta)
    proceed(lines["plug2"])
    again = proceed(lines["plug"])
    t.equal(again["call_id"], first["call_id"], "the call_id of the repeated command")
    t.check(caller.answer(number), {"result": {"ticket": {"priority": "high"}, "_meta": {"replayed": ABSENT}}})
