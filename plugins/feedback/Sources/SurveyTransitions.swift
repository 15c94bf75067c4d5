import OporaPluginKit
import OporaPluginStore

/// The ways from one state of a survey to the next, each one transaction.
extension SurveyStore {
    /// Makes the link of a planned survey, unless its person was asked a short while ago.
    func open(_ survey: Survey, requester: String, token: String, now: Timestamp) throws {
        try change(survey.id, from: [.planned]) { tx, survey in
            survey.requester = requester
            if try SurveyStore.wasAsked(tx, requester, since: rules.quietSince(now), for: survey.ticket) {
                survey.state = .skipped
            } else {
                survey.state = .open
                survey.token = token
                survey.expiresAt = rules.expiry(now)
                try tx.run("UPDATE survey SET opened_at = ? WHERE id = ?", [.int(now.rawValue), .text(survey.id)])
            }
        }
    }

    /// The link is on its way; time runs from now.
    func asked(_ survey: Survey, now: Timestamp) throws {
        try change(survey.id, from: [.open]) { _, survey in
            survey.askedAt = now
            survey.expiresAt = rules.expiry(now)
            survey.remindAt = rules.reminder(now)
        }
    }

    /// The reminder is on its way, or will never be.
    func reminded(_ survey: Survey, problem: String?, now: Timestamp) throws {
        try change(survey.id, from: [.open]) { _, survey in
            survey.remindedAt = now
            survey.problem = problem
        }
    }

    /// Takes an answer, once: of two at the same time one finds the link used. Returns what the link was good for.
    func take(_ answer: SurveyAnswer, token: String, now: Timestamp) throws -> SurveyRules.Standing {
        try file.write { tx in
            guard var survey = try SurveyStore.surveys(tx, "token = ?", [.text(token)]).first else { return .unknown }
            let standing = SurveyRules.standing(survey, now: now)
            guard standing == .open else { return standing }
            survey.state = .recording
            survey.answeredAt = now
            survey.score = answer.score
            survey.comment = answer.comment
            survey.tries = 0
            survey.problem = nil
            try save(tx, survey)
            return .open
        }
    }

    /// The kernel has the answer; its words are kept there alone.
    func recorded(_ survey: Survey) throws {
        try change(survey.id, from: [.recording]) { _, survey in
            survey.state = .answered
            survey.comment = nil
        }
    }

    /// Ends a survey.
    func end(_ survey: Survey, _ state: SurveyState, problem: String? = nil) throws {
        try change(survey.id, from: [survey.state]) { _, survey in
            survey.state = state
            survey.problem = problem
        }
    }

    /// Tries again later.
    func postpone(_ survey: Survey, problem: String, until instant: Timestamp) throws {
        try file.write { tx in
            _ = try tx.run(
                "UPDATE survey SET tries = tries + 1, problem = ?, wake_at = ? WHERE id = ? AND state = ?",
                [.text(problem), .int(instant.rawValue), .text(survey.id), .text(survey.state.rawValue)])
        }
    }

    /// Changes a survey that is still in one of `states`; the counts of tries begin anew.
    private func change(
        _ id: String, from states: Set<SurveyState>, _ body: (StoreTransaction, inout Survey) throws -> Void
    ) throws {
        try file.write { tx in
            let found = try SurveyStore.surveys(tx, "id = ?", [.text(id)]).first
            guard var survey = found, states.contains(survey.state) else { return }
            survey.tries = 0
            survey.problem = nil
            try body(tx, &survey)
            try save(tx, survey)
        }
    }

    private func save(_ tx: StoreTransaction, _ survey: Survey) throws {
        func time(_ instant: Timestamp?) -> StoreValue { .optional(instant?.rawValue) }
        try tx.run(
            """
            UPDATE survey SET state = ?, requester = ?, token = ?, asked_at = ?, remind_at = ?, reminded_at = ?, expires_at = ?,
            answered_at = ?, score = ?, comment = ?, tries = ?, problem = ?, wake_at = ? WHERE id = ?
            """,
            [
                .text(survey.state.rawValue), .optional(survey.requester), .optional(survey.token), time(survey.askedAt),
                time(survey.remindAt), time(survey.remindedAt), time(survey.expiresAt), time(survey.answeredAt),
                .optional(survey.score), .optional(survey.comment), .int(Int64(survey.tries)), .optional(survey.problem),
                time(rules.next(survey)?.at), .text(survey.id),
            ])
    }
}
