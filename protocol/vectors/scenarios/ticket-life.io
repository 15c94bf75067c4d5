# A ticket from its creation to its end: answers, events, and how both name the same positions.

@case S01 a ticket's life, on both sockets
@cites 4.1 4.3 4.6 4.9 6.6 6.8 13.1 13.5 14.1 14.2 14.4 14.7 14.8
! sub E ["ticket.", "message."]
A> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "Anna", "email": "anna-${run}@example.org"}}
A< {"id": 1, "result": {"user": {"id": "${anna}", "version": 1, "roles": ["requester"], "active": true}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "Agent", "email": "agent-${run}@example.org", "roles": ["agent"]}}
A< {"id": 2, "result": {"user": {"id": "${agent}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.create", "params": {"subject": "The printer is on fire", "text": "Please help.", "requester": "${anna}", "channel": "email", "_meta": {"on_behalf_of": "${anna}"}}}
A< {"id": 3, "result": {"ticket": {"id": "${t}", "version": "${v1:int}", "status": "new", "priority": "normal", "channel": "email", "requester": "${anna}", "subject": "The printer is on fire", "assignee": "${absent}", "imported": false}, "message": {"id": "${m1}", "ticket": "${t}", "author": "${anna}", "author_kind": "requester", "visibility": "public", "text": "Please help."}, "_meta": {"seq": "${last:int}"}}}
E< {"topic": "ticket.created/${t}", "flags": 0, "epoch": "${epoch}", "seq": "${s1:int}", "prev": "${p1:int}", "body": {"specversion": "1.0", "id": "${log_id}.${s1}", "source": "opora/${log_id}", "type": "opora.ticket.created.v1", "subject": "ticket/${t}", "time": "${:time}", "recordedtime": "${at:time}", "sequence": "${:string}", "logepoch": "${:string}", "actor": "user/${anna}", "via": "owner", "entityversion": "${:int}", "imported": "${absent}", "data": {"ticket": "${t}", "requester": "${anna}", "organization": null, "channel": "email", "status": "new", "priority": "normal", "type": null, "group": null, "assignee": null}}}
E< {"topic": "message.added/${m1}", "body": {"type": "opora.message.added.v1", "subject": "message/${m1}", "recordedtime": "${at}", "data": {"message": "${m1}", "ticket": "${t}", "author": "${anna}", "author_kind": "requester", "visibility": "public", "channel": "email", "characters": 12, "text": "${absent}"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "ticket.reply", "params": {"ticket": "${t}", "text": "Which one?", "status": "pending", "_meta": {"on_behalf_of": "${agent}", "causation": "${log_id}.${s1}"}}}
A< {"id": 4, "result": {"ticket": {"status": "pending"}, "message": {"id": "${m2}", "author_kind": "agent"}}}
E< {"topic": "message.added/${m2}", "body": {"actor": "user/${agent}", "causationid": "${log_id}.${s1}"}}
E< {"topic": "ticket.status_changed/${t}", "prev": "${s1}", "seq": "${s2:int}", "body": {"causationid": "${log_id}.${s1}", "data": {"ticket": "${t}", "before": {"status": "new", "reason": null, "wake_at": null}, "after": {"status": "pending", "reason": null, "wake_at": null}}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "ticket.reply", "params": {"ticket": "${t}", "text": "All of them.", "_meta": {"on_behalf_of": "${anna}"}}}
A< {"id": 5, "result": {"ticket": {"status": "open"}, "message": {"id": "${m3}", "author_kind": "requester"}}}
E< {"topic": "message.added/${m3}"}
E< {"topic": "ticket.status_changed/${t}", "prev": "${s2}", "seq": "${s3:int}", "body": {"data": {"before": {"status": "pending"}, "after": {"status": "open"}}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "ticket.close", "params": {"ticket": "${t}"}}
A< {"id": 6, "error": {"code": 1005, "data": {"code": "invalid_transition", "retryable": false, "from": "open", "to": "closed", "allowed": ["pending", "on_hold", "solved"]}}}
A> {"jsonrpc": "2.0", "id": 7, "method": "ticket.solve", "params": {"ticket": "${t}"}}
A< {"id": 7, "result": {"ticket": {"status": "solved", "solved_at": "${:time}", "version": "${v7:int}"}, "_meta": {"seq": "${:int}"}}}
E< {"topic": "ticket.status_changed/${t}", "prev": "${s3}", "seq": "${s4:int}"}
A> {"jsonrpc": "2.0", "id": 8, "method": "ticket.solve", "params": {"ticket": "${t}"}}
A< {"id": 8, "result": {"ticket": {"status": "solved", "version": "${v7}"}, "_meta": "${absent}"}}
A> {"jsonrpc": "2.0", "id": 9, "method": "ticket.close", "params": {"ticket": "${t}", "expected_version": "${v7}"}}
A< {"id": 9, "result": {"ticket": {"status": "closed", "closed_at": "${:time}", "version": "${v9:int}"}}}
E< {"topic": "ticket.status_changed/${t}", "prev": "${s4}", "body": {"data": {"before": {"status": "solved"}, "after": {"status": "closed"}}}}
A> {"jsonrpc": "2.0", "id": 10, "method": "ticket.reopen", "params": {"ticket": "${t}"}}
A< {"id": 10, "error": {"code": 1005, "data": {"code": "invalid_transition", "from": "closed", "to": "open", "allowed": []}}}
A> {"jsonrpc": "2.0", "id": 11, "method": "ticket.reply", "params": {"ticket": "${t}", "text": "Too late.", "_meta": {"on_behalf_of": "${anna}"}}}
A< {"id": 11, "error": {"code": 1004, "data": {"code": "validation_failed", "details": [{"path": "/ticket", "rule": "${:string}", "message": "${:string}"}]}}}
A> {"jsonrpc": "2.0", "id": 12, "method": "ticket.history", "params": {"ticket": "${t}"}}
A< {"id": 12, "result": {"items": [{"type": "ticket.created", "seq": "${s1}", "at": "${:time}", "actor": "user/${anna}", "imported": false}, "${more}"], "next_cursor": null, "as_of_seq": "${:int}", "epoch": "${epoch}"}}
A> {"jsonrpc": "2.0", "id": 13, "method": "message.list", "params": {"ticket": "${t}"}}
A< {"id": 13, "result": {"items": [{"id": "${m1}"}, {"id": "${m2}", "text": "Which one?"}, {"id": "${m3}"}], "next_cursor": null}}

@case S02 waiting, with a reason and without
@cites 14.4 14.5 14.6 4.2
A> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "Boris"}}
A< {"id": 1, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "ticket.create", "params": {"subject": "x", "requester": "${u}"}}
A< {"id": 2, "result": {"ticket": {"id": "${t}"}, "message": "${absent}"}}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.set_status", "params": {"ticket": "${t}", "status": "open", "reason": "vendor"}}
A< {"id": 3, "error": {"code": 1004, "data": {"code": "validation_failed", "details": [{"path": "/reason"}]}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "ticket.set_status", "params": {"ticket": "${t}", "status": "on_hold", "reason": "vendor", "wake_at": "2020-01-01T00:00:00Z"}}
A< {"id": 4, "error": {"code": 1004, "data": {"details": [{"path": "/wake_at"}]}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "ticket.set_status", "params": {"ticket": "${t}", "status": "on_hold", "reason": "vendor", "wake_at": "2999-01-01T03:00:00+03:00"}}
A< {"id": 5, "result": {"ticket": {"status": "on_hold", "status_reason": "vendor", "wake_at": "2999-01-01T00:00:00.000Z"}, "_meta": {"seq": "${s:int}"}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "ticket.set_status", "params": {"ticket": "${t}", "status": "on_hold", "reason": "parts"}}
A< {"id": 6, "result": {"ticket": {"status": "on_hold", "status_reason": "parts", "wake_at": "${absent}"}}}
A> {"jsonrpc": "2.0", "id": 7, "method": "events.read", "params": {"after_seq": "${s}", "subject": "ticket/${t}", "types": ["ticket.status_changed"]}}
A< {"id": 7, "result": {"events": [{"event": {"data": {"before": {"status": "on_hold", "reason": "vendor", "wake_at": "2999-01-01T00:00:00.000Z"}, "after": {"status": "on_hold", "reason": "parts", "wake_at": null}}}}]}}
A> {"jsonrpc": "2.0", "id": 8, "method": "ticket.reopen", "params": {"ticket": "${t}"}}
A< {"id": 8, "error": {"code": 1005, "data": {"from": "on_hold", "to": "open", "allowed": ["open", "pending", "solved"]}}}
A> {"jsonrpc": "2.0", "id": 9, "method": "ticket.solve", "params": {"ticket": "${t}"}}
A< {"id": 9, "result": {"ticket": {"status": "solved", "status_reason": "${absent}"}}}
A> {"jsonrpc": "2.0", "id": 10, "method": "ticket.reopen", "params": {"ticket": "${t}"}}
A< {"id": 10, "result": {"ticket": {"status": "open", "solved_at": "${absent}"}}}

@case S03 a ticket wakes up by itself
@cites 14.6 4.15 13.8
@needs conformance clock
! sub E ["ticket."]
A> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "Boris"}}
A< {"id": 1, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "ticket.create", "params": {"subject": "x", "requester": "${u}"}}
A< {"id": 2, "result": {"ticket": {"id": "${t}", "created_at": "${at}"}}}
E< {"topic": "ticket.created/${t}", "seq": "${s1:int}"}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.set_status", "params": {"ticket": "${t}", "status": "pending", "wake_at": "${in_an_hour}"}}
A< {"id": 3, "result": {"ticket": {"status": "pending"}}}
E< {"topic": "ticket.status_changed/${t}", "seq": "${s2:int}", "prev": "${s1}"}
! advance 3605000
E< {"topic": "ticket.status_changed/${t}", "prev": "${s2}", "body": {"actor": "kernel", "via": "${absent}", "time": "${in_an_hour}", "data": {"before": {"status": "pending"}, "after": {"status": "open", "wake_at": null}}}}

@case S04 expected versions
@cites 6.9 4.2
A> {"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "Boris"}}
A< {"id": 1, "result": {"user": {"id": "${u}", "version": 1}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "user.update", "params": {"user": "${u}", "name": "Boris B.", "expected_version": 1}}
A< {"id": 2, "result": {"user": {"version": 2}, "_meta": {"seq": "${s:int}"}}}
B> {"jsonrpc": "2.0", "id": 3, "method": "user.update", "params": {"user": "${u}", "name": "Boris C.", "expected_version": 1}}
B< {"id": 3, "error": {"code": 1003, "data": {"code": "version_conflict", "retryable": false, "current_version": 2}}}
B> {"jsonrpc": "2.0", "id": 4, "method": "events.read", "params": {"after_seq": "${s}", "subject": "user/${u}"}}
B< {"id": 4, "result": {"events": []}}
A> {"jsonrpc": "2.0", "id": 5, "method": "user.update", "params": {"user": "${u}", "name": "Boris B."}}
A< {"id": 5, "result": {"user": {"version": 2}, "_meta": "${absent}"}}

@case S05 pages of a list
@cites 6.10 6.11 6.12
A> [{"jsonrpc": "2.0", "id": 1, "method": "user.create", "params": {"name": "p1", "organization": null, "identity": "p1-${run}"}}, {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "p2"}}, {"jsonrpc": "2.0", "id": 3, "method": "user.create", "params": {"name": "p3"}}]
A< [{"id": 1, "result": {"user": {"id": "${u1}"}}}, {"id": 2, "result": {"user": {"id": "${u2}"}}}, {"id": 3, "result": {"user": {"id": "${u3}"}}}]
A> [{"jsonrpc": "2.0", "id": 4, "method": "ticket.create", "params": {"subject": "a", "requester": "${u1}"}}, {"jsonrpc": "2.0", "id": 5, "method": "ticket.create", "params": {"subject": "b", "requester": "${u1}"}}, {"jsonrpc": "2.0", "id": 6, "method": "ticket.create", "params": {"subject": "c", "requester": "${u1}"}}]
A< [{"id": 4, "result": {"ticket": {"id": "${ta}"}}}, {"id": 5, "result": {"ticket": {"id": "${tb}"}}}, {"id": 6, "result": {"ticket": {"id": "${tc}"}}}]
A> {"jsonrpc": "2.0", "id": 7, "method": "ticket.list", "params": {"requester": "${u1}", "sort": "id", "limit": 2}}
A< {"id": 7, "result": {"items": [{"id": "${ta}"}, {"id": "${tb}"}], "next_cursor": "${c:string}", "as_of_seq": "${:int}", "epoch": "${epoch}"}}
A> {"jsonrpc": "2.0", "id": 8, "method": "ticket.create", "params": {"subject": "d", "requester": "${u1}"}}
A< {"id": 8, "result": {"ticket": {"id": "${td}"}}}
A> {"jsonrpc": "2.0", "id": 9, "method": "ticket.list", "params": {"requester": "${u1}", "sort": "id", "limit": 50, "cursor": "${c}"}}
A< {"id": 9, "result": {"items": [{"id": "${tc}"}, {"id": "${td}"}], "next_cursor": null}}
A> {"jsonrpc": "2.0", "id": 10, "method": "ticket.list", "params": {"requester": "${u2}", "sort": "id", "limit": 2, "cursor": "${c}"}}
A< {"id": 10, "error": {"code": 1009, "data": {"code": "invalid_cursor"}}}
A> {"jsonrpc": "2.0", "id": 11, "method": "user.list", "params": {"cursor": "${c}"}}
A< {"id": 11, "error": {"code": 1009}}
A> {"jsonrpc": "2.0", "id": 12, "method": "ticket.list", "params": {"requester": "${u1}", "sort": "id", "cursor": "${c}x"}}
A< {"id": 12, "error": {"code": 1009}}

@case S06 expand
@cites 6.21
A> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "Acme"}}
A< {"id": 1, "result": {"organization": {"id": "${o}"}}}
A> {"jsonrpc": "2.0", "id": 2, "method": "user.create", "params": {"name": "Anna", "organization": "${o}"}}
A< {"id": 2, "result": {"user": {"id": "${u}"}}}
A> {"jsonrpc": "2.0", "id": 3, "method": "ticket.create", "params": {"subject": "x", "requester": "${u}"}}
A< {"id": 3, "result": {"ticket": {"id": "${t}", "organization": "${o}"}}}
A> {"jsonrpc": "2.0", "id": 4, "method": "ticket.get", "params": {"ticket": "${t}", "expand": ["requester", "organization", "assignee"]}}
A< {"id": 4, "result": {"ticket": {"id": "${t}"}, "included": {"${u}": {"id": "${u}", "name": "Anna", "organization": "${o}"}, "${o}": {"id": "${o}", "name": "Acme"}}}}
A> {"jsonrpc": "2.0", "id": 5, "method": "ticket.get", "params": {"ticket": "${t}", "expand": ["messages"]}}
A< {"id": 5, "error": {"code": -32602, "data": {"details": [{"path": "/expand/0"}]}}}
A> {"jsonrpc": "2.0", "id": 6, "method": "ticket.get", "params": {"ticket": "${t}"}}
A< {"id": 6, "result": {"included": "${absent}"}}
