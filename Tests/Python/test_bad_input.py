"""Bad input of every kind: each gets its typed error or its message, and the kernel goes on."""
import json
import os
import signal
import subprocess

import pytest
import zmq

from conftest import BIN, CallFailed, until

PING = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()


def code(answer):
    return answer["error"]["data"]["code"]


@pytest.mark.parametrize(
    "frames, expected",
    [
        ([PING], "bad_envelope"),
        ([b"", PING, b"x"], "bad_envelope"),
        ([b"x", PING], "bad_envelope"),
        ([b""], "bad_envelope"),
        ([b""] * 500, "bad_envelope"),
        ([b"", b""], "parse_error"),
        ([b"", b"{"], "parse_error"),
        ([b"", b"\xff\xfe"], "parse_error"),
        ([b"", b"\xef\xbb\xbf" + PING], "parse_error"),
        ([b"", PING + PING], "parse_error"),
        ([b"", b'{"a":1,"a":2}'], "parse_error"),
        ([b"", b"[" * 65 + b"]" * 65], "parse_error"),
        ([b"", b"[NaN]"], "parse_error"),
        ([b"", b"[]"], "invalid_request"),
        ([b"", b"1"], "invalid_request"),
        ([b"", b'{"jsonrpc":"2.0","id":1}'], "invalid_request"),
        ([b"", b'{"jsonrpc":"2.0","id":1,"method":"nope"}'], "method_not_found"),
        ([b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.get","params":["T-1"]}'], "invalid_params"),
        ([b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.get","params":{"tickt":"T-1"}}'], "invalid_params"),
        ([b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.get","params":{"ticket":7}}'], "invalid_params"),
        ([b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.get","params":{"ticket":"T-1"}}'], "not_found"),
        ([b"", b" " * (1024 * 1024 + 1)], "request_too_large"),
        ([b"", b" " * (2 * 1024 * 1024)], "request_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_requests(desk, frames, expected):
    client = desk.client()
    assert code(client.frames(*frames)) == expected
    assert client.call("ping")["pong"]


def test_forbidden_transition_and_unknown_things(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="x", requester="U-2")
    with pytest.raises(CallFailed) as refused:
        client.call("ticket.close", ticket="T-1")
    assert refused.value.code == "invalid_transition"
    assert refused.value.error["data"]["allowed"] == ["open", "pending", "on_hold", "solved"]
    for method, params in [
        ("ticket.create", {"subject": "x", "requester": "U-99"}),
        ("ticket.assign", {"ticket": "T-1", "group": "G-99"}),
        ("message.get", {"message": "M-99"}),
        ("group.get", {"group": "G-99"}),
    ]:
        with pytest.raises(CallFailed) as refused:
            client.call(method, **params)
        assert refused.value.code == "not_found", method


def test_a_frame_that_libzmq_refuses_costs_that_connection_alone(desk):
    bad, good = desk.client(), desk.client()
    bad.socket.send_multipart([b"", b"x" * (5 * 1024 * 1024)])
    assert good.call("ping")["pong"]
    fresh = desk.client()
    assert fresh.call("ping")["pong"]


def test_garbage_and_half_connections_on_the_sockets(desk):
    import socket

    held = []
    for garbage in (b"", b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 1000):
        raw = socket.socket(socket.AF_UNIX)
        raw.connect(str(desk.run / "rpc.sock"))
        raw.sendall(garbage)
        held.append(raw)
    assert desk.client().call("ping")["pong"]
    for raw in held:
        raw.close()


def test_ten_thousand_pipelined_pings(desk):
    client = desk.client()
    client.socket.sndhwm = client.socket.rcvhwm = 0
    for number in range(10_000):
        client.socket.send_multipart([b"", json.dumps({"jsonrpc": "2.0", "id": number, "method": "ping"}).encode()])
    assert [client.receive(30)["id"] for _ in range(10_000)] == list(range(10_000))


def test_a_peer_cannot_take_another_ones_answers(desk):
    """libzmq: with ROUTER_HANDOVER a peer that takes the routing id of another gets its answers."""
    first = desk.context.socket(zmq.DEALER)
    second = desk.context.socket(zmq.DEALER)
    endpoint = desk.discovery["endpoints"]["rpc"][0]
    for number, peer in enumerate((first, second)):
        peer.linger = 0
        peer.setsockopt(zmq.IDENTITY, b"same")
        peer.connect(endpoint)
        peer.send_multipart([b"", json.dumps({"jsonrpc": "2.0", "id": number, "method": "ping"}).encode()])
        if number == 0:
            assert first.poll(5000)
            assert json.loads(first.recv_multipart()[1])["id"] == 0
    assert desk.client().call("ping")["pong"]
    first.send_multipart([b"", json.dumps({"jsonrpc": "2.0", "id": 7, "method": "ping"}).encode()])
    assert first.poll(5000)
    assert json.loads(first.recv_multipart()[1])["id"] == 7
    assert not second.poll(0)
    first.close()
    second.close()


def run_kernel(*arguments):
    return subprocess.run([BIN / "oporad", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)


def test_a_second_kernel_on_the_same_folder(desk):
    second = run_kernel("--data-dir", desk.data, "--run-dir", desk.run)
    assert second.returncode == 75
    assert f"pid {desk.kernel.pid}" in second.stderr and "another kernel" in second.stderr
    assert desk.client().call("ping")["pong"]


def test_a_damaged_database(empty_desk):
    desk = empty_desk.start()
    client = desk.client()
    for number in range(50):
        client.call("user.create", name=f"n{number}")
    desk.stop()
    database = desk.data / "opora.db"
    content = bytearray(database.read_bytes())
    content[4096:20000] = os.urandom(20000 - 4096)
    database.write_bytes(content)
    refused = run_kernel("--data-dir", desk.data, "--run-dir", desk.run)
    assert refused.returncode == 74
    assert "damaged" in refused.stderr and "backup" in refused.stderr
    assert database.read_bytes() == content


def test_a_missing_database(empty_desk):
    desk = empty_desk.start()
    desk.stop()
    for file in desk.data.glob("opora.db*"):
        file.unlink()
    refused = run_kernel("--data-dir", desk.data, "--run-dir", desk.run)
    assert refused.returncode == 74
    assert "missing" in refused.stderr and "desk.json" in refused.stderr
    (desk.data / "desk.json").unlink()
    desk.start()
    assert desk.client().call("kernel.health")["head_seq"] == 0


def test_wrong_settings_are_all_named_at_once_with_their_lines(empty_desk):
    config = empty_desk.folder / "kernel.yaml"
    config.write_text("readers: many\nlog:\n  level: loud\nidentities:\n  - name: a\n    key: short\n    roles: [none]\ntypo: 1\n")
    refused = run_kernel("--config", config, "--data-dir", empty_desk.data, "--run-dir", empty_desk.run)
    assert refused.returncode == 78
    for place in ("kernel.yaml:1", "kernel.yaml:3", "kernel.yaml:6", "kernel.yaml:7", "kernel.yaml:8"):
        assert place in refused.stderr, refused.stderr
    assert not empty_desk.data.exists()


def test_a_folder_whose_path_is_too_long_for_a_socket(empty_desk):
    refused = run_kernel("--data-dir", empty_desk.data, "--run-dir", empty_desk.folder / ("x" * 120))
    assert refused.returncode == 78 and "too long" in refused.stderr


def test_files_have_their_modes(desk):
    assert (desk.run / "rpc.sock").stat().st_mode & 0o777 == 0o660
    assert (desk.data / "curve.json").stat().st_mode & 0o777 == 0o600
    assert desk.run.stat().st_mode & 0o777 == 0o750


def test_an_orderly_stop(desk):
    subscriber = desk.context.socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.subscribe(b"$")
    subscriber.connect(desk.discovery["endpoints"]["events"][0])
    assert subscriber.poll(10_000)
    client = desk.client()
    client.send("events.read", {"after_seq": 0, "wait_ms": 20_000})
    # The answer to what came after it says that it was taken.
    client.call("ping")
    desk.kernel.send_signal(signal.SIGTERM)
    assert code(client.receive()) == "unavailable"
    assert desk.kernel.wait(10) == 0
    assert not (desk.run / "kernel.json").exists()
    topics = set()
    until(lambda: subscriber.poll(0) and (topics.add(subscriber.recv_multipart()[0]) or b"$bye/" in topics), "$bye/")
    subscriber.close()
