/// The commands of one connection that wait behind one whose plugins are being asked, so that all are done in the order in
/// which they were sent.
struct HookLane: Sendable {
    /// Behind the one that is under way, oldest first.
    var waiting: [CommandJob] = []
    /// A command of the connection is under way past its plugins.
    var isBusy = false
    /// Somebody is handing out what waits.
    var isDraining = false

    /// The next command that may begin; nil where one is under way, or none waits.
    mutating func takeNext() -> CommandJob? {
        guard !isBusy, !waiting.isEmpty else { return nil }
        isBusy = true
        return waiting.removeFirst()
    }
}
