"""Messages and event headers, byte by byte."""
from __future__ import annotations

import json
import struct
from typing import Any, NamedTuple

from ._rejections import InvalidParams, RequestTooLarge

#: The version of the protocol that this package speaks.
PROTOCOL = {"major": 1, "minor": 0}
#: Bytes of a request at most.
BODY_BYTES = 1_048_576
#: Magic, version, flags, epoch, seq, prev, time.
HEADER = struct.Struct(">2sBBIQQQ")
#: Flags of a header.
CONTROL, RESENT = 0x01, 0x02


class Header(NamedTuple):
    """The second frame of an event: its place in the log."""

    epoch: int
    seq: int
    #: The seq of the previous event of the same stream; 0 if none.
    prev: int
    #: When it was recorded, microseconds since 1970 in UTC.
    time_us: int
    flags: int

    @property
    def is_control(self) -> bool:
        """Not of the log: a heartbeat, a farewell, a reset."""
        return bool(self.flags & CONTROL)

    @property
    def is_resent(self) -> bool:
        """Sent once more after a restart of the kernel."""
        return bool(self.flags & RESENT)

    def encode(self) -> bytes:
        """The 32 bytes."""
        return HEADER.pack(b"OP", 1, self.flags, self.epoch, self.seq, self.prev, self.time_us)

    @staticmethod
    def decode(frame: bytes) -> Header | None:
        """The header in a frame; None for one that is not a header of this version."""
        if len(frame) != HEADER.size:
            return None
        magic, version, flags, epoch, seq, prev, time_us = HEADER.unpack(frame)
        if magic != b"OP" or version != 1:
            return None
        return Header(epoch, seq, prev, time_us, flags)


def encode(message: dict[str, Any]) -> bytes:
    """A message as it travels."""
    try:
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise InvalidParams(f"the parameters are not JSON: {error}") from error
    if len(body) > BODY_BYTES:
        raise RequestTooLarge(f"a message has at most {BODY_BYTES} bytes; this one has {len(body)}")
    return body


def request(number: int, method: str, params: dict[str, Any]) -> bytes:
    """A request."""
    return encode({"id": number, "method": method, "params": params})


def notification(method: str, params: dict[str, Any]) -> bytes:
    """A notification."""
    return encode({"method": method, "params": params})


def answer(number: str | int, result: dict[str, Any]) -> bytes:
    """The answer to a request of the kernel."""
    return encode({"id": number, "result": result})


def refusal(number: str | int | None, error: dict[str, Any]) -> bytes:
    """The answer to a request of the kernel that could not be done."""
    return encode({"id": number, "error": error})


def decode(body: bytes) -> dict[str, Any] | None:
    """A message that came in; None for one that is no JSON object."""
    try:
        message = json.loads(body)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
