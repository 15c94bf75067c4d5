public import OporaTime

/// A span of time: from `start` until `end`, half-open.
public struct Span: Hashable, Sendable {
    public var start: Timestamp
    public var end: Timestamp

    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    var milliseconds: Int64 { max(0, end - start) }
}

/// A calendar tied to its zone: which real time counts as working time.
///
/// Durations are real elapsed milliseconds, never wall-clock arithmetic: a day of 25 hours counts 25.
public struct BusinessCalendar: Hashable, Sendable {
    /// How far a search looks before it answers `calendar_exhausted`, in years.
    public static let horizonYears = 5

    public let spec: CalendarSpec
    public let zone: ZoneRules

    public init(_ spec: CalendarSpec, zone: ZoneRules) {
        self.spec = spec
        self.zone = zone
    }

    /// The working spans of one day in order, without overlap. Ends may lie on the next day (24:00).
    public func spans(on date: CivilDate) -> [Span] {
        if spec.holidays.contains(date) || spec.yearlyHolidays.contains(.init(month: date.month, day: date.day)) { return [] }
        let hours = spec.overrides[date] ?? spec.week[date.weekday.rawValue]
        // Two intervals can meet or cross where a gap moves the first one forward.
        return subtract(
            merged(hours.compactMap { span($0, on: date) }), (spec.breaks[date] ?? []).compactMap { span($0, on: date) })
    }

    private func span(_ hours: CalendarSpec.Hours, on date: CivilDate) -> Span? {
        let start = zone.instant(of: LocalTime(date: date, millisecondsOfDay: hours.open))
        let end = zone.instant(of: LocalTime(date: date, millisecondsOfDay: hours.close))
        return start < end ? Span(start: start, end: end) : nil
    }

    private func merged(_ spans: [Span]) -> [Span] {
        guard spans.count > 1 else { return spans }
        var result: [Span] = []
        for span in spans.sorted(by: { $0.start < $1.start }) {
            if let last = result.last, span.start <= last.end {
                result[result.count - 1].end = max(last.end, span.end)
            } else {
                result.append(span)
            }
        }
        return result
    }

    /// The earliest instant at which the working time since `start`, pauses left out, reaches `budget` milliseconds.
    /// With a budget of 0 that is the first working instant at or after `start`.
    public func due(start: Timestamp, budget: Int64, pauses: [Span] = []) throws(Rejection) -> Timestamp {
        guard budget <= Int64(Self.horizonYears) * 366 * 86_400_000 else { throw .calendarExhausted(years: Self.horizonYears) }
        var left = budget
        var result: Timestamp?
        visit(from: start, until: nil, pauses: pauses) { span in
            if span.milliseconds >= left {
                result = span.start + left
                return false
            }
            left -= span.milliseconds
            return true
        }
        guard let result, result <= .latest else { throw .calendarExhausted(years: Self.horizonYears) }
        return result
    }

    /// The working milliseconds from `start` until `end`, pauses left out; 0 where end is before start.
    public func worked(from start: Timestamp, to end: Timestamp, pauses: [Span] = []) -> Int64 {
        var sum: Int64 = 0
        visit(from: start, until: end, pauses: pauses) { span in
            sum += span.milliseconds
            return true
        }
        return sum
    }

    /// Hands over the working spans after `start` in order, clipped, without pauses, until `body` says false, `end` is
    /// reached or the horizon is.
    func visit(from start: Timestamp, until end: Timestamp?, pauses: [Span], _ body: (Span) -> Bool) {
        // A day's spans may begin before its own date in UTC or end after it: one day to spare on both sides.
        let first = zone.local(start).date.daysSinceEpoch - 1
        let last = end.map { zone.local($0).date.daysSinceEpoch + 1 } ?? first + Self.horizonYears * 366
        var reached = start
        // Both go forward in time: each pause is looked at by the spans it meets and no others.
        var left = merged(pauses.filter { $0.start < $0.end })[...]
        guard first <= last else { return }
        for day in first...last {
            for span in spans(on: CivilDate(daysSinceEpoch: day)) {
                let clipped = Span(start: max(span.start, reached), end: min(span.end, end ?? span.end))
                guard clipped.start < clipped.end else { continue }
                reached = clipped.end
                while let pause = left.first, pause.end <= clipped.start { left.removeFirst() }
                let cuts = left.prefix { $0.start < clipped.end }
                for part in subtract([clipped], Array(cuts)) where !body(part) { return }
            }
        }
    }

    private func subtract(_ spans: [Span], _ cuts: [Span]) -> [Span] {
        guard !cuts.isEmpty else { return spans }
        var result = spans
        for cut in cuts where cut.start < cut.end {
            result = result.flatMap { span in
                [
                    Span(start: span.start, end: min(span.end, cut.start)), Span(start: max(span.start, cut.end), end: span.end),
                ].filter { $0.start < $0.end }
            }
        }
        return result
    }
}
