"""Sends small mutations of the cases' inputs. The kernel must answer a ping after each batch of them, as the same process."""
import json
import random
import time

import zmq

from conformance.case import Failure
from conformance.desk import Endpoint
from conformance.record import RECORD

#: Mutations on one connection: below the number of malformed messages after which a kernel refuses a connection.
BATCH = 15
#: What is not sent to a kernel that somebody else runs.
OWN_ONLY = ("log.truncate", "key.create", "key.revoke", "auth.reload", "conformance.advance", "consumer.delete")
VALUES = (None, True, False, 0, -1, 1.5, 2**53, -2**63, "", "T-1", "\u0000", "x" * 5000, [], {}, [[]], {"a": None}, "\U0001f600",
    1e308)


def corpus(own):
    """The inputs that the run's cases sent, in a fixed order."""
    kept = [(key, frames) for key, found in sorted(RECORD.corpus.items()) for frames in found]
    return [frames for key, frames in kept if own or key not in OWN_ONLY]


def run(count, seed, home, place):
    """Sends the mutations; true where the kernel did not bear them."""
    seed = random.SystemRandom().getrandbits(32) if seed is None else seed
    dice = random.Random(seed)
    inputs = corpus(home is not None) or [(b"", b'{"jsonrpc":"2.0","id":1,"method":"ping"}')]
    print(f"mutations: {count} of {len(inputs)} inputs, seed {seed}", flush=True)
    desk = home.make() if home else place
    begin, sent = time.monotonic(), 0
    batch = []
    try:
        if home:
            # Changed requests use ids again and again: no record tells which answer belongs to which.
            desk.may_record = False
            desk.start()
            # As they were first, so that the things exist that they are about.
            for start in range(0, len(inputs), BATCH):
                _batch(desk, inputs[start:start + BATCH])
        pid = _pid(desk)
        while sent < count:
            batch = [mutate(dice, dice.choice(inputs)) for _ in range(min(BATCH, count - sent))]
            sent += len(batch)
            _batch(desk, batch)
            if _pid(desk) != pid:
                raise Failure("the kernel is another process")
    except (Failure, OSError) as failure:
        print(f"mutations: NOT BORNE after {sent}, seed {seed}: {failure}")
        for frames in batch:
            print("  " + " | ".join(frame[:600].hex() for frame in frames))
        if home:
            print(desk.log[-2000:])
        return True
    finally:
        desk.close()
    print(f"mutations: {sent} borne in {time.monotonic() - begin:.0f} s")
    return False


def _pid(desk):
    line = desk.line()
    try:
        line.call("ping")
        return line.call("kernel.health")["pid"]
    finally:
        line.close()


def _batch(desk, batch):
    """Sends a batch on one connection of its own, some of it up the events connection."""
    line = desk.line(quiet=True)
    bus = desk.bus([], kind=zmq.XSUB) if isinstance(desk, Endpoint) is False or desk.events else None
    try:
        for frames in batch:
            line.socket.send_multipart(list(frames))
            if bus and len(frames[-1]) < 2000:
                bus.socket.send_multipart([frame[:1000] for frame in frames[-2:]])
        # What was sent has arrived once this is answered; a connection that was refused or dropped does not answer it.
        line.socket.send_multipart([b"", b'{"jsonrpc":"2.0","id":"end","method":"ping"}'])
        end = time.monotonic() + 5
        while line.socket.poll(max(0, (end - time.monotonic()) * 1000)):
            if b'"end"' in line.socket.recv_multipart()[-1]:
                break
    finally:
        line.close()
        if bus:
            bus.close()


# How an input is changed


def mutate(dice, frames):
    """A changed copy of a message."""
    frames = [bytes(frame) for frame in frames]
    if dice.random() < 0.12:
        return _frames(dice, frames)
    if dice.random() < 0.6:
        changed = _json(dice, frames[-1])
        if changed is not None:
            frames[-1] = changed
            return frames
    for _ in range(dice.randint(1, 4)):
        frames[-1] = _bytes(dice, frames[-1])
    return frames


def _frames(dice, frames):
    """Changes the number and order of the frames."""
    kind = dice.randrange(6)
    if kind == 0:
        return frames[::-1]
    if kind == 1:
        return frames[1:] or [b""]
    if kind == 2:
        return frames + [dice.randbytes(dice.randrange(40))]
    if kind == 3:
        return [dice.randbytes(dice.randint(1, 5)), *frames[1:]]
    if kind == 4:
        return [b"", *frames]
    cut = dice.randrange(len(frames[-1]) + 1)
    return [*frames[:-1], frames[-1][:cut], frames[-1][cut:]]


def _bytes(dice, body):
    """Flips, cuts, repeats, puts in or takes away bytes."""
    if not body:
        return dice.randbytes(dice.randrange(20))
    place, length = dice.randrange(len(body)), dice.randint(1, 16)
    kind = dice.randrange(7)
    if kind == 0:
        return body[:place] + bytes([body[place] ^ 1 << dice.randrange(8)]) + body[place + 1:]
    if kind == 1:
        return body[:place]
    if kind == 2:
        return body[:place] + body[place + length:]
    if kind == 3:
        return body[:place] + body[place:place + length] * dice.randint(2, 50) + body[place + length:]
    if kind == 4:
        return body[:place] + dice.randbytes(length) + body[place:]
    if kind == 5:
        return body[:place] + dice.choice((b'"', b"{", b"[", b"\\", b"\x00", b"\xff", b"}", b",", b":", b"1e9")) + body[place:]
    return body[:place] + dice.choice((b"[", b'{"a":')) * dice.choice((60, 64, 70, 2000)) + body[place:]


def _json(dice, body):
    """Changes one value somewhere in a JSON text; nothing where it is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    holders = list(_holders(value))
    if not holders:
        return None
    holder = dice.choice(holders)
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    key = dice.choice(keys)
    kind = dice.randrange(5)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = dice.choice(VALUES)
    elif kind == 2 and isinstance(holder, dict):
        holder[str(key) + dice.choice(("x", "_", "\u0000", " "))] = holder.pop(key)
    elif kind == 3 and isinstance(holder[key], str):
        holder[key] = holder[key] * dice.choice((2, 100)) if dice.random() < 0.5 else holder[key][:-1]
    else:
        holder[key] = [holder[key]] * dice.choice((1, 3, 60))
    return json.dumps(value).encode()


def _holders(value):
    """Every object and array that holds something."""
    if isinstance(value, (dict, list)) and value:
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)
