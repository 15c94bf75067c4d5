/// How far a role reaches: whose tickets it may see and change. From the narrowest to the widest.
public enum TicketScope: String, CaseIterable, Sendable, Comparable {
    /// Those that the person asked for.
    case own
    /// Those of the person's organization, and own ones.
    case organization
    /// Those of the person's groups, those that are in no group, and those that the person asked for or is assigned to.
    case groups
    /// Every ticket.
    case all

    public static func < (a: TicketScope, b: TicketScope) -> Bool { a.rank < b.rank }
    private var rank: Int { TicketScope.allCases.firstIndex(of: self) ?? 0 }
}
