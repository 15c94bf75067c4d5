public import OporaProtocol

/// All policies and the calendars they count in, as the rules need them: the present versions, and the old ones that targets
/// may still keep.
public struct SLABook: Sendable {
    /// A calendar and which of its versions it is.
    public struct Dated: Sendable {
        public var calendar: BusinessCalendar
        public var version: Int64
    }

    private struct Version<ID: EntityID>: Hashable {
        var id: ID
        var version: Int64
    }

    /// Those that can match, in order of position.
    public private(set) var policies: [SLAPolicy] = []
    /// The present versions.
    public private(set) var calendars: [CalendarID: Dated] = [:]
    private var policyVersions: [Version<PolicyID>: SLAPolicy] = [:]
    private var calendarVersions: [Version<CalendarID>: BusinessCalendar] = [:]

    public init() {}

    /// Adds a policy, or its next version.
    public mutating func add(_ policy: SLAPolicy) {
        policyVersions[Version(id: policy.id, version: policy.version)] = policy
        if let known = policies.first(where: { $0.id == policy.id }), known.version > policy.version { return }
        policies.removeAll { $0.id == policy.id }
        if policy.isRetired { return }
        policies.append(policy)
        policies.sort { ($0.position, $0.id) < ($1.position, $1.id) }
    }

    /// Adds a calendar, or its next version.
    public mutating func add(_ calendar: BusinessCalendar, id: CalendarID, version: Int64 = 1) {
        calendarVersions[Version(id: id, version: version)] = calendar
        if version >= calendars[id]?.version ?? 0 { calendars[id] = Dated(calendar: calendar, version: version) }
    }

    /// Takes a policy away as if it had never been: for trying things out.
    public mutating func remove(_ id: PolicyID) { policies.removeAll { $0.id == id } }

    /// The policy of a ticket, or nil where none matches.
    public func policy(for ticket: Ticket) -> SLAPolicy? { policies.first { $0.matches(ticket) } }

    /// A version of a policy.
    public func policy(_ id: PolicyID, version: Int64) -> SLAPolicy? { policyVersions[Version(id: id, version: version)] }

    /// A version of a calendar.
    public func calendar(_ id: CalendarID, version: Int64) -> BusinessCalendar? {
        if let present = calendars[id], present.version == version { return present.calendar }
        return calendarVersions[Version(id: id, version: version)]
    }

    /// The calendar that a target counts in.
    public func calendar(of target: SLATarget) -> BusinessCalendar? {
        calendar(target.calendar, version: target.calendarVersion)
    }

    /// The policy that a target was promised by.
    public func policy(of target: SLATarget) -> SLAPolicy? { policy(target.policy, version: target.policyVersion) }
}
