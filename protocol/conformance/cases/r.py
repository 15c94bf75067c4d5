"""What the kernel bears: queues, a database that others hold, a damaged one; and its record of the traffic."""
import json
import os
import sqlite3

from conformance.case import case
from conformance.cases.e_kernels import users
from conformance.match import INT, TEXT, has


@case("R01", "more commands at once than may wait", "6.25", "10.1", "9.3", world="own")
def queue_full(t):
    t.own({"limits": {"commands_waiting": 100}})
    line, people = t.line(), t.people()
    numbers = [line.send("ticket.create", subject="x", requester=people.requester) for _ in range(900)]
    answers = [line.answer(number) for number in numbers]
    over = [answer for answer in answers if "error" in answer]
    t.true(over, "nothing was refused")
    for answer in over:
        t.check(answer, {"error": {"code": -32000, "data": {"code": "unavailable", "retryable": True, "retry_after_ms": INT}}})
    stats = line.call("kernel.stats")
    t.equal(stats["unsolved_tickets"], 900 - len(over), "tickets: what was refused was not done")


@case("R02", "another process holds the database: commands wait their turn or are unavailable, queries go on", "6.26", "9.3",
      world="own", limit=60)
def database_held(t):
    desk = t.own()
    line, people = t.line(), t.people()
    ticket = t.ticket(line)["id"]
    holder = sqlite3.connect(desk.data / "opora.db", isolation_level=None, timeout=10)
    holder.execute("BEGIN IMMEDIATE")
    number = line.send("ticket.set_priority", ticket=ticket, priority="high")
    other = t.line()
    t.check(other.call("ticket.get", ticket=ticket), {"ticket": {"priority": "normal"}})
    answer = line.answer(number, 40)
    holder.execute("ROLLBACK")
    holder.close()
    t.check(answer, {"error": {"code": -32000, "data": {"code": "unavailable", "retryable": True}}})
    t.check(line.call("ticket.set_priority", ticket=ticket, priority="urgent"), {"ticket": {"priority": "urgent", "version": 2}})
    t.check(line.call("ticket.create", subject="x", requester=people.requester), {"ticket": {"id": TEXT}})


@case("R03", "a database that is damaged while the kernel runs", "9.5", "14.31", world="own", limit=60)
def damaged(t):
    desk = t.own()
    line = t.line()
    ticket = t.ticket(line)["id"]
    for _ in range(12):
        line.call("ticket.note", ticket=ticket, text=t.prose() + " x" * 90_000)
    desk.stop()
    desk.start()
    path = desk.data / "opora.db"
    size = path.stat().st_size
    t.true(size > 1_000_000, f"the database has {size} bytes")
    with open(path, "r+b") as file:
        for page in range(16, size // 4096 - 1):
            file.seek(page * 4096)
            file.write(os.urandom(4096))
    line = t.line()
    errors = []
    for method, params in (("message.list", {"ticket": ticket}), ("ticket.history", {"ticket": ticket}), ("user.list", {}),
        ("events.read", {"after_seq": 0}),
                           ("ticket.list", {"sort": "due_at"}), ("group.list", {})):
        answer = line.answer(line.send(method, **params))
        errors += [answer["error"]] if "error" in answer else []
    t.true(errors, "nothing failed")
    for error in errors:
        t.check(error, {"code": -32603, "message": TEXT, "data": {"code": "internal_error", "request_id": TEXT}})
        t.true(error["data"]["request_id"] in desk.log, "request_id stands in the kernel's log")
        t.true("SELECT" not in error["message"] and str(desk.data) not in error["message"], "nothing of its inside is shown",
            error)
    t.check(line.call("ping"), {"pong": True})
    t.check(line.call("kernel.health"), {"status": "degraded", "problems": has(TEXT)})


@case("R04", "the record of the traffic", "1.10", "1.14", world="own")
def traffic(t):
    desk = t.own(start=False)
    folder = desk.folder / "traffic"
    desk.configure({**desk.settings, "traffic_dir": str(folder)})
    desk.start()
    line, bus = t.line(), t.bus("").ready()
    word = t.word("o")
    made = line.call("organization.create", name=word)["organization"]["id"]
    line.frames(b"one frame")
    line.receive()
    bus.topic(f"organization.created/{made}")
    desk.stop()
    files = list(folder.glob("*.jsonl"))
    t.equal([oct(path.stat().st_mode & 0o777) for path in files], ["0o600"], "one file with its mode")
    entries = [json.loads(row) for row in files[0].read_text().splitlines()]
    for entry in entries:
        t.check(entry, {"at": INT, "dir": {"$one": ["in", "out", "pub"]}, "body": TEXT})
    came = [e for e in entries if e["dir"] == "in" and word in e["body"]]
    t.check(came, [{"peer": {"$re": "^[0-9a-f]+$"}, "user": "owner"}])
    t.check([e for e in entries if e["dir"] == "out" and made in e["body"]], [{"peer": came[0]["peer"]}])
    sent = [e for e in entries if e["dir"] == "pub" and e.get("topic") == f"organization.created/{made}"]
    t.check(sent, [{"header": {"$len": 64}}])


@case("R05", "under a thousand connections the kernel answers", "1.17", "6.22", world="own", limit=60, heavy=True)
def connections(t):
    desk = t.own()
    lines = [t.line(quiet=True) for _ in range(1000)]
    for line in lines:
        line.send("ticket.list", limit=1)
    for line in lines:
        t.check(line.answer(1), {"result": {"items": []}})
    before = desk.descriptors()
    for line in lines:
        line.close()
    t.until(lambda: desk.descriptors() < before - 900, "the kernel letting go of the connections", 30)
    users(t, t.line(), 50)


@case("R06", "kernel.health and kernel.stats", "14.31", "4.4", "3.13")
def health(t):
    line = t.line()
    found = line.call("kernel.health")
    t.check(found, {
        "status": "ok", "ready": True, "version": TEXT, "instance_id": TEXT, "log_id": TEXT, "epoch": INT, "pid": INT,
        "started_at": {"$is": "time"},
        "uptime_ms": INT, "head_seq": INT, "first_seq": INT, "sessions": {"$is": "array"}, "consumers": {"$is": "array"},
        "problems": []})
    before = line.call("kernel.stats")
    line.call("user.create", name=t.prose())
    line.refuse("ticket.create", "not_found", subject="x", requester="U-99999999")
    for name in ("commands", "events", "rejected", "transactions"):
        t.until(lambda name=name: t.stats(line, name) > before[name], f"one more of {name}")
    after = line.call("kernel.stats")
    for name in ("drop_episodes", "slow_peers", "malformed", "ignored_notifications", "unsolved_tickets"):
        t.check(after, {name: INT})
