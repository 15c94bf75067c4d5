"""Notes every new ticket, once, and writes down every ticket event, in order: python3 stranger.py RUN_DIR FILE. Needs pyzmq."""
import json
import pathlib
import struct
import sys
import time

import zmq

run, journal = map(pathlib.Path, sys.argv[1:3])
lines = journal.read_text().split("\n")[:-1] if journal.exists() else []
history, epoch, last = (*lines[-1].split()[:2], int(lines[-1].split()[2])) if lines else (None, None, 0)
context = zmq.Context()
context.linger, context.rcvtimeo = 0, 5000


def call(method, **params):
    rpc.send_json({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    answer = rpc.recv_json()
    if "error" in answer:
        raise (OSError if answer["error"]["data"]["retryable"] else SystemExit)(f"{method}: {answer['error']['message']}")
    return answer["result"]


def handle(seq, event):
    global last
    if event["type"] == "opora.ticket.created.v1" and not event.get("imported"):
        meta = {"idempotency_key": f"stranger:{epoch}:{seq}:0", "causation": event["id"]}
        call("ticket.note", ticket=event["data"]["ticket"], text="Seen by a stranger.", _meta=meta)
    with journal.open("a") as file:
        file.write(f"{history} {epoch} {seq} {event['type']} {event['subject']}\n")
    last = seq


def catch_up():
    page = {"next_after_seq": last, "head_seq": last + 1}
    while page["next_after_seq"] < page["head_seq"]:
        page = call("events.read", after_seq=page["next_after_seq"], epoch=int(epoch), streams=["ticket"], limit=500)
        for item in page["events"]:
            handle(item["seq"], item["event"])


while True:
    try:
        found = json.loads((run / "kernel.json").read_text())
        assert history in (None, found["log_id"]), "this is another desk than before"
        history, epoch = found["log_id"], epoch or str(found["epoch"])
        with context.socket(zmq.SUB) as bus, context.socket(zmq.REQ) as rpc:
            bus.subscribe(b"$hb/"), bus.subscribe(b"ticket.")
            bus.connect(found["endpoints"]["events"][0]), rpc.connect(found["endpoints"]["rpc"][0])
            while True:
                topic, header, body = bus.recv_multipart()[:3]
                seq, prev = struct.unpack(">QQ", header[8:24])
                if topic == b"$hb/" and json.loads(body)["heads"]["ticket"] > last or seq > last != prev:
                    catch_up()
                elif seq > last:
                    handle(seq, json.loads(body))
    except (OSError, ValueError, zmq.ZMQError):
        time.sleep(0.2)
