/// Every "no" that the rules can say. The kernel turns it into an error on the wire.
public enum Rejection: Error, Hashable, Sendable {
    /// Nothing has this id.
    case notFound(kind: String, id: String)
    /// Something else has this unique value already.
    case alreadyExists(kind: String, member: String, value: String)
    /// Somebody changed it meanwhile.
    case versionConflict(id: String, expected: Int64, current: Int64)
    /// A rule of the desk does not allow this value.
    case validation(member: String, reason: String)
    /// A ticket can't go from that status to this.
    case invalidTransition(from: String, to: String, allowed: [String])
    /// No working time within the horizon.
    case calendarExhausted(years: Int)
}
