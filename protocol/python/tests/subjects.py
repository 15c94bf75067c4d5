"""Kernels under test: the fake one, and what a real one must offer to be tested in the same way."""
from __future__ import annotations

from typing import Protocol

from opora import Client, RunFolder
from opora.testing import FakeKernel


class Subject(Protocol):
    """A kernel whose life the scenarios direct."""

    location: RunFolder

    def tickets(self, count: int) -> list[int]:
        """Creates tickets; gives the positions of `ticket.created`."""

    def noise(self, count: int) -> None:
        """Things happen in another stream."""

    def crash(self) -> None:
        """Ends as by SIGKILL."""

    def stop(self) -> None:
        """Ends in good order."""

    def start(self) -> None:
        """Starts again after a crash."""

    def new_epoch(self) -> None:
        """Stops, and starts with another history."""

    def advance(self, milliseconds: int) -> None:
        """Moves the clock on."""


class FakeSubject:
    """The fake kernel."""

    def __init__(self) -> None:
        self.kernel = FakeKernel(heartbeat=0.5).start()
        self.location = self.kernel.location
        self._last = 0
        self.kernel.method("ticket.create", self._create)

    def _create(self, params: dict[str, object]) -> dict[str, object]:
        self._last += 1
        ticket = f"T-{self._last}"
        self.kernel.emit("ticket.created", f"ticket/{ticket}", {"ticket": ticket, "requester": "U-1"})
        return {"ticket": {"id": ticket, "subject": params["subject"]}}

    def tickets(self, count: int) -> list[int]:
        """Creates tickets."""
        with Client(location=self.location) as client:
            return [client.ticket.create(subject=f"Ticket {number}")["_meta"]["seq"] for number in range(count)]

    def noise(self, count: int) -> None:
        """Organizations come."""
        for number in range(count):
            self.kernel.emit("organization.created", f"organization/O-{number + 1}", {"organization": f"O-{number + 1}"})

    def crash(self) -> None:
        """Ends as by SIGKILL."""
        self.kernel.kill()

    def stop(self) -> None:
        """Ends in good order."""
        self.kernel.stop()

    def start(self) -> None:
        """Starts again."""
        self.kernel.start()

    def new_epoch(self) -> None:
        """Another history."""
        self.kernel.bump_epoch()

    def advance(self, milliseconds: int) -> None:
        """Moves the clock on."""
        self.kernel.advance(milliseconds)

    def close(self) -> None:
        """Removes all of it."""
        self.kernel.close()
