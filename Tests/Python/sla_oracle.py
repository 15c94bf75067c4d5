"""Working time, counted a second time: by its own rules, with Python's own zones, for the tests of the kernel's calendars.

Slow and plain on purpose: every day is looked at, nothing is kept but the spans of days.
"""
import datetime
import random
import zoneinfo

UTC = datetime.timezone.utc
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON_DAYS = 5 * 366
ZONES = (
    "UTC", "Europe/Berlin", "Europe/Moscow", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Auckland", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran")


def milliseconds(instant):
    """Milliseconds since 1970."""
    return (instant - datetime.datetime(1970, 1, 1, tzinfo=UTC)) // datetime.timedelta(milliseconds=1)


def text(ms):
    """An instant as the kernel writes it."""
    instant = datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(milliseconds=ms)
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03}Z"


class Calendar:
    """A business calendar in the shape of `calendar.create`."""

    def __init__(self, given):
        self.given = given
        self.zone = zoneinfo.ZoneInfo(given["zone"])
        self.days = {}

    def instant(self, date, clock):
        """A wall time in milliseconds: a time inside a gap moves forward by it, one that comes twice is its first."""
        hours, minutes = (int(part) for part in clock.split(":"))
        if hours == 24:
            date, hours = date + datetime.timedelta(days=1), 0
        wall = datetime.datetime(date.year, date.month, date.day, hours, minutes, tzinfo=self.zone)
        # fold=0 takes the offset from before a change: that is both of it.
        return milliseconds(wall.astimezone(UTC))

    def intervals(self, date):
        given, day = self.given, date.isoformat()
        if day in given.get("holidays", ()) or day[5:] in given.get("holidays_yearly", ()):
            return []
        if day in given.get("overrides", {}):
            return given["overrides"][day]
        usual = given.get("hours", {})
        name = DAYS[date.weekday()]
        if given.get("always_open") and name not in usual:
            return [["00:00", "24:00"]]
        return usual.get(name, [])

    def spans(self, date):
        """The working spans of a day, without its breaks; they may touch."""
        if date in self.days:
            return self.days[date]
        spans = [(self.instant(date, a), self.instant(date, b)) for a, b in self.intervals(date)]
        cuts = [(self.instant(date, a), self.instant(date, b)) for a, b in self.given.get("breaks", {}).get(date.isoformat(), ())]
        self.days[date] = without(union(spans), cuts)
        return self.days[date]

    def working(self, start, end, pauses=()):
        """The working spans between two instants in order, none twice."""
        first = datetime.datetime.fromtimestamp(start / 1000, UTC).date() - datetime.timedelta(days=3)
        cuts = sorted(pauses)
        reached, date = start, first
        while True:
            for a, b in self.spans(date):
                a, b = max(a, reached), min(b, end)
                if a < b:
                    reached = b
                    yield from without([(a, b)], cuts)
            date += datetime.timedelta(days=1)
            if milliseconds(datetime.datetime(date.year, date.month, date.day, tzinfo=UTC)) > end + 3 * 86_400_000:
                return

    def worked(self, start, end, pauses=()):
        return sum(b - a for a, b in self.working(start, end, pauses)) if start < end else 0

    def due(self, start, budget, pauses=()):
        """When the budget is used up; None where that is too far."""
        for a, b in self.working(start, start + HORIZON_DAYS * 86_400_000, pauses):
            if b - a >= budget:
                return a + budget
            budget -= b - a
        return None


def union(spans):
    """Spans in order; what overlaps or touches is one."""
    result = []
    for a, b in sorted(span for span in spans if span[0] < span[1]):
        if result and a <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], b))
        else:
            result.append((a, b))
    return result


def without(spans, cuts):
    """Spans with the cuts taken out."""
    for low, high in cuts:
        if low < high:
            spans = [part for a, b in spans for part in ((a, min(b, low)), (max(a, high), b)) if part[0] < part[1]]
    return spans


def random_clock(rng, low, high):
    minutes = rng.randint(low, high)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def random_intervals(rng):
    marks = sorted(rng.sample(range(0, 1441, rng.choice((1, 15, 30))), 2 * rng.randint(1, 3)))
    return [[f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}"] for a, b in zip(marks[::2], marks[1::2])]


def random_calendar(rng):
    """A calendar that somebody might have, and some that nobody would."""
    days = rng.sample(DAYS, rng.randint(1, 7))
    given = {"zone": rng.choice(ZONES), "hours": {day: random_intervals(rng) for day in days}}
    if rng.random() < 0.15:
        given = {"zone": given["zone"], "always_open": True}
    start = datetime.date(2009, 1, 1)

    def date():
        return (start + datetime.timedelta(days=rng.randrange(0, 20 * 365))).isoformat()

    given["holidays"] = sorted({date() for _ in range(rng.randint(0, 60))})
    given["holidays_yearly"] = rng.sample(["01-01", "02-29", "03-08", "05-01", "12-25", "12-31"], rng.randint(0, 4))
    given["overrides"] = {date(): random_intervals(rng) if rng.random() < 0.7 else [] for _ in range(rng.randint(0, 40))}
    given["breaks"] = {date(): random_intervals(rng) for _ in range(rng.randint(0, 40))}
    return given


def random_case(rng, calendars):
    """A calendar's number, a start, a budget, pauses. Starts crowd around what is difficult: changes of the clock, ends of days."""
    number = rng.randrange(len(calendars))
    start = rng.randint(1_230_768_000_000, 1_830_297_600_000)
    if rng.random() < 0.3:
        start -= start % 1_800_000
    budget = rng.choice((rng.randint(1, 14_400_000), rng.randint(1, 40) * 3_600_000, rng.randint(1, 300) * 900_000))
    pauses = []
    for _ in range(rng.choice((0, 0, 0, 1, 2, 5))):
        low = start + rng.randint(-3_600_000, 20 * 86_400_000)
        pauses.append((low, low + rng.choice((0, 1, rng.randint(1, 5 * 86_400_000)))))
    return number, start, budget, pauses


def seeded(seed):
    return random.Random(seed)
