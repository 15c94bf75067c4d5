"""Events: over crashes, restored backups, truncation and slow subscribers. Each case has a kernel of its own."""
import json
import shutil
import time

import zmq

from conformance.case import Failure, case
from conformance.match import INT, TEXT, least
from conformance.wire import encode

#: What a database consists of.
FILES = ("opora.db", "opora.db-wal", "opora.db-shm")


def users(t, line, count):
    """Creates users, many at a time."""
    people = t.prose()
    while count > 0:
        part = min(count, 50)
        answers = line.batch(*[("user.create", {"name": people})] * part)
        t.true(all("result" in answer for answer in answers), "users are made", answers[0])
        count -= part


def flood(line, count, meanwhile=lambda: None):
    """So many events, made as fast as the kernel takes them, with a few batches under way at a time."""
    body = encode([{"jsonrpc": "2.0", "id": n, "method": "user.create", "params": {"name": "x"}} for n in range(50)])
    under_way = 0
    for _ in range(count // 50):
        line.socket.send_multipart([b"", body])
        under_way += 1
        while under_way > 8:
            line.socket.recv_multipart()
            under_way -= 1
        meanwhile()
    for _ in range(under_way):
        line.socket.recv_multipart()


class Follower:
    """A subscriber of everything that fills its gaps from the log."""

    def __init__(self, bus, line):
        self.bus, self.line = bus, line
        self.seen, self.last, self.gaps = set(), 0, 0

    def step(self):
        frames = self.bus.socket.recv_multipart()
        if len(frames) < 3:
            return
        seq = int.from_bytes(frames[1][8:16], "big") or json.loads(frames[2])["head_seq"] + 1
        if seq > self.last + 1:
            self.gaps += 1
            self.fill(seq - 1)
        if not frames[0].startswith(b"$") and seq > self.last:
            self.seen.add(seq)
            self.last = seq

    def fill(self, end):
        while self.last < end:
            found = self.line.call("events.read", after_seq=self.last, limit=500)["events"]
            self.seen |= {item["seq"] for item in found}
            self.last = found[-1]["seq"]


@case("E16", "a subscriber that does not read for a while finds the gap and fills it", "4.10", "4.22", "4.9", world="own",
      heavy=True, limit=90)
def dropped(t):
    t.own()
    line = t.line(quiet=True)
    stalled = t.bus("", hwm=1, options={zmq.RCVBUF: 4096}).ready()
    flood(line, 24_000)
    # The bus may bring events after the answers.
    t.until(lambda: t.stats(line, "drop_episodes") > 0, "drop_episodes of kernel.stats")
    head = t.head(line)
    follower = Follower(stalled, line)
    while follower.last < head:
        t.true(stalled.socket.poll(5000), f"nothing came after {follower.last} of {head}")
        follower.step()
    t.true(follower.gaps >= 1, "a gap was seen")
    t.equal(len(follower.seen), head, "events seen and read together")


@case("E19", "a crash and a restart: seq goes on, epoch stays, the last events come again", "4.11", "4.26", "1.20", "13.5",
      "4.1", world="own", limit=60)
def crash(t):
    desk = t.own()
    line, bus = t.line(), t.bus("", options={zmq.RECONNECT_IVL: 20}).ready()
    first = t.head(line) + 1
    users(t, line, 20)
    last = line.call("user.create", name=t.prose())["_meta"]["seq"]
    desk.kill()
    before = {event.header.seq: event.raw for event in _drain(bus)}
    desk.start()
    owner = t.line()
    t.check(owner.call("kernel.health"), {"epoch": 1, "head_seq": last})
    # A command at once: its event may come before those sent again, among them or after them.
    bus.ready()
    t.equal(owner.call("organization.create", name=t.word("o"))["_meta"]["seq"], last + 1, "the next seq")
    missing, repeated, new = {last, last + 1}, [], []
    while missing:
        event = bus.until(lambda m: not m.topic.startswith("$"), 15, f"the events {sorted(missing)}")
        (repeated if event.header.flags & 2 else new).append(event)
        missing.discard(event.header.seq)
    t.equal(owner.call("organization.create", name=t.word("o"))["_meta"]["seq"], last + 2, "the seq after it")
    new.append(bus.until(lambda m: not m.topic.startswith("$")))
    t.equal([[e.header.seq, e.header.flags] for e in new], [[last + 1, 0], [last + 2, 0]], "the new events, in order and once")
    again = [event.header.seq for event in repeated]
    t.equal(again, list(range(again[0], last + 1)), "what was sent again is in order and reaches the end")
    for event in repeated:
        t.equal([event.header.flags, event.header.epoch], [2, 1], "flags and epoch of a repeat")
        known = before.get(event.header.seq)
        t.true(known is None or known[2] == event.raw[2], "a repeat has the same body")
    t.equal(sorted({*before, *again}), list(range(first, last + 1)), "what came before the crash and what came again: nothing is lost")


def _drain(bus):
    """What has come so far, without the control messages."""
    found = []
    while bus.socket.poll(300):
        event = bus.parse(bus.socket.recv_multipart())
        if not event.topic.startswith("$"):
            found.append(event)
    return found


@case("E20", "a backup that was put back: the epoch grows and everybody hears of it", "4.27", "4.21", "1.4", world="own",
      limit=60)
def restored(t):
    desk = t.own()
    line = t.line()
    users(t, line, 10)
    log = desk.discovery["log_id"]
    line.close()
    desk.stop()
    backup = desk.folder / "backup"
    backup.mkdir()
    for name in FILES:
        if (desk.data / name).exists():
            shutil.copy2(desk.data / name, backup)
    desk.start()
    users(t, t.line(), 10)
    desk.stop()
    for name in FILES:
        (desk.data / name).unlink(missing_ok=True)
    for path in backup.iterdir():
        shutil.copy2(path, desk.data)
    desk.spawn()
    t.until(lambda: desk.is_announced() or desk.process.poll() is not None, "kernel.json")
    t.true(desk.process.poll() is None, f"the kernel did not start: {desk.log[-1000:]}")
    bus, owner = t.bus(""), t.line()
    reset = bus.topic("$reset/")
    t.check(reset.body, {"log_id": log, "epoch": 2, "head_seq": INT}, "$reset/")
    t.equal([reset.header.flags, reset.header.epoch], [1, 2], "flags and epoch of $reset/")
    t.check(desk.discovery, {"epoch": 2, "log_id": log}, "kernel.json")
    t.system(owner, 0, "epoch_changed", before=1, after=2, reason="restored")
    for method, params in (("events.read", {"after_seq": 12}), ("events.read", {"after_seq": 0})):
        owner.refuse(method, "epoch_mismatch", {"epoch": 2, "log_id": log}, epoch=1, **params)
    page = owner.call("events.read", after_seq=0, epoch=2)
    t.check(page, {"epoch": 2, "events": {"$is": "array"}})
    t.check(owner.call("user.create", name=t.prose()), {"user": {"id": TEXT}})
    new = bus.topic("user.created/")
    t.equal([new.header.epoch, new.body["logepoch"]], [2, "2"], "the epoch of new events")


@case("E21", "the operator begins a new epoch", "4.27", "4.21", world="own")
def asked(t):
    desk = t.own()
    users(t, t.line(), 3)
    desk.stop()
    desk.start("--new-epoch")
    bus, owner = t.bus("$"), t.line()
    t.check(bus.topic("$reset/").body, {"epoch": 2})
    t.system(owner, 0, "epoch_changed", before=1, after=2, reason="asked")
    owner.refuse("events.read", "epoch_mismatch", {"epoch": 2}, after_seq=0, epoch=1)
    desk.stop()
    desk.start()
    t.check(t.line().call("kernel.health"), {"epoch": 2})


@case("E23", "two stalled subscribers and a healthy one, 24,000 events: the healthy one gets all, memory is bounded", "4.10",
      "10.1", world="own", heavy=True, limit=90)
def slow_subscribers(t):
    desk = t.own()
    line, health, target = t.line(quiet=True), t.line(), 24_000
    stalled = [t.bus("", name=f"stalled {n}", hwm=1, options={zmq.RCVBUF: 4096}).ready() for n in range(2)]
    good = t.bus("", name="good").ready()
    line.call("user.create", name="x")
    start, seen = desk.memory(), [0]

    def read():
        seen[0] = _read(good, seen[0])

    flood(line, target, read)
    end = time.monotonic() + 30
    while seen[0] < target + 1:
        t.true(time.monotonic() < end, f"the healthy subscriber got {seen[0]} of {target + 1} events")
        good.socket.poll(100)
        read()
    grown = (desk.memory() - start) >> 20
    t.true(grown < 250, f"the kernel grew by {grown} MiB")
    t.check(health.call("kernel.stats"), {"drop_episodes": least(1)})
    t.check(health.call("ping"), {"pong": True})
    for bus in stalled:
        bus.close()


def _read(bus, last):
    """Reads what is there; the highest seq, which has to grow one by one."""
    while bus.socket.poll(0):
        frames = bus.socket.recv_multipart()
        if frames[0].startswith(b"$"):
            continue
        seq = int.from_bytes(frames[1][8:16], "big")
        if last and seq != last + 1:
            raise Failure(f"seq {seq} came after {last}")
        last = seq
    return last


@case("E27", "log.truncate: a copy first, then the old events go", "5.26", "4.4", "4.32", "5.3", world="own", limit=60)
def truncate(t):
    desk = t.own()
    line = t.line()
    users(t, line, 300)
    head = t.head(line)
    line.call("consumer.ensure", name="reader", start={"from": "beginning"})
    line.refuse("log.truncate", "validation_failed", before_seq=200)
    page = line.call("consumer.fetch", name="reader", max=300)
    line.call("consumer.ack", name="reader", seq=250, lease_token=page["lease_token"])
    done = line.call("log.truncate", before_seq=200)
    t.check(done, {"first_seq": 200, "snapshot": TEXT})
    copy = desk.data / "snapshots"
    t.true(any(done["snapshot"].endswith(path.name) for path in copy.iterdir()), "the copy lies in snapshots/")
    t.system(line, head, "log_truncated", first_seq=200)
    t.until(lambda: line.call("kernel.health")["first_seq"] == 200, "first_seq of kernel.health")
    for after in (0, 198):
        line.refuse("events.read", "log_truncated", {"first_seq": 200}, after_seq=after)
    t.equal(line.call("events.read", after_seq=199, limit=1)["events"][0]["seq"], 200, "the first event that is left")
    t.check(t.plugin("plug").hello, {"log": {"first_seq": 200}})
    line.call("consumer.ensure", name="late", start={"from": "beginning"})
    t.equal(line.call("consumer.fetch", name="late", max=1)["events"][0]["seq"], 200, "the beginning is what is left")
    line.call("consumer.delete", name="late")
    t.check(line.call("log.truncate", before_seq=240, snapshot=False), {"first_seq": 240, "snapshot": {"$absent": True}})
    line.refuse("log.truncate", "validation_failed", before_seq=252)
    desk.kill()
    desk.start()
    t.check(t.line().call("kernel.health"), {"first_seq": 240, "epoch": 1})
