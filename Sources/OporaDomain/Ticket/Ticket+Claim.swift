public import OporaProtocol
public import OporaTime

/// Why a claim ended.
public enum ClaimEnd: String, CaseIterable, Sendable {
    case released, expired, solved
}

extension Ticket {
    /// Says that somebody is on it until an instant. It keeps nobody out; it tells.
    /// - Parameter takes: whether another's claim is taken over.
    public mutating func claim(
        by user: UserID, until: Timestamp, takes: Bool, at: Timestamp
    ) throws(Rejection) -> [EventDraft] {
        guard status.isUnsolved else { throw .validation(member: "ticket", reason: "\(id) is \(statusWord): nobody works on it") }
        if let claim, claim.user != user, claim.until > at, !takes {
            throw .validation(
                member: "ticket", reason: "\(claim.user) is on \(id) until \(claim.until.text); take it over with take")
        }
        let next = TicketClaim(user: user, until: until)
        guard claim != next else { return [] }
        let before = claimJSON
        claim = next
        return [record(.ticketClaimed, at: at, ["before": before, "after": claimJSON])]
    }

    /// Takes a claim back.
    /// - Parameters:
    ///   - user: who takes it back; nil for nobody in particular.
    ///   - isForced: whether another's claim may be ended.
    public mutating func release(by user: UserID?, isForced: Bool, at: Timestamp) throws(Rejection) -> [EventDraft] {
        if let claim, claim.user != user, !isForced {
            throw .validation(member: "ticket", reason: "\(claim.user) is on \(id), not you; end it with force")
        }
        return endClaim(.released, at: at)
    }

    mutating func endClaim(_ cause: ClaimEnd, at: Timestamp) -> [EventDraft] {
        guard claim != nil else { return [] }
        let before = claimJSON
        claim = nil
        return [record(.ticketReleased, at: at, ["before": before, "after": .null, "cause": .string(cause.rawValue)])]
    }

    private var claimJSON: JSON { claim.map { ["user": .id($0.user), "until": .time($0.until)] } ?? .null }
}
