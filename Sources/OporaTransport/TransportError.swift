import CZeroMQ

/// What a socket refused to do, and why.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// The errno of libzmq.
    public var code: Int32
    /// What was tried, e.g. `bind ipc:///run/opora/rpc.sock`.
    public var action: String

    /// Takes errno as it stands: nothing may run between the failing call and this.
    init(_ action: String) {
        code = zmq_errno()
        self.action = action
    }

    init(_ action: String, code: Int32) {
        self.action = action
        self.code = code
    }

    /// True where somebody else holds the endpoint.
    public var isBusy: Bool { code == EADDRINUSE }

    public var description: String { "\(action): \(String(cString: zmq_strerror(code)))" }
}
