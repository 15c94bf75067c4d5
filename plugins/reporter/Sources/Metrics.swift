import OporaPluginKit

/// The figures of a stretch of time, as the read model gives them: groups by id.
struct Metrics: Equatable {
    /// The time that all tickets spent in one status while in one group.
    struct Stay: Equatable {
        var group: GroupID?
        var status: TicketStatus
        var milliseconds: Int64
    }

    var created: Int64 = 0
    var turns: [Turn: Int64] = [:]
    var backlogFrom: [TicketStatus: Int64] = [:]
    var backlogTo: [TicketStatus: Int64] = [:]
    var firstResolution = Distribution([])
    var fullResolution = Distribution([])
    var stays: [Stay] = []
    var byPriority: [String?: Int64] = [:]
    var byGroup: [GroupID?: Int64] = [:]
    var byChannel: [String?: Int64] = [:]

    /// The groups whose names are needed to show these figures.
    var groups: Set<GroupID> { Set(byGroup.keys.compactMap(\.self)).union(stays.compactMap(\.group)) }

    /// The pair of group and unsolved status with the most time in it.
    func bottleneck(_ names: GroupNames) -> Bottleneck? {
        stays.filter { $0.status.isUnsolved && $0.milliseconds > 0 }
            .map { Bottleneck(group: names[$0.group], status: $0.status, milliseconds: $0.milliseconds) }
            .min { a, b in
                (-a.milliseconds, a.group, a.status.rawValue) < (-b.milliseconds, b.group, b.status.rawValue)
            }
    }

    /// The answer of `x.reporter.metrics`.
    func json(_ names: GroupNames) -> JSON {
        var time: [TicketStatus: Int64] = [:]
        for stay in stays { time[stay.status, default: 0] += stay.milliseconds }
        return [
            "created": .int(created),
            "solved": .int(turns[.solved] ?? 0),
            "closed": .int(turns[.closed] ?? 0),
            "reopened": .int(turns[.reopened] ?? 0),
            "backlog_from": Metrics.map(backlogFrom, TicketStatus.unsolved),
            "backlog_to": Metrics.map(backlogTo, TicketStatus.unsolved),
            "first_resolution": firstResolution.json,
            "full_resolution": fullResolution.json,
            "time_in_status_ms": Metrics.map(time, TicketStatus.allCases),
            "by_priority": Metrics.map(byPriority) { $0 ?? GroupNames.none },
            "by_group": Metrics.map(byGroup) { names[$0] },
            "by_channel": Metrics.map(byChannel) { $0 ?? GroupNames.none },
            "bottleneck": bottleneck(names)?.json ?? .null,
        ]
    }

    /// Every one of `statuses`, in their order, with 0 where there is nothing.
    static func map(_ counts: [TicketStatus: Int64], _ statuses: [TicketStatus]) -> JSON {
        .object(JSONObject(statuses.map { ($0.rawValue, .int(counts[$0] ?? 0)) }))
    }

    /// Only what is there, by name.
    static func map<Key>(_ counts: [Key: Int64], _ name: (Key) -> String) -> JSON {
        let named = Dictionary(counts.map { (name($0.key), $0.value) }, uniquingKeysWith: +)
        return .object(JSONObject(named.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) }))
    }
}

/// Where the most unsolved time was spent.
struct Bottleneck: Equatable {
    var group: String
    var status: TicketStatus
    var milliseconds: Int64

    var json: JSON { ["group": .string(group), "status": .string(status.rawValue), "ms": .int(milliseconds)] }
}

extension TicketStatus {
    /// The statuses in which somebody still has to do something.
    static let unsolved = allCases.filter(\.isUnsolved)
}
