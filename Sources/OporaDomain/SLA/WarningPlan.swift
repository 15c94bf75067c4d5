public import OporaProtocol

/// At what point of a target's budget to warn.
public enum Threshold: Hashable, Sendable {
    /// So many percent of the budget are used up: 1...99.
    case percent(Int)
    /// So many milliseconds of working time are left.
    case before(Int64)

    /// Working milliseconds after the start at which it is reached; nil where the whole budget is less than what is to be left.
    func used(of budget: Int64) -> Int64? {
        switch self {
        case .percent(let percent): budget * Int64(percent) / 100
        case .before(let left): left < budget ? budget - left : nil
        }
    }

    /// How it is kept: percentages above, milliseconds below 0.
    public var code: Int64 {
        switch self {
        case .percent(let percent): Int64(percent)
        case .before(let left): -left
        }
    }

    public init(code: Int64) { self = code < 0 ? .before(-code) : .percent(Int(code)) }
}

/// When a policy warns: percentages for every target, and thresholds of its own for a target.
public struct WarningPlan: Hashable, Sendable {
    /// Percentages of the budget for targets that have no thresholds of their own, ascending.
    public var percentages: [Int]
    /// Where a target is named, these stand instead; none means no warning.
    public var byTarget: [TargetKind: [Threshold]]

    public init(percentages: [Int] = [75], byTarget: [TargetKind: [Threshold]] = [:]) {
        self.percentages = percentages
        self.byTarget = byTarget
    }

    /// The thresholds of a target.
    public func thresholds(_ kind: TargetKind) -> [Threshold] { byTarget[kind] ?? percentages.map { .percent($0) } }
}

extension WarningPlan {
    /// Reads the members `warnings` and `target_warnings` of a policy; nil leaves the default or what `base` says.
    /// - Throws: `invalid_params` with the path.
    public init(reading percentages: JSON?, byTarget: JSON?, base: WarningPlan = .init()) throws(RPCError) {
        self = base
        if let given = percentages, !given.isNull { self.percentages = try Self.percentages(given, "/warnings") }
        guard let given = byTarget else { return }
        self.byTarget = [:]
        if given.isNull { return }
        guard let object = given.object else {
            throw .invalid("/target_warnings", "type", "must be an object of lists by target, not \(given.kind)")
        }
        for member in object.members {
            let path = "/target_warnings/\(member.name)"
            self.byTarget[try TargetKind(reading: member.name, at: path)] = try Self.thresholds(member.value, path)
        }
    }

    /// The percentages as they are shown and kept.
    public var percentagesJSON: JSON { .array(percentages.map { .int(Int64($0)) }) }

    /// The thresholds by target as they are shown and kept; nil where no target has its own.
    public var byTargetJSON: JSON? {
        if byTarget.isEmpty { return nil }
        return .object(
            JSONObject(
                TargetKind.allCases.compactMap { kind in
                    byTarget[kind].map { thresholds in (kind.rawValue, .array(thresholds.map(\.json))) }
                }))
    }

    private static func percentages(_ value: JSON, _ path: String) throws(RPCError) -> [Int] {
        let items = value.array?.compactMap(\.int).filter { (1...99).contains($0) } ?? []
        guard let count = value.array?.count, count == items.count, count <= Limits.warnings else {
            throw .invalid(path, "range", "at most \(Limits.warnings) percentages from 1 to 99")
        }
        return Set(items).sorted().map { Int($0) }
    }

    private static func thresholds(_ value: JSON, _ path: String) throws(RPCError) -> [Threshold] {
        guard let items = value.array, items.count <= Limits.warnings else {
            throw .invalid(path, "type", "must be an array of at most \(Limits.warnings) thresholds")
        }
        var result: [Threshold] = []
        for (index, item) in items.enumerated() {
            let threshold: Threshold
            if let percent = item.int, (1...99).contains(percent) {
                threshold = .percent(Int(percent))
            } else if let object = item.object, object.members.count == 1, let left = object["before_ms"]?.int,
                (1...Limits.budgetMilliseconds).contains(left)
            {
                threshold = .before(left)
            } else {
                throw .invalid(
                    "\(path)/\(index)", "type", "must be a percentage from 1 to 99 or {\"before_ms\": 3600000}, working time")
            }
            if !result.contains(threshold) { result.append(threshold) }
        }
        return result
    }
}

extension Threshold {
    var json: JSON {
        switch self {
        case .percent(let percent): .int(Int64(percent))
        case .before(let left): ["before_ms": .int(left)]
        }
    }
}
