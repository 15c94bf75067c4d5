"""Cases that are data: `cases/*.json`, one file a group. Each step sends something and says what must come.

A step sends something raw, calls a method, or looks for an event:
  {"send": <JSON>} or {"text": "..."} or {"hex": "..."} or {"frames": ["", "hex:00", "..."]}
      with "expect": pattern (and "exact": true), or "error": data code and "id" (and "data"), or "silence": true
  {"do": method, "with": params, "meta": {...}}
      with "gives": pattern and "keep": {"name": "path.in.result"}, or "refused": data code (and "data")
  {"event": name, "subject": "...", "data": pattern, "more": pattern}
      it is in the log once, or "count" times, since the case began; `data` of the last one has these members and no other
`${name}` stands for a kept value, for `${word}` (a fresh name), `${prose}` (free text), `${long500}`
(a text of so many letters), or for what "given" asked for:
"people" gives ${agent}, ${requester}, ${group}; "ticket" gives ${ticket} besides. "${pad:n}" fills a text up to n bytes.
"""
import json
import pathlib
import re

import zmq

from conformance import match
from conformance.case import Case, Failure, add
from conformance.wire import encode

FOLDER = pathlib.Path(__file__).with_name("cases")
_NAME = re.compile(r"\$\{([a-z_:0-9]+)\}")


def load():
    """Registers every case of every table."""
    for path in sorted(FOLDER.glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        defaults = table.get("defaults", {})
        for entry in table["cases"]:
            _register({**defaults, **entry})


def _register(entry):
    add(Case(
        entry["id"], entry["title"], tuple(entry["cites"]), lambda trial: _Play(trial, entry).run(),
        entry.get("world", "live"), frozenset(entry.get("needs", []))))


class _Play:
    """One run of one table case."""

    def __init__(self, trial, entry):
        self.trial, self.entry = trial, entry
        self.values = {}

    def run(self):
        kind = zmq.REQ if self.entry.get("socket") == "REQ" else zmq.DEALER
        self.line = self.trial.line(self.entry.get("as", "owner"), kind=kind)
        given = self.entry.get("given", [])
        if "people" in given or "ticket" in given:
            self.values.update(vars(self.trial.people()))
        if "ticket" in given:
            self.values["ticket"] = self.trial.ticket()["id"]
        self.reader = self.trial.line() if any("event" in step for step in self.entry["steps"]) else None
        self.begin = self.trial.head(self.reader) if self.reader else 0
        for number, step in enumerate(self.entry["steps"], 1):
            try:
                self.step(step)
            except Failure as failure:
                failure.args = (f"step {number}: {failure}",)
                raise

    def step(self, step):
        if "event" in step:
            return self.event(step)
        if "do" in step:
            return self.do(step)
        body = self.raw(step)
        if step.get("silence"):
            return self.line.silence()
        answer = self.line.receive()
        wanted = self.fill(step["expect"]) if "expect" in step else {
            "jsonrpc": "2.0", "id": self.fill(step.get("id")), "result": match.ABSENT,
            "error": {"data": {"code": step["error"], **step.get("data", {})}}}
        if step.get("exact"):
            wanted = self.exact(wanted)
        self.trial.check(answer, wanted, sent=body[:2000])

    def exact(self, wanted):
        """Nothing beside what is expected, but `message` and `data` of an error."""
        if isinstance(wanted, list):
            return [self.exact(item) for item in wanted]
        error = {"error": {**wanted["error"], "message": match.TEXT}} if "error" in wanted else {}
        return {"$exact": True, **wanted, **error}

    def raw(self, step):
        if "frames" in step:
            frames = [self.bytes(frame) for frame in step["frames"]]
            self.line.frames(*frames)
            return b" | ".join(frames)
        if "hex" in step:
            body = bytes.fromhex(step["hex"])
        elif "text" in step:
            body = self.fill(step["text"]).encode("utf-8", "surrogatepass")
        else:
            body = encode(self.fill(step["send"]))
        self.line.text(body)
        return body

    def bytes(self, frame):
        return bytes.fromhex(frame[4:]) if frame.startswith("hex:") else self.fill(frame).encode()

    def do(self, step):
        params = self.fill(step.get("with", {}))
        meta = self.fill(step["meta"]) if "meta" in step else None
        if "refused" in step:
            self.line.refuse(step["do"], step["refused"], self.fill(step.get("data", {})), _meta=meta, **params)
            return
        result = self.line.call(step["do"], _meta=meta, **params)
        if "gives" in step:
            self.trial.check(result, self.fill(step["gives"]), f"the result of {step['do']}", params)
        for name, path in step.get("keep", {}).items():
            value = result
            for part in path.split("."):
                value = value[int(part)] if isinstance(value, list) else value[part]
            self.values[name] = value

    def event(self, step):
        events = [item["event"] for item in self.trial.read(self.reader, self.begin, types=[step["event"]])]
        subject = self.fill(step["subject"])
        found = [event for event in events if event["subject"] == subject]
        self.trial.equal(len(found), step.get("count", 1), f"events {step['event']} of {subject}")
        if found:
            # `data` is all of the event's data, `part` some of it.
            data = self.fill(step["part"]) if "part" in step else {"$exact": True, **self.fill(step.get("data", {}))}
            body = {"data": data, **self.fill(step.get("more", {}))}
            self.trial.check(found[-1], body, f"the event {step['event']}")

    # Names in texts

    def value(self, name):
        if name == "word":
            return self.trial.word()
        if name == "prose":
            return self.trial.prose()
        if name.startswith("long"):
            return "x" * int(name[4:])
        return self.values[name]

    def fill(self, value):
        if isinstance(value, dict):
            return {self.fill(name): self.fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if not isinstance(value, str):
            return value
        whole = _NAME.fullmatch(value)
        if whole and not whole[1].startswith("pad:"):
            return self.value(whole[1])
        text = _NAME.sub(lambda found: found[0] if found[1].startswith("pad:") else str(self.value(found[1])), value)
        pad = _NAME.search(text)
        if pad:
            text = text.replace(pad[0], " " * (int(pad[1][4:]) - len(text.encode()) + len(pad[0])))
        return text
