"""Durable consumers: their positions."""
import time

from conformance.case import case
from conformance.match import ABSENT, INT, TEXT, WHEN, has


class Reader:
    """A consumer of its own, on a connection of its own."""

    def __init__(self, t, start=None, identity="owner", desk=None, ensure=True, **filters):
        self.line = t.line(identity, desk)
        self.name = t.word("c")
        self.token = None
        if ensure:
            self.made = self.line.call("consumer.ensure", name=self.name, start=start or {"from": "now"}, **filters)
        self.t = t

    def fetch(self, line=None, **params):
        given = {"lease_token": self.token} if self.token and "lease_token" not in params else {}
        page = (line or self.line).call("consumer.fetch", name=self.name, **{**given, **params})
        if line is None:
            self.token = page["lease_token"]
        return page

    def seqs(self, **params):
        return [item["seq"] for item in self.fetch(**params)["events"]]

    def ack(self, seq):
        return self.line.call("consumer.ack", name=self.name, seq=seq, lease_token=self.token)["acked_seq"]

    def info(self):
        return self.line.call("consumer.info", name=self.name)["consumer"]

    def gone(self):
        self.line.call("consumer.delete", name=self.name)


def organizations(t, count):
    """So many events of a stream that nobody else uses much; their positions."""
    line = t.line()
    return [line.call("organization.create", name=t.word("o"))["_meta"]["seq"] for _ in range(count)]


@case("C01", "ensure needs a start, and not too many types", "5.3", "10.1")
def needs_start(t):
    line, name = t.line(), t.word("c")
    line.refuse("consumer.ensure", "invalid_params", {"details": has({"path": "/start"})}, name=name)
    line.refuse("consumer.ensure", "invalid_params", name=name, start={"from": "now"}, types=[f"x.p.e{n}" for n in range(101)])
    for start in ({}, {"from": "yesterday"}, {"after_seq": -1}, {"after_seq": 10**9}, {"at": "soon"}, 7, None):
        line.refuse("consumer.ensure", "invalid_params", name=name, start=start)
    line.refuse("consumer.info", "consumer_not_found", name=name)


@case("C02", "ensure twice", "5.4")
def twice(t):
    reader = Reader(t, streams=["organization"])
    t.check(reader.made, {"created": True, "consumer": {
        "name": reader.name, "streams": ["organization"], "types": [], "state": "active", "parked": 0, "max_deliver": 8,
        "lag": INT, "owner": TEXT}})
    again = reader.line.call("consumer.ensure", name=reader.name, start={"after_seq": 0}, streams=["organization"])
    t.check(again, {"created": False, "consumer": {"acked_seq": reader.made["consumer"]["acked_seq"]}})
    for other in ({}, {"streams": ["ticket"]}, {"streams": ["organization"], "types": ["organization.created"]}):
        reader.line.refuse("consumer.ensure", "consumer_differs", name=reader.name, start={"from": "now"}, **other)
    reader.gone()


@case("C03", "a fetch does not acknowledge; deliveries are counted", "5.8", "5.9")
def no_ack(t):
    reader = Reader(t, streams=["organization"])
    made = organizations(t, 3)
    first, second = reader.fetch(), reader.fetch()
    t.true(set(made) <= {item["seq"] for item in first["events"]}, "what was made is fetched")
    t.equal([item["seq"] for item in second["events"]][:3], [item["seq"] for item in first["events"]][:3], "the second fetch")
    t.equal([first["events"][0]["deliveries"], second["events"][0]["deliveries"]], [1, 2], "deliveries")
    t.check(first["events"][0], {"seq": INT, "prev": INT, "event": {"specversion": "1.0"}, "parked": ABSENT})
    t.check(first, {"lease_token": TEXT, "lease_until": WHEN, "pending": INT, "next_after_seq": INT, "head_seq": INT,
        "epoch": INT})
    for wrong in (0, 501):
        reader.line.refuse("consumer.fetch", "invalid_params", name=reader.name, max=wrong, lease_token=reader.token)
    reader.gone()


@case("C07", "an ack is cumulative", "5.11")
def cumulative(t):
    reader = Reader(t, types=["organization.created"])
    organizations(t, 8)
    seqs = reader.seqs()
    t.equal(reader.ack(seqs[5]), seqs[5], "acked_seq")
    t.equal(reader.seqs()[0], seqs[6], "what comes next")
    t.check(reader.info(), {"acked_seq": seqs[5]})
    reader.gone()


@case("C08", "an ack below the position, and beyond what was delivered", "5.11", "5.12")
def out_of_range(t):
    reader = Reader(t, types=["organization.created"])
    organizations(t, 4)
    seqs = reader.seqs(max=2)
    reader.ack(seqs[1])
    t.equal(reader.ack(seqs[0]), seqs[1], "acked_seq after a lower ack")
    reader.line.refuse("consumer.ack", "ack_out_of_range", {"delivered_seq": INT}, name=reader.name, seq=10**12,
        lease_token=reader.token)
    t.check(reader.info(), {"acked_seq": seqs[1]})
    reader.gone()


@case("C14", "pending and lag", "5.14")
def pending(t):
    reader = Reader(t)
    line = t.line()
    organizations(t, 12)
    page = reader.fetch(max=5)
    t.true(page["pending"] >= 7, "pending after 5 of at least 12", page["pending"])
    t.true(page["head_seq"] - page["events"][-1]["seq"] == page["pending"], "pending counts up to the head", page["pending"])
    t.true(reader.info()["lag"] >= 12, "lag before any ack")
    reader.ack(page["events"][4]["seq"])
    head = t.head(line)
    t.true(reader.info()["lag"] >= head - page["events"][4]["seq"], "lag after the ack")
    reader.gone()


@case("C16", "a consumer gets what its roles allow, and the position moves past the rest", "5.5", "4.33", world="main")
def filtered(t):
    reader = Reader(t, identity="narrow")
    line = t.line()
    organizations(t, 3)
    ticket = t.ticket(line)["id"]
    organizations(t, 3)
    page = reader.fetch()
    t.check(page["events"], has({"event": {"subject": f"ticket/{ticket}"}}))
    t.true(all(".ticket." in item["event"]["type"] for item in page["events"]), "only tickets", page)
    reader.ack(page["events"][-1]["seq"])
    after = reader.fetch()
    t.equal([item for item in after["events"] if ".ticket." not in item["event"]["type"]], [], "the rest")
    narrow = t.line("narrow")
    read = narrow.call("events.read", after_seq=0, streams=["organization"])
    t.check(read, {"events": []})
    t.true(read["next_after_seq"] >= read["head_seq"], "events.read moves past what may not be seen", read)
    both = narrow.call("events.read", after_seq=page["events"][0]["seq"] - 1, streams=["organization", "ticket"], limit=500)
    t.check(both["events"], has({"event": {"subject": f"ticket/{ticket}"}}))
    t.true(all(".ticket." in item["event"]["type"] for item in both["events"]), "only tickets in events.read", both)
    reader.gone()


@case("C17", "delete, then ensure anew", "5.7", "5.3")
def anew(t):
    reader = Reader(t, types=["organization.created"])
    seqs = organizations(t, 5)
    reader.fetch()
    reader.ack(seqs[2])
    reader.gone()
    reader.token = None
    reader.line.refuse("consumer.fetch", "consumer_not_found", name=reader.name)
    for start, first in (({"after_seq": seqs[0]}, seqs[1]), ({"from": "now"}, None)):
        t.check(reader.line.call("consumer.ensure", name=reader.name, start=start), {"created": True})
        got = [s for s in reader.seqs(max=1)]
        t.true((got and first and seqs[0] < got[0] <= first) or not first, f"the start {start}", got)
        reader.token = None
        reader.gone()
    when = reader.line.call("events.read", after_seq=seqs[3] - 1, limit=1)["events"][0]["event"]["recordedtime"]
    reader.line.call("consumer.ensure", name=reader.name, start={"at": when}, types=["organization.created"])
    got = reader.seqs()
    t.true(got[0] <= seqs[3] and seqs[3] in got, "the start at a time", (got, seqs))
    reader.gone()


@case("C19", "a fetch waits, and a fetch may carry the ack", "5.10", "5.13")
def waits(t):
    reader = Reader(t, types=["organization.created"], streams=["organization"])
    begin = time.monotonic()
    t.true(reader.fetch(wait_ms=300)["events"] is not None and t.elapsed(begin) < 8, "an empty fetch ends after its time")
    other = t.line()
    number = reader.line.send("consumer.fetch", name=reader.name, wait_ms=20_000, lease_token=reader.token)
    reader.line.call("ping")
    seq = other.call("organization.create", name=t.word("o"))["_meta"]["seq"]
    page = reader.line.answer(number)["result"]
    t.check(page["events"], has({"seq": seq}))
    t.true(t.elapsed(begin) < 15, "a fetch ends when an event comes")
    made = organizations(t, 2)
    page = reader.fetch(ack_seq=seq)
    t.equal([item["seq"] for item in page["events"]][:1], made[:1], "fetch after the ack that it carried")
    t.check(reader.info(), {"acked_seq": seq})
    reader.line.refuse("consumer.fetch", "ack_out_of_range", name=reader.name, lease_token=reader.token, ack_seq=10**12)
    reader.line.refuse("consumer.fetch", "lease_lost", name=reader.name, lease_token="nobody-has-this", ack_seq=seq)
    reader.gone()
