"""Group N: files, and a desk as a file."""
import base64
import hashlib

from conformance.case import case

PDF = b"%PDF-1.7\nnot much of a document\n"


def announce(line, data, name="a.pdf", kind="application/pdf", **more):
    return line.call(
        "attachment.begin", name=name, media_type=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest(), **more)


def send(line, data, **more):
    """Announces, sends and ends a file; its id."""
    ident = announce(line, data, **more)["attachment"]["id"]
    line.call("attachment.put", attachment=ident, offset=0, data=base64.b64encode(data).decode())
    line.call("attachment.finish", attachment=ident)
    return ident


def unique(t, size=0):
    """A PDF that no other case has, of at least so many bytes."""
    data = PDF + t.word().encode()
    return data + b"x" * max(0, size - len(data))


@case("N01", "a file is sent in pieces, goes on where it was left, and comes back as it was", "16.1", "16.3", "16.7")
def pieces(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    data = unique(t, 1000)
    begun = announce(line, data)
    ident = begun["attachment"]["id"]
    t.equal(begun["received"], 0, "received")
    half = base64.b64encode(data[:500]).decode()
    t.equal(line.call("attachment.put", attachment=ident, offset=0, data=half), {"received": 500}, "the answer")
    t.equal(line.call("attachment.put", attachment=ident, offset=0, data=half), {"received": 500}, "the answer to a repeat")
    line.refuse("attachment.put", "validation_failed", attachment=ident, offset=501, data=half)
    line.refuse("attachment.put", "invalid_params", attachment=ident, offset=500, data="a===")
    line.refuse("attachment.finish", "validation_failed", attachment=ident)
    again = announce(line, data)
    t.equal((again["attachment"]["id"], again["received"]), (ident, 500), "the same file, announced again")
    line.refuse("ticket.reply", "validation_failed", ticket=ticket, text="too early", attachments=[ident])
    rest = base64.b64encode(data[500:]).decode()
    line.refuse("attachment.put", "validation_failed", attachment=ident, offset=500, data=base64.b64encode(data).decode())
    line.call("attachment.put", attachment=ident, offset=500, data=rest)
    t.equal(line.call("attachment.finish", attachment=ident)["attachment"]["state"], "ready", "state")
    line.call("attachment.finish", attachment=ident)
    message = line.call("ticket.reply", ticket=ticket, text="see the file", attachments=[ident])["message"]
    t.equal([one["id"] for one in message["attachments"]], [ident], "the message's attachments")
    line.refuse("ticket.note", "validation_failed", ticket=ticket, text="once more", attachments=[ident])
    got, offset = b"", 0
    while offset is not None:
        piece = line.call("attachment.get", attachment=ident, offset=offset, length=300)
        got, offset = got + base64.b64decode(piece["data"]), piece["next_offset"]
    t.equal(got, data, "the bytes")
    event = [item["event"] for item in t.read(line, 0, types=["message.added"]) if item["event"]["data"].get("attachments")]
    t.equal(event[-1]["data"]["attachments"], [ident], "the event's attachments")


@case("N02", "a file without a message is its sender's alone, and a digest gives nothing", "16.2", world="main")
def possession(t):
    mine, other = t.line(), t.line("plug")
    ticket = t.ticket(mine)["id"]
    data = unique(t)
    ident = send(mine, data)
    other.refuse("attachment.get", "not_found", {"kind": "attachment"}, attachment=ident)
    other.refuse("attachment.finish", "not_found", attachment=ident)
    other.refuse("ticket.note", "not_found", ticket=ticket, text="not mine", attachments=[ident])
    begun = announce(other, data)
    t.equal(begun["received"], 0, "what another sender has sent of the same bytes")
    other.refuse("attachment.finish", "validation_failed", attachment=begun["attachment"]["id"])
    mine.refuse("attachment.get", "not_found", attachment="A-999999999")


@case("N03", "what is refused", "16.4", "16.5", "16.1")
def refused(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    data = unique(t)
    sha = hashlib.sha256(data).hexdigest()
    good = {"name": "a.pdf", "media_type": "application/pdf", "size": len(data), "sha256": sha}
    for change in ({"name": "a.exe"}, {"name": "../a.pdf"}, {"media_type": "PDF"}, {"media_type": "application/x-msdownload"},
                   {"size": 2 ** 40}):
        line.refuse("attachment.begin", "validation_failed", **{**good, **change})
    line.refuse("attachment.begin", "invalid_params", **{**good, "sha256": sha.upper()})
    line.refuse("attachment.begin", "invalid_params", **{**good, "size": 0})
    for kind, content, announced in (
            ("image/png", data, data), ("application/pdf", data, data[:-1] + b"y"), ("text/plain", b"MZ\x90\0", b"MZ\x90\0")):
        begun = announce(line, announced, kind=kind, name="x.bin")["attachment"]["id"]
        line.call("attachment.put", attachment=begun, offset=0, data=base64.b64encode(content).decode())
        line.refuse("attachment.finish", "validation_failed", attachment=begun)
        t.equal(announce(line, announced, kind=kind, name="x.bin")["received"], 0, "what is kept of a file that was no such")
    line.refuse("ticket.create", "invalid_params", subject="x", attachments=["A-1"])
    line.refuse("ticket.note", "invalid_params", ticket=ticket, text="x", attachments=["A-1", "A-1"])


@case("N04", "a file that no message takes is forgotten after a day", "16.6", world="clock")
def forgotten(t):
    line = t.line()
    ticket = t.ticket(line)["id"]
    taken, loose = send(line, unique(t)), send(line, unique(t))
    line.call("ticket.note", ticket=ticket, text="with a file", attachments=[taken])
    line.call("conformance.advance", ms=86_500_000)
    t.until(lambda: "error" in line.answer(line.send("attachment.get", attachment=loose)), "the file's end", wait=30)
    line.call("attachment.get", attachment=taken)
