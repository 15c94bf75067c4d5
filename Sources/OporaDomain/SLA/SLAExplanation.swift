public import OporaProtocol
public import OporaTime

/// Why a target is due when it is: every span that counts and every pause, with the working time of each.
///
/// Up to the due instant the working spans sum up to the budget.
public struct SLAExplanation: Hashable, Sendable {
    /// A part of the time since the target began.
    public struct Part: Hashable, Sendable {
        public enum Kind: String, Sendable {
            /// Working time that counts.
            case working
            /// A pause; its milliseconds are the working time that it spared.
            case paused
        }

        public var kind: Kind
        public var span: Span
        /// Milliseconds of working time.
        public var milliseconds: Int64
        /// How many spans this one stands for; more than 1 for the oldest of very many.
        public var spans: Int
    }

    public var target: SLATarget
    /// Until when time is explained: the end, the due instant, or the instant asked for.
    public var until: Timestamp
    /// In order of time.
    public var parts: [Part]
    /// Milliseconds of working time that count.
    public var worked: Int64
    /// Milliseconds of budget left then; never negative.
    public var remaining: Int64
}

extension Ticket {
    /// Explains a target.
    /// - Parameters:
    ///   - cycle: nil for the last one.
    ///   - until: nil for its end, its due instant or, while it is paused, `now`.
    /// - Throws: `notFound` without such a target, or where its calendar is gone.
    public func explain(
        _ kind: TargetKind, cycle: Int64? = nil, until: Timestamp? = nil, now: Timestamp, _ book: SLABook
    ) throws(Rejection) -> SLAExplanation {
        guard let target = targets.last(where: { $0.kind == kind && $0.cycle == cycle ?? $0.cycle }),
            let calendar = book.calendar(of: target)
        else { throw .notFound(kind: "target", id: "\(id) \(kind.rawValue)" + (cycle.map { " \($0)" } ?? "")) }
        let end = min(
            until ?? target.dueAt ?? target.endedAt ?? max(now, target.startedAt),
            target.startedAt + BusinessCalendar.horizonMilliseconds)
        let pauses = target.pauses.map { Span(start: $0.from, end: $0.to ?? max(end, $0.from)) }
        var parts: [SLAExplanation.Part] = []
        var spans = WorkingSpans(calendar, from: target.startedAt, until: end, pauses: pauses)
        while let span = spans.next() {
            parts.append(.init(kind: .working, span: span, milliseconds: span.milliseconds, spans: 1))
        }
        for pause in Span.merged(pauses) where pause.start < end {
            let clipped = Span(start: max(pause.start, target.startedAt), end: min(pause.end, end))
            guard clipped.start < clipped.end else { continue }
            let spared = calendar.worked(from: clipped.start, to: clipped.end)
            parts.append(.init(kind: .paused, span: clipped, milliseconds: spared, spans: 1))
        }
        let worked = parts.reduce(0) { $1.kind == .working ? $0 + $1.milliseconds : $0 }
        parts.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
        return SLAExplanation(
            target: target, until: end, parts: SLAExplanation.folded(parts), worked: worked,
            remaining: max(0, target.budget - worked))
    }
}

extension SLAExplanation {
    /// The oldest of very many parts as one of each kind.
    fileprivate static func folded(_ parts: [Part]) -> [Part] {
        guard parts.count > Limits.explainedSpans else { return parts }
        let kept = parts.suffix(Limits.explainedSpans - 2)
        var sums: [Part] = []
        for part in parts.dropLast(kept.count) {
            guard let index = sums.firstIndex(where: { $0.kind == part.kind }) else {
                sums.append(part)
                continue
            }
            sums[index].span.end = part.span.end
            sums[index].milliseconds += part.milliseconds
            sums[index].spans += 1
        }
        return sums + kept
    }
}
