import CZeroMQ
import OporaProtocol
import Synchronization

/// The large messages that libzmq holds for each peer of a socket. It counts messages, not bytes: without this, a few hundred
/// answers of some megabytes each would wait there for a peer that does not read.
///
/// Small messages are not counted; libzmq's high water mark bounds them.
struct Transit {
    /// Messages with fewer bytes in a frame are handed over as they are.
    static let largeBytes = 4096
    /// Peers after which those are looked for whose messages are gone.
    private static let fewPeers = 256

    /// Bytes of one peer that libzmq has not let go of yet. It counts down on libzmq's threads.
    final class Tally: Sendable {
        let bytes = Atomic<Int>(0)
    }

    private var byPeer: [[UInt8]: Tally] = [:]
    private var tidyAt = Transit.fewPeers

    /// Whether a peer may be sent that much more: one message always goes.
    func hasRoom(_ peer: [UInt8], for size: Int) -> Bool {
        let waiting = byPeer[peer]?.bytes.load(ordering: .acquiring) ?? 0
        return waiting == 0 || waiting + size <= Limits.transitBytes
    }

    /// Where the bytes of a peer are counted.
    mutating func tally(_ peer: [UInt8]) -> Tally {
        if let known = byPeer[peer] { return known }
        if byPeer.count >= tidyAt {
            byPeer = byPeer.filter { $0.value.bytes.load(ordering: .acquiring) > 0 }
            tidyAt = max(Transit.fewPeers, byPeer.count * 2)
        }
        let new = Tally()
        byPeer[peer] = new
        return new
    }

    /// A message of libzmq with these bytes, counted until libzmq is done with it.
    static func message(_ frame: [UInt8], _ tally: Tally) -> zmq_msg_t {
        var message = zmq_msg_t()
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: frame.count, alignment: 1)
        copy.copyBytes(from: frame)
        let ticket = Unmanaged.passRetained(Ticket(tally, bytes: frame.count))
        let made = zmq_msg_init_data(
            &message, copy.baseAddress, frame.count,
            { data, ticket in
                data?.deallocate()
                guard let ticket else { return }
                Unmanaged<Ticket>.fromOpaque(ticket).release()
            }, ticket.toOpaque())
        precondition(made == 0, "libzmq has no memory for a message")
        return message
    }

    /// Counts from its making to its end.
    private final class Ticket {
        let tally: Tally
        let bytes: Int

        init(_ tally: Tally, bytes: Int) {
            self.tally = tally
            self.bytes = bytes
            tally.bytes.add(bytes, ordering: .acquiringAndReleasing)
        }

        deinit { tally.bytes.subtract(bytes, ordering: .acquiringAndReleasing) }
    }
}
