"""Frames and sockets: what needs more than a table."""
import json
import socket
import statistics
import time

import zmq
from zmq.utils.monitor import recv_monitor_message

from conformance import schemas
from conformance.case import Failure, case
from conformance.wire import encode

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'


def latency(line, times=20):
    """Seconds that a ping takes, in the middle."""
    taken = []
    for _ in range(times):
        begin = time.monotonic()
        line.call("ping")
        taken.append(time.monotonic() - begin)
    return statistics.median(taken)


def watch(line, events):
    """A monitor of a connection."""
    return line.socket.get_monitor_socket(events)


def seen(monitor, event, wait=10):
    """The next such event of a monitor."""
    end = time.monotonic() + wait
    while (left := end - time.monotonic()) > 0:
        if monitor.poll(left * 1000):
            found = recv_monitor_message(monitor)
            if found["event"] == event:
                return found
    raise Failure(f"the connection's monitor did not show {event!r} within {wait} s")


@case("F07", "500 frames", "1.11", "9.8.1", "9.8")
def many_frames(t):
    line, other = t.line(), t.line()
    for frames in ([b""] * 500, [b"", PING] + [b"x" * 900] * 498):
        line.frames(*frames)
        t.check(line.receive(), {"id": None, "error": {"code": -32600, "data": {"code": "bad_envelope"}}})
    t.check(line.call("ping"), {"pong": True})
    t.check(other.call("ping"), {"pong": True})


@case("F10", "a frame of 5 MiB costs its connection alone", "1.13", "9.8.14", "10.1")
def huge_frame(t):
    bad, good = t.line(), t.line()
    bad.call("ping")
    monitor = watch(bad, zmq.EVENT_DISCONNECTED)
    bad.frames(b"", b"x" * (5 * 1_048_576))
    seen(monitor, zmq.EVENT_DISCONNECTED)
    bad.socket.disable_monitor()
    t.check(good.call("ping"), {"pong": True})
    t.check(t.line().call("ping"), {"pong": True})


@case("F11", "bytes that are no ZeroMQ, and 50 handshakes that are not finished", "1.17", "9.8.21", world="own")
def half_handshakes(t):
    desk = t.own()
    line = t.line()
    line.call("ping")
    before = desk.descriptors()
    path = desk.plain("rpc").removeprefix("ipc://")
    held = []
    greeting = b"\xff" + b"\x00" * 8 + b"\x7f\x03"
    garbage = [b"", b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 1000, greeting]
    for number in range(50):
        raw = socket.socket(socket.AF_UNIX)
        raw.settimeout(20)
        raw.connect(path)
        raw.sendall(garbage[number % len(garbage)])
        held.append(raw)
    t.check(line.call("ping"), {"pong": True})
    t.check(t.line().call("ping"), {"pong": True})
    begin = time.monotonic()
    for raw in held:
        try:
            while raw.recv(4096):
                continue
        except ConnectionResetError:
            continue
    t.true(t.elapsed(begin) < 15, f"half handshakes were held for {t.elapsed(begin):.0f} s")
    for raw in held:
        raw.close()
    t.until(lambda: desk.descriptors() <= before + 2, "the kernel closing their descriptors")
    t.check(line.call("ping"), {"pong": True})


@case("F12", "two peers with the same routing id", "1.8")
def same_routing_id(t):
    first = t.line(options={zmq.ROUTING_ID: b"same-" + t.run_id.encode()})
    first.call("ping")
    second = t.line(options={zmq.ROUTING_ID: b"same-" + t.run_id.encode()})
    second.text(b'{"jsonrpc":"2.0","id":"thief","method":"ping"}')
    t.line().call("ping")
    for _ in range(20):
        t.check(first.call("ping"), {"pong": True})
    t.true(not second.socket.poll(200), "the second peer got an answer")


@case("F13", "no answer is stolen by taking the routing id that the kernel gave to another", "1.8", world="own")
def stolen_answers(t):
    desk = t.own(start=False)
    desk.configure({**desk.settings, "traffic_dir": str(desk.folder / "traffic")})
    desk.start()
    victim = t.line()
    mark = t.word("mark")
    victim.call("ping", _meta={"traceparent": mark})
    peer = t.until(lambda: _peer(desk, mark), "the message in the traffic record")
    thief = t.line(options={zmq.ROUTING_ID: bytes.fromhex(peer)})
    number = victim.send("conformance.sleep", ms=300)
    thief.text(b'{"jsonrpc":"2.0","id":"thief","method":"ping"}')
    t.check(victim.answer(number), {"result": {"$is": "object"}})
    for _ in range(20):
        t.check(victim.call("ping"), {"pong": True})
    t.true(not thief.socket.poll(200), "the thief got an answer")


def _peer(desk, mark):
    for path in (desk.folder / "traffic").glob("*.jsonl"):
        for row in path.read_text(errors="replace").splitlines():
            try:
                entry = json.loads(row)
            except ValueError:
                continue
            if entry["dir"] == "in" and mark in entry["body"]:
                return entry["peer"]
    return None


@case("F14", "a peer that goes before its answer comes", "9.8", needs=["conformance"])
def gone_before_answer(t):
    for _ in range(4):
        line = t.line()
        line.send("conformance.sleep", ms=300)
        line.send("ticket.list")
        # The answer to a ping says that what was sent before it has arrived.
        line.call("ping")
        line.close()
    other = t.line()
    t.check(other.call("ticket.list", limit=1), {"items": {"$is": "array"}})
    t.check(other.call("kernel.health"), {"status": "ok"})


@case("F15", "a peer that never reads costs nobody", "1.16", "10.1", world="own", heavy=True, limit=60)
def never_reads(t):
    desk = t.own()
    other = t.line()
    people, before = t.people(other), desk.memory()
    ticket = t.ticket(other, text=t.prose() + " x" * 40_000)["id"]
    calm = latency(other)
    lazy = t.line(quiet=True, options={zmq.RCVHWM: 1})
    body = encode({"jsonrpc": "2.0", "id": 1, "method": "message.list", "params": {"ticket": ticket}})
    for _ in range(600):
        lazy.text(body)
    for _ in range(5000):
        lazy.text(PING)
    t.until(lambda: t.stats(other, "slow_peers") > 0, "slow_peers of kernel.stats")
    busy = latency(other)
    t.true(busy < max(0.1, calm * 20), f"a ping takes {busy * 1000:.0f} ms beside a peer that does not read")
    t.true(desk.memory() - before < 200 * 1_048_576, f"the kernel grew by {(desk.memory() - before) >> 20} MiB")
    lazy.close()
    t.check(other.call("ticket.get", ticket=ticket), {"ticket": {"requester": people.requester}})


@case("F16", "messages up the events connection", "1.22", "9.8.19", needs=["events"])
def upstream(t):
    peer = t.bus(kind=zmq.XSUB)
    peer.socket.send(b"\x01$")
    peer.ready()
    for junk in (b"\x02junk", b"", b"\x00nothing", b"{}", b"\xff" * 1000):
        peer.socket.send(junk)
    peer.socket.send_multipart([b"\x05a", b"b", b"c"])
    bus = t.bus("$", "user.").ready()
    line = t.line()
    made = line.call("user.create", name=t.prose())
    bus.topic(f"user.created/{made['user']['id']}")
    t.check(line.call("ping"), {"pong": True})


@case("F17", "20,000 subscriptions, and one over 64 KiB: the others hear the bus", "1.22", "10.1", "4.10", world="own")
def subscriptions(t):
    t.own()
    # As somebody else than those who must not notice: a kernel may put who asks for too much off the bus.
    many = t.bus("$", identity="plug")
    for number in range(20_000):
        many.socket.subscribe(b"ticket.created/T-%d" % number)
    large = t.bus("$", identity="plug2").ready()
    monitor = large.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    large.socket.subscribe(b"x" * 70_000)
    seen(monitor, zmq.EVENT_DISCONNECTED)
    large.socket.disable_monitor()
    bus, line = t.bus("$", "user.").ready(), t.line()
    made = line.call("user.create", name=t.prose())
    bus.topic(f"user.created/{made['user']['id']}")
    t.check(line.call("ping"), {"pong": True})


@case("F18", "kernel.json says where the sockets are, and is there only while they are", "1.1", "1.2", "1.3", "1.4", world="own")
def discovery(t):
    desk = t.own()
    found = t.check(desk.discovery, {
        "protocol": [{"major": 1, "minor": 0}], "instance_id": {"$is": "string"}, "log_id": {"$is": "string"}, "epoch": 1,
        "pid": desk.process.pid, "endpoints": {"rpc": [{"$re": "^ipc://"}], "events": [{"$re": "^ipc://"}]},
        "curve": {"public_key": {"$len": 40},
            "endpoints": {"rpc": {"$has": [{"$re": "^ipc://"}]}, "events": {"$has": [{"$re": "^ipc://"}]}}}},
        "kernel.json")
    t.equal(schemas.faults("kernel-json.json", "", found), [], "faults against its schema")
    t.line().call("ping")
    t.bus("$").ready()
    t.equal(desk.stop()[0], 0, "the status after an orderly stop")
    t.true(not (desk.run / "kernel.json").exists(), "kernel.json is left after an orderly stop")
    desk.start()
    again = desk.discovery
    t.true(again["instance_id"] != found["instance_id"], "instance_id is new at each start")
    t.check(again, {"log_id": found["log_id"], "epoch": 1}, "log_id and epoch stay")
    desk.kill()
    t.equal(desk.discovery["pid"], desk.process.pid, "the pid of a file that a crash left")
    old = desk.discovery["instance_id"]
    desk.start()
    t.true(desk.discovery["instance_id"] != old, "the file is written anew after a crash")


@case("F19", "modes of the folder and the socket files", "1.6", world="main")
def modes(t):
    t.equal(oct(t.desk.run.stat().st_mode & 0o777), "0o750", "the mode of the runtime folder")
    sockets = list(t.desk.run.glob("*.sock"))
    t.true(len(sockets) >= 4, f"{len(sockets)} socket files")
    for path in sockets:
        t.equal(oct(path.stat().st_mode & 0o777), "0o660", f"the mode of {path.name}")


@case("F20", "control messages: header and body", "1.18", "1.19", "1.20", "1.21", needs=["events"])
def control_header(t):
    bus, line = t.bus("$").ready(), t.line()
    first, second = bus.topic("$hb/"), bus.topic("$hb/")
    for beat in (first, second):
        header = beat.header
        t.equal([header.magic.decode(), header.version, header.flags, header.seq, header.prev], ["OP", 1, 1, 0, 0], "the header")
        t.equal(header.epoch, line.call("kernel.health")["epoch"], "the epoch")
        t.true(abs(header.time / 1e6 - time.time()) < 3600 * 24 * 2, "the time of sending", header.time)
    t.true(second.header.time > first.header.time, "times grow")


@case("F21", "answers come as an empty frame and one JSON text", "1.10", "1.14", world="main")
def both_ways(t):
    plugin = t.plugin("plug", methods=[{"name": "x.plug.framed"}])
    caller = t.line()
    number = caller.send("x.plug.framed", a=1)
    asked = plugin.request("method.call")
    t.check(asked, {"jsonrpc": "2.0", "id": {"$re": r"^k-\d+$"}, "method": "method.call", "params": {"name": "x.plug.framed"}})
    plugin.result(asked, b=2)
    t.check(caller.answer(number), {"jsonrpc": "2.0", "id": number, "result": {"b": 2}})
