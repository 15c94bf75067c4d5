/// What the operator decided about one hook point. Ask `Kernel.hookRule`: a reload may change it.
public struct HookRule: Hashable, Sendable {
    /// What becomes of a command where a hook fails.
    public enum OnFailure: String, CaseIterable, Sendable {
        /// It goes on as if the hook were not there.
        case open
        /// It is refused.
        case closed
    }

    public var onFailure: OnFailure
    /// Plugins in the order in which they are asked; empty leaves it to the manifests.
    public var order: [String]
    /// Milliseconds that all hooks of one command may take together.
    public var budgetMilliseconds: Int64

    public init(onFailure: OnFailure = .open, order: [String] = [], budgetMilliseconds: Int64 = 1000) {
        self.onFailure = onFailure
        self.order = order
        self.budgetMilliseconds = budgetMilliseconds
    }
}
