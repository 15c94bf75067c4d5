"""Search: how far the index is behind, what it costs, how long a query takes on a large desk.

The large desk is filled with rows beside the kernel, for the index is made from tickets and messages as well as from the log: texts are sentences of
`Tests/Search/corpus.tsv`, two or three in a message, so every word of the relevance table is in many thousands of them."""
import itertools
import random
import sqlite3
import statistics
import threading
import time

from . import desk, places, programs

TABLES = places.ROOT / "Tests" / "Search"
#: How often the lag is looked at, in seconds.
LOOK = 0.05


def measure(template, figures, sizes):
    """All figures of search."""
    cost(template, figures, sizes)
    behind(template, figures, sizes)
    queries(template, figures, sizes)


def cost(template, figures, sizes):
    """The create rate with and without an index, in turns."""
    found = {"create_plain": [], "create_indexed": []}
    folders = {name: desk.copy(template, name) for name in found}
    with desk.Desk(folders["create_plain"], "--set", "search=false") as plain, desk.Desk(folders["create_indexed"]) as indexed:
        for turn in range(sizes.turns):
            for name, one in (("create_plain", plain), ("create_indexed", indexed)):
                made = programs.load(one.rpc, "ticket.create", window=256, seconds=sizes.seconds, key=f"c{time.time_ns()}{turn}")
                found[name].append(made["rate"])
                caught_up(indexed)
    figures.update({name: statistics.median(rates) for name, rates in found.items()})


def behind(template, figures, sizes):
    """The most that the index is behind at 2,000 creates a second, and how long it takes to catch up after a burst."""
    with desk.Desk(desk.copy(template, "search-behind")) as kernel:
        most = [0]
        over = threading.Event()
        watcher = threading.Thread(target=watch, args=(kernel, most, over))
        watcher.start()
        seconds = 5 * sizes.seconds
        try:
            programs.load(kernel.rpc, "ticket.create", rate=2000, total=int(2000 * seconds), key=f"l{time.time_ns()}")
        finally:
            over.set()
            watcher.join()
        figures["search_behind_seconds"] = most[0] / 1000
        made = programs.load(kernel.rpc, "ticket.create", window=256, seconds=sizes.seconds, key=f"u{time.time_ns()}")
        begin = time.monotonic()
        caught_up(kernel)
        figures["search_catch_up_seconds"] = time.monotonic() - begin
        figures["search_burst"] = made["sent"]


def watch(kernel, most, over):
    while not over.wait(LOOK):
        most[0] = max(most[0], kernel.call("search.status")["behind_ms"])


def caught_up(kernel, patience=1200):
    """Waits until the index has all of the log."""
    end = time.monotonic() + patience
    while True:
        status = kernel.call("search.status")
        if status["state"] == "ready" and status["behind_events"] == 0:
            return status
        if time.monotonic() > end:
            raise TimeoutError(f"the search index does not catch up: {status}")
        time.sleep(LOOK)


def queries(template, figures, sizes):
    """Making the index of a large desk, its size, and the queries of the relevance table."""
    folder = desk.copy(template, "search-large")
    with desk.Desk(folder, "--set", "search=false") as kernel:
        kernel.call("ticket.create", subject="template", text="template", requester=f"U-{desk.AGENTS + 1}")
    texts = fill(desk.database(folder), sizes.large)
    with desk.Desk(folder) as kernel:
        begin = time.monotonic()
        status = caught_up(kernel)
        figures["search_made_per_second"] = sizes.large / (time.monotonic() - begin)
        figures["search_bytes_per_message"] = status["bytes"] / sizes.large
        figures["search_text_bytes_per_message"] = texts / sizes.large
        table = [line.split("\t")[0] for line in (TABLES / "relevance.tsv").read_text().splitlines() if not line.startswith("#")]
        times = {query: [] for query in table}
        for _, query in itertools.product(range(5), table):
            begin = time.perf_counter()
            kernel.call("ticket.search", query=query, limit=20)
            times[query].append(1000 * (time.perf_counter() - begin))
        medians = sorted((statistics.median(found), query) for query, found in times.items())
        figures["search_p50"] = statistics.median(median for median, _ in medians)
        figures["search_p90"] = medians[int(0.9 * len(medians))][0]
        figures["search_slowest"] = {query: round(median, 1) for median, query in medians[-5:]}
        figures["search_memory_mb"] = kernel.memory_mb()[1]


def fill(path, count):
    """So many tickets with a message each, as copies of the last ones; returns the bytes of their texts."""
    rows = [line.split("\t") for line in (TABLES / "corpus.tsv").read_text().splitlines() if not line.startswith("#")]
    sentences = [part for row in rows for part in row[2].split(". ")]
    dice = random.Random(7)
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
    copies = {}
    for table, changed in (("ticket", ("id", "subject", "external_id")), ("message", ("id", "ticket_id", "text"))):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [f"?{changed.index(column) + 1}" if column in changed else column for column in columns]
        copies[table] = f"INSERT INTO {table}({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE id = ?4"
    ticket, message = (connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in ("ticket", "message"))
    bytes_of_texts = 0
    for number in range(1, count + 1):
        row = dice.choice(rows)
        text = ". ".join([row[2], *dice.sample(sentences, 1 + number % 2), f"REF-{number}"])
        bytes_of_texts += len(text.encode()) + len(row[1].encode())
        connection.execute(copies["ticket"], (ticket + number, row[1], None, ticket))
        connection.execute(copies["message"], (message + number, ticket + number, text, message))
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return bytes_of_texts
