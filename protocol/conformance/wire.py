"""Connections of the runner to `rpc`, as a client or as a plugin."""
import collections
import json
import time

import zmq

from conformance.case import Failure
from conformance.match import differences
from conformance.record import RECORD

#: Seconds after which an answer counts as never coming.
PATIENCE = 20

context = zmq.Context(io_threads=2)
context.max_sockets = 8000


def encode(value):
    """A JSON text as bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Refused(Exception):
    """The kernel answered with an error."""

    def __init__(self, method, params, error):
        data = error.get("data") or {}
        super().__init__(f"{method} was refused: {data.get('code')}: {error.get('message')}")
        self.method, self.params, self.error, self.data = method, params, error, data
        self.code = data.get("code")


def secure(socket, pair, server_key):
    """Gives a socket a CURVE key."""
    socket.curve_publickey = pair[0]
    socket.curve_secretkey = pair[1]
    socket.curve_serverkey = server_key


class Line:
    """A connection to `rpc`. Reads from the kernel only while a caller waits; what it does not wait for is kept."""

    def __init__(self, endpoint, name="client", log=None, pair=None, server_key=None, kind=zmq.DEALER, options=None, quiet=False,
                 ended=lambda: None):
        self.name, self.quiet, self.ended = name, quiet, ended
        self.log = log if log is not None else collections.deque(maxlen=200)
        self.socket = context.socket(kind)
        self.kind = kind
        self.socket.linger = 0
        self.socket.sndtimeo = PATIENCE * 1000
        self.socket.sndhwm = self.socket.rcvhwm = 0
        for option, value in (options or {}).items():
            self.socket.setsockopt(option, value)
        if pair:
            secure(self.socket, pair, server_key)
        if endpoint:
            self.socket.connect(endpoint)
        self.last = 0
        #: Whether a session may stand on it, that has to be ended.
        self.greeted = False
        self.open = {}
        self.kept = collections.deque(maxlen=20_000)

    def close(self):
        """Drops the connection without a word."""
        self.socket.close(0)

    def leave(self):
        """Ends the session, if there may be one, and drops the connection: its hooks and methods must not outlive the case."""
        if self.greeted and not self.socket.closed:
            self.quiet = True
            try:
                self.answer(self.send("session.bye", _id="leave"), 2)
            except Failure:
                self.greeted = False
        self.close()

    # Sending

    def frames(self, *frames):
        """Sends frames as they are."""
        if not self.quiet:
            self._note("->", frames)
            RECORD.keep("frames", frames)
        self._send(list(frames))

    def text(self, body):
        """Sends one body in the proper form."""
        if not self.quiet:
            self._expect(body)
            self._note("->", [body])
        self._send([body] if self.kind == zmq.REQ else [b"", body])

    def _send(self, frames):
        try:
            self.socket.send_multipart(frames)
        except zmq.Again as error:
            raise Failure(self.ended() or f"{self.name} could not send within {PATIENCE} s") from error

    def knock(self, body):
        """Sends where there may be nobody who lets it in."""
        try:
            self.socket.send_multipart([b"", body], zmq.DONTWAIT)
        except zmq.Again:
            self.log.append((time.monotonic(), self.name, "--", 0, [b"nobody takes it"]))

    def _expect(self, body):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            RECORD.keep("not JSON", (b"", body))
            return
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict) and isinstance(entry.get("method"), str):
                method, number = entry["method"], entry.get("id")
                RECORD.keep(method, (b"", body))
                if "id" not in entry:
                    RECORD.notified(method)
                elif isinstance(number, (str, int)):
                    self.open[number] = (method, entry.get("params"))
            else:
                RECORD.keep("not a request", (b"", body))

    def send(self, method, _id=None, _meta=None, **params):
        """Sends a request; returns its id."""
        self.last += 1
        number = self.last if _id is None else _id
        if _meta is not None:
            params["_meta"] = _meta
        self.greeted |= method == "session.hello"
        self.text(encode({"jsonrpc": "2.0", "id": number, "method": method, "params": params}))
        return number

    def notify(self, method, **params):
        """Sends a notification."""
        self.text(encode({"jsonrpc": "2.0", "method": method, "params": params}))

    def result(self, request, **members):
        """Answers a request of the kernel."""
        self.text(encode({"jsonrpc": "2.0", "id": request["id"], "result": members}))

    def batch(self, *entries, wait=PATIENCE):
        """Sends a batch; returns its answers. An entry is `(method, params)` or an object as it is."""
        made = []
        for entry in entries:
            if isinstance(entry, tuple):
                self.last += 1
                entry = {"jsonrpc": "2.0", "id": self.last, "method": entry[0], "params": entry[1]}
            made.append(entry)
        self.text(encode(made))
        return self.receive(wait, lambda message: isinstance(message, list), "the answer to the batch")

    # Receiving

    def _next(self, end):
        while not self.socket.poll(min(500, max(0, (end - time.monotonic()) * 1000))):
            reason = self.ended()
            if reason:
                raise Failure(reason)
            if time.monotonic() >= end:
                return None
        frames = self.socket.recv_multipart()
        if not self.quiet:
            self._note("<-", frames)
        form = 1 if self.kind == zmq.REQ else 2
        if len(frames) != form or (form == 2 and frames[0]):
            raise Failure("an answer is not an empty frame and one JSON text", came=frames)
        message = json.loads(frames[-1])
        if not self.quiet:
            self._record(message)
        return message

    def _record(self, message):
        for entry in message if isinstance(message, list) else [message]:
            if not isinstance(entry, dict):
                continue
            if "method" in entry:
                RECORD.requested(entry)
                continue
            number = entry.get("id")
            method, params = self.open.pop(number, (None, None)) if isinstance(number, (str, int)) else (None, None)
            if "error" in entry:
                RECORD.refused(method, entry["error"])
            elif method:
                RECORD.answered(method, params, entry.get("result"))

    def receive(self, wait=PATIENCE, fits=lambda message: True, what="an answer"):
        """The first message that fits; the others are kept for whoever waits for them."""
        for message in self.kept:
            if fits(message):
                self.kept.remove(message)
                return message
        end = time.monotonic() + wait
        while (message := self._next(end)) is not None:
            if fits(message):
                return message
            self.kept.append(message)
        raise Failure(f"{what} did not come to {self.name} within {wait:g} s")

    def answer(self, number, wait=PATIENCE):
        """The answer to the request with this id, whole."""
        def fits(message):
            return isinstance(message, dict) and "method" not in message and message.get("id") == number
        return self.receive(wait, fits, f"the answer to {number!r}")

    def request(self, method, wait=PATIENCE):
        """The next request or notification of the kernel with this method."""
        return self.receive(wait, lambda message: isinstance(message, dict) and message.get("method") == method, method)

    def call(self, method, _wait=PATIENCE, _meta=None, **params):
        """The result of a call."""
        number = self.send(method, _meta=_meta, **params)
        answer = self.answer(number, _wait)
        if "error" in answer:
            raise Refused(method, params, answer["error"])
        return answer["result"]

    def refuse(self, method, code, _data=None, _wait=PATIENCE, _meta=None, **params):
        """A call that must be refused with this data code; returns `error.data`."""
        number = self.send(method, _meta=_meta, **params)
        return self.refusal(number, code, _data, _wait, {"method": method, "params": params, "_meta": _meta})

    def refusal(self, number, code, data=None, wait=PATIENCE, sent=None):
        """The refusal of a request that was sent before."""
        answer = self.answer(number, wait)
        wanted = {"error": {"data": {"code": code, **(data or {})}}}
        found = differences(answer, wanted)
        if found:
            raise Failure(f"{code} expected: {'; '.join(found)}", sent=sent, expected=wanted, came=answer)
        return answer["error"]["data"]

    def silence(self):
        """Shows that nothing is on its way: the next messages answer what is asked now, at once, by a reader, by the writer."""
        asked = [self.send("ping", _id="bar-1"), self.send("kernel.stats", _id="bar-2")]
        asked.append(self.send("consumer.delete", _id="bar-3", name="nobody-has-this-name"))
        for _ in asked:
            message = self.receive(what="the answer to the barrier")
            if not isinstance(message, dict) or message.get("id") not in asked:
                raise Failure("no answer was expected", expected=asked, came=message)

    def _note(self, arrow, frames):
        shown = [frame[:1500] if len(frame) <= 1500 else frame[:200] + b"... %d bytes" % len(frame) for frame in frames[-8:]]
        self.log.append((time.monotonic(), self.name, arrow, len(frames), shown))
