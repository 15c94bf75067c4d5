import OporaPluginKit
import OporaPluginStore

/// The parameters of `x.feedback.survey`.
struct SurveyQuery: Hashable, Sendable {
    var ticket: TicketID

    init(_ params: JSON) throws(RPCError) {
        for member in params.object?.members ?? [] where member.name != "ticket" && member.name != "_meta" {
            throw .invalid("/\(member.name)", "unknown", "there is no such parameter; ticket is the only one")
        }
        guard let text = params["ticket"]?.string, let ticket = TicketID(text) else {
            throw .invalid("/ticket", "format", "write a ticket's id, e.g. T-1042")
        }
        self.ticket = ticket
    }

    /// For a method without parameters.
    static func refuseAll(_ params: JSON) throws(RPCError) {
        for member in params.object?.members ?? [] where member.name != "_meta" {
            throw .invalid("/\(member.name)", "unknown", "there are no parameters")
        }
    }
}

/// Figures over all surveys.
struct SurveySummary: Hashable, Sendable {
    /// People who got a link and could answer it.
    var asked: Int64
    var answered: Int64
    /// Answers of 4 and 5.
    var satisfied: Int64
    /// Not asked, because they were asked a short while ago.
    var skipped: Int64
    var undeliverable: Int64
    /// Answers that the kernel has not recorded yet.
    var recording: Int64
    /// Surveys that somebody may still answer.
    var open: Int64
    var failed: Int64

    /// The answer of `x.feedback.summary`. Rates are null where there is nothing to divide by.
    var json: JSON {
        [
            "asked": .int(asked), "answered": .int(answered), "csat_percent": SurveySummary.percent(satisfied, answered),
            "n": .int(answered), "response_rate": SurveySummary.percent(answered, asked), "skipped": .int(skipped),
            "undeliverable": .int(undeliverable),
        ]
    }

    var health: JSON {
        [
            "asked": .int(asked), "answered": .int(answered), "open": .int(open), "recording": .int(recording),
            "failed": .int(failed),
        ]
    }

    /// In percent, to one decimal.
    static func percent(_ part: Int64, _ whole: Int64) -> JSON {
        whole == 0 ? .null : .double((Double(part) * 1000 / Double(whole)).rounded() / 10)
    }
}

extension SurveyStore {
    func summary() throws -> SurveySummary {
        try file.read { tx in
            let row = try tx.rows(
                """
                SELECT count(*) FILTER (WHERE answered_at IS NOT NULL OR (asked_at IS NOT NULL AND state <> 'withdrawn')),
                    count(*) FILTER (WHERE answered_at IS NOT NULL), count(*) FILTER (WHERE score >= 4),
                    count(*) FILTER (WHERE state = 'skipped'), count(*) FILTER (WHERE state = 'undeliverable'),
                    count(*) FILTER (WHERE state = 'recording'), count(*) FILTER (WHERE state = 'open'),
                    count(*) FILTER (WHERE state = 'failed') FROM survey
                """
            ).first
            func count(_ column: Int) -> Int64 { row?.int(column) ?? 0 }
            return SurveySummary(
                asked: count(0), answered: count(1), satisfied: count(2), skipped: count(3), undeliverable: count(4),
                recording: count(5), open: count(6), failed: count(7))
        }
    }

    /// The answer of `x.feedback.survey`.
    func standingAnswer(of ticket: TicketID, address: String?, now: Timestamp) throws -> JSON {
        guard let survey = try latest(ticket) else { return ["ticket": .string("\(ticket)"), "state": "none"] }
        var url: String?
        if SurveyRules.standing(survey, now: now) == .open, let token = survey.token, let address {
            url = "\(address)/s/\(token)"
        }
        return [
            "ticket": .string("\(ticket)"), "state": .string(survey.state.rawValue), "url": .optional(url),
            "expires_at": .optional(url == nil ? nil : survey.expiresAt?.text), "problem": .optional(survey.problem),
        ]
    }
}
