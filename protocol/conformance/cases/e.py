"""Events on the bus."""
import re
import time

from conformance.case import case
from conformance.match import ABSENT, INT, TEXT, WHEN

TOPIC = re.compile(r"(?:[a-z]+\.[a-z_]+|x\.[A-Za-z0-9_-]+\.[!-.0-~]+)/[!-~]+")


def mixed(t, line, count):
    """So many commands of several kinds; returns the `seq` of the last event."""
    people, last = t.people(line), 0
    promised = t.promised(line)
    ticket = t.ticket(line, group=promised)["id"]
    makers = [
        lambda n: line.call("user.create", name=t.prose()), lambda n: line.call("ticket.note", ticket=ticket, text=t.prose()),
        lambda n: t.ticket(line, group=promised) and line.call("ticket.reply", ticket=ticket, text=t.prose()),
        lambda n: line.call("ticket.set_priority", ticket=ticket, priority=("high", "low")[n // 4 % 2])]
    for number in range(count):
        last = makers[number % len(makers)](number)["_meta"].get("seq", last)
    return last, people


@case("E01", "an event on the bus: topic, header, body", "1.18", "1.19", "1.20", "4.6", "4.7", "4.12", "4.13", "4.17",
      needs=["events"])
def shape(t):
    bus, line = t.bus("").ready(), t.line()
    made = line.call("user.create", name=t.prose(), _meta={"causation": "some-id", "traceparent": "00-aa-bb-01"})
    user, log = made["user"]["id"], line.call("kernel.health")["log_id"]
    event = bus.topic(f"user.created/{user}")
    header, body = event.header, event.body
    t.true(TOPIC.fullmatch(event.topic) is not None, f"the topic {event.topic}")
    t.equal([header.magic.decode(), header.version, header.flags], ["OP", 1, 0], "the header")
    t.equal(header.seq, made["_meta"]["seq"], "seq of the header and of the answer")
    t.check(body, {
        "specversion": "1.0", "id": f"{log}.{header.seq}", "source": f"opora/{log}", "type": "opora.user.created.v1",
        "subject": f"user/{user}", "time": WHEN, "recordedtime": WHEN, "sequence": f"{header.seq:020d}",
        "logepoch": str(header.epoch),
        "actor": TEXT, "via": TEXT, "entityversion": 1, "causationid": "some-id", "traceparent": "00-aa-bb-01",
        "imported": ABSENT,
        "data": {"user": user, "changed": ["*"]}}, "the body")
    t.true(len(event.raw[2]) < 2048, f"the body has {len(event.raw[2])} bytes")
    read = line.call("events.read", after_seq=header.seq - 1, limit=1)["events"][0]
    t.check(read, {"seq": header.seq, "prev": header.prev, "event": {"$exact": True, **body}}, "the same event in the log")


@case("E02", "header and body agree", "4.9", "4.14", needs=["events"])
def agree(t):
    bus, line = t.bus("").ready(), t.line()
    first = t.head(line)
    last, _ = mixed(t, line, 24)
    seen = 0
    while seen < last:
        event = bus.next()
        if event.topic.startswith("$"):
            continue
        header, body = event.header, event.body
        seen = header.seq
        t.equal([int(body["sequence"]), int(body["logepoch"])], [header.seq, header.epoch], "seq and epoch")
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(header.time // 1_000_000)) + f".{header.time // 1000 % 1000:03d}Z"
        t.equal(body["recordedtime"], stamp, "recordedtime and the header's time")
        name = body["type"].removeprefix("opora.").removesuffix(".v1")
        t.equal(event.topic, f"{name}/{body['subject'].split('/', 1)[1]}", "the topic")
    t.true(seen > first + 20, "events were seen")


@case("E03", "$welcome greets a subscriber", "4.19", "1.18", needs=["events"])
def welcome(t):
    for prefix in ("$", "$w", "$welcome", ""):
        bus = t.bus(prefix)
        t.equal(bus.until(lambda m: m.topic == "$welcome", 10, "$welcome").topic, "$welcome", "the first message")
        bus.close()


@case("E04", "a heartbeat each second", "4.18", "4.23", needs=["events"])
def heartbeat(t):
    bus, line = t.bus("$").ready(), t.line()
    bus.topic("$hb/")
    begin = time.monotonic()
    beats = [bus.topic("$hb/").body for _ in range(3)]
    t.true(1.5 < t.elapsed(begin) < 6, f"three heartbeats took {t.elapsed(begin):.1f} s")
    streams = ("ticket", "message", "user", "organization", "group", "policy", "calendar", "sla", "feedback", "system", "x")
    for beat in beats:
        t.check(beat, {"epoch": INT, "head_seq": INT, "drop_episodes": INT, "time": WHEN,
            "heads": {name: INT for name in streams}}, "$hb/")
        t.true(max(beat["heads"].values()) == beat["head_seq"], "the head is the highest of the heads", beat)
    made = line.call("user.create", name=t.prose())
    seq = made["_meta"]["seq"]
    beat = bus.until(lambda m: m.topic == "$hb/" and m.body["head_seq"] >= seq, what="a heartbeat with the new head").body
    t.true(beat["heads"]["user"] >= seq, "the head of the stream", beat)


@case("E05", "seq counts without gaps in the order of commits", "4.1", "13.1", "13.5", "4.22", needs=["events"], limit=60)
def gapless(t):
    bus, line = t.bus("").ready(), t.line()
    start = t.head(line)
    last, _ = mixed(t, line, 400)
    log = t.read(line, start)
    numbers = [item["seq"] for item in log]
    t.equal(numbers, list(range(start + 1, start + 1 + len(numbers))), "the numbers in the log")
    t.true(numbers[-1] >= last, "the log has the last event")
    seen = []
    while not seen or seen[-1] < last:
        event = bus.next()
        if not event.topic.startswith("$"):
            seen.append(event.header.seq)
    t.equal(seen, list(range(seen[0], seen[0] + len(seen))), "the numbers on the bus")


@case("E06", "prev joins the events of a stream", "4.9", "4.22", "4.7", needs=["events"])
def previous(t):
    line = t.line()
    bus = t.bus("$", "ticket.").ready()
    sla = t.bus("$", "sla.").ready()
    start = t.head(line)
    mixed(t, line, 60)
    for subscriber, stream in ((bus, "ticket"), (sla, "sla")):
        wanted = [item["seq"] for item in t.read(line, start, streams=[stream])]
        chain = []
        while not chain or chain[-1] < wanted[-1]:
            event = subscriber.next()
            if event.topic.startswith("$"):
                continue
            t.true(event.topic.startswith(stream + "."), f"{event.topic} on the subscription {stream}.")
            if chain:
                t.equal(event.header.prev, chain[-1], f"prev of seq {event.header.seq}")
            chain.append(event.header.seq)
        t.true(len(chain) >= 12, f"{len(chain)} events of {stream}")
        t.equal([seq for seq in chain if seq > start], wanted, "the events of the bus and of the log")
    links = t.read(line, start, streams=["ticket"])
    for before, after in zip(links, links[1:]):
        t.equal(after["prev"], before["seq"], f"prev of {after['seq']} in the log")


@case("E07", "a prefix with a slash takes exactly one type", "4.8", needs=["events"])
def exact_type(t):
    bus, line = t.bus("$", "ticket.priority_changed/").ready(), t.line()
    ticket = t.ticket(line)["id"]
    line.call("ticket.assign", ticket=ticket, assignee=t.people().agent)
    line.call("ticket.set_priority", ticket=ticket, priority="urgent")
    line.call("ticket.solve", ticket=ticket)
    line.call("ticket.set_priority", ticket=ticket, priority="low")
    mine = []
    while len(mine) < 2:
        event = bus.next()
        if not event.topic.startswith("$"):
            t.true(event.topic.startswith("ticket.priority_changed/"), event.topic)
            mine += [event.body["data"]["after"]] if event.topic.endswith(f"/{ticket}") else []
    t.equal(mine, ["urgent", "low"], "what came")


@case("E08", "a prefix for one ticket", "4.8", needs=["events"])
def one_entity(t):
    line = t.line()
    first, second = t.ticket(line)["id"], t.ticket(line)["id"]
    bus = t.bus("$", f"ticket.status_changed/{second}").ready()
    line.call("ticket.solve", ticket=first)
    line.call("ticket.solve", ticket=second)
    event = bus.until(lambda message: not message.topic.startswith("$"))
    t.equal(event.body["subject"], f"ticket/{second}", "the first event that came")


@case("E17", "the loss of the last message is shown by the heartbeat", "4.23", "4.18", needs=["events"])
def last_message(t):
    # This subscriber takes no events at all, as if the bus had dropped them.
    bus, line = t.bus("$").ready(), t.line()
    made = line.call("organization.create", name=t.word("o"))
    begin = time.monotonic()
    bus.until(lambda m: m.topic == "$hb/" and m.body["heads"]["organization"] >= made["_meta"]["seq"],
        what="the loss in a heartbeat")
    t.true(t.elapsed(begin) < 4, f"it took {t.elapsed(begin):.1f} s")
