"""Sessions: signs of life, and the end."""
from conformance.case import Failure, case
from conformance.match import ABSENT, TEXT, WHEN, has


@case("S08", "a session that is silent for 15 s ends, its lease with it", "3.15", "3.17", "3.11", "5.20", "10.1", world="clock")
def silent(t):
    owner, name = t.line(), t.word("c")
    head = t.head(owner)
    line = t.plugin("plug", methods=[{"name": "x.plug.silent"}], consumers=[name])
    line.call("consumer.ensure", name=name, start={"from": "beginning"})
    line.call("consumer.fetch", name=name)
    t.system(owner, head, "plugin_online", plugin="plug", identity="plug", version="1.0", session=line.hello["session"]["id"])
    owner.call("conformance.advance", ms=16_000)
    t.system(owner, head, "plugin_offline", plugin="plug", identity="plug", session=line.hello["session"]["id"], reason="silent")
    owner.refuse("x.plug.silent", "provider_offline")
    t.check(owner.call("consumer.info", name=name), {"consumer": {"holder": ABSENT, "acked_seq": 0}})
    t.check(t.line("plug").call("consumer.fetch", name=name), {"lease_token": TEXT})


@case("S09", "what needs a session after its end", "3.18", "3.13", "3.16", "7.28", world="main")
def after_the_end(t):
    line = t.plugin("plug", events=[{"type": "x.plug.ended.v1"}])
    line.call("event.publish", type="x.plug.ended.v1", data={})
    t.equal(line.call("session.bye"), {}, "the answer to session.bye")
    line.refuse("event.publish", "session_required", type="x.plug.ended.v1", data={})
    line.refuse("session.ping", "session_required")
    t.equal(line.call("session.bye"), {}, "the answer to a second session.bye")
    t.check(line.call("session.hello", manifest={"name": "plug"}), {"session": {"id": TEXT}})
    t.check(line.call("session.ping"), {"time": WHEN})


@case("S10", "a session does not outlive the kernel; the position of a consumer does", "3.19", "3.18", "5.29", world="own")
def restart(t):
    desk = t.own()
    owner = t.line()
    for _ in range(3):
        owner.call("user.create", name=t.prose())
    line = t.plugin("plug")
    line.call("consumer.ensure", name="c", start={"from": "beginning"})
    page = line.call("consumer.fetch", name="c")
    line.call("consumer.ack", name="c", seq=2, lease_token=page["lease_token"])
    instance = line.hello["kernel"]["instance_id"]
    desk.kill()
    desk.start()
    # The same sockets: ZeroMQ connects again by itself.
    t.until(lambda: _answers(line), "an answer on the old connection")
    line.refuse("session.ping", "session_required")
    line.refuse("consumer.ack", "lease_lost", name="c", seq=2, lease_token=page["lease_token"])
    again = line.call("session.hello", manifest={"name": "plug"})
    t.true(again["kernel"]["instance_id"] != instance, "instance_id is another one")
    t.check(line.call("session.ping"), {"instance_id": again["kernel"]["instance_id"]})
    t.check(line.call("consumer.info", name="c"), {"consumer": {"acked_seq": 2}})
    t.equal(line.call("consumer.fetch", name="c")["events"][0]["seq"], 3, "the first event after the restart")


def _answers(line):
    number = line.send("ping", _id=f"again-{line.last}")
    line.last += 1
    try:
        line.answer(number, 0.3)
        return True
    except Failure:
        return False


@case("S11", "an orderly stop", "3.20", "4.20", "1.3", world="own")
def orderly_stop(t):
    desk = t.own()
    bus, owner = t.bus("").ready(), t.line()
    line = t.plugin("plug", events=[{"type": "x.plug.last.v1"}])
    poll = owner.send("events.read", after_seq=10_000, wait_ms=20_000)
    owner.call("ping")
    pid, instance = desk.process.pid, desk.discovery["instance_id"]
    status, seconds = desk.stop()
    t.equal(status, 0, "the status")
    t.true(seconds < 5, f"the stop took {seconds:.1f} s", pid)
    t.check(line.request("session.closing"), {"id": ABSENT, "params": {"reason": "stopping", "drain_ms": 2000}})
    t.check(owner.answer(poll), {"error": {"data": {"code": "unavailable"}}})
    bye = bus.topic("$bye/")
    t.equal(bye.body, {"instance_id": instance}, "the body of $bye/")
    t.true(not bus.socket.poll(200), "something came after $bye/")
    t.true(not (desk.run / "kernel.json").exists(), "kernel.json is left")


@case("S14", "signs of life: session.ping as request and as notification, with health", "3.12", "3.13", "2.14", world="clock")
def signs_of_life(t):
    owner = t.line()
    line = t.plugin("plug")
    mark = t.word("health")
    t.check(line.call("session.ping", health={"mark": mark}), {"instance_id": TEXT, "time": WHEN})
    t.check(owner.call("kernel.health"), {"sessions": has({"name": "plug", "health": {"mark": mark}})})
    for _ in range(3):
        owner.call("conformance.advance", ms=8000)
        line.notify("session.ping", health={"mark": mark + "-n"})
        line.call("ping")
    t.check(owner.call("kernel.health"), {"sessions": has({"name": "plug", "health": {"mark": mark + "-n"}})})
    for _ in range(3):
        owner.call("conformance.advance", ms=8000)
        # Any message is one.
        line.call("ticket.list", limit=1)
    t.check(line.call("session.ping"), {"time": WHEN})


@case("S15", "a quiet session is probed", "3.14", "1.14", world="clock")
def probe(t):
    line = t.plugin("plug")
    t.line().call("conformance.advance", ms=6000)
    t.check(line.request("session.probe"), {"jsonrpc": "2.0", "id": ABSENT})
    t.check(line.call("session.ping"), {"time": WHEN})


@case("S16", "a session whose connection is gone ends at once", "3.14", "3.17", "3.11", "5.20", world="clock")
def gone(t):
    owner, name = t.line(), t.word("c")
    head = t.head(owner)
    line = t.plugin("plug", methods=[{"name": "x.plug.gone"}])
    line.call("consumer.ensure", name=name, start={"from": "beginning"})
    line.call("consumer.fetch", name=name)
    session = line.hello["session"]["id"]
    line.close()
    owner.call("conformance.advance", ms=6000)
    t.system(owner, head, "plugin_offline", plugin="plug", session=session, reason="gone")
    owner.refuse("x.plug.gone", "provider_offline")
    t.check(t.line("plug").call("consumer.fetch", name=name), {"lease_token": TEXT})


@case("S17", "session.bye", "3.16", "3.11", "3.17", world="main")
def bye(t):
    owner = t.line()
    head = t.head(owner)
    line = t.plugin("plug", methods=[{"name": "x.plug.bye", "timeout_ms": 20_000}])
    waiting = owner.send("x.plug.bye")
    line.request("method.call")
    line.call("session.bye")
    t.check(owner.answer(waiting), {"error": {"data": {"code": "provider_offline"}}})
    t.system(owner, head, "plugin_offline", plugin="plug", session=line.hello["session"]["id"], reason="bye")
    owner.refuse("x.plug.bye", "provider_offline")


@case("S18", "500 sessions, and one more", "3.10", "10.1", world="own")
def too_many_sessions(t):
    t.own()
    lines = [t.line(quiet=True) for _ in range(500)]
    for line in lines:
        line.send("session.hello", manifest={"name": "many"})
    for line in lines:
        t.check(line.answer(1), {"result": {"session": {"id": TEXT}}})
    one_more = t.line()
    one_more.refuse("session.hello", "quota_exceeded", manifest={"name": "many"})
    lines[0].call("session.bye")
    t.check(one_more.call("session.hello", manifest={"name": "many"}), {"session": {"id": TEXT}})
