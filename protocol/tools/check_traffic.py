#!/usr/bin/env python3
"""Holds recorded traffic against the schemas: every message, both ways.

    check_traffic.py FOLDER [--complete] [--errors]

A kernel with the setting `traffic_dir` writes the records, a file for each run. What does not fit is printed, and the exit
status is 1. With --complete it is 1 too where a method, event, hook point or control message never came; with --errors
where an error never did.
"""
import argparse
import pathlib
import sys

from events_check import BusCheck
from rpc_check import RPCCheck
from seen import Seen
from traffic_record import records
from validators import Validators

#: Errors that a test can't bring about without breaking the machine.
RARE_ERRORS = {"internal_error"}
#: Problems that are printed; the rest is counted.
SHOWN = 50


def check_folder(folder, validators):
    """Reads all records of a folder. Gives what was seen and a list of problems."""
    seen = Seen()
    problems = []
    files = sorted(pathlib.Path(folder).rglob("*.jsonl"))
    for file in files:
        rpc, bus = RPCCheck(validators, seen), BusCheck(validators, seen)
        for number, record in records(file):
            check = bus if record.direction == "pub" else rpc
            problems += [f"{file.name}:{number}: {text}" for text in check.take(record)]
        seen.unanswered += rpc.unanswered
    return files, seen, problems


def missing(seen, library, errors):
    """What the schemas describe and nobody sent."""
    described = {
        "method": set(library.methods), "event": set(library.events), "control": set(library.control) - {"$welcome"},
        "hook": set(library.hooks),
    }
    if errors:
        described["error"] = {error["data_code"] for error in library.errors} - RARE_ERRORS
    return [f"never seen: {kind} {name}" for kind, names in described.items() for name in sorted(names - seen.names(kind))]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--complete", action="store_true", help="fail where something that is described never came")
    arguments.add_argument("--errors", action="store_true", help="fail where an error never came")
    given = arguments.parse_args()
    validators = Validators()
    files, seen, problems = check_folder(given.folder, validators)
    print(seen.table())
    absent = missing(seen, validators.library, given.errors) if given.complete or given.errors else []
    for text in problems[:SHOWN] + absent:
        print(text)
    if len(problems) > SHOWN:
        print(f"... and {len(problems) - SHOWN} more")
    print(f"{seen.messages} messages in {len(files)} files, {len(problems)} problems, {len(absent)} things never seen")
    if not seen.messages:
        print(f"there is no traffic in {given.folder}: set traffic_dir (OPORA_TRAFFIC_DIR) when the kernel starts")
    return 1 if problems or absent or not seen.messages else 0


if __name__ == "__main__":
    sys.exit(main())
