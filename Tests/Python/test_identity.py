"""Who is connected: by key, and what a role may do."""
import json

import pytest
import zmq

from conftest import CallFailed, key_pair

CONFIG = """
identities:
  - name: reporter
    key: "{reporter}"
    roles: [reporter]
  - name: sender
    key: "{sender}"
    roles: [sender]
roles:
  reporter:
    methods: [events.read, consumer.*, group.list]
    streams: ["*"]
  sender:
    methods: [ticket.*]
    rights: [on_behalf_of]
"""


@pytest.fixture
def guarded(empty_desk):
    pairs = {name: key_pair() for name in ("reporter", "sender", "stranger")}
    config = empty_desk.folder / "kernel.yaml"
    config.write_text(CONFIG.format(reporter=pairs["reporter"]["public_key"], sender=pairs["sender"]["public_key"]))
    empty_desk.start("--config", config)
    empty_desk.pairs = pairs
    return empty_desk


def test_a_role_may_do_what_it_says_and_nothing_else(guarded):
    owner = guarded.client()
    guarded.furnish(owner)
    owner.call("ticket.create", subject="x", requester="U-2")
    sender = guarded.client(guarded.pairs["sender"])
    assert sender.call("ticket.get", ticket="T-1")["ticket"]["id"] == "T-1"
    for method, params in [("user.list", {}), ("import.apply", {"source": "s", "items": []}), ("kernel.health", {})]:
        with pytest.raises(CallFailed) as refused:
            sender.call(method, **params)
        assert refused.value.code == "forbidden", method
    # It acts as nobody, unless it names somebody it may act for.
    with pytest.raises(CallFailed) as refused:
        sender.call("ticket.reply", ticket="T-1", text="hello")
    assert refused.value.code == "forbidden"
    reply = sender.call("ticket.reply", ticket="T-1", text="hello", _meta={"on_behalf_of": "U-1"})
    assert reply["message"]["author"] == "U-1"
    event = guarded.log(owner)[-1]["event"]
    assert event["via"] == "sender"


def test_an_unknown_key_gets_no_answer_and_costs_nobody(guarded):
    stranger = guarded.client(guarded.pairs["stranger"])
    stranger.send("ping")
    known = guarded.client(guarded.pairs["sender"])
    assert known.call("ping")["pong"]
    assert not stranger.socket.poll(300)


def test_a_key_does_not_open_the_other_endpoint_of_the_socket(guarded):
    """libzmq takes the mechanism per bind: without a key nobody gets in where keys are asked for."""
    plain = guarded.context.socket(zmq.DEALER)
    plain.linger = 0
    plain.connect(guarded.discovery["curve"]["endpoints"]["rpc"][0])
    plain.send_multipart([b"", json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()])
    assert guarded.client(guarded.pairs["sender"]).call("ping")["pong"]
    assert not plain.poll(300)
    plain.close()


def test_a_plugin_with_a_key_of_its_own(guarded):
    key = guarded.folder / "reporter.json"
    key.write_text(json.dumps(guarded.pairs["reporter"]))
    guarded.plugins["reporter"] = guarded.start_plugin("reporter", "--key", key)
    guarded.wait_for_plugins("reporter")
    owner = guarded.client()
    session = owner.call("kernel.health")["sessions"][0]
    assert session["identity"] == "reporter" and "x.reporter.metrics" in session["methods"]
    assert owner.call("x.reporter.metrics", **{"from": "2026-01-01", "to": "2027-01-01", "zone": "UTC"})["created"] == 0
    sender = guarded.client(guarded.pairs["sender"])
    with pytest.raises(CallFailed) as refused:
        sender.call("consumer.fetch", name="reporter")
    assert refused.value.code == "forbidden"
