"""The rules of the package, without any kernel."""
from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import opora
import pytest
from opora import Client, NoKernel, _rejections
from opora._event import read_event
from opora._following import Following
from opora._position import Position, Step
from opora._reading import place
from opora._settings import Settings, SettingsProblems
from opora._wire import Header
from opora.events import TICKET_CREATED

PACKAGE = Path(opora.__file__).parent
FOLDER = PACKAGE.parent


def test_the_header_is_as_the_specification_has_it() -> None:
    golden = bytes.fromhex("4F500100 00000001 0000000000000397 0000000000000393 000660D53B47C238")
    header = Header(epoch=1, seq=919, prev=915, time_us=1795318799123000, flags=0)
    assert header.encode() == golden and Header.decode(golden) == header
    assert Header.decode(golden[:-1]) is None and Header.decode(b"XX" + golden[2:]) is None
    assert Header(1, 0, 0, 0, 3).is_control and Header(1, 5, 4, 0, 2).is_resent


@pytest.mark.parametrize(("stream", "header", "step"), [
    (None, (1, 11, 3), Step.NEXT), (None, (1, 12, 3), Step.GAP), (None, (1, 10, 3), Step.OLD),
    (None, (2, 11, 3), Step.OTHER_LOG), ("ticket", (1, 15, 9), Step.NEXT), ("ticket", (1, 15, 10), Step.NEXT),
    ("ticket", (1, 15, 12), Step.GAP), ("ticket", (1, 9, 2), Step.OLD),
])
def test_what_a_message_is_to_a_tail(stream: str | None, header: tuple[int, int, int], step: Step) -> None:
    epoch, seq, prev = header
    assert Position(stream, 1, 10).event(Header(epoch, seq, prev, 0, 0)) is step


@pytest.mark.parametrize(("stream", "body", "step"), [
    (None, {"epoch": 1, "head_seq": 10}, Step.OLD), (None, {"epoch": 1, "head_seq": 11}, Step.GAP),
    ("ticket", {"epoch": 1, "head_seq": 99, "heads": {"ticket": 10}}, Step.OLD),
    ("ticket", {"epoch": 1, "head_seq": 99, "heads": {"ticket": 11}}, Step.GAP), (None, {"epoch": 2}, Step.OTHER_LOG),
])
def test_what_a_heartbeat_says(stream: str | None, body: dict[str, object], step: Step) -> None:
    assert Position(stream, 1, 10).heartbeat(body) is step


def test_an_event_is_read_from_its_body() -> None:
    event = read_event(919, 7, {
        "id": "log.919", "type": "opora.ticket.created.v1", "subject": "ticket/T-7", "time": "2026-11-22T03:39:59.123Z",
        "recordedtime": "2026-11-22T03:40:00.000Z", "logepoch": "2", "actor": "user/U-7", "via": "owner", "imported": True,
        "data": {"ticket": "T-7", "priority": "high"}})
    assert (event.type, event.stream, event.entity, event.ticket, event.version) == ("ticket.created", "ticket", "T-7", "T-7", 1)
    assert event.epoch == 2 and event.is_imported and event.at.microsecond == 123_000
    assert TICKET_CREATED.matches(event) and event.data["priority"] == "high"
    assert read_event(1, 0, {"type": "x.billing.invoiced.v2", "subject": "plugin/billing"}).type == "x.billing.invoiced"


def test_every_error_of_the_registry_has_a_class() -> None:
    known = {(kind.number, word): kind.may_succeed_later for word, kind in _rejections.BY_WORD.items()}
    for error in json.loads((FOLDER.parent / "errors.json").read_text())["errors"]:
        if error["data_code"] in ("bad_envelope", "batch_too_large"):
            continue
        assert known[error["code"], error["data_code"]] == error["retryable"], error


def test_no_kernel_is_an_error_at_once(tmp_path: Path) -> None:
    with Client(tmp_path) as client, pytest.raises(NoKernel):
        client.ping(timeout=60)


def test_where_a_consumer_begins() -> None:
    assert place("now") == {"from": "now"} and place(7) == {"after_seq": 7} and place({"at": "x"}) == {"at": "x"}
    assert place(read_event(1, 0, {"time": "2026-11-22T06:39:59.123+03:00"}).at) == {"at": "2026-11-22T03:39:59.123Z"}


def test_settings_are_read_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "plugin.toml"
    file.write_text('[http]\nport = 1\nhost = "here"\n[priorities]\ncritical = "high"\n')
    settings = Settings.read(file, environment={"OPORA_HTTP_HOST": "there"}, flags=["http.port=2", "priorities.info=low"])
    assert settings.number("http.port", 0, 0, 10) == 2 and settings.text("http.host", "") == "there"
    assert settings.table("priorities", {"critical": "urgent"}) == {"critical": "high", "info": "low"}
    settings.finish()
    wrong = Settings.read(file, environment={}, flags=["nonsense", "a=b"])
    assert wrong.number("http.port", 5, 2, 10) == 5
    with pytest.raises(SettingsProblems) as found:
        wrong.finish()
    assert len(found.value.problems) == 5


def test_the_generated_files_are_what_the_schemas_say() -> None:
    subprocess.run([sys.executable, FOLDER / "generate.py", "--check"], check=True)


def test_the_package_imports_nothing_but_itself_and_pyzmq() -> None:
    allowed = {"zmq", "opora", *sys.stdlib_module_names}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.append(node.module)
            assert {name.split(".")[0] for name in names} <= allowed, file


def test_examples_are_short() -> None:
    for file in (FOLDER / "examples").glob("*.py"):
        assert len(file.read_text().splitlines()) < 40, file


def test_types_are_right() -> None:
    pytest.importorskip("mypy")
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


VECTORS = FOLDER.parent / "vectors" / "frames"


@pytest.mark.parametrize("case", json.loads((VECTORS / "headers.json").read_text())["cases"], ids=lambda case: case["name"])
def test_headers_as_in_the_vectors(case: dict[str, Any]) -> None:
    header = Header.decode(bytes.fromhex(case["hex"]))
    assert (header and header._asdict()) == case["fields"]


@pytest.mark.parametrize("case", json.loads((VECTORS / "events.json").read_text())["cases"], ids=lambda case: case["name"])
def test_messages_of_the_bus_as_in_the_vectors(case: dict[str, Any]) -> None:
    """Each is taken as the next event, passed over, or has the log read; none breaks the tail."""
    following = Following([], [], None, lambda: None)
    wanted = case["decoded"] or {}
    header = wanted.get("header") or {"seq": 0, "epoch": 1}
    begun = following.begin()
    next(begun)
    with pytest.raises(StopIteration):
        begun.send({"head_seq": max(0, header["seq"] - 1), "epoch": header["epoch"]})
    step = following._step([bytes.fromhex(frame) for frame in case["frames"]])
    assert (step is Step.NEXT) == bool(header["seq"])
    if header["seq"]:
        event = following._ready.popleft()
        assert event.body == wanted["body"] and event.seq == header["seq"]
