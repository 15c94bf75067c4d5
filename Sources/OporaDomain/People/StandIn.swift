public import OporaProtocol
public import OporaTime

/// Who gets a ticket that is meant for somebody who is away.
public enum StandIn {
    /// What is done where the wanted person is away.
    public enum WhenAway: String, CaseIterable, Sendable {
        /// Their replacement gets it, or that one's.
        case replace
        /// It is refused.
        case refuse
        /// They get it all the same.
        case keep
    }

    /// Replacements of replacements that are looked at.
    public static let longestChain = 8

    /// The person who gets it: the wanted one where they are there, else the first of the chain of replacements who is. A chain
    /// that comes back to somebody ends there.
    public static func find(
        for wanted: User, _ whenAway: WhenAway, at now: Timestamp, user: (UserID) throws -> User?
    ) throws -> User {
        if whenAway == .keep || wanted.work.availability.isThere(at: now) { return wanted }
        let away = "\(wanted.id) is away\(wanted.work.availability.until.map { " until \($0.text)" } ?? "")"
        guard whenAway == .replace else {
            throw Rejection.validation(member: "assignee", reason: "\(away); name somebody else, or let if_away be replace")
        }
        var seen: Set<UserID> = [wanted.id]
        var current = wanted
        while seen.count <= longestChain, let next = current.work.availability.replacement, seen.insert(next).inserted {
            guard let found = try user(next), found.isActive, found.answersTickets else { break }
            if found.work.availability.isThere(at: now) { return found }
            current = found
        }
        throw Rejection.validation(
            member: "assignee", reason: "\(away), and so is whoever replaces them; name somebody else, or let if_away be keep")
    }
}
