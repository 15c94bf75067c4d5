import CZeroMQ
import Foundation
import Testing

/// A bare libzmq socket, for what `SocketSpec` does not offer on purpose. For the thread that makes it.
final class Raw {
    let handle: UnsafeMutableRawPointer

    init(_ context: RawContext, _ kind: Int32) throws {
        handle = try #require(zmq_socket(context.handle, kind))
        set(ZMQ_LINGER, Int32(0))
    }

    deinit { zmq_close(handle) }

    func set(_ option: Int32, _ value: Int32) {
        var value = value
        #expect(zmq_setsockopt(handle, option, &value, 4) == 0)
    }

    func set(_ option: Int32, _ value: Int64) {
        var value = value
        #expect(zmq_setsockopt(handle, option, &value, 8) == 0)
    }

    func set(_ option: Int32, _ value: [UInt8]) { #expect(zmq_setsockopt(handle, option, value, value.count) == 0) }

    func bind(_ endpoint: String) { #expect(zmq_bind(handle, endpoint) == 0) }
    func connect(_ endpoint: String) { #expect(zmq_connect(handle, endpoint) == 0) }

    /// Sends frames; false where libzmq refused at once.
    @discardableResult
    func send(_ frames: [[UInt8]]) -> Bool {
        for (index, frame) in frames.enumerated() {
            let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
            if zmq_send(handle, frame, frame.count, flags) < 0 { return false }
        }
        return true
    }

    /// The next message with what libzmq says of the sender on each frame; nil where none comes in time.
    func receive(milliseconds: Int) -> [(bytes: [UInt8], user: String?)]? {
        var items = [zmq_pollitem_t(socket: handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)]
        guard zmq_poll(&items, 1, milliseconds) > 0 else { return nil }
        var frames: [(bytes: [UInt8], user: String?)] = []
        while true {
            var message = zmq_msg_t()
            zmq_msg_init(&message)
            defer { zmq_msg_close(&message) }
            guard zmq_msg_recv(&message, handle, 0) >= 0 else { return nil }
            let bytes = [UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message)))
            frames.append((bytes, zmq_msg_gets(&message, "User-Id").map { String(cString: $0) }))
            if zmq_msg_more(&message) == 0 { return frames }
        }
    }
}

/// The context of bare sockets; it must outlive them.
final class RawContext {
    let handle: UnsafeMutableRawPointer

    init() throws { handle = try #require(zmq_ctx_new()) }
    deinit { zmq_ctx_shutdown(handle) }
}

/// An address that nobody else uses.
func freshEndpoint() -> String {
    "ipc://\(FileManager.default.temporaryDirectory.path)/z\(UInt32.random(in: 0...UInt32.max))"
}
