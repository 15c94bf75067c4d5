# What JSON-RPC 2.0 leaves open, and what malformed input comes to.

@case K01 null is an id
@cites 2.12
-> {"jsonrpc": "2.0", "id": null, "method": "ping"}
<- {"id": null, "result": {"pong": true}}

@case K02 a string that looks like a number
@cites 2.10
-> {"jsonrpc": "2.0", "id": "01", "method": "ping"}
<- {"id": "01", "result": {"pong": true}}

@case K02b an empty string, and one of other letters
@cites 2.10
-> {"jsonrpc": "2.0", "id": "", "method": "ping"}
<- {"id": "", "result": {"pong": true}}
-> {"jsonrpc": "2.0", "id": "заявка", "method": "ping"}
<- {"id": "заявка", "result": {"pong": true}}

@case K03 the largest and the smallest integer
@cites 2.10
-> {"jsonrpc": "2.0", "id": 9007199254740991, "method": "ping"}
<- {"id": 9007199254740991, "result": {"pong": true}}
-> {"jsonrpc": "2.0", "id": -9007199254740991, "method": "ping"}
<- {"id": -9007199254740991, "result": {"pong": true}}

@case K04 an integer too large
@cites 2.11 9.8.11
-> {"jsonrpc": "2.0", "id": 9007199254740993, "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K05 a fraction
@cites 2.11
-> {"jsonrpc": "2.0", "id": 1.5, "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K06a an object as id
@cites 2.11
-> {"jsonrpc": "2.0", "id": {}, "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K06b a boolean as id
@cites 2.11
-> {"jsonrpc": "2.0", "id": true, "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K06c an array as id
@cites 2.11
-> {"jsonrpc": "2.0", "id": [1], "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K07a an id of 128 bytes
@cites 2.10
-> {"jsonrpc": "2.0", "id": "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "method": "ping"}
<- {"id": "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "result": {"pong": true}}

@case K07b an id of 129 bytes
@cites 2.11
-> {"jsonrpc": "2.0", "id": "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K07c an id of 65 letters in 130 bytes
@cites 2.11
-> {"jsonrpc": "2.0", "id": "яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя", "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K08a no version
@cites 2.8 9.8.12
-> {"id": 1, "method": "ping"}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K08b version 1.0
@cites 2.8 9.8.12
-> {"jsonrpc": "1.0", "id": 1, "method": "ping"}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K08c a version that is a number
@cites 2.8 9.8.12
-> {"jsonrpc": 2.0, "id": 1, "method": "ping"}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K08d a bad id and no version
@cites 2.8
-> {"id": {}, "method": "ping"}
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K09a a number as params
@cites 2.15 9.8.12
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": 7}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K09b a string as params
@cites 2.15 9.8.12
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": "x"}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K09c null as params
@cites 2.15 9.8.12
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": null}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K09d a boolean as params
@cites 2.15 9.8.12
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": false}
<- {"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K10 positional parameters of a kernel method
@cites 2.15 9.8.16
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": ["T-1"]}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params"}}}

@case K11 an unknown parameter
@cites 2.16 9.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.solve", "params": {"ticket": "T-1", "expected_verison": 1}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/expected_verison", "rule": "unknown", "message": "${:string}"}]}}}

@case K11b a missing parameter
@cites 2.16
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "required", "message": "${:string}"}]}}}

@case K11c a parameter of the wrong type
@cites 2.16 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": 7}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "${:string}", "message": "${:string}"}]}}}

@case K11d1 an id that is none: "T-0"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-0"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d2 an id that is none: "T-01"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-01"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d3 an id that is none: "t-1"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "t-1"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d4 an id that is none: "U-1"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "U-1"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d5 an id that is none: "T1"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T1"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d6 an id that is none: "T-"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d7 an id that is none: "T--1"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T--1"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d8 an id that is none: "T-1 "
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-1 "}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K11d9 an id that is none: "T-9999999999999999999"
@cites 0.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-9999999999999999999"}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/ticket", "rule": "format", "message": "${:string}"}]}}}

@case K12 an unknown member of _meta
@cites 2.22
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"_meta": {"future": 1}}}
<- {"id": 1, "result": {"pong": true}}

@case K12b a member of _meta in the wrong form
@cites 2.22
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"_meta": {"deadline_ms": 0}}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/_meta/deadline_ms", "rule": "${:string}", "message": "${:string}"}]}}}

@case K12c _meta that is no object
@cites 2.22
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"_meta": 1}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params"}}}

@case K13 an unknown member of the request
@cites 2.17
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 1}
<- {"id": 1, "result": {"pong": true}}

@case K14 names are compared by bytes
@cites 2.9
-> {"jsonrpc": "2.0", "id": 1, "method": "PING"}
<- {"id": 1, "error": {"code": -32601, "data": {"code": "method_not_found"}}}

@case K15 an unknown name of JSON-RPC's own
@cites 2.9
-> {"jsonrpc": "2.0", "id": 1, "method": "rpc.nope"}
<- {"id": 1, "error": {"code": -32601, "data": {"code": "method_not_found"}}}

@case K16 discovery
@cites 2.20
-> {"jsonrpc": "2.0", "id": 1, "method": "rpc.discover"}
<- {"id": 1, "result": {"openrpc": "${:string}", "info": {"title": "${:string}", "version": "${:string}"}, "methods": [{"name": "${:string}", "params": "${:array}"}, "${more}"]}}

@case K17a a batch of 50
@cites 2.24
-> [{"jsonrpc":"2.0","id":0,"method":"ping"},{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","id":3,"method":"ping"},{"jsonrpc":"2.0","id":4,"method":"ping"},{"jsonrpc":"2.0","id":5,"method":"ping"},{"jsonrpc":"2.0","id":6,"method":"ping"},{"jsonrpc":"2.0","id":7,"method":"ping"},{"jsonrpc":"2.0","id":8,"method":"ping"},{"jsonrpc":"2.0","id":9,"method":"ping"},{"jsonrpc":"2.0","id":10,"method":"ping"},{"jsonrpc":"2.0","id":11,"method":"ping"},{"jsonrpc":"2.0","id":12,"method":"ping"},{"jsonrpc":"2.0","id":13,"method":"ping"},{"jsonrpc":"2.0","id":14,"method":"ping"},{"jsonrpc":"2.0","id":15,"method":"ping"},{"jsonrpc":"2.0","id":16,"method":"ping"},{"jsonrpc":"2.0","id":17,"method":"ping"},{"jsonrpc":"2.0","id":18,"method":"ping"},{"jsonrpc":"2.0","id":19,"method":"ping"},{"jsonrpc":"2.0","id":20,"method":"ping"},{"jsonrpc":"2.0","id":21,"method":"ping"},{"jsonrpc":"2.0","id":22,"method":"ping"},{"jsonrpc":"2.0","id":23,"method":"ping"},{"jsonrpc":"2.0","id":24,"method":"ping"},{"jsonrpc":"2.0","id":25,"method":"ping"},{"jsonrpc":"2.0","id":26,"method":"ping"},{"jsonrpc":"2.0","id":27,"method":"ping"},{"jsonrpc":"2.0","id":28,"method":"ping"},{"jsonrpc":"2.0","id":29,"method":"ping"},{"jsonrpc":"2.0","id":30,"method":"ping"},{"jsonrpc":"2.0","id":31,"method":"ping"},{"jsonrpc":"2.0","id":32,"method":"ping"},{"jsonrpc":"2.0","id":33,"method":"ping"},{"jsonrpc":"2.0","id":34,"method":"ping"},{"jsonrpc":"2.0","id":35,"method":"ping"},{"jsonrpc":"2.0","id":36,"method":"ping"},{"jsonrpc":"2.0","id":37,"method":"ping"},{"jsonrpc":"2.0","id":38,"method":"ping"},{"jsonrpc":"2.0","id":39,"method":"ping"},{"jsonrpc":"2.0","id":40,"method":"ping"},{"jsonrpc":"2.0","id":41,"method":"ping"},{"jsonrpc":"2.0","id":42,"method":"ping"},{"jsonrpc":"2.0","id":43,"method":"ping"},{"jsonrpc":"2.0","id":44,"method":"ping"},{"jsonrpc":"2.0","id":45,"method":"ping"},{"jsonrpc":"2.0","id":46,"method":"ping"},{"jsonrpc":"2.0","id":47,"method":"ping"},{"jsonrpc":"2.0","id":48,"method":"ping"},{"jsonrpc":"2.0","id":49,"method":"ping"}]
<- [{"id": 0, "result": {}}, "${more}"]

@case K17b a batch of 51
@cites 2.24 9.8.9
-> [{"jsonrpc":"2.0","id":0,"method":"ping"},{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","id":3,"method":"ping"},{"jsonrpc":"2.0","id":4,"method":"ping"},{"jsonrpc":"2.0","id":5,"method":"ping"},{"jsonrpc":"2.0","id":6,"method":"ping"},{"jsonrpc":"2.0","id":7,"method":"ping"},{"jsonrpc":"2.0","id":8,"method":"ping"},{"jsonrpc":"2.0","id":9,"method":"ping"},{"jsonrpc":"2.0","id":10,"method":"ping"},{"jsonrpc":"2.0","id":11,"method":"ping"},{"jsonrpc":"2.0","id":12,"method":"ping"},{"jsonrpc":"2.0","id":13,"method":"ping"},{"jsonrpc":"2.0","id":14,"method":"ping"},{"jsonrpc":"2.0","id":15,"method":"ping"},{"jsonrpc":"2.0","id":16,"method":"ping"},{"jsonrpc":"2.0","id":17,"method":"ping"},{"jsonrpc":"2.0","id":18,"method":"ping"},{"jsonrpc":"2.0","id":19,"method":"ping"},{"jsonrpc":"2.0","id":20,"method":"ping"},{"jsonrpc":"2.0","id":21,"method":"ping"},{"jsonrpc":"2.0","id":22,"method":"ping"},{"jsonrpc":"2.0","id":23,"method":"ping"},{"jsonrpc":"2.0","id":24,"method":"ping"},{"jsonrpc":"2.0","id":25,"method":"ping"},{"jsonrpc":"2.0","id":26,"method":"ping"},{"jsonrpc":"2.0","id":27,"method":"ping"},{"jsonrpc":"2.0","id":28,"method":"ping"},{"jsonrpc":"2.0","id":29,"method":"ping"},{"jsonrpc":"2.0","id":30,"method":"ping"},{"jsonrpc":"2.0","id":31,"method":"ping"},{"jsonrpc":"2.0","id":32,"method":"ping"},{"jsonrpc":"2.0","id":33,"method":"ping"},{"jsonrpc":"2.0","id":34,"method":"ping"},{"jsonrpc":"2.0","id":35,"method":"ping"},{"jsonrpc":"2.0","id":36,"method":"ping"},{"jsonrpc":"2.0","id":37,"method":"ping"},{"jsonrpc":"2.0","id":38,"method":"ping"},{"jsonrpc":"2.0","id":39,"method":"ping"},{"jsonrpc":"2.0","id":40,"method":"ping"},{"jsonrpc":"2.0","id":41,"method":"ping"},{"jsonrpc":"2.0","id":42,"method":"ping"},{"jsonrpc":"2.0","id":43,"method":"ping"},{"jsonrpc":"2.0","id":44,"method":"ping"},{"jsonrpc":"2.0","id":45,"method":"ping"},{"jsonrpc":"2.0","id":46,"method":"ping"},{"jsonrpc":"2.0","id":47,"method":"ping"},{"jsonrpc":"2.0","id":48,"method":"ping"},{"jsonrpc":"2.0","id":49,"method":"ping"},{"jsonrpc":"2.0","id":50,"method":"ping"}]
<- {"id": null, "error": {"code": -32600, "data": {"code": "batch_too_large"}}}

@case K18 a batch in a batch
@cites 2.25
-> [[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]]
<- [{"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}]

@case K19 the same id twice
@cites 2.29
-> [{"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "id": 1, "method": "ping"}]
<- [{"id": 1, "result": {"pong": true}}, {"id": 1, "result": {"pong": true}}]

@case K20 a query sees the command before it
@cites 2.27 2.26
-> [{"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "K20 ${run}", "external_id": "K20-${run}"}}, {"jsonrpc": "2.0", "id": 2, "method": "organization.list", "params": {"external_id": "K20-${run}"}}]
<- [{"id": 1, "result": {"organization": {"id": "${o}", "version": 1}}}, {"id": 2, "result": {"items": [{"id": "${o}"}], "next_cursor": null}}]

@case K20b a refusal leaves the others
@cites 2.27
-> [{"jsonrpc": "2.0", "id": 1, "method": "ticket.get", "params": {"ticket": "T-999999999"}}, {"jsonrpc": "2.0", "id": 2, "method": "ping"}]
<- [{"id": 1, "error": {"code": 1001, "data": {"code": "not_found"}}}, {"id": 2, "result": {"pong": true}}]

@case K21 hello in a batch
@cites 2.28
-> [{"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "k21"}}}, {"jsonrpc": "2.0", "id": 2, "method": "ping"}]
<- [{"id": 1, "error": {"code": -32600, "data": {"code": "invalid_request"}}}, {"id": 2, "result": {"pong": true}}]

@case K22 a command without id is not done
@cites 2.14
-> {"jsonrpc": "2.0", "id": 1, "method": "kernel.stats"}
<- {"id": 1, "result": {"ignored_notifications": "${before:int}"}}
-> {"jsonrpc": "2.0", "method": "organization.create", "params": {"name": "K22 ${run}", "external_id": "K22-${run}"}}
<- NONE
-> {"jsonrpc": "2.0", "id": 2, "method": "organization.list", "params": {"external_id": "K22-${run}"}}
<- {"id": 2, "result": {"items": []}}

@case K22b a query without id is not run
@cites 2.14
-> {"jsonrpc": "2.0", "method": "kernel.health"}
<- NONE

@case K22c a bad notification has no answer
@cites 2.13
-> {"jsonrpc": "2.0", "method": "ticket.get", "params": {"_meta": {"deadline_ms": 0}}}
<- NONE

@case K23a 64 deep
@cites 2.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
<- {"id": 1, "result": {"pong": true}}

@case K23b 65 deep
@cites 2.4 9.8.6
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "too_deep", "offset": "${:int}"}}}

@case K23c 100,000 deep, and not closed
@cites 2.4
->frames ["", {"repeat": "5b", "count": 100000}]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "too_deep"}}}
-> {"jsonrpc": "2.0", "id": 2, "method": "ping"}
<- {"id": 2, "result": {"pong": true}}

@case K24 a member twice
@cites 2.3 9.8.5
-> {"jsonrpc": "2.0", "id": 1, "id": 2, "method": "ping"}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "duplicate_name"}}}

@case K24b a member twice, once escaped
@cites 2.3
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "\u0069d": 2}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "duplicate_name"}}}

@case K24c a member twice, deep inside
@cites 2.3
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": [{"a": 1, "a": 1}]}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "duplicate_name"}}}

@case K25a bytes that are no UTF-8
@cites 2.2 9.8.3
->frames ["", "fffe"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K25b a continuation byte in a string
@cites 2.2 9.8.3
->frames ["", "7b226a736f6e727063223a22322e30222c226964223a2280222c226d6574686f64223a2270696e67227d"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K25c an overlong form in a string
@cites 2.2 9.8.3
->frames ["", "7b226a736f6e727063223a22322e30222c226964223a22c0af222c226d6574686f64223a2270696e67227d"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K25d a surrogate in UTF-8
@cites 2.2 9.8.3
->frames ["", "7b226a736f6e727063223a22322e30222c226964223a22eda080222c226d6574686f64223a2270696e67227d"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K25e UTF-16
@cites 2.2 9.8.3
->frames ["", "7b0022006a0073006f006e0072007000630022003a00220032002e00300022002c0022006900640022003a0031002c0022006d006500740068006f00640022003a002200700069006e00670022007d00"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K26 a byte order mark
@cites 2.2 9.8.4
->frames ["", "efbbbf7b226a736f6e727063223a22322e30222c226964223a312c226d6574686f64223a2270696e67227d"]
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K27a two texts
@cites 2.2
-> {"jsonrpc": "2.0", "id": 1, "method": "ping"}{"jsonrpc": "2.0", "id": 2, "method": "ping"}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "trailing"}}}

@case K27b blanks around the text
@cites 2.2
->frames ["", "20090d0a7b226a736f6e727063223a2022322e30222c20226964223a20312c20226d6574686f64223a202270696e67227d200a"]
<- {"id": 1, "result": {"pong": true}}

@case K28a NaN
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": NaN}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28b Infinity
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": -Infinity}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28c a trailing comma
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": [1,]}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28d a comment
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 1 /* x */}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28e single quotes
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 'x'}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28f a plus sign
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": +1}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28g a leading zero
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 01}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28h no digit after the point
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 1.}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28i a control character in a string
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": "	"}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28j an unknown escape
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": "\x"}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28k a number out of range
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping", "foo": 1e999}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K28l half a text
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "id": 1, "method": "ping"
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error"}}}

@case K29 half a surrogate pair
@cites 2.3 9.8.7
-> {"jsonrpc": "2.0", "id": 1, "method": "organization.create", "params": {"name": "\ud800"}}
<- {"id": null, "error": {"code": -32700, "data": {"code": "parse_error", "fault": "lone_surrogate"}}}

@case K29b a whole surrogate pair
@cites 2.10
-> {"jsonrpc": "2.0", "id": "\ud83d\ude00", "method": "ping"}
<- {"id": "😀", "result": {"pong": true}}

@case K30 an answer that nobody waits for
@cites 2.19 9.8.15
-> {"jsonrpc": "2.0", "id": "zz", "result": {}}
<- NONE
-> {"jsonrpc": "2.0", "id": "k-999999", "error": {"code": 1, "message": "x"}}
<- NONE

@case K30b an answer in a batch
@cites 2.28
-> [{"jsonrpc": "2.0", "id": "zz", "result": {}}, {"jsonrpc": "2.0", "id": 1, "method": "ping"}]
<- [{"id": 1, "result": {"pong": true}}]

@case K31a a text that is just 7
@cites 2.7 9.8.8
-> 7
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K31b a text that is just "x"
@cites 2.7 9.8.8
-> "x"
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K31c a text that is just null
@cites 2.7 9.8.8
-> null
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K31d a text that is just true
@cites 2.7 9.8.8
-> true
<- {"id": null, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K32 an object without method
@cites 2.9
-> {"jsonrpc": "2.0", "id": 4}
<- {"id": 4, "error": {"code": -32600, "data": {"code": "invalid_request"}}}

@case K33 an integer written as a fraction
@cites 2.6
-> {"jsonrpc": "2.0", "id": 1, "method": "events.read", "params": {"after_seq": 1.0}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/after_seq", "rule": "type", "message": "${:string}"}]}}}

@case K34 limits of a page
@cites 6.10
-> {"jsonrpc": "2.0", "id": 0, "method": "user.list", "params": {"limit": 0}}
<- {"id": 0, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/limit", "rule": "range", "message": "${:string}"}]}}}
-> {"jsonrpc": "2.0", "id": 1, "method": "user.list", "params": {"limit": -1}}
<- {"id": 1, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/limit", "rule": "range", "message": "${:string}"}]}}}
-> {"jsonrpc": "2.0", "id": 2, "method": "user.list", "params": {"limit": 201}}
<- {"id": 2, "error": {"code": -32602, "data": {"code": "invalid_params", "details": [{"path": "/limit", "rule": "range", "message": "${:string}"}]}}}

@case K35 a cursor that is none
@cites 6.12
-> {"jsonrpc": "2.0", "id": 1, "method": "user.list", "params": {"cursor": "c1.0.1.000000000000"}}
<- {"id": 1, "error": {"code": 1009, "data": {"code": "invalid_cursor"}}}

@case K36 instants
@cites 0.7
-> {"jsonrpc": "2.0", "id": 0, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-01T10:00:00.9999+02:00", "working_ms": 1000}}
<- {"id": 0, "result": {"due_at": "2026-06-01T08:00:01.999Z"}}
-> {"jsonrpc": "2.0", "id": 1, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-01T08:00:00Z", "working_ms": 1000}}
<- {"id": 1, "result": {"due_at": "2026-06-01T08:00:01.000Z"}}
-> {"jsonrpc": "2.0", "id": 2, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-01 08:00:00Z", "working_ms": 1000}}
<- {"id": 2, "error": {"code": -32602, "data": {"code": "invalid_params"}}}
-> {"jsonrpc": "2.0", "id": 3, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-01T08:00:00", "working_ms": 1000}}
<- {"id": 3, "error": {"code": -32602, "data": {"code": "invalid_params"}}}
-> {"jsonrpc": "2.0", "id": 4, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-31T08:00:00Z", "working_ms": 1000}}
<- {"id": 4, "error": {"code": -32602, "data": {"code": "invalid_params"}}}
-> {"jsonrpc": "2.0", "id": 5, "method": "calendar.due", "params": {"calendar": {"zone": "UTC", "always_open": true}, "start": "2026-06-30T23:59:60Z", "working_ms": 1000}}
<- {"id": 5, "error": {"code": -32602, "data": {"code": "invalid_params"}}}

@case K37 a session method without session
@cites 3.13 3.16
-> {"jsonrpc": "2.0", "id": 1, "method": "session.ping"}
<- {"id": 1, "error": {"code": -32008, "data": {"code": "session_required", "retryable": true}}}
-> {"jsonrpc": "2.0", "id": 2, "method": "session.bye"}
<- {"id": 2, "result": {}}

@case K38 another major version
@cites 3.4
-> {"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": {"manifest": {"name": "k38"}, "protocol": {"major": 2, "minor": 0}}}
<- {"id": 1, "error": {"code": -32007, "data": {"code": "protocol_unsupported", "supported": [1]}}}

@case K39 cancelling what is not there
@cites 6.16
-> {"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": 77}}
<- NONE
-> {"jsonrpc": "2.0", "method": "$/cancel", "params": {}}
<- NONE

@case K40 cancelling a long poll
@cites 6.14
-> {"jsonrpc": "2.0", "id": "poll", "method": "events.read", "params": {"after_seq": "${head}", "types": ["calendar.created"], "wait_ms": 20000}}
-> {"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": "poll"}}
<- {"id": "poll", "error": {"code": -32006, "data": {"code": "cancelled"}}}

@case K41 cancelling a query under way
@cites 6.14
@needs conformance
-> {"jsonrpc": "2.0", "id": 1, "method": "conformance.sleep", "params": {"ms": 20000}}
-> {"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": 1}}
<- {"id": 1, "error": {"code": -32006, "data": {"code": "cancelled"}}}

@case K42 a deadline
@cites 6.13
@needs conformance
-> {"jsonrpc": "2.0", "id": 1, "method": "conformance.sleep", "params": {"ms": 20000, "_meta": {"deadline_ms": 100}}}
<- {"id": 1, "error": {"code": -32005, "data": {"code": "deadline_exceeded", "retryable": true}}}
