"""Events in the log: what is recorded, reading it, following it."""
import threading
import time

from conformance.case import Failure, case
from conformance.match import INT
from conformance.wire import Line


@case("E09", "what is refused or changes nothing records no event and uses no number", "4.2", "6.9", "6.6")
def refused(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    line.call("ticket.set_priority", ticket=ticket, priority="high")
    seq = t.head(line)
    line.refuse("ticket.set_priority", "version_conflict", {"current_version": 2}, ticket=ticket, priority="low",
        expected_version=1)
    line.refuse("ticket.close", "invalid_transition", ticket=ticket)
    line.refuse("ticket.create", "not_found", subject=t.prose(), requester="U-99999999")
    same = line.call("ticket.set_priority", ticket=ticket, priority="high")
    t.check(same, {"ticket": {"version": 2}})
    t.true("seq" not in same.get("_meta", {}), "an answer without an event has no seq", same.get("_meta"))
    mine = [item for item in t.read(line, seq) if ticket in str(item["event"])]
    t.equal(mine, [], "events about the ticket")
    after = line.call("ticket.set_priority", ticket=ticket, priority="low")
    t.equal(after["ticket"]["version"], 3, "the version")


@case("E10", "the events of one command are consecutive, with one actor, cause and time", "4.3", "4.15", "4.16", "14.2")
def one_command(t):
    line, people = t.line(), t.people()
    group, mark = t.promised(line), t.word("cause")
    made = line.call(
        "ticket.create", subject=t.prose(), text=t.prose(), requester=people.requester, group=group,
        _meta={"causation": mark, "traceparent": "00-cc-dd-01"})
    last = made["_meta"]["seq"]
    items = line.call("events.read", after_seq=last - 3, limit=3)["events"]
    t.equal([item["event"]["type"] for item in items],
        ["opora.ticket.created.v1", "opora.message.added.v1", "opora.sla.applied.v1"], "types")
    common = {"causationid": mark, "traceparent": "00-cc-dd-01", "recordedtime": items[0]["event"]["recordedtime"],
              "actor": f"user/{people.agent}", "via": line.call("auth.whoami")["identity"]["name"]}
    for item in items:
        t.check(item["event"], common, item["event"]["type"])
    t.equal(made["ticket"]["version"], items[-1]["event"]["entityversion"], "entityversion of the last event about the ticket")


@case("E11", "events are in the log once the command is answered", "13.4", "6.6", "13.3", "13.7")
def at_once(t):
    writer, reader = t.line(), t.line()
    for _ in range(40):
        made = writer.call("user.create", name=t.prose())
        seq = made["_meta"]["seq"]
        found = reader.call("events.read", after_seq=seq - 1, limit=1)["events"]
        t.check(found, [{"seq": seq, "event": {"subject": f"user/{made['user']['id']}"}}])
        t.check(reader.call("user.get", user=made["user"]["id"]), {"user": {"version": 1}})


@case("E12", "reading on from page to page", "4.28")
def paging(t):
    line = t.line()
    start = t.head(line)
    for _ in range(95):
        line.send("user.create", name=t.prose())
    line.answer(line.last)
    after, got, pages = start, [], 0
    while len(got) < 95:
        page = line.call("events.read", after_seq=after, limit=10, types=["user.created"])
        t.true(len(page["events"]) <= 10 and page["next_after_seq"] > after, "a page moves on", page["next_after_seq"])
        t.check(page, {"head_seq": INT, "epoch": INT})
        got += [item["seq"] for item in page["events"]]
        after, pages = page["next_after_seq"], pages + 1
    t.equal(got, sorted(set(got)), "every event once, in order")
    t.true(pages >= 10, f"{pages} pages")
    t.equal(len(line.call("events.read", after_seq=0)["events"]) <= 100, True, "the default limit")
    for limit in (0, 501, -1):
        line.refuse("events.read", "invalid_params", after_seq=0, limit=limit)


@case("E13", "what is filtered out is passed over", "4.29", "4.30")
def filtered(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    page = line.call("events.read", after_seq=0, types=["feedback.recorded"], subject="feedback/F-99999999")
    t.check(page, {"events": []})
    t.true(page["next_after_seq"] >= page["head_seq"], "the position is the head", page)
    line.call("ticket.set_priority", ticket=ticket, priority="high")
    both = line.call("events.read", after_seq=0, streams=["ticket"], types=["ticket.created", "user.created"],
        subject=f"ticket/{ticket}", limit=500)
    t.equal([item["event"]["type"] for item in both["events"]], ["opora.ticket.created.v1"], "all filters hold")
    line.refuse("events.read", "invalid_params", after_seq=0, streams=["weather"])
    line.refuse("events.read", "invalid_params", after_seq=0, types=["ticket.exploded"])
    t.check(line.call("events.read", after_seq=t.head(line), types=["x.somebody.something"]), {"events": []})


@case("E14", "a long poll ends when an event comes", "4.31", "6.13")
def long_poll(t):
    line, writer = t.line(), t.line()
    word = t.word("x")
    begin = time.monotonic()
    number = line.send("events.read", after_seq=t.head(writer), types=["organization.created"], wait_ms=20_000,
        _meta={"deadline_ms": 1000})
    line.call("ping")
    t.true(not line.socket.poll(1300), "a poll waits beyond its deadline")
    made = writer.call("organization.create", name=word)["organization"]["id"]
    t.check(line.answer(number), {"result": {"events": [{"event": {"subject": f"organization/{made}"}}]}})
    t.true(t.elapsed(begin) < 10, f"it took {t.elapsed(begin):.1f} s")


@case("E15", "a long poll without events ends after its time, and pins nothing", "4.31", "10.1")
def empty_poll(t):
    line, writer = t.line(), t.line()
    begin = time.monotonic()
    number = line.send("events.read", after_seq=t.head(line), types=["policy.created"], wait_ms=600)
    writer.call("user.create", name=t.prose())
    answer = t.check(line.answer(number), {"result": {"events": []}})
    t.true(0.55 < t.elapsed(begin) < 6, f"it took {t.elapsed(begin):.2f} s")
    t.true(answer["result"]["next_after_seq"] >= t.head(line) - 50, "it moved on past what it does not want", answer)
    line.refuse("events.read", "invalid_params", after_seq=0, wait_ms=25_001)


@case("E18", "a subscriber that comes late: list, read, follow", "2.23", "6.10", "4.22", needs=["events"], limit=60)
def late_joiner(t):
    line = t.line()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    for _ in range(120):
        line.send("ticket.create", subject=t.prose(), requester=t.people(line).requester, organization=organization)
    line.answer(line.last)
    bus = t.bus("$", "ticket.").ready()
    page = line.call("ticket.list", organization=organization, limit=50)
    state, seen = {}, page["as_of_seq"]
    while True:
        state.update({item["id"]: item["priority"] for item in page["items"]})
        if page["next_cursor"] is None:
            break
        line.call("ticket.set_priority", ticket=page["items"][0]["id"], priority="low")
        page = line.call("ticket.list", organization=organization, limit=50, cursor=page["next_cursor"])
    for item in t.read(line, seen, types=["ticket.priority_changed"]):
        state[item["event"]["data"]["ticket"]] = item["event"]["data"]["after"]
        seen = item["seq"]
    last = line.call("ticket.set_priority", ticket=next(iter(state)), priority="urgent")
    event = bus.until(lambda m: m.header and m.header.seq >= last["_meta"]["seq"])
    state[event.body["data"]["ticket"]] = event.body["data"]["after"]
    t.equal(len(state), 120, "tickets")
    for ticket, priority in list(state.items())[:10]:
        t.check(line.call("ticket.get", ticket=ticket), {"ticket": {"priority": priority}})


class Writer(threading.Thread):
    """Changes tickets on a connection of its own until it is stopped."""

    def __init__(self, endpoint, tickets):
        super().__init__(daemon=True)
        self.endpoint, self.tickets = endpoint, tickets
        self.stopping = threading.Event()
        self.fault = None

    def run(self):
        line = Line(self.endpoint, quiet=True)
        number = 0
        try:
            while not self.stopping.is_set():
                number += 1
                line.call("ticket.set_priority", ticket=self.tickets[number % len(self.tickets)],
                    priority=("low", "high", "urgent")[number % 3])
        except Failure as failure:
            self.fault = failure
        finally:
            line.close()


@case("E22", "a snapshot and the events after it, while others write", "6.10", "6.11", "4.16", world="main", limit=60)
def race(t):
    line = t.line()
    organization = line.call("organization.create", name=t.word("o"))["organization"]["id"]
    tickets = [t.ticket(line, organization=organization)["id"] for _ in range(60)]
    writer = Writer(t.desk.plain("rpc"), tickets)
    t.cleanups.append(writer.stopping.set)
    writer.start()
    state, cursor, as_of = {}, None, None
    while True:
        page = line.call("ticket.list", organization=organization, limit=10, **({"cursor": cursor} if cursor else {}))
        as_of = page["as_of_seq"] if as_of is None else as_of
        for item in page["items"]:
            t.true(item["id"] not in state, f"{item['id']} is in two pages")
            state[item["id"]] = (item["version"], item["priority"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    writer.stopping.set()
    writer.join(20)
    t.true(writer.fault is None, f"the writer: {writer.fault}")
    for item in t.read(line, as_of, streams=["ticket"]):
        event = item["event"]
        ticket = event["data"].get("ticket")
        if ticket in state and event["entityversion"] > state[ticket][0] and "priority_changed" in event["type"]:
            state[ticket] = (event["entityversion"], event["data"]["after"])
    for ticket, (version, priority) in state.items():
        t.check(line.call("ticket.get", ticket=ticket), {"ticket": {"version": version, "priority": priority}})
    t.equal(len(state), 60, "tickets")
