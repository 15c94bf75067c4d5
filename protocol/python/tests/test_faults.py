"""What a fake kernel does wrong when it is asked to, and what clients make of it."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opora
import pytest
from opora import Client, Consumer, Forbidden, LogTruncated, NoAnswer, Tail, Unauthenticated, Unavailable
from opora.plugin import HookCall, Plugin, Veto, hook
from opora.testing import FakeKernel, RunningPlugin


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel(heartbeat=0.1) as kernel:
        kernel.method("ticket.note", lambda params: {"ticket": {"id": params["ticket"]}})
        yield kernel


def test_events_that_the_bus_drops_or_doubles_are_given_once(kernel: FakeKernel) -> None:
    with Client(kernel.run_dir) as client, Tail(client) as tail:
        kernel.drop_events(2)
        kernel.duplicate_events(2)
        seqs = [kernel.emit("ticket.created", f"ticket/T-{number}", ticket=f"T-{number}") for number in range(1, 6)]
        assert [event.seq for event in (tail.next() for _ in seqs) if event] == seqs
        kernel.drop_events(1)
        last = kernel.emit("message.added", "message/M-1")
        event = tail.next()
        assert event is not None and event.seq == last


def test_a_command_whose_answer_is_lost_is_done_once(kernel: FakeKernel) -> None:
    with Client(kernel.run_dir, timeout=0.2) as client:
        kernel.lose_answers("ticket.note")
        with pytest.raises(NoAnswer):
            client.ticket.note(ticket="T-1", text="hello", idempotency_key="k")
        answer = client.ticket.note(ticket="T-1", text="hello", idempotency_key="k")
        assert answer["_meta"]["replayed"]


def test_a_kernel_that_is_full_is_tried_again_under_the_same_key(kernel: FakeKernel) -> None:
    with Client(kernel.run_dir) as client:
        kernel.fail("ticket.note", Unavailable("full"), Unavailable("full", data={"retry_after_ms": 20}))
        assert client.ticket.note(ticket="T-1", text="hello")["ticket"]["id"] == "T-1"
        keys = [call.key for call in kernel.calls("ticket.note")]
        assert len(keys) == 3 and len(set(keys)) == 1 and keys[0]


def test_a_late_answer_is_waited_for_or_not(kernel: FakeKernel) -> None:
    with Client(kernel.run_dir) as client:
        kernel.delay_answers("ping", 0.3, 2)
        assert client.ping()["pong"]
        with pytest.raises(NoAnswer):
            client.ping(timeout=0.1)
        assert client.ping()["pong"]


def test_a_revoked_identity_is_told_so(kernel: FakeKernel) -> None:
    with Client(kernel.run_dir) as client:
        assert client.ping()["pong"]
        kernel.revoke()
        with pytest.raises(Unauthenticated):
            client.ping()


def test_rights(kernel: FakeKernel) -> None:
    kernel.deny("ticket.*")
    with Client(kernel.run_dir) as client, pytest.raises(Forbidden):
        client.ticket.note(ticket="T-1", text="hello")


def test_a_truncated_log(kernel: FakeKernel) -> None:
    for number in range(5):
        kernel.emit("ticket.created", f"ticket/T-{number}")
    kernel.truncate(4)
    with Client(kernel.run_dir) as client:
        with pytest.raises(LogTruncated) as refused:
            client.events.read(after_seq=1)
        assert refused.value.data["first_seq"] == 4
        with Consumer(client, "late", start="beginning") as consumer:
            assert [event.seq for event in next(consumer)] == [4, 5]
        with Tail(client) as tail:
            assert tail.place.seq == 5


def test_hooks_are_asked(kernel: FakeKernel) -> None:
    class Guard(Plugin):
        name = "guard"

        @hook("ticket.before_create", timeout_ms=200)
        def check(self, call: HookCall) -> dict[str, Any] | None:
            if call.proposed["subject"] == "spam":
                raise Veto("spam", "We do not take spam.")
            self.client.events.read(after_seq=0)
            return {"priority": "urgent"} if call.proposed["subject"] == "fire" else None

    with RunningPlugin(Guard, kernel.location):
        kernel.wait_for(lambda: kernel.sessions)
        ask = kernel.ask_hook
        assert ask("ticket.before_create", {"subject": "spam"}) == {
            "action": "veto", "code": "spam", "reason": "We do not take spam."}
        assert ask("ticket.before_create", {"subject": "fire"}) == {"action": "patch", "patch": {"priority": "urgent"}}
        assert ask("ticket.before_create", {"subject": "tea"}, call_id="h-7") == {"action": "continue"}
        assert kernel.calls("events.read")[-1].meta["hook_id"] == "h-7"


def test_a_function_may_say_no_and_make_events(kernel: FakeKernel) -> None:
    @kernel.method("ticket.solve")
    def solve(params: dict[str, Any]) -> dict[str, Any]:
        if params["ticket"] != "T-1":
            raise Forbidden("not yours")
        kernel.emit("ticket.status_changed", "ticket/T-1", ticket="T-1")
        return {"ticket": {"id": "T-1", "status": "solved"}}

    with Client(kernel.run_dir) as client:
        assert client.ticket.solve(ticket="T-1")["_meta"]["seq"] == kernel.head == 1
        with pytest.raises(Forbidden):
            client.ticket.solve(ticket="T-2")


def test_the_plugin_of_the_readme() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (Path(opora.__file__).parents[1] / "README.md").read_text(), re.S)
    names: dict[str, Any] = {"__name__": "readme"}
    for block in blocks[-2:]:
        exec(compile(block, "README.md", "exec"), names)
    assert "Guard" in names
