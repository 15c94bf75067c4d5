import OporaDomain
import OporaProtocol
import OporaStore

extension RPCError {
    /// The error on the wire for anything that a handler threw. A store's failure shows no detail: that is for the log.
    static func from(_ error: any Error) -> RPCError {
        switch error {
        case let error as RPCError: error
        case let rejection as Rejection: RPCError(rejection)
        case let error as StoreError: RPCError(error)
        default: RPCError(.internalError, "the kernel failed; its log says more")
        }
    }

    /// The error with the id under which the kernel's log tells more.
    func logged(as requestID: String) -> RPCError {
        var error = self
        error.data["request_id"] = .string(requestID)
        return error
    }

    init(_ error: StoreError) {
        switch error {
        case .full: self.init(.unavailable, "no space is left on the kernel's disk; nothing was done; free some and try again")
        case .busy: self.init(.unavailable, "another process holds the database; nothing was done; try again")
        case .corrupt: self.init(.internalError, "the database is damaged; see the kernel's log")
        case .failed: self.init(.internalError, "the database failed; see the kernel's log")
        }
    }

    init(_ rejection: Rejection) {
        switch rejection {
        case .notFound(let kind, let id):
            self.init(.notFound, "there is no \(kind) \(id)", data: JSONObject([("kind", .string(kind)), ("id", .string(id))]))
        case .alreadyExists(let kind, let member, let value):
            self.init(
                .alreadyExists, "there is a \(kind) with this \(member) already: \(value)",
                data: JSONObject([("kind", .string(kind)), ("member", .string(member))]))
        case .versionConflict(let id, let expected, let current):
            self.init(
                .versionConflict, "\(id) is at version \(current), not \(expected): somebody changed it; read it again",
                data: JSONObject([("current_version", .int(current))]))
        case .validation(let member, let reason):
            let detail: JSON = ["path": .string("/\(member)"), "rule": "rule", "message": .string(reason)]
            self.init(.validationFailed, "\(member): \(reason)", data: JSONObject([("details", [detail])]))
        case .invalidTransition(let from, let to, let allowed):
            let choice = allowed.isEmpty ? "nothing leaves it" : "it may go to \(allowed.joined(separator: ", "))"
            self.init(
                .invalidTransition, "a ticket that is \(from) can't become \(to): \(choice)",
                data: JSONObject([
                    ("from", .string(from)), ("to", .string(to)),
                    ("allowed", .array(allowed.map { .string($0) })),
                ]))
        case .calendarExhausted(let years):
            self.init(.calendarExhausted, "the calendar has too little working time within \(years) years")
        }
    }
}
