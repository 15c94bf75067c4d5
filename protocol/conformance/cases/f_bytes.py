"""The bytes on an ipc socket, written by hand, without a ZeroMQ library."""
import json
import socket

from conformance.case import Failure, case
from conformance.schemas import ROOT

GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)


class Raw:
    """A ZMTP 3.0 connection, just enough of it."""

    def __init__(self, path, kind):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(path)
        self.socket.sendall(GREETING)
        self.take(64)
        ready = b"\x05READY\x0bSocket-Type" + len(kind).to_bytes(4, "big") + kind
        self.socket.sendall(b"\x04" + bytes([len(ready)]) + ready)
        flags, body = self.frame()
        if not flags & 4 or not body.startswith(b"\x05READY"):
            raise Failure("the handshake was not answered with READY", came=body)

    def take(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise Failure("the kernel ended the connection", came=data)
            data += part
        return data

    def frame(self):
        flags = self.take(1)[0]
        size = int.from_bytes(self.take(8 if flags & 2 else 1), "big")
        return flags, self.take(size)

    def message(self):
        """The frames of the next message; commands, such as the library's own heartbeat, are passed over."""
        frames = []
        while True:
            flags, body = self.frame()
            if flags & 4:
                continue
            frames.append(body)
            if not flags & 1:
                return frames

    def close(self):
        self.socket.close()


@case("F22", "the bytes of the specification, written by hand", "1.10", world="main")
def by_hand(t):
    raw = Raw(t.desk.plain("rpc").removeprefix("ipc://"), b"DEALER")
    t.opened.append(raw)
    vectors = json.loads((ROOT / "vectors" / "frames" / "zmtp.json").read_text(encoding="utf-8"))["cases"]
    raw.socket.sendall(bytes.fromhex(next(entry["hex"] for entry in vectors if "ping" in entry["name"])))
    frames = raw.message()
    t.equal([len(frames), frames[0]], [2, b""], "an empty frame and one more")
    t.check(json.loads(frames[1]), {"jsonrpc": "2.0", "id": 1, "result": {"pong": True}})
    body = b" " * 300 + b'{"jsonrpc":"2.0","id":2,"method":"ping"}'
    raw.socket.sendall(b"\x01\x00\x02" + len(body).to_bytes(8, "big") + body)
    t.check(json.loads(raw.message()[1]), {"id": 2, "result": {"pong": True}})
