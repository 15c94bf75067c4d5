"""Durable consumers: over crashes, over an hour, over their limits."""
from conformance.case import case
from conformance.cases.c import Reader, organizations
from conformance.cases.e_kernels import users
from conformance.match import INT, has


@case("C04", "stopped for an hour, the kernel killed meanwhile: it goes on exactly after its last ack", "5.29", "5.8", "5.20",
      "13.6", world="own", limit=60)
def an_hour(t):
    desk = t.own()
    line = t.line()
    reader = Reader(t, start={"from": "beginning"}, identity="plug", streams=["user"])
    users(t, line, 10)
    first = reader.seqs()
    t.equal(first, list(range(1, 11)), "the first ten")
    reader.ack(10)
    reader.line.close()
    users(t, line, 500)
    line.call("conformance.advance", ms=3_600_000)
    desk.kill()
    desk.start()
    owner = t.line()
    users(t, owner, 500)
    owner.call("conformance.advance", ms=1000)
    again = t.line("plug")
    got, token = [], None
    while len(got) < 1000:
        held = {"lease_token": token, "ack_seq": got[-1]} if token else {}
        page = again.call("consumer.fetch", name=reader.name, max=300, wait_ms=2000, **held)
        t.true(page["events"], f"after {len(got)} events nothing came")
        t.true(all(item["deliveries"] == 1 for item in page["events"]), "each is delivered once")
        got, token = got + [item["seq"] for item in page["events"]], page["lease_token"]
    t.equal(got, list(range(11, 1011)), "what came after the hour")


@case("C05", "a crash between work and ack: the event comes again, its effect does not", "5.15", "6.1", "5.29", "6.4",
      world="own")
def effect_once(t):
    desk = t.own()
    line = t.line()
    ticket = t.ticket(line)["id"]
    reader = Reader(t, start={"from": "now"}, identity="plug", types=["ticket.priority_changed"])
    line.call("ticket.set_priority", ticket=ticket, priority="high")

    text = t.prose("note")

    def work(peer, page):
        event = page["events"][0]
        key = f"{reader.name}:{event['event']['logepoch']}:{event['seq']}:0"
        return event, peer.call("ticket.note", ticket=ticket, text=text, _meta={"idempotency_key": key})

    first, _ = work(reader.line, reader.fetch())
    desk.kill()
    desk.start()
    peer = t.line("plug")
    page = peer.call("consumer.fetch", name=reader.name, wait_ms=3000)
    again, done = work(peer, page)
    t.equal([again["seq"], again["event"]["id"]], [first["seq"], first["event"]["id"]], "the same seq and id")
    t.check(done, {"_meta": {"replayed": True}})
    peer.call("consumer.ack", name=reader.name, seq=again["seq"], lease_token=page["lease_token"])
    notes = t.line().call("message.list", ticket=ticket, visibility="internal")["items"]
    t.equal(len(notes), 1, "notes on the ticket")


@case("C06", "two plugins with the same event cause two effects", "6.3", "5.15", world="main")
def two_plugins(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    text = t.prose()
    for identity in ("plug", "plug2", "plug", "plug2"):
        t.line(identity).call("ticket.note", ticket=ticket, text=text, _meta={"idempotency_key": f"c:1:1:0-{t.run_id}"})
    t.equal(len(line.call("message.list", ticket=ticket)["items"]), 2, "notes")


@case("C15", "a consumer that lags: told of at 50 and 80 %, then lost, until seek", "5.27", "5.28", "10.1", world="limits",
      limit=60)
def lag(t):
    line = t.line()
    head = t.head(line)
    reader = Reader(t, streams=["organization"])
    other = Reader(t, streams=["user"])
    reader.fetch()
    users(t, line, 45)
    found = [item["event"]["type"] for item in t.read(line, head, streams=["system"])]
    t.true("opora.system.consumer_lagging.v1" not in found, "45 % is too early", found)
    users(t, line, 10)
    t.system(line, head, "consumer_lagging", consumer=reader.name, limit=100, percent=50, lag=INT)
    users(t, line, 30)
    t.system(line, head, "consumer_lagging", consumer=reader.name, percent=80)
    t.check(reader.info(), {"state": "active"})
    users(t, line, 40)
    t.system(line, head, "consumer_lost", consumer=reader.name, limit=100, lag=INT)
    t.check(reader.info(), {"state": "lost"})
    for number in (50, 80):
        told = [item for item in t.read(line, head, types=["system.consumer_lagging"])
                if item["event"]["data"]["consumer"] == reader.name and item["event"]["data"]["percent"] == number]
        t.equal(len(told), 1, f"told of {number} %")
    t.check(other.info(), {"state": "lost"})
    reader.line.refuse("consumer.fetch", "log_truncated", {"first_seq": INT}, name=reader.name, lease_token=reader.token)
    other.line.refuse("consumer.fetch", "log_truncated", {"first_seq": INT}, name=other.name)
    # What is lost holds nothing back.
    done = line.call("log.truncate", before_seq=t.head(line) - 5, snapshot=False)
    reader.line.call("consumer.seek", name=reader.name, to={"from": "beginning"})
    reader.token = None
    t.check(reader.info(), {"state": "active"})
    seq = organizations(t, 1)[0]
    t.check(reader.fetch(wait_ms=3000)["events"], has({"seq": seq}))
    t.true(reader.info()["acked_seq"] >= done["first_seq"] - 1, "the beginning is what is left")
    reader.gone()
    other.gone()


@case("C18", "an ack, parked events and states survive a crash; leases and counts do not", "5.29", "5.11", "6.6", world="own")
def durable(t):
    desk = t.own()
    reader = Reader(t, start={"from": "beginning"}, types=["organization.created"])
    paused = Reader(t, start={"from": "beginning"})
    seqs = organizations(t, 6)
    reader.fetch()
    reader.ack(seqs[1])
    reader.line.call("consumer.park", name=reader.name, seq=seqs[2], reason="why", lease_token=reader.token)
    paused.line.call("consumer.pause", name=paused.name)
    desk.kill()
    desk.start()
    line = t.line()
    t.check(line.call("consumer.info", name=reader.name)["consumer"],
        {"acked_seq": seqs[2], "parked": 1, "holder": {"$absent": True}})
    t.check(line.call("consumer.info", name=paused.name)["consumer"], {"state": "paused"})
    page = line.call("consumer.fetch", name=reader.name, wait_ms=3000)
    t.check(page["events"][0], {"seq": seqs[3], "deliveries": 1})
    t.check(line.call("consumer.parked_list", name=reader.name)["items"], [{"seq": seqs[2], "reason": "why"}])


@case("C24", "200 consumers, and one more", "5.6", "10.1", world="own")
def too_many(t):
    t.own()
    line = t.line()
    for start in range(0, 200, 50):
        answers = line.batch(*[("consumer.ensure", {"name": f"c{n}", "start": {"from": "now"}}) for n in range(start,
            start + 50)])
        t.true(all("result" in answer for answer in answers), "consumers are made", answers)
    line.refuse("consumer.ensure", "quota_exceeded", name="one-more", start={"from": "now"})
    t.check(line.call("consumer.ensure", name="c7", start={"from": "now"}), {"created": False})
    line.call("consumer.delete", name="c7")
    line.call("consumer.ensure", name="one-more", start={"from": "now"})
