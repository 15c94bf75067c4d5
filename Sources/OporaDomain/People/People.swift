public import OporaProtocol
public import OporaTime

/// A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
public struct User: Hashable, Sendable {
    public var id: UserID
    public var version: Int64
    public var name: String
    public var email: String?
    public var roles: Set<UserRole>
    /// Roles that the desk made for itself, in order of name.
    public var deskRoles: [DeskRole] = []
    public var organization: OrganizationID?
    /// `en` or `ru`; nil for the desk's own.
    public var language: String?
    /// IANA name.
    public var zone: String?
    /// The identity whose connection acts as this person.
    public var identity: String?
    public var externalID: String?
    public var isActive: Bool
    /// What they can take on, where they answer tickets.
    public var work = Work()
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: UserID, version: Int64 = 1, name: String, email: String? = nil, roles: Set<UserRole> = [.requester],
        organization: OrganizationID? = nil, language: String? = nil, zone: String? = nil, identity: String? = nil,
        externalID: String? = nil, isActive: Bool = true, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.email = email
        self.roles = roles
        self.organization = organization
        self.language = language
        self.zone = zone
        self.identity = identity
        self.externalID = externalID
        self.isActive = isActive
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// What the person counts as: shipped roles, and those on which the desk's own ones stand.
    public var kinds: Set<UserRole> { deskRoles.isEmpty ? roles : roles.union(deskRoles.map(\.base)) }

    /// The names of all roles, in order of the alphabet.
    public var roleNames: [String] { (roles.map(\.rawValue) + deskRoles.map(\.name)).sorted() }

    /// Whether tickets can be given to the person.
    public var answersTickets: Bool { kinds.contains(where: \.answersTickets) }

    /// What a message of this person counts as.
    public func authorKind(on ticket: Ticket) -> AuthorKind {
        if kinds.contains(.bot) { return .bot }
        // An agent who asked for help is the requester of that ticket.
        if id == ticket.requester { return .requester }
        return answersTickets ? .agent : .requester
    }

    /// The fact that the person was added or changed.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "user/\(id)", at: at, entityVersion: version,
            data: [
                "user": .id(id), "roles": .array(roleNames.map { .string($0) }),
                "changed": .array(changed.map { .string($0) }),
            ])
    }
}

/// The company of a requester.
public struct Organization: Hashable, Sendable {
    public var id: OrganizationID
    public var version: Int64
    public var name: String
    public var externalID: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: OrganizationID, version: Int64 = 1, name: String, externalID: String? = nil, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.externalID = externalID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The fact that the organization was added or changed.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "organization/\(id)", at: at, entityVersion: version,
            data: ["organization": .id(id), "changed": .array(changed.map { .string($0) })])
    }
}

/// A team that works on tickets.
public struct Group: Hashable, Sendable {
    public var id: GroupID
    public var version: Int64
    public var name: String
    public var lead: UserID?
    public var members: [UserID]
    /// The tier on which members work here; whoever is not in it works on every one.
    public var tiers: [UserID: Int] = [:]
    public var externalID: String?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: GroupID, version: Int64 = 1, name: String, lead: UserID? = nil, members: [UserID] = [],
        externalID: String? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.lead = lead
        self.members = members
        self.externalID = externalID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Members and the lead, each once.
    public var everybody: [UserID] { lead.map { members.contains($0) ? members : members + [$0] } ?? members }

    /// The fact that the group was added or changed.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "group/\(id)", at: at, entityVersion: version,
            data: [
                "group": .id(id), "lead": .id(lead), "members": .array(members.map { .id($0) }),
                "changed": .array(changed.map { .string($0) }),
            ])
    }
}

/// One public reply or internal note.
public struct Message: Hashable, Sendable {
    public var id: MessageID
    public var ticket: TicketID
    public var author: UserID?
    public var authorKind: AuthorKind
    public var visibility: Visibility
    public var channel: Channel
    public var createdAt: Timestamp
    /// When a note was made public; nil for what is as it was written.
    public var publishedAt: Timestamp?
    public var text: String
    /// Files that came with it, in the order in which they were named.
    public var attachments: [Attachment]

    public init(
        id: MessageID, ticket: TicketID, author: UserID?, authorKind: AuthorKind, visibility: Visibility,
        channel: Channel, createdAt: Timestamp, text: String, attachments: [Attachment] = []
    ) {
        self.id = id
        self.ticket = ticket
        self.author = author
        self.authorKind = authorKind
        self.visibility = visibility
        self.channel = channel
        self.createdAt = createdAt
        self.text = text
        self.attachments = attachments
    }

    /// The fact that a note was made public. It has the shape of `message.added`.
    func published(by user: UserID) -> EventDraft {
        EventDraft(
            .messagePublished, subject: "message/\(id)", ticket: ticket, at: publishedAt ?? createdAt, entityVersion: 2,
            data: [
                "message": .id(id), "ticket": .id(ticket), "author": .id(author), "author_kind": .string(authorKind.rawValue),
                "published_by": .id(user), "before": .string(Visibility.internal.rawValue),
                "after": .string(Visibility.public.rawValue),
            ])
    }

    /// The fact that it was written.
    /// - Parameter isAutomatic: a machine wrote it.
    func event(isAutomatic: Bool = false) -> EventDraft {
        EventDraft(
            .messageAdded, subject: "message/\(id)", ticket: ticket, at: createdAt, entityVersion: 1,
            data: [
                "message": .id(id), "ticket": .id(ticket), "author": .id(author),
                "author_kind": .string(authorKind.rawValue), "visibility": .string(visibility.rawValue),
                "channel": .string(channel.rawValue), "characters": .int(Int64(text.count)),
                "attachments": attachments.isEmpty ? nil : .array(attachments.map { .id($0.id) }),
                "automatic": isAutomatic ? true : nil,
            ])
    }
}
