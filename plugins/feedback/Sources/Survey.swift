import OporaPluginKit

/// How a survey stands.
enum SurveyState: String, CaseIterable, Sendable {
    /// The ticket was solved; whom to ask is not looked up yet.
    case planned
    /// There is a link, which may be answered.
    case open
    /// Answered; the kernel has not recorded it yet.
    case recording
    /// Answered and recorded.
    case answered
    /// Not asked: the same person was asked a short while ago.
    case skipped
    /// The link could not be sent, but answers if it is handed over otherwise.
    case undeliverable
    /// The ticket was reopened before an answer came.
    case withdrawn
    case expired
    /// The kernel or the notifier refused for good; `problem` says why.
    case failed
}

/// The question to one person about one solved ticket.
struct Survey: Hashable, Sendable {
    /// `<epoch>.<seq>` of the event that solved the ticket: the same for every repeat of the event.
    var id: String
    var ticket: TicketID
    var causation: String
    var state: SurveyState
    var requester: String?
    /// The secret part of the link.
    var token: String?
    var askedAt: Timestamp?
    var remindAt: Timestamp?
    var remindedAt: Timestamp?
    var expiresAt: Timestamp?
    var answeredAt: Timestamp?
    var score: Int64?
    var comment: String?
    /// Failed tries of what is to be done next.
    var tries: Int
    var problem: String?
}

/// What a person answered.
struct SurveyAnswer: Hashable, Sendable {
    /// 1 to 5.
    var score: Int64
    var comment: String?
}
