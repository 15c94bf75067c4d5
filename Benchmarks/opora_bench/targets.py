"""The targets of the table, and whether they are met."""
import dataclasses
import statistics
import typing

#: Rounds in which a flush takes longer say nothing about absolute times.
DISK_MS = 0.5


@dataclasses.dataclass
class Target:
    """A row: what is measured, what it is held against, and when it is good enough."""
    key: str
    what: str
    target: str
    #: Of the figures of one round, or of the desk that has grown: (measured, limit). Ratios have a limit, absolute times None.
    figures: typing.Callable
    #: Of measured over limit, or of measured alone.
    bound: float
    at_least: bool
    unit: str = ""
    #: Absolute values depend on the disk, ratios don't.
    is_absolute: bool = False
    source: str = "rounds"

    def meets(self, value):
        return value >= self.bound if self.at_least else value <= self.bound


def ratio(key, what, target, measured, limit, bound, at_least=True, unit="/s", source="rounds"):
    return Target(key, what, target, lambda f: (f[measured], f[limit]), bound, at_least, unit, source=source)


def absolute(key, what, target, measured, bound, unit, at_least=False, source="rounds", is_absolute=True):
    return Target(key, what, target, lambda f: (f[measured], None), bound, at_least, unit, is_absolute, source)


def average(*names):
    return lambda f: statistics.mean(f[name] for name in names)


TARGETS = [
    ratio("create_256", "durable ticket.create, 256 in flight", "≥ 0.70 of the C limit", "create_256", "limit_256", 0.70),
    ratio("create_64", "the same, 64 in flight", "≥ 0.60 of the C limit", "create_64", "limit_64", 0.60),
    ratio("create_256_p99", "its p99, 256 in flight", "≤ 3 × p99 of the whole path in C", "create_256_p99", "kernel_c_256_p99", 3, False, "ms"),
    ratio("create_256_group", "the same against the simpler desk", "≥ 0.40 of sqlite_group", "create_256", "group_256", 0.40),
    Target(
        "create_1", "one in flight, p50", "≤ 2 × fdatasync p50 + 0.3 ms",
        lambda f: (f["create_1_p50"], 2 * f["fdatasync_p50"] + 0.3), 1, False, "ms"),
    ratio("create_16", "16 clients, one at a time each", "≥ 0.50 of Redis XADD, fsync always", "create_16", "redis_16", 0.50),
    ratio("reply", "ticket.reply, 256 in flight", "≥ 0.70 of create", "reply_256", "create_256", 0.70),
    ratio("set_status", "ticket.set_status, 256 in flight", "≥ 0.70 of create", "set_status_256", "create_256", 0.70),
    ratio("assign", "ticket.assign, 256 in flight", "≥ 0.70 of create", "assign_256", "create_256", 0.70),
    ratio("get", "ticket.get, 128 in flight", "≥ 0.30 of the echo through the same reactor", "get_128", "echo_128", 0.30),
    absolute("get_beside", "its p99 beside writes at half speed", "≤ 20 ms", "get_128_beside_writes_p99", 20, "ms"),
    absolute("event", "event after the answer, one in flight, p50", "≤ 0.5 ms", "event_after_answer_p50", 0.5, "ms"),
    ratio("fan_out", "deliveries to 16 subscribers", "≥ 0.50 of the plain C fan-out", "delivered_16", "fanout_16", 0.50),
    absolute("consumer", "consumer.fetch with ack, 100 at a time", "≥ 100,000 events/s", "consumer_events", 100_000, "/s", True),
    ratio("grown_list", "ticket.list 50 by due, p50, grown desk", "≤ 1.5 × that at 10,000", "list_large_p50", "list_small_p50", 1.5, False, "ms", "grown"),
    ratio("grown_create", "create rate, grown desk", "≥ 0.80 of that at 10,000", "create_large", "create_small", 0.80, source="grown"),
    absolute("grown_bytes", "file for a ticket with three messages", "≤ 6 KB", "bytes_per_ticket", 6000, "B", source="grown", is_absolute=False),
    absolute("grown_memory", "kernel RSS at the most, grown desk", "≤ 200 MB", "memory_large_mb", 200, "MiB", source="grown", is_absolute=False),
    absolute("grown_ready", "ready after a start, grown desk", "≤ 1 s", "ready_large_seconds", 1, "s", source="grown"),
    absolute("grown_ready_killed", "ready after kill -9 under load", "≤ 1 s", "ready_killed_seconds", 1, "s", source="grown"),
    absolute("sla_burst", "10,000 breaches in one second, all published", "≤ 1 s", "sla_burst_seconds", 1, "s", source="grown"),
    absolute("sla_lateness", "lateness of a breach otherwise, p99", "≤ 100 ms", "sla_late_p99", 100, "ms", source="grown"),
    absolute("sla_edit", "delay of a command while 100,000 open tickets are recomputed", "≤ 100 ms", "sla_edit_p100", 100, "ms", source="grown"),
    absolute("search_behind", "search behind 2,000 creates/s", "≤ 2 s", "search_behind_seconds", 2, "s", source="grown"),
    ratio("search_create", "create rate with indexing", "≥ 0.85 of that without", "create_indexed", "create_plain", 0.85, source="grown"),
    absolute("search", "search, p50, 1,000,000 messages", "≤ 20 ms", "search_p50", 20, "ms", source="grown"),
    absolute("idle_cpu", "idle, share of a core", "≤ 0.2 %", "idle_cpu_percent", 0.2, "%", source="grown", is_absolute=False),
    absolute("idle_memory", "idle, RSS", "≤ 45 MB", "idle_memory_mb", 45, "MiB", source="grown", is_absolute=False),
    absolute("idle_ready", "ready on an empty store", "≤ 150 ms", "idle_ready_ms", 150, "ms", source="grown"),
    absolute("import", "import of the incident log", "≥ 5,000 rows/s", "import_rows", 5000, "rows/s", True, source="grown"),
]


def judge(target, rounds, grown):
    """The row of a target: medians over the rounds that count, and the verdict."""
    row = {"key": target.key, "what": target.what, "target": target.target, "unit": target.unit}
    try:
        pairs = [target.figures(f) for f in rounds] if target.source == "rounds" else [target.figures(grown)]
    except KeyError as missing:
        return {**row, "verdict": "not measured", "why": f"no figure {missing}"}
    if any(limit == 0 for _, limit in pairs):
        return {**row, "verdict": "not measured", "why": "a limit came to nothing"}
    counted = pairs
    if target.is_absolute:
        flushes = [f["fdatasync_p50"] for f in rounds]
        if target.source == "rounds":
            counted = [pair for pair, flush in zip(pairs, flushes) if flush <= DISK_MS]
        elif statistics.median(flushes) > DISK_MS:
            counted = []
    # What does not count is shown all the same, and not judged.
    shown = counted or pairs
    values = [measured if limit is None else measured / limit for measured, limit in shown]
    row["measured"] = statistics.median(measured for measured, _ in shown)
    if shown[0][1] is not None:
        row["limit"] = statistics.median(limit for _, limit in shown)
        row["ratio"] = statistics.median(values)
        row["ratios"] = [round(value, 3) for value in values]
    row["rounds"] = len(counted)
    if not counted:
        return {**row, "verdict": "not comparable", "why": f"fdatasync p50 over {DISK_MS} ms"}
    row["verdict"] = "met" if target.meets(statistics.median(values)) else "missed"
    return row
