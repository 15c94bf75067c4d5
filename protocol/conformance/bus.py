"""Subscriptions of the runner."""
import collections
import json
import struct
import time

import zmq

from conformance.case import Failure
from conformance.record import RECORD
from conformance.wire import PATIENCE, context, secure

HEADER = struct.Struct(">2sBBIQQQ")

Header = collections.namedtuple("Header", "magic version flags epoch seq prev time")
Message = collections.namedtuple("Message", "topic header body raw")


class Bus:
    """A subscription."""

    def __init__(self, endpoint, prefixes, name="bus", log=None, pair=None, server_key=None, hwm=0, kind=zmq.SUB, options=None):
        self.name = name
        self.log = log if log is not None else collections.deque(maxlen=200)
        self.socket = context.socket(kind)
        self.socket.linger = 0
        self.socket.rcvhwm = hwm
        for option, value in (options or {}).items():
            self.socket.setsockopt(option, value)
        if pair:
            secure(self.socket, pair, server_key)
        if kind == zmq.SUB:
            for prefix in prefixes:
                self.socket.subscribe(prefix.encode())
        #: What was read and put back.
        self.waiting = collections.deque()
        self.socket.connect(endpoint)

    def close(self):
        self.socket.close(0)

    def next(self, wait=PATIENCE, what="a message of the bus"):
        """The next message, taken apart."""
        if self.waiting:
            return self.waiting.popleft()
        if not self.socket.poll(max(0, wait) * 1000):
            raise Failure(f"{what} did not come to {self.name} in time")
        return self.parse(self.socket.recv_multipart())

    def parse(self, frames):
        topic = frames[0].decode("ascii")
        self.log.append((time.monotonic(), self.name, "<-", len(frames), [frames[0], *(f[:1500] for f in frames[1:])]))
        if topic == "$welcome":
            if len(frames) != 1:
                raise Failure("$welcome is a single frame", came=frames)
            RECORD.controls["welcome"] += 1
            return Message(topic, None, None, frames)
        if len(frames) != 3 or len(frames[1]) != HEADER.size:
            raise Failure("a message of the bus has a topic, a header of 32 bytes and a body", came=frames)
        body = json.loads(frames[2])
        if topic.startswith("$"):
            RECORD.control(topic, body)
        else:
            RECORD.event(body)
        return Message(topic, Header(*HEADER.unpack(frames[1])), body, frames)

    def until(self, fits, wait=PATIENCE, what="the message"):
        """The first message that fits; the others are passed over."""
        return self.collect(fits, wait, what)[-1]

    def collect(self, fits, wait=PATIENCE, what="the message"):
        """Every message up to the first one that fits."""
        end, found = time.monotonic() + wait, []
        while not found or not fits(found[-1]):
            found.append(self.next(end - time.monotonic(), f"{what} (within {wait:g} s)"))
        return found

    def topic(self, prefix, wait=PATIENCE):
        """The first message whose topic begins so."""
        return self.until(lambda message: message.topic.startswith(prefix), wait, prefix)

    def ready(self):
        """Waits until the subscription stands: the welcome is there, or a heartbeat. The prefixes must include `$`."""
        self.until(lambda message: message.topic in ("$welcome", "$hb/"), what="$welcome or $hb/")
        return self
