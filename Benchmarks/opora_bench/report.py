"""A run as a table, as JSON, and as a page with charts, beside the run that was recorded before."""
import json
import statistics

from . import charts, places

RECORDED = places.RECORDED / "recorded.json"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

#: Figures of the rounds that are drawn: (name, figure, is it the kernel).
CREATES = [
    ("simpler desk in C, batch 256", "group_256", False), ("same statements in C, batch 256", "limit_256", False),
    ("whole path in C, 256 in flight", "kernel_c_256", False), ("oporad, 256 in flight", "create_256", True),
    ("same statements in C, batch 64", "limit_64", False), ("whole path in C, 64 in flight", "kernel_c_64", False),
    ("oporad, 64 in flight", "create_64", True), ("Redis XADD, fsync always, 16 clients", "redis_16", False),
    ("oporad, 16 clients", "create_16", True)]
OTHERS = [
    ("echo through the reactor, 128 in flight", "echo_128", False), ("ticket.get, 128 in flight", "get_128", True),
    ("ticket.create, 256 in flight", "create_256", True), ("ticket.reply, 256 in flight", "reply_256", True),
    ("ticket.set_status, 256 in flight", "set_status_256", True), ("ticket.assign, 256 in flight", "assign_256", True)]


def recorded():
    """The run that was recorded last; nothing where none was."""
    try:
        return json.loads(RECORDED.read_text())
    except OSError:
        return None


def record(result):
    """Keeps a run as the recorded one, and writes the page."""
    before = recorded()
    places.RECORDED.mkdir(exist_ok=True)
    RECORDED.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
    draw(result)
    text = places.PAGE.read_text()
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    places.PAGE.write_text(text[:start] + "\n" + page(result, before) + text[end:])


def shown(row, name):
    value = row.get(name)
    return "" if value is None else f"{charts.number(value)} {row['unit']}".strip()


def change(row, before):
    """How a row stands to the recorded run: by its ratio where it has one, for that stands the machine's moods best."""
    old = next((other for other in (before or {}).get("rows", []) if other["key"] == row["key"]), {})
    name = "ratio" if "ratio" in row else "measured"
    if not old.get(name) or row.get(name) is None:
        return ""
    return f"{100 * (row[name] / old[name] - 1):+.0f} %"


def cells(result, before):
    for row in result["rows"]:
        ratio = f"{row['ratio']:.2f}" if "ratio" in row else ""
        verdict = row["verdict"] + (f": {row['why']}" if "why" in row else "")
        yield [row["what"], row["target"], shown(row, "measured"), shown(row, "limit"), ratio, change(row, before), verdict]


HEAD = ["what", "target", "measured", "limit", "ratio", "change", "verdict"]


def table(result, before):
    """For a terminal."""
    rows = [HEAD, *cells(result, before)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def about(result):
    run = result["run"]
    machine, versions = run["machine"], run["versions"]
    flush = statistics.median(f["fdatasync_p50"] for f in result["rounds"])
    others = statistics.median(f["others_cores"] for f in result["rounds"])
    batch = statistics.median(f["batch_256"] for f in result["rounds"])
    return (
        f"{run['date']}, {len(result['rounds'])} rounds of {run['seconds']} s a phase. {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_mib'] // 1024} GiB, {machine['disk']}, Linux {versions['linux']}; {versions['swift']}; SQLite {versions['sqlite']}, "
        f"libzmq {versions['libzmq']}; {versions['redis'].split(' sha')[0]}. Commit {versions['commit']}. fdatasync p50 {flush:.2f} ms; "
        f"other programs used {others:.2f} cores; {batch:.0f} commands a transaction at 256 in flight; "
        f"grown desk: {result['grown'].get('large', 0):,} tickets.")


#: Processor time of one request, all threads of the kernel: other programs on the machine change it least.
PROCESSOR = [
    ("ticket.create", "create_cpu_us"), ("its statements in plain C", "limit_256_cpu_us"), ("ticket.reply", "reply_cpu_us"),
    ("ticket.set_status", "set_status_cpu_us"), ("ticket.assign", "assign_cpu_us"), ("ticket.get", "get_cpu_us")]


def processor(result):
    """What a request costs, in microseconds of a core."""
    return ", ".join(f"{name} {charts.number(statistics.median(f[figure] for f in result['rounds']))}" for name, figure in PROCESSOR)


def page(result, before):
    """The measured part of docs/performance.md."""
    lines = [about(result), "", "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(row) + " |" for row in cells(result, before)]
    lines += ["", f"Microseconds of a core for one: {processor(result)}."]
    lines += ["", "![creates](performance/creates.svg)", "", "![other methods](performance/methods.svg)", ""]
    if result["grown"].get("growth"):
        lines += ["![growth](performance/growth.svg)", ""]
    return "\n".join(lines)


def draw(result):
    places.CHARTS.mkdir(exist_ok=True)
    for file, title, figures in (("creates", "Durable creates", CREATES), ("methods", "Other methods", OTHERS)):
        rows = []
        for name, figure, is_kernel in figures:
            values = [f[figure] for f in result["rounds"]]
            rows.append((name, statistics.median(values), min(values), max(values), is_kernel))
        (places.CHARTS / f"{file}.svg").write_text(charts.bars(title, "a second; the line from the lowest round to the highest", rows))
    growth = result["grown"].get("growth")
    if growth:
        axis = f"tenths of {result['grown']['large']:,} tickets"
        (places.CHARTS / "growth.svg").write_text(charts.line("Creates while the desk grows", "a second", growth, axis))
