/// A time zone as plain data: the offsets from UTC that were, are and will be in force.
///
/// Loaded once from the system's zone files (`SystemZones`) and handed to the rules as a value.
public struct ZoneRules: Hashable, Sendable {
    /// One change of offset.
    public struct Transition: Hashable, Sendable {
        /// Seconds since 1970, UTC, from which the offset is in force.
        public var at: Int64
        /// Seconds east of UTC.
        public var offset: Int
    }

    /// The IANA name, e.g. `Europe/Moscow`.
    public let name: String
    /// Seconds east of UTC before the first transition.
    public let initialOffset: Int
    /// In ascending order of `at`.
    public let transitions: [Transition]

    public init(name: String, initialOffset: Int, transitions: [Transition]) {
        self.name = name
        self.initialOffset = initialOffset
        self.transitions = transitions
    }

    /// Coordinated Universal Time.
    public static let utc = ZoneRules(name: "UTC", initialOffset: 0, transitions: [])

    /// Seconds east of UTC in force at `instant`.
    public func offset(at instant: Timestamp) -> Int {
        offset(atSeconds: instant.rawValue.dividedFloor(by: 1000))
    }

    func offset(atSeconds seconds: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffset : transitions[low - 1].offset
    }

    /// What clocks on the wall show at `instant`.
    public func local(_ instant: Timestamp) -> LocalTime {
        let wall = instant.rawValue + Int64(offset(at: instant)) * 1000
        let days = wall.dividedFloor(by: 86_400_000)
        return LocalTime(date: CivilDate(daysSinceEpoch: Int(days)), millisecondsOfDay: wall - days * 86_400_000)
    }

    /// The instant of a wall time. A time inside a spring gap moves forward by the gap; a repeated time is its first
    /// occurrence: both are the reading with the offset that was in force before the change.
    public func instant(of local: LocalTime) -> Timestamp {
        let wall = local.wallMilliseconds
        let seconds = wall.dividedFloor(by: 1000)
        let before = offset(atSeconds: seconds - 86_400)
        let after = offset(atSeconds: seconds + 86_400)
        if offset(atSeconds: seconds - Int64(before)) != before, offset(atSeconds: seconds - Int64(after)) == after {
            return Timestamp(wall - Int64(after) * 1000)
        }
        return Timestamp(wall - Int64(before) * 1000)
    }

    /// The instant at which a day begins in this zone.
    public func startOfDay(_ date: CivilDate) -> Timestamp {
        instant(of: LocalTime(date: date, millisecondsOfDay: 0))
    }
}
