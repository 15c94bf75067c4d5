"""What Alertmanager posts: version 4 of its webhook format."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

#: Alerts of one notification, and characters of a label, annotation or key, that are taken.
ALERTS, CHARACTERS = 10_000, 4000


class BadNotification(Exception):
    """What was posted is no notification; the text says why."""


@dataclass(frozen=True)
class Alert:
    """One alert."""

    fingerprint: str
    is_firing: bool
    #: When it began, as Alertmanager writes it: with the fingerprint it names this firing.
    starts_at: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    url: str = ""

    @property
    def name(self) -> str:
        """The name of the rule."""
        return self.labels.get("alertname", "")


@dataclass(frozen=True)
class Notification:
    """The state of a group of alerts."""

    group_key: str
    receiver: str
    group_labels: Mapping[str, str]
    common_labels: Mapping[str, str]
    common_annotations: Mapping[str, str]
    external_url: str
    #: None of the group's alerts fires any more.
    is_resolved: bool
    #: Alerts were left out, because the receiver has `max_alerts`.
    is_truncated: bool
    alerts: tuple[Alert, ...]

    @property
    def firing(self) -> tuple[Alert, ...]:
        """The alerts that fire."""
        return tuple(alert for alert in self.alerts if alert.is_firing)

    def alone(self, alert: Alert) -> Notification:
        """The notification as if the alert were its only one."""
        return replace(
            self, group_labels=alert.labels, common_labels=alert.labels, common_annotations=alert.annotations,
            is_resolved=not alert.is_firing, alerts=(alert,))

    @staticmethod
    def parse(body: bytes) -> Notification:
        """Reads what was posted."""
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadNotification("the body is not JSON") from error
        if not isinstance(found, dict) or found.get("version") != "4":
            raise BadNotification('the body is not a webhook of Alertmanager: "version" is not "4"')
        alerts = found.get("alerts")
        if not isinstance(alerts, list) or len(alerts) > ALERTS:
            raise BadNotification(f'"alerts" is not a list of at most {ALERTS} alerts')
        truncated = found.get("truncatedAlerts", 0)
        return Notification(
            group_key=_text(found, "groupKey"), receiver=_text(found, "receiver"), group_labels=_texts(found, "groupLabels"),
            common_labels=_texts(found, "commonLabels"), common_annotations=_texts(found, "commonAnnotations"),
            external_url=_url(found, "externalURL"), is_resolved=found.get("status") == "resolved",
            is_truncated=truncated not in (0, None),
            alerts=tuple(_alert(alert) for alert in alerts))


def _alert(found: object) -> Alert:
    if not isinstance(found, dict) or found.get("status") not in ("firing", "resolved"):
        raise BadNotification('an alert has no "status" that is firing or resolved')
    labels = _texts(found, "labels")
    return Alert(
        fingerprint=_text(found, "fingerprint", is_needed=False) or fingerprint(labels), is_firing=found["status"] == "firing",
        starts_at=_text(found, "startsAt"), labels=labels, annotations=_texts(found, "annotations"),
        url=_url(found, "generatorURL"))


def fingerprint(labels: Mapping[str, str]) -> str:
    """A fingerprint for an Alertmanager that sends none (before 0.19)."""
    return hashlib.sha256(json.dumps(sorted(labels.items())).encode()).hexdigest()[:16]


def _text(found: dict[str, Any], name: str, *, is_needed: bool = True) -> str:
    text = found.get(name, "")
    if not isinstance(text, str) or is_needed and not text or len(text) > CHARACTERS:
        raise BadNotification(f'"{name}" is no text of 1 to {CHARACTERS} characters')
    return text


def _url(found: dict[str, Any], name: str) -> str:
    """Is there for people to click on: not worth losing an alert over, however long its query is."""
    url = found.get(name)
    return url[:CHARACTERS] if isinstance(url, str) else ""


def _texts(found: dict[str, Any], name: str) -> dict[str, str]:
    texts = found.get(name) or {}
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise BadNotification(f'"{name}" is not an object of texts')
    return {key: text[:CHARACTERS] for key, text in texts.items()}
