# A command happens once.

@case M01 a repeat with the same key
@cites 6.1 6.2 6.3 2.23
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "Once ${run}", "external_id": "once-${run}", "_meta": {"idempotency_key": "${run}-1"}}}
A< {"id": 1, "result": {"organization": {"id": "${o}", "version": 1}, "_meta": {"seq": "${s:int}", "replayed": "${absent}"}}}
B> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"_meta": {"idempotency_key": "${run}-1"}, "external_id": "once-${run}", "name": "Once ${run}"}}
B< {"id": 2, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s}", "replayed": true}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "organization.create", "params": {"name": "Twice ${run}", "_meta": {"idempotency_key": "${run}-1"}}}
A< {"id": 3, "error": {"code": 1006, "data": {"code": "idempotency_key_reused", "retryable": false}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "group.create", "params": {"name": "Once ${run}", "_meta": {"idempotency_key": "${run}-1"}}}
A< {"id": 4, "result": {"group": {"id": "${:string}"}, "_meta": {"seq": "${:int}", "replayed": "${absent}"}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "organization.list", "params": {"external_id": "once-${run}"}}
A< {"id": 5, "result": {"items": [{"id": "${o}"}]}}

@case M02 a refused request leaves its key free
@cites 6.4
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "", "_meta": {"idempotency_key": "${run}-2"}}}
A< {"id": 1, "error": {"code": -32602}}
A> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "M02", "_meta": {"idempotency_key": "${run}-2"}}}
A< {"id": 2, "result": {"organization": {}, "_meta": {"replayed": "${absent}"}}}

@case M03 the same key twice in one breath
@cites 6.5
A> [{"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "M03", "_meta": {"idempotency_key": "${run}-3"}}}, {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "M03", "_meta": {"idempotency_key": "${run}-3"}}}]
A< [{"id": 1, "result": {"organization": {"id": "${o}"}}}, {"id": 2, "result": {"organization": {"id": "${o}"}, "_meta": {"replayed": true}}}]

@case M04 a key outlives a crash
@cites 6.4 6.6 4.26
@needs process
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "M04", "_meta": {"idempotency_key": "${run}-4"}}}
A< {"id": 1, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s:int}"}}}
! kill
! start
A> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "M04", "_meta": {"idempotency_key": "${run}-4"}}}
A< {"id": 2, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s}", "replayed": true}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "organization.get", "params": {"organization": "${o}"}}
A< {"id": 3, "result": {"organization": {"name": "M04"}}}

@case M05 one's key is not another's
@cites 6.3 8.3
@needs keys
! open P plugin1
! open Q plugin2
P> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "M05 a", "_meta": {"idempotency_key": "${run}-5"}}}
P< {"id": 1, "result": {"user": {"name": "M05 a"}}}
Q> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "M05 b", "_meta": {"idempotency_key": "${run}-5"}}}
Q< {"id": 2, "result": {"user": {"name": "M05 b"}, "_meta": {"replayed": "${absent}"}}}

@case M06 acting for somebody
@cites 8.14 4.15
A> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "Agent", "roles": ["agent"]}}
A< {"id": 1, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "M06", "_meta": {"on_behalf_of": "${u}", "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}}
A< {"id": 2, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s:int}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "events.read", "params": {"after_seq": "${head}", "subject": "organization/${o}"}}
A< {"id": 3, "result": {"events": [{"seq": "${s}", "event": {"actor": "user/${u}", "via": "owner", "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "causationid": "${absent}"}}]}}
A> {"jsonrpc": "2.0", "id": 4, "method": "organization.create", "params": {"name": "M06", "_meta": {"on_behalf_of": "U-999999999"}}}
A< {"id": 4, "error": {"code": 1001, "data": {"code": "not_found"}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "user.update", "params": {"user": "${u}", "active": false}}
A< {"id": 5, "result": {"user": {"active": false}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "organization.create", "params": {"name": "M06", "_meta": {"on_behalf_of": "${u}"}}}
A< {"id": 6, "error": {"code": 1004, "data": {"code": "validation_failed"}}}

@case M07 roles
@cites 8.8 8.10 8.14 8.7 2.21
@needs keys
! open R reader
R> {"jsonrpc": "2.0", "id": 1, "method": "auth.whoami"}
R< {"id": 1, "result": {"identity": {"name": "reader", "roles": ["reporter"], "streams": ["*"], "hooks": [], "rights": []}, "via": "key"}}
R> {"jsonrpc": "2.0", "id": 2, "method": "user.list"}
R< {"id": 2, "result": {"items": "${:array}"}}
R> {"jsonrpc": "2.0", "id": 3, "method": "user.create", "params": {"name": "x"}}
R< {"id": 3, "error": {"code": -32002, "data": {"code": "forbidden", "retryable": false}}}
R> {"jsonrpc": "2.0", "id": 4, "method": "ping"}
R< {"id": 4, "result": {"pong": true}}
! open P plugin1
P> {"jsonrpc": "2.0", "id": 1, "method": "auth.whoami"}
P< {"id": 1, "result": {"identity": {"name": "plugin1", "roles": "${:array}", "methods": "${:array}", "streams": ["*"], "hooks": "${:array}", "rights": []}, "via": "key", "fingerprint": "${:string}"}}
P> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "x", "_meta": {"on_behalf_of": "U-1"}}}
P< {"id": 2, "error": {"code": -32002, "data": {"code": "forbidden"}}}
! open X stranger
X> {"jsonrpc": "2.0", "id": 1, "method": "ping"}
A> {"jsonrpc": "2.0", "id": 1, "method": "ping"}
A< {"id": 1, "result": {"pong": true}}
