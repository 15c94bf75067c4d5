"""Search with a real kernel: any form of a word, what is marked, a kill in the middle, the command line."""
import random
import threading

from conftest import until

WORDS = ["принтер", "сканер", "пароль", "printer", "invoice", "network", "доступ", "ошибка", "refund", "экран"]


def caught_up(client):
    """Waits until the index has all of the log."""
    until(lambda: client.call("search.status")["behind_events"] == 0, "the search index")


def found(client, query, **params):
    return [hit["ticket"]["id"] for hit in client.call("ticket.search", query=query, **params)["items"]]


def test_forms_and_filters(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="Принтеры не печатают", text="Горит красная лампа", requester="U-2", priority="high")
    client.call("ticket.create", subject="Printer offline", text="see ORA-00942", requester="U-2", tags=["vip"])
    client.call("ticket.note", ticket="T-2", text="between us: he did not pay")
    caught_up(client)
    assert found(client, "принтер") == ["T-1"] and found(client, "printers") == ["T-2"]
    assert found(client, "лампу priority:high") == ["T-1"] and found(client, "лампу priority:low") == []
    assert found(client, "ora-00942 tag:vip") == ["T-2"]
    assert found(client, "pay") == ["T-2"] and found(client, "pay", visibility="public") == []


def test_killed_in_the_middle(desk):
    """However often the kernel is killed while it indexes, every message is found once in the end."""
    client = desk.client()
    desk.furnish(client)
    dice = random.Random(20261122)
    written = {}
    for kill in range(8):
        client = desk.client()
        for number in range(150):
            word = dice.choice(WORDS)
            ticket = client.call("ticket.create", subject=f"{word} {kill}", text=f"{word} mark{kill}x{number}", requester="U-2")
            written[ticket["ticket"]["id"]] = (word, f"mark{kill}x{number}")
        if kill % 3 == 2:
            client.call("search.rebuild")
        threading.Event().wait(dice.uniform(0, 0.15))
        desk.kill()
        desk.start()
    client = desk.client()
    caught_up(client)
    until(lambda: client.call("search.status")["state"] == "ready", "the index")
    status = client.call("search.status")
    assert status["documents"] == len(written)
    for ticket, (word, mark) in dice.sample(sorted(written.items()), 60):
        assert found(client, mark) == [ticket]
    for word in WORDS:
        expected = {ticket for ticket, (other, _) in written.items() if other == word}
        seen, cursor = [], None
        while True:
            page = client.call("ticket.search", query=word, limit=200, **({"cursor": cursor} if cursor else {}))
            seen += [hit["ticket"]["id"] for hit in page["items"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
        assert len(seen) == len(set(seen)) and set(seen) == expected


def test_index_of_another_desk_is_not_believed(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="Alpha", requester="U-2")
    caught_up(client)
    desk.stop()
    for file in (desk.data / "search").glob("index-*"):
        file.write_bytes(b"no database at all" * 400)
    desk.start()
    client = desk.client()
    until(lambda: client.call("search.status")["state"] == "ready", "a new index")
    caught_up(client)
    assert found(client, "alpha") == ["T-1"]


def test_command_line(desk):
    client = desk.client()
    desk.furnish(client)
    client.call("ticket.create", subject="Принтеры не печатают", text="Горит красная лампа", requester="U-2")
    client.call("ticket.create", subject="Printer offline", text="Restarting did not help", requester="U-2")
    caught_up(client)
    lines = desk.opora("search", "красную", "лампу").stdout.splitlines()
    assert lines[0].startswith("T-1  new  Принтеры не печатают") and lines[1].strip() == "Горит красная лампа"
    assert desk.opora("search", "printer", "-restarting").stdout == ""
    assert "Ничего не найдено" in desk.opora("search", "nowhere", language="ru").stderr
    refused = desk.opora("search", "x", "status:lost", check=False)
    assert refused.returncode == 1 and "must be new, open" in refused.stderr
    assert "ready" in desk.opora("index", "status").stdout
    desk.opora("index", "rebuild")
    until(lambda: client.call("search.status")["state"] == "ready", "the index")
    assert '"match":true' in desk.opora("search", "offline", "--json").stdout.replace(" ", "")
