"""`make bench`: measures everything, prints the table, and ends with 1 where a target is missed."""
import argparse
import datetime
import json
import shutil
import signal
import statistics
import sys
import time

from . import desk, grown, places, programs, recording, report, rounds, targets

#: Cores that other programs may use before the figures are doubtful.
OTHERS_CORES = 0.2


def main():
    options = read_options()
    # Nothing that was started is left behind where the benchmark is ended early.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    places.WORK.mkdir(exist_ok=True)
    started = time.monotonic()
    say("a furnished desk, and a recording of what it asks of SQLite")
    template = desk.template()
    event_bytes = recording.record(template, rounds.RECORDING)
    written = recording.check(template, rounds.RECORDING)
    say(f"the limit leaves the same rows as the kernel, in {100 * written:.0f} % of its bytes")
    found = []
    for number in range(options.rounds):
        found.append(rounds.Round(number, options.seconds, template, event_bytes).run())
        say(f"round {number + 1} of {options.rounds}: {found[-1]['create_256']:,.0f} creates/s, the limit {found[-1]['limit_256']:,.0f}, "
            f"fdatasync p50 {found[-1]['fdatasync_p50']:.2f} ms, others used {found[-1]['others_cores']:.2f} cores")
    figures = {}
    sizes = grown.Sizes(options.quick, options.reuse)
    sizes.large = options.tickets or sizes.large
    if not options.rounds_only:
        say(f"a desk with {sizes.large:,} tickets, and an idle one")
        figures = grown.measure(template, sizes)
    run = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "quick": options.quick,
        "seconds": options.seconds, "machine": programs.machine(), "versions": programs.versions()}
    result = {"run": run, "rounds": found, "grown": figures, "rows": [targets.judge(t, found, figures) for t in targets.TARGETS]}
    (places.WORK / "last.json").write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
    print(report.table(result, report.recorded()))
    print(f"\n{report.about(result)}\nMicroseconds of a core for one: {report.processor(result)}.")
    failures = figures.get("failures", [])
    for failure in failures:
        print(f"Not measured: {failure}")
    if (others := statistics.median(f["others_cores"] for f in found)) > OTHERS_CORES:
        print(f"Other programs used {others:.1f} cores: measure again when they rest; until then only the ratios say something.")
    if options.quick:
        print("A quick run: its rounds are short and its desk is small; a figure that counts comes from `make bench`.")
    if not options.reuse:
        # They are many times as large as all the rest.
        for folder in places.WORK.glob("*large*/"):
            shutil.rmtree(folder, ignore_errors=True)
    if options.record:
        report.record(result)
        say(f"recorded in {report.RECORDED.relative_to(places.ROOT)} and {places.PAGE.relative_to(places.ROOT)}")
    say(f"took {time.monotonic() - started:.0f} s; all figures are in {(places.WORK / 'last.json').relative_to(places.ROOT)}")
    return 1 if failures or any(row["verdict"] == "missed" for row in result["rows"]) else 0


def read_options():
    parser = argparse.ArgumentParser(prog="opora_bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short rounds and a small desk: under 3 minutes, to try things out")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; 5 where none are named")
    parser.add_argument("--seconds", type=float, help="seconds of a phase; 2, or 0.5 in a quick run")
    parser.add_argument("--tickets", type=int, help="tickets of the grown desk; 1,000,000, or 30,000 in a quick run")
    parser.add_argument("--rounds-only", action="store_true", help="leaves out the grown desk and the idle one")
    parser.add_argument("--reuse", action="store_true", help="takes the grown desk of an earlier run, if its tables are the same")
    parser.add_argument("--record", action="store_true", help="keeps the result as the recorded run, and writes docs/performance.md")
    options = parser.parse_args()
    options.seconds = options.seconds or (0.5 if options.quick else 2)
    return options


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
