/// One JSON-RPC request or notification, its envelope checked.
public struct Request: Sendable {
    /// Nil for a notification.
    public var id: RequestID?
    public var method: String
    /// By name; empty where the request had none. Without `_meta`.
    public var params: JSONObject
    public var meta: Meta
    /// Parameters that were given by position; kernel methods refuse them.
    public var positional: [JSON]?
    public var isPositional: Bool { positional != nil }

    /// What travels beside the parameters: `params._meta`. Unknown members are ignored.
    public struct Meta: Sendable, Hashable {
        public var idempotencyKey: String?
        /// Milliseconds from arrival within which a command must be taken, or it is not done at all.
        public var deadlineMilliseconds: Int64?
        /// The person for whom a plugin acts.
        public var onBehalfOf: UserID?
        /// The event that made the sender act.
        public var causation: String?
        /// W3C trace context.
        public var traceparent: String?
        /// What the caller wants the progress of its request to be called: a string or an integer.
        public var progressToken: JSON?
        /// The `call_id` of the hook inside of which a plugin calls.
        public var hookID: String?

        public init() {}
    }

    public init(
        id: RequestID?, method: String, params: JSONObject = JSONObject(), meta: Meta = Meta(), positional: [JSON]? = nil
    ) {
        self.id = id
        self.method = method
        self.params = params
        self.meta = meta
        self.positional = positional
    }

    /// What one text on the wire may be.
    public enum Incoming: Sendable {
        case request(Request)
        /// An answer to a request that the other side sent: its id and the whole object.
        case response(RequestID, JSONObject)
        /// Not a valid request; the id to answer with, if one could be read.
        case invalid(RequestID?, RPCError)
    }

    /// Checks the envelope of one (unbatched) value.
    public static func read(_ value: JSON) -> Incoming {
        guard let object = value.object else {
            return .invalid(.null, RPCError(.invalidRequest, "a request is a JSON object, not \(value.kind)"))
        }
        var id: RequestID?
        if let given = object["id"] {
            guard let valid = RequestID(given) else {
                return .invalid(
                    .null, RPCError(.invalidRequest, "id is a string of up to \(Limits.idBytes) bytes or a safe integer"))
            }
            id = valid
        }
        let answerID = id ?? .null
        guard object["jsonrpc"]?.string == "2.0" else {
            return .invalid(answerID, RPCError(.invalidRequest, "jsonrpc must be the string \"2.0\""))
        }
        if object["method"] == nil, let id, object["result"] != nil || object["error"] != nil {
            return .response(id, object)
        }
        guard let method = object["method"]?.string else {
            return .invalid(answerID, RPCError(.invalidRequest, "method must be a string"))
        }
        switch object["params"] {
        case nil: return .request(Request(id: id, method: method, params: JSONObject(), meta: Meta()))
        case .array(let items): return .request(Request(id: id, method: method, meta: Meta(), positional: items))
        case .object(var params):
            let given = params["_meta"]
            params["_meta"] = nil
            do throws(RPCError) {
                let meta = try given.map { (value) throws(RPCError) in try Meta(reading: value) } ?? Meta()
                return .request(Request(id: id, method: method, params: params, meta: meta))
            } catch {
                return id == nil ? .invalid(nil, error) : .invalid(id, error)
            }
        case .some(let other):
            return .invalid(answerID, RPCError(.invalidRequest, "params must be an object, not \(other.kind)"))
        }
    }
}

extension Request.Meta {
    private static func text(_ object: JSONObject, _ name: String, characters: Int) throws(RPCError) -> String? {
        guard let value = object[name] else { return nil }
        guard let text = value.string else { throw .invalid("/_meta/\(name)", "type", "must be a string, not \(value.kind)") }
        return text.cut(characters)
    }

    init(reading value: JSON) throws(RPCError) {
        guard let object = value.object else { throw .invalid("/_meta", "type", "must be an object") }
        if let key = object["idempotency_key"] {
            guard let text = key.string, !text.isEmpty, text.utf8.count <= Limits.idempotencyKeyBytes,
                text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f })
            else {
                throw .invalid(
                    "/_meta/idempotency_key", "format", "1 to \(Limits.idempotencyKeyBytes) printable ASCII characters")
            }
            idempotencyKey = text
        }
        if let deadline = object["deadline_ms"] {
            guard let value = deadline.int, (1...Limits.deadlineMilliseconds).contains(value) else {
                throw .invalid("/_meta/deadline_ms", "range", "an integer from 1 to \(Limits.deadlineMilliseconds)")
            }
            deadlineMilliseconds = value
        }
        if let person = object["on_behalf_of"] {
            guard let id = person.string.flatMap({ UserID($0) }) else {
                throw .invalid("/_meta/on_behalf_of", "format", "a user id such as U-7")
            }
            onBehalfOf = id
        }
        if let token = object["progress_token"] {
            guard token.int != nil || token.string.map({ !$0.isEmpty && $0.utf8.count <= Limits.idBytes }) ?? false else {
                throw .invalid(
                    "/_meta/progress_token", "format", "a string of up to \(Limits.idBytes) bytes or an integer")
            }
            progressToken = token
        }
        if let hook = object["hook_id"] {
            guard let text = hook.string, !text.isEmpty, text.utf8.count <= Limits.idBytes else {
                throw .invalid("/_meta/hook_id", "format", "a string of up to \(Limits.idBytes) bytes")
            }
            hookID = text
        }
        causation = try Self.text(object, "causation", characters: 128)
        traceparent = try Self.text(object, "traceparent", characters: 64)
    }
}

extension String {
    /// Its beginning, in Unicode scalars: a letter with thousands of marks on it is not one of so many characters.
    public func cut(_ scalars: Int) -> String { String(UnicodeScalarView(unicodeScalars.prefix(scalars))) }
}
