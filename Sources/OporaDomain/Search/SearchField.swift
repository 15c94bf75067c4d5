import OporaProtocol
import OporaTime

/// The fields that a query may name as `field:value`.
enum SearchField: String, CaseIterable {
    case subject, text, status, priority, type, channel, group, assignee, requester, organization, tag, created, updated,
        visibility

    /// Characters of the longest name.
    static let longest = 12

    /// The condition that a value sets. Several words stand with commas between them.
    func condition(_ value: String) throws(Rejection) -> TicketCondition {
        switch self {
        case .status: .status(try words(value))
        case .priority: .priority(try words(value))
        case .type: .type(try words(value))
        case .channel: .channel(try words(value))
        case .group: .group(value == "none" ? nil : try id(value))
        case .assignee: .assignee(value == "none" ? nil : try id(value))
        case .requester: .requester(try id(value))
        case .organization: .organization(try id(value))
        case .tag: .tag(value.lowercased())
        case .created: .created(try span(value))
        case .updated: .updated(try span(value))
        case .subject, .text, .visibility: throw refusal("it sets no condition on the ticket")
        }
    }

    func words<T: RawRepresentable<String> & CaseIterable>(_ value: String) throws(Rejection) -> [T] {
        var words: [T] = []
        for word in value.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            guard let known = T(rawValue: String(word)) else {
                throw refusal("must be \(T.allCases.map(\.rawValue).joined(separator: ", ")), not \"\(word)\"")
            }
            words.append(known)
        }
        return words
    }

    private func id<T: EntityID>(_ value: String) throws(Rejection) -> T {
        guard let id = T(value.uppercased()) else { throw refusal("must be an id such as \(T.letter)-1, not \"\(value)\"") }
        return id
    }

    /// A day, a span `from..to` with both days in it, `>day` after it, `<day` before it; an instant as RFC 3339 wherever a day may stand.
    private func span(_ value: String) throws(Rejection) -> TimeSpan {
        if let dots = value.firstRange(of: "..") {
            let (from, to) = (value[..<dots.lowerBound], value[dots.upperBound...])
            guard !from.isEmpty || !to.isEmpty else { throw refusal("name a day before or after the dots") }
            return TimeSpan(
                from: from.isEmpty ? nil : try instant(from).from, before: to.isEmpty ? nil : try instant(to).before)
        }
        if let rest = value.strip(">=") { return TimeSpan(from: try instant(rest).from) }
        if let rest = value.strip("<=") { return TimeSpan(before: try instant(rest).before) }
        if let rest = value.strip(">") { return TimeSpan(from: try instant(rest).before) }
        if let rest = value.strip("<") { return TimeSpan(before: try instant(rest).from) }
        return try instant(value[...])
    }

    /// A whole UTC day, or one millisecond.
    private func instant(_ text: Substring) throws(Rejection) -> TimeSpan {
        if let at = Timestamp(String(text)) { return TimeSpan(from: at, before: at + 1) }
        guard text.utf8.count == 10, let start = Timestamp("\(text)T00:00:00Z") else {
            throw refusal("must be a day such as 2026-11-22, >2026-11-22 or 2026-11-01..2026-11-22, not \"\(text)\"")
        }
        return TimeSpan(from: start, before: start + 86_400_000)
    }

    private func refusal(_ reason: String) -> Rejection { .validation(member: "query", reason: "\(rawValue): \(reason)") }
}

extension String {
    fileprivate func strip(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
