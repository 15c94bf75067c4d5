public import OporaProtocol
public import OporaTime

extension Group {
    /// Takes somebody in, or gives them another tier. What is so already is no fact.
    /// - Parameter tier: the support line they work on here; nil for every one.
    public mutating func add(_ user: UserID, tier: Int?, at: Timestamp) throws(Rejection) -> [EventDraft] {
        guard !members.contains(user) || tiers[user] != tier else { return [] }
        if !members.contains(user) {
            guard members.count < Limits.groupMembers else {
                throw .validation(member: "user", reason: "a group has at most \(Limits.groupMembers) members")
            }
            members.append(user)
        }
        tiers[user] = tier
        return [memberFact(.groupMemberAdded, user, ["tier": tier.map { .int(Int64($0)) } ?? .null], at)]
    }

    /// Lets somebody go. Who is not in it is no fact.
    public mutating func remove(_ user: UserID, at: Timestamp) -> [EventDraft] {
        guard members.contains(user) else { return [] }
        members.removeAll { $0 == user }
        tiers[user] = nil
        return [memberFact(.groupMemberRemoved, user, [:], at)]
    }

    private mutating func memberFact(_ type: EventType, _ user: UserID, _ data: JSON, _ at: Timestamp) -> EventDraft {
        version += 1
        updatedAt = at
        let members = JSONObject([("group", .id(id)), ("user", .id(user))] + (data.object?.members ?? []))
        return EventDraft(type, subject: "group/\(id)", at: at, entityVersion: version, data: .object(members))
    }
}
