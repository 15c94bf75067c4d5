"""A kernel process in a folder of its own."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import zmq

from conformance.bus import Bus
from conformance.case import Failure, NotHere
from conformance.wire import PATIENCE, Line

#: A uid that the configurations of the runner's kernels know, and one that they do not.
KNOWN_UID, UNKNOWN_UID = 61_001, 61_002


def until(condition, what, wait=PATIENCE):
    """Waits until the condition gives something true, and gives that."""
    end = time.monotonic() + wait
    while not (value := condition()):
        if time.monotonic() > end:
            raise Failure(f"{what} did not come within {wait:g} s")
        time.sleep(0.01)
    return value


class Endpoint:
    """A kernel that somebody else runs: its two endpoints, and nothing more."""

    is_running = True

    def __init__(self, rpc, events=None):
        self.rpc, self.events = rpc, events

    def line(self, identity="owner", **options):
        if identity != "owner":
            raise NotHere(f"needs the identity {identity} of the runner's own kernel")
        return Line(self.rpc, **options)

    def bus(self, prefixes, identity="owner", **options):
        if identity != "owner":
            raise NotHere(f"needs the identity {identity} of the runner's own kernel")
        if not self.events:
            raise NotHere("needs the endpoint of the events: --events or --run-dir")
        return Bus(self.events, prefixes, **options)

    def close(self):
        pass


class Desk:
    """A kernel that the runner starts, kills and starts again."""

    def __init__(self, oporad, keys, settings=None, arguments=()):
        # Paths of sockets are short by nature: not below a long folder name.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="oc-"))
        self.oporad, self.keys = oporad, keys
        self.settings, self.arguments = settings or {}, list(arguments)
        self.process = None
        # Whether it may record its traffic, where the environment asks for that.
        self.may_record = True
        self.run, self.data = self.folder / "run", self.folder / "data"
        self.config = self.folder / "kernel.yaml"
        # Peers with another uid have to reach the sockets.
        os.chmod(self.folder, 0o755)

    @property
    def log(self):
        path = self.folder / "oporad.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def configure(self, settings):
        """Writes the configuration file; JSON is YAML."""
        self.settings = settings
        self.config.write_text(json.dumps(settings, indent=1))

    def spawn(self, *arguments, environment=None):
        """Starts the process and does not wait for it."""
        if not self.config.exists():
            self.configure(self.settings)
        command = [
            self.oporad, "--config", self.config, "--data-dir", self.data, "--run-dir", self.run, *self.arguments, *arguments]
        with open(self.folder / "oporad.log", "ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={**self._surroundings(), **(environment or {})})
        return self.process

    def _surroundings(self):
        """The environment. A record that the case asks for itself comes before one that the caller of the runner asks for."""
        records = self.may_record and "traffic_dir" not in self.settings
        return {name: value for name, value in os.environ.items() if records or name != "OPORA_TRAFFIC_DIR"}

    def start(self, *arguments):
        self.spawn(*arguments)
        until(lambda: self.is_announced() or self.process.poll() is not None, "the kernel's kernel.json", 30)
        if self.process.poll() is not None:
            raise Failure(f"the kernel did not start (status {self.process.returncode}): {self.log[-1500:]}")
        return self

    def is_announced(self):
        try:
            return self.discovery["pid"] == self.process.pid
        except (OSError, ValueError):
            return False

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    @property
    def discovery(self):
        return json.loads((self.run / "kernel.json").read_text())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def ending(self, wait=20):
        """The status with which the kernel ends by itself."""
        try:
            return self.process.wait(wait)
        except subprocess.TimeoutExpired as error:
            raise Failure(f"the kernel still runs after {wait} s") from error

    def stop(self):
        """An orderly stop; returns the status and the seconds that it took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.ending(), time.monotonic() - begin

    def memory(self):
        """Bytes that the kernel holds in memory."""
        pages = int(pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self):
        """Files and sockets that the kernel holds open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def ended(self):
        """How the kernel ended by itself; nothing while it runs."""
        if self.process is None or self.process.poll() is None:
            return None
        return f"the kernel ended with status {self.process.returncode}; its log ends:\n{self.log[-1500:]}"

    def _endpoint(self, socket, identity, transport):
        found = self.discovery
        if identity == "owner":
            return found["endpoints"][socket][0], {}
        wanted = [address for address in found["curve"]["endpoints"][socket] if address.startswith(f"{transport}://")]
        if not wanted:
            raise Failure(f"kernel.json lists no {transport} endpoint for {socket}", came=found)
        address = wanted[0].replace("0.0.0.0", "127.0.0.1")
        return address, {"pair": self.keys[identity], "server_key": found["curve"]["public_key"].encode()}

    def line(self, identity="owner", transport="ipc", **options):
        """A connection to `rpc` as an identity of the configuration, or as the owner by its uid."""
        address, security = self._endpoint("rpc", identity, transport)
        return Line(address, **{"ended": self.ended, **security, **options})

    def bus(self, prefixes, identity="owner", transport="ipc", **options):
        address, security = self._endpoint("events", identity, transport)
        return Bus(address, prefixes, **{**security, **options})

    def plain(self, socket):
        """The plain endpoint of a socket."""
        return self.discovery["endpoints"][socket][0]

    def close(self):
        if self.is_running:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def keypair():
    """A new CURVE pair: public, secret."""
    return zmq.curve_keypair()
