import OporaPluginKit

/// The kernel, as the notifier reads it: texts, names and addresses are never in the log, so they are asked for.
///
/// What is not there any more is nil; that is no fault.
struct Desk: Sendable {
    /// A call of a method with its parameters.
    typealias Call = @Sendable (_ method: String, _ params: JSON) async throws(CallError) -> JSON

    let call: Call

    init(call: @escaping Call) { self.call = call }

    /// The kernel that a client is connected to.
    init(_ client: DeskClient) {
        self.init { (method, params) async throws(CallError) in try await client.call(method, params) }
    }

    func ticket(_ id: TicketID) async throws(CallError) -> TicketFacts? {
        try await get("ticket", id.description).map { (json) throws(CallError) in try read(TicketFacts(json), "ticket.get") }
    }

    func person(_ id: UserID) async throws(CallError) -> PersonFacts? {
        try await get("user", id.description).map { (json) throws(CallError) in try read(PersonFacts(json), "user.get") }
    }

    func group(_ id: GroupID) async throws(CallError) -> GroupFacts? {
        try await get("group", id.description).map { (json) throws(CallError) in try read(GroupFacts(json), "group.get") }
    }

    func message(_ id: MessageID) async throws(CallError) -> MessageFacts? {
        try await get("message", id.description).map { (json) throws(CallError) in try read(MessageFacts(json), "message.get") }
    }

    /// The first public message of a ticket: what the requester wants.
    func opening(_ id: TicketID) async throws(CallError) -> MessageFacts? {
        let params: JSON = ["ticket": .string(id.description), "visibility": "public", "limit": 1]
        guard let answer = try await found("message.list", params) else { return nil }
        guard let first = answer["items"]?.array?.first else { return nil }
        return try read(MessageFacts(first), "message.list")
    }

    private func get(_ noun: String, _ id: String) async throws(CallError) -> JSON? {
        try await found("\(noun).get", .object(JSONObject([(noun, .string(id))])))?[noun]
    }

    private func found(_ method: String, _ params: JSON) async throws(CallError) -> JSON? {
        do throws(CallError) { return try await call(method, params) } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    private func read<Facts>(_ facts: Facts?, _ method: String) throws(CallError) -> Facts {
        guard let facts else { throw .transport("the kernel's answer to \(method) can't be read") }
        return facts
    }
}
