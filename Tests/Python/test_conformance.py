"""The conformance runner itself: it compares rightly, and a kernel that lies does not pass."""
import json
import pathlib
import random
import sys
import threading
from xml.etree import ElementTree

import pytest
import zmq

PROTOCOL = pathlib.Path(__file__).resolve().parents[2] / "protocol"
sys.path.insert(0, str(PROTOCOL))

from conformance import cli, coverage, match, mutate, spec  # noqa: E402
from conformance.case import CASES  # noqa: E402


@pytest.mark.parametrize(
    "value, pattern, fits",
    [
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"a": 1, "b": 2}, {"$exact": True, "a": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"a": "1"}, False),
        ({"a": None}, {"a": match.ABSENT}, False),
        ({}, {"a": match.ABSENT}, True),
        ({}, {"a": None}, False),
        ([1, 2], [1], False),
        ([2, 1], match.has(1, 2), True),
        ("T-10", match.ident("T"), True),
        ("T-010", match.ident("T"), False),
        ("2026-11-22T03:39:59.123Z", match.WHEN, True),
        ("2026-11-22T03:39:59Z", match.WHEN, False),
        (True, match.INT, False),
        (1.0, {"$is": "number"}, True),
        ("x", match.one("y", {"$re": "^x$"}), True),
        (3, match.least(4), False),
    ],
)
def test_patterns(value, pattern, fits):
    assert (not match.differences(value, pattern)) == fits


class Liar(threading.Thread):
    """Answers everything with the same wrong result."""

    def __init__(self, endpoint):
        super().__init__(daemon=True)
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.ROUTER)
        self.socket.linger = 0
        self.socket.bind(endpoint)
        self.ending = threading.Event()

    def run(self):
        while not self.ending.is_set():
            if not self.socket.poll(50):
                continue
            frames = self.socket.recv_multipart()
            try:
                number = json.loads(frames[-1]).get("id")
            except (ValueError, AttributeError):
                number = None
            answer = {"jsonrpc": "2.0", "id": number, "result": {"methods": [], "pong": False, "head_seq": 0}}
            self.socket.send_multipart([frames[0], b"", json.dumps(answer).encode()])
        self.context.destroy(0)


def test_a_kernel_that_lies_fails(tmp_path, capsys):
    endpoint = f"ipc://{tmp_path}/liar.sock"
    liar = Liar(endpoint)
    liar.start()
    try:
        status = cli.main(
            ["--against", endpoint, "--case", "K01,K05,F02,C01", "--tap", f"{tmp_path}/tap", "--junit", f"{tmp_path}/junit.xml"])
    finally:
        liar.ending.set()
        liar.join()
    assert status == 1
    tap = (tmp_path / "tap").read_text()
    assert tap.startswith("TAP version 14\n1..4\n") and tap.count("\nnot ok ") == 4
    suites = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert sum(int(suite.get("failures")) for suite in suites) == 4
    told = capsys.readouterr().out
    assert "paragraph **2.12**" in told and "K01" in told and "pong" in told


def test_every_case_cites_what_is_there_and_every_paragraph_has_a_case():
    cli.load()
    assert coverage.wrong_citations(CASES.values()) == []
    cited = {number for case in CASES.values() for number in case.cites}
    assert [number for number in spec.binding() if number not in cited] == []


def test_mutations_come_again_with_their_seed():
    frames = (b"", b'{"jsonrpc":"2.0","id":1,"method":"ticket.list","params":{"limit":5,"status":["open"]}}')

    def some(seed):
        dice = random.Random(seed)
        return [mutate.mutate(dice, frames) for _ in range(200)]

    assert some(1) == some(1) != some(2)
    assert sum(changed != list(frames) for changed in some(1)) > 190
