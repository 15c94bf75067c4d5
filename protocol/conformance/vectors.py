"""Replays the golden transcripts and envelopes of `protocol/vectors`, read by the parser that lies beside them."""
import functools
import importlib.util
import json

from conformance.case import Case, Failure, add
from conformance.schemas import ROOT
from conformance.wire import encode

FOLDER = ROOT / "vectors"
#: Seconds that a message of a transcript has to come.
WAIT = 10


@functools.cache
def parser():
    """The module that reads the vectors."""
    spec = importlib.util.spec_from_file_location("opora_vectors", FOLDER / "vectors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load():
    """Registers every transcript and envelope as a case."""
    for group, folder in (("VJ", "jsonrpc"), ("VS", "scenarios")):
        entries = [entry for path in sorted((FOLDER / folder).glob("*.io")) for entry in parser().parse(path)]
        for number, entry in enumerate(entries, 1):
            _register(f"{group}{number:02}", entry, lambda trial, entry=entry: Replay(trial, entry).run())
    envelopes = FOLDER / "frames" / "envelopes.json"
    if envelopes.exists():
        for number, entry in enumerate(json.loads(envelopes.read_text(encoding="utf-8"))["cases"], 1):
            _register(f"VE{number:02}", entry, lambda trial, entry=entry: envelope(trial, entry))


def _register(number, entry, run):
    needs = set(entry.get("needs", []))
    world = "live"
    if "process" in needs or entry.get("settings"):
        world = "own"
    elif needs & {"clock", "keys"}:
        world = "clock" if "clock" in needs else "main"
    if any(verb == "!" or verb == "sub" for _, verb, _, _ in entry.get("steps", [])):
        needs.add("events")
    add(Case(
        number, f"vector {entry['name']}: {entry['title']}", tuple(entry["cites"]), run, world,
        frozenset(needs & {"conformance", "events"})))


def envelope(trial, entry):
    """Sends frames and compares the answer; the connection goes on."""
    line = trial.line()
    frames = [parser().frame(frame) for frame in entry["frames"]]
    line.frames(*frames)
    if entry["answer"] is not None:
        answer = line.receive(WAIT)
        fault = parser().match(entry["answer"], answer, {})
        if fault:
            raise Failure(fault, sent=b" | ".join(frames)[:2000], expected=entry["answer"], came=answer)
    line.silence() if entry["answer"] is None else trial.check(line.call("ping"), {"pong": True})


class Replay:
    """One run of one transcript."""

    def __init__(self, trial, entry):
        self.trial, self.entry = trial, entry
        self.lines, self.buses = {}, {}
        self.count = 0

    def run(self):
        if self.trial.desk is None:
            words = [word for setting in self.entry["settings"] for word in ("--set", setting)]
            self.trial.own(arguments=("--conformance", *words))
        self.known = self.start()
        for name, verb, value, number in self.entry["steps"]:
            try:
                getattr(self, f"do_{verb}")(name, value)
            except Failure as failure:
                failure.args = (f"line {number} of the vectors: {failure}",)
                raise

    def start(self):
        line = self.trial.line(name="runner")
        health = line.call("kernel.health")
        now = line.call("ping")["time"]
        soon = line.call("calendar.due", calendar={"zone": "UTC", "always_open": True}, start=now, working_ms=3_600_000)["due_at"]
        known = {name: health[name] for name in ("log_id", "epoch", "instance_id")}
        return {**known, "head": health["head_seq"], "run": self.trial.run_id, "in_an_hour": soon}

    def line(self, name):
        if name not in self.lines:
            self.lines[name] = self.trial.line(name=name or "-")
        return self.lines[name]

    # Steps

    def do_send(self, name, text):
        line, body = self.line(name), parser().body(text, self.known)
        line.text(body)
        if b'"session.hello"' in body:
            line.greeted = True

    def do_frames(self, name, frames):
        self.line(name).frames(*[frame if isinstance(frame, bytes) else parser().frame(frame) for frame in frames])

    def do_receive(self, name, pattern):
        if name in self.buses:
            return self.event(name, pattern)
        line = self.line(name)

        def fits(message):
            if isinstance(message, dict) and message.get("method") == "session.probe":
                return False
            if isinstance(pattern, list):
                return isinstance(message, list)
            if "method" in pattern:
                return isinstance(message, dict) and message.get("method") == parser().fill(pattern["method"], self.known)
            if "id" in pattern:
                wanted = pattern["id"] if not isinstance(pattern["id"], str) else parser().fill(pattern["id"], self.known)
                return isinstance(message, dict) and "method" not in message and message.get("id") == wanted
            return True

        self.compare(pattern, line.receive(WAIT, fits, f"a message that fits {json.dumps(pattern)[:300]}"))

    def compare(self, pattern, message):
        fault = parser().match(pattern, message, self.known)
        if fault:
            raise Failure(fault, expected=pattern, came=message)

    def do_none(self, name, _):
        if name in self.buses:
            return self.no_event(name)
        line = self.line(name)
        self.count += 1
        barrier = f"barrier-{self.count}"
        line.text(encode({"jsonrpc": "2.0", "id": barrier, "method": "ping"}))
        while (message := line.receive(WAIT)) != barrier:
            if isinstance(message, dict) and message.get("method") == "session.probe":
                continue
            if isinstance(message, dict) and message.get("id") == barrier:
                return
            raise Failure("nothing was to come", came=message)

    def event(self, name, pattern):
        bus, prefixes = self.buses[name]
        wants_control = str(pattern.get("topic", "")).startswith("$")

        def fits(message):
            if message.topic.startswith("$"):
                return wants_control and parser().match(pattern, _flat(message), dict(self.known)) is None
            return not wants_control and any(message.topic.startswith(prefix) for prefix in prefixes)

        self.compare(pattern, _flat(bus.until(fits, WAIT, f"an event that fits {json.dumps(pattern)[:300]}")))

    def no_event(self, name):
        bus, prefixes = self.buses[name]
        head = self.trial.head(self.trial.line(name="runner"))
        beat = bus.until(lambda m: m.topic == "$hb/" and m.body["head_seq"] >= head or _handed(m, prefixes), WAIT, "a heartbeat")
        if not beat.topic.startswith("$"):
            raise Failure("no event was to come", came=_flat(beat))

    def do_open(self, _, value):
        name, identity = value.split()
        self.lines[name] = self.trial.line(identity, name=name)

    def do_sub(self, _, value):
        name, _, prefixes = value.partition(" ")
        prefixes = json.loads(prefixes)
        bus = self.trial.bus(*prefixes, "$hb/", name=name)
        self.buses[name] = (bus, prefixes)
        bus.waiting.extend(bus.collect(lambda message: message.topic == "$hb/", WAIT, "the first $hb/"))

    def do_drop(self, _, value):
        name, count = value.split()
        bus, prefixes = self.buses[name]
        for _ in range(int(count)):
            bus.until(lambda message: _handed(message, prefixes), WAIT, "an event to throw away")

    def do_close(self, _, name):
        line = self.lines.pop(name)
        line.greeted = False
        line.close()

    def do_kill(self, _, __):
        self.trial.desk.kill()

    def do_stop(self, _, __):
        self.trial.desk.stop()

    def do_start(self, _, __):
        self.trial.desk.start()

    def do_advance(self, _, value):
        self.trial.line(name="runner").call("conformance.advance", ms=int(value))


def _handed(message, prefixes):
    return not message.topic.startswith("$") and any(message.topic.startswith(prefix) for prefix in prefixes)


def _flat(message):
    """A message of the bus as the vectors see it."""
    if message.header is None:
        return {"topic": message.topic}
    header = message.header
    return {
        "topic": message.topic, "flags": header.flags, "epoch": header.epoch, "seq": header.seq, "prev": header.prev,
        "time_us": header.time,
        "body": message.body}
