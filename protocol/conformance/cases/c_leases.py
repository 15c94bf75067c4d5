"""Durable consumers: whose they are, who holds them, pausing and seeking."""
import time

from conformance.case import case
from conformance.cases.c import Reader, organizations
from conformance.match import TEXT, WHEN, has


@case("C09", "one holder at a time; the next one after 30 s of silence", "5.17", "5.18", "5.20", "10.1", world="clock")
def one_holder(t):
    reader = Reader(t, identity="plug")
    organizations(t, 2)
    page = reader.fetch()
    other = t.line("plug")
    other.refuse("consumer.fetch", "consumer_busy", {"holder": TEXT, "lease_until": WHEN, "retryable": True}, name=reader.name)
    owner = t.line()
    for _ in range(2):
        owner.call("conformance.advance", ms=20_000)
        t.true(reader.fetch()["lease_until"] > page["lease_until"], "a fetch renews the lease")
    owner.call("conformance.advance", ms=20_000)
    reader.ack(page["events"][0]["seq"])
    owner.call("conformance.advance", ms=20_000)
    other.refuse("consumer.fetch", "consumer_busy", name=reader.name)
    owner.call("conformance.advance", ms=11_000)
    taken = t.check(other.call("consumer.fetch", name=reader.name), {"lease_token": TEXT})
    t.true(taken["lease_token"] != reader.token, "a new token")
    t.check(reader.info(), {"acked_seq": page["events"][0]["seq"], "holder": TEXT, "lease_until": WHEN})
    reader.gone()


@case("C10", "hot standby: the late ack of the first holder is fenced", "5.19", "5.20", world="clock")
def zombie(t):
    reader = Reader(t, identity="plug", types=["organization.created"])
    organizations(t, 6)
    seqs = reader.seqs()
    reader.ack(seqs[1])
    t.line().call("conformance.advance", ms=31_000)
    standby = t.line("plug")
    page = standby.call("consumer.fetch", name=reader.name)
    t.equal(page["events"][0]["seq"], seqs[2], "the standby goes on after the last ack")
    for method, params in (("consumer.ack", {"seq": seqs[5]}), ("consumer.fetch", {}),
        ("consumer.park", {"seq": seqs[2], "reason": "late"})):
        reader.line.refuse(method, "lease_lost", name=reader.name, lease_token=reader.token, **params)
    t.check(reader.info(), {"acked_seq": seqs[1], "parked": 0})
    standby.call("consumer.ack", name=reader.name, seq=seqs[5], lease_token=page["lease_token"])
    reader.gone()


@case("C20", "a consumer belongs to the identity that made it", "5.2", world="main")
def belongs(t):
    reader = Reader(t, identity="plug")
    organizations(t, 1)
    other, owner = t.line("plug2"), t.line()
    for method, params in (("fetch", {}), ("delete", {}), ("ensure", {"start": {"from": "now"}}), ("pause", {}),
                           ("seek", {"to": {"from": "now"}}), ("parked_list", {})):
        other.refuse(f"consumer.{method}", "forbidden", name=reader.name, **params)
    for line in (owner, other):
        t.check(line.call("consumer.info", name=reader.name), {"consumer": {"owner": "plug"}})
    t.check(owner.call("consumer.list"), {"items": has({"name": reader.name})})
    t.check(owner.call("kernel.health"), {"consumers": has({"name": reader.name, "state": "active"})})
    for method in ("fetch", "info", "delete", "pause", "resume", "parked_list", "parked_retry", "parked_drop"):
        owner.refuse(f"consumer.{method}", "consumer_not_found", name="there-is-none")
    owner.call("consumer.delete", name=reader.name)


@case("C21", "pause and resume", "5.25")
def pause(t):
    reader = Reader(t, types=["organization.created"])
    seqs = organizations(t, 2)
    t.check(reader.line.call("consumer.pause", name=reader.name), {"consumer": {"state": "paused"}})
    begin = time.monotonic()
    t.equal(reader.fetch(wait_ms=400)["events"], [], "a paused consumer's fetch")
    t.true(t.elapsed(begin) >= 0.35, "it waits its time")
    t.check(reader.line.call("consumer.resume", name=reader.name), {"consumer": {"state": "active"}})
    t.equal(reader.seqs(wait_ms=5000)[0], seqs[0], "after the resume")
    reader.gone()


@case("C22", "seek sets the position, ends the lease and is told of", "5.25", "5.19")
def seek(t):
    reader = Reader(t, types=["organization.created"])
    owner = t.line()
    head = t.head(owner)
    seqs = organizations(t, 5)
    reader.fetch()
    before = reader.info()["acked_seq"]
    moved = reader.line.call("consumer.seek", name=reader.name, to={"after_seq": seqs[2]})
    t.check(moved, {"consumer": {"acked_seq": seqs[2], "state": "active"}})
    t.system(owner, head, "consumer_moved", consumer=reader.name, before=before, after=seqs[2])
    reader.line.refuse("consumer.ack", "lease_lost", name=reader.name, seq=seqs[4], lease_token=reader.token)
    reader.token = None
    t.equal(reader.seqs()[0], seqs[3], "the fetch after it")
    reader.token = None
    reader.line.call("consumer.seek", name=reader.name, to={"from": "beginning"})
    t.true(reader.seqs(max=1)[0] <= seqs[0], "back to the beginning")
    for to in ({}, {"from": "there"}, {"after_seq": 10**12}):
        reader.line.refuse("consumer.seek", "invalid_params", name=reader.name, to=to)
    reader.gone()
