import OporaDomain
import OporaProtocol
import OporaStore

/// The people, groups and organizations that a caller wants along with tickets or messages: one level, each once.
struct Expansion {
    /// What can be had along with a ticket.
    enum OfTicket: String, CaseIterable {
        case requester, organization, group, assignee

        /// The method that shows it, too.
        var method: String {
            switch self {
            case .requester, .assignee: "user.get"
            case .organization: "organization.get"
            case .group: "group.get"
            }
        }
    }
    /// What can be had along with a message.
    enum OfMessage: String, CaseIterable {
        case author

        /// The method that shows it, too.
        var method: String { "user.get" }
    }

    private var users: Set<UserID> = []
    private var organizations: Set<OrganizationID> = []
    private var groups: Set<GroupID> = []

    mutating func add(_ ticket: Ticket, _ members: [OfTicket]) {
        for member in members {
            switch member {
            case .requester: users.insert(ticket.requester)
            case .assignee: if let assignee = ticket.assignee { users.insert(assignee) }
            case .organization: if let organization = ticket.organization { organizations.insert(organization) }
            case .group: if let group = ticket.group { groups.insert(group) }
            }
        }
    }

    mutating func add(_ message: Message, _ members: [OfMessage]) {
        if members.contains(.author), let author = message.author { users.insert(author) }
    }

    /// Writes `included`: objects by id.
    func write(_ writer: inout JSONWriter, _ store: any StoreReader) throws {
        writer.name("included")
        writer.beginObject()
        try Expansion.write(users, &writer, store.user) { $0.user($1) }
        try Expansion.write(organizations, &writer, store.organization) { $0.organization($1) }
        try Expansion.write(groups, &writer, store.group) { $0.group($1) }
        writer.endObject()
    }

    private static func write<ID: EntityID, Value>(
        _ ids: Set<ID>, _ writer: inout JSONWriter, _ find: (ID) throws(StoreError) -> Value?,
        _ show: (inout JSONWriter, Value) -> Void
    ) throws {
        for id in ids.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let value = try find(id) else { continue }
            writer.name(id.description)
            show(&writer, value)
        }
    }
}

extension QueryContext {
    /// Writes what `expand` asks for along with tickets; nothing where it asks for nothing.
    mutating func include(with tickets: some Sequence<Ticket>) throws {
        guard let members: [Expansion.OfTicket] = try params.words("expand") else { return }
        for member in members { try requireSight(member.method, member.rawValue) }
        var expansion = Expansion()
        for ticket in tickets { expansion.add(ticket, members) }
        try expansion.write(&result, store)
    }

    /// Writes what `expand` asks for along with messages.
    mutating func include(with messages: some Sequence<Message>) throws {
        guard let members: [Expansion.OfMessage] = try params.words("expand") else { return }
        for member in members { try requireSight(member.method, member.rawValue) }
        var expansion = Expansion()
        for message in messages { expansion.add(message, members) }
        try expansion.write(&result, store)
    }

    /// What an identity may not get by itself it does not get along with something else.
    private func requireSight(_ method: String, _ member: String) throws(RPCError) {
        guard !job.identity.mayCall(method) else { return }
        throw RPCError(.forbidden, "\(job.identity.name) may not expand \(member): it may not call \(method)")
    }
}
