"""Where the kernel's time goes under one kind of request: `make bench-profile METHOD=ticket.create`. Needs perf.

The frames of SQLite and libc have no frame pointers, so stacks are unwound by DWARF: the shares of callers are complete."""
import argparse
import shutil
import signal
import subprocess
import sys
import time

from . import desk, places, programs

WARM_UP = 5000


def main():
    parser = argparse.ArgumentParser(prog="opora_bench.profile", description=__doc__)
    parser.add_argument("method", nargs="?", default="ticket.create")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--window", type=int, default=256, help="requests under way")
    parser.add_argument("--lines", type=int, default=60)
    options = parser.parse_args()
    if not shutil.which("perf"):
        sys.exit("perf is not installed (Debian: linux-perf)")
    places.WORK.mkdir(exist_ok=True)
    data = places.WORK / "perf.data"
    with desk.Desk(desk.copy(desk.template(), "profile")) as kernel:
        programs.load(kernel.rpc, "ticket.create", window=256, total=WARM_UP, key="warm")
        recorder = subprocess.Popen(
            ["perf", "record", "-e", "cpu-clock", "-F", "499", "--call-graph", "dwarf,16384", "-o", data, "-p", str(kernel.process.pid)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        used = kernel.cpu_seconds()
        found = programs.load(
            kernel.rpc, options.method, window=options.window, total=options.requests, tickets=WARM_UP, key="profile")
        used = kernel.cpu_seconds() - used
        recorder.send_signal(signal.SIGINT)
        recorder.wait()
    print(f"{options.method}: {found['rate']:,.0f}/s, {used * 1e6 / found['sent']:.0f} microseconds of a core for each\n")
    for title, words in (("by library", ["--no-children", "--sort", "dso"]), ("with what it calls", ["--children", "--sort", "symbol"])):
        print(f"{title}:")
        show(data, words, options.lines)


def show(data, words, lines):
    report = subprocess.run(
        ["perf", "report", "-i", data, "-g", "none", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    readable = subprocess.run(["swift", "demangle", "--simplified"], input=report.stdout, capture_output=True, text=True, check=True)
    kept = [line.rstrip()[:140] for line in readable.stdout.splitlines() if line.strip() and not line.startswith("#")]
    print("\n".join(kept[:lines]) + "\n")


if __name__ == "__main__":
    main()
