"""The check of recorded traffic: what is as it should be passes, and each thing that is not is found."""
import copy
import json
import struct
import subprocess
import sys

import pytest

from conftest import ROOT, until

sys.path.insert(0, str(ROOT / "protocol" / "tools"))

import check_traffic  # noqa: E402
from library import Library  # noqa: E402
from validators import Validators  # noqa: E402

VALIDATORS = Validators(Library())
LIBRARY = VALIDATORS.library
TICKET = LIBRARY.methods["ticket.get"]["examples"][0]["result"]["ticket"]
#: 2026-11-22T03:39:59.123Z
AT = 1_795_318_799_123_456


def line(direction, body, peer="0000000001", **more):
    text = body if isinstance(body, str) else json.dumps(body)
    return {"at": AT, "dir": direction, "peer": peer, "user": "owner", "body": text, **more}


def request(method, params=None, id=1, **more):
    return line("in", {"jsonrpc": "2.0", "id": id, "method": method, "params": params or {}}, **more)


def result(value, id=1, **more):
    return line("out", {"jsonrpc": "2.0", "id": id, "result": value}, **more)


def error(number, code, retryable=False, id=1, **more):
    data = {"code": code, "retryable": retryable}
    return line("out", {"jsonrpc": "2.0", "id": id, "error": {"code": number, "message": "no", "data": data}}, **more)


def event(seq=7, prev=5, flags=0, name="ticket.priority_changed", header_seq=None, epoch=1, at=AT, **changes):
    kernel_type = name if name.startswith("x.") else f"opora.{name}"
    body = {
        "specversion": "1.0", "id": f"ab.{seq}", "source": "opora/ab", "type": f"{kernel_type}.v1", "subject": "ticket/T-1",
        "time": "2026-11-22T03:39:59.123Z", "recordedtime": "2026-11-22T03:39:59.123Z", "sequence": f"{seq:020d}",
        "logepoch": "1", "actor": "user/U-1", "via": "owner", "entityversion": 4,
        "data": {"ticket": "T-1", "before": "normal", "after": "high"}, **changes,
    }
    header = struct.pack(">2sBBIQQQ", b"OP", 1, flags, epoch, header_seq or seq, prev, at)
    return line("pub", body, topic=f"{name}/{body['subject'].rpartition('/')[2]}", header=header.hex())


def control(topic, body, flags=1, seq=0):
    return line("pub", body, topic=topic, header=struct.pack(">2sBBIQQQ", b"OP", 1, flags, 1, seq, 0, AT).hex())


def check(folder, *lines, tail=""):
    (folder / "run.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines) + tail)
    _, seen, problems = check_traffic.check_folder(folder, VALIDATORS)
    return seen, [text.partition(": ")[2] for text in problems]


PONG = {"pong": True, "time": "2026-11-22T03:39:59.123Z"}
HEARTBEAT = {"epoch": 1, "head_seq": 7, "heads": {"ticket": 7}, "drop_episodes": 0, "time": "2026-11-22T03:39:59.123Z"}
HOOK = LIBRARY.hooks["ticket.before_update"]["examples"][0]
CALL = LIBRARY.methods["method.call"]["examples"][0]


def asked(method, params, id="k-1"):
    return line("out", {"jsonrpc": "2.0", "id": id, "method": method, "params": params})


def batch(direction, *entries):
    return line(direction, [json.loads(entry["body"]) for entry in entries])


GOOD = {
    "a request and its answer": ([request("ping"), result(PONG)], ("method", "ping")),
    "answers that overtake each other": (
        [request("ping", id=1), request("ticket.get", {"ticket": "T-1"}, id="a"), result({"ticket": TICKET}, "a"),
         result(PONG, 1)], ("method", "ticket.get")),
    "two connections with the same id": (
        [request("ping", peer="01"), request("ticket.get", {"ticket": "T-1"}, peer="02"), result({"ticket": TICKET}, peer="02"),
         result(PONG, peer="01")], ("method", "ticket.get")),
    "an id that is used twice at once": (
        [request("ticket.get", {"ticket": "T-1"}), request("ping"), result(PONG), result({"ticket": TICKET})],
        ("method", "ping")),
    "the id null": ([request("ping", id=None), result(PONG, None)], ("method", "ping")),
    "a wrong request that is refused": (
        [request("ticket.get", {"tickt": "T-1"}), error(-32602, "invalid_params")], ("error", "invalid_params")),
    "what is no JSON": ([line("in", "{"), error(-32700, "parse_error", id=None)], ("error", "parse_error")),
    "a member name twice": (
        [line("in", '{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}'), error(-32700, "parse_error", id=None)],
        ("error", "parse_error")),
    "what is no request": (
        [line("in", {"jsonrpc": "1.0", "id": 1, "method": "ping"}), error(-32600, "invalid_request")],
        ("error", "invalid_request")),
    "a notification whose method is no text": (
        [line("in", {"jsonrpc": "2.0", "method": ["ping"]}), request("ping"), result(PONG)], ("method", "ping")),
    "an id of the wrong form": (
        [request("ping", id=1.5), error(-32600, "invalid_request", id=None)], ("error", "invalid_request")),
    "an unknown method": ([request("nope"), error(-32601, "method_not_found")], ("error", "method_not_found")),
    "an error of the method": (
        [request("ticket.get", {"ticket": "T-9"}), error(1001, "not_found")], ("error", "not_found")),
    "a batch": (
        [batch("in", request("ping", id=1), request("ticket.get", {"ticket": "T-1"}, id=2)),
         batch("out", result(PONG, 1), result({"ticket": TICKET}, 2))], ("method", "ticket.get")),
    "an empty batch": ([line("in", []), error(-32600, "invalid_request", id=None)], ("error", "invalid_request")),
    "a plugin's method": (
        [request("x.a.b", {"any": 1}), result({"thing": 1}), request("x.a.b"), error(-32009, "provider_offline", True)],
        ("plugin method", "x")),
    "a call to a plugin": (
        [asked("method.call", CALL["params"]), line("in", {"jsonrpc": "2.0", "id": "k-1", "result": {}})],
        ("method", "method.call")),
    "a hook": (
        [asked("hook.call", HOOK["params"]), line("in", {"jsonrpc": "2.0", "id": "k-1", "result": HOOK["result"]})],
        ("hook", "ticket.before_update")),
    "a plugin's wrong answer": (
        [asked("hook.call", HOOK["params"]), line("in", {"jsonrpc": "2.0", "id": "k-1", "result": {"action": "dance"}})], None),
    "notifications": (
        [line("in", {"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": 7}}),
         line("out", {"jsonrpc": "2.0", "method": "session.probe"})], ("method", "$/cancel")),
    "a bad item of an import": (
        [request("import.apply", {"source": "s", "items": [{"position": "x"}]}),
         result({"applied": 0, "created": 0, "skipped": 0, "changes": 0, "failed": [
             {"position": "x", "external_id": None, "code": "invalid_params", "message": "no"}]})], ("method", "import.apply")),
    "an event": ([event()], ("event", "ticket.priority_changed")),
    "events in order": ([event(5, 4), event(6, 3, name="sla.cancelled", data={
        "ticket": "T-1", "targets": [{"target": "resolution", "cycle": 1}]}), event(7, 5)], ("event", "sla.cancelled")),
    "an event that is sent again": ([event(5, 4), event(3, 2, flags=2), event(6, 5)], ("event", "ticket.priority_changed")),
    "an event of a plugin": ([event(name="x.a.b", data={"free": 1})], ("event", "x.a.b")),
    "control messages": ([control("$hb/", HEARTBEAT), control("$bye/", {"instance_id": "ab"})], ("control", "$bye/")),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_passes(tmp_path, name):
    lines, seen_of = GOOD[name]
    seen, problems = check(tmp_path, *lines)
    assert problems == []
    assert seen_of is None or seen.done[seen_of] >= 1
    assert seen.messages == len(lines)


def lacking(value, *path):
    """A copy without the member that the path leads to."""
    value = copy.deepcopy(value)
    inner = value
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return value


BAD = {
    "a result that lacks a member": (
        [request("ticket.get", {"ticket": "T-1"}), result({"ticket": lacking(TICKET, "subject")})], "ticket.get, result: "),
    "a wrong request that is answered": ([request("ping", {"a": 1}), result(PONG)], "ping was answered with a result, but: "),
    "an unknown method that is answered": ([request("nope"), result({})], "nope was answered with a result, but: there is no"),
    "a request to a plugin's side": ([request("method.call"), result({})], "a client can't call it"),
    "positional parameters that are taken": (
        [line("in", {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}), result(PONG)], "ping was answered"),
    "an error that is not in the registry": ([request("ping"), error(1, "mood")], "mood is not in the registry"),
    "an error with another number": (
        [request("ticket.get", {"ticket": "T-1"}), error(1002, "not_found")], "with the number 1002"),
    "an error that may be tried again or not": (
        [request("ping"), error(-32000, "unavailable")], "unavailable with retryable False"),
    "an error that the method does not name": ([request("ping"), error(1001, "not_found")], "ping answered not_found"),
    "an error without data": (
        [request("ping"), line("out", {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "m"}})], "error: "),
    "an answer to nothing": ([result(PONG)], "an answer to id 1, which nobody asked"),
    "an answer to a notification": (
        [line("in", {"jsonrpc": "2.0", "method": "ping"}), result(PONG, None)], "which nobody asked"),
    "a second answer": ([request("ping"), result(PONG), result(PONG)], "which nobody asked"),
    "an answer on another connection": ([request("ping"), result(PONG, peer="02")], "which nobody asked"),
    "an id that changed its type": ([request("ping", id="1"), result(PONG, 1)], "which nobody asked"),
    "a strange error under null": ([error(1001, "not_found", id=None)], "not_found under the id null"),
    "what is no JSON": ([line("out", "{")], "the kernel sent what is no JSON"),
    "what is no JSON-RPC": ([line("out", {"id": 1, "result": {}})], "no JSON-RPC 2.0"),
    "a result and an error": (
        [line("out", {"jsonrpc": "2.0", "id": 1, "result": {}, "error": {}})], "either a result or an error"),
    "an answer with more": ([line("out", {"jsonrpc": "2.0", "id": 1, "result": {}, "extra": 1})], "an answer with extra"),
    "a call that no schema describes": ([asked("plugin.die", {})], "which no schema describes"),
    "a call to a plugin without id": ([line("out", {"jsonrpc": "2.0", "method": "method.call", "params": CALL["params"]})], "id"),
    "a call that lacks a member": ([asked("method.call", lacking(CALL["params"], "caller"))], "method.call: "),
    "a hook that lacks a member": ([asked("hook.call", lacking(HOOK["params"], "before"))], "at ticket.before_update: "),
    "a plugin's result that is no object": ([request("x.a.b"), result([1])], "the result is no object"),
    "an event within an answer": (
        [request("events.read", {"after_seq": 6}), result({
            "events": [{"seq": 7, "prev": 5, "event": json.loads(event(data={"ticket": "T-1"})["body"])}], "next_after_seq": 7,
            "head_seq": 7, "epoch": 1})], "ticket.priority_changed: "),
    "an event in the wrong place of an answer": (
        [request("events.read", {"after_seq": 6}), result({
            "events": [{"seq": 8, "prev": 5, "event": json.loads(event()["body"])}], "next_after_seq": 8, "head_seq": 8,
            "epoch": 1})], "has sequence"),
    "a topic that is none": ([{**event(), "topic": "ticket.created"}], "is no topic"),
    "a type that nobody knows": ([event(name="ticket.eaten")], "is no type of event"),
    "a topic about another thing": ([{**event(), "topic": "ticket.priority_changed/T-2"}], "the subject is ticket/T-1"),
    "a topic of another type": ([{**event(), "topic": "ticket.created/T-1"}], "the type is"),
    "a short header": ([{**event(), "header": "4f50"}], "32 bytes"),
    "another magic": ([{**event(), "header": "5858" + event()["header"][4:]}], "OP and version 1"),
    "a header with another seq": ([event(header_seq=8)], "seq 8 in the header"),
    "a header with another epoch": ([event(epoch=2)], "epoch 2 in the header"),
    "a header with another time": ([event(at=AT + 1000)], "recordedtime"),
    "a flag that nobody knows": ([event(flags=4)], "flags 4"),
    "a hole": ([event(5, 4), event(7, 5)], "seq 7 after 5"),
    "disorder": ([event(5, 4), event(5, 4)], "seq 5 after 5"),
    "a wrong prev": ([event(5, 4), event(6, 4)], "prev is 4, but the last of the stream was 5"),
    "data that does not fit": ([event(data={"ticket": "T-1", "before": "normal"})], "ticket.priority_changed/T-1: "),
    "an envelope that lacks a member": (
        [{**event(), "body": json.dumps(lacking(json.loads(event()["body"]), "actor"))}], "actor"),
    "a heartbeat that lacks a member": ([control("$hb/", lacking(HEARTBEAT, "heads"))], "$hb/: "),
    "a heartbeat with a seq": ([control("$hb/", HEARTBEAT, seq=3)], "seq 3"),
    "a control message that nobody knows": ([control("$boo/", {})], "is no control message"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_found(tmp_path, name):
    lines, expected = BAD[name]
    _, problems = check(tmp_path, *lines)
    assert any(expected in text for text in problems), problems


def test_a_killed_kernel_leaves_half_a_line(tmp_path):
    seen, problems = check(tmp_path, request("ping"), tail='{"at":17953187991')
    assert problems == [] and seen.unanswered == 1


def test_each_run_is_looked_at_by_itself(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(event(5, 4)) + "\n")
    files, _, problems = check_traffic.check_folder(tmp_path, VALIDATORS)
    assert len(files) == 2 and problems == []


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, ROOT / "protocol" / "tools" / "check_traffic.py", folder, *arguments], capture_output=True, text=True,
        check=False)


def test_the_command_line(tmp_path):
    check(tmp_path, request("ping"), result(PONG))
    done = run(tmp_path)
    assert done.returncode == 0 and "2 messages in 1 files, 0 problems" in done.stdout
    done = run(tmp_path, "--complete")
    assert done.returncode == 1
    for text in ("method ticket.get", "event ticket.created", "control $hb/", "hook ticket.before_create"):
        assert f"never seen: {text}\n" in done.stdout
    assert "never seen: method ping\n" not in done.stdout and "never seen: error" not in done.stdout
    assert "never seen: error not_found\n" in run(tmp_path, "--complete", "--errors").stdout
    check(tmp_path, request("ping"), result({}))
    done = run(tmp_path)
    assert done.returncode == 1 and "run.jsonl:2: ping, result: " in done.stdout


def test_no_traffic_is_no_proof(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 1 and "there is no traffic" in done.stdout


def test_a_real_kernel(empty_desk):
    """A kernel that records, and what it recorded of a desk at work."""
    traffic = empty_desk.folder / "traffic"
    desk = empty_desk.start("--set", f"traffic_dir={traffic}")
    client = desk.client()
    desk.furnish(client)
    for number in range(20):
        client.call("ticket.create", subject=f"Ticket {number}", text="Text", requester="U-2")
    client.call("ticket.reply", ticket="T-1", text="An answer", status="pending")
    client.frames(b"", b"{")
    client.frames(b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.get","params":{"tickt":"T-1"}}')
    assert client.call("events.read", after_seq=0, limit=500)["events"]
    desk.stop()
    until(lambda: list(traffic.glob("*.jsonl")), "the record")
    _, seen, problems = check_traffic.check_folder(traffic, VALIDATORS)
    assert problems == []
    assert seen.done["method", "ticket.create"] == 20 and seen.done["event", "ticket.created"] == 20
    assert {"parse_error", "invalid_params"} <= seen.names("error") and "$bye/" in seen.names("control")
