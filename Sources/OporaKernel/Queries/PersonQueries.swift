import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// All that is kept of one person, in pages.
enum PersonQueries {
    static let all: [QueryMethod] = [
        QueryMethod("person.export", "user limit? cursor?", "All that is kept of a person, piece by piece.") { try export(&$0) }
    ]

    /// What is gone through, in this order.
    private enum Part: Int64 { case person, tickets, messages, feedback }

    private static func export(_ context: inout QueryContext) throws {
        let id: UserID = try context.params.id("user")
        guard let user = try context.store.user(id) else { throw Rejection.notFound(kind: "user", id: "\(id)") }
        let limit = try context.params.limit()
        let cursor = try context.cursor() ?? Cursor(value: 0, id: 0)
        guard let part = Part(rawValue: cursor.value) else { throw RPCError(.invalidCursor, "begin again without the cursor") }
        context.result.name("items")
        context.result.beginArray()
        let reached = try write(part, user, after: cursor.id, limit, &context)
        context.result.endArray()
        let next =
            reached.map { Cursor(value: part.rawValue, id: $0) }
            ?? Part(rawValue: part.rawValue + 1).map { Cursor(value: $0.rawValue, id: 0) }
        context.result.member("next_cursor", orNull: next?.encode(context.job.request, context.kernel.settings.cursorKey))
        context.result.member("as_of_seq", context.head.seq)
        context.result.member("epoch", context.head.epoch)
    }

    /// Writes what a page has room for. Returns the last id that it went through; nil where the part is done.
    private static func write(
        _ part: Part, _ user: User, after: Int64, _ limit: Int, _ context: inout QueryContext
    ) throws -> Int64? {
        let store = context.store
        var written = 0
        func hasRoom(_ context: QueryContext) -> Bool { written == 0 || context.result.bytes.count < Limits.answerEventBytes }
        switch part {
        case .person:
            item("user", &context) { $0.user(user) }
            for id in context.kernel.rights.person(user).groups.sorted() {
                if let group = try store.group(id) { item("group", &context) { $0.group(group) } }
            }
            return nil
        case .tickets:
            let ids = try store.tickets(of: user.id, after: after, limit: limit)
            for id in ids {
                guard hasRoom(context) else { return id.rawValue - 1 }
                let book = context.book
                if let ticket = try store.ticket(id) { item("ticket", &context) { $0.ticket(ticket, book) } }
                written += 1
            }
            return ids.count == limit ? ids.last?.rawValue : nil
        case .messages:
            let page = try store.messages(of: user.id, after: after, limit: limit)
            for id in page.items {
                guard hasRoom(context) else { return id.rawValue - 1 }
                if let message = try store.message(id) { item("message", &context) { $0.message(message) } }
                written += 1
            }
            return page.isComplete ? nil : page.reached
        case .feedback:
            let page = try store.feedback(of: user.id, after: after, limit: limit)
            for id in page.items {
                if let feedback = try store.feedback(id) { item("feedback", &context) { $0.feedback(feedback) } }
            }
            return page.isComplete ? nil : page.reached
        }
    }

    private static func item(_ kind: StaticString, _ context: inout QueryContext, _ write: (inout JSONWriter) -> Void) {
        context.result.beginObject()
        context.result.member("kind", "\(kind)")
        context.result.name(kind)
        write(&context.result)
        context.result.endObject()
    }
}
