/// The 32 bytes of the second frame of an event: all that a subscriber needs to see a gap without reading JSON.
///
/// Big-endian: magic `OP`, version, flags, epoch (4), seq (8), prev (8), time of recording in microseconds (8).
public struct EventHeader: Hashable, Sendable {
    public static let size = 32

    /// Not in the log: heartbeats and other control messages; `seq` is 0.
    public var isEphemeral: Bool
    /// Sent again after a restart of the kernel.
    public var isRepublished: Bool
    public var epoch: UInt32
    /// Position in the log, gapless from 1.
    public var seq: Int64
    /// Position of the previous event of the same stream, 0 where there is none.
    public var prev: Int64
    /// When it was recorded, microseconds since 1970 UTC.
    public var recordedMicroseconds: Int64

    public init(
        isEphemeral: Bool = false, isRepublished: Bool = false, epoch: UInt32, seq: Int64, prev: Int64,
        recordedMicroseconds: Int64
    ) {
        self.isEphemeral = isEphemeral
        self.isRepublished = isRepublished
        self.epoch = epoch
        self.seq = seq
        self.prev = prev
        self.recordedMicroseconds = recordedMicroseconds
    }

    /// The header as it travels.
    public var bytes: [UInt8] {
        var out: [UInt8] = [0x4f, 0x50, 0x01, (isEphemeral ? 1 : 0) | (isRepublished ? 2 : 0)]
        out.reserveCapacity(EventHeader.size)
        withUnsafeBytes(of: epoch.bigEndian) { out.append(contentsOf: $0) }
        for value in [seq, prev, recordedMicroseconds] {
            withUnsafeBytes(of: value.bigEndian) { out.append(contentsOf: $0) }
        }
        return out
    }

    /// Reads a header; nil where the bytes are not one of this version.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == EventHeader.size, bytes[0] == 0x4f, bytes[1] == 0x50, bytes[2] == 0x01 else { return nil }
        func get(_ start: Int, _ size: Int) -> UInt64 {
            bytes[start..<start + size].reduce(0) { $0 << 8 | UInt64($1) }
        }
        isEphemeral = bytes[3] & 1 != 0
        isRepublished = bytes[3] & 2 != 0
        epoch = UInt32(get(4, 4))
        seq = Int64(bitPattern: get(8, 8))
        prev = Int64(bitPattern: get(16, 8))
        recordedMicroseconds = Int64(bitPattern: get(24, 8))
    }
}
