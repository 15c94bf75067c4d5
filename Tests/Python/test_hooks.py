"""Hooks, methods and events of plugins over real sockets: H01 to H16 of the conformance list, and what belongs to them."""
import json
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from conftest import CallFailed, key_pair, until

CREATE = "ticket.before_create"


class Plugin:
    """A plugin on a connection of its own, driven by the test step by step."""

    def __init__(self, desk, name, hooks=(), methods=(), events=(), keys=None, **hello):
        self.name = name
        self.client = desk.client(keys)
        self.welcome = self.client.call(
            "session.hello", manifest={
                "name": name, "version": "1", "hooks": [h if isinstance(h, dict) else {"point": h} for h in hooks],
                "methods": list(methods), "events": list(events)}, **hello)

    def next(self, method="hook.call", patience=10):
        """The next request of that kind; notifications such as probes are passed over."""
        while True:
            message = self.client.receive(patience)
            if message.get("method") == method:
                return message

    def send(self, message):
        self.client.socket.send_multipart([b"", message if isinstance(message, bytes) else json.dumps(message).encode()])

    def reply(self, request, result):
        self.send({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def answer(self, result, patience=10):
        """Takes the next question and answers it; gives its parameters."""
        request = self.next(patience=patience)
        self.reply(request, result)
        return request["params"]

    def is_asked(self, milliseconds):
        return bool(self.client.socket.poll(milliseconds))


CONTINUE = {"action": "continue"}


def patch(**members):
    return {"action": "patch", "patch": members}


def veto(code, reason):
    return {"action": "veto", "code": code, "reason": reason}


@pytest.fixture
def owner(desk):
    client = desk.client()
    desk.furnish(client)
    return client


def outcome(client, number, patience=10):
    """The answer to a request that was sent before."""
    while True:
        message = client.receive(patience)
        if message.get("id") == number:
            return message


def create(client, **params):
    return client.send("ticket.create", {"subject": "Printer", "requester": "U-2", **params})


def failures(desk, client):
    # A command of our own: what the kernel noted before it is in the log, too.
    client.call("organization.create", name="Barrier")
    found = [e["event"] for e in desk.log(client)]
    return [(e["data"]["plugin"], e["data"]["point"], e["data"]["reason"], e["data"]["policy"])
            for e in found if e["type"] == "opora.system.hook_failed.v1"]


def test_h01_continue_patch_veto(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    assert guard.welcome["granted"]["hooks"] == [CREATE] and guard.welcome["warnings"] == []
    number = create(owner)
    asked = guard.answer(CONTINUE)
    assert asked["proposed"] == {"subject": "Printer", "requester": "U-2"}
    assert asked["method"] == "ticket.create" and asked["via"] == "owner" and asked["actor"] == "user/U-1"
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "normal"
    number = create(owner)
    guard.answer(patch(priority="urgent", fields={"risk": 7}))
    ticket = outcome(owner, number)["result"]["ticket"]
    assert (ticket["priority"], ticket["fields"]) == ("urgent", {"risk": 7})
    number = create(owner)
    guard.answer(veto("spam", "Looks like spam."))
    error = outcome(owner, number)["error"]
    assert error["code"] == 1008
    assert {k: error["data"][k] for k in ("code", "plugin", "veto_code", "reason")} == {
        "code": "vetoed", "plugin": "guard", "veto_code": "spam", "reason": "Looks like spam."}
    assert len(owner.call("ticket.list")["items"]) == 2


@pytest.mark.parametrize("order", [None, ["b", "a"]])
def test_h02_order(empty_desk, order):
    desk = empty_desk
    settings = [] if order is None else ["--set", f"hooks.{CREATE}.order={','.join(order)}"]
    desk.start(*settings)
    owner = desk.client()
    desk.furnish(owner)
    plugins = {name: Plugin(desk, name, [CREATE]) for name in ("b", "a")}
    first, second = order or ["a", "b"]
    number = create(owner)
    plugins[first].answer(patch(subject=f"seen by {first}"))
    assert plugins[second].answer(patch(type="task"))["proposed"]["subject"] == f"seen by {first}"
    ticket = outcome(owner, number)["result"]["ticket"]
    assert (ticket["subject"], ticket["type"]) == (f"seen by {first}", "task")


def test_h02_wishes_of_manifests(desk, owner):
    late = Plugin(desk, "a", [{"point": CREATE, "after": ["b"]}])
    early = Plugin(desk, "b", [CREATE])
    number = create(owner)
    early.answer(CONTINUE)
    late.answer(CONTINUE)
    assert "result" in outcome(owner, number)


def test_h03_cycle(desk, owner):
    one = Plugin(desk, "a", [{"point": CREATE, "before": ["b"]}])
    two = Plugin(desk, "b", [{"point": CREATE, "before": ["a"]}])
    assert one.welcome["warnings"] == []
    assert [w["code"] for w in two.welcome["warnings"]] == ["hook_cycle"]
    number = create(owner)
    one.answer(CONTINUE)
    two.answer(CONTINUE)
    assert "result" in outcome(owner, number)


def test_h04_silence_open(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    started = time.monotonic()
    number = create(owner)
    guard.next()
    assert "result" in outcome(owner, number)
    assert 0.25 < time.monotonic() - started < 5
    assert failures(desk, owner) == [("guard", CREATE, "timeout", "open")]


def test_h05_silence_closed(empty_desk):
    desk = empty_desk
    desk.start("--set", f"hooks.{CREATE}.on_failure=closed")
    owner = desk.client()
    desk.furnish(owner)
    guard = Plugin(desk, "guard", [{"point": CREATE, "timeout_ms": 50}])
    number = create(owner)
    assert guard.next()["params"]["deadline_ms"] == 50
    error = outcome(owner, number)["error"]
    assert (error["code"], error["data"]["code"], error["data"]["retryable"]) == (-32011, "provider_timeout", True)
    number = create(owner)
    guard.answer({})
    assert outcome(owner, number)["error"]["code"] == -32010
    assert [f[2:] for f in failures(desk, owner)] == [("timeout", "closed"), ("malformed", "closed")]
    assert owner.call("ticket.list")["items"] == []


@pytest.mark.parametrize("answer, reason", [
    ({"error": {"code": -1, "message": "no"}}, "error"), ({"result": {}}, "malformed"), ({"result": "x"}, "malformed"),
    ({"result": {"action": 5}}, "malformed"), ({"result": {"action": "patch", "patch": {"priority": ["x"]}}}, "malformed"),
    ({"result": {"action": "veto", "code": "x", "reason": "y" * 501}}, "malformed"), ("2 MiB", "timeout"),
    ("no JSON", "timeout"), ({"error": 5, "result": 5}, "error"),
])
def test_h06_answers_that_are_none(desk, owner, answer, reason):
    guard = Plugin(desk, "guard", [CREATE])
    number = create(owner)
    request = guard.next()
    if answer == "2 MiB":
        guard.reply(request, {"action": "continue", "x": "y" * 2_097_152})
    elif answer == "no JSON":
        guard.send(b'{"jsonrpc":"2.0","id":"' + request["id"].encode() + b'","result":')
    else:
        guard.send({"jsonrpc": "2.0", "id": request["id"], **answer})
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "normal"
    assert [f[2] for f in failures(desk, owner)] == [reason]
    assert desk.kernel.poll() is None


HANGING = textwrap.dedent("""
    import json, sys, zmq
    socket = zmq.Context().socket(zmq.DEALER)
    socket.connect(sys.argv[1])
    hello = {"manifest": {"name": "dying", "hooks": [{"point": "ticket.before_create"}]}}
    socket.send_multipart([b"", json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": hello}).encode()])
    while True:
        message = json.loads(socket.recv_multipart()[1])
        print(message.get("method", "greeted"), flush=True)
""")


def test_h07_dies_while_asked(desk, owner):
    endpoint = desk.discovery["endpoints"]["rpc"][0]
    with subprocess.Popen([sys.executable, "-c", HANGING, endpoint], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "greeted"
        number = create(owner)
        assert process.stdout.readline().strip() == "hook.call"
        process.send_signal(signal.SIGKILL)
        assert "result" in outcome(owner, number)
    assert [f[0] for f in failures(desk, owner)] == ["dying"]
    until(lambda: not owner.call("kernel.health")["sessions"], "the end of the session")
    assert "result" in outcome(owner, create(owner))


def test_h08_only_the_first_answer_counts(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    number = create(owner)
    request = guard.next()
    guard.reply(request, patch(priority="high"))
    guard.reply(request, veto("late", "too late"))
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "high"
    number = create(owner)
    request = guard.next()
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "normal"
    guard.reply(request, patch(priority="low"))
    # An answer to somebody else's question counts for nothing either.
    stranger = Plugin(desk, "stranger")
    number = create(owner)
    request = guard.next()
    stranger.reply(request, veto("no", "not asked"))
    guard.reply(request, CONTINUE)
    assert "result" in outcome(owner, number)


def test_h09_no_changes_from_inside(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    inside = desk.client()
    number = create(owner)
    request = guard.next()
    meta = {"hook_id": request["params"]["call_id"]}
    assert inside.call("user.get", user="U-2", _meta=meta)["user"]["name"] == "Anna"
    with pytest.raises(CallFailed) as failure:
        inside.call("ticket.create", subject="From inside", requester="U-2", _meta=meta)
    assert failure.value.error["code"] == -32002 and failure.value.code == "reentrant"
    guard.reply(request, CONTINUE)
    assert "result" in outcome(owner, number)
    # Its own commands ask it nothing.
    assert guard.client.call("ticket.create", subject="Own", requester="U-2")["ticket"]["subject"] == "Own"


def test_h10_forbidden_fields(desk, owner):
    guard = Plugin(desk, "guard", [CREATE, "ticket.before_update"])
    number = create(owner)
    guard.answer(patch(external_id="x", priority="high"))
    ticket = outcome(owner, number)["result"]["ticket"]
    assert ticket["priority"] == "normal" and "external_id" not in ticket
    number = owner.send("ticket.solve", {"ticket": "T-1"})
    guard.answer(patch(status="closed"))
    assert outcome(owner, number)["result"]["ticket"]["status"] == "solved"
    # A group that is not there: only the desk can know.
    number = create(owner)
    guard.answer(patch(group="G-77"))
    assert "group" not in outcome(owner, number)["result"]["ticket"]
    assert [f[2] for f in failures(desk, owner)] == ["malformed"] * 3


def test_h11_the_ticket_moves(desk, owner):
    outcome(owner, create(owner))
    guard = Plugin(desk, "guard", ["ticket.before_update"])
    other = desk.client()
    number = owner.send("ticket.set_priority", {"ticket": "T-1", "priority": "high"})
    first = guard.next()
    other.call("ticket.assign", ticket="T-1", group="G-1")
    guard.reply(first, CONTINUE)
    second = guard.next()
    assert second["params"]["before"]["ticket"]["version"] > first["params"]["before"]["ticket"]["version"]
    guard.reply(second, CONTINUE)
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "high"
    number = owner.send("ticket.set_priority", {"ticket": "T-1", "priority": "low"})
    for group in (None, "G-1"):
        request = guard.next()
        other.call("ticket.assign", ticket="T-1", group=group)
        guard.reply(request, CONTINUE)
    error = outcome(owner, number)["error"]
    assert error["code"] == 1003 and error["data"]["current_version"] > 1


def test_h12_breaker(empty_desk):
    desk = empty_desk
    desk.start("--conformance")
    owner = desk.client()
    desk.furnish(owner)
    guard = Plugin(desk, "guard", [CREATE])
    for _ in range(5):
        number = create(owner)
        guard.answer({})
        assert "result" in outcome(owner, number)
    assert "result" in outcome(owner, create(owner))
    assert not guard.is_asked(50)
    # A minute in steps: a session that shows no sign of life for longer than 15 s is over.
    for _ in range(6):
        owner.call("conformance.advance", ms=10_500)
        guard.client.call("session.ping")
    number = create(owner)
    guard.answer(patch(priority="high"))
    assert outcome(owner, number)["result"]["ticket"]["priority"] == "high"
    assert len(failures(desk, owner)) == 5


ECHO = {
    "name": "x.p.echo", "timeout_ms": 200,
    "params_schema": {"type": "object", "required": ["word"], "properties": {"word": {"type": "string", "maxLength": 5}}},
    "result_schema": {"required": ["word"]},
}


def test_h13_plugin_method(desk, owner):
    plugin = Plugin(desk, "p", methods=[ECHO])
    number = owner.send("x.p.echo", {"word": "hello"})
    request = plugin.next("method.call")
    assert request["params"] == {
        "name": "x.p.echo", "params": {"word": "hello"}, "caller": "owner", "user": "U-1", "deadline_ms": 200}
    plugin.reply(request, {"word": "hello"})
    assert outcome(owner, number)["result"] == {"word": "hello"}
    with pytest.raises(CallFailed) as failure:
        owner.call("x.p.echo", word="too long")
    assert failure.value.error["data"]["details"][0]["path"] == "/word"
    found = [m for m in owner.call("rpc.discover")["methods"] if m["name"] == "x.p.echo"]
    assert [p["name"] for p in found[0]["params"]] == ["word"]


def test_h14_offline_slow_wrong(desk, owner):
    with pytest.raises(CallFailed) as failure:
        owner.call("x.p.echo", word="x")
    assert failure.value.error["code"] == -32009
    plugin = Plugin(desk, "p", methods=[ECHO])
    number = owner.send("x.p.echo", {"word": "x"})
    plugin.next("method.call")
    assert outcome(owner, number)["error"]["code"] == -32011
    for result in ({"other": 1}, "x", 5):
        number = owner.send("x.p.echo", {"word": "x"})
        plugin.reply(plugin.next("method.call"), result)
        assert outcome(owner, number)["error"]["code"] == -32010


def known(desk, owner, name, role):
    """A new identity with a key and a role."""
    keys = key_pair()
    owner.call("key.create", name=name, public_key=keys["public_key"], roles=[role])
    return keys


def test_h15_names_and_hooks_that_are_not_granted(desk, owner):
    keys = known(desk, owner, "helper", "plugin")
    plugin = Plugin(
        desk, "helper", hooks=[CREATE, "user.before_merge"], methods=[{"name": "x.other.echo"}, {"name": "x.helper.echo"}],
        events=[{"type": "x.other.done.v1"}, {"type": "x.helper.done.v1"}], keys=keys)
    assert plugin.welcome["granted"] == {"methods": ["x.helper.echo"], "hooks": [], "events": ["x.helper.done.v1"]}
    codes = [w["code"] for w in plugin.welcome["warnings"]]
    assert codes == ["method_not_granted", "hook_not_granted", "unknown_hook", "event_not_granted"]
    assert "result" in outcome(owner, create(owner))
    with pytest.raises(CallFailed) as failure:
        Plugin(desk, "helper", hooks=[CREATE], keys=keys, strict=True)
    assert failure.value.code == "invalid_params"


def test_h16_caller_without_the_right(desk, owner):
    plugin = Plugin(desk, "p", methods=[ECHO])
    stranger = desk.client(known(desk, owner, "shop", "integrator"))
    with pytest.raises(CallFailed) as failure:
        stranger.call("x.p.echo", word="x")
    assert failure.value.code == "forbidden"
    assert not plugin.is_asked(50)


def test_events_of_a_plugin(desk, owner):
    plugin = Plugin(desk, "p", events=[{"type": "x.p.paged.v1", "schema": {"required": ["person"]}}])
    bus = desk.subscriber(b"x.p.")
    until(lambda: bus.poll(100) or plugin.client.call("event.publish", type="x.p.paged.v1", data={"person": "U-1"}), "the bus")
    seq = plugin.client.call("event.publish", type="x.p.paged.v1", data={"person": "U-1"})["seq"]
    while True:
        topic, _, body = bus.recv_multipart()
        event = json.loads(body)
        assert topic == b"x.p.paged/p" and event["type"] == "x.p.paged.v1"
        if int(event["sequence"]) == seq:
            break
    page = owner.call("events.read", after_seq=seq - 1, types=["x.p.paged"])["events"]
    assert [e["seq"] for e in page] == [seq]
    for method, params, code in [
        ("event.publish", {"type": "x.p.paged.v1", "data": {}}, "invalid_params"),
        ("event.publish", {"type": "x.p.other.v1", "data": {}}, "forbidden"),
    ]:
        with pytest.raises(CallFailed) as failure:
            plugin.client.call(method, **params)
        assert failure.value.code == code
    plugin.client.call("session.bye")
    with pytest.raises(CallFailed) as failure:
        plugin.client.call("event.publish", type="x.p.paged.v1", data={"person": "U-1"})
    assert failure.value.code == "session_required"


def test_commands_stay_in_order_while_one_is_asked_about(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    numbers = [create(owner, subject=str(n)) for n in range(5)] + [owner.send("ticket.note", {"ticket": "T-5", "text": "n"})]
    for _ in range(5):
        guard.answer(CONTINUE)
    answers = [owner.receive() for _ in numbers]
    assert [a["id"] for a in answers] == numbers
    assert [a["result"]["ticket"]["subject"] for a in answers[:5]] == ["0", "1", "2", "3", "4"]


def test_a_stop_answers_what_waits_for_a_plugin(desk, owner):
    guard = Plugin(desk, "guard", [CREATE])
    number = create(owner)
    guard.next()
    desk.kernel.terminate()
    assert guard.next("session.closing")["params"]["drain_ms"] == 2000
    # Open policy: within the drain the plugin's silence ends and the ticket is made, or the kernel says that it stops.
    answer = outcome(owner, number)
    assert "result" in answer or answer["error"]["data"]["code"] == "unavailable"
    assert desk.kernel.wait(10) == 0
