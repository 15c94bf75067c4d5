# The examples of the JSON-RPC 2.0 text, section 7, with its method names. `oporad --conformance` has them.

@case J01 positional parameters
@cites 2.1
@needs conformance
-> {"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}
<- {"jsonrpc": "2.0", "result": 19, "id": 1}

@case J02 positional parameters, the other way round
@cites 2.1
@needs conformance
-> {"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}
<- {"jsonrpc": "2.0", "result": -19, "id": 2}

@case J03 named parameters
@cites 2.1
@needs conformance
-> {"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}
<- {"jsonrpc": "2.0", "result": 19, "id": 3}

@case J04 named parameters in another order
@cites 2.1
@needs conformance
-> {"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}
<- {"jsonrpc": "2.0", "result": 19, "id": 4}

@case J05 a notification
@cites 2.13
@needs conformance
-> {"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}
<- NONE

@case J06 a notification of an unknown method
@cites 2.13
-> {"jsonrpc": "2.0", "method": "foobar"}
<- NONE

@case J07 an unknown method
@cites 2.9
-> {"jsonrpc": "2.0", "method": "foobar", "id": "1"}
<- {"jsonrpc": "2.0", "error": {"code": -32601, "data": {"code": "method_not_found", "retryable": false}}, "id": "1"}

@case J08 invalid JSON
@cites 2.2 9.8.4
-> {"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]
<- {"jsonrpc": "2.0", "error": {"code": -32700, "data": {"code": "parse_error", "fault": "syntax"}}, "id": null}

@case J09 an invalid request
@cites 2.9 2.13
-> {"jsonrpc": "2.0", "method": 1, "params": "bar"}
<- {"jsonrpc": "2.0", "error": {"code": -32600, "data": {"code": "invalid_request"}}, "id": null}

@case J10 a batch that is invalid JSON
@cites 2.2
-> [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]
<- {"jsonrpc": "2.0", "error": {"code": -32700}, "id": null}

@case J11 an empty batch
@cites 2.24 9.8.9
-> []
<- {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}

@case J12 an invalid batch that is not empty
@cites 2.25 9.8.10
-> [1]
<- [{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}]

@case J13 an invalid batch
@cites 2.25
-> [1,2,3]
<- [{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}, {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}, {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}]

@case J14 a batch of everything
@cites 2.1 2.26
@needs conformance
-> [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}, {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"}, {"foo": "boo"}, {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"}, {"jsonrpc": "2.0", "method": "get_data", "id": "9"}]
<- [{"jsonrpc": "2.0", "result": 7, "id": "1"}, {"jsonrpc": "2.0", "result": 19, "id": "2"}, {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}, {"jsonrpc": "2.0", "error": {"code": -32601}, "id": "5"}, {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}]

@case J15 a batch of notifications
@cites 2.26
@needs conformance
-> [{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]
<- NONE
