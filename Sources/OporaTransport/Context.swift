import CZeroMQ

/// A ZeroMQ context. It ends when the last socket in it is gone, and then everything of those sockets is: connections,
/// listeners, files.
///
/// Each public socket has one of its own, so that it can be closed and bound anew in one go.
final class Context {
    let handle: UnsafeMutableRawPointer

    init() throws(TransportError) {
        guard let made = zmq_ctx_new() else { throw TransportError("make a context") }
        handle = made
        zmq_ctx_set(handle, ZMQ_BLOCKY, 0)
    }

    deinit {
        // Interrupted by a signal it has not ended yet.
        while zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
    }
}
