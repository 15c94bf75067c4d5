"""The methods that every fake kernel has: sessions, the log, consumers, events of plugins."""
from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .._rejections import Forbidden, InvalidParams, SessionRequired
from ._log import stamp
from ._request import Request
from ._schema import violations

if TYPE_CHECKING:
    from ._core import Core

Result = dict[str, Any]
#: Takes a request and gives the result; None where the answer comes later.
Builtin = Callable[["Core", Request], Result | None]


def ping(core: Core, request: Request) -> Result:
    """Answers at once."""
    return {"pong": True, "time": stamp(core.now)}


def hello(core: Core, request: Request) -> Result:
    """Greets the kernel."""
    is_new = request.peer not in core.sessions.by_peer
    session, warnings = core.sessions.greet(request.peer, core.identity, request.params, core.now)
    if is_new:
        core.record(
            "system.plugin_online", f"plugin/{session.name}",
            {"plugin": session.name, "identity": session.identity, "version": session.version, "session": session.id})
    return {
        "protocol": {"major": 1, "minor": 0}, "session": {"id": session.id, "heartbeat_ms": 5000, "expires_after_ms": 15_000},
        "kernel": {"name": "oporad", "version": "fake", "instance_id": core.instance_id},
        "log": {
            "log_id": core.log.log_id, "epoch": core.log.epoch, "first_seq": core.log.first_seq, "head_seq": core.log.head},
        "identity": core.who(), "warnings": warnings, "server_time": stamp(core.now),
        "granted": {"methods": sorted(session.methods), "hooks": sorted(session.hooks), "events": sorted(session.events)},
        "limits": {
            "body_bytes": 1_048_576, "batch": 50, "inflight": 1024, "event_bytes": 262_144, "page_items": 200,
            "fetch_events": 500, "wait_ms": 25_000},
    }


def session_ping(core: Core, request: Request) -> Result:
    """A sign of life."""
    session = core.sessions.by_peer.get(request.peer)
    if session is None:
        raise SessionRequired("this connection has no session; send session.hello")
    session.health = request.params.get("health") or session.health
    return {"instance_id": core.instance_id, "time": stamp(core.now)}


def bye(core: Core, request: Request) -> Result:
    """Ends the session."""
    core.end_session(request.peer, "bye")
    return {}


def whoami(core: Core, request: Request) -> Result:
    """Who the connection proved to be."""
    return {"identity": core.who(), "via": "uid"}


def health(core: Core, request: Request) -> Result:
    """Whether the kernel and its plugins are well."""
    sessions = [
        {
            "name": s.name, "identity": s.identity, "version": s.version, "since": stamp(s.last_seen),
            "last_seen_at": stamp(s.last_seen), "methods": sorted(s.methods), "health": s.health,
        } for s in core.sessions.by_peer.values()]
    return {
        "status": "ok", "ready": True, "version": "fake", "instance_id": core.instance_id, "log_id": core.log.log_id,
        "pid": os.getpid(), "started_at": stamp(core.started), "uptime_ms": core.now - core.started,
        "epoch": core.log.epoch, "first_seq": core.log.first_seq, "head_seq": core.log.head, "sessions": sessions,
        "consumers": [consumer.json(core.log, core.now) for consumer in core.consumers.all.values()], "problems": [],
    }


def events_read(core: Core, request: Request) -> Result | None:
    """Events after a position."""
    params = request.params
    core.log.check(params["after_seq"], params.get("epoch"))

    def look(is_last: bool) -> Result | None:
        streams, types = list(params.get("streams") or []), list(params.get("types") or [])
        found, reached = core.log.read(params["after_seq"], params.get("limit") or 100, streams, types, params.get("subject"))
        if not found and not is_last:
            return None
        return {
            "events": [entry.item for entry in found], "next_after_seq": reached, "head_seq": core.log.head,
            "epoch": core.log.epoch}

    return core.poll(request, look)


def ensure(core: Core, request: Request) -> Result:
    """Makes a consumer."""
    consumer, created = core.consumers.ensure(core.identity, request.params)
    return {"consumer": consumer.json(core.log, core.now), "created": created}


def fetch(core: Core, request: Request) -> Result | None:
    """Events after a consumer's position."""
    params = request.params
    session = core.sessions.by_peer.get(request.peer)
    holder = session.holder if session else core.identity
    consumer = core.consumers.claim(params["name"], holder, params.get("lease_token"), core.now)
    token = consumer.token
    if params.get("ack_seq") is not None:
        core.consumers.ack(consumer.name, params["ack_seq"], token or "", core.now)

    def look(is_last: bool) -> Result | None:
        known = core.consumers.claim(params["name"], holder, token, core.now)
        if core.consumers.is_worn_out(known):
            reason = f"handed out {known.attempts} times without an acknowledgement"
            parked = core.consumers.set_aside(known, known.first, reason, core.now)
            core.record_parked(known.name, parked, "kernel")
        page = core.consumers.fetch(known, params.get("max") or 100, core.streams, core.now)
        return page if page is not None or not is_last else core.consumers.empty(known)

    return core.poll(request, look)


def ack(core: Core, request: Request) -> Result:
    """Moves a consumer's position."""
    params = request.params
    return {"acked_seq": core.consumers.ack(params["name"], params["seq"], params["lease_token"], core.now).acked}


def park(core: Core, request: Request) -> Result:
    """Sets an event aside."""
    params = request.params
    before = core.consumers.find(params["name"]).acked
    consumer = core.consumers.park(params["name"], params["seq"], params["reason"], params["lease_token"], core.now)
    if consumer.acked > before:
        core.record_parked(consumer.name, consumer.parked[params["seq"]], "holder")
    return {"acked_seq": consumer.acked}


def parked_list(core: Core, request: Request) -> Result:
    """What is set aside."""
    items = [
        {
            "seq": parked.entry.seq, "reason": parked.reason, "deliveries": parked.deliveries,
            "parked_at": stamp(parked.at), "event": parked.entry.body,
        } for parked in core.consumers.find(request.params["name"]).parked.values()]
    return {"items": items, "next_cursor": None, "as_of_seq": core.log.head, "epoch": core.log.epoch}


def parked_retry(core: Core, request: Request) -> Result:
    """Hands parked events out once more."""
    chosen = core.consumers.chosen(core.consumers.find(request.params["name"]), request.params.get("seq"))
    for parked in chosen:
        parked.is_retried = True
    return {"retried": len(chosen)}


def parked_drop(core: Core, request: Request) -> Result:
    """Forgets parked events."""
    consumer = core.consumers.find(request.params["name"])
    chosen = core.consumers.chosen(consumer, request.params.get("seq"))
    for parked in chosen:
        del consumer.parked[parked.entry.seq]
    return {"dropped": len(chosen)}


def change(state: str) -> Builtin:
    """Pauses a consumer, or lets it go on."""
    def run(core: Core, request: Request) -> Result:
        consumer = core.consumers.find(request.params["name"])
        if consumer.state != "lost":
            consumer.state = state
        return {"consumer": consumer.json(core.log, core.now)}

    return run


def seek(core: Core, request: Request) -> Result:
    """Puts a consumer elsewhere."""
    consumer = core.consumers.find(request.params["name"])
    before, consumer.acked = consumer.acked, core.log.place(request.params["to"])
    consumer.forget()
    consumer.state = "active" if consumer.state == "lost" else consumer.state
    core.record(
        "system.consumer_moved", f"consumer/{consumer.name}",
        {"consumer": consumer.name, "before": before, "after": consumer.acked})
    return {"consumer": consumer.json(core.log, core.now)}


def info(core: Core, request: Request) -> Result:
    """A consumer."""
    return {"consumer": core.consumers.find(request.params["name"]).json(core.log, core.now)}


def consumer_list(core: Core, request: Request) -> Result:
    """All consumers."""
    return {"items": [consumer.json(core.log, core.now) for consumer in core.consumers.all.values()]}


def delete(core: Core, request: Request) -> Result:
    """Takes a consumer away."""
    del core.consumers.all[core.consumers.find(request.params["name"]).name]
    return {}


def publish(core: Core, request: Request) -> Result:
    """Records an event of a plugin."""
    session = core.sessions.by_peer.get(request.peer)
    if session is None:
        raise SessionRequired("event.publish needs a session; send session.hello")
    name = request.params["type"].removesuffix(".v1")
    if f"{name}.v1" not in session.events:
        raise Forbidden(f"{name} was not granted to this session")
    if not isinstance(request.params["data"], dict):
        raise InvalidParams("data is an object", data={"details": [{"path": "/data", "rule": "type"}]})
    if wrong := violations(session.events[f"{name}.v1"].get("schema") or {}, request.params["data"], "/data"):
        raise InvalidParams(wrong[0]["message"], data={"details": wrong})
    ticket = request.params.get("ticket")
    subject = request.params.get("subject") or (f"ticket/{ticket}" if ticket else f"plugin/{session.name}")
    return {"seq": core.record(name, subject, request.params["data"], actor=f"plugin/{session.name}", request=request)}


BUILTIN: dict[str, Builtin] = {
    "ping": ping, "session.hello": hello, "session.ping": session_ping, "session.bye": bye, "auth.whoami": whoami,
    "kernel.health": health, "events.read": events_read, "consumer.ensure": ensure, "consumer.fetch": fetch,
    "consumer.ack": ack, "consumer.park": park, "consumer.parked_list": parked_list, "consumer.parked_retry": parked_retry,
    "consumer.parked_drop": parked_drop, "consumer.pause": change("paused"), "consumer.resume": change("active"),
    "consumer.seek": seek, "consumer.info": info, "consumer.list": consumer_list, "consumer.delete": delete,
    "event.publish": publish,
}
