public import OporaProtocol
public import OporaTime

/// Where a ticket stands, as a desk names it: the status of a category, or a word of the desk's own within one.
public struct Status: Hashable, Sendable {
    public var category: TicketStatus
    /// The desk's own word; nil for the category's own status.
    public var custom: String?
    /// Why a ticket waits in it where nobody says otherwise.
    public var defaultReason: String?

    public init(_ category: TicketStatus, custom: String? = nil, defaultReason: String? = nil) {
        self.category = category
        self.custom = custom
        self.defaultReason = defaultReason
    }

    public var word: String { custom ?? category.rawValue }
}

/// A text that people see, in the desk's languages.
public struct Label: Hashable, Sendable {
    public var en: String?
    public var ru: String?

    public init(en: String? = nil, ru: String? = nil) {
        self.en = en
        self.ru = ru
    }

    public var isEmpty: Bool { en == nil && ru == nil }
}

/// A status that the desk has declared. Its word and its category never change: history names them.
public struct CustomStatus: Hashable, Sendable {
    /// Lower case letters, digits and `_`; none of the categories.
    public var word: String
    public var version: Int64
    public var category: TicketStatus
    public var label: Label
    /// Why a ticket waits in it where nobody says otherwise; waiting categories alone have one.
    public var reason: String?
    /// Since then no ticket is moved to it; those that stand in it stay.
    public var retiredAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    /// Refuses a word that is no word, or that a category has, and a reason where nothing waits.
    public init(
        word: String, category: TicketStatus, label: Label, reason: String?, at: Timestamp
    ) throws(Rejection) {
        guard CustomStatus.isWord(word) else {
            throw .validation(
                member: "status", reason: "a status is named with lower case letters, digits and _, e.g. waiting_vendor")
        }
        guard TicketStatus(rawValue: word) == nil else {
            throw .alreadyExists(kind: "status", member: "status", value: word)
        }
        self.word = word
        version = 1
        self.category = category
        self.label = label
        createdAt = at
        updatedAt = at
        try setReason(reason)
    }

    public mutating func setReason(_ reason: String?) throws(Rejection) {
        if reason != nil, !category.isWaiting {
            throw .validation(
                member: "reason", reason: "only statuses of pending and on_hold have one, not of \(category.rawValue)")
        }
        self.reason = reason
    }

    private static func isWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, first >= 0x61, first <= 0x7a, text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7a) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5f }
    }

    public var status: Status { Status(category, custom: word, defaultReason: reason) }

    /// The fact that it was declared, changed or retired.
    public func event(_ type: EventType, changed: [String], at: Timestamp) -> EventDraft {
        EventDraft(
            type, subject: "status/\(word)", at: at, entityVersion: version,
            data: [
                "status": .string(word), "category": .string(category.rawValue),
                "changed": .array(changed.map { .string($0) }),
            ])
    }
}
