#!/usr/bin/env python3
"""Recomputes every figure of `opora report metrics` straight from a ServiceNow incident CSV.

Written apart from the reporter, on purpose: it replays the rows with the import rules below and measures what it sees,
ticket by ticket, with exact arithmetic. Standard library alone.

    python3 incident_metrics.py CSV --from 2016-03-01 --to 2016-04-01 --zone Europe/Moscow

Import rules. A ticket is created at `opened_at` with status new, priority normal, the channel of its first row and no group.
Every row then sets status, priority and group at the latest of `opened_at`, its own `sys_updated_at` and the times of the
earlier rows of its ticket. `?` is unknown and leaves a field as it was, as does a state or priority that is not in the tables.
Times of the file are day-first local times in its zone: a time in a spring gap moves forward, a repeated one is its first occurrence.
"""

import argparse
import csv
import datetime
import fractions
import json
import sys
import zoneinfo

STATUSES = ("new", "open", "pending", "on_hold", "solved", "closed")
UNSOLVED = STATUSES[:4]
STATES = {
    "New": "new",
    "Active": "open",
    "Awaiting User Info": "pending",
    "Awaiting Vendor": "on_hold",
    "Awaiting Problem": "on_hold",
    "Awaiting Evidence": "on_hold",
    "Resolved": "solved",
    "Closed": "closed",
}
PRIORITIES = {"Critical": "urgent", "High": "high", "Moderate": "normal", "Low": "low"}
CHANNELS = {"Phone": "phone", "IVR": "phone", "Email": "email", "Self service": "web", "Direct opening": "web"}
NONE = "(none)"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MILLISECOND = datetime.timedelta(milliseconds=1)


def _milliseconds(moment):
    return (moment - EPOCH) // MILLISECOND


def _local(text, zone):
    """`29/2/2016 01:16` in `zone`, with or without seconds; None where it is not a time. fold=0 is the rule of the import."""
    for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"):
        try:
            naive = datetime.datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        return _milliseconds(naive.replace(tzinfo=zone, fold=0))
    return None


def instant(text, zone):
    """A time as `--from` takes it: a local date or time of `zone`, or an RFC 3339 instant."""
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone, fold=0)
    return _milliseconds(moment)


class Ticket:
    """One incident: when it was created, and the list of (time, status, group) from each change on."""

    def __init__(self, created, channel):
        self.created = created
        self.channel = channel
        self.priority = "normal"
        self.now = created
        self.trail = [(created, "new", None)]

    def apply(self, row, zone):
        own = _local(row["sys_updated_at"], zone)
        self.now = max(self.now, self.created, own if own is not None else self.now)
        _, status, group = self.trail[-1]
        status = STATES.get(row["incident_state"].strip(), status)
        name = row["assignment_group"].strip()
        group = group if name in ("", "?") else name
        self.priority = PRIORITIES.get(row["priority"].split("-")[-1].strip(), self.priority)
        if (status, group) != self.trail[-1][1:]:
            self.trail.append((self.now, status, group))

    def changes(self):
        """(time, status before, status after) of every change of status."""
        for (_, before, _), (at, after, _) in zip(self.trail, self.trail[1:]):
            if before != after:
                yield at, before, after

    def solved_at(self):
        return [at for at, _, after in self.changes() if after == "solved"]

    def status_before(self, moment):
        """The status after all changes earlier than `moment`; None where the ticket is not there yet."""
        return next((status for at, status, _ in reversed(self.trail) if at < moment), None)

    def stays(self, end):
        """(from, to, status, group); the last one goes on to `end`."""
        ends = [at for at, _, _ in self.trail[1:]] + [max(end, self.now)]
        for (start, status, group), stop in zip(self.trail, ends):
            yield start, stop, status, group


def read(path, zone):
    """The tickets of a CSV, by number."""
    tickets = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            number = row["number"].strip()
            if number not in tickets:
                created = _local(row["opened_at"], zone)
                if created is None:
                    raise ValueError(f"{path}: {number} has no readable opened_at: {row['opened_at']!r}")
                tickets[number] = Ticket(created, CHANNELS.get(row["contact_type"].strip()))
            tickets[number].apply(row, zone)
    return tickets


def quantile(values, p):
    """The value at position (n-1)p of the sorted values, linear between neighbours."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * p
    below = position.numerator // position.denominator
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (position - below))


def spread(values):
    if not values:
        return {"n": 0, "mean_ms": None, "median_ms": None, "p90_ms": None}
    return {
        "n": len(values),
        "mean_ms": float(fractions.Fraction(sum(values), len(values))),
        "median_ms": quantile(values, fractions.Fraction(1, 2)),
        "p90_ms": quantile(values, fractions.Fraction(9, 10)),
    }


def tally(values):
    counts = {}
    for value in values:
        counts[value or NONE] = counts.get(value or NONE, 0) + 1
    return dict(sorted(counts.items()))


def compute(path, a, b, zone, log_zone=None):
    """The figures of [a, b) as `opora report metrics --json` prints them.

    a and b are texts and are read in `zone`, the times of the file in `log_zone`, or in `zone` where none is given.
    """
    rules = zoneinfo.ZoneInfo(zone)
    a, b = instant(a, rules), instant(b, rules)
    tickets = list(read(path, zoneinfo.ZoneInfo(log_zone or zone)).values())
    changes = [change for ticket in tickets for change in ticket.changes() if a <= change[0] < b]
    created = [ticket for ticket in tickets if a <= ticket.created < b]

    def backlog(moment):
        standing = [ticket.status_before(moment) for ticket in tickets]
        return {status: standing.count(status) for status in UNSOLVED}

    def resolution(which):
        solved = [(ticket, ticket.solved_at()) for ticket in tickets]
        return spread([at[which] - ticket.created for ticket, at in solved if at and a <= at[which] < b])

    time = dict.fromkeys(STATUSES, 0)
    pairs = {}
    for ticket in tickets:
        for start, stop, status, group in ticket.stays(b):
            length = max(0, min(stop, b) - max(start, a))
            time[status] += length
            if status in UNSOLVED and length:
                pair = (group or NONE, status)
                pairs[pair] = pairs.get(pair, 0) + length
    worst = min(pairs, key=lambda pair: (-pairs[pair], pair)) if pairs else None
    done = ("solved", "closed")
    return {
        "created": len(created),
        "solved": sum(after == "solved" for _, _, after in changes),
        "closed": sum(after == "closed" for _, _, after in changes),
        "reopened": sum(before in done and after not in done for _, before, after in changes),
        "backlog_from": backlog(a),
        "backlog_to": backlog(b),
        "first_resolution": resolution(0),
        "full_resolution": resolution(-1),
        "time_in_status_ms": time,
        "by_priority": tally(ticket.priority for ticket in created),
        "by_group": tally(ticket.trail[-1][2] for ticket in created),
        "by_channel": tally(ticket.channel for ticket in created),
        "bottleneck": worst and {"group": worst[0], "status": worst[1], "ms": pairs[worst]},
    }


def main():
    parser = argparse.ArgumentParser(description="Figures of a ServiceNow incident CSV over [from, to).")
    parser.add_argument("csv")
    parser.add_argument("--from", dest="a", required=True, help="local time of the zone, or RFC 3339")
    parser.add_argument("--to", dest="b", required=True, help="local time of the zone, or RFC 3339")
    parser.add_argument("--zone", required=True, help="IANA zone in which from and to are read")
    parser.add_argument("--log-zone", help="IANA zone of the times in the file; --zone, where left out")
    options = parser.parse_args()
    figures = compute(options.csv, options.a, options.b, options.zone, options.log_zone)
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
    print()


if __name__ == "__main__":
    main()
