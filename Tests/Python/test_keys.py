"""Keys and roles of a running kernel: made, listed, revoked, read again."""
import json
import os
import signal
import struct
import subprocess
import sys
import textwrap
import time

import pytest
import zmq

from conftest import BIN, CallFailed, key_pair, until

ROLES = {"fetcher": {"methods": ["consumer.*", "events.read"], "streams": ["ticket"]}}


def settings(**identities):
    """A kernel's settings: each identity with its keys and roles."""
    return {
        "roles": ROLES,
        "identities": [{"name": name, "keys": list(keys), "roles": roles} for name, (keys, roles) in identities.items()],
    }


class Configured:
    """A desk whose settings change while it runs."""

    def __init__(self, desk):
        self.desk = desk
        self.file = desk.folder / "kernel.yaml"

    def write(self, **identities):
        self.file.write_text(json.dumps(settings(**identities)))
        return self

    def start(self):
        self.desk.start("--config", self.file)
        return self


@pytest.fixture
def configured(empty_desk):
    return Configured(empty_desk)


def refused(client, method, **params):
    with pytest.raises(CallFailed) as failure:
        client.call(method, **params)
    return failure.value.error


def types(desk, owner, after=0):
    events = owner.call("events.read", after_seq=after, limit=500)["events"]
    return [e["event"]["type"].removeprefix("opora.").removesuffix(".v1") for e in events]


def hears(socket, make, patience=10):
    """Makes events until the subscriber hears one: it may be connecting."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        make()
        while socket.poll(200):
            if len(socket.recv_multipart()) == 3:
                return True
    return False


def heard(socket, patience=0.5):
    """Positions of the events that still come to a subscriber, until none does for a while."""
    seqs = []
    while socket.poll(patience * 1000):
        frames = socket.recv_multipart()
        if len(frames) == 3:
            seqs.append(struct.unpack(">2sBBIQQQ", frames[1])[4])
    return [seq for seq in seqs if seq]


def test_who_am_i(configured):
    pair = key_pair()
    desk = configured.write(anna=([pair["public_key"]], ["integrator", "fetcher"])).start().desk
    owner = desk.client()
    answer = owner.call("auth.whoami")
    assert answer["via"] == "uid" and answer["identity"]["name"] == "owner" and "fingerprint" not in answer
    assert answer["identity"]["methods"] == ["*"] and answer["identity"]["streams"] == ["*"]
    owner.call("user.create", name="Anna", identity="anna")
    answer = desk.client(pair).call("auth.whoami")
    assert answer["via"] == "key" and len(answer["fingerprint"]) == 8
    assert answer["identity"]["user"] == "U-1" and answer["identity"]["roles"] == ["integrator", "fetcher"]
    assert answer["identity"]["streams"] == ["ticket"] and "ticket.*" in answer["identity"]["methods"]


def test_a_key_of_a_running_kernel_lives_until_it_is_revoked(desk):
    owner, pair = desk.client(), key_pair()
    made = owner.call("key.create", name="robot", public_key=pair["public_key"], roles=["plugin"])["identity"]
    assert made["name"] == "robot" and made["roles"] == ["plugin"]
    robot = desk.client(pair)
    assert robot.call("auth.whoami")["fingerprint"] == made["fingerprint"]
    bus, others = desk.subscriber(b"", keys=pair), desk.subscriber(b"")

    def make():
        return owner.call("user.create", name="x")["_meta"]["seq"]

    assert hears(bus, make) and hears(others, make)
    # It is known after a crash, too.
    desk.kill()
    heard(bus)  # What came before is not to be taken for a new connection.
    desk.start()
    owner = desk.client()
    robot = desk.client(pair)
    assert robot.call("auth.whoami")["identity"]["name"] == "robot"
    assert hears(bus, make, patience=20)
    before = time.monotonic()
    assert owner.call("key.revoke", name="robot")["revoked"] == [made["fingerprint"]]
    # Told once, however often it asks within a second; nothing is done for it.
    for _ in range(20):
        robot.send("user.create", {"name": "after"})
    answer = robot.receive()
    assert answer["error"]["code"] == -32001 and answer["error"]["data"]["code"] == "unauthenticated"
    if time.monotonic() - before < 0.9:
        assert not robot.socket.poll(50)
    # Off the bus within five seconds; whoever else listens is back by itself.
    assert hears(others, make)
    assert time.monotonic() - before < 5
    assert make() not in heard(bus)
    late = desk.client(pair)
    late.send("ping")
    assert not late.socket.poll(300)
    assert "after" not in [user["name"] for user in owner.call("user.list", limit=200)["items"]]
    assert owner.call("kernel.stats")["bus_renewals"] == 1
    listed = owner.call("key.list")["items"]
    assert [(k["name"], k["source"], "revoked_at" in k) for k in listed] == [("robot", "desk", True)]
    seen = types(desk, owner)
    assert seen.count("system.key_created") == 1 and seen.count("system.key_revoked") == 1
    # It does not come back, but the name may, with another key.
    again = refused(owner, "key.create", name="other", public_key=pair["public_key"], roles=["plugin"])
    assert again["code"] == 1004
    owner.call("key.create", name="robot", public_key=key_pair()["public_key"], roles=["reporter"])
    for socket in (bus, others):
        socket.close()


def test_a_revoked_plugin_loses_its_session_and_its_long_poll(desk):
    owner, pair = desk.client(), key_pair()
    owner.call("key.create", name="robot", public_key=pair["public_key"], roles=["plugin"])
    robot, waiting = desk.client(pair), desk.client(pair)
    robot.call("session.hello", manifest={"name": "robot", "methods": [{"name": "x.robot.greet"}]})
    robot.call("consumer.ensure", name="robot", start={"from": "now"})
    waiting.send("consumer.fetch", {"name": "robot", "wait_ms": 20000})
    until(lambda: owner.call("kernel.health")["consumers"][0].get("holder"), "the long poll")
    owner.call("key.revoke", name="robot")
    assert waiting.receive()["error"]["data"]["code"] == "unauthenticated"
    assert not owner.call("kernel.health")["sessions"]
    assert refused(owner, "x.robot.greet")["data"]["code"] == "provider_offline"


def test_names_and_keys_are_there_once(configured):
    pair, other = key_pair(), key_pair()
    desk = configured.write(anna=([pair["public_key"]], ["integrator"])).start().desk
    owner = desk.client()

    def create(name, key, roles=("plugin",)):
        return refused(owner, "key.create", name=name, public_key=key, roles=list(roles))["code"]

    assert create("anna", other["public_key"]) == 1002
    assert create("owner", other["public_key"]) == 1002
    assert create("boris", pair["public_key"]) == 1002
    assert create("boris", "short") == -32602
    assert create("boris", other["public_key"], ["nobody"]) == 1001
    assert create("boris", other["public_key"], []) == -32602
    assert refused(owner, "key.revoke", name="anna")["code"] == 1004
    assert refused(owner, "key.revoke", name="nobody")["code"] == 1001
    owner.call("key.create", name="boris", public_key=other["public_key"], roles=["plugin"])
    assert create("boris", key_pair()["public_key"]) == 1002
    # The configuration may not name one either.
    configured.write(anna=([pair["public_key"]], ["integrator"]), boris=([key_pair()["public_key"]], ["integrator"]))
    assert "boris" in refused(owner, "auth.reload")["message"]
    assert desk.client(other).call("auth.whoami")["identity"]["name"] == "boris"


def test_nobody_hands_out_more_than_he_has(configured):
    pair = key_pair()
    ROLES_PLUS = dict(ROLES, keeper={"methods": ["key.*", "ticket.*"], "deny": ["ticket.close"], "streams": ["ticket"]},
                      mover={"methods": ["ticket.*"], "rights": ["import"]},
                      reader={"methods": ["ticket.get"], "deny": ["ticket.close"], "streams": ["ticket"]})
    configured.file.write_text(json.dumps(
        {"roles": ROLES_PLUS, "identities": [{"name": "keeper", "key": pair["public_key"], "roles": ["keeper"]}]}))
    desk = configured.start().desk
    keeper = desk.client(pair)
    for role in ("operator", "plugin", "fetcher", "mover", "integrator"):
        error = refused(keeper, "key.create", name="x", public_key=key_pair()["public_key"], roles=[role])
        assert error["code"] == -32002, role
    keeper.call("key.create", name="x", public_key=key_pair()["public_key"], roles=["reader"])


@pytest.mark.parametrize("how", ["auth.reload", "SIGHUP"])
def test_roles_and_identities_are_read_again(configured, how):
    anna, boris = key_pair(), key_pair()
    desk = configured.write(anna=([anna["public_key"]], ["integrator"]), boris=([boris["public_key"]], ["integrator"])).start().desk
    owner = desk.client()

    def reload():
        if how == "auth.reload":
            return owner.call("auth.reload")["identities"]
        head = owner.call("kernel.health")["head_seq"]
        desk.kernel.send_signal(signal.SIGHUP)
        page = owner.call("events.read", after_seq=head, wait_ms=10_000)
        return page["events"][0]["event"]["data"]["identities"]

    first, second = desk.client(anna), desk.client(boris)
    assert refused(first, "kernel.stats")["code"] == -32002
    assert second.call("ping")["pong"]
    # The role changes for the next message, the other's key is not known any more, a third one is.
    carla = key_pair()
    configured.write(anna=([anna["public_key"]], ["operator"]), carla=([carla["public_key"]], ["plugin"]))
    assert reload() == ["anna", "boris", "carla"]
    assert first.call("kernel.stats")
    second.send("ping")
    assert second.receive()["error"]["code"] == -32001
    assert desk.client(carla).call("auth.whoami")["identity"]["name"] == "carla"
    # A second key for one of them, beside the first.
    configured.write(anna=([anna["public_key"], boris["public_key"]], ["operator"]), carla=([carla["public_key"]], ["plugin"]))
    assert reload() == ["anna"]
    assert desk.client(boris).call("auth.whoami")["identity"]["name"] == "anna"
    assert first.call("ping")["pong"]
    assert types(desk, owner) == ["system.access_changed"] * 2
    desk.stop()


def test_wrong_settings_change_nothing(configured):
    anna = key_pair()
    desk = configured.write(anna=([anna["public_key"]], ["integrator"])).start().desk
    owner, client = desk.client(), desk.client(anna)
    configured.write(anna=(["short"], ["nobody"]), boris=([], []))
    error = refused(owner, "auth.reload")
    assert error["code"] == 1004
    messages = " ".join(detail["message"] for detail in error["data"]["details"])
    assert "kernel.yaml" in messages and "nobody" in messages and "40 characters" in messages
    desk.kernel.send_signal(signal.SIGHUP)
    until(lambda: "nothing changed" in (desk.folder / "oporad.log").read_text(), "the complaint")
    assert client.call("auth.whoami")["identity"]["roles"] == ["integrator"]
    assert types(desk, owner) == []
    configured.write(anna=([anna["public_key"]], ["integrator"]))
    assert owner.call("auth.reload")["identities"] == []


def test_the_bus_is_for_those_who_may_hear_everything(configured):
    anna, boris = key_pair(), key_pair()
    desk = configured.write(anna=([anna["public_key"]], ["fetcher"]), boris=([boris["public_key"]], ["plugin"])).start().desk
    owner = desk.client()
    some, all_of_it = desk.subscriber(b"", keys=anna), desk.subscriber(b"", keys=boris)

    def make():
        return owner.call("user.create", name="x")["_meta"]["seq"]

    assert hears(all_of_it, make)
    assert not some.poll(200)
    # Who may not any more is put off it.
    configured.write(anna=([anna["public_key"]], ["fetcher"]), boris=([boris["public_key"]], ["fetcher"]))
    assert owner.call("auth.reload")["identities"] == ["boris"]
    until(lambda: owner.call("kernel.stats")["bus_renewals"] == 1, "the eviction", patience=5)
    assert make() not in heard(all_of_it)
    assert desk.client(boris).call("auth.whoami")["identity"]["streams"] == ["ticket"]
    for socket in (some, all_of_it):
        socket.close()


def test_other_machines_come_in_by_tcp_with_a_key(configured):
    anna, stranger = key_pair(), key_pair()
    configured.write(anna=([anna["public_key"]], ["plugin"]))
    desk = configured.desk
    desk.start("--config", configured.file, "--set", "tcp.rpc=tcp://127.0.0.1:*", "--set", "tcp.events=tcp://127.0.0.1:*")
    endpoints = desk.discovery["curve"]["endpoints"]
    rpc, events = endpoints["rpc"][1], endpoints["events"][1]
    assert rpc.startswith("tcp://127.0.0.1:") and rpc != events and "*" not in rpc + events
    client = desk.client(anna, endpoint=rpc)
    assert client.call("auth.whoami")["via"] == "key"
    bus = desk.subscriber(b"", keys=anna, endpoint=events)
    assert hears(bus, lambda: client.call("user.create", name="x"))
    # Without a key, or with another, nobody comes in.
    for lost in (desk.client(stranger, endpoint=rpc), desk.client(endpoint=rpc)):
        lost.send("ping")
        assert not lost.socket.poll(300)
    # The bus comes back at the same port after somebody was put off it.
    owner = desk.client()
    owner.call("key.create", name="robot", public_key=stranger["public_key"], roles=["plugin"])
    robot = desk.subscriber(b"", keys=stranger, endpoint=events)
    assert hears(robot, lambda: client.call("user.create", name="x"))
    owner.call("key.revoke", name="robot")
    until(lambda: owner.call("kernel.stats")["bus_renewals"] == 1, "the eviction", patience=5)
    heard(bus)
    assert hears(bus, lambda: client.call("user.create", name="x"))
    assert client.call("ping")["pong"]
    for socket in (bus, robot):
        socket.close()


@pytest.mark.parametrize("setting", ["tcp.curve=false", "tcp.rpc=ipc:///tmp/x", "tcp.rpc=tcp://0.0.0.0", "tcp.rpc=tcp://*:0"])
def test_tcp_without_curve_can_not_be_had(empty_desk, setting):
    ended = subprocess.run(
        [BIN / "oporad", "--data-dir", empty_desk.data, "--run-dir", empty_desk.run, "--set", setting],
        capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 78 and setting.split("=")[0] in ended.stderr


def test_more_than_a_thousand_prefixes_cost_the_bus(desk):
    owner, pair = desk.client(), key_pair()
    owner.call("key.create", name="greedy", public_key=pair["public_key"], roles=["plugin"])

    def make():
        return owner.call("user.create", name="x")["_meta"]["seq"]

    others = desk.subscriber(b"user.")
    greedy = desk.subscriber(*(b"user.%d" % n for n in range(999)), b"user.", keys=pair)
    assert hears(greedy, make) and hears(others, make)
    greedy.subscribe(b"one too many")
    until(lambda: owner.call("kernel.stats")["bus_renewals"] == 1, "the renewal")
    # The others are back, it is not, and does not cost them anything again.
    assert hears(others, make)
    assert make() not in heard(greedy)
    assert owner.call("kernel.stats")["bus_renewals"] == 1
    assert desk.client(pair).call("ping")["pong"]
    for socket in (greedy, others):
        socket.close()


def test_what_is_sent_up_the_bus_is_counted_and_no_more(desk):
    owner = desk.client()
    up = desk.subscriber(kind=zmq.XSUB)
    up.send(b"\x01user.")
    assert hears(up, lambda: owner.call("user.create", name="x"))
    up.send(b"\x02junk")
    up.send_multipart([b"", b'{"jsonrpc":"2.0","id":1,"method":"ping"}'])
    until(lambda: owner.call("kernel.stats")["ignored_bus_messages"] == 2, "the count")
    assert hears(up, lambda: owner.call("user.create", name="x"))
    up.close()


def test_who_does_not_read_loses_its_session_and_nobody_else_notices(desk):
    owner = desk.client()
    deaf = desk.client()
    deaf.call("session.hello", manifest={"name": "deaf"})
    assert [s["name"] for s in owner.call("kernel.health")["sessions"]] == ["deaf"]
    desk.furnish(owner)
    owner.call("ticket.create", subject="long", requester="U-2", text="x" * 200_000)
    request = {"jsonrpc": "2.0", "id": 1, "method": "message.get", "params": {"message": "M-1"}}
    request, answer = json.dumps(request).encode(), 200_000
    slowest, sent = 0, 0

    def is_given_up():
        nonlocal slowest, sent
        for _ in range(50):
            deaf.socket.send_multipart([b"", request])
            sent += answer
        before = time.monotonic()
        owner.call("ping")
        slowest = max(slowest, time.monotonic() - before)
        return owner.call("kernel.stats")["slow_peers"] == 1

    until(is_given_up, "the end of its session")
    assert not owner.call("kernel.health")["sessions"]
    assert sent > 16 * 1_048_576
    assert slowest < 2


@pytest.mark.skipif(os.getuid() != 0, reason="only root may start a process of another account")
def test_another_account_is_known_by_its_uid_until_that_is_taken_away(configured):
    uid = 65534
    configured.file.write_text(json.dumps({"identities": [{"name": "nobody", "uids": [uid, 65533], "roles": ["integrator"]}]}))
    desk = configured.start().desk
    owner = desk.client()
    endpoint = desk.discovery["endpoints"]["rpc"][0]
    # Here that account is in no group with the kernel's.
    for path in (desk.folder, desk.run):
        os.chmod(path, 0o755)
    os.chmod(endpoint.removeprefix("ipc://"), 0o666)
    program = textwrap.dedent("""
        import os, sys
        import zmq
        endpoint, uid = sys.argv[1], int(sys.argv[2])
        os.setgroups([]); os.setgid(uid); os.setuid(uid)
        socket = zmq.Context().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(endpoint)
        for _ in sys.stdin:
            socket.send_multipart([b"", b'{"jsonrpc":"2.0","id":1,"method":"auth.whoami"}'])
            print(socket.recv_multipart()[1].decode() if socket.poll(int(sys.argv[3])) else "silence", flush=True)
    """)

    def process(uid, patience):
        return subprocess.Popen(
            [sys.executable, "-c", program, endpoint, str(uid), str(patience)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)

    def ask(process):
        process.stdin.write("\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    known, stranger = process(uid, 10_000), process(65532, 300)
    answer = json.loads(ask(known))["result"]
    assert answer["identity"]["name"] == "nobody" and answer["via"] == "uid"
    assert ask(stranger) == "silence"
    configured.file.write_text(json.dumps({"identities": [{"name": "nobody", "uid": 65533, "roles": ["integrator"]}]}))
    assert owner.call("auth.reload")["identities"] == ["nobody"]
    assert json.loads(ask(known))["error"]["code"] == -32001
    for each in (known, stranger):
        each.stdin.close()
        each.wait()


def test_keys_on_the_command_line(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    file = desk.folder / "robot.json"
    fingerprint = desk.opora("key", "new", "robot", "--role", "integrator").stdout.strip()
    assert len(fingerprint) == 8 and file.stat().st_mode & 0o777 == 0o600
    pair = json.loads(file.read_text())
    assert desk.client(pair).call("auth.whoami")["fingerprint"] == fingerprint
    assert fingerprint in desk.opora("key", "list").stdout
    assert desk.opora("call", "auth.whoami", "{}", "--key", file).returncode == 0
    # What the kernel refuses leaves no file behind, and takes none away that was there.
    for name, role, word in [("robot", "plugin", "robot"), ("other", "nobody", "nobody")]:
        refusal = desk.opora("key", "new", name, "--role", role, "--out", "new.json", check=False)
        assert refusal.returncode == 1 and word in refusal.stderr
        assert not (desk.folder / "new.json").exists()
    assert desk.opora("key", "new", "other", "--role", "plugin", "--out", file, check=False).returncode == 1
    assert json.loads(file.read_text()) == pair
    assert desk.opora("key", "revoke", "robot").stdout.strip() == fingerprint
    assert "уже не было" in desk.opora("key", "revoke", "robot", language="ru").stderr
    assert desk.opora("key", "revoke", "nobody", check=False).returncode == 1
    # Without a kernel there is a pair to be written into the settings.
    desk.stop()
    public = desk.opora("key", "new", "later", "--offline").stdout.strip()
    assert len(public) == 40 and desk.opora("key", "show", "later.json").stdout.strip() == public
    lost = desk.opora("key", "new", "early", "--role", "plugin", check=False)
    assert lost.returncode == 69 and not (desk.folder / "early.json").exists()
    for arguments in (["a/b", "--offline"], ["x"], ["x", "--offline", "--role", "plugin"], [".x", "--offline"]):
        assert desk.opora("key", "new", *arguments, check=False).returncode == 64, arguments
