"""A plugin that was written from the protocol pages alone: it needs nothing of ours, and misses and repeats nothing."""
import json
import random
import signal
import subprocess
import sys
import threading

import pytest
import zmq

from conftest import ROOT, until

PROGRAM = ROOT / "docs" / "examples" / "stranger.py"


class LossyRelay(threading.Thread):
    """Stands between the bus and a subscriber; loses messages and repeats others, always the same ones for a seed."""

    def __init__(self, desk):
        super().__init__(daemon=True)
        self.desk, self.chance = desk, random.Random(7)
        self.folder = desk.folder / "relay"
        self.folder.mkdir()
        self.lost = self.repeated = 0
        #: Lose every event, not just some.
        self.is_deaf = False
        self.events = desk.context.socket(zmq.SUB)
        self.bus = desk.context.socket(zmq.PUB)
        for socket in (self.events, self.bus):
            socket.linger = 0
        self.events.subscribe(b"")
        self.events.connect(desk.discovery["endpoints"]["events"][0])
        self.bus.bind(f"ipc://{self.folder}/events.sock")
        self.stopping = threading.Event()

    def announce(self):
        """A kernel.json that names the kernel's `rpc` and the relay's bus."""
        found = self.desk.discovery
        found["endpoints"]["events"] = [f"ipc://{self.folder}/events.sock"]
        new = self.folder / "kernel.json.new"
        new.write_text(json.dumps(found))
        new.rename(self.folder / "kernel.json")

    def run(self):
        while not self.stopping.is_set():
            if not self.events.poll(100):
                continue
            message = self.events.recv_multipart()
            is_event = message[0].startswith(b"ticket.")
            fate = self.chance.random()
            if is_event and (fate < 0.4 or self.is_deaf):
                self.lost += 1
                continue
            self.bus.send_multipart(message)
            if is_event and fate > 0.8:
                self.repeated += 1
                self.bus.send_multipart(message)
        self.events.close()
        self.bus.close()

    def close(self):
        self.stopping.set()
        self.join()


@pytest.fixture
def relay(desk):
    relay = LossyRelay(desk)
    relay.announce()
    relay.start()
    yield relay
    relay.close()


@pytest.fixture
def stranger(desk, relay):
    """Starts the program, as often as asked; ends the last one."""
    running = []

    def start():
        running.append(subprocess.Popen([sys.executable, PROGRAM, relay.folder, desk.folder / "journal"]))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def journal(desk):
    """The positions that the stranger wrote down."""
    file = desk.folder / "journal"
    return [int(line.split()[2]) for line in file.read_text().splitlines()] if file.exists() else []


def forget_the_last_ticket(desk):
    """Leaves the journal as it is when the program dies after it noted a ticket, and before it wrote that down."""
    lines = (desk.folder / "journal").read_text().splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if "opora.ticket.created.v1" in line)
    (desk.folder / "journal").write_text("".join(lines[:last]))


def tickets(client, count):
    """Creates tickets and moves each of them twice."""
    for number in range(count):
        ticket = client.call("ticket.create", subject=f"n{number}", requester="U-2")["ticket"]["id"]
        client.call("ticket.set_priority", ticket=ticket, priority="high")
        client.call("ticket.solve", ticket=ticket)


def truth(desk, client):
    """The positions of all ticket events in the log, in order."""
    return [item["seq"] for item in desk.log(client) if item["event"]["type"].startswith("opora.ticket.")]


def test_each_event_once_and_in_order_whatever_is_lost(desk, relay, stranger):
    client = desk.client()
    desk.furnish(client)
    # Some are there before it comes.
    tickets(client, 5)
    process = stranger()
    tickets(client, 20)
    until(lambda: len(journal(desk)) > 10, "the stranger")
    process.kill()
    process.wait()
    forget_the_last_ticket(desk)
    process = stranger()
    tickets(client, 20)
    # The kernel dies; what was on its way on the bus is gone.
    desk.kill()
    desk.start()
    relay.announce()
    client = desk.client()
    # The first of these come before anybody is connected again.
    tickets(client, 20)
    # The stranger sleeps and wakes up.
    process.send_signal(signal.SIGSTOP)
    tickets(client, 20)
    process.send_signal(signal.SIGCONT)
    # Nothing of the last ones comes through: only a heartbeat tells of them.
    relay.is_deaf = True
    tickets(client, 5)
    expected = truth(desk, client)
    assert len(expected) == 90 * 3
    until(lambda: len(journal(desk)) >= len(expected), "the last event")
    assert journal(desk) == expected
    assert process.poll() is None
    assert relay.lost > 20 and relay.repeated > 10
    # What it did to the desk happened once, too.
    for number in range(1, 91):
        notes = client.call("message.list", ticket=f"T-{number}", visibility="internal")["items"]
        assert [note["text"] for note in notes] == ["Seen by a stranger."], number


def test_the_program_is_short_and_needs_nothing_of_ours():
    text = PROGRAM.read_text()
    assert len(text.splitlines()) < 60
    imports = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imports <= {"zmq"} | set(sys.stdlib_module_names)


def test_the_guide_shows_the_program_that_is_run():
    guide = (ROOT / "docs" / "plugins-from-scratch.md").read_text()
    assert f"```python\n{PROGRAM.read_text()}```" in guide


def test_the_first_example_of_the_protocol(desk):
    """protocol/README.md: run as it stands."""
    code = (ROOT / "protocol" / "README.md").read_text().split("```python\n")[1].split("```")[0]
    (desk.folder / ".opora").symlink_to(desk.folder)
    done = subprocess.run([sys.executable, "-c", code], cwd=desk.folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "T-1 new" in done.stdout and "ticket.created/T-1 {'ticket': 'T-1'" in done.stdout
