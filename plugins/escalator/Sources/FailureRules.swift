import OporaPluginKit

/// Says what follows from a command that did not succeed. Values in, values out.
enum FailureRules {
    /// How often a step is decided anew because the ticket changed under it, before it is given up.
    static let decisionsAtMost = 6
    /// How often a step is sent to a kernel that fails at it, before it is given up.
    static let triesAtMost = 6

    /// What follows.
    enum Reaction: Hashable, Sendable {
        /// Read the ticket and decide again.
        case decideAgain
        /// Wait, then send the same again.
        case later
        /// The effect is there: the key was used for it.
        case isDone
        case giveUp(String)
    }

    /// - Parameters:
    ///   - decisions: how often the step was decided so far.
    ///   - tries: how often the kernel failed at it so far.
    static func reaction(to error: CallError, decisions: Int, tries: Int) -> Reaction {
        guard case .rejected(let rejection) = error else { return .later }
        switch rejection.code {
        case .versionConflict, .invalidTransition, .notFound:
            // Nothing was done, so that another command may stand in for it. Reading tells whether the ticket is gone.
            return decisions < decisionsAtMost ? .decideAgain : .giveUp(rejection.code.rawValue)
        case .idempotencyKeyReused: return .isDone
        case .internalError: return tries + 1 < triesAtMost ? .later : .giveUp(rejection.code.rawValue)
        case let code: return code.isRetryable ? .later : .giveUp(code.rawValue)
        }
    }
}
