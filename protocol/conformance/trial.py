"""What a case gets to work with: connections, fresh names, people, a kernel."""
import collections
import itertools
import threading
import time
import types
import uuid

from conformance import desk as desks
from conformance.case import Failure, NotHere
from conformance.match import differences
from conformance.record import FREE_TEXT
from conformance.wire import PATIENCE

_people = threading.Lock()


class Trial:
    """One run of one case. Everything that it opens is closed at its end."""

    def __init__(self, case, desk, worlds=None):
        self.case, self.desk, self.worlds = case, desk, worlds
        self.log = collections.deque(maxlen=400)
        self.opened = []
        self.run_id = uuid.uuid4().hex[:8]
        self.numbers = itertools.count(1)
        self.cleanups = []

    # Connections

    def line(self, identity="owner", desk=None, name=None, **options):
        """A fresh connection to `rpc`."""
        line = (desk or self.desk).line(identity, name=name or identity, log=self.log, **options)
        self.opened.append(line)
        return line

    def bus(self, *prefixes, identity="owner", desk=None, name="bus", **options):
        """A fresh subscription."""
        bus = (desk or self.desk).bus(prefixes, identity, name=name, log=self.log, **options)
        self.opened.append(bus)
        return bus

    def own(self, settings=None, arguments=("--conformance",), start=True, **starting):
        """A kernel of this case alone. The first one becomes the case's kernel."""
        if self.worlds is None:
            raise NotHere("needs a kernel that the runner may configure: --oporad")
        made = self.worlds.make(settings, arguments)
        # What has to be fast is not slowed by a record.
        made.may_record = not self.case.heavy
        self.opened.append(made)
        if start:
            made.start()
        self.desk = self.desk or made
        return made

    def plugin(self, identity="plug", desk=None, strict=False, instance=None, capabilities=None, **manifest):
        """A connection that has said hello; its manifest's name is the identity's."""
        line = self.line(identity, desk, name=f"plugin {identity}")
        params = {"manifest": {"name": manifest.pop("name", identity), "version": "1.0", **manifest}, "strict": strict}
        if instance:
            params["instance"] = instance
        if capabilities:
            params["capabilities"] = capabilities
        line.hello = line.call("session.hello", **params)
        return line

    # Names and people

    def word(self, stem="w"):
        """A name that nobody else has."""
        return f"{stem}-{self.run_id}-{next(self.numbers)}"

    def prose(self, stem=""):
        """Free text, with the mark by which it would be noticed in an event."""
        return f"{FREE_TEXT} {stem} {self.word()}"

    def people(self, line=None):
        """A requester, an agent who is whoever `owner` is, a group."""
        with _people:
            known = getattr(self.desk, "people", None)
            if known is None:
                known = self.desk.people = self._settle(line or self.line())
        return known

    def _settle(self, line):
        me = line.call("auth.whoami")["identity"]
        user = me.get("user")
        if not user:
            user = line.call(
                "user.create", name=self.prose("agent"), roles=["admin", "agent"], identity=me["name"])["user"]["id"]
        requester = line.call("user.create", name=self.prose("requester"), email=f"{self.word()}@example.org")["user"]["id"]
        group = line.call("group.create", name=self.prose("group"), members=[user])["group"]["id"]
        return types.SimpleNamespace(agent=user, requester=requester, group=group)

    def ticket(self, line=None, **params):
        """A new ticket."""
        line = line or self.line()
        params = {"subject": self.prose("subject"), "requester": self.people(line).requester, **params}
        return line.call("ticket.create", **params)["ticket"]

    def promised(self, line, targets=None, warnings=(), calendar=None):
        """A new group whose tickets have an SLA; by default one hour for the first response, four for the resolution."""
        group = line.call("group.create", name=self.prose("group"))["group"]["id"]
        if calendar is None:
            calendar = line.call("calendar.create", name=self.prose("calendar"), zone="UTC", always_open=True)["calendar"]["id"]
        targets = targets or {"first_response": 3_600_000, "resolution": 14_400_000}
        line.call(
            "policy.create", name=self.prose("policy"), calendar=calendar, conditions={"group": [group]}, warnings=list(warnings),
            targets={priority: targets for priority in ("low", "normal", "high", "urgent")})
        return group

    # Checks

    def check(self, value, pattern, what="the answer", sent=None):
        """Compares by value."""
        found = differences(value, pattern)
        if found:
            raise Failure(f"{what}: {'; '.join(found[:6])}", sent=sent, expected=pattern, came=value)
        return value

    def equal(self, value, wanted, what):
        return self.check({"value": value}, {"value": wanted}, what)["value"]

    def true(self, condition, message, came=None):
        if not condition:
            raise Failure(message, came=came)

    def until(self, condition, what, wait=PATIENCE):
        return desks.until(condition, what, wait)

    # The log

    def head(self, line):
        return line.call("kernel.health")["head_seq"]

    def read(self, line, after, **filters):
        """All events after a position that pass the filters."""
        events = []
        while True:
            page = line.call("events.read", after_seq=after, limit=500, **filters)
            events += page["events"]
            if page["next_after_seq"] >= page["head_seq"]:
                return events
            after = page["next_after_seq"]

    def system(self, line, since, name, /, **data):
        """The event `system.<name>` with this data recorded after a position, once it is there."""
        pattern = {"event": {"data": data}} if data else {}

        def find():
            found = line.call("events.read", after_seq=since, types=[f"system.{name}"], limit=500)["events"]
            return [item["event"] for item in found if not differences(item, pattern)]

        return self.until(find, f"system.{name} {data or ''}")[0]

    def stats(self, line, *path):
        value = line.call("kernel.stats")
        for name in path:
            value = value[name]
        return value

    def elapsed(self, begin):
        return time.monotonic() - begin

    def close(self):
        for cleanup in self.cleanups:
            cleanup()
        for thing in reversed(self.opened):
            if getattr(thing, "greeted", False) and self.desk and self.desk.is_running:
                thing.leave()
            else:
                thing.close()
