"""The fake kernel's answers and events are those that the schemas describe."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import opora
import pytest
from opora import Client, Consumer
from opora.testing import FakeKernel, RunningPlugin
from scenarios_plugin import Echo

SCHEMAS = Path(opora.__file__).parents[2] / "schemas"


def validator(path: Path, part: str) -> Any:
    """Checks a part of a schema file."""
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    resources = [
        referencing.Resource.from_contents(json.loads(file.read_text())) for file in SCHEMAS.rglob("*.json")]
    registry = referencing.Registry().with_resources((resource.id(), resource) for resource in resources)
    ref = json.loads(path.read_text())["$id"] + (f"#/{part}" if part else "")
    return jsonschema.Draft7Validator({"$ref": ref}, registry=registry)


def test_answers_and_events_fit_their_schemas() -> None:
    with FakeKernel() as kernel, Client(kernel.run_dir) as client, RunningPlugin(Echo, kernel.location):
        kernel.wait_for(lambda: kernel.sessions)
        kernel.emit("ticket.created", "ticket/T-1", {
            "ticket": "T-1", "requester": "U-1", "organization": None, "channel": "api", "status": "new",
            "status_category": "new", "priority": "normal", "type": None, "group": None, "tier": None, "assignee": None,
            "tags": []})
        kernel.wait_for(lambda: kernel.calls("event.publish"))
        consumer = Consumer(client, "all", start="beginning")
        batch = next(consumer)
        consumer.park(batch.events[0], "looks odd")
        answers = {
            "ping": client.ping(), "auth.whoami": client.auth.whoami(), "kernel.health": client.kernel.health(),
            "events.read": client.events.read(after_seq=0), "consumer.info": client.consumer.info(name="all"),
            "consumer.list": client.consumer.list(), "consumer.parked_list": client.consumer.parked_list(name="all"),
            "consumer.parked_retry": client.consumer.parked_retry(name="all"),
            "consumer.fetch": client.consumer.fetch(name="all", lease_token=batch.lease_token),
            "consumer.parked_drop": client.consumer.parked_drop(name="all"),
            "consumer.ack": client.consumer.ack(name="all", seq=batch.seq, lease_token=batch.lease_token),
            "consumer.pause": client.consumer.pause(name="all"), "consumer.resume": client.consumer.resume(name="all"),
            "consumer.seek": client.consumer.seek(name="all", to={"from": "now"}),
            "consumer.ensure": client.consumer.ensure(name="new", start={"from": "now"}),
            "consumer.delete": client.consumer.delete(name="new"),
            "session.hello": client.session.hello(manifest={"name": "other"}), "session.ping": client.session.ping(),
            "session.bye": client.session.bye(),
        }
        for method, answer in answers.items():
            validator(SCHEMAS / "methods" / f"{method}.json", "result").validate(answer)
        for event in kernel.events:
            validator(SCHEMAS / "common" / "event.json", "").validate(event.body)
            if event.stream != "x":
                validator(SCHEMAS / "events" / f"{event.type}.v1.json", "data").validate(event.data)
        assert {event.type for event in kernel.events} >= {
            "system.plugin_online", "ticket.created", "x.echo.echoed", "system.consumer_parked", "system.consumer_moved"}
