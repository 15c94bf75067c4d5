"""The command line of the runner."""
import argparse
import functools
import json
import pathlib
import sys
import time

from conformance import cases, coverage, desk, mutate, report, schedule, table, vectors, worlds
from conformance.case import CASES, Failure
from conformance.wire import Refused


def arguments(words):
    parser = argparse.ArgumentParser(prog="conformance", description="Shows what a kernel does of opora/1, case by case.")
    place = parser.add_argument_group("which kernel")
    place.add_argument("--against", metavar="ENDPOINT", help="rpc endpoint of a kernel that runs")
    place.add_argument("--events", metavar="ENDPOINT", help="its events endpoint")
    place.add_argument("--run-dir", metavar="DIR", type=pathlib.Path, help="its runtime folder, instead of the endpoints")
    place.add_argument("--oporad", metavar="PATH", type=pathlib.Path, help="start kernels from this program: all cases")
    parser.add_argument("--group", metavar="J,K", help="only the cases of these groups")
    parser.add_argument("--case", metavar="K05,E01", help="only these cases")
    parser.add_argument("--may-skip", metavar="A05", default="",
        help="cases that this machine can't show, for instance without root")
    parser.add_argument("--tap", metavar="FILE", help="write the results as TAP")
    parser.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML")
    parser.add_argument("--coverage", action="store_true",
        help="print what was shown of all that is published; a hole is a failure")
    parser.add_argument("--mutate", metavar="N", type=int, default=0, help="send N mutated inputs of the cases afterwards")
    parser.add_argument("--seed", metavar="S", type=int, help="the seed of the mutations")
    parser.add_argument("--list", action="store_true", help="list the cases")
    return parser, parser.parse_args(words)


@functools.cache
def load():
    """Registers all cases, once."""
    cases.load()
    table.load()
    vectors.load()


def choose(options, parser):
    """The cases that were asked for, in order."""
    chosen = sorted(CASES.values(), key=lambda case: case.order)
    if options.case:
        wanted = set(options.case.split(","))
        unknown = wanted - set(CASES)
        if unknown:
            parser.error(f"there is no case {', '.join(sorted(unknown))}")
        return [case for case in chosen if case.id in wanted]
    if options.group:
        wanted = set(options.group.split(","))
        return [case for case in chosen if case.group in wanted]
    return chosen


def endpoint(options):
    """The kernel that runs already."""
    if options.run_dir:
        found = json.loads((options.run_dir / "kernel.json").read_text())["endpoints"]
        made = desk.Endpoint(options.against or found["rpc"][0], options.events or found["events"][0])
    else:
        made = desk.Endpoint(options.against, options.events)
    line = made.line()
    try:
        line.call("ping", _wait=5)
        known = {method["name"] for method in line.call("rpc.discover")["methods"]}
    finally:
        line.close()
    made.is_conformance = "conformance.sleep" in known
    return made


def main(words=None):
    parser, options = arguments(sys.argv[1:] if words is None else words)
    load()
    chosen = choose(options, parser)
    if options.list:
        for case in chosen:
            print(f"{case.id:5} {case.world:7} {case.title} [{', '.join(case.cites)}]")
        return 0
    wrong = coverage.wrong_citations(CASES.values())
    if not options.oporad and not options.against and not options.run_dir:
        parser.error("name a kernel: --against ENDPOINT, --run-dir DIR or --oporad PATH")
    home = worlds.Worlds(options.oporad.resolve()) if options.oporad else None
    try:
        place = None if home else endpoint(options)
    except (OSError, ValueError, Refused, Failure) as error:
        print(f"no kernel can be reached: {error}", file=sys.stderr)
        return 2
    return finish(options, chosen, wrong, home, place)


def finish(options, chosen, wrong, home, place):
    """Runs the chosen cases and tells how it went; the status."""
    begin = time.monotonic()
    terminal = report.Terminal(len(chosen))
    plan = schedule.Schedule(home, place, terminal)
    try:
        results = plan.run(chosen)
        crashed = mutate.run(options.mutate, options.seed, home, place) if options.mutate else False
    finally:
        plan.close()
    terminal.end(results, time.monotonic() - begin)
    if options.tap:
        report.tap(results, options.tap)
    if options.junit:
        report.junit(results, options.junit)
    whole = True
    if options.coverage:
        rows, whole = coverage.table(results)
        print("\n".join(rows))
    for text in wrong:
        print(f"wrong citation: {text}")
    allowed = set(options.may_skip.split(","))
    skipped = home and any(result.state == "skipped" and result.case.id not in allowed for result in results)
    failed = any(result.state == "failed" for result in results)
    sys.stdout.flush()
    return 1 if failed or skipped or crashed or not whole or wrong else 0
