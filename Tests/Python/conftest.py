"""Real kernels and plugins in folders of their own, for the tests of the whole system."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import pytest
import zmq

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("OPORA_BIN") or ROOT / ".build" / "debug")
INCIDENTS = ROOT.parent / "shared" / "data" / "servicenow-incidents.csv"

#: Seconds after which anything that is waited for counts as never coming.
PATIENCE = 60


def until(condition, what, patience=PATIENCE):
    """Waits until the condition gives something true, and gives that."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"{what} did not come within {patience} s"
        time.sleep(0.02)


class CallFailed(Exception):
    """The kernel said no."""

    def __init__(self, error):
        super().__init__(f"{error['data']['code']}: {error['message']}")
        self.error = error
        self.code = error["data"]["code"]


def key_pair():
    """A new CURVE pair, as `opora key new` writes it into a file."""
    public, secret = zmq.curve_keypair()
    return {"public_key": public.decode(), "secret_key": secret.decode()}


def prove(socket, keys, server_key):
    """Lets a socket prove a key, before it connects."""
    socket.curve_publickey = keys["public_key"].encode()
    socket.curve_secretkey = keys["secret_key"].encode()
    socket.curve_serverkey = server_key.encode()


class Client:
    """A connection to `rpc`: one call at a time, or frames as they are."""

    def __init__(self, context, endpoint, keys=None, server_key=None):
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = 0
        if keys:
            prove(self.socket, keys, server_key)
        self.socket.connect(endpoint)
        self.last = 0

    def frames(self, *frames, patience=10):
        self.socket.send_multipart(list(frames))
        return self.receive(patience)

    def receive(self, patience=10):
        if not self.socket.poll(patience * 1000):
            raise TimeoutError("no answer")
        return json.loads(self.socket.recv_multipart()[1])

    def send(self, method, params=None):
        self.last += 1
        request = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params or {}}
        self.socket.send_multipart([b"", json.dumps(request).encode()])
        return self.last

    def call(self, method, _patience=10, **params):
        number = self.send(method, params)
        while True:
            answer = self.receive(_patience)
            if answer.get("id") == number:
                break
        if "error" in answer:
            raise CallFailed(answer["error"])
        return answer["result"]

    def close(self):
        self.socket.close()


class Desk:
    """A kernel process on a folder of its own, and plugins beside it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.run = self.folder / "run"
        self.data = self.folder / "data"
        self.context = zmq.Context()
        self.kernel = None
        self.plugins = {}
        self.clients = []

    @property
    def discovery(self):
        return json.loads((self.run / "kernel.json").read_text())

    def start(self, *arguments):
        log = open(self.folder / "oporad.log", "a")
        self.kernel = subprocess.Popen(
            [BIN / "oporad", "--data-dir", self.data, "--run-dir", self.run, *arguments], stderr=log, stdout=log)
        until(lambda: self.is_announced() or self.kernel.poll() is not None, "the kernel")
        assert self.kernel.poll() is None, (self.folder / "oporad.log").read_text()
        return self

    def is_announced(self):
        try:
            return self.discovery["pid"] == self.kernel.pid
        except (OSError, ValueError):
            return False

    def kill(self):
        self.kernel.kill()
        self.kernel.wait()

    def stop(self):
        if self.kernel and self.kernel.poll() is None:
            self.kernel.terminate()
            assert self.kernel.wait(PATIENCE) == 0

    def client(self, keys=None, endpoint=None):
        """A connection to `rpc`, known by our uid or by a key."""
        found = self.discovery
        curve = found["curve"]
        endpoint = endpoint or (curve if keys else found)["endpoints"]["rpc"][0]
        client = Client(self.context, endpoint, keys, curve["public_key"])
        self.clients.append(client)
        return client

    def subscriber(self, *prefixes, keys=None, endpoint=None, kind=zmq.SUB):
        """A connection to `events`, known by our uid or by a key."""
        found = self.discovery
        curve = found["curve"]
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.sndhwm = 0
        if keys:
            prove(socket, keys, curve["public_key"])
        for prefix in prefixes:
            socket.subscribe(prefix)
        socket.connect(endpoint or (curve if keys else found)["endpoints"]["events"][0])
        return socket

    def start_plugin(self, name, *arguments):
        log = open(self.folder / f"{name}.log", "a")
        return subprocess.Popen(
            [BIN / name, "--run-dir", self.run, "--data-dir", self.folder / name, *arguments], stderr=log, stdout=log)

    def plugin(self, name, *settings):
        self.plugins[name] = self.start_plugin(name, *(word for setting in settings for word in ("--set", setting)))
        return self.plugins[name]

    def wait_for_plugins(self, *names):
        client = self.client()
        until(lambda: set(names) <= {s["name"] for s in client.call("kernel.health")["sessions"]}, f"plugins {names}")

    def wait_for_consumer(self, name):
        """Waits until a consumer has nothing left to read."""
        client = self.client()

        def is_done():
            found = [c for c in client.call("kernel.health")["consumers"] if c["name"] == name]
            return found and found[0]["lag"] == 0

        until(is_done, f"{name} catching up")

    def stop_plugin(self, name, how=signal.SIGTERM):
        process = self.plugins.pop(name)
        process.send_signal(how)
        return process.wait(PATIENCE)

    def opora(self, *arguments, check=True, language="en"):
        """Runs the command line; gives what it printed."""
        done = subprocess.run(
            [BIN / "opora", *arguments, "--run-dir", self.run, "--lang", language], capture_output=True, text=True,
            timeout=300, check=False)
        if check:
            assert done.returncode == 0, done.stderr
        return done

    def furnish(self, client):
        """An agent behind the owner, a requester, a group, an always open calendar, a policy."""
        client.call("user.create", name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
        client.call("user.create", name="Anna", email="anna@example.org")
        client.call("group.create", name="Support", lead="U-1", members=["U-1"])
        client.call("calendar.create", name="Always", zone="UTC", always_open=True)
        client.call(
            "policy.create", name="Standard", calendar="C-1",
            targets={"normal": {"first_response": 3_600_000, "resolution": 14_400_000}})

    def log(self, client):
        """All events in the log, checked: no hole, no disorder."""
        events, after = [], 0
        while True:
            page = client.call("events.read", after_seq=after, limit=500)
            if not page["events"]:
                break
            events += page["events"]
            after = page["next_after_seq"]
        assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
        return events

    def close(self):
        for process in self.plugins.values():
            process.terminate()
        for process in self.plugins.values():
            process.wait(PATIENCE)
        for client in self.clients:
            client.close()
        if self.kernel and self.kernel.poll() is None:
            self.kernel.terminate()
            self.kernel.wait(PATIENCE)
        self.context.destroy(0)


@pytest.fixture
def empty_desk():
    """A desk whose kernel is not started yet."""
    # Paths of sockets are short by nature: not below pytest's long folder names.
    folder = tempfile.mkdtemp(prefix="opora-")
    desk = Desk(folder)
    yield desk
    desk.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def desk(empty_desk):
    """A desk with a running kernel."""
    return empty_desk.start()


@pytest.fixture
def incidents():
    """The real incident log, where it lies beside the repository."""
    if not INCIDENTS.exists():
        pytest.skip(f"the incident log is not at {INCIDENTS.parent.name}/{INCIDENTS.name} beside the repository")
    return INCIDENTS
