"""The Alertmanager bridge: a real Alertmanager, the bridge as a process of its own, a real kernel."""
from __future__ import annotations

import base64
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
import zmq

from conftest import PATIENCE, ROOT, until

PLUGIN = ROOT / "plugins" / "alertmanager"
sys.path[:0] = [str(ROOT / "protocol" / "python"), str(PLUGIN), str(PLUGIN / "tests")]

from parties import CONFIG, Alertmanager, Bridge  # noqa: E402

from opora import Client  # noqa: E402


@pytest.fixture
def bridge(empty_desk):
    """A desk that knows the bridge by its key, and the bridge, which is not started yet."""
    desk = empty_desk
    public, secret = (key.decode() for key in zmq.curve_keypair())
    (desk.folder / "alertmanager.json").write_text(json.dumps({"public_key": public, "secret_key": secret}))
    desk.config = desk.folder / "kernel.yaml"
    desk.config.write_text(CONFIG.format(key=public))
    desk.start("--config", desk.config)
    desk.owner = Client(desk.run)
    desk.owner.user.create(name="Admin", email="admin@example.org", roles=["admin", "agent"], identity="owner")
    found = Bridge(desk)
    yield found
    if found.process:
        assert found.process.poll() in (None, 0), found.log()
        assert found.stop() == 0, found.log()
    desk.owner.close()


@pytest.fixture
def alertmanager(bridge, tmp_path):
    """A real Alertmanager that reports to the bridge."""
    if not shutil.which("prometheus-alertmanager"):
        pytest.skip("Alertmanager is not installed: apt-get install prometheus-alertmanager")
    found = Alertmanager(tmp_path, bridge.start()).start()
    yield found
    found.stop()


def tickets(bridge):
    return bridge.desk.owner.ticket.list(sort="id", limit=200)["items"]


def notes(bridge, ticket="T-1"):
    return [m["text"] for m in bridge.desk.owner.message.list(ticket=ticket, visibility="internal")["items"]]


def status_of(bridge, ticket="T-1"):
    return bridge.desk.owner.ticket.get(ticket=ticket)["ticket"]["status"]


def the_ticket(bridge):
    """The one and only ticket, once it is there."""
    [ticket] = until(lambda: tickets(bridge), "the ticket")
    return ticket


def test_a_group_of_alerts_from_its_first_alert_to_its_last(bridge, alertmanager):
    alertmanager.fire("DiskFull", "warning", instance="db-1")
    ticket = the_ticket(bridge)
    assert ticket["subject"] == "DiskFull: DiskFull is in trouble (instance=db-1, severity=warning)"
    assert (ticket["channel"], ticket["priority"], ticket["type"]) == ("monitoring", "normal", "incident")
    assert ticket["external_id"].startswith("alertmanager:group:")
    [opening] = bridge.desk.owner.message.list(ticket="T-1")["items"]
    assert "Firing (1):\n- DiskFull instance=db-1, severity=warning, since " in opening["text"]
    assert "Somebody should look." in opening["text"] and opening["author_kind"] == "bot"

    alertmanager.fire("DiskFull", "critical", instance="db-2")
    until(lambda: notes(bridge), "the note")
    assert "Joined (1):\n- DiskFull instance=db-2" in notes(bridge)[0] and "Firing now: 2" in notes(bridge)[0]
    until(lambda: the_ticket(bridge)["priority"] == "urgent", "the priority")

    alertmanager.resolve("DiskFull", "warning", instance="db-1")
    until(lambda: len(notes(bridge)) == 2, "the second note")
    assert "Resolved (1):\n- DiskFull instance=db-1" in notes(bridge)[1] and status_of(bridge) == "new"

    alertmanager.resolve("DiskFull", "critical", instance="db-2")
    until(lambda: status_of(bridge) == "solved", "the solution")
    assert "All alerts are resolved." in notes(bridge)[2]

    alertmanager.fire("DiskFull", "warning", instance="db-1")
    until(lambda: status_of(bridge) == "open", "the reopening")
    until(lambda: len(notes(bridge)) == 4, "the last note")
    assert notes(bridge)[3].startswith("It fires again.")
    assert len(tickets(bridge)) == 1


def test_amtool_fires_an_alert(bridge, alertmanager):
    alertmanager.amtool("alert", "add", "Backup", "severity=info", "--annotation=summary=No backup since Monday")
    ticket = the_ticket(bridge)
    assert ticket["subject"] == "Backup: No backup since Monday (severity=info)" and ticket["priority"] == "low"
    alertmanager.amtool("silence", "add", "--comment=known", "alertname=Backup")
    alertmanager.amtool("alert", "add", "Other", "severity=page")
    until(lambda: len(tickets(bridge)) == 2, "the other ticket")
    assert tickets(bridge)[1]["priority"] == "urgent"


def test_a_kernel_that_is_killed_in_the_middle_gets_every_group_once(bridge, alertmanager):
    alertmanager.fire("First")
    the_ticket(bridge)
    bridge.desk.kill()
    for number in range(10):
        alertmanager.fire(f"Outage-{number}")
        alertmanager.fire(f"Outage-{number}", instance="two")
    until(lambda: "does not take it yet" in bridge.log(), "the bridge's refusal")
    bridge.desk.start("--config", bridge.desk.config)
    until(lambda: len(tickets(bridge)) == 11, "the tickets")
    for _ in range(3):
        bridge.desk.kill()
        bridge.desk.start("--config", bridge.desk.config)
    alertmanager.resolve("First")
    until(lambda: status_of(bridge) == "solved", "the solution")
    until(lambda: bridge.desk.owner.call("x.alertmanager.status")["pending"] == 0, "rest")
    assert sorted(ticket["subject"].split(":")[0] for ticket in tickets(bridge)) == ["First"] + [
        f"Outage-{number}" for number in range(10)]
    for ticket in tickets(bridge)[1:]:
        told = [notes(bridge, ticket["id"]), bridge.desk.owner.message.list(ticket=ticket["id"])["items"][0]["text"]]
        assert str(told).count("instance=two") == 1, told


def test_a_bridge_that_is_killed_goes_on(bridge, alertmanager):
    alertmanager.fire("Slow")
    the_ticket(bridge)
    for number in range(3):
        bridge.stop(signal.SIGKILL)
        alertmanager.fire("Slow", instance=str(number))
        bridge.start()
        until(lambda count=number + 1: len(notes(bridge)) == count, "the note")
    bridge.stop(signal.SIGKILL)
    shutil.rmtree(bridge.data)
    bridge.start()
    alertmanager.fire("Slow", instance="last")
    until(lambda: len(notes(bridge)) == 4, "the note after its file was lost")
    assert notes(bridge)[3].startswith("The bridge has taken this ticket up again.")
    assert len(tickets(bridge)) == 1


def test_what_fires_again_too_late_or_is_closed_gets_a_new_ticket(bridge, alertmanager):
    owner = bridge.desk.owner
    alertmanager.fire("Flap")
    the_ticket(bridge)
    alertmanager.resolve("Flap")
    until(lambda: status_of(bridge) == "solved", "the solution")
    owner.ticket.close(ticket="T-1")
    alertmanager.fire("Flap")
    until(lambda: len(tickets(bridge)) == 2, "a new ticket")
    assert "Earlier ticket: T-1" in owner.message.list(ticket="T-2")["items"][0]["text"]
    alertmanager.resolve("Flap")
    until(lambda: status_of(bridge, "T-2") == "solved", "the solution")
    bridge.stop()
    bridge.start(reopen_hours=0)
    alertmanager.fire("Flap")
    until(lambda: len(tickets(bridge)) == 3, "a third ticket")
    assert {ticket["external_id"] for ticket in tickets(bridge)} == {tickets(bridge)[0]["external_id"]}


def webhook(*alerts, group="g", receiver="desk", **more):
    """A notification as Alertmanager writes it. An alert is name, status and start, or a dict."""
    full = [
        {
            "status": status, "labels": {"alertname": name, "severity": "critical"}, "annotations": {}, "startsAt": start,
            "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": f"print-{name}",
        } for name, status, start in alerts]
    return {
        "version": "4", "groupKey": group, "truncatedAlerts": 0, "receiver": receiver, "groupLabels": {}, "commonLabels": {},
        "status": "firing" if any(alert["status"] == "firing" for alert in full) else "resolved", "commonAnnotations": {},
        "externalURL": "http://alertmanager.example", "alerts": full, **more}


A, B = ("A", "firing", "2026-11-22T08:00:00Z"), ("B", "firing", "2026-11-22T08:05:00Z")


def resolved(alert):
    return (alert[0], "resolved", alert[2])


def test_a_repeat_changes_nothing(bridge):
    bridge.start()
    for _ in range(3):
        assert bridge.post(webhook(A, B)) == 200
    assert len(tickets(bridge)) == 1 and notes(bridge) == []
    for _ in range(3):
        assert bridge.post(webhook(resolved(A), resolved(B))) == 200
    assert len(notes(bridge)) == 1 and status_of(bridge) == "solved"
    assert bridge.post(webhook(resolved(A), group="never seen")) == 200
    assert len(tickets(bridge)) == 1


def test_what_people_did_is_respected(bridge):
    owner = bridge.desk.owner
    bridge.start()
    bridge.post(webhook(A))
    owner.ticket.solve(ticket="T-1")
    assert bridge.post(webhook(A)) == 200
    assert status_of(bridge) == "open" and "It still fires" in notes(bridge)[0]
    owner.ticket.solve(ticket="T-1")
    owner.ticket.close(ticket="T-1")
    assert bridge.post(webhook(A)) == 200
    assert len(tickets(bridge)) == 1, "a closed ticket is the last word, until something changes"
    assert bridge.post(webhook(A, B)) == 200
    assert len(tickets(bridge)) == 2
    owner.ticket.set_status(ticket="T-2", status="pending")
    assert bridge.post(webhook(resolved(A), resolved(B))) == 200 and status_of(bridge, "T-2") == "solved"


def test_an_alert_that_is_not_mentioned_any_more(bridge):
    bridge.start()
    bridge.post(webhook(A, B))
    assert bridge.post(webhook(A, truncatedAlerts=1)) == 200 and notes(bridge) == []
    assert bridge.post(webhook(A)) == 200
    assert "No longer reported (1):\n- B" in notes(bridge)[0]
    assert bridge.post(webhook(("A", "firing", "2026-11-22T09:00:00Z"))) == 200
    assert "Joined (1):\n- A" in notes(bridge)[1], "it fired anew"


def test_a_ticket_for_each_alert(bridge):
    bridge.start(per="alert")
    assert bridge.post(webhook(A, B)) == 200
    assert [ticket["external_id"] for ticket in tickets(bridge)] == ["alertmanager:alert:print-A", "alertmanager:alert:print-B"]
    assert bridge.post(webhook(A, resolved(B))) == 200
    assert [ticket["status"] for ticket in tickets(bridge)] == ["new", "solved"]


def test_settings_of_tickets_and_russian(bridge):
    owner = bridge.desk.owner
    owner.group.create(name="Night watch")
    owner.user.create(name="Prometheus")
    bridge.start(
        language="ru", ticket__group="G-1", ticket__requester="U-2", ticket__type="problem", priorities__critical="high",
        solve="no", source="north")
    bridge.post(webhook(A))
    ticket = the_ticket(bridge)
    assert (ticket["group"], ticket["requester"], ticket["type"], ticket["priority"]) == ("G-1", "U-2", "problem", "high")
    assert ticket["external_id"].startswith("north:group:")
    bridge.post(webhook(A, B))
    bridge.post(webhook(resolved(A), resolved(B)))
    assert "Добавились (1):\n- B" in notes(bridge)[0] and "Все оповещения прекратились." in notes(bridge)[1]
    assert status_of(bridge) == "new"
    found = owner.call("x.alertmanager.status")
    assert (found["firing"], found["resolved"], found["pending"], found["failed"]) == (0, 1, 0, 0)


def test_a_desk_that_refuses_the_ticket_is_told_of_and_tried_again(bridge):
    owner = bridge.desk.owner
    bridge.start(ticket__group="G-1")
    assert bridge.post(webhook(A)) == 503
    until(lambda: "G-1" in (owner.call("x.alertmanager.status")["problem"] or ""), "the problem")
    assert bridge.post(b"", "/health", "GET") == 503
    owner.group.create(name="Night watch")
    until(lambda: tickets(bridge), "the ticket, without another notification")
    assert bridge.post(webhook(A)) == 200 and len(tickets(bridge)) == 1 and notes(bridge) == []
    assert bridge.post(b"", "/health", "GET") == 200


def test_a_kernel_that_is_away(bridge):
    bridge.start()
    bridge.desk.kill()
    assert bridge.post(webhook(A)) == 503
    bridge.desk.start("--config", bridge.desk.config)
    until(lambda: bridge.post(webhook(A)) == 200, "the repeat")
    assert len(tickets(bridge)) == 1 and notes(bridge) == []


def test_what_is_too_long_is_cut(bridge):
    bridge.start()
    long = webhook(A, externalURL="http://alertmanager.example/" + "e" * 5000, groupLabels={"expression": "x" * 9000})
    long["alerts"][0] |= {"generatorURL": "http://prometheus.example/graph?" + "g" * 5000}
    assert bridge.post(long) == 200
    [opening] = bridge.desk.owner.message.list(ticket="T-1")["items"]
    assert "Source: http://prometheus.example/graph?ggg" in opening["text"]
    assert "Alertmanager: http://alertmanager.example/eee" in opening["text"]

    words = {name: "ж" * 1200 for name in ("summary", "description", "message", "runbook_url")}
    crowd = [(f"Crowded-{number}", "firing", "2026-11-22T08:00:00Z") for number in range(40)]
    big = webhook(*crowd, group="big")
    for alert in big["alerts"]:
        alert |= {"annotations": words, "generatorURL": "http://prometheus.example/" + "y" * 3900}
    assert bridge.post(big) == 200
    [opening] = bridge.desk.owner.message.list(ticket="T-2")["items"]
    named = opening["text"].count("- Crowded-")
    assert "Firing (40):" in opening["text"] and 5 < named < 30 and f"\nand {40 - named} more" in opening["text"]
    assert bridge.post(webhook(A, group="another")) == 200 and len(tickets(bridge)) == 3

    # A note names what joined and what ended: together they fit, too.
    big["alerts"][0]["status"] = "resolved"
    more = webhook(*((f"Joined-{number}", "firing", "2026-11-22T09:00:00Z") for number in range(40)), group="big")
    for alert in more["alerts"]:
        alert |= {"annotations": words, "generatorURL": "http://prometheus.example/" + "y" * 3900}
    assert bridge.post({**big, "alerts": [*big["alerts"], *more["alerts"]]}) == 200
    assert "Joined (40):" in notes(bridge, "T-2")[0] and "Resolved (1):\n- Crowded-0" in notes(bridge, "T-2")[0]
    assert bridge.desk.owner.call("x.alertmanager.status")["failed"] == 0


def test_who_may_post(bridge, tmp_path):
    token, password = tmp_path / "token", tmp_path / "password"
    token.write_text("open sesame\n")
    password.write_text("secret\n")
    bridge.start(http__token_file=token, http__user="prometheus", http__password_file=password)
    basic = base64.b64encode(b"prometheus:secret").decode()
    assert bridge.post(webhook(A)) == 401
    assert bridge.post(webhook(A), Authorization="Bearer open barley") == 401
    assert bridge.post(webhook(A), Authorization="Basic " + base64.b64encode(b"prometheus:wrong").decode()) == 401
    assert bridge.post(webhook(A), Authorization="Basic äöü".encode().decode("latin-1")) == 401
    assert tickets(bridge) == []
    assert bridge.post(webhook(A), Authorization="Bearer open sesame") == 200
    assert bridge.post(webhook(A), Authorization=f"Basic {basic}") == 200
    assert bridge.desk.owner.call("x.alertmanager.status")["refused"] == 4


def test_what_is_no_notification(bridge):
    bridge.start(http__max_bytes=2000)
    bad = [
        b"", b"garbage", b"\xff\xfe", b"[]", b"{}", b"[" * 1000, {"version": "3"}, {"version": "4"}, {**webhook(A), "groupKey": ""},
        {**webhook(A), "groupKey": 7}, {**webhook(A), "alerts": [7]}, {**webhook(A), "groupLabels": {"a": 1}},
        {**webhook(A), "alerts": [{**webhook(A)["alerts"][0], "status": "perhaps"}]},
    ]
    for body in bad:
        assert bridge.post(body) == 400, body
    assert bridge.post(b"x" * 3000) == 413
    assert bridge.post(webhook(A), "/elsewhere") == 404
    assert bridge.post(b"", method="GET") == 405
    assert tickets(bridge) == [] and bridge.post(webhook(A)) == 200


@pytest.mark.parametrize(("setting", "words"), [
    ("http.host=0.0.0.0", "is open to others"), ("per=label", "none of group, alert"),
    ("priorities.critical=hot", "none of low"),
    ("ticket.group=support", "no id such as G-1"), ("sorce=x", "there is no such setting"), ("http.user=x", "go together"),
    ("http.token_file=nowhere", "can't be read"), ("language=de", "none of en, ru"),
])
def test_wrong_settings_are_told(bridge, setting, words):
    done = subprocess.run(
        [sys.executable, PLUGIN / "run", "--run-dir", bridge.desk.run, "--data-dir", bridge.data, "--set", "http.port=0",
         "--set", setting], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 78 and words in done.stderr


def test_the_manifest_is_what_the_plugin_says():
    from opora_alertmanager.plugin import Alertmanager as Plugin

    kept = json.loads((PLUGIN / "manifest.json").read_text())
    assert kept == Plugin(None, None, pathlib.Path()).manifest()


def test_texts_stay_short_and_on_their_lines():
    from opora_alertmanager.notification import Notification
    from opora_alertmanager.texts import Texts

    start = (datetime(2026, 11, 22) + timedelta(hours=1)).isoformat() + "Z"
    body = webhook(*((f"Alert\n{number}", "firing", start) for number in range(500)), groupLabels={"alertname": "x" * 900})
    notification = Notification.parse(json.dumps(body).encode())
    for language, more in (("en", "and 470 more"), ("ru", "и ещё 470")):
        texts = Texts(language)
        assert len(texts.subject(notification)) == 200 and more in texts.opening(notification)
        assert len(texts.opening(notification)) < 20_000


def test_it_stops_soon_while_the_kernel_is_away(bridge):
    bridge.start()
    bridge.desk.kill()
    assert bridge.post(webhook(A)) == 503
    start = time.monotonic()
    assert bridge.stop() == 0 and time.monotonic() - start < 5, "as long as `opora up` waits"
    bridge.desk.start("--config", bridge.desk.config)
    bridge.start()
    until(lambda: tickets(bridge), "what was planned before the stop")
    assert bridge.post(webhook(A)) == 200 and len(tickets(bridge)) == 1
