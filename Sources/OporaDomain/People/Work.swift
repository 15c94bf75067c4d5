public import OporaProtocol
public import OporaTime

/// What somebody is good at, from 1 (knows it) to 5 (teaches it).
public struct Skill: Hashable, Sendable {
    /// A word for machines: `billing`.
    public var name: String
    public var level: Int

    public static let levels: ClosedRange<Int64> = 1...5

    public init(name: String, level: Int) {
        self.name = name
        self.level = level
    }
}

/// Whether somebody takes tickets now, and who does where they do not.
public struct Availability: Hashable, Sendable {
    public var isAway: Bool
    /// When somebody who is away is back by themselves; nil where they say so themselves.
    public var until: Timestamp?
    /// Who gets the tickets meanwhile.
    public var replacement: UserID?

    public static let here = Availability(isAway: false)

    public init(isAway: Bool, until: Timestamp? = nil, replacement: UserID? = nil) {
        self.isAway = isAway
        self.until = until
        self.replacement = replacement
    }

    /// Whether tickets can be given at an instant.
    public func isThere(at now: Timestamp) -> Bool { !isAway || until.map { $0 <= now } ?? false }

    var json: JSON {
        ["state": isAway ? "away" : "available", "until": .time(until), "replacement": .id(replacement)]
    }
}

/// What an agent can take on.
public struct Work: Hashable, Sendable {
    /// In order of name.
    public var skills: [Skill]
    /// Unsolved tickets at once; nil for no limit.
    public var capacity: Int?
    public var availability: Availability

    public init(skills: [Skill] = [], capacity: Int? = nil, availability: Availability = .here) {
        self.skills = skills
        self.capacity = capacity
        self.availability = availability
    }

    /// The level of a skill; 0 for none.
    public func level(_ skill: String) -> Int { skills.first { $0.name == skill }?.level ?? 0 }
}

extension User {
    /// Sets whether somebody takes tickets. What is so already is no fact.
    public mutating func setAvailability(_ next: Availability, at: Timestamp) throws(Rejection) -> [EventDraft] {
        if let until = next.until, until <= at {
            throw .validation(member: "until", reason: "\(until.text) is not in the future")
        }
        if next.replacement == id { throw .validation(member: "replacement", reason: "nobody replaces themselves") }
        guard next != work.availability else { return [] }
        let before = work.availability
        work.availability = next
        version += 1
        updatedAt = at
        return [fact(.userAvailabilityChanged, ["before": before.json, "after": next.json])]
    }

    /// Sets what somebody is good at, and how many tickets they take. What is so already is no fact.
    public mutating func setSkills(_ skills: [Skill], capacity: Int?, at: Timestamp) -> [EventDraft] {
        let next = Work(skills: skills.sorted { $0.name < $1.name }, capacity: capacity, availability: work.availability)
        guard next != work else { return [] }
        work = next
        version += 1
        updatedAt = at
        let levels = JSONObject(next.skills.map { ($0.name, .int(Int64($0.level))) })
        return [fact(.userSkillsChanged, ["skills": .object(levels), "capacity": capacity.map { .int(Int64($0)) } ?? .null])]
    }

    func fact(_ type: EventType, _ data: JSON) -> EventDraft {
        let members = JSONObject([("user", .id(id))] + (data.object?.members ?? []))
        return EventDraft(type, subject: "user/\(id)", at: updatedAt, entityVersion: version, data: .object(members))
    }
}
