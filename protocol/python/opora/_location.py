"""Where a desk's kernel is, and how this process proves who it is."""
from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import zmq

from ._errors import Misconfigured, NoKernel


@dataclass(frozen=True)
class KeyPair:
    """A CURVE key pair in Z85."""

    public_key: str
    secret_key: str

    @staticmethod
    def read(path: Path) -> KeyPair:
        """The pair in a file that `opora key new` wrote: JSON with `public_key` and `secret_key`."""
        try:
            secret = json.loads(path.read_bytes())["secret_key"]
            return KeyPair(zmq.curve_public(secret.encode()).decode(), secret)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, zmq.ZMQError) as error:
            raise Misconfigured(f"{path} holds no CURVE keys") from error


@dataclass(frozen=True)
class Endpoint:
    """An address of a kernel's socket; with keys it is spoken to under CURVE."""

    address: str
    server_key: str | None = None
    keys: KeyPair | None = None

    def apply(self, socket: zmq.Socket[bytes]) -> None:
        """Prepares a socket and connects it."""
        if self.keys and self.server_key:
            socket.curve_publickey = self.keys.public_key.encode()
            socket.curve_secretkey = self.keys.secret_key.encode()
            socket.curve_serverkey = self.server_key.encode()
        socket.connect(self.address)


class Location(Protocol):
    """Knows where a kernel listens; asked anew for each connection."""

    def rpc(self) -> Endpoint:
        """Where requests go."""

    def events(self) -> Endpoint:
        """Where events come from."""


@dataclass(frozen=True)
class RunFolder:
    """The kernel's runtime folder on this machine, which holds `kernel.json`."""

    path: Path
    key_file: Path | None = None

    @staticmethod
    def default(environment: Mapping[str, str] = os.environ) -> Path:
        """The folder that `opora up` uses, or the one of a system installation."""
        given = environment.get("OPORA_RUN_DIR")
        if given:
            return Path(given)
        local = Path(".opora/run")
        return local if local.exists() else Path("/run/opora")

    def discover(self) -> dict[str, Any]:
        """What `kernel.json` says now."""
        file = self.path / "kernel.json"
        try:
            text = file.read_bytes()
        except OSError as error:
            raise NoKernel(
                f"no kernel runs at {self.path}: there is no kernel.json. Start one with `opora up`, or name its folder"
            ) from error
        try:
            found = json.loads(text)
        except ValueError as error:
            raise Misconfigured(f"{file} can't be read; remove it and restart the kernel") from error
        if not isinstance(found, dict):
            raise Misconfigured(f"{file} can't be read; remove it and restart the kernel")
        return found

    def _endpoint(self, socket: str) -> Endpoint:
        found = self.discover()
        try:
            if self.key_file is None:
                return Endpoint(str(found["endpoints"][socket][0]))
            curve = found["curve"]
            return Endpoint(str(curve["endpoints"][socket][0]), str(curve["public_key"]), KeyPair.read(self.key_file))
        except (KeyError, IndexError, TypeError) as error:
            wanted = "peers with a key" if self.key_file else "peers known by their uid"
            raise Misconfigured(f"the kernel at {self.path} offers no endpoint for {wanted}") from error

    def rpc(self) -> Endpoint:
        """Where requests go."""
        return self._endpoint("rpc")

    def events(self) -> Endpoint:
        """Where events come from."""
        return self._endpoint("events")


@dataclass(frozen=True)
class RemoteKernel:
    """A kernel on another machine, whose addresses and public key were handed over by its operator."""

    rpc_address: str
    events_address: str
    server_key: str
    key_file: Path

    def rpc(self) -> Endpoint:
        """Where requests go."""
        return Endpoint(self.rpc_address, self.server_key, KeyPair.read(self.key_file))

    def events(self) -> Endpoint:
        """Where events come from."""
        return Endpoint(self.events_address, self.server_key, KeyPair.read(self.key_file))
