"""The kernel is killed again and again under load, with all four plugins at work."""
import collections
import os
import random
import threading
import uuid

import zmq

from conftest import CallFailed, Client, until

KILLS = 20
CLIENTS = 4


class Load(threading.Thread):
    """Creates tickets, assigns them, solves every fifth; repeats each command with its key until it is answered."""

    def __init__(self, desk, number, stop):
        super().__init__(daemon=True)
        self.desk, self.number, self.stopping = desk, number, stop
        self.acknowledged = {}
        self.calls = 0

    def run(self):
        self.context = zmq.Context()
        self.client = None
        while not self.stopping.is_set():
            key = f"{self.number}-{uuid.uuid4().hex}"
            ticket = self.command("ticket.create", key, subject=key, text="x", requester="U-2", group="G-1")["ticket"]["id"]
            self.command("ticket.assign", key, ticket=ticket, assignee="U-3")
            if len(self.acknowledged) % 5 == 4:
                self.command("ticket.solve", key, ticket=ticket)
            self.acknowledged[key] = ticket
        if self.client:
            self.client.close()
        self.context.destroy(0)

    def command(self, method, key, **params):
        while True:
            try:
                if self.client is None:
                    self.client = Client(self.context, self.desk.discovery["endpoints"]["rpc"][0])
                self.calls += 1
                return self.client.call(method, _patience=1, _meta={"idempotency_key": key}, **params)
            except CallFailed as refused:
                assert refused.error["data"]["retryable"], refused
            except (TimeoutError, OSError, ValueError):
                if self.client:
                    self.client.close()
                self.client = None


def mails(desk):
    return [file.read_text(errors="replace") for file in (desk.folder / "mail").glob("*.eml")]


def test_twenty_kills(empty_desk):
    desk = empty_desk.start()
    client = desk.client()
    client.call("user.create", name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
    client.call("user.create", name="Anna", email="anna@example.org")
    client.call("user.create", name="Boris", email="boris@example.org", roles=["agent"])
    client.call("group.create", name="Support", lead="U-1", members=["U-1"])
    client.call("calendar.create", name="Always", zone="UTC", always_open=True)
    # A ticket breaches one second after it was made, unless it is solved by then.
    client.call("policy.create", name="Hasty", calendar="C-1", targets={"normal": {"resolution": 1000}}, warnings=[])
    desk.plugin("notifier", f"smtp.folder={desk.folder / 'mail'}", "smtp.from=Opora <help@example.org>")
    desk.plugin("escalator", "on_breach=raise_priority,note", "untouched.minutes=0")
    desk.plugin("feedback", "http.port=0", "ask_every_days=0", "base_url=http://desk.example")
    desk.plugin("reporter")
    desk.wait_for_plugins("notifier", "escalator", "feedback", "reporter")

    stop = threading.Event()
    loads = [Load(desk, number, stop) for number in range(CLIENTS)]
    for load in loads:
        load.start()
    dice = random.Random(seed := int.from_bytes(os.urandom(4), "big"))
    print("seed", seed)
    killed = 0
    for _ in range(KILLS):
        threading.Event().wait(dice.uniform(0.05, 0.5))
        desk.kill()
        killed += 1
        desk.start()
    stop.set()
    for load in loads:
        load.join(60)
        assert not load.is_alive()
    assert killed == KILLS
    acknowledged = {key: ticket for load in loads for key, ticket in load.acknowledged.items()}
    assert len(acknowledged) >= 40, "too little load to say anything"

    # Every acknowledged command is there exactly once, and the log has no hole.
    client = desk.client()
    log = desk.log(client)
    created = [e for e in log if e["event"]["type"] == "opora.ticket.created.v1"]
    subjects = collections.Counter()
    cursor = None
    while True:
        page = client.call("ticket.list", limit=200, **({"cursor": cursor} if cursor else {}))
        subjects.update(item["subject"] for item in page["items"])
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert set(subjects.values()) == {1}
    assert set(acknowledged) <= set(subjects) and len(created) == len(subjects)
    for key, ticket in acknowledged.items():
        assert client.call("ticket.get", ticket=ticket)["ticket"]["subject"] == key
    assigned = collections.Counter(e["event"]["subject"] for e in log if e["event"]["type"] == "opora.ticket.assigned.v1")
    assert set(assigned.values()) == {1}

    # Each plugin's effects are complete and not doubled.
    def settle():
        """All plugins have read everything, and their own doing has come to rest."""
        head = client.call("kernel.health")["head_seq"]
        for name in ("notifier", "escalator", "feedback", "reporter"):
            desk.wait_for_consumer(name)
        health = {s["name"]: s["health"] for s in client.call("kernel.health")["sessions"]}
        queued = [health.get("notifier", {}).get("queued", 1), health.get("escalator", {}).get("pending", 1)]
        return client.call("kernel.health")["head_seq"] == head and not any(queued)

    until(lambda: len(breaches := breached_tickets(desk, client)) and settle() and breaches == breached_tickets(desk, client), "rest")
    breached = breached_tickets(desk, client)
    notes = notes_by_ticket(desk, client)
    solved = solved_tickets(desk, client)
    until(lambda: settle() and len(letters(desk, "boris", "T-")) >= len(assigned), "the notifier's mail")
    for ticket in breached:
        if ticket not in solved:
            assert notes[ticket] == 1, f"{ticket}: {notes[ticket]} notes"
    assert set(notes) <= breached and set(notes.values()) <= {1}
    told = collections.Counter(letters(desk, "boris", "Assigned to you"))
    assert set(told) == {subject.split("/")[1] for subject in assigned}
    assert set(told.values()) == {1}
    until(lambda: len(letters(desk, "anna", "http://desk.example")) >= len(solved), "the surveys")
    asked = collections.Counter(letters(desk, "anna", "http://desk.example"))
    assert set(asked) == {subject.split("/")[1] for subject in solved} and set(asked.values()) == {1}
    metrics = client.call("x.reporter.metrics", **{"from": "2020-01-01", "to": "2100-01-01", "zone": "UTC"})
    assert metrics["created"] == len(created) and metrics["solved"] == len(solved)


def breached_tickets(desk, client):
    return {e["event"]["subject"] for e in desk.log(client) if e["event"]["type"] == "opora.sla.breached.v1"}


def solved_tickets(desk, client):
    return {
        e["event"]["subject"] for e in desk.log(client)
        if e["event"]["type"] == "opora.ticket.status_changed.v1" and e["event"]["data"]["after"]["status"] == "solved"}


def notes_by_ticket(desk, client):
    return collections.Counter(
        "ticket/" + e["event"]["data"]["ticket"] for e in desk.log(client)
        if e["event"]["type"] == "opora.message.added.v1" and e["event"]["data"]["visibility"] == "internal")


def letters(desk, person, about):
    """The tickets of the mails to a person that hold a text."""
    import email
    import email.policy

    found = []
    for text in mails(desk):
        letter = email.message_from_string(text, policy=email.policy.default)
        if person in letter["To"] and about in f"{letter['Subject']}\n{letter.get_content()}":
            found.append(letter["X-Opora-Ticket"])
    return found


def test_a_killed_plugin_is_followed_at_once(desk):
    """The lease of a plugin that was killed does not outlive it by half a minute."""
    import time

    desk.plugin("reporter")
    desk.wait_for_plugins("reporter")
    desk.wait_for_consumer("reporter")
    desk.stop_plugin("reporter", how=9)
    desk.plugin("reporter")
    start = time.monotonic()
    client = desk.client()
    client.call("user.create", name="Somebody")

    def is_held_anew():
        sessions = [s for s in client.call("kernel.health")["sessions"] if s["name"] == "reporter"]
        holder = client.call("consumer.info", name="reporter")["consumer"].get("holder", "")
        return len(sessions) == 1 and holder == f"owner/reporter/{desk.plugins['reporter'].pid}"

    until(is_held_anew, "the new instance")
    assert time.monotonic() - start < 12
