import OporaPluginKit

/// Rows that wait to be sent, in lanes: all rows of a ticket go through one lane, and a lane has one request under way, so the
/// rows of a ticket arrive in order even where a request has to be repeated.
struct ImportLanes: Sendable {
    /// Requests under way at once.
    static let count = 4
    /// Bytes of a request; leaves room for its envelope.
    static let batchBytes = Limits.bodyBytes - 16_384

    /// Rows of one request.
    struct Batch: Sendable {
        var lane: Int
        var rows: [ImportRow] = []
        fileprivate var bytes = 0

        var isEmpty: Bool { rows.isEmpty }

        fileprivate mutating func append(_ row: ImportRow) {
            rows.append(row)
            bytes += row.bytes
        }
    }

    private var waiting = (0..<ImportLanes.count).map { Batch(lane: $0) }

    /// The lane of a ticket.
    static func lane(of number: String) -> Int { Int(DistinctCount.hash(number) % UInt64(count)) }

    /// Puts a row into its lane; returns what must be sent first, because the lane is full.
    mutating func add(_ row: ImportRow) -> Batch? {
        let lane = ImportLanes.lane(of: row.number)
        let isFull =
            waiting[lane].rows.count == Limits.importItems
            || (!waiting[lane].isEmpty && waiting[lane].bytes + row.bytes > ImportLanes.batchBytes)
        let full = isFull ? takeWhole(lane, before: row) : nil
        waiting[lane].append(row)
        return full
    }

    /// Takes what waits in a lane.
    mutating func take(_ lane: Int) -> Batch {
        defer { waiting[lane] = Batch(lane: lane) }
        return waiting[lane]
    }

    /// Takes what waits in a lane but for the rows of the ticket that goes on: a request is one transaction, and a ticket
    /// with half its history would look overdue to the kernel until the rest comes.
    private mutating func takeWhole(_ lane: Int, before row: ImportRow) -> Batch {
        let all = take(lane)
        let begun = all.rows.reversed().prefix { $0.number == row.number }.count
        guard begun > 0, begun < all.rows.count else { return all }
        var whole = Batch(lane: lane)
        for (index, row) in all.rows.enumerated() {
            if index < all.rows.count - begun { whole.append(row) } else { waiting[lane].append(row) }
        }
        return whole
    }
}
