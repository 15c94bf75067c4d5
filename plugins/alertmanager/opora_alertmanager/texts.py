"""What the bridge writes into tickets, in English and Russian."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from .notification import Alert, Notification

#: Alerts that one text names, and characters of a subject, of an annotation, of what names a group, and of a list of alerts. A
#: text has a list, two lists of names (500 each), the group and an address: less than the 200,000 that the kernel takes.
NAMED, SUBJECT, ANNOTATION, GROUP, LIST = 30, 200, 1000, 4000, 100_000

_WORDS = {
    "en": {
        "alerts": "Alerts", "firing": "Firing", "joined": "Joined", "resolved": "Resolved", "gone": "No longer reported",
        "gone_why": "silenced, inhibited, or left out by Alertmanager", "again": "It fires again.",
        "still": "It still fires; the ticket had been solved.", "known": "The bridge has taken this ticket up again.",
        "now": "Firing now", "all_resolved": "All alerts are resolved.", "more": "and {count} more", "since": "since",
        "group": "Group", "before": "Earlier ticket", "source": "Source",
    },
    "ru": {
        "alerts": "Оповещения", "firing": "Сработали", "joined": "Добавились", "resolved": "Прекратились",
        "gone": "Больше не приходят", "gone_why": "заглушены, подавлены или отброшены Alertmanager",
        "again": "Сработало снова.", "still": "Оповещение ещё активно, хотя заявка была решена.",
        "known": "Мост снова ведёт эту заявку.", "now": "Сейчас активно", "all_resolved": "Все оповещения прекратились.",
        "more": "и ещё {count}", "since": "с", "group": "Группа", "before": "Прежняя заявка", "source": "Источник",
    },
}


class Texts:
    """The texts in one language."""

    def __init__(self, language: str) -> None:
        self._words = _WORDS[language]

    def subject(self, notification: Notification) -> str:
        """One line: what fires, where, and its summary."""
        labels, alerts = notification.group_labels, notification.alerts
        name = labels.get("alertname") or notification.common_labels.get("alertname") or self._words["alerts"]
        summary = notification.common_annotations.get("summary") or (alerts[0].annotations.get("summary") if alerts else None)
        where = _labels(labels if len(alerts) != 1 else alerts[0].labels)
        return _line(f"{name}{f': {summary}' if summary else ''}{f' ({where})' if where else ''}")[:SUBJECT]

    def before(self, ticket: str) -> str:
        """Names the ticket that was there before."""
        return f"{self._words['before']}: {ticket}"

    def opening(self, notification: Notification) -> str:
        """The first message of a ticket."""
        parts = [self._list("firing", notification.firing)]
        where = _labels(notification.group_labels)
        if where:
            parts.append(f"{self._words['group']}: {where[:GROUP]}")
        if notification.external_url:
            parts.append(f"Alertmanager: {notification.external_url}")
        return "\n\n".join(parts)

    def change(self, joined: Iterable[Alert], resolved: Iterable[str], gone: Iterable[str], firing: int) -> str:
        """A note about what changed in a group."""
        parts = []
        if joined := list(joined):
            parts.append(self._list("joined", joined))
        if resolved := list(resolved):
            parts.append(self._names("resolved", resolved))
        if gone := list(gone):
            parts.append(self._names("gone", gone) + f"\n({self._words['gone_why']})")
        parts.append(f"{self._words['now']}: {firing}" if firing else self._words["all_resolved"])
        return "\n\n".join(parts)

    def said(self, word: str, text: str = "") -> str:
        """A sentence, and what follows it."""
        return f"{self._words[word]}\n\n{text}" if text else self._words[word]

    def _list(self, word: str, alerts: Iterable[Alert]) -> str:
        alerts = list(alerts)
        told: list[str] = []
        left = LIST
        for alert in alerts[:NAMED]:
            text = self._alert(alert)
            left -= len(text)
            if left < 0:
                break
            told.append(text)
        return "\n".join([f"{self._words[word]} ({len(alerts)}):", *told, *self._rest(len(alerts) - len(told))])

    def _alert(self, alert: Alert) -> str:
        lines = [f"- {title(alert)}, {self._words['since']} {alert.starts_at[:19].replace('T', ' ')}"]
        lines += [
            f"  {_line(alert.annotations[name])[:ANNOTATION]}"
            for name in ("summary", "description", "message", "runbook_url") if alert.annotations.get(name)]
        if alert.url:
            lines.append(f"  {self._words['source']}: {alert.url}")
        return "\n".join(lines)

    def _names(self, word: str, names: list[str]) -> str:
        lines = [f"{self._words[word]} ({len(names)}):", *(f"- {name}" for name in names[:NAMED])]
        return "\n".join(lines + self._rest(len(names) - NAMED))

    def _rest(self, count: int) -> list[str]:
        return [self._words["more"].format(count=count)] if count > 0 else []


def title(alert: Alert) -> str:
    """An alert on one line: its name and labels."""
    return _line(f"{alert.name} {_labels(alert.labels)}".strip())[:500] or alert.fingerprint


def _labels(labels: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(labels.items()) if name != "alertname")


def _line(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
