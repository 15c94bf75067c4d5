"""A kernel of its own, in a folder of its own, and what it is asked."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import zmq

from . import places

USERS, AGENTS, GROUPS = 1000, 50, 20
PATIENCE = 120


class CallFailed(Exception):
    """The kernel said no."""


class Desk:
    """A kernel on a data folder. Its sockets lie in a short path, as sockets must."""

    def __init__(self, data, *arguments, environment=None):
        self.data = pathlib.Path(data)
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="opora-bench-"))
        self.log = self.data.with_suffix(".log")
        self.context = zmq.Context()
        self.last = 0
        before = time.monotonic()
        self.process = subprocess.Popen(
            [places.KERNEL / "oporad", "--data-dir", self.data, "--run-dir", self.run, "--set", "log.level=warning", *arguments],
            stderr=open(self.log, "a"), env={**os.environ, **(environment or {})})
        while not self.is_announced():
            if self.process.poll() is not None or time.monotonic() - before > PATIENCE:
                raise RuntimeError(f"oporad does not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.002)
        #: Seconds from the start of the process to its announcement.
        self.ready_seconds = time.monotonic() - before
        self.rpc, self.events = (self.found["endpoints"][name][0] for name in ("rpc", "events"))
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(self.rpc)

    def is_announced(self):
        try:
            self.found = json.loads((self.run / "kernel.json").read_text())
            return self.found["pid"] == self.process.pid
        except (OSError, ValueError):
            return False

    def send(self, method, **params):
        self.last += 1
        request = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}
        self.socket.send_multipart([b"", json.dumps(request).encode()])
        return self.last

    def receive(self):
        if not self.socket.poll(PATIENCE * 1000):
            raise TimeoutError(f"no answer within {PATIENCE} s")
        answer = json.loads(self.socket.recv_multipart()[1])
        if "error" in answer:
            raise CallFailed(answer["error"])
        return answer

    def call(self, method, **params):
        number = self.send(method, **params)
        while True:
            answer = self.receive()
            if answer["id"] == number:
                return answer["result"]

    def memory_mb(self):
        """Resident memory now, and the most there was, MiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith(("VmRSS", "VmHWM"))}
        return found["VmRSS"], found["VmHWM"]

    def cpu_seconds(self):
        """Processor time that the kernel has used."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def database_bytes(self):
        return sum(file.stat().st_size for file in self.data.iterdir() if file.is_file())

    def end(self, how=signal.SIGTERM):
        self.socket.close()
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.context.destroy(0)
        shutil.rmtree(self.run, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()


def furnish(desk):
    """People, groups, a calendar and a policy, so that each ticket has a requester, a group and two SLA targets."""
    for number in range(1, USERS + 1):
        agent = {"roles": ["admin", "agent"]} if number <= AGENTS else {}
        owner = {"identity": "owner"} if number == 1 else {}
        desk.send("user.create", name=f"Person {number}", email=f"person{number}@example.org", **agent, **owner)
    for number in range(1, GROUPS + 1):
        desk.send("group.create", name=f"Group {number}", members=["U-1", f"U-{number + 1}"])
    for _ in range(USERS + GROUPS):
        desk.receive()
    hours = [["09:00", "13:00"], ["14:00", "18:00"]]
    week = {day: hours for day in ("mon", "tue", "wed", "thu", "fri")}
    desk.call("calendar.create", name="Office", zone="Europe/Berlin", hours=week)
    hour = 3_600_000
    budgets = {"low": (24, 96), "normal": (8, 40), "high": (4, 16), "urgent": (2, 8)}
    targets = {name: {"first_response": first * hour, "resolution": last * hour} for name, (first, last) in budgets.items()}
    desk.call("policy.create", name="Standard", calendar="C-1", targets=targets)


def template():
    """The data folder of a furnished desk without tickets; each measurement begins with a copy of it."""
    folder = places.WORK / "template"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Desk(folder) as desk:
        furnish(desk)
    return folder


def copy(folder, name):
    """A copy of a data folder under another name."""
    target = places.WORK / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target


def database(folder):
    """The SQLite file of a data folder that holds the tickets; others beside it, such as the search index, are made from it."""
    for file in sorted(pathlib.Path(folder).iterdir()):
        if file.is_file() and file.open("rb").read(15) == b"SQLite format 3":
            connection = sqlite3.connect(file)
            try:
                if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'ticket'").fetchone():
                    return file
            finally:
                connection.close()
    raise RuntimeError(f"{folder} has no database")
