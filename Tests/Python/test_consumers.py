"""Durable consumers on real kernels: the cases C01 to C18 of the protocol's study, and what an operator does to them."""
import json
import sqlite3

import pytest

from conftest import CallFailed, key_pair, until

CONFIG = """
identities:
  - name: narrow
    key: "{narrow}"
    roles: [narrow]
roles:
  narrow:
    methods: [events.read, consumer.*]
    streams: [organization]
"""


@pytest.fixture
def desk(empty_desk):
    """A desk whose clock the test can move."""
    return empty_desk.start("--conformance")


def fill(client, count, first=0):
    for number in range(first, first + count):
        client.call("organization.create", name=f"Organization {number}")


def advance(client, seconds):
    client.call("conformance.advance", ms=seconds * 1000)


def refusal(client, method, **params):
    with pytest.raises(CallFailed) as refused:
        client.call(method, **params)
    return refused.value


def ensure(client, name="c", start=None, **more):
    return client.call("consumer.ensure", name=name, start=start or {"from": "beginning"}, **more)


class Reader:
    """Reads for a consumer and keeps the lease."""

    def __init__(self, client, name="c"):
        self.client, self.name, self.lease = client, name, {}

    def fetch(self, maximum=100, **more):
        answer = self.client.call("consumer.fetch", _patience=40, name=self.name, max=maximum, **self.lease, **more)
        self.lease = {"lease_token": answer["lease_token"]}
        return answer

    def seqs(self, maximum=100, **more):
        return [e["seq"] for e in self.fetch(maximum, **more)["events"]]

    def ack(self, seq):
        return self.client.call("consumer.ack", name=self.name, seq=seq, **self.lease)["acked_seq"]

    def info(self):
        return self.client.call("consumer.info", name=self.name)["consumer"]


def test_c01_c02_ensure(desk):
    client = desk.client()
    assert refusal(client, "consumer.ensure", name="c").error["code"] == -32602
    assert ensure(client, streams=["user"], types=["user.created"])["created"]
    again = ensure(client, start={"from": "now"}, streams=["user"], types=["user.created"])
    assert not again["created"] and again["consumer"]["acked_seq"] == 0
    for other in ({"streams": ["user"]}, {"types": ["user.created"]}, {"streams": ["user"], "types": ["user.updated"]}):
        assert refusal(client, "consumer.ensure", name="c", start={"from": "now"}, **other).error["code"] == 1015
    consumer = again["consumer"]
    assert set(consumer) == {
        "name", "owner", "streams", "types", "acked_seq", "lag", "state", "parked", "max_deliver"}


def test_c03_c07_c08_fetch_and_ack(desk):
    client = desk.client()
    fill(client, 9)
    ensure(client)
    reader = Reader(client)
    first, second = reader.fetch(5), reader.fetch(5)
    assert [e["seq"] for e in first["events"]] == [e["seq"] for e in second["events"]] == [1, 2, 3, 4, 5]
    assert [e["deliveries"] for e in first["events"]] == [1] * 5
    assert [e["deliveries"] for e in second["events"]] == [2] * 5
    assert reader.ack(4) == 4
    assert reader.seqs(1) == [5]
    assert reader.ack(2) == 4
    assert refusal(client, "consumer.ack", name="c", seq=9, **reader.lease).error["data"]["delivered_seq"] == 5
    assert reader.seqs(2, ack_seq=5) == [6, 7]


def test_c04_stopped_for_an_hour(desk):
    client = desk.client()
    fill(client, 10)
    ensure(client)
    reader = Reader(client)
    assert reader.seqs(100, wait_ms=0) == list(range(1, 11))
    reader.ack(10)
    fill(client, 500, 10)
    advance(client, 3600)
    desk.kill()
    desk.start("--conformance")
    client = desk.client()
    fill(client, 500, 510)
    reader = Reader(client)
    seen = []
    while page := reader.seqs(300, **({"ack_seq": seen[-1]} if seen else {})):
        seen += page
    assert seen == list(range(11, 1011))


def test_c05_c06_a_crash_between_work_and_ack_takes_effect_once(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="printer", requester="U-2")
    ensure(client, types=["ticket.created"])
    epoch = client.call("kernel.health")["epoch"]

    def work(event):
        client.call(
            "ticket.note", ticket="T-1", text="seen", _meta={"idempotency_key": f"c:{epoch}:{event['seq']}:0"})

    first = Reader(client).fetch()["events"]
    assert len(first) == 1
    work(first[0])
    # The worker is gone before its ack; its lease ends.
    advance(client, 31)
    reader = Reader(client)
    second = reader.fetch()["events"]
    assert second[0]["deliveries"] == 2 and second[0]["event"]["id"] == first[0]["event"]["id"]
    work(second[0])
    reader.ack(second[0]["seq"])
    desk.kill()
    desk.start("--conformance")
    client = desk.client()
    assert len(client.call("message.list", ticket="T-1")["items"]) == 1
    assert Reader(client).seqs() == []


def test_c09_c10_hot_standby_and_the_late_ack_of_the_first(desk):
    first, second = desk.client(), desk.client()
    fill(first, 6)
    ensure(first)
    holder, standby = Reader(first), Reader(second)
    assert holder.seqs(3) == [1, 2, 3]
    busy = refusal(second, "consumer.fetch", name="c")
    assert busy.error["code"] == 1013 and busy.error["data"]["retryable"]
    assert busy.error["data"]["holder"] == "owner" and busy.error["data"]["lease_until"] == holder.info()["lease_until"]
    # A sign of life keeps the lease; silence ends it.
    advance(first, 20)
    holder.ack(1)
    advance(first, 20)
    assert refusal(second, "consumer.fetch", name="c").code == "consumer_busy"
    advance(first, 20)
    assert standby.seqs(3) == [2, 3, 4]
    for call in (lambda: holder.ack(3), lambda: holder.fetch(), lambda: holder.fetch(ack_seq=3)):
        with pytest.raises(CallFailed) as refused:
            call()
        assert refused.value.error["code"] == 1014
    assert standby.info()["acked_seq"] == 1
    assert standby.ack(4) == 4


def test_a_session_that_says_bye_leaves_its_lease(desk):
    first, second = desk.client(), desk.client()
    fill(first, 2)
    ensure(first)
    first.call("session.hello", manifest={"name": "worker"}, instance="one")
    Reader(first).fetch()
    assert refusal(second, "consumer.fetch", name="c").error["data"]["holder"] == "owner/worker/one"
    first.call("session.bye")
    assert Reader(second).seqs(2) == [1, 2]


def test_c11_c13_park_retry_drop(desk):
    client = desk.client()
    fill(client, 8)
    ensure(client)
    reader = Reader(client)
    reader.fetch(5)
    assert client.call("consumer.park", name="c", seq=5, reason="no such customer", **reader.lease) == {
        "acked_seq": 5, "_meta": {"seq": 9}}
    assert reader.seqs(1) == [6]
    parked = client.call("consumer.parked_list", name="c")["items"]
    assert [(p["seq"], p["reason"], p["deliveries"]) for p in parked] == [(5, "no such customer", 1)]
    # What is set aside survives a crash; the wish to try it again, too.
    client.call("consumer.parked_retry", name="c", seq=5)
    desk.kill()
    desk.start("--conformance")
    client = desk.client()
    reader = Reader(client)
    again = reader.fetch(100)["events"]
    assert [(e["seq"], e["parked"], e["deliveries"]) for e in again] == [(5, True, 2)]
    assert reader.info()["acked_seq"] == 5 and reader.info()["parked"] == 1
    assert reader.seqs(2) == [6, 7]
    assert client.call("consumer.parked_drop", name="c", seq=5)["dropped"] == 1
    assert reader.info()["parked"] == 0
    event = [e["event"] for e in desk.log(client) if e["event"]["type"] == "opora.system.consumer_parked.v1"]
    assert [e["data"] for e in event] == [{"consumer": "c", "seq": 5, "deliveries": 1, "by": "holder"}]
    assert "customer" not in json.dumps(desk.log(client)), "a reason is no part of the log"


def test_c12_an_event_that_is_never_acknowledged_is_set_aside(desk):
    client = desk.client()
    fill(client, 4)
    ensure(client, max_deliver=3)
    reader = Reader(client)
    assert [reader.seqs(2), reader.seqs(2)] == [[1, 2], [1, 2]]
    # A fetch that may wait gets it after its second of rest.
    assert reader.seqs(2, wait_ms=5000) == [1]
    assert reader.seqs(2) == [2, 3]
    assert reader.info()["parked"] == 1
    facts = [e["event"] for e in desk.log(client) if e["event"]["type"] == "opora.system.consumer_parked.v1"]
    assert facts[0]["data"] == {"consumer": "c", "seq": 1, "deliveries": 3, "by": "kernel"}
    assert facts[0]["actor"] == "kernel" and facts[0]["subject"] == "consumer/c"


def test_c14_pending_and_lag(desk):
    client = desk.client()
    fill(client, 12)
    ensure(client)
    reader = Reader(client)
    assert reader.fetch(5)["pending"] == 7
    assert reader.info()["lag"] == 12
    assert reader.fetch(5, ack_seq=5)["pending"] == 2
    assert reader.info()["lag"] == 7


def test_c15_lagging_then_lost_then_put_back(empty_desk):
    client = empty_desk.start("--set", "limits.consumer_lag=20").client()
    ensure(client)
    fill(client, 30)
    assert Reader(client).info()["state"] == "lost"
    facts = [(e["event"]["type"].split(".")[2], e["event"]["data"]) for e in empty_desk.log(client)
             if e["event"]["type"].startswith("opora.system.consumer_")]
    assert [(name, data.get("percent")) for name, data in facts] == [
        ("consumer_lagging", 50), ("consumer_lagging", 80), ("consumer_lost", None)]
    assert all(data["limit"] == 20 and data["consumer"] == "c" for _, data in facts)
    refused = refusal(client, "consumer.fetch", name="c").error
    assert refused["code"] == 1010 and refused["data"] == {"code": "log_truncated", "retryable": False, "first_seq": 1}
    # It holds nothing back.
    assert client.call("log.truncate", before_seq=25, snapshot=False)["first_seq"] == 25
    empty_desk.kill()
    client = empty_desk.start("--set", "limits.consumer_lag=20").client()
    assert refusal(client, "consumer.fetch", name="c").error["data"]["first_seq"] == 25
    assert client.call("consumer.seek", name="c", to={"from": "beginning"})["consumer"]["state"] == "active"
    assert Reader(client).seqs(2) == [25, 26]


def test_c16_what_a_role_may_not_see_is_passed_over(empty_desk):
    keys = key_pair()
    config = empty_desk.folder / "kernel.yaml"
    config.write_text(CONFIG.format(narrow=keys["public_key"]))
    owner = empty_desk.start("--config", config).client()
    for number in range(5):
        owner.call("user.create", name=f"User {number}")
        owner.call("organization.create", name=f"Organization {number}")
    owner.call("user.create", name="The last")
    client = empty_desk.client(keys)
    page = client.call("events.read", after_seq=0)
    assert [e["seq"] for e in page["events"]] == [2, 4, 6, 8, 10] and page["next_after_seq"] == 11
    assert client.call("events.read", after_seq=0, streams=["user"])["events"] == []
    ensure(client)
    ensure(client, "blind", streams=["user"])
    reader = Reader(client)
    answer = reader.fetch()
    assert [e["seq"] for e in answer["events"]] == [2, 4, 6, 8, 10] and answer["next_after_seq"] == 11
    assert reader.ack(11) == 11 and reader.info()["lag"] == 0
    blind = Reader(client, "blind")
    assert blind.fetch()["events"] == [] and blind.info()["lag"] == 0


def test_c17_delete_then_ensure_begins_anew(desk):
    client = desk.client()
    fill(client, 6)
    ensure(client)
    reader = Reader(client)
    reader.fetch()
    client.call("consumer.park", name="c", seq=3, reason="", **reader.lease)
    client.call("consumer.delete", name="c")
    assert refusal(client, "consumer.info", name="c").error["code"] == 1012
    made = ensure(client, start={"after_seq": 4}, streams=["organization"])
    assert made["created"] and made["consumer"]["acked_seq"] == 4 and made["consumer"]["parked"] == 0
    events = Reader(client).fetch()["events"]
    assert [(e["seq"], e["deliveries"]) for e in events] == [(5, 1), (6, 1)]


def test_c18_an_ack_that_was_answered_survives_a_kill(desk):
    client = desk.client()
    fill(client, 40)
    ensure(client)
    for acked in range(5, 40, 7):
        reader = Reader(client)
        reader.fetch()
        assert reader.ack(acked) == acked
        desk.kill()
        client = desk.start("--conformance").client()
        assert Reader(client).info()["acked_seq"] == acked


def test_paused_and_resumed(desk):
    client, other = desk.client(), desk.client()
    fill(client, 3)
    ensure(client)
    assert client.call("consumer.pause", name="c")["consumer"]["state"] == "paused"
    reader = Reader(other)
    assert reader.seqs() == []
    waiting = other.send("consumer.fetch", {"name": "c", "wait_ms": 20_000, **reader.lease})
    assert client.call("consumer.resume", name="c")["consumer"]["state"] == "active"
    answer = other.receive(40)
    assert answer["id"] == waiting and [e["seq"] for e in answer["result"]["events"]] == [1, 2, 3]


def test_a_cut_log_and_its_copy(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="printer", requester="U-2")
    fill(client, 5000)
    head = client.call("kernel.health")["head_seq"]
    answer = client.call("log.truncate", before_seq=4000)
    assert answer["first_seq"] == 4000
    assert client.call("kernel.health")["first_seq"] == 4000
    refused = refusal(client, "events.read", after_seq=100).error
    assert refused["code"] == 1010 and refused["data"]["first_seq"] == 4000
    assert client.call("events.read", after_seq=3999, limit=1)["events"][0]["seq"] == 4000
    assert client.call("ticket.history", ticket="T-1")["items"] == []
    assert client.call("ticket.get", ticket="T-1")["ticket"]["subject"] == "printer"
    fact = client.call("events.read", after_seq=head)["events"][0]["event"]
    assert fact["type"] == "opora.system.log_truncated.v1"
    assert fact["data"] == {"first_seq": 4000, "snapshot": answer["snapshot"]}
    # The copy holds all of it and is nobody else's to read.
    with sqlite3.connect(f"file:{answer['snapshot']}?mode=ro", uri=True) as copy:
        assert copy.execute("SELECT min(seq), max(seq), count(*) FROM event").fetchone() == (1, head, head)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    # The room is freed little by little, also over a crash.
    desk.kill()
    client = desk.start("--conformance").client()
    assert client.call("kernel.health")["first_seq"] == 4000

    def rows():
        advance(client, 1)
        with sqlite3.connect(f"file:{desk.data}/opora.db?mode=ro", uri=True) as database:
            return database.execute("SELECT min(seq) FROM event").fetchone()[0]

    until(lambda: rows() == 4000, "the room of what was taken out")


def test_commands_run_while_a_copy_is_written(desk):
    client, other = desk.client(), desk.client()
    fill(client, 300)
    number = client.send("log.truncate", {"before_seq": 200})
    for index in range(20):
        assert other.call("organization.create", name=f"Meanwhile {index}")
    answer = client.receive(60)
    assert answer["id"] == number and answer["result"]["first_seq"] == 200


def test_the_command_line(desk):
    client = desk.client()
    fill(client, 6)
    ensure(client, "reader")
    assert "reader" in desk.opora("consumer", "list").stdout
    assert "reader is paused" in desk.opora("consumer", "pause", "reader").stdout
    assert "приостановлен" in desk.opora("consumer", "list", language="ru").stdout
    desk.opora("consumer", "resume", "reader")
    assert "event 1 is set aside" in desk.opora("consumer", "park", "reader", "--reason", "bad").stdout
    refused = desk.opora("consumer", "park", "reader", "4", check=False)
    assert refused.returncode == 75, "the lease of the command before is still there"
    assert "bad" in desk.opora("consumer", "parked", "reader").stdout
    assert json.loads(desk.opora("consumer", "parked", "reader", "--json").stdout)["items"][0]["seq"] == 1
    assert "1 event comes" in desk.opora("consumer", "retry", "reader").stdout
    assert desk.opora("consumer", "drop", "reader", check=False).returncode == 64
    assert "1 event is forgotten" in desk.opora("consumer", "drop", "reader", "1").stdout
    for words in (["seek", "reader", "--to", "3"], ["delete", "reader"]):
        held = desk.opora("consumer", *words, check=False)
        assert held.returncode == 64 and "--yes" in held.stderr
    assert "acknowledged up to 3" in desk.opora("consumer", "seek", "reader", "--to", "3", "--yes").stdout
    held = desk.opora("log", "truncate", "--before", "6", check=False)
    assert held.returncode == 1 and "reader" in held.stderr
    assert "begins at 4" in desk.opora("log", "truncate", "--before", "4", "--no-snapshot").stdout
    copied = desk.opora("log", "truncate", "--before", "4", "--json")
    assert json.loads(copied.stdout) == {"first_seq": 4}
    desk.opora("consumer", "delete", "reader")
    written = json.loads(desk.opora("log", "truncate", "--before", "5", "--json").stdout)
    assert written["snapshot"].startswith(str(desk.data))
    assert "Потребителей нет" in desk.opora("consumer", "list", language="ru").stderr
