# Durable consumers.

@case C01 how one begins
@cites 5.3 5.4 5.6 5.7 5.2
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c01-${run}"}}
A< {"id": 1, "error": {"code": -32602, "data": {"details": [{"path": "/start"}]}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "consumer.fetch", "params": {"name": "c01-${run}"}}
A< {"id": 2, "error": {"code": 1012, "data": {"code": "consumer_not_found", "retryable": false}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "consumer.ensure", "params": {"name": "c01-${run}", "start": {"after_seq": "${head}"}, "streams": ["organization"]}}
A< {"id": 3, "result": {"consumer": {"name": "c01-${run}", "owner": "owner", "streams": ["organization"], "acked_seq": "${head}"}, "created": true}}
A> {"jsonrpc": "2.0", "id": 4, "method": "consumer.ensure", "params": {"name": "c01-${run}", "start": {"from": "beginning"}, "streams": ["organization"]}}
A< {"id": 4, "result": {"consumer": {"acked_seq": "${head}"}, "created": false}}
A> {"jsonrpc": "2.0", "id": 5, "method": "consumer.ensure", "params": {"name": "c01-${run}", "start": {"from": "now"}, "streams": ["ticket"]}}
A< {"id": 5, "error": {"code": 1015, "data": {"code": "consumer_differs", "retryable": false}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "consumer.delete", "params": {"name": "c01-${run}"}}
A< {"id": 6, "result": {}}
A> {"jsonrpc": "2.0", "id": 7, "method": "consumer.ensure", "params": {"name": "c01-${run}", "start": {"after_seq": 0}, "streams": ["ticket"]}}
A< {"id": 7, "result": {"consumer": {"acked_seq": 0, "streams": ["ticket"]}, "created": true}}
A> {"jsonrpc": "2.0", "id": 8, "method": "consumer.ensure", "params": {"name": "c01b-${run}", "start": {"after_seq": 900000000000}}}
A< {"id": 8, "error": {"code": -32602, "data": {"details": [{"path": "/start/after_seq"}]}}}

@case C02 fetch, ack, and what comes again
@cites 5.8 5.9 5.11 5.12 5.13 5.14 5.15 6.4
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c02-${run}", "start": {"from": "now"}, "streams": ["organization"]}}
A< {"id": 1, "result": {"consumer": {"acked_seq": "${start:int}"}}}
A> [{"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "a"}}, {"jsonrpc": "2.0", "id": 3, "method": "user.create", "params": {"name": "b"}}, {"jsonrpc": "2.0", "id": 4, "method": "organization.create", "params": {"name": "c"}}, {"jsonrpc": "2.0", "id": 5, "method": "organization.create", "params": {"name": "d"}}]
A< [{"id": 2, "result": {"_meta": {"seq": "${s1:int}"}}}, {"id": 3}, {"id": 4, "result": {"_meta": {"seq": "${s2:int}"}}}, {"id": 5, "result": {"_meta": {"seq": "${s3:int}"}}}]
A> {"jsonrpc": "2.0", "id": 6, "method": "consumer.fetch", "params": {"name": "c02-${run}", "max": 2}}
A< {"id": 6, "result": {"events": [{"seq": "${s1}", "prev": "${:int}", "deliveries": 1, "event": {"id": "${log_id}.${s1}", "type": "opora.organization.created.v1"}}, {"seq": "${s2}", "prev": "${s1}", "deliveries": 1}], "lease_token": "${token:string}", "lease_until": "${:time}", "pending": "${:int}", "next_after_seq": "${:int}", "head_seq": "${:int}", "epoch": "${epoch}"}}
A> {"jsonrpc": "2.0", "id": 7, "method": "consumer.fetch", "params": {"name": "c02-${run}", "max": 1, "lease_token": "${token}"}}
A< {"id": 7, "result": {"events": [{"seq": "${s1}", "deliveries": 2, "event": {"id": "${log_id}.${s1}"}}], "lease_token": "${token}"}}
A> {"jsonrpc": "2.0", "id": 8, "method": "consumer.ack", "params": {"name": "c02-${run}", "seq": "${s3}", "lease_token": "${token}"}}
A< {"id": 8, "error": {"code": 1016, "data": {"code": "ack_out_of_range", "delivered_seq": "${:int}"}}}
A> {"jsonrpc": "2.0", "id": 9, "method": "consumer.ack", "params": {"name": "c02-${run}", "seq": "${s1}", "lease_token": "${token}"}}
A< {"id": 9, "result": {"acked_seq": "${s1}"}}
A> {"jsonrpc": "2.0", "id": 10, "method": "consumer.ack", "params": {"name": "c02-${run}", "seq": "${start}", "lease_token": "${token}"}}
A< {"id": 10, "result": {"acked_seq": "${s1}"}}
A> {"jsonrpc": "2.0", "id": 11, "method": "consumer.fetch", "params": {"name": "c02-${run}", "lease_token": "${token}", "ack_seq": "${s2}"}}
A< {"id": 11, "result": {"events": [{"seq": "${s3}"}]}}
A> {"jsonrpc": "2.0", "id": 12, "method": "consumer.info", "params": {"name": "c02-${run}"}}
A< {"id": 12, "result": {"consumer": {"acked_seq": "${s2}", "owner": "owner", "streams": ["organization"], "holder": "${:string}"}}}

@case C03 two instances: one works, one waits
@cites 5.17 5.18 5.19 5.20 3.17
! open P owner
! open Q owner
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "c03"}, "instance": "one"}}
P< {"id": 1, "result": {"session": {"id": "${:string}", "heartbeat_ms": "${:int}", "expires_after_ms": "${:int}"}}}
Q> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "c03"}, "instance": "two"}}
Q< {"id": 1, "result": {}}
P> {"jsonrpc": "2.0", "id": 2, "method": "consumer.ensure", "params": {"name": "c03-${run}", "start": {"from": "now"}, "streams": ["group"]}}
P< {"id": 2, "result": {"created": true}}
P> {"jsonrpc": "2.0", "id": 3, "method": "group.create", "params": {"name": "c03-${run}"}}
P< {"id": 3, "result": {"_meta": {"seq": "${s1:int}"}}}
P> {"jsonrpc": "2.0", "id": 4, "method": "consumer.fetch", "params": {"name": "c03-${run}"}}
P< {"id": 4, "result": {"events": [{"seq": "${s1}"}], "lease_token": "${one:string}"}}
Q> {"jsonrpc": "2.0", "id": 5, "method": "consumer.fetch", "params": {"name": "c03-${run}"}}
Q< {"id": 5, "error": {"code": 1013, "data": {"code": "consumer_busy", "retryable": true, "holder": "${:string}", "lease_until": "${:time}"}}}
Q> {"jsonrpc": "2.0", "id": 6, "method": "consumer.fetch", "params": {"name": "c03-${run}", "lease_token": "not-one"}}
Q< {"id": 6, "error": {"code": 1014, "data": {"code": "lease_lost"}}}
P> {"jsonrpc": "2.0", "id": 7, "method": "session.bye"}
P< {"id": 7, "result": {}}
Q> {"jsonrpc": "2.0", "id": 8, "method": "consumer.fetch", "params": {"name": "c03-${run}"}}
Q< {"id": 8, "result": {"events": [{"seq": "${s1}"}], "lease_token": "${two:string}"}}
P> {"jsonrpc": "2.0", "id": 9, "method": "consumer.ack", "params": {"name": "c03-${run}", "seq": "${s1}", "lease_token": "${one}"}}
P< {"id": 9, "error": {"code": 1014, "data": {"code": "lease_lost", "retryable": false}}}
Q> {"jsonrpc": "2.0", "id": 10, "method": "consumer.ack", "params": {"name": "c03-${run}", "seq": "${s1}", "lease_token": "${two}"}}
Q< {"id": 10, "result": {"acked_seq": "${s1}"}}

@case C04 positions outlive a crash, leases do not
@cites 5.15 5.20 5.29 5.11
@needs process
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c04-${run}", "start": {"from": "now"}, "streams": ["organization"]}}
A< {"id": 1, "result": {"created": true}}
A> [{"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "a"}}, {"jsonrpc": "2.0", "id": 3, "method": "organization.create", "params": {"name": "b"}}]
A< [{"id": 2, "result": {"_meta": {"seq": "${s1:int}"}}}, {"id": 3, "result": {"_meta": {"seq": "${s2:int}"}}}]
A> {"jsonrpc": "2.0", "id": 4, "method": "consumer.fetch", "params": {"name": "c04-${run}"}}
A< {"id": 4, "result": {"events": [{"seq": "${s1}"}, {"seq": "${s2}", "event": {"id": "${e2}"}}], "lease_token": "${token:string}"}}
A> {"jsonrpc": "2.0", "id": 5, "method": "consumer.ack", "params": {"name": "c04-${run}", "seq": "${s1}", "lease_token": "${token}"}}
A< {"id": 5, "result": {"acked_seq": "${s1}"}}
! kill
! start
A> {"jsonrpc": "2.0", "id": 6, "method": "consumer.fetch", "params": {"name": "c04-${run}", "lease_token": "${token}"}}
A< {"id": 6, "error": {"code": 1014}}
A> {"jsonrpc": "2.0", "id": 7, "method": "consumer.fetch", "params": {"name": "c04-${run}"}}
A< {"id": 7, "result": {"events": [{"seq": "${s2}", "event": {"id": "${e2}"}}]}}

@case C05 a lease ends by itself
@cites 5.17 5.20
@needs conformance clock
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c05-${run}", "start": {"from": "now"}}}
A< {"id": 1, "result": {}}
A> {"jsonrpc": "2.0", "id": 2, "method": "consumer.fetch", "params": {"name": "c05-${run}"}}
A< {"id": 2, "result": {"lease_token": "${one:string}"}}
B> {"jsonrpc": "2.0", "id": 3, "method": "consumer.fetch", "params": {"name": "c05-${run}"}}
B< {"id": 3, "error": {"code": 1013}}
! advance 31000
B> {"jsonrpc": "2.0", "id": 4, "method": "consumer.fetch", "params": {"name": "c05-${run}"}}
B< {"id": 4, "result": {"lease_token": "${two:string}"}}
A> {"jsonrpc": "2.0", "id": 5, "method": "consumer.fetch", "params": {"name": "c05-${run}", "lease_token": "${one}"}}
A< {"id": 5, "error": {"code": 1014}}

@case C06 setting an event aside
@cites 5.23 5.24 5.22
! sub E ["system.consumer_parked/"]
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c06-${run}", "start": {"from": "now"}, "streams": ["organization"]}}
A< {"id": 1, "result": {"consumer": {"state": "active", "parked": 0, "max_deliver": 8}}}
A> [{"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "poison"}}, {"jsonrpc": "2.0", "id": 3, "method": "organization.create", "params": {"name": "b"}}]
A< [{"id": 2, "result": {"_meta": {"seq": "${s1:int}"}}}, {"id": 3, "result": {"_meta": {"seq": "${s2:int}"}}}]
A> {"jsonrpc": "2.0", "id": 4, "method": "consumer.fetch", "params": {"name": "c06-${run}"}}
A< {"id": 4, "result": {"events": [{"seq": "${s1}"}, {"seq": "${s2}"}], "lease_token": "${token:string}"}}
A> {"jsonrpc": "2.0", "id": 5, "method": "consumer.park", "params": {"name": "c06-${run}", "seq": "${s1}", "reason": "can't read it", "lease_token": "${token}"}}
A< {"id": 5, "result": {"acked_seq": "${s1}"}}
E< {"topic": "system.consumer_parked/c06-${run}", "body": {"subject": "consumer/c06-${run}", "data": {"consumer": "c06-${run}", "seq": "${s1}", "by": "holder", "deliveries": 1, "reason": "${absent}"}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "consumer.parked_list", "params": {"name": "c06-${run}"}}
A< {"id": 6, "result": {"items": [{"seq": "${s1}", "reason": "can't read it", "deliveries": 1, "parked_at": "${:time}", "event": {"id": "${log_id}.${s1}"}}], "next_cursor": null}}
A> {"jsonrpc": "2.0", "id": 7, "method": "consumer.fetch", "params": {"name": "c06-${run}", "lease_token": "${token}", "ack_seq": "${s2}"}}
A< {"id": 7, "result": {"events": []}}
A> {"jsonrpc": "2.0", "id": 8, "method": "consumer.parked_retry", "params": {"name": "c06-${run}", "seq": "${s1}"}}
A< {"id": 8, "result": {"retried": 1}}
A> {"jsonrpc": "2.0", "id": 9, "method": "consumer.fetch", "params": {"name": "c06-${run}", "lease_token": "${token}"}}
A< {"id": 9, "result": {"events": [{"seq": "${s1}", "parked": true, "event": {"id": "${log_id}.${s1}"}}]}}
A> {"jsonrpc": "2.0", "id": 10, "method": "consumer.info", "params": {"name": "c06-${run}"}}
A< {"id": 10, "result": {"consumer": {"acked_seq": "${s2}", "parked": 1}}}
A> {"jsonrpc": "2.0", "id": 11, "method": "consumer.parked_drop", "params": {"name": "c06-${run}", "seq": "${s1}"}}
A< {"id": 11, "result": {"dropped": 1}}
A> {"jsonrpc": "2.0", "id": 12, "method": "consumer.fetch", "params": {"name": "c06-${run}", "lease_token": "${token}"}}
A< {"id": 12, "result": {"events": []}}

@case C07 pausing and seeking
@cites 5.25
! sub E ["system.consumer_moved/"]
A> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c07-${run}", "start": {"from": "now"}, "streams": ["organization"]}}
A< {"id": 1, "result": {"consumer": {"acked_seq": "${a:int}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "a"}}
A< {"id": 2, "result": {"_meta": {"seq": "${s1:int}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "consumer.pause", "params": {"name": "c07-${run}"}}
A< {"id": 3, "result": {"consumer": {"state": "paused"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "consumer.fetch", "params": {"name": "c07-${run}"}}
A< {"id": 4, "result": {"events": []}}
A> {"jsonrpc": "2.0", "id": 5, "method": "consumer.resume", "params": {"name": "c07-${run}"}}
A< {"id": 5, "result": {"consumer": {"state": "active"}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "consumer.fetch", "params": {"name": "c07-${run}"}}
A< {"id": 6, "error": {"code": 1013}}
A> {"jsonrpc": "2.0", "id": 7, "method": "consumer.seek", "params": {"name": "c07-${run}", "to": {"after_seq": "${s1}"}}}
A< {"id": 7, "result": {"consumer": {"acked_seq": "${s1}", "state": "active"}}}
E< {"topic": "system.consumer_moved/c07-${run}", "body": {"data": {"consumer": "c07-${run}", "before": "${a}", "after": "${s1}"}}}
A> {"jsonrpc": "2.0", "id": 8, "method": "consumer.fetch", "params": {"name": "c07-${run}"}}
A< {"id": 8, "result": {"events": [], "lease_token": "${:string}"}}

@case C08 a consumer is its owner's
@cites 5.2
@needs keys
! open P plugin1
! open Q plugin2
P> {"jsonrpc": "2.0", "id": 1, "method": "consumer.ensure", "params": {"name": "c08-${run}", "start": {"from": "now"}}}
P< {"id": 1, "result": {"consumer": {"owner": "plugin1"}}}
Q> {"jsonrpc": "2.0", "id": 2, "method": "consumer.fetch", "params": {"name": "c08-${run}"}}
Q< {"id": 2, "error": {"code": -32002, "data": {"code": "forbidden"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "consumer.delete", "params": {"name": "c08-${run}"}}
A< {"id": 3, "result": {}}
