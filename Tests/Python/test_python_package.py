"""The Python package on a real kernel: the same scenarios as on its fake one, so that the two are known to behave alike."""
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile

import pytest
import zmq

from conftest import ROOT, until

PACKAGE = ROOT / "protocol" / "python"
sys.path[:0] = [str(PACKAGE), str(PACKAGE / "tests")]

pytest.register_assert_rewrite("scenarios_client", "scenarios_consumer", "scenarios_plugin", "scenarios_tail")

import scenarios_client  # noqa: E402
import scenarios_consumer  # noqa: E402
import scenarios_plugin  # noqa: E402
import scenarios_tail  # noqa: E402

from opora import (  # noqa: E402
    Client,
    Forbidden,
    Misconfigured,
    Refused,
    RemoteKernel,
    RunFolder,
    Tail,
    Unauthenticated,
    VersionConflict,
    Vetoed,
)
from opora.testing import RunningPlugin  # noqa: E402


class RealSubject:
    """A kernel of the project, as the scenarios direct it."""

    def __init__(self, desk):
        self.desk = desk
        self.location = RunFolder(desk.run)
        self.desk.start("--conformance")
        with self.client() as client:
            client.user.create(name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")

    def client(self):
        return Client(location=self.location)

    def tickets(self, count):
        with self.client() as client:
            return [client.ticket.create(subject=f"Ticket {number}")["_meta"]["seq"] for number in range(count)]

    def noise(self, count):
        with self.client() as client:
            for number in range(count):
                client.organization.create(name=f"Organization {number}")

    def crash(self):
        self.desk.kill()

    def stop(self):
        self.desk.stop()

    def start(self):
        self.desk.start("--conformance")

    def new_epoch(self):
        self.desk.stop()
        self.desk.start("--conformance", "--new-epoch")

    def advance(self, milliseconds):
        with self.client() as client:
            client.call("conformance.advance", {"ms": milliseconds})


@pytest.fixture
def subject(empty_desk):
    return RealSubject(empty_desk)


ALL = [
    *scenarios_client.SCENARIOS, *scenarios_consumer.SCENARIOS, *scenarios_plugin.SCENARIOS, *scenarios_tail.SCENARIOS,
]


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.__name__)
def test_as_on_the_fake_kernel(scenario, subject):
    scenario(subject)


def test_hooks_of_a_plugin(subject):
    with subject.client() as client, RunningPlugin(scenarios_plugin.Echo, subject.location):
        until(lambda: scenarios_plugin.sessions(client), "the plugin")
        with pytest.raises(Vetoed) as vetoed:
            client.ticket.create(subject="spam and eggs")
        assert (vetoed.value.plugin, vetoed.value.veto_code, vetoed.value.reason) == ("echo", "spam", "We do not take spam.")
        assert client.ticket.create(subject="a fire")["ticket"]["priority"] == "urgent"
        assert client.ticket.create(subject="a cup of tea")["ticket"]["priority"] == "normal"


def test_pages_go_through_a_list(subject):
    subject.tickets(7)
    with subject.client() as client:
        assert [ticket["id"] for ticket in client.pages("ticket.list", {"limit": 3, "sort": "id"})] == [
            f"T-{number}" for number in range(1, 8)]
        ticket = client.ticket.get(ticket="T-1", expand=["requester"])
        assert ticket["included"][ticket["ticket"]["requester"]]["name"] == "Admin"
        with pytest.raises(VersionConflict) as conflict:
            client.ticket.solve(ticket="T-1", expected_version=7)
        assert conflict.value.current_version == 1
        assert client.ticket.assign(ticket="T-1", assignee="U-1")["ticket"]["assignee"] == "U-1"
        assert "assignee" not in client.ticket.assign(ticket="T-1", assignee=None)["ticket"]


CONFIG = """
identities:
  - {{name: greeter, key: "{greeter}", roles: [plugin]}}
  - {{name: shop, key: "{shop}", roles: [shop]}}
roles:
  shop:
    methods: [ticket.*, events.read, ping]
    streams: [ticket]
"""


@pytest.fixture
def keyed(empty_desk):
    """A desk that knows two identities by their keys."""
    public = {}
    for name in ("greeter", "shop", "stranger"):
        pair = [key.decode() for key in zmq.curve_keypair()]
        public[name] = pair[0]
        (empty_desk.folder / f"{name}.json").write_text(json.dumps({"public_key": pair[0], "secret_key": pair[1]}))
    config = empty_desk.folder / "kernel.yaml"
    config.write_text(CONFIG.format(**public))
    return empty_desk.start("--config", config)


def test_who_has_a_key_is_known_by_it(keyed):
    with Client(keyed.run, key_file=keyed.folder / "shop.json") as client:
        assert client.ping()["pong"]
        with pytest.raises(Forbidden):
            client.user.list()
    with Client(keyed.run, key_file=keyed.folder / "stranger.json") as client, pytest.raises(Refused):
        client.ping()
    with Client(keyed.run, key_file=keyed.folder / "nowhere.json") as client, pytest.raises(Misconfigured):
        client.ping()
    other = keyed.discovery["curve"]["endpoints"]
    wrong = zmq.curve_keypair()[0].decode()
    location = RemoteKernel(other["rpc"][0], other["events"][0], wrong, keyed.folder / "shop.json")
    with Client(location=location) as client, pytest.raises(Refused):
        client.ping()


def test_a_tail_of_somebody_who_may_not_see_all_reads_the_log(keyed):
    with Client(keyed.run) as owner, Client(keyed.run, key_file=keyed.folder / "shop.json") as client:
        owner.user.create(name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
        with Tail(client) as tail:
            for number in range(2):
                owner.ticket.create(subject="Seen")
                owner.organization.create(name=f"Unseen {number}")
                event = tail.next()
                assert event.type == "ticket.created" and event.entity == f"T-{number + 1}"


def run_example(desk, name, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "OPORA_RUN_DIR": str(desk.run)}
    return subprocess.Popen(
        [sys.executable, "-u", PACKAGE / "examples" / f"{name}.py", *arguments], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_example_that_follows_a_ticket(desk):
    desk.furnish(desk.client())
    process = run_example(desk, "follow_ticket", "It hums")
    assert process.stdout.readline() == "T-1 created\n"
    with Client(desk.run) as client:
        client.ticket.set_priority(ticket="T-1", priority="high")
        client.ticket.solve(ticket="T-1")
    # Not `communicate`: it would pass over what `readline` has taken already.
    assert [line.split()[2] for line in process.stdout] == [
        "ticket.created", "ticket.priority_changed", "ticket.status_changed"]
    assert process.wait(30) == 0, process.stderr.read()


def test_the_example_that_prints_what_happens(desk):
    desk.furnish(desk.client())
    process = run_example(desk, "live_tail", "ticket")
    assert process.stdout.readline().startswith("following after")
    with Client(desk.run) as client:
        client.ticket.create(subject="It hums", requester="U-2")
    assert "ticket.created T-1" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.stdout.read() == "stopped\n" and process.wait(30) == 0


def test_the_example_of_a_plugin(keyed):
    with Client(keyed.run) as client:
        client.user.create(name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
        process = run_example(
            keyed, "greeter", "--key", keyed.folder / "greeter.json", "--data-dir", keyed.folder / "greeter",
            "--set", "greeting=Welcome")
        until(lambda: client.kernel.health()["sessions"], "the greeter")
        client.ticket.create(subject="It hums")
        until(lambda: client.call("x.greeter.count")["greeted"] == 1, "the greeting")
        [note] = client.message.list(ticket="T-1")["items"]
        assert (note["text"], note["visibility"], note["author_kind"]) == ("Welcome, U-1!", "internal", "bot")
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0, log
        lines = [json.loads(line) for line in log.splitlines()]
        assert {line["service"] for line in lines} == {"greeter"}
        assert [line["message"] for line in lines] == ["started", "greeted the kernel", "stopping", "stopped"]
        assert not client.kernel.health()["sessions"]


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (["--set", "greting=x"], 78, "greting: there is no such setting"),
    (["--run-dir", "nowhere"], 69, "no kernel runs at nowhere"),
    (["--config", "nowhere.toml"], 78, "the file can't be read"),
    (["--key", "nowhere.json"], 69, "holds no CURVE keys"),
])
def test_a_plugin_that_can_not_start_says_why(desk, arguments, code, words):
    process = run_example(desk, "greeter", "--data-dir", desk.folder / "greeter", *arguments)
    _, error = process.communicate(timeout=30)
    assert process.returncode == code and words in error


def test_a_wheel_can_be_built(tmp_path):
    pytest.importorskip("setuptools")
    pytest.importorskip("wheel")
    source = tmp_path / "source"
    shutil.copytree(PACKAGE, source)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", tmp_path, source],
        check=True, timeout=120)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"opora/py.typed", "opora/_methods.py", "opora/testing/__init__.py"} <= set(names)


def test_over_tcp_and_with_a_key_that_is_revoked(empty_desk):
    desk = empty_desk.start("--set", "tcp.rpc=tcp://127.0.0.1:*", "--set", "tcp.events=tcp://127.0.0.1:*")
    public, secret = (key.decode() for key in zmq.curve_keypair())
    (desk.folder / "shop.json").write_text(json.dumps({"public_key": public, "secret_key": secret}))
    with Client(desk.run) as owner:
        owner.user.create(name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
        owner.key.create(name="shop", public_key=public, roles=["plugin"])
        curve = desk.discovery["curve"]
        rpc, events = (
            next(address for address in curve["endpoints"][name] if address.startswith("tcp:")) for name in ("rpc", "events"))
        location = RemoteKernel(rpc, events, curve["public_key"], desk.folder / "shop.json")
        with Client(location=location) as client, Tail(client, streams=["ticket"]) as tail:
            found = client.auth.whoami()
            assert (found["identity"]["name"], found["via"]) == ("shop", "key")
            owner.ticket.create(subject="It hums")
            assert tail.next().type == "ticket.created"
            owner.key.revoke(name="shop")
            with pytest.raises(Unauthenticated):
                client.ticket.list()
            # The bus is cut, and the log is refused.
            with pytest.raises((Unauthenticated, Refused)):
                for _ in tail:
                    pass
