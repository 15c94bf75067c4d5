import OporaPluginKit

/// What a mail is about; it decides the wording. Raw values stand in the outbox.
enum Notice: String, CaseIterable, Sendable {
    /// A ticket is yours now.
    case assigned
    /// A ticket waits in your group for somebody to take it.
    case groupAssigned = "group_assigned"
    /// To the requester: there is an answer.
    case answered
    /// To those who work on the ticket: the requester wrote.
    case requesterWrote = "requester_wrote"
    /// To the assignee: somebody wrote an internal note.
    case noteAdded = "note_added"
    case slaWarning = "sla_warning"
    case slaBreached = "sla_breached"
    case survey
    case surveyReminder = "survey_reminder"

    /// True where the mail goes to the requester, who must never see an internal note.
    var isForRequester: Bool { self == .answered || self == .survey || self == .surveyReminder }
}

/// Who is to be told, as far as an event alone says it: groups are looked up afterwards.
enum Audience: Hashable, Sendable {
    case person(UserID)
    /// All members; the lead where there are none.
    case members(GroupID)
    /// The lead; all members where there is none.
    case lead(GroupID)

    /// The group that has to be looked up.
    var group: GroupID? {
        switch self {
        case .person: nil
        case .members(let group), .lead(let group): group
        }
    }

    /// The people of this audience; a group that is gone has none.
    func people(_ groups: [GroupID: GroupFacts]) -> [UserID] {
        switch self {
        case .person(let user): return [user]
        case .members(let id):
            guard let group = groups[id] else { return [] }
            return group.members.isEmpty ? group.leads : group.members
        case .lead(let id):
            guard let group = groups[id] else { return [] }
            return group.leads.isEmpty ? group.members : group.leads
        }
    }
}

/// What an event means to people: which notice, for whom, and who knows already because they did it.
struct Occasion: Hashable, Sendable {
    /// People who are told of one event at most; a larger group is a mailing list, which Opora is not.
    static let people = 200

    var notice: Notice
    var audience: [Audience]
    var knowing: UserID?

    /// Everybody to be told, each once, in order.
    func people(_ groups: [GroupID: GroupFacts]) -> [UserID] {
        var seen: Set<UserID> = []
        if let knowing { seen.insert(knowing) }
        let all = audience.flatMap { $0.people(groups) }.filter { seen.insert($0).inserted }
        return Array(all.prefix(Occasion.people))
    }
}
