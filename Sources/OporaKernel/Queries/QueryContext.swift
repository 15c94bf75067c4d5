import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A query that waits for a reader.
struct QueryJob: Sendable {
    var request: Request
    var identity: Identity
    var replyTo: ReplyTo
    /// Until when an empty answer may wait for something to come; nil for one that does not wait.
    var waitUntil: Timestamp?
    /// The lease under which a consumer's events are fetched.
    var claim: ConsumerBook.Claim?
    /// The streams whose growth is of interest while it waits; empty means all.
    var streams: [EventStream] = []

    func wants(_ grown: Set<Int>) -> Bool {
        streams.isEmpty || streams.contains { grown.contains($0.index) }
    }
}

/// One query under way, on an unchanging view.
struct QueryContext {
    let job: QueryJob
    let store: any StoreReader
    /// The end of the log in this view.
    let head: LogHead
    let book: SLABook
    let zone: @Sendable (String) -> ZoneRules?
    let consumers: ConsumerBook
    let kernel: Kernel
    let now: Timestamp
    /// The members of the result.
    var result = JSONWriter()
    /// Set where nothing was found and the query would rather wait.
    var mayWait = false

    var params: Params { Params(object: job.request.params) }

    /// Writes a page: items, where to go on, and the position it is true at. It ends early where it grows too large to send.
    /// - Parameters:
    ///   - cursor: the place of an item in the list.
    ///   - isCut: more lies after the items, whatever their number.
    mutating func page<T>(
        _ items: [T], limit: Int, cursor: (T) -> Cursor, isCut: Bool = false, _ write: (inout JSONWriter, T) -> Void
    ) {
        var last: T?
        var written = 0
        result.name("items")
        result.beginArray()
        for item in items.prefix(limit) where written == 0 || result.bytes.count < Limits.answerEventBytes {
            write(&result, item)
            last = item
            written += 1
        }
        result.endArray()
        let hasMore = isCut || written < items.count
        result.member("next_cursor", orNull: hasMore ? last.map { cursor($0).encode(job.request) } : nil)
        result.member("as_of_seq", head.seq)
        result.member("epoch", head.epoch)
    }

    /// The id after which a page of a list in order of id begins.
    func idCursor() throws(RPCError) -> Int64 {
        guard let text = try params.optionalText("cursor", max: 200) else { return 0 }
        return try Cursor.decode(text, job.request).id
    }
}

/// A place in a list, opaque to callers and good for the same filters alone.
struct Cursor {
    /// The sort value; 0 in a list in order of id.
    var value: Int64 = 0
    var id: Int64

    /// The place, bound to the method and all parameters but those that only page.
    func encode(_ request: Request) -> String { "c1.\(value).\(id).\(Cursor.binding(request))" }

    static func decode(_ text: String, _ request: Request) throws(RPCError) -> Cursor {
        let parts = text.split(separator: ".")
        guard parts.count == 4, parts[0] == "c1", let value = Int64(parts[1]), let id = Int64(parts[2]),
            parts[3] == binding(request)
        else {
            throw RPCError(.invalidCursor, "the cursor belongs to another list or other filters; begin again without it")
        }
        return Cursor(value: value, id: id)
    }

    private static func binding(_ request: Request) -> String {
        var params = request.params
        params["cursor"] = nil
        params["limit"] = nil
        return String(Fingerprint(method: request.method, params: params).text.prefix(12))
    }
}
