"""What the runner's connections saw on the wire, and what of it does not fit the published schemas."""
import collections
import threading

from conformance import schemas

#: How often an answer of one method, or an event of one type, is checked against its schema; then it is only counted.
CHECKS = 300
#: Requests kept of one method, and of all that is not a request, for `--mutate`.
KEPT = 8
#: A word in every free text that the runner writes; it must never be seen in an event.
FREE_TEXT = "freetext-zq"


class Record:
    """What was seen; shared by all threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.methods = collections.Counter()
        self.sent = collections.Counter()
        self.received = collections.Counter()
        self.events = collections.Counter()
        self.controls = collections.Counter()
        self.codes = collections.Counter()
        self.hooks = collections.Counter()
        #: Kind of check -> the faults found, each with what was seen.
        self.problems = {"answers": {}, "requests": {}, "events": {}, "errors": {}, "privacy": {}}
        self.corpus = collections.defaultdict(list)

    def fault(self, check, text, seen):
        with self.lock:
            self.problems[check].setdefault(text, seen)

    def keep(self, key, frames):
        """Remembers an input for `--mutate`."""
        with self.lock:
            kept = self.corpus[key]
            if len(kept) < KEPT and frames not in kept and sum(map(len, frames)) < 20_000:
                kept.append(frames)

    def _count(self, counter, name):
        with self.lock:
            counter[name] += 1
            return counter[name] <= CHECKS

    def notified(self, method):
        self._count(self.sent, method)

    def requested(self, message):
        """A request or notification that the kernel sent to a peer."""
        method = message["method"]
        if method == "hook.call":
            point = message["params"].get("point")
            self._count(self.hooks, point)
            for text in schemas.faults(f"hooks/{point}.json", "params", message["params"]):
                self.fault("requests", f"{point}: {text}", message)
        if self._count(self.received, method):
            for text in schemas.faults(schemas.methods().get(method, ""), "params", message.get("params", {})):
                self.fault("requests", f"{method}: {text}", message)

    def answered(self, method, params, result):
        """A request of the runner that got a result."""
        if isinstance(result, dict):
            self._events_in(result)
        if not self._count(self.methods, method):
            return
        path = schemas.methods().get(method, "")
        if isinstance(params, dict):
            given = {name: value for name, value in params.items() if name != "_meta"}
            given.update({name: [] for name in schemas.checked_singly(path) if name in given})
            for text in schemas.faults(path, "params", given):
                self.fault("requests", f"{method}: the kernel takes what the schema refuses: {text}", params)
        if isinstance(result, dict):
            bare = {name: value for name, value in result.items() if name != "_meta"}
            for text in schemas.faults(path, "result", bare):
                self.fault("answers", f"{method}: {text}", result)

    def _events_in(self, result):
        items = [result.get("events"), result.get("items")]
        for item in (item for found in items if isinstance(found, list) for item in found):
            if isinstance(item, dict) and isinstance(item.get("event"), dict):
                self.event(item["event"])

    def refused(self, method, error):
        """An error that came back."""
        data = error.get("data") if isinstance(error, dict) else None
        code = data.get("code") if isinstance(data, dict) else None
        self._count(self.codes, code)
        known = schemas.errors().get(code)
        if known is None:
            self.fault("errors", f"{method}: data.code {code!r} is not in errors.json", error)
        elif (known["code"], known["retryable"]) != (error.get("code"), data.get("retryable")):
            self.fault("errors", f"{method}: {code} has another number or retryable than errors.json", error)
        elif not isinstance(error.get("message"), str) or not error["message"]:
            self.fault("errors", f"{method}: {code} has no message", error)

    def event(self, body):
        """An event, from the bus or the log."""
        name = str(body.get("type", "")).removeprefix("opora.")
        if FREE_TEXT in str(body):
            self.fault("privacy", f"{name} holds free text", body)
        if not self._count(self.events, name):
            return
        for text in schemas.faults("common/event.json", "", body):
            self.fault("events", f"{name}: {text}", body)
        for text in schemas.faults(schemas.events().get(name, ""), "data", body.get("data")):
            self.fault("events", f"{name}: {text}", body)

    def control(self, topic, body):
        """A control message of the bus."""
        name = topic.strip("$/")
        if self._count(self.controls, name):
            for text in schemas.faults(f"control/{name}.json", "data", body):
                self.fault("events", f"{topic}: {text}", body)


#: The record of this run.
RECORD = Record()
