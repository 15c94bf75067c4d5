import OporaDomain
import OporaProtocol
import OporaStore

/// Events of plugins.
enum PublishCommand {
    /// Bytes of the subject of an event.
    static let subjectBytes = 128
    /// An event's data may be nested so deep: an answer that carries the event is nested deeper still.
    static let dataDepth = 32

    static let all: [CommandMethod] = [
        CommandMethod(
            "event.publish", "type data subject? ticket?", "Records an event of a plugin in the log.",
            admit: { (kernel, request, _, peer) throws(RPCError) in try check(request, kernel.sessions.session(of: peer)) }
        ) { context in
            let params = context.params
            let type = try params.text("type", max: 200)
            guard case .plugin(let name)? = EventName(cloudEventsType: type) else { throw PublishCommand.notGranted(type) }
            let plugin = name.split(separator: ".").dropFirst().first.map(String.init) ?? context.identity.name
            let ticket: TicketID? = try params.optionalID("ticket")
            if let ticket, try context.store.ticket(ticket) == nil { throw Rejection.notFound(kind: "ticket", id: "\(ticket)") }
            let subject = try subject(params) ?? ticket.map { "ticket/\($0)" } ?? "plugin/\(plugin)"
            var cause = try context.cause()
            if try context.actor() == nil { cause.actor = "plugin/\(plugin)" }
            let draft = EventDraft(
                plugin: .plugin(name), subject: subject, ticket: ticket, at: context.now, data: params.object["data"] ?? [:])
            try context.record([draft], by: cause)
            context.result.member("seq", context.state.head.seq)
        }
    ]

    static func notGranted(_ type: String) -> RPCError {
        RPCError(.forbidden, "\(type.prefix(80)) was not granted to this session; name it under `events` of the manifest")
    }

    /// `kind/id` of plain words, so that no free text gets into the log and its topics.
    private static func subject(_ params: Params) throws(RPCError) -> String? {
        guard let text = try params.optionalText("subject", max: subjectBytes) else { return nil }
        let parts = text.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
        let isPlain =
            parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
                        default: false
                        }
                    }
            }
        guard isPlain else {
            throw .invalid("/subject", "format", "must be <kind>/<id>: letters, digits, '.', '_' and '-' alone")
        }
        return text
    }

    /// What can be seen before the writer: whether the session may publish this, and whether the data is as it declared.
    private static func check(_ request: Request, _ session: Session?) throws(RPCError) {
        guard let session else { throw RPCError(.sessionRequired, "event.publish needs a session; send session.hello") }
        let params = Params(object: request.params)
        let type = try params.text("type", max: 200)
        guard let name = EventName(cloudEventsType: type), let event = session.events[name] else { throw notGranted(type) }
        _ = try subject(params)
        guard let data = try params.optionalObject("data") else { throw .invalid("/data", "type", "must be an object") }
        guard JSON.object(data).isNested(atMost: dataDepth) else {
            throw .invalid("/data", "range", "is nested deeper than \(dataDepth)")
        }
        let size = JSON.object(data).bytes.count
        guard size <= Limits.eventBytes else {
            throw RPCError(
                .requestTooLarge, "the data of an event has at most \(Limits.eventBytes) bytes; this has \(size)",
                data: JSONObject([("limit_bytes", .int(Int64(Limits.eventBytes)))]))
        }
        if let violations = event.schema?.check(.object(data)), !violations.isEmpty { throw .invalid(violations, in: "/data") }
    }
}

extension JSON {
    /// Whether objects and arrays are nested in it no deeper than that.
    func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .array(let items): depth > 0 && items.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let object): depth > 0 && object.members.allSatisfy { $0.value.isNested(atMost: depth - 1) }
        case .null, .bool, .int, .double, .string: true
        }
    }
}
