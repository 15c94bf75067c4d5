import OporaDomain
import OporaStore
import Synchronization

/// A bug on purpose, to see that the checks find it.
final class Plant: Sendable {
    /// What goes wrong, once in so many commits.
    enum Kind: String, CaseIterable, Sendable {
        /// A ticket's change is not kept, though its event is.
        case lostUpdate = "lost-update"
        /// The answer to a command is not kept with its effect.
        case lostReceipt = "lost-receipt"
        /// A ticket is assigned to nobody behind the log's back.
        case silentChange = "silent-change"
    }

    private static let period = 40

    private let kind: Kind
    private let commits = Atomic<Int>(0)

    init(_ kind: Kind) { self.kind = kind }

    func spoil(_ commit: inout Commit) {
        guard commits.add(1, ordering: .relaxed).newValue % Self.period == 0 else { return }
        switch kind {
        case .lostUpdate: if commit.tickets.first?.version ?? 0 > 1 { commit.tickets = [] }
        case .lostReceipt: commit.receipt = nil
        case .silentChange: if !commit.tickets.isEmpty { commit.tickets[0].assignee = nil }
        }
    }
}
