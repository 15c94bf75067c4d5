/// What a plugin is asked before a command is done.
public struct HookCall: Sendable {
    public var point: HookPoint
    /// The same where the same command is asked about again.
    public var id: String
    /// The command: `ticket.create`.
    public var method: String
    /// The person who acts, where there is one.
    public var user: UserID?
    /// The identity that sent the command.
    public var via: String
    /// The ticket as it is; nil before it is created.
    public var ticket: JSON?
    /// The parameters of the command, with what plugins before this one have made of them.
    public var proposed: JSON
    /// After so many milliseconds nobody waits for the answer any more.
    public var deadlineMilliseconds: Int64

    /// The call that the current task answers: everything that it calls says so by itself, and may look but not change.
    @TaskLocal static var current: String?

    /// Nil for a point that this version does not know.
    init?(_ params: JSON) {
        guard let point = params["point"]?.string.flatMap(HookPoint.init(rawValue:)), let id = params["call_id"]?.string,
            let method = params["method"]?.string
        else { return nil }
        self.point = point
        self.id = id
        self.method = method
        user = params["actor"]?.string.flatMap { UserID($0.trimmingPrefix("user/")) }
        via = params["via"]?.string ?? ""
        ticket = params["before"]?["ticket"]
        proposed = params["proposed"] ?? [:]
        deadlineMilliseconds = params["deadline_ms"]?.int ?? 0
    }
}

/// What a plugin says to a command that is about to be done.
public enum HookAnswer: Hashable, Sendable {
    /// It has nothing against it.
    case proceed
    /// A merge patch (RFC 7396) on the parameters, of fields such as `priority`, `group`, `assignee`, `fields`.
    case patch(JSON)
    /// It is not to be done. The code is a word for programs, the reason a sentence for the caller.
    case veto(code: String, reason: String)

    var json: JSON {
        switch self {
        case .proceed: ["action": "continue"]
        case .patch(let patch): ["action": "patch", "patch": patch]
        case .veto(let code, let reason): ["action": "veto", "code": .string(code), "reason": .string(reason)]
        }
    }
}
