import Synchronization

/// The calls of the kernel that this plugin is answering, so that one can be taken back. Bounded.
final class CallsUnderWay: Sendable {
    /// Calls at once; one more is refused.
    static let limit = 256

    private let bells = Mutex<[String: Doorbell]>([:])

    /// Notes a call; false where too many are under way.
    func begin(_ id: String) -> Bool {
        bells.withLock { bells in
            guard bells.count < Self.limit else { return false }
            bells[id] = Doorbell()
            return true
        }
    }

    /// What rings where the call is taken back, be it before it was begun.
    func bell(of id: String) -> Doorbell? { bells.withLock { $0[id] } }

    func end(_ id: String) { bells.withLock { _ = $0.removeValue(forKey: id) } }

    /// The caller does not want it any more.
    func cancel(_ id: String) { bells.withLock { $0[id] }?.ring() }
}
