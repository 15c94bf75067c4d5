public import OporaProtocol

/// Periods and switches of a desk. Everything has a value from the start.
public struct DeskSettings: Hashable, Sendable {
    /// One more with each change; 0 before the first.
    public var version: Int64 = 0
    /// Fields that the desk has not declared are refused.
    public var strictFields = false
    /// Days after which a solved ticket closes by itself.
    public var autoCloseDays: Int64 = 28
    /// Days after which an open ticket that nobody touched is told of.
    public var stuckDays: Int64 = 7
    /// Minutes for which somebody says "I am on it" where they do not say how long.
    public var claimMinutes: Int64 = 15
    /// From a status to those that may follow it. A status that is not named goes where its category may.
    public var transitions: [String: [String]] = [:]

    public init() {}

    /// The settings as they are shown and kept; transitions in order of their status.
    public var json: JSON {
        let transitions = transitions.sorted { $0.key < $1.key }.map { from, next in
            (from, JSON.array(next.map { .string($0) }))
        }
        return [
            "strict_fields": .bool(strictFields), "auto_close_days": .int(autoCloseDays), "stuck_days": .int(stuckDays),
            "claim_minutes": .int(claimMinutes), "transitions": .object(JSONObject(transitions)),
        ]
    }
}

/// What a desk has decided for itself: its own statuses, which may follow which, its fields, its periods.
public struct DeskRules: Hashable, Sendable {
    public private(set) var statuses: [String: CustomStatus] = [:]
    public private(set) var fields: [String: CustomField] = [:]
    public var settings = DeskSettings()

    public init() {}

    /// Adds or replaces a status.
    public mutating func add(_ status: CustomStatus) { statuses[status.word] = status }
    /// Adds or replaces a field.
    public mutating func add(_ field: CustomField) { fields[field.name] = field }

    /// The status of a word: a category's own, or the desk's, retired ones included. Nil for a word that is none.
    public func status(_ word: String) -> Status? { TicketStatus(rawValue: word).map { Status($0) } ?? statuses[word]?.status }

    /// Words that a ticket may be moved to: the categories' own in order, then the desk's that are not retired, by word.
    public var words: [String] {
        TicketStatus.allCases.map(\.rawValue) + statuses.values.filter { $0.retiredAt == nil }.map(\.word).sorted()
    }

    /// Where a ticket may go from a status.
    public func allowed(from status: Status) -> [String] {
        if let named = settings.transitions[status.word] { return named.filter { statuses[$0]?.retiredAt == nil } }
        let categories = Ticket.allowed(from: status.category)
        return words.filter { word in
            guard word != status.word, let next = self.status(word) else { return false }
            return categories.contains(next.category) || (next.category == status.category && status.category != .closed)
        }
    }

    /// Refuses transitions between unknown statuses, and those that the categories do not allow: nothing leaves `closed`, nothing
    /// becomes `new` again, only what is solved is closed.
    public func check(transitions: [String: [String]]) throws(Rejection) {
        for (word, next) in transitions {
            guard let from = status(word) else {
                throw .validation(member: "transitions/\(word)", reason: "there is no status \(word)")
            }
            for other in next {
                guard let to = status(other) else {
                    throw .validation(member: "transitions/\(word)", reason: "there is no status \(other)")
                }
                let isWithin = to.category == from.category && from.category != .closed
                guard isWithin || Ticket.allowed(from: from.category).contains(to.category) else {
                    throw .validation(
                        member: "transitions/\(word)",
                        reason: "what is \(from.category.rawValue) can't become \(to.category.rawValue)")
                }
            }
        }
    }

    /// Custom fields as they are kept; `null` takes one away. Refuses values that are none of their field's kind, and what the desk
    /// has not declared where it is strict.
    public func normalized(_ values: JSONObject) throws(Rejection) -> JSONObject {
        if fields.isEmpty, !settings.strictFields { return values }
        var result: [(name: String, value: JSON)] = []
        for member in values.members {
            if member.value.isNull {
                result.append(member)
            } else if let field = fields[member.name] {
                guard field.retiredAt == nil else {
                    throw .validation(member: "fields/\(member.name)", reason: "the field is retired; null takes it away")
                }
                result.append((member.name, try field.normalized(member.value)))
            } else if settings.strictFields {
                throw .validation(member: "fields/\(member.name)", reason: "the desk has no such field; field.create declares it")
            } else {
                result.append(member)
            }
        }
        return JSONObject(result)
    }

    /// Refuses to solve a ticket without a field that the desk wants by then.
    func checkSolvable(_ ticket: Ticket) throws(Rejection) {
        if fields.isEmpty { return }
        let missing = fields.values.filter { $0.isRequiredToSolve && $0.retiredAt == nil && ticket.fields[$0.name] == nil }
            .map(\.name).sorted()
        guard let first = missing.first else { return }
        throw .validation(
            member: "fields/\(first)", reason: "\(ticket.id) can't be solved without \(missing.joined(separator: ", "))")
    }
}
