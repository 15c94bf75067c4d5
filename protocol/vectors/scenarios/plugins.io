# What plugins offer: methods, hooks, events.

@case P01 a plugin method
@cites 7.1 7.2 7.4 7.8 7.9 3.3 3.5 3.6 3.8 1.14
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"protocol": {"major": 1, "minor": 99}, "manifest": {"name": "p01", "version": "1.0", "summary": "A vector.", "methods": [{"name": "x.p01.echo", "summary": "Gives back what it got.", "timeout_ms": 5000}, {"name": "ticket.create"}, {"name": "x.other.echo"}, {"name": "x.p01.too.long"}]}, "instance": "one"}}
P< {"id": 1, "result": {"protocol": {"major": 1, "minor": 0}, "session": {"id": "${session:string}", "heartbeat_ms": 5000, "expires_after_ms": 15000}, "kernel": {"name": "oporad", "version": "${:string}", "instance_id": "${instance_id}"}, "log": {"log_id": "${log_id}", "epoch": "${epoch}", "first_seq": "${:int}", "head_seq": "${:int}"}, "identity": {"name": "owner", "roles": "${:array}", "methods": "${:array}", "streams": "${:array}", "hooks": "${:array}", "rights": "${:array}"}, "granted": {"methods": ["x.p01.echo"], "hooks": [], "events": []}, "limits": {"body_bytes": 1048576, "batch": 50, "inflight": "${:int}", "event_bytes": 262144, "page_items": 200, "fetch_events": 500, "wait_ms": 25000}, "warnings": [{"code": "method_not_granted", "detail": "${:string}"}, {"code": "method_not_granted"}, {"code": "method_not_granted"}], "server_time": "${:time}"}}
A> {"jsonrpc": "2.0", "id": 2, "method": "x.p01.echo", "params": {"word": "hello", "_meta": {"deadline_ms": 3000}}}
P< {"jsonrpc": "2.0", "method": "method.call", "id": "${call:string}", "params": {"name": "x.p01.echo", "params": {"word": "hello", "_meta": "${absent}"}, "caller": "owner", "deadline_ms": 3000, "progress_token": "${absent}"}}
P> {"jsonrpc": "2.0", "id": "${call}", "result": {"word": "hello"}}
A< {"id": 2, "result": {"word": "hello"}}
P> {"jsonrpc": "2.0", "id": "${call}", "result": {"word": "twice"}}
A< NONE
A> {"jsonrpc": "2.0", "id": 3, "method": "x.p01.echo", "params": {}}
P< {"method": "method.call", "id": "${call2:string}", "params": {"deadline_ms": 5000}}
B> {"jsonrpc": "2.0", "id": "${call2}", "result": {"word": "not mine to answer"}}
B< NONE
P> {"jsonrpc": "2.0", "id": "${call2}", "result": ["no object"]}
A< {"id": 3, "error": {"code": -32010, "data": {"code": "provider_error", "retryable": false}}}
P> {"jsonrpc": "2.0", "id": 4, "method": "session.hello", "params": {"manifest": {"name": "p01", "methods": []}, "instance": "one"}}
P< {"id": 4, "result": {"session": {"id": "${session}"}, "granted": {"methods": []}, "warnings": []}}
A> {"jsonrpc": "2.0", "id": 5, "method": "x.p01.echo", "params": {}}
A< {"id": 5, "error": {"code": -32009, "data": {"code": "provider_offline", "retryable": true}}}

@case P02 a plugin's errors, and its end
@cites 7.4 7.7 3.16 3.17
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "p02", "methods": [{"name": "x.p02.try"}]}}}
P< {"id": 1, "result": {"granted": {"methods": ["x.p02.try"]}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "x.p02.try", "params": {}}
P< {"method": "method.call", "id": "${c1:string}"}
P> {"jsonrpc": "2.0", "id": "${c1}", "error": {"code": 1001, "message": "no such report", "data": {"code": "not_found", "retryable": false}}}
A< {"id": 2, "error": {"code": 1001, "data": {"code": "not_found"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "x.p02.try", "params": {}}
P< {"method": "method.call", "id": "${c2:string}"}
P> {"jsonrpc": "2.0", "id": "${c2}", "error": {"code": 42, "message": "odd"}}
A< {"id": 3, "error": {"code": -32010, "data": {"code": "provider_error"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "x.p02.try", "params": {}}
P< {"method": "method.call", "id": "${c3:string}"}
P> {"jsonrpc": "2.0", "id": 5, "method": "session.bye"}
P< {"id": 5, "result": {}}
A< {"id": 4, "error": {"code": -32009, "data": {"code": "provider_offline"}}}

@case P03 a plugin that is too slow
@cites 7.3
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "p03", "methods": [{"name": "x.p03.wait", "timeout_ms": 50}]}}}
P< {"id": 1, "result": {}}
A> {"jsonrpc": "2.0", "id": 2, "method": "x.p03.wait", "params": {}}
P< {"method": "method.call", "id": "${c:string}", "params": {"deadline_ms": 50}}
A< {"id": 2, "error": {"code": -32011, "data": {"code": "provider_timeout", "retryable": true}}}
P> {"jsonrpc": "2.0", "id": "${c}", "result": {}}
A< NONE

@case P04 schemas of a method
@cites 7.5 7.6 7.9
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "p04", "methods": [{"name": "x.p04.add", "params_schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 0, "multipleOf": 1}}, "additionalProperties": false}, "result_schema": {"type": "object", "required": ["sum"]}}]}}}
P< {"id": 1, "result": {"granted": {"methods": ["x.p04.add"]}, "warnings": [{"code": "schema_keyword_ignored", "detail": "${:string}"}]}}
A> {"jsonrpc": "2.0", "id": 2, "method": "x.p04.add", "params": {"a": -1}}
A< {"id": 2, "error": {"code": -32602, "data": {"details": [{"path": "/a"}]}}}
P< NONE
A> {"jsonrpc": "2.0", "id": 3, "method": "x.p04.add", "params": {"a": 1, "b": 2}}
A< {"id": 3, "error": {"code": -32602, "data": {"details": [{"path": "/b"}]}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "x.p04.add", "params": {"a": 1}}
P< {"method": "method.call", "id": "${c:string}", "params": {"params": {"a": 1}}}
P> {"jsonrpc": "2.0", "id": "${c}", "result": {"total": 1}}
A< {"id": 4, "error": {"code": -32010, "data": {"code": "provider_error"}}}

@case P05 progress and cancel
@cites 6.14 6.17 6.18 6.19 6.20
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "p05", "methods": [{"name": "x.p05.long"}]}, "capabilities": {"cancel": true, "progress": true}}}
P< {"id": 1, "result": {}}
A> {"jsonrpc": "2.0", "id": "job", "method": "x.p05.long", "params": {"_meta": {"progress_token": "mine"}}}
P< {"method": "method.call", "id": "${c:string}", "params": {"progress_token": "${c}"}}
P> {"jsonrpc": "2.0", "method": "$/progress", "params": {"token": "${c}", "done": 1, "total": 3, "note": "one"}}
A< {"method": "$/progress", "params": {"token": "mine", "done": 1, "total": 3, "note": "one"}, "id": "${absent}"}
P> {"jsonrpc": "2.0", "method": "$/progress", "params": {"token": "${c}", "done": -1}}
P> {"jsonrpc": "2.0", "method": "$/progress", "params": {"token": "k-0", "done": 2}}
P> {"jsonrpc": "2.0", "id": "sync", "method": "ping"}
P< {"id": "sync", "result": {}}
A< NONE
A> {"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": "job"}}
A< {"id": "job", "error": {"code": -32006, "data": {"code": "cancelled", "retryable": false}}}
P< {"method": "$/cancel", "params": {"id": "${c}"}, "id": "${absent}"}
P> {"jsonrpc": "2.0", "id": "${c}", "result": {}}
P> {"jsonrpc": "2.0", "method": "$/progress", "params": {"token": "${c}", "done": 3}}
P> {"jsonrpc": "2.0", "id": "sync2", "method": "ping"}
P< {"id": "sync2", "result": {}}
A< NONE

@case P06 a hook: continue, patch, veto
@cites 7.11 7.12 7.13 7.14 7.15 7.18 7.25 3.6
@needs keys
! open P plugin1
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "plugin1", "hooks": [{"point": "ticket.before_create", "timeout_ms": 300}, {"point": "ticket.before_assign"}, {"point": "ticket.before_lunch"}]}}}
P< {"id": 1, "result": {"granted": {"hooks": ["ticket.before_assign", "ticket.before_create"]}, "warnings": [{"code": "unknown_hook"}]}}
A> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "Anna", "roles": ["agent"]}}
A< {"id": 2, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.create", "params": {"subject": "plain", "requester": "${u}"}}
P< {"jsonrpc": "2.0", "method": "hook.call", "id": "${h1:string}", "params": {"point": "ticket.before_create", "call_id": "${:string}", "method": "ticket.create", "via": "owner", "before": "${absent}", "proposed": {"subject": "plain", "requester": "${u}"}, "deadline_ms": "${:int}"}}
P> {"jsonrpc": "2.0", "id": "${h1}", "result": {"action": "continue"}}
A< {"id": 3, "result": {"ticket": {"id": "${t}", "subject": "plain", "version": "${v:int}"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "ticket.create", "params": {"subject": "urgent!!!", "requester": "${u}"}}
P< {"method": "hook.call", "id": "${h2:string}", "params": {"proposed": {"subject": "urgent!!!"}}}
P> {"jsonrpc": "2.0", "id": "${h2}", "result": {"action": "patch", "patch": {"priority": "urgent", "subject": "urgent"}}}
A< {"id": 4, "result": {"ticket": {"subject": "urgent", "priority": "urgent"}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "ticket.assign", "params": {"ticket": "${t}", "assignee": "${u}"}}
P< {"method": "hook.call", "id": "${h3:string}", "params": {"point": "ticket.before_assign", "method": "ticket.assign", "before": {"ticket": {"id": "${t}", "version": "${v}"}}, "proposed": {"ticket": "${t}", "assignee": "${u}"}}}
P> {"jsonrpc": "2.0", "id": "${h3}", "result": {"action": "veto", "code": "own_ticket", "reason": "Nobody works on a ticket of their own."}}
A< {"id": 5, "error": {"code": 1008, "data": {"code": "vetoed", "retryable": false, "plugin": "plugin1", "veto_code": "own_ticket", "reason": "Nobody works on a ticket of their own."}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "ticket.get", "params": {"ticket": "${t}"}}
A< {"id": 6, "result": {"ticket": {"version": "${v}", "assignee": "${absent}"}}}
P> {"jsonrpc": "2.0", "id": 7, "method": "session.bye"}
P< {"id": 7, "result": {}}
A> {"jsonrpc": "2.0", "id": 8, "method": "ticket.assign", "params": {"ticket": "${t}", "assignee": "${u}"}}
A< {"id": 8, "result": {"ticket": {"assignee": "${u}"}}}

@case P07 a hook that fails, and one that calls back
@cites 7.16 7.19 7.20 7.22 7.26 7.27
@needs keys
! open P plugin1
! sub E ["system.hook_failed/"]
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "plugin1", "hooks": [{"point": "ticket.before_create", "timeout_ms": 300}]}}}
P< {"id": 1, "result": {"granted": {"hooks": ["ticket.before_create"]}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "Anna"}}
A< {"id": 2, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.create", "params": {"subject": "a", "requester": "${u}"}}
P< {"method": "hook.call", "id": "${h1:string}"}
P> {"jsonrpc": "2.0", "id": "${h1}", "result": {"action": "patch", "patch": {"external_id": "stolen"}}}
A< {"id": 3, "result": {"ticket": {"subject": "a", "external_id": "${absent}"}}}
E< {"topic": "system.hook_failed/plugin1", "body": {"data": {"plugin": "plugin1", "point": "ticket.before_create", "reason": "malformed", "policy": "open"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "ticket.create", "params": {"subject": "b", "requester": "${u}"}}
P< {"method": "hook.call", "id": "${h2:string}", "params": {"call_id": "${call:string}"}}
P> {"jsonrpc": "2.0", "id": 5, "method": "user.get", "params": {"user": "${u}", "_meta": {"hook_id": "${call}"}}}
P< {"id": 5, "result": {"user": {"id": "${u}"}}}
P> {"jsonrpc": "2.0", "id": 6, "method": "user.update", "params": {"user": "${u}", "name": "B", "_meta": {"hook_id": "${call}"}}}
P< {"id": 6, "error": {"code": -32002, "data": {"code": "reentrant", "retryable": false}}}
P> {"jsonrpc": "2.0", "id": "${h2}", "result": {"action": "continue"}}
A< {"id": 4, "result": {"ticket": {"subject": "b"}}}
A> {"jsonrpc": "2.0", "id": 7, "method": "ticket.create", "params": {"subject": "c", "requester": "${u}"}}
P< {"method": "hook.call", "id": "${h3:string}"}
# It says nothing. The command goes on without it.
A< {"id": 7, "result": {"ticket": {"subject": "c"}}}
E< {"topic": "system.hook_failed/plugin1", "body": {"data": {"reason": "timeout"}}}
P> {"jsonrpc": "2.0", "id": "${h3}", "result": {"action": "veto", "code": "late", "reason": "too late"}}
A< NONE

@case P08 events of a plugin
@cites 7.28 7.29 7.30 7.31 3.18 4.17 4.29
! open P owner
! sub E ["x.p08."]
A> {"jsonrpc": "2.0", "id": 1, "method": "event.publish", "params": {"type": "x.p08.paged.v1", "data": {}}}
A< {"id": 1, "error": {"code": -32008, "data": {"code": "session_required"}}}
P> {"jsonrpc": "2.0", "id": 2, "method": "session.hello", "params": {"manifest": {"name": "p08", "events": [{"type": "x.p08.paged.v1", "schema": {"type": "object", "required": ["level"], "properties": {"level": {"type": "integer"}}}}, {"type": "x.other.paged.v1"}]}}}
P< {"id": 2, "result": {"granted": {"events": ["x.p08.paged.v1"]}, "warnings": [{"code": "event_not_granted"}]}}
P> {"jsonrpc": "2.0", "id": 3, "method": "event.publish", "params": {"type": "x.p08.paged.v1", "subject": "pager/7", "data": {"level": 2}, "_meta": {"idempotency_key": "${run}-p08"}}}
P< {"id": 3, "result": {"seq": "${s:int}", "_meta": {"seq": "${s}"}}}
E< {"topic": "x.p08.paged/7", "seq": "${s}", "body": {"type": "x.p08.paged.v1", "subject": "pager/7", "via": "owner", "data": {"level": 2}}}
P> {"jsonrpc": "2.0", "id": 4, "method": "event.publish", "params": {"type": "x.p08.paged.v1", "subject": "pager/7", "data": {"level": 2}, "_meta": {"idempotency_key": "${run}-p08"}}}
P< {"id": 4, "result": {"seq": "${s}", "_meta": {"replayed": true}}}
P> {"jsonrpc": "2.0", "id": 5, "method": "event.publish", "params": {"type": "x.p08.paged.v1", "data": {"level": "high"}}}
P< {"id": 5, "error": {"code": -32602, "data": {"details": [{"path": "/data/level"}]}}}
P> {"jsonrpc": "2.0", "id": 6, "method": "event.publish", "params": {"type": "x.other.paged.v1", "data": {}}}
P< {"id": 6, "error": {"code": -32002, "data": {"code": "forbidden"}}}
A> {"jsonrpc": "2.0", "id": 7, "method": "events.read", "params": {"after_seq": "${head}", "types": ["x.p08.paged"]}}
A< {"id": 7, "result": {"events": [{"seq": "${s}"}]}}

@case P09 strict
@cites 3.7
! open P owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"strict": true, "manifest": {"name": "p09", "hooks": [{"point": "ticket.before_lunch"}]}}}
P< {"id": 1, "error": {"code": -32602}}
P> {"jsonrpc": "2.0", "id": 2, "method": "session.ping", "params": {}}
P< {"id": 2, "error": {"code": -32008}}

@case P10 silence ends a session
@cites 3.14 3.15 3.11
@needs conformance clock
! open P owner
! sub E ["system.plugin_"]
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "p10", "version": "7"}}}
P< {"id": 1, "result": {"session": {"id": "${id:string}"}}}
E< {"topic": "system.plugin_online/p10", "body": {"actor": "${:string}", "subject": "plugin/p10", "data": {"plugin": "p10", "identity": "owner", "version": "7", "session": "${id}"}}}
P> {"jsonrpc": "2.0", "id": 2, "method": "session.ping", "params": {"health": {"queue": 3}}}
P< {"id": 2, "result": {"instance_id": "${instance_id}", "time": "${:time}"}}
! advance 16000
E< {"topic": "system.plugin_offline/p10", "body": {"data": {"plugin": "p10", "identity": "owner", "session": "${id}", "reason": "silent"}}}
P> {"jsonrpc": "2.0", "id": 3, "method": "session.ping"}
P< {"id": 3, "error": {"code": -32008}}
