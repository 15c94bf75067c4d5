"""What is measured in rounds: limits and kernel take turns, so that a slow spell of the machine hits all of them.

A phase measures one thing and adds figures to the round by name. The order is turned round in every other round."""
import time

from . import desk, places, programs

RECORDING = places.WORK / "create.recording"


#: Tickets that are there before any are read or changed.
TICKETS = 1000


class Round:
    """One round: the figures that its phases found."""

    def __init__(self, number, seconds, template, event_bytes):
        self.number, self.seconds, self.template, self.event_bytes = number, seconds, template, event_bytes
        self.figures = {}

    def run(self):
        phases = [disk, store_limit, group_yardstick, whole_path_limit, kernel_alone, echo, kernel_reads, broker, fan_out]
        busy, waited = programs.busy_seconds(), time.monotonic()
        for phase in phases if self.number % 2 == 0 else reversed(phases):
            phase(self)
        elapsed = time.monotonic() - waited
        self["others_cores"] = round((programs.busy_seconds() - busy) / elapsed, 2)
        return self.figures

    def __setitem__(self, name, value):
        self.figures[name] = value

    def __getitem__(self, name):
        return self.figures[name]

    def desk(self, name):
        kernel = desk.Desk(desk.copy(self.template, name))
        programs.load(kernel.rpc, "ticket.create", window=256, total=TICKETS, key="first")
        return kernel


def latency(result, mark, unit=1000):
    """A percentile of a result in milliseconds."""
    return result["latency"][mark] / unit


def disk(r):
    r["fdatasync_p50"] = latency(programs.run("fdatasync_probe", places.WORK / "probe", min(r.seconds, 0.5)), "p50_us")


def store_limit(r):
    for batch in (256, 64):
        data = desk.copy(r.template, "limit")
        found = programs.run("kernel_c", "store", desk.database(data), RECORDING, batch, r.seconds)
        r[f"limit_{batch}"], r[f"limit_{batch}_cpu_us"] = found["rate"], found["cpu_us"]


def group_yardstick(r):
    file = places.WORK / "group.sqlite"
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    r["group_256"] = programs.run("sqlite_group", file, 256, r.seconds)["rate"]


def whole_path_limit(r):
    data = desk.copy(r.template, "kernel_c")
    with programs.server("kernel_c", "serve", desk.database(data), RECORDING, "{socket}", "{socket}") as (rpc, _):
        found = programs.load(rpc, "ticket.create", window=256, seconds=r.seconds)
        r["kernel_c_256"], r["kernel_c_256_p99"] = found["rate"], latency(found, "p99_us")
        found = programs.load(rpc, "ticket.create", window=64, seconds=r.seconds, key="b")
        r["kernel_c_64"] = found["rate"]


def kernel_alone(r):
    with r.desk("writes") as kernel:
        before, used = kernel.call("kernel.stats"), kernel.cpu_seconds()
        found = programs.load(kernel.rpc, "ticket.create", window=256, seconds=r.seconds, key="a")
        after = kernel.call("kernel.stats")
        r["create_cpu_us"] = (kernel.cpu_seconds() - used) * 1e6 / found["sent"]
        r["create_256"], r["create_256_p50"], r["create_256_p99"] = found["rate"], latency(found, "p50_us"), latency(found, "p99_us")
        r["batch_256"] = (after["commands"] - before["commands"]) / max(1, after["transactions"] - before["transactions"])
        r["create_64"] = programs.load(kernel.rpc, "ticket.create", window=64, seconds=r.seconds, key="b")["rate"]
        r["create_16"] = programs.load(kernel.rpc, "ticket.create", connections=16, seconds=r.seconds, key="c")["rate"]
        found = programs.load(kernel.rpc, "ticket.create", seconds=r.seconds, key="d", events=kernel.events)
        r["create_1_p50"] = latency(found, "p50_us")
        r["event_after_answer_p50"] = found["event_after_answer"]["p50_us"] / 1000
        for method in ("reply", "set_status", "assign"):
            used = kernel.cpu_seconds()
            found = programs.load(kernel.rpc, f"ticket.{method}", window=256, seconds=r.seconds, key=method, tickets=TICKETS)
            r[f"{method}_256"], r[f"{method}_cpu_us"] = found["rate"], (kernel.cpu_seconds() - used) * 1e6 / found["sent"]
        # A pace that the kernel keeps easily: what a caller waits who does not wait for others.
        found = programs.load(kernel.rpc, "ticket.create", rate=r["create_256"] / 2, seconds=r.seconds, key="open")
        r["create_half_p99"] = latency(found, "p99_us")
        kernel.call("consumer.ensure", name="bench", start={"from": "beginning"})
        found = programs.load(kernel.rpc, "ping", consumer="bench", seconds=10 * r.seconds)
        r["consumer_events"] = found["rate"]
        r["kernel_memory_mb"] = kernel.memory_mb()[1]


def echo(r):
    with programs.server("reactor_echo", "{socket}") as (rpc,):
        r["echo_128"] = programs.load(rpc, "ticket.get", window=128, seconds=r.seconds, tickets=TICKETS, echo=True)["rate"]


def kernel_reads(r):
    with r.desk("reads") as kernel:
        full = programs.load(kernel.rpc, "ticket.create", window=256, seconds=r.seconds, key="a")["rate"]
        used = kernel.cpu_seconds()
        found = programs.load(kernel.rpc, "ticket.get", window=128, seconds=r.seconds, tickets=TICKETS)
        r["get_128"], r["get_cpu_us"] = found["rate"], (kernel.cpu_seconds() - used) * 1e6 / found["sent"]
        writes = programs.load_arguments(kernel.rpc, "ticket.create", {"rate": full / 2, "seconds": r.seconds + 0.4, "key": "half"})
        with programs.beside("loadgen", *writes):
            found = programs.load(kernel.rpc, "ticket.get", window=128, seconds=r.seconds, tickets=TICKETS)
        r["get_128_beside_writes_p99"] = latency(found, "p99_us")


def broker(r):
    with programs.redis() as socket:
        r["redis_16"] = programs.run("redis_xadd", socket, 16, r.seconds, 500)["rate"]


def fan_out(r):
    with r.desk("fan_out") as kernel:
        listen = ("listen", kernel.events, 16, r.seconds)
        with programs.beside("fanout", *listen) as listeners:
            time.sleep(0.3)
            programs.load(kernel.rpc, "ticket.create", window=256, seconds=r.seconds + 0.3, key="a")
        r["delivered_16"] = listeners["result"]["rate"]
    endpoint = f"ipc://{places.WORK}/fan"[:107]
    r["fanout_16"] = programs.run("fanout", "publish", endpoint, 16, r.seconds, r.event_bytes)["rate"]
