"""What is done to tickets besides answering, through the command line; and the check of a database."""
import json
import sqlite3

import pytest


@pytest.fixture
def furnished(desk):
    client = desk.client()
    desk.furnish(client)
    for number in range(3):
        client.call("ticket.create", subject=f"Printer {number}", text="It is on strike", requester="U-2")
    return desk, client


def answer(desk, *arguments):
    return json.loads(desk.opora(*arguments, "--json").stdout)


def test_the_desk_decides(furnished):
    desk, client = furnished
    answer(desk, "desk", "status", "create", "at_vendor", "on_hold", "--reason", "vendor", "--en", "At the vendor", "--ru", "У поставщика")
    assert "At the vendor" in desk.opora("desk", "status", "list").stdout
    assert "У поставщика" in desk.opora("desk", "status", "list", language="ru").stdout
    answer(desk, "desk", "field", "create", "cause", "choice", "--choice", "disk", "user", "--required-to-solve")
    assert "disk, user" in desk.opora("desk", "field", "list").stdout
    shown = answer(desk, "desk", "set", "--stuck-days", "3", "--transition", "at_vendor=open")
    assert shown["desk"]["stuck_days"] == 3 and shown["desk"]["transitions"] == {"at_vendor": ["open"]}
    assert "at_vendor" in desk.opora("ticket", "status", "1", "at_vendor").stdout
    refused = desk.opora("ticket", "solve", "1", check=False)
    assert refused.returncode == 1 and "it may go to open" in refused.stderr
    desk.opora("ticket", "status", "1", "open")
    assert "can't be solved without cause" in desk.opora("ticket", "solve", "1", check=False).stderr
    desk.opora("ticket", "field", "1", "cause=disk")
    desk.opora("ticket", "solve", "1")
    assert client.call("ticket.get", ticket="T-1")["ticket"]["status"] == "solved"


def test_work_on_tickets(furnished):
    desk, client = furnished
    assert desk.opora("ticket", "tag", "1", "VIP", "возврат").stdout == "T-1: vip, возврат\n"
    assert desk.opora("ticket", "tag", "1", "vip", "--remove").stdout == "T-1: возврат\n"
    desk.opora("ticket", "type", "1", "problem")
    desk.opora("ticket", "follow", "1", "--user", "2")
    desk.opora("ticket", "claim", "1", "--minutes", "5")
    desk.opora("ticket", "hand-over", "1", "--tier", "2", "--tried", "a cable", "--needed", "a look at the card")
    desk.opora("ticket", "link", "1", "problem_of", "2")
    desk.opora("ticket", "link", "1", "blocks", "3")
    links = desk.opora("ticket", "links", "1").stdout
    assert "problem of" in links and "blocks" in links and "Printer 2" in links
    assert "T-2" in desk.opora("ticket", "solve", "1").stderr, "the open incidents of a problem"
    desk.opora("ticket", "reopen", "1")
    desk.opora("ticket", "wait", "3", "+2h", "--reason", "vendor")
    desk.opora("ticket", "merge", "3", "2")
    assert len(client.call("message.list", ticket="T-2")["items"]) == 2
    desk.opora("ticket", "unmerge", "3")
    again = client.call("ticket.get", ticket="T-3")["ticket"]
    assert (again["status"], again["status_reason"]) == ("pending", "vendor") and "merged_into" not in again
    message = client.call("ticket.note", ticket="T-2", text="Please restart it")["message"]["id"]
    assert "public now" in desk.opora("ticket", "publish-note", message).stdout
    split = answer(desk, "ticket", "split", "2", message, "--subject", "Another matter")
    assert split["ticket"]["subject"] == "Another matter" and split["from"]["id"] == "T-2"
    desk.opora("ticket", "delete", "4")
    assert "Another matter" not in desk.opora("ticket", "list", "--all").stdout
    assert "Another matter" in desk.opora("ticket", "list", "--deleted").stdout
    desk.opora("ticket", "restore", "4")
    for language in ("en", "ru"):
        history = desk.opora("ticket", "history", "1", language=language).stdout
        assert "{" not in history, "every event has a sentence"
    assert "Nothing was forgotten" in desk.opora("ticket", "stuck").stderr


def test_a_database_is_looked_through(furnished):
    desk, client = furnished
    client.call("ticket.merge", ticket="T-1", into="T-2")
    found = answer(desk, "verify", "--dir", str(desk.folder))
    assert found["problems"] == [] and found["tickets"] == 3 and found["messages"] == 3
    assert "All is well" in desk.opora("verify", "--dir", str(desk.folder)).stdout
    desk.stop()
    with sqlite3.connect(desk.data / "opora.db") as database:
        database.execute("UPDATE ticket SET priority = 'urgent' WHERE id = 2")
    done = desk.opora("verify", "--dir", str(desk.folder), check=False)
    assert done.returncode == 65 and 'T-2: priority is "urgent", the log says "normal"' in done.stdout
