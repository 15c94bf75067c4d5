import OporaPluginKit

/// What the notifier reads of a ticket.
struct TicketFacts: Hashable, Sendable {
    var id: TicketID
    var subject: String
    var priority: Priority?
    var requester: UserID?
    var group: GroupID?
    var assignee: UserID?
    var createdAt: Timestamp
    var dueAt: Timestamp?
}

/// What the notifier reads of a person.
struct PersonFacts: Hashable, Sendable {
    var id: UserID
    var name: String
    var email: String?
    var language: String?
    var zone: String?
    var isActive: Bool
}

/// What the notifier reads of a group.
struct GroupFacts: Hashable, Sendable {
    var id: GroupID
    var name: String
    var lead: UserID?
    var members: [UserID]

    /// The lead as a list of none or one.
    var leads: [UserID] { lead.map { [$0] } ?? [] }
}

/// What the notifier reads of a message.
struct MessageFacts: Hashable, Sendable {
    var author: UserID?
    var visibility: Visibility
    var text: String
}

extension TicketFacts {
    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap({ TicketID($0) }), let created = json.time("created_at") else { return nil }
        self.init(
            id: id, subject: json["subject"]?.string ?? "",
            priority: json["priority"]?.string.flatMap { Priority(rawValue: $0) }, requester: json.user("requester"),
            group: json.group("group"), assignee: json.user("assignee"), createdAt: created, dueAt: json.time("due_at"))
    }
}

extension PersonFacts {
    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap({ UserID($0) }) else { return nil }
        self.init(
            id: id, name: json["name"]?.string ?? "", email: json["email"]?.string, language: json["language"]?.string,
            zone: json["zone"]?.string, isActive: json["active"]?.bool ?? true)
    }
}

extension GroupFacts {
    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap({ GroupID($0) }) else { return nil }
        self.init(
            id: id, name: json["name"]?.string ?? "", lead: json.user("lead"),
            members: (json["members"]?.array ?? []).compactMap { $0.string.flatMap { UserID($0) } })
    }
}

extension MessageFacts {
    init?(_ json: JSON) {
        guard let visibility = json["visibility"]?.string.flatMap({ Visibility(rawValue: $0) }) else { return nil }
        self.init(author: json.user("author"), visibility: visibility, text: json["text"]?.string ?? "")
    }
}
