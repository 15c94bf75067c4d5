public import OporaProtocol
public import OporaTime

/// A feedback record: `F-12`.
public struct FeedbackID: EntityID {
    public static let letter: Character = "F"
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What is asked: satisfaction 1-5, recommendation 0-10, effort 1-7.
public enum SurveyKind: String, CaseIterable, Sendable {
    case csat, nps, ces

    /// The scores that can be given.
    public var scores: ClosedRange<Int64> {
        switch self {
        case .csat: 1...5
        case .nps: 0...10
        case .ces: 1...7
        }
    }
}

/// What a requester said of a ticket's handling. The comment is content and stays out of the log.
public struct Feedback: Hashable, Sendable {
    public var id: FeedbackID
    public var ticket: TicketID
    public var user: UserID?
    public var kind: SurveyKind
    public var score: Int64
    public var comment: String?
    public var createdAt: Timestamp

    public init(
        id: FeedbackID, ticket: TicketID, user: UserID?, kind: SurveyKind, score: Int64, comment: String?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.ticket = ticket
        self.user = user
        self.kind = kind
        self.score = score
        self.comment = comment
        self.createdAt = createdAt
    }

    /// The fact that it was given.
    public var event: EventDraft {
        EventDraft(
            .feedbackRecorded, subject: "feedback/\(id)", ticket: ticket, at: createdAt, entityVersion: 1,
            data: [
                "feedback": .id(id), "ticket": .id(ticket), "user": .id(user), "kind": .string(kind.rawValue),
                "score": .int(score), "has_comment": .bool(comment != nil),
            ])
    }
}
