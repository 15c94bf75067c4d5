"""Durable consumers: what cannot be dealt with."""
from conformance.case import case
from conformance.cases.c import Reader, organizations
from conformance.match import WHEN, has


@case("C11", "park: the event is set aside and the others go on", "5.23", "5.24", "4.5")
def park(t):
    reader = Reader(t, types=["organization.created"])
    owner = t.line()
    head = t.head(owner)
    organizations(t, 8)
    seqs = reader.seqs()
    reason = t.prose("why")
    done = reader.line.call("consumer.park", name=reader.name, seq=seqs[4], reason=reason, lease_token=reader.token)
    t.equal(done["acked_seq"], seqs[4], "acked_seq")
    t.equal(reader.seqs()[0], seqs[5], "what comes next")
    listed = reader.line.call("consumer.parked_list", name=reader.name)
    t.check(listed["items"], [{"seq": seqs[4], "reason": reason, "deliveries": 1, "parked_at": WHEN,
        "event": {"type": "opora.organization.created.v1"}}])
    t.check(reader.info(), {"parked": 1, "acked_seq": seqs[4]})
    t.system(owner, head, "consumer_parked", consumer=reader.name, seq=seqs[4], deliveries=1, by="holder")
    reader.line.refuse("consumer.park", "invalid_params", name=reader.name, seq=seqs[5], reason="x" * 201,
        lease_token=reader.token)
    reader.line.refuse("consumer.park", "ack_out_of_range", name=reader.name, seq=10**12, reason="x", lease_token=reader.token)
    reader.gone()


@case("C12", "an event that is delivered too often is spaced out, then parked", "5.21", "5.22", world="clock", limit=60)
def auto_park(t):
    owner = t.line()
    head = t.head(owner)
    reader = Reader(t, types=["organization.created"], max_deliver=4)
    seqs = organizations(t, 2)
    got = [reader.fetch(max=1)["events"] for _ in range(2)]
    t.equal([page[0]["deliveries"] for page in got], [1, 2], "the first deliveries come at once")
    # The third is spaced by 1 s, the fourth by 2 s.
    for number, pause in ((3, 1000), (4, 2000)):
        page = reader.fetch(max=1)
        t.equal(page["events"], [], f"delivery {number} before its time")
        owner.call("conformance.advance", ms=pause - 600)
        owner.call("conformance.advance", ms=700)
        page = reader.fetch(max=1, wait_ms=3000)
        t.check(page["events"], has({"seq": seqs[0], "deliveries": number}), f"delivery {number}")
    owner.call("conformance.advance", ms=4100)
    page = reader.fetch(max=1, wait_ms=5000)
    t.equal(page["events"][0]["seq"], seqs[1], "the event after the parked one")
    t.system(owner, head, "consumer_parked", consumer=reader.name, seq=seqs[0], deliveries=4, by="kernel")
    t.check(reader.line.call("consumer.parked_list", name=reader.name)["items"], [{"seq": seqs[0], "deliveries": 4}])
    for wrong in (0, 101):
        reader.line.refuse("consumer.ensure", "invalid_params", name=t.word("c"), start={"from": "now"}, max_deliver=wrong)
    reader.gone()


@case("C13", "a parked event once more: it comes alone and the position stays", "5.24", "13.6")
def retry(t):
    reader = Reader(t, types=["organization.created"])
    organizations(t, 6)
    seqs = reader.seqs()
    call = reader.line.call
    for index in (1, 3):
        call("consumer.park", name=reader.name, seq=seqs[index], reason="r", lease_token=reader.token)
    t.equal(call("consumer.parked_retry", name=reader.name, seq=seqs[1])["retried"], 1, "retried")
    page = reader.fetch()
    t.check(page["events"], [{"seq": seqs[1], "parked": True}], "a page of its own")
    t.equal(reader.info()["acked_seq"], seqs[3], "the position")
    t.equal(reader.seqs()[0], seqs[4], "the next page goes on")
    t.equal(len(call("consumer.parked_list", name=reader.name)["items"]), 2, "it stays parked")
    t.equal(call("consumer.parked_drop", name=reader.name, seq=seqs[1])["dropped"], 1, "dropped")
    t.equal(call("consumer.parked_retry", name=reader.name)["retried"], 1, "retry of all")
    t.check(reader.fetch()["events"], [{"seq": seqs[3], "parked": True}])
    t.equal(call("consumer.parked_drop", name=reader.name)["dropped"], 1, "drop of all")
    t.check(reader.info(), {"parked": 0, "acked_seq": seqs[3]})
    reader.gone()


@case("C23", "parked events, page by page", "6.10", "6.12", "5.24")
def parked_pages(t):
    reader = Reader(t, types=["organization.created"])
    organizations(t, 5)
    seqs = reader.seqs()[:5]
    for seq in seqs:
        reader.line.call("consumer.park", name=reader.name, seq=seq, reason="r", lease_token=reader.token)
    got, cursor = [], None
    while True:
        page = reader.line.call("consumer.parked_list", name=reader.name, limit=2, **({"cursor": cursor} if cursor else {}))
        got += [item["seq"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    t.equal(got, seqs, "all of them once")
    reader.line.refuse("consumer.parked_list", "invalid_cursor", name=reader.name, cursor="nonsense")
    reader.gone()
