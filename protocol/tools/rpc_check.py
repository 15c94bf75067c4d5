"""Requests and answers on `rpc`: what a client sends, what the kernel says, and what a plugin answers."""
import collections
import dataclasses

SAFE = 2**53 - 1
#: What a message that is no request can be answered with, under the id null.
UNREADABLE = {
    "parse_error", "invalid_request", "bad_envelope", "batch_too_large", "request_too_large", "unauthenticated", "rate_limited",
    "too_many_inflight", "unavailable",
}
#: Where requests are counted that name no method.
OTHER = ("other", "no method")


def id_fault(value):
    """What is wrong with a request's id, or None."""
    if value is None or (isinstance(value, str) and len(value.encode("utf-8", "surrogatepass")) <= 128):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= SAFE:
        return None
    return "the id is no string of up to 128 bytes, safe integer or null"


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """A request without an answer yet."""

    method: str
    fault: str | None


class RPCCheck:
    """Follows the connections of one run of a kernel."""

    def __init__(self, validators, seen):
        self.validators = validators
        self.seen = seen
        library = validators.library
        self.general = set(library.general_errors())
        self.registry = {error["data_code"]: error for error in library.errors}
        self.methods = {}
        for folder in ("methods", "conformance"):
            for path, file in library.files.items():
                if path.startswith(f"{folder}/"):
                    self.methods[file["title"]] = (path, file)
        self.events = {file["title"]: path for path, file in library.files.items() if path.startswith("events/")}
        self.hooks = {file["title"]: path for path, file in library.files.items() if path.startswith("hooks/")}
        self.requests = collections.defaultdict(list)
        self.calls = {}
        self.checked_events = set()

    @property
    def unanswered(self):
        return sum(len(waiting) for waiting in self.requests.values())

    def take(self, record):
        """Gives what is wrong with a message."""
        self.seen.messages += 1
        sent_in = record.direction == "in"
        try:
            message = record.read()
        except (ValueError, RecursionError) as error:
            # Whatever a client sends is the client's; what the kernel sends is JSON.
            return [] if sent_in else [f"the kernel sent what is no JSON: {error}"]
        one = self._from_client if sent_in else self._from_kernel
        if not isinstance(message, list):
            return one(record.peer, message)
        if sent_in and not 1 <= len(message) <= 50:
            return []
        return [problem for entry in message for problem in one(record.peer, entry)]

    # What a client or a plugin sends.

    def _from_client(self, peer, message):
        if not isinstance(message, dict):
            return []
        if "method" not in message and ("result" in message or "error" in message):
            return self._plugin_answer(peer, message)
        method, fault = message.get("method"), None
        if message.get("jsonrpc") != "2.0" or not isinstance(method, str):
            fault = "it is no JSON-RPC 2.0 request"
        elif "id" in message and id_fault(message["id"]):
            fault = id_fault(message["id"])
        else:
            fault = self._params_fault(method, message)
        if "id" not in message:
            return self._notification(method, fault)
        known = isinstance(message["id"], (str, int, type(None))) and not isinstance(message["id"], bool)
        self.requests[peer, message["id"] if known else None].append(Waiting(str(method), fault))
        return []

    def _params_fault(self, method, message):
        if method not in self.methods:
            return None if method.startswith("x.") and isinstance(message.get("params", {}), dict) else "there is no such method"
        params = message.get("params", {})
        path, file = self.methods[method]
        if file["x-kind"] == "to-peer":
            return "a client can't call it"
        return self.validators.check(path, "params", params)

    def _notification(self, method, fault):
        # Where nothing is wrong with it, the name is a text; a plugin's method has no file here.
        if not fault and method in self.methods and self.methods[method][1]["x-kind"] == "notification":
            self.seen.done["method", method] += 1
        return []

    def _plugin_answer(self, peer, message):
        method, point = self.calls.pop((peer, message.get("id")), (None, None))
        if method is None or "result" not in message:
            return []
        path = self.hooks[point] if point else self.methods[method][0]
        name = ("hook", point) if point else ("method", method)
        if self.validators.check(path, "result", message["result"]):
            self.seen.refused[name] += 1
        else:
            self.seen.done[name] += 1
            self.seen.done["method", method] += 1 if point else 0
        return []

    # What the kernel sends.

    def _from_kernel(self, peer, message):
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return ["the kernel sent what is no JSON-RPC 2.0"]
        if "method" in message:
            return self._to_peer(peer, message)
        if "id" not in message or ("result" in message) == ("error" in message):
            return ["an answer has an id, and either a result or an error"]
        if extra := set(message) - {"jsonrpc", "id", "result", "error"}:
            return [f"an answer with {', '.join(sorted(extra))}"]
        return self._answer(peer, message)

    def _to_peer(self, peer, message):
        method, params = message["method"], message.get("params", {})
        if method not in self.methods or self.methods[method][1]["x-kind"] not in ("to-peer", "notification"):
            return [f"the kernel sent {method}, which no schema describes"]
        path, file = self.methods[method]
        problems = []
        if ("id" in message) != ("result" in file):
            problems.append(f"{method} {'needs an' if 'result' in file else 'has no'} id")
        if fault := self.validators.check(path, "params", params):
            problems.append(f"{method}: {fault}")
        point = params.get("point") if method == "hook.call" else None
        if point in self.hooks and (fault := self.validators.check(self.hooks[point], "params", params)):
            problems.append(f"{method} at {point}: {fault}")
        if "id" in message:
            self.calls[peer, message["id"]] = (method, point if point in self.hooks else None)
        elif not problems:
            self.seen.done["method", method] += 1
        return problems

    def _answer(self, peer, message):
        waiting = self.requests.get((peer, message["id"]))
        if not waiting:
            return self._answer_to_nothing(message)
        # A client may use an id again before its answer: then any may be meant.
        problems, tried = [], set()
        for index, request in enumerate(waiting):
            if request in tried:
                continue
            tried.add(request)
            found = self._result(request, message["result"]) if "result" in message else self._error(request, message["error"])
            if not found:
                waiting.pop(index)
                self._count(request, message)
                return []
            problems = problems or found
        waiting.pop(0)
        return problems

    def _answer_to_nothing(self, message):
        if message["id"] is None and "error" in message:
            code = self._code(message["error"])
            self.seen.done["error", code] += 1
            problems = self._error_shape(message["error"])
            return problems or ([] if code in UNREADABLE else [f"{code} under the id null"])
        return [f"an answer to id {message['id']!r}, which nobody asked"]

    def _count(self, request, message):
        described = request.method in self.methods
        name = ("method", request.method) if described else ("plugin method", "x") if request.method.startswith("x.") else OTHER
        if "result" in message:
            self.seen.done[name] += 1
        else:
            self.seen.refused[name] += 1
            self.seen.done["error", self._code(message["error"])] += 1

    @staticmethod
    def _code(error):
        return error.get("data", {}).get("code") if isinstance(error, dict) else None

    def _result(self, request, result):
        if request.fault:
            return [f"{request.method} was answered with a result, but: {request.fault}"]
        if request.method not in self.methods:
            return [] if isinstance(result, dict) else [f"{request.method}: the result is no object"]
        path, file = self.methods[request.method]
        if "result" not in file:
            return [f"{request.method} was answered"]
        if fault := self.validators.check(path, "result", result):
            return [f"{request.method}, result: {fault}"]
        return self._events_within(request.method, result)

    def _events_within(self, method, result):
        """The data of events that an answer holds."""
        problems = []
        if method in ("events.read", "consumer.fetch"):
            for item in result["events"]:
                event = item["event"]
                if event["id"] not in self.checked_events:
                    self.checked_events.add(event["id"])
                    problems += self._data(event["type"].removeprefix("opora.").removesuffix(".v1"), event["data"])
                if int(event["sequence"]) != item["seq"]:
                    problems.append(f"event {event['id']} has sequence {event['sequence']} at {item['seq']}")
        elif method == "ticket.history":
            for item in result["items"]:
                # A requester is not shown what is the desk's own affair.
                problems += [fault for fault in self._data(item["type"], item["data"]) if " must contain [" not in fault]
        return problems

    def _data(self, name, data):
        if name.startswith("x."):
            return []
        if name not in self.events:
            return [f"{name} is no type of event"]
        fault = self.validators.check(self.events[name], "data", data)
        return [f"{name}: {fault}"] if fault else []

    def _error_shape(self, error):
        if fault := self.validators.check("common/error.json", None, error):
            return [f"error: {fault}"]
        entry = self.registry.get(error["data"]["code"])
        if entry is None:
            return [f"{error['data']['code']} is not in the registry"]
        problems = []
        if entry["code"] != error["code"]:
            problems.append(f"{entry['data_code']} with the number {error['code']}, not {entry['code']}")
        if entry["retryable"] != error["data"]["retryable"]:
            problems.append(f"{entry['data_code']} with retryable {error['data']['retryable']}")
        return problems

    def _error(self, request, error):
        if request.method.startswith("x."):
            return self._error_shape(error)
        problems = self._error_shape(error)
        allowed = self.general | set(self.methods.get(request.method, (None, {}))[1].get("x-errors", []))
        if not problems and error["data"]["code"] not in allowed:
            problems.append(f"{request.method} answered {error['data']['code']}, which its schema does not name")
        return problems
