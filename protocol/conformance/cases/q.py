"""Keys and settings of a kernel that runs."""
import signal
import time

import zmq

from conformance.case import case
from conformance.cases.a import knock, refused
from conformance.desk import keypair
from conformance.match import ABSENT, TEXT, WHEN, has


def join(t, name, roles=("plugin",)):
    """A key made on a kernel that runs, and a connection with it."""
    pair = keypair()
    made = t.line().call("key.create", name=name, public_key=pair[0].decode(), roles=list(roles))
    t.worlds.keys[name] = pair
    return made, t.line(name)


@case("Q01", "key.create, key.list, key.revoke", "8.17", "8.7", "8.2", world="main")
def keys(t):
    owner, name = t.line(), t.word("key")
    head = t.head(owner)
    made, line = join(t, name)
    t.check(made, {"identity": {"name": name, "fingerprint": {"$re": "^[0-9a-f]{8}$"}, "roles": ["plugin"], "created_at": WHEN}})
    t.check(line.call("auth.whoami"), {"identity": {"name": name, "roles": ["plugin"]}, "via": "key",
        "fingerprint": made["identity"]["fingerprint"]})
    event = t.system(owner, head, "key_created", identity=name, fingerprint=made["identity"]["fingerprint"], roles=["plugin"])
    t.equal(event["subject"], f"identity/{name}", "the subject")
    listed = owner.call("key.list")["items"]
    t.check(listed, has(
        {"name": name, "source": "desk", "roles": ["plugin"], "fingerprint": made["identity"]["fingerprint"], "created_at": WHEN,
            "revoked_at": ABSENT},
        {"name": "plug", "source": "config", "created_at": ABSENT}))
    secret = t.worlds.keys[name][1].decode()
    t.true(secret not in str(listed) + str(event), "a secret key travels")
    done = owner.call("key.revoke", name=name)
    t.equal(done["revoked"], [made["identity"]["fingerprint"]], "what was revoked")
    t.system(owner, head, "key_revoked", identity=name, fingerprint=made["identity"]["fingerprint"])
    t.check(owner.call("key.list")["items"], has({"name": name, "revoked_at": TEXT}))


@case("Q02", "keys that may not be made or revoked", "8.19", "8.17", world="main")
def refusals(t):
    owner, public = t.line(), keypair()[0].decode()
    for name in ("plug", "owner"):
        owner.refuse("key.create", "already_exists", name=name, public_key=public, roles=["plugin"])
    owner.refuse("key.revoke", "validation_failed", name="plug")
    owner.refuse("key.revoke", "not_found", name="nobody-has-this-name")
    for wrong in ("short", "x" * 40 + "y", "\u044f" * 40):
        owner.refuse("key.create", "invalid_params", name=t.word("k"), public_key=wrong, roles=["plugin"])
    owner.refuse("key.create", "not_found", name=t.word("k"), public_key=public, roles=["there-is-no-such-role"])
    owner.refuse("key.create", "already_exists", name=t.word("k"), public_key=t.worlds.keys["plug"][0].decode(), roles=["plugin"])
    owner.refuse("key.create", "invalid_params", name=t.word("k"), public_key=public, roles=[])
    owner.refuse("key.create", "invalid_params", name=t.word("k"), public_key=public, roles=["plugin"] * 21)


@case("Q07", "nobody hands out more than it has; a revoked key does not come back", "8.20", world="main")
def no_more_than_one_has(t):
    keeper, owner, name = t.line("keeper"), t.line(), t.word("k")
    public = keypair()[0].decode()
    for roles in (["operator"], ["plugin"], ["tickets", "mover"], ["delegating"], ["hooking"]):
        keeper.refuse("key.create", "forbidden", name=name, public_key=public, roles=roles)
    t.check(keeper.call("key.create", name=name, public_key=public, roles=["tickets"]),
        {"identity": {"name": name, "roles": ["tickets"]}})
    owner.refuse("key.create", "already_exists", name=t.word("k"), public_key=public, roles=["tickets"])
    owner.call("key.revoke", name=name)
    owner.refuse("key.create", "validation_failed", name=t.word("k"), public_key=public, roles=["tickets"])


@case("Q03", "a revoked key: the next message is refused, subscriptions end", "8.18", "8.2", "8.5", "9.8.20", world="main",
      limit=60)
def revoked(t):
    owner, name = t.line(), t.word("key")
    _, line = join(t, name)
    bus = t.bus("$", identity=name).ready()
    other = t.bus("$", "organization.", identity="plug").ready()
    line.call("ping")
    owner.call("key.revoke", name=name)
    begin = time.monotonic()
    word = t.word("never")
    for _ in range(20):
        line.send("organization.create", name=word)
    t.check(line.receive(), {"error": {"code": -32001, "data": {"code": "unauthenticated", "retryable": False}}},
        "the next message")
    answers = 1
    while line.socket.poll(max(0, 800 - t.elapsed(begin) * 1000)):
        line.receive()
        answers += 1
    t.true(answers <= 2, f"{answers} answers within a second")
    t.equal(owner.call("organization.list", name=word)["items"], [], "what a revoked key did")
    t.until(lambda: _is_quiet(bus) or t.elapsed(begin) > 6, "the end of its subscription", 12)
    t.true(t.elapsed(begin) < 8, f"the subscription went on for {t.elapsed(begin):.0f} s")
    found = t.desk.discovery["curve"]
    again = knock(t, found["endpoints"]["rpc"][0], t.worlds.keys[name], found["public_key"].encode())
    t.equal(refused(again)["event"], zmq.EVENT_HANDSHAKE_FAILED_AUTH, "a new connection with it")
    made = owner.call("organization.create", name=t.word("o"))
    t.until(lambda: _beat(other) >= made["_meta"]["seq"], "the others hear the bus again")


def _is_quiet(bus):
    """No heartbeat for 2.5 s, though one comes each second."""
    if bus.socket.poll(2500):
        bus.parse(bus.socket.recv_multipart())
        return False
    return True


def _beat(bus):
    event = bus.until(lambda m: m.topic == "$hb/" or m.header and m.header.seq)
    return event.header.seq or event.body["head_seq"]


@case("Q04", "keys and revocations survive a crash", "8.17", world="own")
def survive(t):
    desk = t.own()
    join(t, "kept")
    join(t, "dropped")
    t.line().call("key.revoke", name="dropped")
    desk.kill()
    desk.start()
    t.check(t.line("kept").call("auth.whoami"), {"identity": {"name": "kept"}})
    found = desk.discovery["curve"]
    line = knock(t, found["endpoints"]["rpc"][0], t.worlds.keys["dropped"], found["public_key"].encode())
    t.equal(refused(line)["event"], zmq.EVENT_HANDSHAKE_FAILED_AUTH, "the handshake of a revoked key")
    t.check(t.line().call("key.list")["items"],
        has({"name": "kept", "revoked_at": ABSENT}, {"name": "dropped", "revoked_at": WHEN}))


@case("Q05", "auth.reload and SIGHUP: the configuration holds for the next message", "8.16", "8.18", world="own", limit=60)
def reload(t):
    desk = t.own()
    owner, plug, watcher = t.line(), t.line("plug"), t.line("watcher")
    watcher.refuse("ticket.create", "forbidden")
    plug.call("ticket.list")
    settings = dict(desk.settings)
    head = t.head(owner)
    kept = [entry for entry in settings["identities"] if entry["name"] != "plug"]
    changed = [dict(entry, roles=["integrator"]) if entry["name"] == "watcher" else entry for entry in kept]
    desk.configure({**settings, "identities": changed})
    t.equal(sorted(owner.call("auth.reload")["identities"]), ["plug", "watcher"], "whom it concerned")
    plug.send("ticket.list")
    t.check(plug.receive(), {"error": {"code": -32001, "data": {"code": "unauthenticated"}}}, "the next message of who is gone")
    watcher.refuse("events.read", "forbidden", after_seq=0)
    watcher.refuse("ticket.create", "invalid_params")
    t.check(t.system(owner, head, "access_changed"), {"subject": "kernel/access", "data": {"identities": has("plug", "watcher")}})
    desk.configure({**settings, "identities": [{"name": "x", "roles": ["nothing"], "key": "short"}]})
    answer = owner.answer(owner.send("auth.reload"))
    t.check(answer, {"error": {"code": 1004, "data": {"code": "validation_failed"}}})
    watcher.refuse("events.read", "forbidden", after_seq=0)
    desk.configure(settings)
    desk.process.send_signal(signal.SIGHUP)
    t.until(lambda: "result" in watcher.answer(watcher.send("events.read", after_seq=0)), "the settings after SIGHUP")
    t.check(t.line("plug").call("ticket.list"), {"items": []})


@case("Q06", "rates and hooks come with a reload", "8.16", "6.23", "3.6", world="own")
def reload_rules(t):
    desk = t.own()
    owner, line = t.line(), t.line("plain")
    for _ in range(20):
        line.call("ticket.list", limit=1)
    t.check(line.call("session.hello", manifest={"name": "plain", "hooks": [{"point": "ticket.before_update"}]}),
        {"granted": {"hooks": []}})
    settings = desk.settings
    roles = {**settings["roles"], "slow": {"methods": ["ticket.*"], "rate": {"per_s": 1, "burst": 2}, "hooks": ["ticket.*"]}}
    identities = [dict(i, roles=["slow"]) if i["name"] == "plain" else i for i in settings["identities"]]
    desk.configure({**settings, "roles": roles, "identities": identities})
    t.equal(owner.call("auth.reload")["identities"], ["plain"], "whom it concerned")
    hello = t.line("plain").call("session.hello", manifest={"name": "plain", "hooks": [{"point": "ticket.before_update"}]})
    t.check(hello, {"granted": {"hooks": ["ticket.before_update"]}})
    answers = [line.answer(line.send("ticket.list", limit=1)) for _ in range(8)]
    t.true(any(a.get("error", {}).get("data", {}).get("code") == "rate_limited" for a in answers), "the new rate holds",
        answers[-1])
