"""`sla.simulate` over the real incident log, against a script that reads the same rows."""
import time

import sla_oracle
import sla_simulation
from test_import import ZONE, run_import

HOUR = 3_600_000
BUDGETS = {"urgent": 4 * HOUR, "high": 8 * HOUR, "normal": 24 * HOUR, "low": 72 * HOUR}
WEEK = ("mon", "tue", "wed", "thu", "fri")
CALENDARS = {
    "24x7": {"zone": ZONE, "always_open": True},
    "9 to 18": {"zone": ZONE, "hours": {day: [["09:00", "18:00"]] for day in WEEK}},
    "9 to 18 with a lunch break": {"zone": ZONE, "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEK}},
}


def test_three_policies(desk, incidents):
    client = desk.client()
    run_import(desk, incidents)
    targets = {priority: {"resolution": budget} for priority, budget in BUDGETS.items()}
    until = "2017-01-01T00:00:00.000Z"
    begun = time.monotonic()
    found = client.call(
        "sla.simulate", _patience=120, to=until,
        policies=[{"name": name, "calendar": calendar, "targets": targets} for name, calendar in CALENDARS.items()])
    took = time.monotonic() - begun
    print(f"\n{found['tickets']} tickets, {found['events']} events, {len(CALENDARS)} policies in {took:.2f} s")
    last = sla_oracle.milliseconds(sla_oracle.datetime.datetime.fromisoformat(until.replace("Z", "+00:00")))
    for trial in found["policies"]:
        ours = {
            entry["priority"]: {word: entry[word] for word in ("met", "breached", "open")} for entry in trial["targets"]
            if entry["target"] == "resolution"}
        for priority, counts in ours.items():
            print(f"{trial['name']:28} {priority:8} met {counts['met']:5} breached {counts['breached']:5} open {counts['open']:4}")
        theirs = sla_simulation.run(incidents, BUDGETS, CALENDARS[trial["name"]], last, ZONE)
        assert ours == theirs, trial["name"]
