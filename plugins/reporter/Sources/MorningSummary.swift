import OporaPluginKit

/// What a morning report says of the tickets with one name: of one group or one priority.
struct NamedCount: Equatable {
    var name: String
    /// Created in the last days.
    var created: Int64 = 0
    /// Unsolved now.
    var backlog: Int64 = 0
}

/// Sums over the figures, with names in the place of ids.
extension MorningFigures {
    /// Groups or priorities that text and data name at most.
    static let namesShown = 10

    var backlog: Int64 { unsolved.reduce(0) { $0 + $1.n } }

    func backlog(_ matches: (Unsolved) -> Bool) -> Int64 {
        unsolved.reduce(0) { $0 + (matches($1) ? $1.n : 0) }
    }

    func byGroup(_ names: GroupNames) -> [NamedCount] {
        MorningFigures.ranked(
            created: week.metrics.byGroup.map { (names[$0.key], $0.value) }, backlog: unsolved.map { (names[$0.group], $0.n) })
    }

    func byPriority() -> [NamedCount] {
        MorningFigures.ranked(
            created: week.metrics.byPriority.map { ($0.key ?? GroupNames.none, $0.value) },
            backlog: unsolved.map { ($0.priority ?? GroupNames.none, $0.n) })
    }

    /// The largest first: by backlog, then by what came in, then by name.
    static func ranked(created: [(String, Int64)], backlog: [(String, Int64)]) -> [NamedCount] {
        var counts: [String: NamedCount] = [:]
        for (name, n) in created { counts[name, default: NamedCount(name: name)].created += n }
        for (name, n) in backlog { counts[name, default: NamedCount(name: name)].backlog += n }
        let sorted = counts.values.sorted { a, b in
            (-a.backlog, -a.created, a.name) < (-b.backlog, -b.created, b.name)
        }
        return Array(sorted.prefix(namesShown))
    }
}

/// The `data` of the answer.
extension MorningFigures {
    func json(_ names: GroupNames) -> JSON {
        [
            "at": .string(moment.at.text),
            "zone": .string(moment.zone.name),
            "yesterday": yesterday.json(names),
            "last_7_days": week.json(names),
            "days": .array(
                days.map { ["date": .string($0.date.text), "created": .int($0.created), "solved": .int($0.solved)] }),
            "backlog": backlogJSON,
            "breached_last_24_hours": ["n": .int(breachedInLastDay), "latest": .array(breaches.map { $0.json(names) })],
            "bottleneck": week.metrics.bottleneck(names)?.json ?? .null,
            "by_group": .array(byGroup(names).map { $0.json("group") }),
            "by_priority": .array(byPriority().map { $0.json("priority") }),
        ]
    }

    private var backlogJSON: JSON {
        [
            "n": .int(backlog),
            "by_status": .object(
                JSONObject(TicketStatus.unsolved.map { status in (status.rawValue, .int(backlog { $0.status == status })) })),
            "by_age": .array(
                Age.allCases.map { age in
                    [
                        "from_days": .int(age.fromDays), "to_days": age.untilDays.map { .int($0) } ?? .null,
                        "n": .int(backlog { $0.age == age }),
                    ]
                }),
            "oldest": .array(
                oldest.map { ["ticket": .string($0.ticket.description), "created_at": .string($0.createdAt.text)] }),
        ]
    }
}

extension MorningFigures.Period {
    func json(_ names: GroupNames) -> JSON {
        var object = range.json.object ?? JSONObject()
        object["metrics"] = metrics.json(names)
        object["sla"] = .object(JSONObject(sla.map { ($0.target, $0.json) }))
        object["csat"] = ["n": .int(csat.n), "good": .int(csat.good), "percent": csat.percent.map { .double($0) } ?? .null]
        return .object(object)
    }
}

extension MorningFigures.TargetCount {
    var json: JSON {
        [
            "met": .int(met), "breached": .int(breached), "warnings": .int(warnings),
            "compliance_percent": compliance.map { .double($0) } ?? .null,
        ]
    }
}

extension MorningFigures.Breach {
    func json(_ names: GroupNames) -> JSON {
        [
            "ticket": .string(ticket.description), "target": .string(target), "breached_at": .string(at.text),
            "priority": .string(priority ?? GroupNames.none), "group": .string(names[group]),
        ]
    }
}

extension NamedCount {
    func json(_ kind: String) -> JSON { [(kind): .string(name), "created": .int(created), "backlog": .int(backlog)] }
}
