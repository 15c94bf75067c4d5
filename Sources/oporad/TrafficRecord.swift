import Foundation
import Glibc
import OporaKernel
import OporaProtocol
import Synchronization

/// Every message in and out as one line of JSON, for tests and for hunting bugs. It holds free text.
final class TrafficRecord: Sendable {
    private let file: Mutex<Int32>
    private let clock: WallClock

    /// - Throws: where the file can't be made.
    init(folder: String, instanceID: String, clock: WallClock) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(instanceID).jsonl"
        let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw StartFailure(message: "\(path) can't be written: \(String(cString: strerror(errno)))", exitCode: 73)
        }
        file = Mutex(opened)
        self.clock = clock
    }

    deinit { _ = file.withLock { close($0) } }

    func incoming(_ peer: [UInt8], frames: [[UInt8]], user: String?) {
        // The proof of the connection stands after the identity.
        let identity = user?.split(separator: "#").first.map(String.init)
        write(
            [
                ("dir", "in"), ("peer", .string(Self.hex(peer))), ("user", .optional(identity) ?? .null),
                ("frames", .int(Int64(frames.count))), ("body", .string(String(decoding: frames.last ?? [], as: UTF8.self))),
            ])
    }

    func outgoing(_ messages: [KernelMessage]) {
        for message in messages {
            switch message {
            case .toPeer(let peer, let body):
                write(
                    [
                        ("dir", "out"), ("peer", .string(Self.hex(peer.bytes))),
                        ("body", .string(String(decoding: body, as: UTF8.self))),
                    ])
            case .toAll(let topic, let header, let body):
                write(
                    [
                        ("dir", "pub"), ("topic", .string(String(decoding: topic, as: UTF8.self))),
                        ("header", .string(Self.hex(header))), ("body", .string(String(decoding: body, as: UTF8.self))),
                    ])
            }
        }
    }

    private func write(_ members: [(String, JSON)]) {
        let line = JSON.object(JSONObject([("at", .int(clock.microseconds()))] + members)).bytes + [0x0a]
        _ = file.withLock { Glibc.write($0, line, line.count) }
    }

    private static func hex(_ bytes: [UInt8]) -> String { bytes.map(\.hexadecimal).joined() }
}
