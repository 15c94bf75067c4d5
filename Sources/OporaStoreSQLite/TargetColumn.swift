import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// The SLA targets of a ticket in one column, and the exchange that they go by: always read and written together with it.
///
/// `[[answered, waiting, updated, entered, reopened], [kind, cycle, …], …]`; the first item is left out where it says nothing.
enum TargetColumn {
    /// Parts of a target as it was kept before policies had versions, and now.
    private static let (oldParts, parts) = (14, 17)

    static func text(_ targets: [SLATarget], _ exchange: Exchange = Exchange()) -> String {
        let hasExchange = exchange != Exchange()
        if targets.isEmpty, !hasExchange { return "[]" }
        var writer = JSONWriter()
        writer.beginArray()
        if hasExchange {
            writer.beginArray()
            write(exchange.answeredAt, &writer)
            write(exchange.waitingSince, &writer)
            write(exchange.updatedAt, &writer)
            write(exchange.enteredAt, &writer)
            write(exchange.reopenedAt, &writer)
            writer.endArray()
        }
        for target in targets { write(target, &writer) }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ target: SLATarget, _ writer: inout JSONWriter) {
        writer.beginArray()
        writer.string(target.kind.rawValue)
        writer.int(target.cycle)
        writer.int(target.policy.rawValue)
        writer.int(target.policyVersion)
        writer.int(target.calendar.rawValue)
        writer.int(target.startedAt.rawValue)
        writer.int(target.budget)
        writer.string(target.state.rawValue)
        write(target.dueAt, &writer)
        write(target.endedAt, &writer)
        write(target.breachedAt, &writer)
        writer.beginArray()
        for warning in target.warnings {
            writer.int(warning.threshold.code)
            writer.int(warning.at.rawValue)
        }
        writer.endArray()
        writer.beginArray()
        for pause in target.pauses {
            writer.int(pause.from.rawValue)
            write(pause.to, &writer)
        }
        writer.endArray()
        writer.beginArray()
        for threshold in target.given { writer.int(threshold.code) }
        writer.endArray()
        writer.int(target.calendarVersion)
        writer.int(target.dueRevision)
        if let cause = target.cause { writer.string(cause.rawValue) } else { writer.null() }
        writer.endArray()
    }

    private static func write(_ time: Timestamp?, _ writer: inout JSONWriter) {
        if let time { writer.int(time.rawValue) } else { writer.null() }
    }

    static func read(_ value: JSON) throws(StoreError) -> (targets: [SLATarget], exchange: Exchange) {
        var targets: [SLATarget] = []
        var exchange: Exchange?
        for item in value.array ?? [] {
            guard let parts = item.array else { throw .corrupt("an SLA target can't be read") }
            if exchange == nil, targets.isEmpty, parts.first?.string == nil, parts.count == 5 {
                exchange = Exchange(
                    answeredAt: time(parts[0]), waitingSince: time(parts[1]), updatedAt: time(parts[2]),
                    enteredAt: time(parts[3]), reopenedAt: time(parts[4]))
                continue
            }
            guard let target = read(parts) else { throw .corrupt("an SLA target can't be read") }
            targets.append(target)
        }
        // What was kept before there was an exchange says at least whether somebody has answered.
        let answer = targets.first { $0.kind == .firstResponse }?.endedAt
        return (targets, exchange ?? Exchange(answeredAt: answer))
    }

    private static func time(_ value: JSON) -> Timestamp? { value.int.map { Timestamp($0) } }

    private static func read(_ parts: [JSON]) -> SLATarget? {
        guard parts.count == oldParts || parts.count == Self.parts,
            let kind = parts[0].string.flatMap(TargetKind.init(rawValue:)), let cycle = parts[1].int,
            let policy = parts[2].int, let policyVersion = parts[3].int, let calendar = parts[4].int,
            let start = parts[5].int, let budget = parts[6].int,
            let state = parts[7].string.flatMap(TargetState.init(rawValue:)), let warnings = parts[11].array,
            let pauses = parts[12].array
        else { return nil }
        var target = SLATarget(
            kind: kind, cycle: cycle, policy: PolicyID(rawValue: policy), policyVersion: policyVersion,
            calendar: CalendarID(rawValue: calendar), startedAt: Timestamp(start), budget: budget, state: state,
            dueAt: time(parts[8]),
            warnings: stride(from: 0, to: warnings.count - 1, by: 2).compactMap { index in
                guard let code = warnings[index].int, let at = time(warnings[index + 1]) else { return nil }
                return .init(Threshold(code: code), at: at)
            },
            pauses: stride(from: 0, to: pauses.count - 1, by: 2).compactMap { index in
                time(pauses[index]).map { .init(from: $0, to: time(pauses[index + 1])) }
            },
            endedAt: time(parts[9]), breachedAt: time(parts[10]))
        if parts.count == oldParts {
            // Then the highest percentage was kept that was warned of.
            if let percent = parts[13].int, percent > 0 { target.given = [.percent(Int(percent))] }
            return target
        }
        target.given = (parts[13].array ?? []).compactMap(\.int).map { Threshold(code: $0) }
        target.calendarVersion = parts[14].int ?? 1
        target.dueRevision = parts[15].int ?? 0
        target.cause = parts[16].string.flatMap(BreachCause.init(rawValue:))
        return target
    }
}
