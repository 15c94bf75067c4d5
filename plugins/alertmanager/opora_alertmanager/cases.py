"""The rule: what a notification changes in what is known of a group, and what is to be done about it."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from .config import PRIORITIES, Config
from .notification import Alert, Notification
from .texts import Texts, title

#: A step that asks the kernel how the ticket stands, and becomes commands: see `desk.Desk`.
LOOK = "look"


@dataclass(frozen=True)
class Known:
    """An alert as it was told of last."""

    starts_at: str
    is_firing: bool
    title: str


@dataclass(frozen=True)
class Case:
    """A group of alerts, or a single one, and its ticket."""

    key: str
    external_id: str
    #: None until the kernel has it.
    ticket: str | None = None
    is_firing: bool = False
    #: The highest priority that its ticket was given.
    priority: str = ""
    #: Counts what was done, so that each doing has a key of its own.
    changes: int = 0
    alerts: dict[str, Known] = field(default_factory=dict)


def split(notification: Notification, config: Config) -> list[tuple[str, str, Notification]]:
    """Key, external id and share of each case that a notification is about."""
    if not config.is_per_alert:
        digest = hashlib.sha256(notification.group_key.encode()).hexdigest()[:24]
        return [(f"group:{notification.group_key}", f"{config.source}:group:{digest}", notification)]
    return [
        (f"alert:{alert.fingerprint}", f"{config.source}:alert:{alert.fingerprint}", notification.alone(alert))
        for alert in notification.alerts]


def plan(
    case: Case, notification: Notification, config: Config, texts: Texts, is_idle: bool
) -> tuple[Case, list[dict[str, Any]]]:
    """The case after a notification, and the steps that bring the desk there.

    :param is_idle: nothing is left to do for this case; otherwise a mere repeat asks for nothing more.
    """
    firing = notification.firing
    joined = [alert for alert in firing if not _is_known(case, alert)]
    resolved, gone = _left(case, notification)
    changed = bool(joined or resolved or gone)
    if not firing and not case.is_firing or not changed and (not firing or not is_idle):
        return case, []
    alerts = {name: known for name, known in case.alerts.items() if name not in gone}
    alerts |= {name: replace(known, is_firing=False) for name, known in resolved.items()}
    alerts |= {alert.fingerprint: Known(alert.starts_at, True, title(alert)) for alert in firing}
    still = sum(known.is_firing for known in alerts.values())
    text = texts.change(joined, [k.title for k in resolved.values()], [k.title for k in gone.values()], still)
    after = replace(case, alerts=alerts, is_firing=still > 0, changes=case.changes + changed)
    if not still:
        # A new round begins with what fires then.
        return replace(after, alerts={}), _ending(after, text, config)
    priority = max((config.priority(alert.labels) for alert in firing), key=PRIORITIES.index)
    is_higher = not case.priority or PRIORITIES.index(priority) > PRIORITIES.index(case.priority)
    step = {
        "kind": LOOK, "is_repeat": not changed, "is_again": not case.is_firing, "text": text if changed else "",
        "raise": priority if is_higher and case.is_firing else "", "mark": _mark(after, sorted(alerts), "change"),
        "create": {
            "subject": texts.subject(notification), "text": texts.opening(notification), "priority": priority,
            "external_id": case.external_id, "channel": "monitoring", **config.ticket,
        },
        "firing": sorted([alert.fingerprint, alert.starts_at] for alert in firing),
    }
    return replace(after, priority=priority if is_higher or not case.is_firing else case.priority), [step]


def _left(case: Case, notification: Notification) -> tuple[dict[str, Known], dict[str, Known]]:
    """The alerts that fired before and do not now: those that are said to be resolved, and those that are not mentioned."""
    given = {alert.fingerprint: alert.is_firing for alert in notification.alerts}
    left = {name: known for name, known in case.alerts.items() if known.is_firing and not given.get(name)}
    resolved = {name: known for name, known in left.items() if name in given}
    is_complete = notification.is_resolved or not notification.is_truncated
    return resolved, {name: known for name, known in left.items() if name not in given and is_complete}


def _is_known(case: Case, alert: Alert) -> bool:
    known = case.alerts.get(alert.fingerprint)
    return known is not None and known.is_firing and known.starts_at == alert.starts_at


def _ending(case: Case, text: str, config: Config) -> list[dict[str, Any]]:
    mark = _mark(case, sorted(case.alerts), "end")
    steps = [command("ticket.note", {"text": text}, mark)]
    return [*steps, command("ticket.solve", {}, mark)] if config.solves else steps


def _mark(case: Case, names: list[str], what: str) -> str:
    """What tells this doing from every other one: the case, its count, and which alerts at which start."""
    return digest(case.external_id, what, case.changes, [[name, case.alerts[name].starts_at] for name in names])


def digest(*parts: object) -> str:
    """A short name of some values."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def command(method: str, params: dict[str, Any], mark: str) -> dict[str, Any]:
    """A step that is a command: fixed from now on. The ticket is put in when it is sent."""
    return {"kind": "command", "method": method, "params": params, "mark": mark}
