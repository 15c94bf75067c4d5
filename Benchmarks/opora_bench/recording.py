"""Records what the kernel asks of SQLite for a ticket.create, so that the limits in C ask the very same.

`libStatementRecorder.so` writes down every statement of a real kernel, with its values; here that becomes a file for
`kernel_c`: the settings of the writer's connection, the statements that begin a transaction, those of one command, and
those that end it. A value that changes from one command to the next is replaced by what it stands for, e.g. `@ticket`."""
import re
import sqlite3

from . import desk, places, programs

#: What a column of a row that a command adds stands for.
COLUMNS = {
    ("ticket", "id"): "ticket", ("ticket", "subject"): "subject", ("ticket", "requester_id"): "requester",
    ("ticket", "group_id"): "group", ("message", "id"): "message", ("message", "ticket_id"): "ticket",
    ("message", "author_id"): "requester", ("message", "text"): "text", ("event", "seq"): "event", ("event", "prev"): "event-1",
    ("event", "ticket_id"): "ticket", ("event", "subject"): "ticket_path", ("event", "recorded"): "now_us",
    ("receipt", "key"): "key", ("receipt", "seq"): "event",
}
#: Columns that hold milliseconds since 1970: bound as now, and as much later as they were recorded.
TIMES = {"created_at", "updated_at", "due_at", "next_at", "at"}


#: What the limit adds to each table may differ so much from what the kernel adds: pages fill up differently.
TOLERANCE = 0.1


class Unlike(Exception):
    """The recording is not what the limit can replay."""


def record(template, path):
    """Runs a kernel, records it, and writes the file for `kernel_c`. Returns how many bytes the body of an event has."""
    raw = places.WORK / "statements.txt"
    raw.unlink(missing_ok=True)
    data = desk.copy(template, "recorded")
    preload = {"LD_PRELOAD": str(places.PROGRAMS / "libStatementRecorder.so"), "OPORA_STATEMENTS": str(raw)}
    with desk.Desk(data, environment=preload) as recorded:
        programs.load(recorded.rpc, "ticket.create", window=64, total=256)
    lines = read(raw.read_text())
    path.write_text("\n".join(lines) + "\n")
    bodies = [len(line.split("\t")[2]) // 2 for line in lines if line.startswith("publish")]
    return sum(bodies) // len(bodies)


def check(template, path):
    """Has the limit and the kernel make as many tickets, and compares what they left: rows and bytes, table by table.

    Returns the bytes that the limit wrote for one that the kernel wrote."""
    limit = desk.database(desk.copy(template, "limit"))
    made = programs.run("kernel_c", "store", limit, path, 64, 0.2)["commands"]
    data = desk.copy(template, "compared")
    with desk.Desk(data) as kernel:
        programs.load(kernel.rpc, "ticket.create", window=256, total=made)
    theirs, ours = contents(limit), contents(desk.database(data))
    for name, (rows, size) in ours.items():
        other_rows, other_size = theirs.get(name, (0, 0))
        if rows != other_rows or (size > 100_000 and abs(other_size / size - 1) > TOLERANCE):
            raise Unlike(f"{name}: the limit left {other_rows} rows in {other_size} bytes, the kernel {rows} rows in {size} bytes")
    return sum(size for _, size in theirs.values()) / sum(size for _, size in ours.values())


def contents(path):
    """Rows and bytes of each table and index. An index has as many rows as its table, so only its bytes are told."""
    connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise Unlike(f"{path} is damaged")
        sizes = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
        return {name: (rows.get(name, 0), size) for name, size in sizes.items()}
    finally:
        connection.close()


def read(text):
    """The lines for `kernel_c` of what the recorder wrote."""
    records = [line.split("\t") for line in text.splitlines()]
    writers = [record[1] for record in records if record[0] == "run" and record[3] == "BEGIN IMMEDIATE"]
    if not writers:
        raise Unlike("no transaction was recorded")
    writer = writers[-1]
    # A connection that was closed may have had the same address.
    opened = max(i for i, record in enumerate(records) if record[:3] == ["open", writer, "rw"])
    mine = [record for record in records[opened:] if record[1] == writer]
    # SQLite runs statements of its own through sqlite3_exec, too.
    settings = [record[2] for record in mine if record[0] == "exec" and record[2].startswith("PRAGMA")]
    begin, commands, end = split(max(transactions(mine), key=creates))
    if len(commands) < 3:
        raise Unlike(f"no transaction with three commands was recorded, the largest has {len(commands)}")
    return write(settings, begin, commands[1], end)


def transactions(records):
    """The statements of each transaction, as (rows, sql, values)."""
    found, current = [], None
    for record in records:
        if record[0] != "run":
            continue
        statement = (record[2], record[3], record[4:])
        if statement[1].startswith("BEGIN"):
            current = []
        if current is not None:
            current.append(statement)
            if statement[1] == "COMMIT":
                found.append(current)
                current = None
    return found


def creates(transaction):
    return sum(sql.startswith("INSERT INTO ticket(") for _, sql, _ in transaction)


def split(transaction):
    """What begins a transaction, its commands, and what ends it. All commands must be alike."""
    begin, rest = transaction[:1], transaction[1:]
    first = rest[0][1]
    starts = [i for i, (_, sql, _) in enumerate(rest) if sql == first]
    commands = [rest[a:b] for a, b in zip(starts, starts[1:] + [len(rest)])]
    size = len(commands[0])
    end = commands[-1][size:]
    commands[-1] = commands[-1][:size]
    shapes = {tuple(sql for _, sql, _ in command) for command in commands}
    if len(shapes) != 1:
        raise Unlike("two ticket.create ran different statements")
    return begin, commands, end


def table(sql):
    return re.search(r"(?:FROM|INTO|UPDATE) (\w+)", sql).group(1)


def columns(sql):
    """The column that each parameter of an INSERT fills, from 1."""
    found = re.match(r"INSERT INTO \w+\(([^)]*)\)\s+VALUES \(([^)]*)\)", sql.replace("\\n", " "))
    if not found:
        return {}
    names, places_ = (re.split(r",\s*", part.strip()) for part in found.groups())
    return {int(place.lstrip("?")): name for name, place in zip(names, places_) if place.startswith("?")}


def write(settings, begin, command, end):
    row = inserted(command, "ticket")
    now, requester, group = row["created_at"], row["requester_id"], row["group_id"]
    lines = ["# The statements of ticket.create, as the kernel ran them. Made by recording.py."]
    lines += [f"pragma\t{sql}" for sql in settings]
    for word, statements in (("begin", begin), ("command", command), ("end", end)):
        for rows, sql, values in statements:
            roles = [role(sql, index, value, int(now[1:]), requester, group) for index, value in enumerate(values, 1)]
            lines.append("\t".join([word, rows, sql, *roles]))
    lines.append(f"answer\t{inserted(command, 'receipt')['result']}")
    for rows, sql, values in command:
        if sql.startswith("INSERT INTO event("):
            one = {name: values[index - 1] for index, name in columns(sql).items()}
            lines.append(f"publish\t{one['type'][1:]}\t{one['body']}")
    return lines


def inserted(command, name):
    """The values of the row that a command adds to a table, by column."""
    for _, sql, values in command:
        if sql.startswith(f"INSERT INTO {name}("):
            return {column: values[index - 1] for index, column in columns(sql).items()}
    raise Unlike(f"a ticket.create adds no row to {name}")


def role(sql, index, value, now, requester, group):
    """What a value stands for, or the value where it is always the same."""
    name, column = table(sql) if " " in sql else "", columns(sql).get(index)
    if column:
        if column in TIMES and value.startswith("i"):
            return f"@now_ms{int(value[1:]) - now:+d}"
        known = COLUMNS.get((name, column))
        return f"@{known}" if known and value != "n" else value
    if name == "receipt" and re.search(rf"\bkey = \?{index}\b", sql):
        return "@key"
    if name == "user" and value == requester:
        return "@requester"
    if name == "team" and value == group:
        return "@group"
    if name == "log" and index == 1 and "SET seq = ?1" in sql:
        return "@event"
    return value
