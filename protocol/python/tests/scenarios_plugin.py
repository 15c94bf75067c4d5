"""What a plugin does, on any kernel."""
from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from opora import (
    AnyEvent,
    AsyncClient,
    Batch,
    Client,
    Forbidden,
    InternalError,
    InvalidParams,
    NotFound,
    ProviderOffline,
    ProviderTimeout,
)
from opora.plugin import HookCall, MethodCall, Plugin, Veto, hook, method
from opora.testing import RunningPlugin
from scenarios_consumer import until
from subjects import Subject


class Echo(Plugin):
    """Does a little of everything."""

    name = "echo"
    summary = "Says things back"
    streams = ["ticket"]
    #: A call was cancelled.
    cancelled = threading.Event()
    sleeping = threading.Event()
    publishes = {"echoed": {"type": "object", "required": ["of"]}}

    def setup(self) -> None:
        self.greeting = self.settings.text("greeting", "hello")

    def handle(self, event: AnyEvent, batch: Batch) -> None:
        if event.type == "ticket.created":
            self.publish("echoed", {"of": event.entity}, ticket=event.entity, **batch.once(event))

    def health(self) -> dict[str, Any]:
        return {"greeting": self.greeting}

    @method(params={"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}})
    def say(self, call: MethodCall) -> dict[str, Any]:
        """Says a text."""
        call.progress(1, 2, "half")
        return {"said": f"{self.greeting}, {call.params['text']}", "caller": call.caller}

    @method(timeout_ms=300)
    def sleep(self, call: MethodCall) -> dict[str, Any]:
        """Takes too long."""
        return self.sleep_long(call)

    @method()
    def sleep_long(self, call: MethodCall) -> dict[str, Any]:
        """Takes too long, and may."""
        Echo.sleeping.set()
        if call.wait(call.seconds_left + 0.2):
            Echo.cancelled.set()
        return {}

    @method("fail")
    def break_down(self, call: MethodCall) -> dict[str, Any]:
        """Fails as it is asked to."""
        if call.params.get("how") == "known":
            raise NotFound("there is no such thing")
        raise ZeroDivisionError

    @hook("ticket.before_create")
    def check(self, call: HookCall) -> dict[str, Any] | None:
        subject = call.proposed["subject"]
        if "spam" in subject:
            raise Veto("spam", "We do not take spam.")
        return {"priority": "urgent"} if "fire" in subject else None


def methods_are_answered(subject: Subject) -> None:
    with Client(location=subject.location) as client, RunningPlugin(Echo, subject.location, {"greeting": "hi"}):
        until(lambda: sessions(client))
        progress: list[dict[str, Any]] = []
        answer = client.call("x.echo.say", {"text": "you"}, progress=progress.append)
        assert answer["said"] == "hi, you" and answer["caller"] == "owner"
        assert [(step["done"], step["total"], step["note"]) for step in progress] == [(1, 2, "half")]
        with pytest.raises(NotFound, match="no such thing"):
            client.call("x.echo.fail", {"how": "known"})
        with pytest.raises(InternalError):
            client.call("x.echo.fail")
        with pytest.raises(InvalidParams) as refused:
            client.call("x.echo.say", {"text": 7})
        assert refused.value.details[0]["path"] == "/text"
        with pytest.raises(ProviderTimeout):
            client.call("x.echo.sleep")
    with Client(location=subject.location) as client:
        until(lambda: not sessions(client))
        with pytest.raises(ProviderOffline):
            client.call("x.echo.say", {"text": "you"})


def a_call_can_be_cancelled(subject: Subject) -> None:
    async def run() -> None:
        async with AsyncClient(location=subject.location) as client:
            waiting = asyncio.ensure_future(client.call("x.echo.sleep_long"))
            await asyncio.to_thread(Echo.sleeping.wait, 10)
            waiting.cancel()
            assert await asyncio.to_thread(Echo.cancelled.wait, 10)

    Echo.cancelled.clear()
    Echo.sleeping.clear()
    with Client(location=subject.location) as client, RunningPlugin(Echo, subject.location):
        until(lambda: sessions(client))
        asyncio.run(run())


def its_effects_happen_once(subject: Subject) -> None:
    with Client(location=subject.location) as client:
        with RunningPlugin(Echo, subject.location):
            until(lambda: sessions(client))
            subject.tickets(3)
            until(lambda: len(echoes(client)) == 3)
            subject.crash()
            subject.start()
            until(lambda: sessions(client))
            subject.tickets(3)
            until(lambda: len(echoes(client)) == 6)
            holder = client.consumer.info(name="echo")["consumer"]["holder"]
            assert holder.startswith("owner/echo/")
        # It said goodbye: its lease is free at once, and what happens meanwhile waits.
        assert "holder" not in client.consumer.info(name="echo")["consumer"]
        subject.tickets(2)
        with RunningPlugin(Echo, subject.location):
            until(lambda: len(echoes(client)) == 8)
        assert len(set(echoes(client))) == 8


def its_health_is_seen(subject: Subject) -> None:
    with Client(location=subject.location) as client, RunningPlugin(Echo, subject.location, {"greeting": "hi"}):
        until(lambda: [s for s in sessions(client) if s["health"].get("greeting") == "hi"])


def what_it_publishes_must_fit(subject: Subject) -> None:
    class Loose(Echo):
        """Publishes what it did not declare."""

        def handle(self, event: AnyEvent, batch: Batch) -> None:
            """Reads nothing."""

        @method()
        def release(self, call: MethodCall) -> dict[str, Any]:
            """Publishes what it is asked to."""
            return {"seq": self.publish(call.params["event"], {})}

    with Client(location=subject.location) as client, RunningPlugin(Loose, subject.location):
        until(lambda: sessions(client))
        with pytest.raises(Forbidden):
            client.call("x.echo.release", {"event": "never_declared"})
        with pytest.raises(InvalidParams) as refused:
            client.call("x.echo.release", {"event": "echoed"})
        assert refused.value.details[0]["path"] == "/data/of"


def it_waits_for_a_kernel_that_stops_or_ends_with_it(subject: Subject) -> None:
    class Follower(Echo):
        """Goes when the kernel goes."""

        name = "follower"
        stops_with_kernel = True

    follower = RunningPlugin(Follower, subject.location).start()
    with Client(location=subject.location) as client, RunningPlugin(Echo, subject.location):
        until(lambda: len(client.kernel.health()["sessions"]) == 2)
        subject.stop()
        until(lambda: not follower.is_running)
        follower.stop()
        subject.start()
        until(lambda: sessions(client))
        assert len(client.kernel.health()["sessions"]) == 1


def what_was_set_aside_may_be_dropped_while_it_is_tried_again(subject: Subject) -> None:
    class Stubborn(Echo):
        """Fails, and tries again what was set aside until it is told to end."""

        name = "stubborn"
        start = "beginning"
        trying = threading.Event()
        dropped = threading.Event()
        hopeless = 0

        def handle(self, event: AnyEvent, batch: Batch) -> None:
            """Deals with parked events alone."""
            if not batch.is_parked:
                raise ValueError("poison")
            self.trying.set()
            assert self.dropped.wait(20)
            if event.seq == self.hopeless:
                raise ValueError("poison for ever")

    seqs = subject.tickets(3)
    Stubborn.hopeless = seqs[1]
    with Client(location=subject.location) as client:
        client.consumer.ensure(name="stubborn", start={"from": "beginning"}, streams=["ticket"], max_deliver=1)
        with RunningPlugin(Stubborn, subject.location) as plugin:
            until(lambda: client.consumer.info(name="stubborn")["consumer"]["parked"] == 3)
            client.consumer.parked_retry(name="stubborn")
            assert Stubborn.trying.wait(20)
            # The operator is quicker with one of them.
            client.consumer.parked_drop(name="stubborn", seq=seqs[0])
            Stubborn.dropped.set()
            until(lambda: parked(client) == [seqs[1]] or not plugin.is_running)
            assert plugin.is_running
            [seq] = subject.tickets(1)
            until(lambda: parked(client) == [seqs[1], seq])


def parked(client: Client) -> list[int]:
    """What the kernel set aside for the plugin that fails."""
    return [item["seq"] for item in client.consumer.parked_list(name="stubborn")["items"]]


def sessions(client: Client) -> list[Any]:
    """The sessions of the plugin."""
    return [session for session in client.kernel.health()["sessions"] if session["name"] == "echo"]


def echoes(client: Client) -> list[str]:
    """The tickets of the events that the plugin published."""
    page = client.events.read(after_seq=0, limit=500, types=["x.echo.echoed"])
    return [item["event"]["subject"] for item in page["events"]]


SCENARIOS = [
    methods_are_answered, a_call_can_be_cancelled, its_effects_happen_once, its_health_is_seen, what_it_publishes_must_fit,
    it_waits_for_a_kernel_that_stops_or_ends_with_it, what_was_set_aside_may_be_dropped_while_it_is_tried_again,
]
