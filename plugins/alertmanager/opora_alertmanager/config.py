"""The settings of the bridge, checked."""
from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from opora.plugin import Settings

#: Priorities of a ticket, from the lowest.
PRIORITIES = ("low", "normal", "high", "urgent")
#: What the usual severities mean.
SEVERITIES = {
    "critical": "urgent", "page": "urgent", "error": "high", "major": "high", "warning": "normal", "minor": "normal",
    "info": "low", "none": "low",
}


@dataclass(frozen=True)
class HTTPConfig:
    """Where notifications are received, and from whom."""

    host: str
    port: int
    max_bytes: int
    token: str | None
    #: User and password.
    basic: tuple[str, str] | None


@dataclass(frozen=True)
class Config:
    """How alerts become tickets."""

    http: HTTPConfig
    language: str
    #: Names this Alertmanager in external ids and keys.
    source: str
    #: One ticket for each alert, in place of one for each group.
    is_per_alert: bool
    severity_label: str
    priorities: Mapping[str, str]
    default_priority: str
    reopen_ms: int
    solves: bool
    keep_ms: int
    requester: str | None
    requester_name: str
    #: Members of every new ticket: group, assignee, type.
    ticket: Mapping[str, str]

    def priority(self, labels: Mapping[str, str]) -> str:
        """The priority of an alert with these labels."""
        return self.priorities.get(labels.get(self.severity_label, "").lower(), self.default_priority)

    @staticmethod
    def read(settings: Settings) -> Config:
        """Reads all settings; what is wrong is told by `settings.finish()`."""
        priorities = {name.lower(): word for name, word in settings.table("priorities", SEVERITIES).items()}
        for name, word in priorities.items():
            if word not in PRIORITIES:
                settings.reject(f"priorities.{name}", f"{word!r} is none of {', '.join(PRIORITIES)}")
        source = settings.text("source", "alertmanager")
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", source):
            settings.reject("source", "1 to 40 letters, digits, '.', '_' and '-'")
        ticket = {
            "group": _id(settings, "ticket.group", "G"), "assignee": _id(settings, "ticket.assignee", "U"),
            "type": settings.choice("ticket.type", "incident", ("question", "incident", "problem", "task")),
        }
        return Config(
            http=_http(settings), language=settings.choice("language", "en", ("en", "ru")), source=source,
            is_per_alert=settings.choice("per", "group", ("group", "alert")) == "alert",
            severity_label=settings.text("severity_label", "severity"), priorities=priorities,
            default_priority=settings.choice("default_priority", "normal", PRIORITIES),
            reopen_ms=settings.number("reopen_hours", 24, 0, 24 * 365) * 3_600_000, solves=settings.flag("solve", True),
            keep_ms=settings.number("keep_days", 90, 1, 3650) * 86_400_000, requester=_id(settings, "ticket.requester", "U"),
            requester_name=settings.text("requester_name", "Alertmanager"),
            ticket={name: word for name, word in ticket.items() if word})


def _id(settings: Settings, path: str, letter: str) -> str | None:
    found = settings.string(path)
    if found is not None and not re.fullmatch(rf"{letter}-[1-9][0-9]*", found):
        settings.reject(path, f"{found!r} is no id such as {letter}-1")
    return found


def _http(settings: Settings) -> HTTPConfig:
    host = settings.text("http.host", "127.0.0.1")
    token = _secret(settings, "http.token_file")
    user, password = settings.string("http.user"), _secret(settings, "http.password_file")
    if (user is None) != (password is None):
        settings.reject("http.user", "http.user and http.password_file go together")
    basic = (user, password) if user is not None and password is not None else None
    if not _is_loopback(host) and token is None and basic is None:
        settings.reject("http.host", f"{host} is open to others: set http.token_file, or http.user and http.password_file")
    return HTTPConfig(
        host, settings.number("http.port", 8322, 0, 65_535), settings.number("http.max_bytes", 4_194_304, 1024, 67_108_864),
        token, basic)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(settings: Settings, path: str) -> str | None:
    file = settings.string(path)
    if file is None:
        return None
    try:
        secret = Path(file).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        settings.reject(path, f"the file can't be read: {error}")
        return None
    if not secret:
        settings.reject(path, f"{file} is empty")
    return secret
