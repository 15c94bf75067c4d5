import OporaTime
import Synchronization

/// What was computed of a calendar's working time: stretches of many days each, so that a due instant of some hours costs a
/// search among spans that are there already, and no look at zone rules.
final class WorkingStretches: Sendable {
    /// Days of one stretch.
    static let days = 256
    /// Stretches kept of one calendar; all are forgotten when there are more. Six cover the horizon of a search.
    static let kept = 16

    private struct State {
        /// The last one asked for: nearly always the one that is asked for next.
        var index = Int.min
        var spans: [Span] = []
        var known: [Int: [Span]] = [:]
    }

    private let state = Mutex(State())

    /// The working spans of a stretch in order, none touching the next.
    func spans(_ index: Int, of calendar: BusinessCalendar) -> [Span] {
        let found: [Span]? = state.withLock { state in
            if state.index == index { return state.spans }
            guard let spans = state.known[index] else { return nil }
            state.index = index
            state.spans = spans
            return spans
        }
        if let found { return found }
        let made = Self.make(index, calendar)
        state.withLock { state in
            if state.known.count >= Self.kept { state.known = [:] }
            state.known[index] = made
            state.index = index
            state.spans = made
        }
        return made
    }

    /// The spans of the stretch's dates. A gap can move a date's spans over those of the next dates: what lies before the end
    /// of an earlier date's spans belongs to that one.
    private static func make(_ index: Int, _ calendar: BusinessCalendar) -> [Span] {
        let first = index * days
        var reached = Timestamp(.min)
        for day in first - 2..<first {
            for span in calendar.spans(on: CivilDate(daysSinceEpoch: day)) { reached = max(reached, span.end) }
        }
        var result: [Span] = []
        for day in first..<first + days {
            for span in calendar.spans(on: CivilDate(daysSinceEpoch: day)) {
                let clipped = Span(start: max(span.start, reached), end: span.end)
                guard clipped.start < clipped.end else { continue }
                reached = clipped.end
                if let last = result.last, last.end == clipped.start {
                    result[result.count - 1].end = clipped.end
                } else {
                    result.append(clipped)
                }
            }
        }
        return result
    }
}

/// The working spans from an instant on, in order, clipped, without pauses; up to an end or to the horizon of a search.
struct WorkingSpans: IteratorProtocol {
    private let calendar: BusinessCalendar
    private let start: Timestamp
    private let end: Timestamp
    private var stretch: Int
    private let lastStretch: Int
    private var spans: [Span]
    private var position: Int
    /// In order, none touching the next. Both they and the spans go forward in time: each is looked at once.
    private let pauses: [Span]
    private var nextPause = 0
    /// What is left of the span under way.
    private var rest: Span?

    /// - Parameter end: nil for as far as a search looks.
    init(_ calendar: BusinessCalendar, from start: Timestamp, until end: Timestamp?, pauses: [Span]) {
        self.calendar = calendar
        self.start = start
        self.end = end ?? start + BusinessCalendar.horizonMilliseconds
        self.pauses = Span.merged(pauses)
        // A date's spans lie at most two days from the same date in UTC: zones reach 15 hours, a skipped day 24 more.
        stretch = Self.stretch(start, spareDays: -2)
        lastStretch = Self.stretch(self.end, spareDays: 2)
        spans = stretch <= lastStretch && start < self.end ? calendar.stretches.spans(stretch, of: calendar) : []
        position = Self.firstEnding(after: start, in: spans)
    }

    mutating func next() -> Span? {
        while let span = rest ?? nextSpan() {
            rest = nil
            while nextPause < pauses.count, pauses[nextPause].end <= span.start { nextPause += 1 }
            guard nextPause < pauses.count, pauses[nextPause].start < span.end else { return span }
            let pause = pauses[nextPause]
            if pause.end < span.end { rest = Span(start: pause.end, end: span.end) }
            if span.start < pause.start { return Span(start: span.start, end: pause.start) }
        }
        return nil
    }

    private mutating func nextSpan() -> Span? {
        guard start < end else { return nil }
        while true {
            if position < spans.count {
                let span = spans[position]
                guard span.start < end else { return nil }
                position += 1
                return Span(start: max(span.start, start), end: min(span.end, end))
            }
            guard stretch < lastStretch else { return nil }
            stretch += 1
            spans = calendar.stretches.spans(stretch, of: calendar)
            position = Self.firstEnding(after: start, in: spans)
        }
    }

    private static func stretch(_ instant: Timestamp, spareDays: Int) -> Int {
        let day = Int(instant.rawValue.dividedFloor(by: 86_400_000)) + spareDays
        return Int(Int64(day).dividedFloor(by: Int64(WorkingStretches.days)))
    }

    private static func firstEnding(after instant: Timestamp, in spans: [Span]) -> Int {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].end <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
