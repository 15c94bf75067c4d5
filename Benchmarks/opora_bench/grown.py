"""What is measured on a desk that has grown, and on one that does nothing. It is filled by the kernel itself."""
import datetime
import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import time

import zmq

from . import desk, places, programs, search

#: Tickets of the small desk that the large one is held against.
SMALL = 10_000


#: How a part of the measuring may end.
FAILURES = (
    programs.ProgramFailed, desk.CallFailed, RuntimeError, subprocess.SubprocessError, sqlite3.Error, zmq.ZMQError, OSError)


class Sizes:
    """How much is measured; the quick run is for trying things out, its desk has not grown."""

    def __init__(self, is_quick, may_reuse=False):
        #: Takes the large desk of an earlier run, where its tables are the same.
        self.may_reuse = may_reuse
        self.large = 30_000 if is_quick else 1_000_000
        self.turns = 3 if is_quick else 5
        self.seconds = 0.5 if is_quick else 2
        self.conversation = 2_000 if is_quick else 10_000
        self.burst = 2_000 if is_quick else 10_000
        self.idle_seconds = 3 if is_quick else 10


def measure(template, sizes):
    """All figures of this kind. `growth` is the rate of the filling, in steps of a tenth; `failures` tells what could not be measured."""
    figures = {"large": sizes.large, "failures": []}
    attempt(figures, idle, figures, sizes)
    attempt(figures, bytes_per_ticket, template, figures, sizes)
    attempt(figures, imported, figures)
    attempt(figures, on_large_desk, template, figures, sizes)
    attempt(figures, search.measure, template, figures, sizes)
    return figures


def attempt(figures, part, *arguments):
    """Measures a part; what goes wrong in it leaves the other parts their figures."""
    try:
        part(*arguments)
    except FAILURES as problem:
        figures["failures"].append(f"{part.__module__.rpartition('.')[2]}.{part.__name__}: {problem}")


def on_large_desk(template, figures, sizes):
    small = filled(template, "small", SMALL)[0]
    large, figures["growth"] = filled(template, f"large-{sizes.large}", sizes.large, sizes.may_reuse)
    compare(small, large, figures, sizes)
    killed(large, figures, sizes)
    sla(large, figures, sizes)


def idle(figures, sizes):
    """An empty desk: how soon it is ready, and what it takes while nobody asks for anything."""
    starts = []
    for _ in range(5):
        folder = places.WORK / "idle"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        with desk.Desk(folder) as empty:
            starts.append(empty.ready_seconds * 1000)
    figures["idle_ready_ms"] = statistics.median(starts)
    with desk.Desk(folder) as empty:
        time.sleep(1)
        before = empty.cpu_seconds()
        time.sleep(sizes.idle_seconds)
        figures["idle_cpu_percent"] = 100 * (empty.cpu_seconds() - before) / sizes.idle_seconds
        figures["idle_memory_mb"] = empty.memory_mb()[0]


def bytes_per_ticket(template, figures, sizes):
    """The file of tickets with three messages, without receipts: those are forgotten after a week."""
    count = sizes.conversation
    folder = desk.copy(template, "conversations")
    empty = table_bytes(desk.database(folder))
    with desk.Desk(folder) as talking:
        programs.load(talking.rpc, "ticket.create", window=256, total=count)
        for turn in range(2):
            programs.load(talking.rpc, "ticket.reply", window=256, total=count, tickets=count, key=f"r{turn}")
    figures["bytes_per_ticket"] = (table_bytes(desk.database(folder)) - empty) / count


def table_bytes(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'receipt%'").fetchone()[0]
    finally:
        connection.close()


def filled(template, name, count, may_reuse=False):
    """A desk with so many tickets, and the rate at which each tenth of them was made."""
    folder = places.WORK / name
    mark = places.WORK / f"{name}.schema"
    growth = places.WORK / f"{name}.growth"
    wanted = schema(desk.database(template))
    if may_reuse and folder.exists() and mark.exists() and mark.read_text() == wanted:
        return folder, [float(word) for word in growth.read_text().split()]
    mark.unlink(missing_ok=True)
    desk.copy(template, name)
    rates = []
    with desk.Desk(folder) as filling:
        for _ in range(10):
            # Without keys: receipts are forgotten after a week anyway, and would double the file.
            found = programs.load(filling.rpc, "ticket.create", window=512, total=count // 10, key="")
            rates.append(found["sent"] / found["seconds"])
    growth.write_text(" ".join(f"{rate:.0f}" for rate in rates))
    mark.write_text(wanted)
    return folder, rates


def schema(path):
    connection = sqlite3.connect(path)
    try:
        return "\n".join(sorted(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")))
    finally:
        connection.close()


def compare(small_folder, large_folder, figures, sizes):
    """Small and large take turns."""
    found = {name: [] for name in ("list_small", "list_large", "create_small", "create_large")}
    key = f"g{time.time_ns()}"
    with desk.Desk(small_folder) as small, desk.Desk(large_folder) as large:
        figures["ready_large_seconds"] = large.ready_seconds
        for turn in range(sizes.turns):
            for name, one, tickets in (("small", small, SMALL), ("large", large, sizes.large)):
                listed = programs.load(one.rpc, "ticket.list", seconds=sizes.seconds / 2)
                found[f"list_{name}"].append(listed["latency"]["p50_us"] / 1000)
            for name, one in (("small", small), ("large", large)):
                made = programs.load(one.rpc, "ticket.create", window=256, seconds=sizes.seconds, key=f"{key}{turn}")
                found[f"create_{name}"].append(made["rate"])
        for _ in range(2):
            programs.load(large.rpc, "ticket.get", window=128, seconds=sizes.seconds, tickets=sizes.large)
        figures["memory_large_mb"] = large.memory_mb()[1]
    for size in ("small", "large"):
        figures[f"list_{size}_p50"] = statistics.median(found[f"list_{size}"])
        figures[f"create_{size}"] = statistics.median(found[f"create_{size}"])


def killed(folder, figures, sizes):
    """A kill under load, and the start after it."""
    times = []
    for turn in range(3):
        victim = desk.Desk(folder)
        load = [str(word) for word in programs.load_arguments(
            victim.rpc, "ticket.create", {"window": 256, "seconds": 30, "key": f"k{time.time_ns()}{turn}"})]
        process = subprocess.Popen(
            [places.PROGRAMS / "loadgen", *load], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(sizes.seconds)
        victim.end(signal.SIGKILL)
        process.kill()
        process.wait()
        with desk.Desk(folder) as again:
            times.append(again.ready_seconds)
    figures["ready_killed_seconds"] = statistics.median(times)


def sla(folder, figures, sizes):
    """Many targets due in the same instant, and some that come due one after another, on a clock that can be moved."""
    with desk.Desk(folder, "--conformance") as kernel:
        figures["running_targets"] = 2 * kernel.call("kernel.stats")["unsolved_tickets"]
        # Closed for two more minutes: everything made until then starts to count at the same instant.
        opens = datetime.datetime.now(datetime.timezone.utc).replace(second=0) + datetime.timedelta(minutes=3)
        closes = opens + datetime.timedelta(minutes=30)
        if closes.date() != opens.date():
            opens, closes = opens.replace(hour=0, minute=5), opens.replace(hour=0, minute=35)
        week = {day: [[f"{opens:%H:%M}", f"{closes:%H:%M}"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
        rush = group_with_policy(kernel, "Rush", {"hours": week}, 60_000)
        soon = group_with_policy(kernel, "Soon", {"always_open": True}, 2_000)
        bus = kernel.context.socket(zmq.SUB)
        bus.linger = 0
        bus.rcvhwm = 0
        bus.subscribe(b"sla.breached/")
        bus.subscribe(b"$hb/")
        bus.connect(kernel.events)
        bus.recv_multipart()
        figures["sla_late_p99"] = lateness(kernel, bus, soon)
        figures["sla_burst_seconds"] = burst(kernel, bus, rush, sizes.burst)
        bus.close()


def group_with_policy(kernel, name, calendar, budget):
    """A group whose tickets are promised a first response within a budget; the first to have it wins over older policies."""
    name = f"{name} {time.time_ns()}"
    group = kernel.call("group.create", name=name, members=["U-1"])["group"]["id"]
    made = kernel.call("calendar.create", name=name, zone="UTC", **calendar)["calendar"]["id"]
    targets = {priority: {"first_response": budget} for priority in ("low", "normal", "high", "urgent")}
    kernel.call(
        "policy.create", name=name, calendar=made, targets=targets, warnings=[], position=0, conditions={"group": [group]})
    return int(group[2:])


def breaches(bus, count, patience):
    """Breaches as they come: (instant of the breach, instant of its record, when it came here), all in seconds."""
    found = []
    while len(found) < count:
        if not bus.poll(patience * 1000):
            raise TimeoutError(f"only {len(found)} of {count} breaches came")
        topic, header, body = bus.recv_multipart()
        if topic.startswith(b"sla.breached/"):
            found.append((instant(body), int.from_bytes(header[24:32], "big") / 1e6, time.time()))
    return found


def instant(body):
    """The time of an event, in seconds since 1970."""
    return seconds(json.loads(body)["time"])


def seconds(text):
    """An instant as the protocol writes it, in seconds since 1970."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def lateness(kernel, bus, group):
    """99 % of breaches that come one after another are recorded at most so late, in milliseconds."""
    count = 400
    programs.load(kernel.rpc, "ticket.create", rate=200, total=count, group=group, key=f"s{time.time_ns()}")
    late = sorted(max(0, recorded - due) * 1000 for due, recorded, _ in breaches(bus, count, 30))
    return late[int(0.99 * len(late))]


def burst(kernel, bus, group, count):
    """From the instant at which all are due to the arrival of the last one, in seconds."""
    programs.load(kernel.rpc, "ticket.create", window=256, total=count, group=group, key=f"b{time.time_ns()}")
    ticket = kernel.call("ticket.list", group=f"G-{group}", limit=1)["items"][0]
    due = seconds(ticket["due_at"])
    # A few minutes at most, so that nothing else comes due.
    ahead = max(0, int(1000 * (due - time.time() - 3)))
    kernel.call("conformance.advance", ms=ahead)
    found = breaches(bus, count, 60)
    return max(arrived for _, _, arrived in found) - (due - ahead / 1000)


def imported(figures):
    """The incident log through the command line, where the command line is built and a log is given."""
    log = os.environ.get("LOG")
    opora = places.KERNEL / "opora"
    if not log or not opora.exists():
        return
    folder = places.WORK / "import"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with desk.Desk(folder) as kernel:
        desk.furnish(kernel)
        command = [opora, "import", "servicenow", log, "--zone", "Europe/Moscow", "--json", "--run-dir", kernel.run]
        before = time.monotonic()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures["import_rows"] = json.loads(done.stdout)["rows"] / (time.monotonic() - before)
        figures["import_memory_mb"] = kernel.memory_mb()[1]
