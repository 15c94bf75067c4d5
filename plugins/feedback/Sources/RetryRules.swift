import OporaPluginKit

/// Says what follows from a call that did not succeed. Values in, values out.
enum RetryRules {
    /// Pauses between tries of one survey.
    static let pausesMilliseconds: [Int64] = [1000, 3000, 10_000, 30_000, 120_000, 600_000]
    /// Tries of a call at which somebody fails, rather than being away, before it is given up.
    static let triesAtMost = 10

    /// What follows.
    enum Reaction: Hashable, Sendable {
        /// The kernel is away: nothing else will succeed either.
        case waitForKernel
        case again(afterMilliseconds: Int64)
        /// The effect is there: the key was used for it.
        case isDone
        case giveUp(String)
    }

    static func reaction(to error: CallError, tries: Int) -> Reaction {
        guard case .rejected(let rejection) = error else { return .waitForKernel }
        let again = Reaction.again(afterMilliseconds: pausesMilliseconds[min(tries, pausesMilliseconds.count - 1)])
        switch rejection.code {
        case .idempotencyKeyReused: return .isDone
        // A notifier that was never there is unknown rather than offline: it may yet be started.
        case .methodNotFound: return again
        case .providerError, .internalError: return tries + 1 < triesAtMost ? again : .giveUp(rejection.code.rawValue)
        case let code: return code.isRetryable ? again : .giveUp(code.rawValue)
        }
    }
}
