public import OporaProtocol
public import OporaTime

/// A person who is being forgotten: how far their texts have been replaced. The log stays whole, for it holds no free text.
public struct Erasure: Hashable, Sendable {
    /// What is gone through, in this order.
    public enum Part: Int64, CaseIterable, Sendable {
        case tickets, messages, feedback
    }

    public var user: UserID
    /// Whether subjects and texts in custom fields of the tickets that they asked for go, too.
    public var subjects: Bool
    public var part: Part
    /// The last id of the part that was looked at.
    public var after: Int64

    public init(user: UserID, subjects: Bool, part: Part = .tickets, after: Int64 = 0) {
        self.user = user
        self.subjects = subjects
        self.part = part
        self.after = after
    }

    /// Stands where a text was.
    public static let marker = "[erased]"

    /// Goes on with the next part; false where there is none.
    public mutating func advance() -> Bool {
        guard let next = Part(rawValue: part.rawValue + 1) else { return false }
        part = next
        after = 0
        return true
    }
}

extension User {
    /// Whether all that tells who it was is gone.
    public var isErased: Bool { name == Erasure.marker && email == nil && externalID == nil && identity == nil && !isActive }

    /// Forgets all that tells who it was; what stays is that somebody was there, with which roles. Nobody acts as them again.
    public mutating func erase(subjects: Bool, at: Timestamp) -> EventDraft {
        name = Erasure.marker
        email = nil
        organization = nil
        language = nil
        zone = nil
        identity = nil
        externalID = nil
        isActive = false
        work = Work()
        version += 1
        updatedAt = at
        return fact(.userErased, ["subjects": .bool(subjects)])
    }
}

extension Ticket {
    /// Replaces the subject and the texts in custom fields. Nil where nothing was left to replace.
    public mutating func eraseSubject(of user: UserID, at: Timestamp) -> EventDraft? {
        let texts = fields.members.filter { member in
            member.value.string.map { $0 != Erasure.marker } ?? false
        }
        guard subject != Erasure.marker || !texts.isEmpty else { return nil }
        subject = Erasure.marker
        for member in texts { fields[member.name] = .string(Erasure.marker) }
        return record(.ticketContentErased, at: at, ["user": .id(user), "subject": true, "messages": 0])
    }

    /// Notes that texts of its messages were replaced.
    public mutating func noteErased(messages: Int, of user: UserID, at: Timestamp) -> EventDraft {
        record(.ticketContentErased, at: at, ["user": .id(user), "subject": false, "messages": .int(Int64(messages))])
    }
}
