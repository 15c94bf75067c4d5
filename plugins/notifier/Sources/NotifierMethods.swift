import OporaPluginKit

/// The methods `x.notifier.*`.
extension Notifier {
    func answer(_ verb: String, _ params: JSON) async throws -> JSON {
        switch verb {
        case "outbox": return try list(Parameters(params, known: ["state", "limit"]))
        case "retry": return try retry(Parameters(params, known: ["id"]))
        case "send": return try await send(Parameters(params, known: ["user", "template", "link", "ticket", "key"]))
        default: throw RPCError(.methodNotFound, "notifier has no method \(verb)")
        }
    }

    private func list(_ params: Parameters) throws -> JSON {
        var state: DeliveryState?
        if let word = try params.text("state", required: false) {
            state = DeliveryState(rawValue: word)
            if state == nil {
                let words = DeliveryState.allCases.map(\.rawValue).joined(separator: ", ")
                throw RPCError.invalid("/state", "enum", "one of \(words)")
            }
        }
        let limit = try params.int("limit", in: 1...Outbox.listed) ?? Int64(Limits.pageDefault)
        return ["items": .array(try outbox.list(state, limit: limit).map(\.json))]
    }

    private func retry(_ params: Parameters) throws -> JSON {
        guard let id = try params.int("id", in: 1...Limits.safeInteger) else {
            throw RPCError.invalid("/id", "required", "the number of a delivery, as x.notifier.outbox shows it")
        }
        guard let before = try outbox.delivery(id) else {
            throw RPCError(.notFound, "there is no delivery \(id); x.notifier.outbox shows what there is")
        }
        guard try outbox.retry(id, now: clock.now()), let after = try outbox.delivery(id) else {
            throw RPCError(.validationFailed, "delivery \(id) is \(before.state.rawValue); it is not sent twice")
        }
        ring()
        return ["delivery": after.json]
    }

    /// Puts a survey mail into the outbox. The same key never makes a second one.
    private func send(_ params: Parameters) async throws -> JSON {
        guard let user = UserID(try params.text("user")) else {
            throw RPCError.invalid("/user", "format", "a user id such as U-7")
        }
        guard let ticket = TicketID(try params.text("ticket")) else {
            throw RPCError.invalid("/ticket", "format", "a ticket id such as T-12")
        }
        guard let notice = Notice(rawValue: try params.text("template")), [.survey, .surveyReminder].contains(notice) else {
            throw RPCError.invalid("/template", "enum", "one of survey, survey_reminder")
        }
        let link = try params.text("link")
        guard WebAddress(link, schemes: ["http", "https"]) != nil else {
            throw RPCError.invalid("/link", "format", "a URL that begins with http:// or https://")
        }
        let key = try params.text("key")
        guard key.utf8.count <= Limits.idempotencyKeyBytes, key.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
            throw RPCError.invalid("/key", "format", "1 to \(Limits.idempotencyKeyBytes) printable ASCII characters")
        }
        if let reason = try await obstacle(user) { return ["queued": false, "reason": .string(reason.rawValue)] }
        let draft = Draft(
            key: "send/\(key)", lane: Draft.mailLane, recipient: user.description, kind: notice.rawValue, ticket: ticket,
            data: ["link": .string(link)])
        if try outbox.add([draft], now: clock.now()) > 0 { ring() }
        return ["queued": true]
    }

    private func obstacle(_ user: UserID) async throws(CallError) -> SkipReason? {
        guard settings.mail != nil else { return .noMail }
        guard let person = try await desk.person(user) else { return .gone }
        if case .failure(let reason) = MailRenderer.mailbox(person) { return reason }
        return nil
    }
}

/// The parameters of a plugin method, checked as the kernel checks its own.
struct Parameters: Sendable {
    private let object: JSONObject

    init(_ params: JSON, known: [String]) throws(RPCError) {
        object = params.object ?? JSONObject()
        if let other = object.members.first(where: { !known.contains($0.name) }) {
            throw .invalid("/\(other.name)", "unknown", "there is no such parameter")
        }
    }

    /// A text that must be there and is not empty.
    func text(_ name: String) throws(RPCError) -> String {
        guard let text = try text(name, required: true) else { throw .invalid("/\(name)", "required", "is missing") }
        return text
    }

    /// A text, or nil where it may be left out and is.
    func text(_ name: String, required: Bool) throws(RPCError) -> String? {
        guard let value = object[name] else {
            if required { throw .invalid("/\(name)", "required", "is missing") }
            return nil
        }
        guard let text = value.string, !text.isEmpty else { throw .invalid("/\(name)", "type", "a text that is not empty") }
        return text
    }

    /// A whole number, or nil where it is left out.
    func int(_ name: String, in range: ClosedRange<Int64>) throws(RPCError) -> Int64? {
        guard let value = object[name] else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw .invalid("/\(name)", "range", "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
