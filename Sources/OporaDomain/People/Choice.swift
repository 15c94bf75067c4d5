import OporaProtocol
public import OporaTime

/// Who could take a ticket.
public enum Choice {
    /// Somebody with the tickets that they have.
    public struct Candidate: Hashable, Sendable {
        public var user: User
        /// Unsolved tickets now.
        public var open: Int

        public init(user: User, open: Int) {
            self.user = user
            self.open = open
        }

        /// Tickets in proportion to what the person takes, in thousandths.
        public var load: Int { open * 1000 / max(1, user.work.capacity ?? Choice.usualCapacity) }
    }

    /// What counts as capacity for the load of somebody who has none set.
    public static let usualCapacity = 20

    /// Those who are there, have room and have the skills; the least loaded first, then the more skilled, then by id.
    /// - Parameter needs: skills with the least level of each.
    public static func rank(_ candidates: [Candidate], needs: [Skill], now: Timestamp) -> [Candidate] {
        func skill(_ candidate: Candidate) -> Int { needs.reduce(0) { $0 + candidate.user.work.level($1.name) } }
        return candidates.filter { candidate in
            let user = candidate.user
            return user.isActive && user.answersTickets && user.work.availability.isThere(at: now)
                && user.work.capacity.map { candidate.open < $0 } ?? true
                && needs.allSatisfy { user.work.level($0.name) >= $0.level }
        }.sorted { a, b in
            (a.load, -skill(a), a.user.id.rawValue) < (b.load, -skill(b), b.user.id.rawValue)
        }
    }
}
