"""Searching."""
import time

from conformance.case import case
from conformance.match import INT


def found(t, line, seq, **params):
    """The hits of a search, once the index has the log up to `seq`."""
    end = time.monotonic() + 20
    while True:
        page = line.call("ticket.search", **params)
        if page["indexed_seq"] >= seq:
            return page
        t.equal(time.monotonic() < end, True, "the index follows within 20 s")
        time.sleep(0.05)


def only(t):
    """A word that no other case has written."""
    return "q" + "".join(c for c in t.word("only") if c.isalnum())


def ids(page):
    return [hit["ticket"]["id"] for hit in page["items"]]


@case("Y01", "words in any form, phrases, beginnings, what is left out", "17.1", "17.2", "17.3", "17.4", "17.7", "17.8")
def words(t):
    line, people, tag = t.line(), t.people(), only(t)
    first = line.call("ticket.create", subject=f"Принтеры {tag} замолчали", text="Ошибка ORA-00942, лампы горят", requester=people.requester)
    second = line.call("ticket.create", subject=f"Printers {tag} offline", text="They stopped printing: see a.b@example.org",
        requester=people.requester, external_id=f"ext{tag}")
    seq = second["_meta"]["seq"]
    one, two = first["ticket"]["id"], second["ticket"]["id"]
    for query, expected in [
        (f"{tag} принтер", [one]), (f"{tag} лампа", [one]), (f"{tag} \"лампы горят\"", [one]), (f"{tag} ORA-00942", [one]),
        (f"{tag} 00942", [one]), (f"{tag} printer", [two]), (f"{tag} stop", [two]), (f"{tag} -принтер", [two]),
        (f"{tag} example.org", [two]), (f"{tag} a.b@example.org", [two]), (f"{tag} prin*", [two]), (f"subject:{tag} text:лампы", [one]),
        (two, [two]), (f"ext{tag}", [two]),
    ]:
        t.equal(ids(found(t, line, seq, query=query)), expected, query)
    page = found(t, line, seq, query=f"{tag} лампа")
    t.equal(page["is_relaxed"], False, "every word is there")
    hit = page["items"][0]
    t.equal([part["text"] for part in hit["snippet"] if part.get("match")], ["лампы"], "marked")
    t.equal(hit["message"], first["message"]["id"], "the message")
    relaxed = found(t, line, seq, query=f"{tag} nowhere{tag}")
    t.equal((relaxed["is_relaxed"], sorted(ids(relaxed))), (True, sorted([one, two])), "some of the words")


@case("Y02", "filters hold, and what makes no sense is refused", "17.5", "17.9")
def filters(t):
    line, people, tag = t.line(), t.people(), only(t)
    tickets = []
    for priority in ["low", "high", "urgent"]:
        made = line.call("ticket.create", subject=f"Filter {tag}", priority=priority, requester=people.requester, group=people.group)
        tickets.append(made["ticket"]["id"])
    seq = made["_meta"]["seq"]
    low, high, urgent = tickets
    for params, expected in [
        ({"query": f"{tag} priority:high,urgent"}, [high, urgent]), ({"query": tag, "priority": "low"}, [low]),
        ({"query": f"{tag} group:none"}, []), ({"query": tag, "group": people.group}, tickets),
        ({"query": tag, "status": ["new"], "type": None}, tickets), ({"query": f"{tag} created:>2100-01-01"}, []),
        ({"query": tag, "created_from": "2000-01-01T00:00:00Z", "updated_before": "2100-01-01T00:00:00Z"}, tickets),
        ({"query": tag, "requester": people.agent}, []), ({"query": tag, "visibility": "internal"}, []),
        ({"query": f"{tag} status:new channel:api requester:{people.requester}"}, tickets), ({"query": tag, "tag": "nobody"}, []),
    ]:
        t.equal(sorted(ids(found(t, line, seq, **params))), sorted(expected), str(params))
    for query in ["", "-x", "status:lost x", "group:7 x", "ab*", "created:soon x", "x " * 17, "assignee:me x", "-status:new x"]:
        error = line.refuse("ticket.search", "validation_failed", query=query)
        t.equal(error["details"][0]["path"], "/query", query)
    first = found(t, line, seq, query=tag, limit=2)
    second = line.call("ticket.search", query=tag, limit=2, cursor=first["next_cursor"])
    t.equal(sorted(ids(first) + ids(second)), sorted(tickets), "both pages")
    t.equal(second["next_cursor"], None, "the end")
    line.refuse("ticket.search", "invalid_cursor", query=tag + " x", cursor=first["next_cursor"])


@case("Y03", "the index is told of and made anew", "17.8", "17.10", world="main")
def rebuild(t):
    line, people, tag = t.line(), t.people(), only(t)
    made = line.call("ticket.create", subject=f"Rebuild {tag}", requester=people.requester)
    t.check(line.call("search.status"), {"indexed_seq": INT, "head_seq": INT, "behind_events": INT, "documents": INT, "bytes": INT})
    t.equal(line.call("search.rebuild")["state"], "building", "state")
    t.equal(ids(found(t, line, made["_meta"]["seq"], query=tag)), [made["ticket"]["id"]], "found")


@case("Y04", "an internal note is found by who may read it", "17.6")
def notes(t):
    line, people, tag = t.line(), t.people(), only(t)
    ticket = line.call("ticket.create", subject="Quiet", text="hello", requester=people.requester)["ticket"]["id"]
    noted = line.call("ticket.note", ticket=ticket, text=f"between us {tag}")
    seq = noted["_meta"]["seq"]
    t.equal(ids(found(t, line, seq, query=tag)), [ticket], "for who may read it")
    t.equal(ids(found(t, line, seq, query=tag, visibility="public")), [], "as public")


@case("Y05", "without an index a search is refused", "17.10", world="own")
def without(t):
    t.own({"search": False})
    line = t.line()
    line.refuse("ticket.search", "unavailable", query="anything")
    line.refuse("search.status", "unavailable")
