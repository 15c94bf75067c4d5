"""`opora up` with its Alertmanager bridge: where it runs, and what is said where it does not."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

import pytest

from conftest import BIN

PATIENCE = 30


class Up:
    """A desk that `opora up` runs in a folder."""

    def __init__(self, folder, **environment):
        self.folder = folder
        surroundings = {**os.environ, "OPORA_PYTHON": sys.executable, **environment}
        self.process = subprocess.Popen(
            [str(BIN / "opora"), "up", "--dir", str(folder / "d"), "--json", "--no-restart"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=surroundings)

    def answer(self):
        """What it says once the desk runs."""
        return json.loads(self.process.stdout.readline())

    def stop(self):
        """Ends it as Ctrl-C does; its exit status and what it said besides."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


@pytest.fixture
def short_folder():
    """Paths of sockets are short by nature."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="up-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def up(short_folder):
    """Starts `opora up` with free ports."""
    running = []
    (short_folder / "d").mkdir()
    (short_folder / "d" / "feedback.yaml").write_text("http:\n  port: 0\n")
    (short_folder / "d" / "alertmanager.toml").write_text("[http]\nport = 0\n")

    def start(**environment):
        running.append(Up(short_folder, **environment))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()


def test_alerts_become_tickets_in_a_new_desk(up):
    desk = up()
    said = desk.answer()
    assert sorted(said["plugins"]) == ["alertmanager", "escalator", "feedback", "notifier", "reporter"]
    alert = {"status": "firing", "labels": {"alertname": "DiskFull", "severity": "critical"}, "annotations": {},
             "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "0123456789abcdef"}
    notification = {"version": "4", "groupKey": "{}:{alertname=\"DiskFull\"}", "status": "firing", "receiver": "opora",
                    "groupLabels": {"alertname": "DiskFull"}, "commonLabels": alert["labels"], "commonAnnotations": {},
                    "externalURL": "http://alerts", "truncatedAlerts": 0, "alerts": [alert]}
    request = urllib.request.Request(said["alerts"], json.dumps(notification).encode(), {"Content-Type": "application/json"})
    assert urllib.request.urlopen(request, timeout=PATIENCE).status == 200
    listed = subprocess.run([str(BIN / "opora"), "ticket", "list", "--json", "--run-dir", said["run_dir"]],
                            capture_output=True, text=True, timeout=PATIENCE, check=True)
    tickets = json.loads(listed.stdout)["items"]
    assert [(ticket["channel"], ticket["priority"]) for ticket in tickets] == [("monitoring", "urgent")]
    assert "DiskFull" in tickets[0]["subject"]
    status, errors = desk.stop()
    assert status == 0 and "stopped cleanly" in errors


def test_without_python_the_desk_runs_and_says_what_is_missing(up, short_folder):
    # A path with nothing on it but what `env` itself needs.
    empty = short_folder / "bin"
    empty.mkdir()
    script = short_folder / "alertmanager" / "run"
    script.parent.mkdir()
    script.write_text("")
    desk = up(PATH=str(empty), OPORA_PYTHON=str(empty / "python"), OPORA_ALERTMANAGER=str(script))
    said = desk.answer()
    assert sorted(said["plugins"]) == ["escalator", "feedback", "notifier", "reporter"] and "alerts" not in said
    status, errors = desk.stop()
    assert status == 0 and "alertmanager is left out: it needs Python 3.11 with pyzmq" in errors


def test_a_desk_whose_settings_do_not_know_the_bridge_goes_on_without_it(up, short_folder):
    desk = up(OPORA_ALERTMANAGER=str(short_folder / "none"))
    assert "alerts" not in desk.answer()
    assert desk.stop()[0] == 0
    # What `opora up` wrote then has no place for the bridge.
    settings = (short_folder / "d" / "kernel.yaml").read_text()
    assert "alertmanager" not in settings
    desk = up()
    assert len(desk.answer()["plugins"]) == 4
    status, errors = desk.stop()
    assert status == 0 and "has no identity for it" in errors
    assert (short_folder / "d" / "kernel.yaml").read_text() == settings
