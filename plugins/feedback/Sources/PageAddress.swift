import Synchronization

/// Where people reach the page: as it was set, or as the server was bound.
final class PageAddress: Sendable {
    private let settings: FeedbackSettings
    private let boundPort = Mutex<Int?>(nil)

    init(_ settings: FeedbackSettings) { self.settings = settings }

    /// The page is served on that port.
    func serve(boundPort port: Int) { boundPort.withLock { $0 = port } }

    /// Nil until the page is served, unless its address was set.
    var url: String? {
        if let set = settings.baseURL { return set }
        return boundPort.withLock { $0 }.map { settings.address(boundPort: $0) }
    }
}
