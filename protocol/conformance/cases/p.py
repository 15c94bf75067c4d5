"""Methods of plugins, progress and cancelling through them."""
import time

from conformance.case import case
from conformance.match import ABSENT, INT, has
from conformance.wire import encode

NUMBER = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 1}},
    "additionalProperties": False}


def provider(t, verb, identity="plug", capabilities=None, **more):
    """A plugin with one method of its own; the method's full name."""
    name = f"x.{identity}.{verb}_{t.run_id}"
    return t.plugin(identity, methods=[{"name": name, **more}], capabilities=capabilities), name


@case("H13", "a method of a plugin", "7.2", "7.1", "7.10", "1.14", world="main")
def called(t):
    plugin, name = provider(t, "echo")
    owner, partner, people = t.line(), t.line("watcher"), t.people()
    number = owner.send(name, a=1, b={"c": [True, None]}, _meta={"causation": "x"})
    asked = plugin.request("method.call")
    t.check(asked["params"], {
        "name": name, "params": {"$exact": True, "a": 1, "b": {"c": [True, None]}}, "caller": "owner", "user": people.agent,
        "deadline_ms": INT,
        "progress_token": ABSENT})
    plugin.result(asked, echo=asked["params"]["params"])
    t.check(owner.answer(number), {"result": {"echo": {"a": 1}}})
    number = partner.send(name)
    asked = plugin.request("method.call")
    t.check(asked["params"], {"caller": "watcher", "user": ABSENT, "params": {}})
    # The caller's rights are not the plugin's.
    plugin.refuse("import.apply", "forbidden", source="s", items=[])
    plugin.result(asked)
    t.check(partner.answer(number), {"result": {"$is": "object"}})


@case("H14", "a method that is offline, slow, or answers badly", "7.3", "7.4", "7.6", "7.7", "10.1", world="main")
def trouble(t):
    caller = t.line()
    begin = time.monotonic()
    caller.refuse("x.plug.nobody_offers_this", "provider_offline", {"retryable": True})
    t.true(t.elapsed(begin) < 2, "offline is answered at once")
    plugin, name = provider(t, "bad", timeout_ms=400)
    number = caller.send(name)
    asked = plugin.request("method.call")
    t.true(asked["params"]["deadline_ms"] <= 400, "the deadline", asked["params"])
    t.check(caller.answer(number), {"error": {"code": -32011, "data": {"code": "provider_timeout", "retryable": True}}})
    for result in ('"text"', "[1]", "7", "null"):
        number = caller.send(name)
        asked = plugin.request("method.call")
        plugin.text(f'{{"jsonrpc":"2.0","id":"{asked["id"]}","result":{result}}}'.encode())
        caller.refusal(number, "provider_error")
    for error, code in (
            ({"code": 1001, "message": "no such page", "data": {"code": "not_found", "retryable": False}}, "not_found"),
            ({"code": -32602, "message": "what?", "data": {"code": "invalid_params", "retryable": False}}, "invalid_params"),
            ({"code": 77, "message": "broken"}, "provider_error"), ("text", "provider_error"),
            ({"code": 5, "message": "odd", "data": {"code": "unheard_of"}}, "provider_error")):
        number = caller.send(name)
        asked = plugin.request("method.call")
        plugin.text(_error(asked, error))
        answer = caller.answer(number)
        t.check(answer, {"error": {"message": {"$is": "string"}, "data": {"code": code}}}, f"after {error}")
        if isinstance(error, dict) and error["message"] != "what?":
            t.true(error["message"] in answer["error"]["message"], "the plugin's message", answer)


def _error(asked, error):
    return encode({"jsonrpc": "2.0", "id": asked["id"], "error": error})


@case("H15", "a name outside one's own", "7.1", "3.6", world="main")
def own_names(t):
    plugin = t.plugin("plug", methods=[{"name": "x.plug2.stolen"}, {"name": "x.plugged.stolen"}])
    t.equal(plugin.hello["granted"]["methods"], [], "granted")
    t.line().refuse("x.plug2.stolen", "provider_offline")
    speaker = t.line()
    hello = speaker.call("session.hello", manifest={"name": "anybody", "methods": [{"name": "x.anybody.speaks"}]})
    t.equal(hello["granted"]["methods"], ["x.anybody.speaks"], "the kernel's own account may speak for any plugin")
    speaker.call("session.bye")


@case("H16", "a caller without the right", "8.8", "7.2", world="main")
def no_right(t):
    plugin, name = provider(t, "secret")
    for identity in ("partner", "narrow"):
        t.line(identity).refuse(name, "forbidden")
        t.line(identity).refuse("x.plug.not_there_at_all", "forbidden")
    plugin.call("ping")
    t.true(not plugin.kept, "the plugin was called")


@case("P01", "parameters and results are checked against the manifest's schemas", "7.5", "7.6", world="main")
def schemas(t):
    plugin, name = provider(t, "checked", params_schema=NUMBER,
        result_schema={"type": "object", "required": ["ok"], "properties": {"ok": {"const": True}}})
    caller = t.line()
    for params, path in (({}, "/n"), ({"n": "1"}, "/n"), ({"n": 0}, "/n"), ({"n": 1, "m": 2}, "/m")):
        caller.refuse(name, "invalid_params", {"details": has({"path": path})}, **params)
    plugin.call("ping")
    t.true(not plugin.kept, "the plugin was called with wrong parameters")
    for result, good in (({"ok": True}, True), ({"ok": 1}, False), ({}, False)):
        number = caller.send(name, n=1)
        plugin.result(plugin.request("method.call"), **result)
        t.check(caller.answer(number), {"result": {"ok": True}} if good else {"error": {"data": {"code": "provider_error"}}})


@case("P02", "every keyword of the subset", "7.5", world="main")
def keywords(t):
    rules = {
        "type": "object", "properties": {
            "e": {"enum": ["a", 1, None]}, "c": {"const": {"x": [1]}},
            "i": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 2},
            "r": {"minimum": -1, "maximum": 1.5}, "s": {"type": "string", "minLength": 2, "maxLength": 3},
            "u": {"type": ["string", "null"]},
            "o": {"type": "object", "required": ["k"], "additionalProperties": {"type": "boolean"}}, "z": {"type": "integer"}}}
    plugin, name = provider(t, "words", params_schema=rules)
    t.equal(plugin.hello["warnings"], [], "warnings")
    caller = t.line()
    bad = [{"e": "b"}, {"e": True}, {"c": {"x": [2]}}, {"i": []}, {"i": [1, 2, 3]}, {"i": ["1"]}, {"r": -2}, {"r": 1.6},
        {"s": "a"}, {"s": "abcd"},
           {"u": 1}, {"o": {}}, {"o": {"k": 1}}, {"z": 1.5}]
    for params in bad:
        caller.refuse(name, "invalid_params", **params)
    good = [{"e": None}, {"e": 1}, {"c": {"x": [1]}}, {"i": [1, 2.5]}, {"r": 1.5}, {"s": "\u044f\u044f\u044f"}, {"u": None},
        {"o": {"k": True, "l": False}}, {"z": 7}]
    for params in good:
        number = caller.send(name, **params)
        plugin.result(plugin.request("method.call"))
        t.check(caller.answer(number), {"result": {"$is": "object"}}, f"with {params}")


@case("P03", "the schemas of a method stand in rpc.discover", "7.9", "2.20", world="main")
def discovered(t):
    _, name = provider(t, "shown", summary="Shows something", params_schema=NUMBER)
    methods = {method["name"]: method for method in t.line().call("rpc.discover")["methods"]}
    t.true(name in methods, f"{name} is listed")
    t.check(methods[name]["params"], has({"name": "n", "required": True, "schema": {"type": "integer", "minimum": 1}}),
        "its parameters")
    t.check(methods[name], {"summary": "Shows something"})


@case("P04", "only the first answer counts, and only from the plugin that was asked", "7.8", world="main")
def first_answer(t):
    plugin, name = provider(t, "raced")
    other, caller = t.plugin("plug2"), t.line()
    number = caller.send(name)
    asked = plugin.request("method.call")
    for thief in (other, t.line(), caller):
        thief.result(asked, from_="thief")
        thief.call("ping")
    plugin.result(asked, from_="plug")
    plugin.result(asked, from_="again")
    plugin.call("ping")
    t.check(caller.answer(number), {"result": {"from_": "plug"}})
    caller.silence()


@case("P05", "several sessions offer a method: the one heard last; one that goes away during the call", "7.4", "3.17",
      world="main")
def several(t):
    name = f"x.plug.shared_{t.run_id}"
    first = t.plugin("plug", methods=[{"name": name}], instance="one")
    second = t.plugin("plug", methods=[{"name": name}], instance="two")
    caller = t.line()
    for line in (first, second, first):
        line.call("session.ping")
        # Two signs of life in one millisecond could not be told apart.
        heard = line.call("ping")["time"]
        t.until(lambda heard=heard: caller.call("ping")["time"] > heard, "the next millisecond")
        number = caller.send(name)
        line.result(line.request("method.call"), by=1)
        t.check(caller.answer(number), {"result": {"by": 1}})
    number = caller.send(name)
    first.request("method.call")
    first.call("session.bye")
    t.check(caller.answer(number), {"error": {"data": {"code": "provider_offline"}}})
    number = caller.send(name)
    second.result(second.request("method.call"), by=2)
    t.check(caller.answer(number), {"result": {"by": 2}})


@case("P06", "progress comes with the caller's own token, while the call is under way", "6.18", "6.19", "6.20", world="main")
def progress(t):
    plugin, name = provider(t, "long", capabilities={"progress": True})
    caller, other = t.line(), t.line()
    for token in ("mine-\u20ac", 42):
        number = caller.send(name, _meta={"progress_token": token})
        asked = plugin.request("method.call")
        key = asked["params"]["progress_token"]
        t.equal(key, asked["id"], "the token of method.call is its id")
        plugin.notify("$/progress", token=key, done=1, total=3, note="one")
        t.check(caller.request("$/progress"),
            {"id": ABSENT, "params": {"$exact": True, "token": token, "done": 1, "total": 3, "note": "one"}})
        for bad in ({"done": -1}, {"done": "1"}, {"done": 1, "total": -1}, {}, {"done": 1, "note": 7}):
            plugin.notify("$/progress", token=key, **bad)
        plugin.notify("$/progress", token="k-999999999", done=1)
        other.notify("$/progress", token=key, done=9)
        other.call("ping")
        plugin.notify("$/progress", token=key, done=2.5, note="n" * 201)
        t.check(caller.request("$/progress"), {"params": {"$exact": True, "token": token, "done": 2.5, "note": "n" * 200}},
            "the next that is well-formed")
        plugin.result(asked)
        plugin.notify("$/progress", token=key, done=3)
        plugin.call("ping")
        t.check(caller.answer(number), {"result": {"$is": "object"}})
        caller.silence()
        other.silence()


@case("P07", "no progress without a token; and none where the plugin did not say that it can", "6.18", "6.19", "6.20",
      world="main")
def no_progress(t):
    plugin, name = provider(t, "mute")
    caller = t.line()
    for meta in ({}, {"progress_token": "t"}):
        number = caller.send(name, _meta=meta)
        asked = plugin.request("method.call")
        plugin.notify("$/progress", token=asked["id"], done=1)
        plugin.call("ping")
        plugin.result(asked)
        t.check(caller.receive(), {"id": number, "result": {"$is": "object"}}, "the first message")
    for token in ("x" * 129, 1.5, {}, True):
        caller.refuse(name, "invalid_params", _meta={"progress_token": token})


@case("P08", "a cancelled call of a plugin method", "6.14", "6.17", world="main")
def cancelled(t):
    caller = t.line()
    for capabilities in ({"cancel": True}, {}):
        plugin, name = provider(t, "stop", capabilities=capabilities)
        number = caller.send(name)
        asked = plugin.request("method.call")
        caller.notify("$/cancel", id=number)
        caller.refusal(number, "cancelled")
        if capabilities:
            t.check(plugin.request("$/cancel"), {"id": ABSENT, "params": {"id": asked["id"]}})
        plugin.result(asked, late=True)
        plugin.call("ping")
        t.true(not plugin.kept, "what came besides", list(plugin.kept))
        caller.silence()
        plugin.call("session.bye")


@case("P09", "a plugin method called without id is not run", "2.14", world="main")
def without_id(t):
    plugin, name = provider(t, "quiet")
    caller = t.line()
    caller.notify(name, a=1)
    caller.silence()
    plugin.call("ping")
    t.true(not plugin.kept, "the plugin was called")


@case("P10", "a plugin that calls another one, and is called meanwhile", "7.2", "7.10", world="main")
def chained(t):
    first, outer = provider(t, "outer")
    second, inner = provider(t, "inner", identity="plug2")
    caller = t.line()
    number = caller.send(outer)
    asked = first.request("method.call")
    nested = first.send(inner)
    called = second.request("method.call")
    t.check(called["params"], {"caller": "plug", "user": ABSENT})
    second.result(called, n=1)
    t.check(first.answer(nested), {"result": {"n": 1}})
    first.result(asked, n=2)
    t.check(caller.answer(number), {"result": {"n": 2}})
