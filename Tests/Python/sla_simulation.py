"""What policies would have made of a ServiceNow incident log, told from its rows alone: the other side of `sla.simulate`.

Written apart from the kernel, on purpose: rows as incident_metrics.py reads them, working time as sla_oracle.py counts it, and the
rules of a resolution in a page. Every ticket is promised a resolution by its priority; `pending` pauses it, a reopening begins anew.
"""
import csv
import zoneinfo

import incident_metrics
import sla_oracle

PAUSING = ("pending",)


class Cycle:
    """One promise of a resolution."""

    def __init__(self, start, budget, calendar):
        self.start, self.budget, self.calendar = start, budget, calendar
        self.pauses, self.paused_at, self.state = [], None, "running"

    def due(self):
        return self.calendar.due(self.start, self.budget, self.pauses)

    def is_late(self, now):
        due = self.due()
        return due is not None and due < now

    def advance(self, now):
        if self.state == "running" and self.is_late(now):
            self.state = "breached"

    def promise(self, now, budget):
        """Another priority: counted anew from the start, with the pauses there were."""
        self.advance(now)
        if self.state not in ("running", "paused") or budget == self.budget:
            return
        self.budget = budget
        if self.state == "paused":
            if self.calendar.worked(self.start, self.paused_at, self.pauses) >= budget:
                self.state = "breached"
        elif self.is_late(now):
            self.state = "breached"

    def pause(self, now):
        self.advance(now)
        if self.state != "running":
            return
        if self.due() == now:
            self.state = "breached"
        else:
            self.state, self.paused_at = "paused", now

    def resume(self, now):
        if self.state == "paused":
            self.pauses.append((self.paused_at, now))
            self.state, self.paused_at = "running", None

    def end(self, now):
        self.advance(now)
        if self.state in ("running", "paused"):
            self.state = "met"


class Ticket:
    def __init__(self, opened, budgets, calendar):
        self.budgets, self.calendar = budgets, calendar
        self.at, self.status, self.priority = opened, "new", "normal"
        self.cycles = [Cycle(opened, budgets["normal"], calendar)]

    def row(self, at, priority, status):
        self.at = max(self.at, at)
        cycle = self.cycles[-1]
        if priority and priority != self.priority:
            self.priority = priority
            cycle.promise(self.at, self.budgets[priority])
        if not status or status == self.status:
            return
        was_open, self.status = self.status in incident_metrics.UNSOLVED, status
        if status not in incident_metrics.UNSOLVED:
            cycle.resume(self.at)
            cycle.end(self.at)
        elif not was_open:
            self.cycles.append(Cycle(self.at, self.budgets[self.priority], self.calendar))
        if status in PAUSING:
            self.cycles[-1].pause(self.at)
        elif status in incident_metrics.UNSOLVED:
            self.cycles[-1].resume(self.at)


def run(path, budgets, calendar, until, log_zone):
    """Counts of met, breached and open by priority."""
    zone, hours, tickets = zoneinfo.ZoneInfo(log_zone), sla_oracle.Calendar(calendar), {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            opened = incident_metrics._local(row["opened_at"], zone)
            ticket = tickets.setdefault(row["number"], None) or Ticket(opened, budgets, hours)
            tickets[row["number"]] = ticket
            priority = incident_metrics.PRIORITIES.get(row["priority"].split(" - ")[-1])
            ticket.row(incident_metrics._local(row["sys_updated_at"], zone), priority,
                incident_metrics.STATES.get(row["incident_state"]))
    counts = {}
    for ticket in tickets.values():
        found = counts.setdefault(ticket.priority, {"met": 0, "breached": 0, "open": 0})
        for cycle in ticket.cycles:
            cycle.advance(until)
            found["open" if cycle.state in ("running", "paused") else cycle.state] += 1
    return counts
