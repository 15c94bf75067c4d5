"""The traffic record of a kernel: one line of JSON for each message."""
import dataclasses
import json

import jsontext


@dataclasses.dataclass(slots=True)
class Record:
    """One message. `body` is its text; None where the frames were not those of a message."""

    direction: str
    peer: str
    body: str | None
    topic: str | None
    header: bytes | None

    def read(self):
        """The body as JSON. ValueError where it is not one JSON text that the protocol takes."""
        if self.body is None:
            raise ValueError("no body")
        return json.loads(self.body, object_pairs_hook=jsontext.unique, parse_constant=refuse)


def refuse(word):
    raise ValueError(f"{word} is not JSON")


def records(file):
    """All messages of a record with their line numbers. A last line that a killed kernel did not finish is passed over."""
    with open(file, encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith("\n"):
                return
            entry = json.loads(line)
            header = entry.get("header")
            is_whole = entry.get("frames", 2) == 2
            yield number, Record(
                entry["dir"], entry.get("peer", ""), entry.get("body") if is_whole else None, entry.get("topic"),
                bytes.fromhex(header) if header is not None else None)
