import OporaProtocol
import OporaTime

/// One command on its way past the plugins that want to be asked: whom to ask next, what they said, what comes of it. A value;
/// whoever drives it tells it the time and what it learnt.
struct HookChain: Sendable {
    /// What is to be done next.
    enum Step: Sendable {
        /// Ask this plugin and wait so many milliseconds at most.
        case ask(HookSeat, milliseconds: Int64)
        /// Do the command with `proposed`.
        case submit
        /// Answer the caller so; nothing is done.
        case refuse(RPCError)
    }

    /// What a plugin's hook came to, for its breaker and the log.
    struct Note: Hashable, Sendable {
        var plugin: String
        /// Nil where it answered as it should.
        var failure: HookReply.Failure?
        /// Whether its breaker hears of it: not where the time was used up by others.
        var counts = true
    }

    /// The ticket as it was when the chain began.
    struct Before: Sendable {
        /// As `ticket.get` shows it.
        var ticket: [UInt8]
        var version: Int64
    }

    /// The parameters before a plugin's patch, which take their place again where the patch turns out to be none.
    private struct Stage: Sendable {
        var params: JSONObject
        var seat: Int
    }

    let point: HookPoint
    let method: String
    let rule: HookRule
    /// What the caller asked for.
    let original: JSONObject
    /// Until when the command must be taken.
    let deadline: Timestamp
    /// The plugins in order.
    let seats: [HookSeat]
    /// What the plugins have made of it so far.
    private(set) var proposed: JSONObject
    /// 1, or 2 after the ticket has moved meanwhile.
    private(set) var attempt = 1
    private(set) var before: Before?
    private var notes: [Note] = []
    private var stages: [Stage] = []
    private var next = 0
    private var budgetEnd: Timestamp?

    init(point: HookPoint, method: String, params: JSONObject, rule: HookRule, seats: [HookSeat], deadline: Timestamp) {
        self.point = point
        self.method = method
        self.rule = rule
        self.seats = seats
        self.deadline = deadline
        original = params
        proposed = params
    }

    /// Notes the ticket as it is. Throws where the caller expects it at another version.
    mutating func saw(_ before: Before) throws(RPCError) {
        if let expected = original["expected_version"]?.int, expected != before.version {
            throw RPCError(
                .versionConflict,
                "the ticket is at version \(before.version), not \(expected): somebody changed it; read it again",
                data: JSONObject([("current_version", .int(before.version))]))
        }
        self.before = before
    }

    /// Whom to ask next, or what to do with the command.
    /// - Parameter isSkipped: whether a plugin's breaker is open.
    mutating func step(_ now: Timestamp, isSkipped: (String) -> Bool) -> Step {
        let end = budgetEnd ?? now + rule.budgetMilliseconds
        budgetEnd = end
        while next < seats.count {
            guard now < deadline else {
                return .refuse(RPCError(.deadlineExceeded, "the deadline passed while plugins were asked; nothing was done"))
            }
            let seat = seats[next]
            if isSkipped(seat.plugin) {
                next += 1
                guard rule.onFailure == .closed else { continue }
                notes.append(Note(plugin: seat.plugin, failure: .offline, counts: false))
                return .refuse(failed(seat.plugin, .offline))
            }
            guard now < end else {
                next += 1
                notes.append(Note(plugin: seat.plugin, failure: .timeout, counts: false))
                guard rule.onFailure == .closed else { continue }
                return .refuse(failed(seat.plugin, .timeout))
            }
            return .ask(seat, milliseconds: min(seat.milliseconds, end - now, deadline - now))
        }
        return .submit
    }

    /// Takes what the plugin that was asked last said, or failed to. Nil goes on with `step`.
    mutating func take(_ reply: HookReply, _ now: Timestamp) -> Step? {
        guard next < seats.count else { return nil }
        let plugin = seats[next].plugin
        if case .failure(.timeout) = reply, now >= deadline {
            // The caller was in more of a hurry than the plugin had a right to be slow: not the plugin's fault.
            return .refuse(RPCError(.deadlineExceeded, "the deadline passed while \(plugin) was asked; nothing was done"))
        }
        switch reply {
        case .proceed: notes.append(Note(plugin: plugin))
        case .patch(let patch):
            guard let patched = try? HookFields.apply(patch, to: proposed, of: method) else { return fail(next, .malformed) }
            // Whether the patch was any good shows with the command.
            if patched == proposed {
                notes.append(Note(plugin: plugin))
            } else {
                stages.append(Stage(params: proposed, seat: next))
            }
            proposed = patched
        case .veto(let code, let reason):
            notes.append(Note(plugin: plugin))
            return .refuse(
                RPCError(
                    .vetoed, "\(plugin) does not allow it: \(reason)",
                    data: JSONObject([("plugin", .string(plugin)), ("veto_code", .string(code)), ("reason", .string(reason))])))
        case .failure(let failure): return fail(next, failure)
        }
        next += 1
        return nil
    }

    /// The parameters before each patch, oldest first: where the command refuses what came of them, the one that it would have
    /// taken tells whose patch spoilt it.
    var stageParams: [JSONObject] { stages.map { withVersion($0.params) } }

    /// What the command is done with.
    var finalParams: JSONObject { withVersion(proposed) }

    /// Takes a patch back that the command refuses, and what came after it: a failure of its plugin. Nil goes on with `step`.
    /// - Parameter stage: the place in `stageParams` of the parameters that the command would have taken.
    mutating func takeBack(to stage: Int) -> Step? {
        guard stages.indices.contains(stage) else { return nil }
        let good = stages[stage]
        stages.removeSubrange(stage...)
        proposed = good.params
        return fail(good.seat, .malformed)
    }

    /// Begins once more because the ticket moved meanwhile; false where that was so before.
    mutating func restart() -> Bool {
        guard attempt == 1, point != .beforeCreate else { return false }
        settle()
        attempt = 2
        proposed = original
        next = 0
        before = nil
        budgetEnd = nil
        return true
    }

    /// The patches were as they should be: nothing was refused because of them.
    mutating func settle() {
        notes += stages.map { Note(plugin: seats[$0.seat].plugin) }
        stages = []
    }

    /// What there is to note since the last time.
    mutating func takeNotes() -> [Note] {
        defer { notes = [] }
        return notes
    }

    private mutating func fail(_ seat: Int, _ failure: HookReply.Failure) -> Step? {
        notes.append(Note(plugin: seats[seat].plugin, failure: failure))
        next = seat + 1
        return rule.onFailure == .closed ? .refuse(failed(seats[seat].plugin, failure)) : nil
    }

    private func failed(_ plugin: String, _ failure: HookReply.Failure) -> RPCError {
        RPCError(
            failure == .timeout ? .providerTimeout : .providerError,
            "\(plugin) must agree to \(method) and failed (\(failure.rawValue)); nothing was done",
            data: JSONObject([("plugin", .string(plugin)), ("reason", .string(failure.rawValue))]))
    }

    private func withVersion(_ params: JSONObject) -> JSONObject {
        guard let before, params["expected_version"]?.int == nil else { return params }
        var result = params
        result["expected_version"] = .int(before.version)
        return result
    }
}
