public import OporaTime

/// A span of time: from `start` until `end`, half-open.
public struct Span: Hashable, Sendable {
    public var start: Timestamp
    public var end: Timestamp

    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// 0 where the end does not lie after the start.
    public var milliseconds: Int64 { max(0, end - start) }
}

/// A calendar tied to its zone: which real time counts as working time.
///
/// Durations are real elapsed milliseconds, never wall-clock arithmetic: a day of 25 hours counts 25. A value that any thread
/// may use; copies share what was computed of the working time already.
public struct BusinessCalendar: Hashable, Sendable {
    /// How far a search looks before it answers `calendar_exhausted`, in years.
    public static let horizonYears = 5
    static let horizonMilliseconds = Int64(horizonYears) * 366 * 86_400_000

    public let spec: CalendarSpec
    public let zone: ZoneRules
    let stretches: WorkingStretches

    public init(_ spec: CalendarSpec, zone: ZoneRules) {
        self.spec = spec
        self.zone = zone
        stretches = WorkingStretches()
    }

    public static func == (a: BusinessCalendar, b: BusinessCalendar) -> Bool { a.spec == b.spec && a.zone == b.zone }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(spec)
        hasher.combine(zone)
    }

    /// The earliest instant at which the working time since `start`, pauses left out, reaches `budget` milliseconds.
    /// With a budget of 0 that is the first working instant at or after `start`.
    public func due(start: Timestamp, budget: Int64, pauses: [Span] = []) throws(Rejection) -> Timestamp {
        guard budget <= Self.horizonMilliseconds else { throw .calendarExhausted(years: Self.horizonYears) }
        var left = budget
        var spans = WorkingSpans(self, from: start, until: nil, pauses: pauses)
        while let span = spans.next() {
            if span.milliseconds >= left {
                let due = span.start + left
                guard due <= .latest else { break }
                return due
            }
            left -= span.milliseconds
        }
        throw .calendarExhausted(years: Self.horizonYears)
    }

    /// The working milliseconds from `start` until `end`, pauses left out; 0 where end is before start.
    public func worked(from start: Timestamp, to end: Timestamp, pauses: [Span] = []) -> Int64 {
        var sum: Int64 = 0
        var spans = WorkingSpans(self, from: start, until: end, pauses: pauses)
        while let span = spans.next() { sum += span.milliseconds }
        return sum
    }

    /// The working spans of one day in order, without overlap. Ends may lie on the next day (24:00).
    public func spans(on date: CivilDate) -> [Span] {
        if spec.holidays.contains(date) || spec.yearlyHolidays.contains(.init(month: date.month, day: date.day)) { return [] }
        let hours = spec.overrides[date] ?? spec.week[date.weekday.rawValue]
        if hours.isEmpty { return [] }
        // Two intervals can meet or cross where a gap moves the first one forward.
        let open = Span.merged(hours.compactMap { span($0, on: date) })
        guard let breaks = spec.breaks[date] else { return open }
        return Span.merged(breaks.compactMap { span($0, on: date) }).reduce(open) { rest, cut in
            rest.flatMap { $0.without(cut) }
        }
    }

    private func span(_ hours: CalendarSpec.Hours, on date: CivilDate) -> Span? {
        let start = zone.instant(of: LocalTime(date: date, millisecondsOfDay: hours.open))
        let end = zone.instant(of: LocalTime(date: date, millisecondsOfDay: hours.close))
        return start < end ? Span(start: start, end: end) : nil
    }
}

extension Span {
    /// Spans in order of time, those that overlap or touch made one, empty ones left out.
    static func merged(_ spans: [Span]) -> [Span] {
        if spans.isEmpty { return spans }
        var result: [Span] = []
        for span in spans.sorted(by: { $0.start < $1.start }) where span.start < span.end {
            if let last = result.last, span.start <= last.end {
                result[result.count - 1].end = max(last.end, span.end)
            } else {
                result.append(span)
            }
        }
        return result
    }

    /// What is left of it where `cut` is taken out: up to two spans.
    func without(_ cut: Span) -> [Span] {
        [Span(start: start, end: min(end, cut.start)), Span(start: max(start, cut.end), end: end)].filter { $0.start < $0.end }
    }
}
