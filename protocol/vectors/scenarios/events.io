# The bus, and what repairs it.

@case E01 a gap is seen and repaired
@cites 4.1 4.9 4.18 4.22 4.23 4.24 4.28
! sub E ["organization."]
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "seen"}}
A< {"id": 1, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s1:int}"}}}
E< {"topic": "organization.created/${o}", "seq": "${s1}"}
A> [{"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "lost 1"}}, {"jsonrpc": "2.0", "id": 3, "method": "user.create", "params": {"name": "other stream"}}, {"jsonrpc": "2.0", "id": 4, "method": "organization.create", "params": {"name": "lost 2"}}, {"jsonrpc": "2.0", "id": 5, "method": "organization.create", "params": {"name": "seen again"}}]
A< [{"id": 2, "result": {"_meta": {"seq": "${s2:int}"}}}, {"id": 3}, {"id": 4, "result": {"_meta": {"seq": "${s3:int}"}}}, {"id": 5, "result": {"_meta": {"seq": "${s4:int}"}}}]
# What the subscriber never gets: two events.
! drop E 2
E< {"seq": "${s4}", "prev": "${s3}"}
# prev is not s1: so it reads what lies between.
A> {"jsonrpc": "2.0", "id": 6, "method": "events.read", "params": {"after_seq": "${s1}", "epoch": "${epoch}", "streams": ["organization"]}}
A< {"id": 6, "result": {"events": [{"seq": "${s2}", "prev": "${s1}", "event": {"id": "${log_id}.${s2}"}}, {"seq": "${s3}", "prev": "${s2}"}, {"seq": "${s4}", "prev": "${s3}"}], "next_after_seq": "${:int}", "head_seq": "${:int}", "epoch": "${epoch}"}}

@case E02 the last message is lost: the heartbeat tells
@cites 4.18 4.23 1.21
! sub E ["group.", "$hb/"]
A> {"jsonrpc": "2.0", "id": 1, "method": "group.create", "params": {"name": "E02 ${run}"}}
A< {"id": 1, "result": {"_meta": {"seq": "${s:int}"}}}
! drop E 1
E< {"topic": "$hb/", "flags": 1, "seq": 0, "prev": 0, "epoch": "${epoch}", "body": {"epoch": "${epoch}", "heads": {"group": "${s}", "ticket": "${:int}", "message": "${:int}", "user": "${:int}", "organization": "${:int}", "policy": "${:int}", "calendar": "${:int}", "sla": "${:int}", "feedback": "${:int}", "system": "${:int}", "x": "${:int}"}, "drop_episodes": "${:int}", "time": "${:time}"}}
A> {"jsonrpc": "2.0", "id": 2, "method": "events.read", "params": {"after_seq": "${head}", "streams": ["group"]}}
A< {"id": 2, "result": {"events": [{"seq": "${s}"}]}}

@case E03 welcome
@cites 1.18 4.19
! sub E ["$welcome"]
E< {"topic": "$welcome"}

@case E04 reading with filters moves on
@cites 4.29 4.30 4.32 4.27
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "E04"}}
A< {"id": 1, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s:int}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "events.read", "params": {"after_seq": "${head}", "types": ["organization.created"], "subject": "organization/${o}"}}
A< {"id": 2, "result": {"events": [{"seq": "${s}", "event": {"data": {"organization": "${o}", "changed": ["*"]}}}]}}
A> {"jsonrpc": "2.0", "id": 3, "method": "events.read", "params": {"after_seq": "${head}", "streams": ["ticket"], "types": ["organization.created"]}}
A< {"id": 3, "result": {"events": []}}
A> {"jsonrpc": "2.0", "id": 4, "method": "events.read", "params": {"after_seq": "${head}", "streams": ["tickets"]}}
A< {"id": 4, "error": {"code": -32602, "data": {"details": [{"path": "/streams/0"}]}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "events.read", "params": {"after_seq": 0, "epoch": 4000000000}}
A< {"id": 5, "error": {"code": 1011, "data": {"code": "epoch_mismatch", "epoch": "${epoch}", "log_id": "${log_id}"}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "events.read", "params": {"after_seq": 0, "limit": 501}}
A< {"id": 6, "error": {"code": -32602, "data": {"details": [{"path": "/limit"}]}}}

@case E05 a long poll ends with the event
@cites 4.31 13.4
A> {"jsonrpc": "2.0", "id": 1, "method": "kernel.health"}
A< {"id": 1, "result": {"status": "${:string}", "ready": true, "head_seq": "${h:int}", "log_id": "${log_id}", "epoch": "${epoch}"}}
A> {"jsonrpc": "2.0", "id": 2, "method": "events.read", "params": {"after_seq": "${h}", "streams": ["organization"], "wait_ms": 20000}}
B> {"jsonrpc": "2.0", "id": 3, "method": "user.create", "params": {"name": "not this"}}
B< {"id": 3, "result": {}}
A< NONE
B> {"jsonrpc": "2.0", "id": 4, "method": "organization.create", "params": {"name": "this"}}
B< {"id": 4, "result": {"_meta": {"seq": "${s:int}"}}}
A< {"id": 2, "result": {"events": [{"seq": "${s}"}], "head_seq": "${:int}"}}

@case E06 a restart keeps numbers and epoch
@cites 4.26 1.4 3.19
@needs process
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "before"}}
A< {"id": 1, "result": {"_meta": {"seq": "${s:int}"}}}
! stop
! start
! sub E ["organization."]
A> {"jsonrpc": "2.0", "id": 2, "method": "organization.create", "params": {"name": "after"}}
A< {"id": 2, "result": {"organization": {"id": "${o}"}, "_meta": {"seq": "${s2:int}"}}}
E< {"topic": "organization.created/${o}", "prev": "${s}", "seq": "${s2}", "epoch": "${epoch}", "flags": 0}

@case E07 an orderly stop says goodbye
@cites 4.20 3.20 1.3
@needs process
! sub E ["$bye/"]
P> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "e07"}}}
P< {"id": 1, "result": {"kernel": {"instance_id": "${i:string}"}}}
! stop
E< {"topic": "$bye/", "flags": 1, "seq": 0, "body": {"instance_id": "${i}"}}
P< {"method": "session.closing", "params": {"reason": "stopping", "drain_ms": "${:int}"}, "id": "${absent}"}
! start
