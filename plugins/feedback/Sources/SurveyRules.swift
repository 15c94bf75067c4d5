import OporaPluginKit

/// Says what events, time and answers mean for surveys. Values in, values out.
struct SurveyRules: Sendable {
    var settings: FeedbackSettings

    /// What an event is to the surveys of its ticket.
    enum Meaning: Hashable, Sendable {
        case nothing
        /// The ticket is solved: ask, unless its requester has answered about it before.
        case solved(TicketID)
        /// Work on the ticket goes on: what is asked and not answered is withdrawn.
        case reopened(TicketID)
    }

    /// History is never acted on.
    static func meaning(_ event: Event) -> Meaning {
        guard event.type == .ticketStatusChanged, !event.isImported, let ticket = event.ticket,
            let before = (event.data["before"]?["category"] ?? event.data["before"]?["status"])?.string.flatMap({
                TicketStatus(rawValue: $0)
            }),
            let after = (event.data["after"]?["category"] ?? event.data["after"]?["status"])?.string.flatMap({
                TicketStatus(rawValue: $0)
            })
        else { return .nothing }
        if after == .solved, before != .solved { return .solved(ticket) }
        if after.isUnsolved, !before.isUnsolved { return .reopened(ticket) }
        return .nothing
    }

    /// What there is to do for a survey now.
    enum Task: Hashable, Sendable {
        case open, ask, remind, expire, record
    }

    /// The next thing to do and when; nil where nothing is left to do.
    func next(_ survey: Survey) -> (task: Task, at: Timestamp)? {
        switch survey.state {
        case .planned: return (.open, .earliest)
        case .recording: return (.record, .earliest)
        case .undeliverable: return survey.expiresAt.map { (.expire, $0) }
        case .answered, .skipped, .withdrawn, .expired, .failed: return nil
        case .open:
            guard survey.askedAt != nil else { return (.ask, .earliest) }
            guard let expiresAt = survey.expiresAt else { return nil }
            if let remindAt = survey.remindAt, survey.remindedAt == nil, remindAt < expiresAt { return (.remind, remindAt) }
            return (.expire, expiresAt)
        }
    }

    /// What there is to do now, of what `next` says.
    func task(_ survey: Survey, now: Timestamp) -> Task? {
        // A notifier that is away for days must not send a link that is dead on arrival.
        if survey.state == .open, let expiresAt = survey.expiresAt, expiresAt <= now { return .expire }
        guard let next = next(survey), next.at <= now else { return nil }
        return next.task
    }

    /// The instant since which a person must not have been asked.
    func quietSince(_ now: Timestamp) -> Timestamp { now - settings.askEveryDays * FeedbackSettings.dayMilliseconds }

    func expiry(_ now: Timestamp) -> Timestamp { now + settings.expireAfterDays * FeedbackSettings.dayMilliseconds }

    /// Nil where the operator wants no reminders.
    func reminder(_ now: Timestamp) -> Timestamp? {
        settings.remindAfterHours == 0 ? nil : now + settings.remindAfterHours * FeedbackSettings.hourMilliseconds
    }

    /// What a link is good for.
    enum Standing: Hashable, Sendable {
        case open, unknown, answered, withdrawn, expired
    }

    /// - Parameter survey: the survey of the link; nil where there is none.
    static func standing(_ survey: Survey?, now: Timestamp) -> Standing {
        guard let survey else { return .unknown }
        if survey.answeredAt != nil { return .answered }
        switch survey.state {
        case .recording, .answered: return .answered
        case .planned, .skipped, .withdrawn, .failed: return .withdrawn
        case .expired: return .expired
        case .open, .undeliverable: return survey.expiresAt.map { $0 <= now } ?? false ? .expired : .open
        }
    }
}
