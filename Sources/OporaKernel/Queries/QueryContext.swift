import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// A query that waits for a reader.
struct QueryJob: Sendable {
    var request: Request
    var identity: Identity
    var replyTo: ReplyTo
    /// When it came in.
    var arrived: Timestamp
    /// It waits for something to come, or has: its deadline was kept.
    var hasWaited = false
    /// Nothing that happens wakes it: it only waits for its time to be over.
    var isDeaf = false
    /// Until when an empty answer may wait for something to come; nil for one that does not wait.
    var waitUntil: Timestamp?
    /// The lease under which a consumer's events are fetched.
    var claim: ConsumerBook.Claim?
    /// The streams whose growth is of interest while it waits; empty means all.
    var streams: [EventStream] = []
    /// Events that a consumer set aside and that are to be handed out once more.
    var retried: [Int64] = []
    /// What a reader does instead of a query; nil for a query.
    var errand: Errand?

    /// Something else that needs a reader's look.
    enum Errand: Sendable {
        /// Before plugins are asked about a command: the run.
        case hooks(Int64)
        /// Before a plugin is called for a person.
        case pluginCall
    }

    func wants(_ grown: Set<Int>) -> Bool {
        !isDeaf && (streams.isEmpty || streams.contains { grown.contains($0.index) })
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
    /// The thread's look into the search index.
    let searcher: SearcherSeat
    /// What the caller may see.
    var sight = Sight.all
    /// The members of the result.
    var result = JSONWriter()
    /// Set where nothing was found and the query would rather wait.
    var mayWait = false
    /// When waiting may end earlier than the caller asked.
    var wakeAt: Timestamp?
    /// The writer does something first and has the query run again: it is not answered now.
    var isPassedOn = false

    var params: Params { Params(object: job.request.params) }

    /// Writes a page: items, where to go on, and the position it is true at. It ends early where it grows too large to send.
    /// - Parameters:
    ///   - cursor: the place of an item in the list.
    ///   - isCut: more lies after the items, whatever their number.
    ///   - reached: where to go on after all of the items, be there none; nil where nothing lies after them.
    /// - Returns: the items that were written.
    @discardableResult
    mutating func page<T>(
        _ items: [T], limit: Int, cursor: (T) -> Cursor, isCut: Bool = false, reached: Cursor? = nil,
        _ write: (inout JSONWriter, T) -> Void
    ) -> ArraySlice<T> {
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
        let next = hasMore ? last.map(cursor) : reached
        result.member("next_cursor", orNull: next.map { $0.encode(job.request, kernel.settings.cursorKey) })
        result.member("as_of_seq", head.seq)
        result.member("epoch", head.epoch)
        return items.prefix(written)
    }

    /// Where the page begins that the caller asks for; nil for the first one.
    func cursor() throws(RPCError) -> Cursor? {
        guard let text = try params.optionalText("cursor", max: 200) else { return nil }
        return try Cursor.decode(text, job.request, kernel.settings.cursorKey)
    }

    /// The id after which a page of a list in order of id begins.
    func idCursor() throws(RPCError) -> Int64 { try cursor()?.id ?? 0 }
}
