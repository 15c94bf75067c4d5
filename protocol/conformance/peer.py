"""A peer under another uid: `python -m conformance.peer UID GID ENDPOINT EVENTS`. Prints what it got as JSON.

It gives up its rights before it connects, so it has to be started as root.
"""
import json
import os
import sys

import zmq


def main():
    uid, gid, rpc, events = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    context = zmq.Context()
    line, bus = context.socket(zmq.DEALER), context.socket(zmq.SUB)
    for socket in (line, bus):
        socket.linger = 0
    bus.subscribe(b"$")
    line.connect(rpc)
    bus.connect(events)
    line.send_multipart([b"", b'{"jsonrpc":"2.0","id":1,"method":"session.hello","params":{"manifest":{"name":"neighbour"}}}'])
    wait = int(sys.argv[5])
    answer = json.loads(line.recv_multipart()[1]) if line.poll(wait) else None
    heard = bus.recv_multipart()[0].decode() if bus.poll(wait) else None
    print(json.dumps({"answer": answer, "heard": heard}))
    context.destroy(0)


if __name__ == "__main__":
    main()
