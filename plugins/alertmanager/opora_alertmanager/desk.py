"""What the bridge does at the desk: looks how a ticket stands, and sends commands that have one effect however often they go."""
from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from opora import Client, IdempotencyKeyReused, InvalidTransition, NotFound, OporaError, Vetoed

from .cases import LOOK, Case, command, digest
from .config import PRIORITIES, Config
from .texts import Texts

log = logging.getLogger("alertmanager")

#: Seconds that a call may take before Alertmanager is told to come again.
PATIENCE = 5.0


class Desk:
    """Carries steps out."""

    def __init__(self, client: Client, config: Config, texts: Texts, now: Callable[[], datetime]) -> None:
        self._client = client
        self._config = config
        self._texts = texts
        self._now = now
        self._requester = config.requester
        #: Commands that the desk refused for good.
        self.failed = 0

    # Looking.

    def look(self, step: dict[str, Any], case: Case) -> tuple[Case, list[dict[str, Any]]]:
        """What a `look` becomes: commands that are fixed from then on."""
        ticket = self._ticket(case)
        if ticket is None:
            return replace(case, ticket=None), [self._creation(step, case, None)]
        is_adopted = case.ticket is None
        case = replace(case, ticket=ticket["id"])
        status = ticket["status"]
        if status == "closed" and step["is_repeat"] and not is_adopted:
            return case, []
        if status == "closed" or status == "solved" and not self._is_fresh(ticket):
            return replace(case, ticket=None), [self._creation(step, case, ticket["id"])]
        if status == "solved":
            word = "again" if step["is_again"] else "still"
            steps = [
                command("ticket.reopen", {}, step["mark"]) | {"look": {**step, "is_repeat": False}},
                self._note(step, self._texts.said(word, step["text"])),
            ]
        elif is_adopted or step["is_again"]:
            steps = [self._note(step, self._texts.said("known" if is_adopted else "again", step["text"]))]
        else:
            steps = [] if step["is_repeat"] else [self._note(step, step["text"])]
        wanted = step["raise"] or (step["create"]["priority"] if step["is_again"] else "")
        if wanted and PRIORITIES.index(wanted) > PRIORITIES.index(ticket["priority"]):
            steps.append(command("ticket.set_priority", {"priority": wanted}, step["mark"]))
        return case, steps

    def _ticket(self, case: Case) -> dict[str, Any] | None:
        """The ticket of a case; without one, the newest that carries its external id."""
        if case.ticket is not None:
            try:
                return dict(self._client.ticket.get(ticket=case.ticket, timeout=PATIENCE)["ticket"])
            except NotFound:
                log.warning("a ticket is gone", extra={"ticket": case.ticket})
        return self._found(case)

    def _found(self, case: Case) -> dict[str, Any] | None:
        page = self._client.ticket.list(external_id=case.external_id, sort="-id", limit=1, timeout=PATIENCE)
        return dict(page["items"][0]) if page["items"] else None

    def _is_fresh(self, ticket: dict[str, Any]) -> bool:
        """Was solved so short a while ago that it is opened again."""
        solved = datetime.fromisoformat(ticket.get("solved_at") or ticket["updated_at"])
        return (self._now().astimezone(UTC) - solved).total_seconds() * 1000 <= self._config.reopen_ms

    @staticmethod
    def _note(step: dict[str, Any], text: str) -> dict[str, Any]:
        return command("ticket.note", {"text": text}, step["mark"])

    def _creation(self, step: dict[str, Any], case: Case, before: str | None) -> dict[str, Any]:
        """A ticket for what fires: its key names the group, its alerts, when they began, and the ticket before."""
        params = {**step["create"], "requester": self._who()}
        if before is not None:
            params["text"] = f"{params['text']}\n\n{self._texts.before(before)}"
        return command("ticket.create", params, digest(case.external_id, step["firing"], before))

    def _who(self) -> str:
        """The requester of new tickets: as set, or a user of the bridge's own that is made where there is none."""
        if self._requester is None:
            external_id = f"{self._config.source}:bridge"
            found = self._client.user.list(external_id=external_id, timeout=PATIENCE)["items"]
            if not found:
                found = [self._client.user.create(
                    name=self._config.requester_name, roles=["bot"], external_id=external_id, timeout=PATIENCE,
                    idempotency_key=f"{self._config.source}:requester")["user"]]
            self._requester = found[0]["id"]
        return self._requester

    # Doing.

    def send(self, step: dict[str, Any], case: Case) -> tuple[Case, list[dict[str, Any]]]:
        """Carries a command out; gives the case after it, and what is to be done in its place, if anything.

        Raises where it could not be done yet, or where a ticket is refused for a reason that people must put right.
        """
        method, params = step["method"], dict(step["params"])
        is_creation = method == "ticket.create"
        if not is_creation:
            if case.ticket is None:
                return case, []
            params["ticket"] = case.ticket
        key = f"{self._config.source}:{method.removeprefix('ticket.')}:{step['mark']}"
        try:
            result = self._client.call(method, params, idempotency_key=key, timeout=PATIENCE)
            return replace(case, ticket=result["ticket"]["id"]), []
        except OporaError as error:
            if error.retryable:
                raise
            return self._refused(step, case, error)

    def _refused(self, step: dict[str, Any], case: Case, error: OporaError) -> tuple[Case, list[dict[str, Any]]]:
        method = step["method"]
        if method == "ticket.create":
            found = self._found(case) if isinstance(error, IdempotencyKeyReused) else None
            if found is not None:
                return replace(case, ticket=found["id"]), []
            if not isinstance(error, Vetoed):
                raise error
        if isinstance(error, InvalidTransition):
            if method == "ticket.reopen" and error.data.get("from") == "closed":
                return case, [step["look"]]
            # Somebody was quicker: it is open, or closed, already.
            return case, []
        if not isinstance(error, IdempotencyKeyReused):
            self.failed += 1
        log.warning("the desk refused a command", extra={"method": method, "ticket": case.ticket, "reason": str(error)})
        return case, []


def is_look(step: dict[str, Any]) -> bool:
    """Asks the kernel first."""
    return bool(step["kind"] == LOOK)
