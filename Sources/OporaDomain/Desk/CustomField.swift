public import OporaProtocol
public import OporaTime

/// A custom field that the desk has declared. Its name and its kind never change: tickets have values of it.
public struct CustomField: Hashable, Sendable {
    public var name: String
    public var version: Int64
    public var kind: FieldKind
    public var label: Label
    /// What can be chosen, in order; of choices alone.
    public var choices: [String]
    /// A ticket without it can't be solved.
    public var isRequiredToSolve: Bool
    /// Since then it is set no more; values that are there stay.
    public var retiredAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    /// Refuses choices where nothing is chosen, and a choice without any.
    public init(
        name: String, kind: FieldKind, label: Label, choices: [String], isRequiredToSolve: Bool, at: Timestamp
    ) throws(Rejection) {
        self.name = name
        version = 1
        self.kind = kind
        self.label = label
        self.choices = []
        self.isRequiredToSolve = isRequiredToSolve
        createdAt = at
        updatedAt = at
        try setChoices(choices)
    }

    public mutating func setChoices(_ choices: [String]) throws(Rejection) {
        guard kind.isChosen != choices.isEmpty else {
            throw .validation(
                member: "choices",
                reason: kind.isChosen ? "say what can be chosen in a \(kind.rawValue)" : "a \(kind.rawValue) has none")
        }
        guard Set(choices).count == choices.count else { throw .validation(member: "choices", reason: "one is there twice") }
        self.choices = choices
    }

    /// A value as it is kept. Refuses one that is none of the field's kind.
    public func normalized(_ value: JSON) throws(Rejection) -> JSON {
        func refuse(_ what: String) -> Rejection { .validation(member: "fields/\(name)", reason: what) }
        switch kind {
        case .text:
            guard value.string != nil else { throw refuse("must be a text") }
            return value
        case .number:
            guard let number = value.number, number.isFinite else { throw refuse("must be a number") }
            return value
        case .date:
            guard let text = value.string, CivilDate(text) != nil else { throw refuse("must be a date such as 2026-11-22") }
            return value
        case .user:
            guard let text = value.string, UserID(text) != nil else { throw refuse("must be a user such as U-7") }
            return value
        case .choice:
            guard let text = value.string, choices.contains(text) else {
                throw refuse("must be one of \(choices.joined(separator: ", "))")
            }
            return value
        case .multiChoice:
            let chosen = value.string.map { Set($0.split(separator: ",").map(String.init)) } ?? []
            guard !chosen.isEmpty, chosen.isSubset(of: Set(choices)) else {
                throw refuse("must be some of \(choices.joined(separator: ", ")), with commas between")
            }
            return .string(choices.filter { chosen.contains($0) }.joined(separator: ","))
        }
    }

    /// The fact that it was declared, changed or retired.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "field/\(name)", at: at, entityVersion: version,
            data: [
                "field": .string(name), "kind": .string(kind.rawValue), "changed": .array(changed.map { .string($0) }),
            ])
    }
}
