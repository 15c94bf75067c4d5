"""Messages on `events`: topic, header, body."""
import re
import struct

HEADER = struct.Struct(">2sBBIQQQ")
TOPIC = re.compile(r"(?P<name>[a-z]+\.[a-z_]+|x\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)/(?P<entity>[^\s]+)")
CONTROL, AGAIN = 1, 2


class BusCheck:
    """Follows the bus of one run of a kernel."""

    def __init__(self, validators, seen):
        self.validators = validators
        self.seen = seen
        files = validators.library.files
        self.events = {file["title"]: (path, file) for path, file in files.items() if path.startswith("events/")}
        self.control = {file["title"]: path for path, file in files.items() if path.startswith("control/")}
        self.last = None
        self.heads = {}

    def take(self, record):
        """Gives what is wrong with a message."""
        self.seen.messages += 1
        if record.topic == "$welcome":
            return []
        try:
            body = record.read()
        except ValueError as error:
            return [f"{record.topic}: the body is no JSON: {error}"]
        if record.header is None or len(record.header) != HEADER.size:
            return [f"{record.topic}: the header does not have 32 bytes"]
        magic, version, flags, epoch, seq, prev, at = HEADER.unpack(record.header)
        if magic != b"OP" or version != 1:
            return [f"{record.topic}: the header does not begin with OP and version 1"]
        if len(record.topic.encode()) > 200:
            return [f"{record.topic}: the topic is over 200 bytes"]
        if record.topic.startswith("$"):
            return self._control(record.topic, body, flags, seq, prev)
        return self._event(record.topic, body, flags, epoch, seq, prev, at)

    def _control(self, topic, body, flags, seq, prev):
        if topic not in self.control:
            return [f"{topic} is no control message"]
        problems = [] if (flags, seq, prev) == (CONTROL, 0, 0) else [f"{topic}: flags {flags}, seq {seq}, prev {prev}"]
        if fault := self.validators.check(self.control[topic], "data", body):
            problems.append(f"{topic}: {fault}")
        if not problems:
            self.seen.done["control", topic] += 1
        return problems

    def _event(self, topic, body, flags, epoch, seq, prev, at):
        match = TOPIC.fullmatch(topic)
        if not match:
            return [f"{topic} is no topic"]
        if fault := self.validators.check("common/event.json", None, body):
            return [f"{topic}: {fault}"]
        name = match["name"]
        problems = [f"{topic}: {text}" for text in self._agreement(match, body, flags, epoch, seq, at)]
        problems += [f"{topic}: {text}" for text in self._order(name, flags, seq, prev)]
        if name in self.events:
            path, file = self.events[name]
            if not body["subject"].startswith(file["x-subject"]):
                problems.append(f"{topic}: the subject is {body['subject']}, not {file['x-subject']}...")
            if fault := self.validators.check(path, "data", body["data"]):
                problems.append(f"{topic}: {fault}")
        elif not name.startswith("x."):
            problems.append(f"{name} is no type of event")
        if not problems:
            self.seen.done["event", name] += 1
        return problems

    @staticmethod
    def _agreement(match, body, flags, epoch, seq, at):
        """The header says what the body says."""
        name = match["name"]
        expected = f"{name}.v1" if name.startswith("x.") else f"opora.{name}.v1"
        if body["type"] != expected:
            yield f"the type is {body['type']}"
        if match["entity"] != body["subject"].rpartition("/")[2]:
            yield f"the subject is {body['subject']}"
        if int(body["sequence"]) != seq or body["id"].rpartition(".")[2] != str(seq):
            yield f"seq {seq} in the header, {body['sequence']} and {body['id']} in the body"
        if int(body["logepoch"]) != epoch:
            yield f"epoch {epoch} in the header, {body['logepoch']} in the body"
        if flags & ~AGAIN:
            yield f"flags {flags}"
        if milliseconds(body["recordedtime"]) != at // 1000:
            yield f"recordedtime {body['recordedtime']} is not the header's {at}"

    def _order(self, name, flags, seq, prev):
        """No hole and no disorder, and `prev` is the event of the same stream before."""
        stream = name.split(".")[0]
        known = self.heads.get(stream)
        if flags & AGAIN:
            if prev >= seq:
                yield f"prev {prev} is not below seq {seq}"
            return
        if self.last is not None and seq != self.last + 1:
            yield f"seq {seq} after {self.last}"
        elif known is not None and prev != known:
            yield f"prev is {prev}, but the last of the stream was {known}"
        elif prev >= seq:
            yield f"prev {prev} is not below seq {seq}"
        self.last = seq
        self.heads[stream] = seq


def milliseconds(text):
    """Milliseconds since 1970 of an instant as the kernel writes it."""
    date, _, rest = text.partition("T")
    year, month, day = (int(part) for part in date.split("-"))
    hours, minutes, seconds = (int(part) for part in rest[:8].split(":"))
    return ((days(year, month, day) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 + int(rest[9:12])


def days(year, month, day):
    """Days since 1970-01-01 in the proleptic Gregorian calendar."""
    year -= month <= 2
    era, in_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + in_era * 365 + in_era // 4 - in_era // 100 + of_year - 719_468
