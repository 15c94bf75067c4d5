"""The bridge and a real Alertmanager as processes, for the tests of the whole system."""
from __future__ import annotations

import http.client
import json
import pathlib
import re
import signal
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime

from conftest import PATIENCE, until

PLUGIN = pathlib.Path(__file__).resolve().parents[1]

#: The rights that `opora up` gives the bridge, and no more.
CONFIG = """
identities:
  - {{name: alertmanager, key: "{key}", roles: [alertmanager]}}
roles:
  alertmanager:
    methods: [ping, "session.*", ticket.create, ticket.get, ticket.list, ticket.note, ticket.reopen, ticket.solve,
      ticket.set_priority, user.list, user.create]
"""


class Bridge:
    """The bridge as a process."""

    def __init__(self, desk):
        self.desk = desk
        self.data = desk.folder / "alertmanager"
        self.settings = {"http.port": "0"}
        self.process = None

    def start(self, **settings):
        self.settings |= {name.replace("__", "."): str(value) for name, value in settings.items()}
        (self.data / "http.json").unlink(missing_ok=True)
        flags = [word for path, value in self.settings.items() for word in ("--set", f"{path}={value}")]
        with open(self.desk.folder / "alertmanager.log", "a") as log:
            self.process = subprocess.Popen(
                [sys.executable, PLUGIN / "run", "--run-dir", self.desk.run, "--data-dir", self.data, "--key",
                 self.desk.folder / "alertmanager.json", *flags], stdout=log, stderr=log)
        until(lambda: (self.data / "http.json").exists() or self.process.poll() is not None, "the bridge")
        assert self.process.poll() is None, self.log()
        # The same port after a restart: Alertmanager knows it by now.
        self.settings["http.port"] = str(self.announced["port"])
        until(lambda: [s for s in self.desk.owner.kernel.health()["sessions"] if s["name"] == "alertmanager"], "its greeting")
        return self

    @property
    def announced(self):
        return json.loads((self.data / "http.json").read_text())

    def log(self):
        return (self.desk.folder / "alertmanager.log").read_text()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def post(self, body, path="/webhook", method="POST", **headers):
        """Posts what a test makes up; gives the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.announced["port"], timeout=30)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, data, headers)
        status = connection.getresponse().status
        connection.close()
        return status


class Alertmanager:
    """A real Alertmanager that reports to the bridge."""

    def __init__(self, folder, bridge, group_by="alertname", receiver=""):
        self.folder = folder
        self.bridge = bridge
        self.address = None
        (folder / "am.yml").write_text(f"""
route: {{receiver: desk, group_by: [{group_by}], group_wait: 50ms, group_interval: 300ms, repeat_interval: 1h}}
receivers:
  - name: desk
    webhook_configs: [{{url: "{bridge.announced['url']}", send_resolved: true {receiver}}}]
""")
        self.started = datetime.now(UTC)
        self.process = None

    def start(self):
        log = self.folder / "am.log"
        with open(log, "w") as out:
            self.process = subprocess.Popen(
                ["prometheus-alertmanager", f"--config.file={self.folder}/am.yml", f"--storage.path={self.folder}/am",
                 "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="], stdout=out, stderr=out)
        self.address = until(
            lambda: re.search(r'"Listening on" address=([0-9.:]+)', log.read_text()), "Alertmanager")[1]
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def fire(self, name, severity="critical", ends=None, starts=None, **labels):
        alert = {
            "labels": {"alertname": name, "severity": severity, **labels}, "generatorURL": "http://prometheus.example/graph",
            "annotations": {"summary": f"{name} is in trouble", "description": "Somebody should look."}}
        for member, instant in (("endsAt", ends), ("startsAt", starts)):
            if instant:
                alert[member] = instant.isoformat()
        request = urllib.request.Request(
            f"http://{self.address}/api/v2/alerts", json.dumps([alert]).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()

    def resolve(self, name, severity="critical", **labels):
        self.fire(name, severity, ends=datetime.now(UTC), **labels)

    def amtool(self, *arguments):
        done = subprocess.run(
            ["amtool", f"--alertmanager.url=http://{self.address}", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
