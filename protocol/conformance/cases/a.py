"""Who is connected, and what it may do."""
import json
import os
import random
import subprocess
import sys

import zmq
from zmq.utils.monitor import recv_monitor_message

from conformance.case import Failure, NotHere, case
from conformance.desk import KNOWN_UID, UNKNOWN_UID
from conformance.match import ABSENT, has
from conformance.schemas import ROOT
from conformance.wire import Line, encode, secure


HANDSHAKE = (
    zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL)


def knock(t, address, pair=None, server_key=None, kind=zmq.DEALER):
    """A connection that should be refused; its monitor is there before it connects."""
    line = Line(None, "stranger", t.log, kind=kind)
    t.opened.append(line)
    if pair:
        secure(line.socket, pair, server_key)
    line.monitor = line.socket.get_monitor_socket(HANDSHAKE)
    t.cleanups.append(line.socket.disable_monitor)
    line.socket.connect(address)
    return line


def refused(line, wait=10):
    """Waits until the handshake of a connection is refused; what its monitor told."""
    if not line.monitor.poll(wait * 1000):
        raise Failure(f"nothing happened to the handshake within {wait} s")
    found = recv_monitor_message(line.monitor)
    if found["event"] == zmq.EVENT_HANDSHAKE_SUCCEEDED:
        raise Failure("the handshake succeeded")
    return found


@case("A01", "a known key, and the kernel's own uid", "8.1", "8.2", "8.7", "8.3", world="main")
def known(t):
    t.check(t.line().call("auth.whoami"), {
        "identity": {"name": "owner", "methods": has("*"), "streams": has("*"), "rights": has("import", "on_behalf_of")},
        "via": "uid",
        "fingerprint": ABSENT})
    for identity, roles in (("plug", ["plugin", "hooking"]), ("plain", ["plugin"]), ("delegate", ["integrator", "delegating"])):
        who = t.line(identity).call("auth.whoami")
        t.check(who, {"identity": {"name": identity, "roles": roles, "user": ABSENT}, "via": "key",
            "fingerprint": {"$re": "^[0-9a-f]{8}$"}})
        t.equal(t.line(identity).call("auth.whoami"), who, "a second connection of the identity")


@case("A02", "an unknown key is refused at the handshake", "8.2", "8.4", world="main")
def unknown_key(t):
    found = t.desk.discovery["curve"]
    for socket, kind in (("rpc", zmq.DEALER), ("events", zmq.SUB)):
        line = knock(t, found["endpoints"][socket][0], t.worlds.keys["stranger"], found["public_key"].encode(), kind)
        event = refused(line)
        t.equal([event["event"], event["value"]], [zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400], "the monitor")
        if kind == zmq.DEALER:
            line.knock(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
        t.true(not line.socket.poll(200), "something came to a stranger")


@case("A03", "a wrong key of the kernel", "8.2", world="main")
def wrong_server_key(t):
    found = t.desk.discovery["curve"]
    line = knock(t, found["endpoints"]["rpc"][0], t.worlds.keys["plug"], zmq.curve_keypair()[0])
    line.knock(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
    t.true(not line.socket.poll(500), "an answer came")
    t.check(t.line("plug").call("ping"), {"pong": True})


@case("A04", "no key where keys are asked for, and a key where none are", "8.2", "8.4", "1.7", world="main")
def without_key(t):
    found = t.desk.discovery
    for address in found["curve"]["endpoints"]["rpc"]:
        line = knock(t, address)
        line.knock(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
        t.true(not line.socket.poll(400), f"an answer came without a key on {address}")
    line = knock(t, found["endpoints"]["rpc"][0], t.worlds.keys["plug"], found["curve"]["public_key"].encode())
    line.knock(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
    t.true(not line.socket.poll(400), "an answer came to a key on the plain endpoint")


def as_uid(t, uid, wait):
    """What a process of another account gets."""
    if os.getuid() != 0:
        raise NotHere("needs root, to be somebody else")
    words = [sys.executable, "-m", "conformance.peer", str(uid), str(os.getgid()), t.desk.plain("rpc"), t.desk.plain("events"),
        str(wait)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise Failure(f"the peer of uid {uid} failed: {done.stderr[-600:]}")
    return json.loads(done.stdout)


@case("A05", "other accounts: one that the configuration knows, one that it does not", "8.1", "4.34", "1.6", world="main")
def other_accounts(t):
    known = as_uid(t, KNOWN_UID, 10_000)
    t.check(known, {"answer": {"result": {"identity": {"name": "neighbour", "roles": ["reporter"]}}}})
    t.true(known["heard"] is not None, "a reporter hears the bus")
    t.equal(as_uid(t, UNKNOWN_UID, 700), {"answer": None, "heard": None}, "what a stranger gets")


@case("A06", "without the handler that checks keys the kernel does not start", "8.6", world="own", limit=60)
def self_test(t):
    desk = t.own(start=False)
    shim = desk.folder / "no-zap.so"
    compiler = next((name for name in ("cc", "gcc", "clang") if subprocess.run(["which", name], capture_output=True,
        check=False).returncode == 0), None)
    if not compiler:
        raise NotHere("needs a C compiler, to take the handler out")
    source = ROOT / "conformance" / "no-zap.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, source], check=True, capture_output=True)
    desk.spawn(environment={"LD_PRELOAD": str(shim)})
    t.equal(desk.ending(), 70, "the status of a kernel that lets everybody in")
    t.true(not (desk.run / "kernel.json").exists(), "kernel.json is there")
    desk.start()
    t.check(t.line().call("ping"), {"pong": True})


@case("A07", "what a role does not allow is forbidden", "8.8", "8.9", "8.10", "9.8.17", world="main")
def roles(t):
    may = {
        "watcher": (["ticket.get", "ticket.list", "ticket.history", "events.read", "consumer.info", "kernel.health", "user.list"],
                    ["ticket.create", "user.update", "consumer.delete", "event.publish", "key.create", "auth.reload",
                        "kernel.stats"]),
        "partner": (["ticket.create", "ticket.list", "message.list", "user.get", "group.list", "auth.whoami"],
                    ["user.create", "organization.update", "events.read", "consumer.ensure", "kernel.health", "policy.list",
                        "calendar.list", "feedback.record"]),
        "plain": (["ticket.solve", "user.create", "calendar.due", "consumer.fetch", "kernel.stats", "feedback.get",
            "policy.create"],
                  ["log.truncate", "key.list", "auth.reload", "import.apply"]),
        "denied": (["ticket.create", "ticket.solve"], ["ticket.close", "message.list"])}
    for identity, (allowed, forbidden) in may.items():
        line = t.line(identity)
        for method in allowed:
            answer = line.answer(line.send(method))
            code = answer.get("error", {}).get("data", {}).get("code")
            t.true(code != "forbidden", f"{identity} may call {method}", answer)
        for method in forbidden:
            line.refuse(method, "forbidden")
    t.line("watcher").refuse("ticket.set_priority", "forbidden", ticket="T-1", priority="high", _meta={"identity": "owner"})
    t.check(t.line("admin").call("key.list"), {"items": {"$is": "array"}})


@case("A08", "the bus is for identities with all streams", "4.34", world="main")
def restricted_bus(t):
    found = t.desk.discovery["curve"]
    for identity in ("narrow", "partner"):
        line = knock(t, found["endpoints"]["events"][0], t.worlds.keys[identity], found["public_key"].encode(), zmq.SUB)
        t.equal(refused(line)["event"], zmq.EVENT_HANDSHAKE_FAILED_AUTH, f"the handshake of {identity}")
    for identity in ("plug", "watcher", "admin"):
        t.bus("$", identity=identity).ready()


@case("A10", "tcp is CURVE only, and its port is announced", "1.7", "8.2", "8.7", world="main")
def tcp(t):
    found = t.desk.discovery
    t.true(all(address.startswith("ipc://") for address in found["endpoints"]["rpc"] + found["endpoints"]["events"]),
        "plain endpoints are ipc", found)
    for socket in ("rpc", "events"):
        t.check(found["curve"]["endpoints"][socket], has({"$re": r"^tcp://127\.0\.0\.1:[1-9]\d+$"}))
    t.check(t.line("plug", transport="tcp").call("auth.whoami"), {"identity": {"name": "plug"}, "via": "key"})
    bus = t.bus("$", "organization.", identity="plug", transport="tcp").ready()
    made = t.line().call("organization.create", name=t.word("o"))["organization"]["id"]
    bus.topic(f"organization.created/{made}")
    address = next(a for a in found["curve"]["endpoints"]["rpc"] if a.startswith("tcp"))
    line = knock(t, address, t.worlds.keys["stranger"], found["curve"]["public_key"].encode())
    t.equal(refused(line)["event"], zmq.EVENT_HANDSHAKE_FAILED_AUTH, "the handshake of a stranger")


@case("A11", "acting for a person needs the right", "8.12", "8.13", "8.14", "8.15", "2.22", world="main")
def on_behalf(t):
    people, owner = t.people(), t.line()
    ticket = t.ticket()["id"]
    meta = {"on_behalf_of": people.agent}
    for identity in ("partner", "plug"):
        t.line(identity).refuse("ticket.reply", "forbidden", ticket=ticket, text="x", _meta=meta)
    line = t.line("delegate")
    line.refuse("ticket.reply", "forbidden", ticket=ticket, text="nobody acts")
    reply = line.call("ticket.reply", ticket=ticket, text=t.prose(), _meta=meta)
    t.check(reply, {"message": {"author": people.agent, "author_kind": "agent"}})
    event = owner.call("events.read", after_seq=reply["_meta"]["seq"] - 1, limit=1)["events"][0]["event"]
    t.check(event, {"actor": f"user/{people.agent}", "via": "delegate"})
    line.refuse("ticket.reply", "not_found", ticket=ticket, text="x", _meta={"on_behalf_of": "U-99999999"})
    gone = owner.call("user.create", name=t.prose())["user"]["id"]
    owner.call("user.update", user=gone, active=False)
    line.refuse("ticket.reply", "validation_failed", ticket=ticket, text="x", _meta={"on_behalf_of": gone})
    line.refuse("events.read", "forbidden", after_seq=0, _meta=meta)
    t.line("partner").refuse("import.apply", "forbidden", source="s", items=[])
    t.line("mover").call("import.apply", source=t.word("s"), items=[])


@case("A12", "more than 20 malformed messages within a minute", "6.24", "9.8.18", "9.8", "10.1", world="clock")
def flood(t):
    bad, sibling, owner = t.line("plug"), t.line("plug"), t.line()
    head = t.head(owner)
    for number in range(20):
        bad.text(b"{")
        t.check(bad.receive(), {"error": {"code": -32700}}, f"malformed message {number + 1}")
    t.check(bad.call("ping"), {"pong": True}, "after 20")
    # What is only unknown or forbidden does not count.
    sibling.refuse("nope", "method_not_found")
    bad.text(b"{")
    bad.receive()
    bad.text(b"{")
    t.check(bad.receive(), {"id": None, "error": {"code": -32003, "data": {"code": "rate_limited", "retryable": True}}},
        "after 21")
    bad.refuse("ping", "rate_limited")
    t.check(sibling.call("ping"), {"pong": True}, "another connection of the identity")
    event = t.system(owner, head, "flood_refused", identity="plug", malformed={"$min": 20})
    t.equal(event["subject"], "identity/plug", "the subject")
    owner.call("conformance.advance", ms=58_000)
    bad.refuse("ping", "rate_limited")
    owner.call("conformance.advance", ms=3000)
    t.check(bad.call("ping"), {"pong": True}, "after 60 s")


@case("A13", "10,000 calls of two identities by turns: each is judged as its own", "8.4", "8.2", world="main", heavy=True,
      limit=60)
def interleaved(t):
    dice = random.Random(13)
    lines = {"admin": t.line("admin", quiet=True), "watcher": t.line("watcher", quiet=True)}
    body = {name: encode({"jsonrpc": "2.0", "id": 0, "method": "kernel.stats"}) for name in lines}
    sent = {name: 0 for name in lines}
    for _ in range(10_000):
        name = dice.choice(("admin", "watcher"))
        lines[name].text(body[name])
        sent[name] += 1
        if sum(sent.values()) % 500 == 0:
            _collect(t, lines, sent)
    _collect(t, lines, sent)


def _collect(t, lines, sent):
    for name, line in lines.items():
        for _ in range(sent[name]):
            answer = line.receive()
            if ("result" in answer) != (name == "admin"):
                raise Failure(f"{name} was judged as somebody else", came=answer)
        sent[name] = 0


@case("A14", "a user that is linked to an identity acts for it; not once they are not active", "8.13", "14.7", "14.18",
      world="main")
def linked(t):
    owner, ticket = t.line(), t.ticket()["id"]
    user = owner.call("user.create", name=t.prose(), roles=["agent"], identity="partner")["user"]["id"]
    line = t.line("partner")
    t.check(line.call("auth.whoami"), {"identity": {"user": user}})
    t.check(line.call("ticket.reply", ticket=ticket, text=t.prose()), {"message": {"author": user, "author_kind": "agent"}})
    owner.call("user.update", user=user, active=False)
    line.refuse("ticket.reply", "forbidden", ticket=ticket, text="x")
    t.check(line.call("auth.whoami"), {"identity": {"user": ABSENT}})
    owner.call("user.update", user=user, identity=None)


@case("A15", "a requester sees their own tickets, and nothing internal", "8.21", "8.22", "8.24", "8.25", world="main")
def requester_sees(t):
    people, owner = t.people(), t.line()
    secret = t.word("secret")
    mine = owner.call("ticket.create", subject=t.prose(), text="help", requester=people.requester, fields={"risk": secret})["ticket"]["id"]
    theirs = owner.call("ticket.create", subject=secret, text=secret, requester=people.agent)
    note = owner.call("ticket.note", ticket=mine, text=secret)["message"]["id"]
    meta = {"on_behalf_of": people.requester}
    seen = owner.call("ticket.get", ticket=mine, _meta=meta)["ticket"]
    t.equal((seen["fields"], seen["sla"], "assignee" in seen), ({}, [], False), "what is internal of a ticket")
    listed = owner.call("ticket.list", _meta=meta)["items"]
    t.equal({one["requester"] for one in listed}, {people.requester}, "whose tickets are listed")
    heard = owner.call("message.list", ticket=mine, _meta=meta)["items"]
    t.equal([one["visibility"] for one in heard], ["public"], "visible messages")
    told = owner.call("ticket.history", ticket=mine, _meta=meta)["items"]
    t.equal(secret in str([seen, listed, heard, told]), False, "something internal is told")
    owner.refuse("message.get", "not_found", message=note, _meta=meta)
    other = theirs["ticket"]["id"]
    for method in ("ticket.get", "ticket.history", "message.list", "ticket.solve"):
        owner.refuse(method, "not_found", ticket=other, _meta=meta)
    owner.refuse("message.get", "not_found", message=theirs["message"]["id"], _meta=meta)
    owner.refuse("ticket.note", "forbidden", ticket=mine, text="x", _meta=meta)
    owner.refuse("ticket.create", "forbidden", subject="x", assignee=people.agent, _meta=meta)
    owner.refuse("user.list", "forbidden", _meta=meta)
    owner.refuse("user.get", "forbidden", user=people.agent, _meta=meta)
    owner.call("user.get", user=people.requester, _meta=meta)


@case("A16", "an agent reaches the tickets of their groups", "8.23", "8.24", "8.27", world="main")
def agent_reaches(t):
    owner = t.line()
    boris = owner.call("user.create", name=t.prose(), roles=["agent"])["user"]["id"]
    near = owner.call("group.create", name=t.word("near"), members=[boris])["group"]["id"]
    far = owner.call("group.create", name=t.word("far"))["group"]["id"]
    meta = {"on_behalf_of": boris}
    for group, reached in ((near, True), (far, False)):
        ticket = owner.call("ticket.create", subject=t.prose(), requester=t.people().requester, group=group)["ticket"]["id"]
        if reached:
            owner.call("ticket.note", ticket=ticket, text="x", _meta=meta)
            continue
        owner.refuse("ticket.note", "not_found", ticket=ticket, text="x", _meta=meta)
        owner.call("ticket.assign", ticket=ticket, assignee=boris)
        owner.call("ticket.note", ticket=ticket, text="x", _meta=meta)
    owner.refuse("events.read", "forbidden", after_seq=0, _meta=meta)
    owner.refuse("policy.create", "forbidden", name="x", calendar="C-1", targets={}, _meta=meta)


@case("A17", "an identity from which something is held back", "8.26", "8.10", "8.27", world="main", needs=["events"])
def limited_identity(t):
    owner, portal = t.line(), t.line("portal")
    anna = owner.call("user.create", name=t.prose(), identity="portal")["user"]["id"]
    try:
        theirs = t.ticket()["id"]
        mine = portal.call("ticket.create", subject=t.prose(), text="help")["ticket"]
        t.equal(mine["requester"], anna, "the requester")
        owner.call("ticket.note", ticket=mine["id"], text="between us")
        t.equal([one["text"] for one in portal.call("message.list", ticket=mine["id"])["items"]], ["help"], "visible messages")
        portal.refuse("ticket.get", "not_found", ticket=theirs)
        for method in ("events.read", "consumer.list", "key.list", "kernel.stats"):
            portal.refuse(method, "forbidden", **({"after_seq": 0} if method == "events.read" else {}))
    finally:
        owner.call("user.update", user=anna, identity=None)
    portal.refuse("ticket.get", "not_found", ticket=mine["id"])
