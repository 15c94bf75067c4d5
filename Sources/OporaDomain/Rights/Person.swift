public import OporaProtocol

/// What rights depend on of a person.
public struct Person: Hashable, Sendable {
    public var id: UserID
    public var organization: OrganizationID?
    public var groups: Set<GroupID>

    public init(id: UserID, organization: OrganizationID? = nil, groups: Set<GroupID> = []) {
        self.id = id
        self.organization = organization
        self.groups = groups
    }

    /// The tickets that a scope means for this person; nil for every ticket.
    func limit(_ scope: TicketScope) -> Sight.Limit? {
        switch scope {
        case .own: .requester(id)
        case .organization: organization.map { .organization($0, id) } ?? .requester(id)
        case .groups: .groups(groups, id)
        case .all: nil
        }
    }
}
