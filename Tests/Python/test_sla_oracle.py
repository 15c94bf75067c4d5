"""The kernel's working time against a calculator of its own kind: see sla_oracle.py."""
import json
import os

import sla_oracle

#: How many random cases; `OPORA_SLA_CASES=100000` for all that is promised.
CASES = int(os.environ.get("OPORA_SLA_CASES", "4000"))
SEED = int(os.environ.get("OPORA_SLA_SEED", "20261122"))
CALENDARS = max(20, min(250, CASES // 100))
BATCH = 50


def batched(client, calls):
    """The results of calls, in order; an error in its place."""
    for begin in range(0, len(calls), BATCH):
        part = calls[begin:begin + BATCH]
        body = [{"jsonrpc": "2.0", "id": n, "method": method, "params": params} for n, (method, params) in enumerate(part)]
        answers = client.frames(b"", json.dumps(body).encode(), patience=60)
        found = {answer["id"]: answer for answer in answers}
        for n in range(len(part)):
            yield found[n].get("result") or found[n]["error"]["data"]["code"]


def test_random_cases(desk):
    rng = sla_oracle.seeded(SEED)
    client = desk.client()
    given = [sla_oracle.random_calendar(rng) for _ in range(CALENDARS)]
    calendars = [sla_oracle.Calendar(item) for item in given]
    ids = [client.call("calendar.create", name="x", **item)["calendar"]["id"] for item in given]
    cases = [sla_oracle.random_case(rng, calendars) for _ in range(CASES)]
    calls = [
        ("calendar.due", {
            "calendar": ids[number], "start": sla_oracle.text(start), "working_ms": budget,
            "pauses": [[sla_oracle.text(low), sla_oracle.text(high)] for low, high in pauses]})
        for number, start, budget, pauses in cases]
    wrong, exhausted, backs = [], 0, []
    for case, found in zip(cases, batched(client, calls)):
        number, start, budget, pauses = case
        due = calendars[number].due(start, budget, pauses)
        exhausted += due is None
        expected = "calendar_exhausted" if due is None else {"due_at": sla_oracle.text(due)}
        if found != expected:
            wrong.append((given[number]["zone"], case, found, expected))
        elif due is not None and not pauses:
            backs.append((number, start, due, budget))
    assert not wrong, f"seed {SEED}: {len(wrong)} of {CASES} differ; the first: {wrong[0]}"
    assert exhausted < CASES // 20, "most cases must have a due instant"
    worked = [
        ("calendar.worked", {"calendar": ids[number], "start": sla_oracle.text(start), "end": sla_oracle.text(due)})
        for number, start, due, _ in backs]
    for (number, start, due, budget), found in zip(backs, batched(client, worked)):
        assert found == {"worked_ms": budget}, (given[number]["zone"], start, due)
        assert calendars[number].worked(start, due) == budget
    print(f"seed {SEED}: {CASES} due instants and {len(backs)} spans agree, {exhausted} of them beyond the horizon")
