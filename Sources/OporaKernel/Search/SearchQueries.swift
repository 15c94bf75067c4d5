import Logging
import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Finding tickets by what they say.
enum SearchQueries {
    static let all: [QueryMethod] = [
        QueryMethod(
            "ticket.search",
            """
            query status? priority? type? channel? group? assignee? requester? organization? tag? visibility? created_from? \
            created_before? updated_from? updated_before? limit? cursor? expand?
            """,
            "Tickets by the words in them, best first."
        ) { try search(&$0) },
        QueryMethod("search.status", "", "How far the search index is.") { try status(&$0) },
        QueryMethod("search.rebuild", "", "Has the search index made anew.") { context in
            try context.kernel.openSearch().makeAnew()
            context.result.member("state", "building")
        },
    ]

    private static func search(_ context: inout QueryContext) throws {
        let kernel = context.kernel
        let query = try query(context.params)
        if !context.sight.seesInternal, let field = query.filter.conditions.compactMap(\.internalField).first {
            throw RPCError(.forbidden, "\(field): is no filter for you: that is the desk's own affair")
        }
        let follower = try kernel.openSearch()
        guard follower.now.indexedSeq != nil else {
            throw RPCError(
                .unavailable, "the search index is being made; try again shortly; search.status says how far it is",
                data: JSONObject([("retry_after_ms", 1000)]))
        }
        let limit = try context.params.limit()
        let cursor = try context.cursor()
        var search = TicketSearch(
            query, sight: context.sight, asOf: cursor.map { Timestamp($0.value) } ?? context.now, limit: limit)
        search.offset = cursor.map { Int($0.id) } ?? 0
        let reached = follower.now.indexedSeq ?? 0
        let page = try context.look { (searcher) throws(StoreError) in try searcher.find(search) }
        let shown = try write(page, &context)
        let next = page.nextOffset.map { Cursor(value: search.asOf.rawValue, id: Int64($0)) }
        context.result.member(
            "next_cursor", orNull: next.map { $0.encode(context.job.request, kernel.settings.cursorKey) })
        context.result.member("is_complete", page.isComplete)
        context.result.member("is_relaxed", page.isRelaxed)
        context.result.member("indexed_seq", max(reached, page.indexedSeq))
        context.result.member("as_of_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
        try context.include(with: shown)
    }

    /// The query with the filters that stand beside it.
    private static func query(_ params: Params) throws -> SearchQuery {
        var query = try SearchQuery(parsing: try params.text("query", max: Limits.searchQueryCharacters))
        var conditions = query.filter.conditions
        if let words: [TicketStatus] = try params.words("status") { conditions.append(.status(words)) }
        if let words: [Priority] = try params.words("priority") { conditions.append(.priority(words)) }
        if let words: [TicketType] = try params.words("type") { conditions.append(.type(words)) }
        if let words: [Channel] = try params.words("channel") { conditions.append(.channel(words)) }
        if let id: GroupID = try params.optionalID("group") { conditions.append(.group(id)) }
        if let id: UserID = try params.optionalID("assignee") { conditions.append(.assignee(id)) }
        if let id: UserID = try params.optionalID("requester") { conditions.append(.requester(id)) }
        if let id: OrganizationID = try params.optionalID("organization") { conditions.append(.organization(id)) }
        if let tag = try params.optionalLine("tag") { conditions.append(.tag(tag.lowercased())) }
        let created = TimeSpan(from: try params.optionalTime("created_from"), before: try params.optionalTime("created_before"))
        if created != TimeSpan() { conditions.append(.created(created)) }
        let updated = TimeSpan(from: try params.optionalTime("updated_from"), before: try params.optionalTime("updated_before"))
        if updated != TimeSpan() { conditions.append(.updated(updated)) }
        query.filter.conditions = conditions
        if let visibility: Visibility = try params.optionalWord("visibility") { query.filter.visibility = visibility }
        return query
    }

    /// Writes the hits; returns their tickets.
    private static func write(_ page: SearchPage, _ context: inout QueryContext) throws -> [Ticket] {
        var shown: [Ticket] = []
        context.result.name("items")
        context.result.beginArray()
        for hit in page.hits {
            // One that came after this view began is left for the next search.
            guard let ticket = try context.store.ticket(hit.ticket) else { continue }
            context.result.beginObject()
            context.result.name("ticket")
            context.result.ticket(ticket, context.book, context.sight)
            context.result.optional("message", hit.message)
            context.result.member("score", .double((hit.score * 1000).rounded() / 1000))
            context.result.parts("subject", hit.subject)
            context.result.parts("snippet", hit.snippet)
            context.result.endObject()
            shown.append(ticket)
        }
        context.result.endArray()
        return shown
    }

    private static func status(_ context: inout QueryContext) throws {
        let status = try context.kernel.openSearch().now
        // One that can't be read is made anew: how large it is nobody knows.
        let size = (try? context.look { (searcher) throws(StoreError) in try searcher.size() }) ?? SearchSize()
        let indexed = status.indexedSeq ?? 0
        let isBuilding = status.building != nil || status.indexedSeq == nil && status.problem == nil
        let state = isBuilding ? "building" : status.problem != nil ? "failing" : "ready"
        context.result.member("state", state)
        context.result.member("indexed_seq", indexed)
        context.result.member("head_seq", context.head.seq)
        context.result.member("behind_events", max(0, context.head.seq - indexed))
        let oldest = indexed < context.head.seq ? try context.store.event(indexed + 1)?.recordedMicroseconds : nil
        context.result.member("behind_ms", max(0, oldest.map { context.now.rawValue - $0 / 1000 } ?? 0))
        context.result.member("documents", size.documents)
        context.result.member("replaced", size.replaced)
        context.result.member("bytes", size.bytes)
        if let building = status.building {
            context.result.name("building")
            context.result.value(["done": .int(building.done), "of": .int(building.of)])
        }
        if let problem = status.problem { context.result.member("problem", problem) }
    }
}

extension Kernel {
    /// The follower of the log; refused where the kernel runs without a search.
    func openSearch() throws(RPCError) -> SearchFollower {
        guard let search else {
            throw RPCError(.unavailable, "this kernel keeps no search index; the operator's settings say so")
        }
        return search
    }
}

extension QueryContext {
    /// Looks into the index. That it can't be read is no fault of the desk.
    fileprivate func look<T>(_ look: (any Searcher) throws(StoreError) -> T) throws(RPCError) -> T {
        do throws(StoreError) { return try look(try searcher.opened()) } catch {
            kernel.log.error("the search index can't be read", metadata: ["error": "\(error)"])
            kernel.search?.note(error)
            throw RPCError(.unavailable, "the search index can't be read; try again shortly; search.status says more")
        }
    }
}

extension JSONWriter {
    /// Pieces of a text, those that were looked for marked.
    fileprivate mutating func parts(_ name: StaticString, _ parts: [SnippetPart]) {
        self.name(name)
        beginArray()
        for part in parts {
            beginObject()
            member("text", part.text)
            if part.isMatch { member("match", true) }
            endObject()
        }
        endArray()
    }
}
