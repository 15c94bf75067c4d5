import Logging
import OporaPluginKit

/// Does what is to be done for surveys: asks, reminds, records, expires. Every call carries its survey's own key.
struct SurveyWorker: Sendable {
    /// The longest pause between two looks, so that a jump of the clock is noticed.
    static let longestPauseMilliseconds: Int64 = 30_000
    /// Surveys read from the file at once.
    private static let pageSize = 50
    /// Pauses while the kernel is away.
    private static let retryMilliseconds: [Int64] = [200, 1000, 3000, 10_000]

    let store: SurveyStore
    let desk: any Desk
    let rules: SurveyRules
    /// The address of the page; nil until it is served.
    let address: @Sendable () -> String?
    let log: Logger
    let now: @Sendable () -> Timestamp

    /// The pause after so many failures in a row.
    static func retryMilliseconds(after failures: Int) -> Int64 {
        retryMilliseconds[min(failures, retryMilliseconds.count - 1)]
    }

    /// Does all that is due. Returns how long the next look may wait, in milliseconds; throws where the kernel is away.
    func look() async throws -> Int64 {
        while !Task.isCancelled {
            let page = try store.waking(now(), limit: SurveyWorker.pageSize)
            if page.isEmpty { break }
            for survey in page { try await serve(survey) }
        }
        guard let next = try store.nextWake() else { return SurveyWorker.longestPauseMilliseconds }
        return min(max(next - now(), 0), SurveyWorker.longestPauseMilliseconds)
    }

    private func serve(_ survey: Survey) async throws {
        do {
            switch rules.task(survey, now: now()) {
            case .open: try await open(survey)
            case .ask: try await ask(survey)
            case .remind: try await remind(survey)
            case .record: try await record(survey)
            case .expire: try store.end(survey, .expired)
            case nil: try store.postpone(survey, problem: "early", until: rules.next(survey)?.at ?? .latest)
            }
        } catch let error as CallError {
            switch RetryRules.reaction(to: error, tries: survey.tries) {
            case .waitForKernel: throw error
            case .again(let pause):
                log.debug("a survey waits", metadata: ["survey": "\(survey.id)", "reason": "\(error)"])
                try store.postpone(survey, problem: error.code?.rawValue ?? "", until: now() + pause)
            case .isDone: try done(survey)
            case .giveUp(let code): try giveUp(survey, code)
            }
        }
    }

    /// Looks up whom to ask.
    private func open(_ survey: Survey) async throws {
        guard let requester = try await requester(ofSolved: survey.ticket) else { return try store.end(survey, .withdrawn) }
        try store.open(survey, requester: requester, token: SurveyToken.make(), now: now())
    }

    /// Nil where the ticket was reopened and the event is still on its way: a survey is planned anew with the next solve.
    private func requester(ofSolved ticket: TicketID) async throws(CallError) -> String? {
        let answer = try await desk.call("ticket.get", ["ticket": .string("\(ticket)")], key: nil, causation: nil)
        guard let requester = answer["ticket"]?["requester"]?.string,
            let status = (answer["ticket"]?["status_category"] ?? answer["ticket"]?["status"])?.string.flatMap({
                TicketStatus(rawValue: $0)
            })
        else { throw .rejected(RPCError(.internalError, "the answer of ticket.get for \(ticket) can't be read")) }
        return status.isUnsolved ? nil : requester
    }

    private func ask(_ survey: Survey) async throws {
        guard let answer = try await send(survey, template: "survey", key: "ask") else { return }
        if answer["queued"]?.bool == false {
            let reason = answer["reason"]?.string ?? "unknown"
            log.notice(
                "a survey can't be sent",
                metadata: ["survey": "\(survey.id)", "ticket": "\(survey.ticket)", "reason": "\(reason)"])
            return try store.end(survey, .undeliverable, problem: reason)
        }
        try store.asked(survey, now: now())
    }

    private func remind(_ survey: Survey) async throws {
        guard try await requester(ofSolved: survey.ticket) != nil else { return try store.end(survey, .withdrawn) }
        guard let answer = try await send(survey, template: "survey_reminder", key: "reminder") else { return }
        try store.reminded(
            survey, problem: answer["queued"]?.bool == false ? answer["reason"]?.string ?? "unknown" : nil, now: now())
    }

    /// Hands a link to the notifier; nil while there is no address to link to.
    private func send(_ survey: Survey, template: String, key: String) async throws -> JSON? {
        guard let requester = survey.requester, let token = survey.token, let address = address() else {
            try store.postpone(survey, problem: "no_address", until: now() + RetryRules.pausesMilliseconds[0])
            return nil
        }
        return try await desk.call(
            "x.notifier.send",
            [
                "user": .string(requester), "template": .string(template), "link": .string("\(address)/s/\(token)"),
                "ticket": .string("\(survey.ticket)"), "key": .string("\(Feedback.manifest.name):\(key):\(survey.id)"),
            ], key: nil, causation: survey.causation)
    }

    private func record(_ survey: Survey) async throws {
        guard let score = survey.score else { return try store.end(survey, .failed, problem: "no_score") }
        _ = try await desk.call(
            "feedback.record",
            [
                "ticket": .string("\(survey.ticket)"), "kind": "csat", "score": .int(score),
                "comment": .optional(survey.comment), "user": .optional(survey.requester),
            ], key: "\(Feedback.manifest.name):survey:\(survey.id)", causation: survey.causation)
        try done(survey)
    }

    /// The effect of what was to be done is there.
    private func done(_ survey: Survey) throws {
        switch rules.task(survey, now: now()) {
        case .record:
            try store.recorded(survey)
            log.info("feedback recorded", metadata: ["survey": "\(survey.id)", "ticket": "\(survey.ticket)"])
        case .ask: try store.asked(survey, now: now())
        case .remind: try store.reminded(survey, problem: nil, now: now())
        case .open, .expire, nil: try store.postpone(survey, problem: "repeat", until: now() + RetryRules.pausesMilliseconds[0])
        }
    }

    private func giveUp(_ survey: Survey, _ code: String) throws {
        log.error(
            "a survey was refused", metadata: ["survey": "\(survey.id)", "ticket": "\(survey.ticket)", "code": "\(code)"])
        // An open link stays good without its reminder; everything else ends here.
        if rules.task(survey, now: now()) == .remind { return try store.reminded(survey, problem: code, now: now()) }
        try store.end(survey, .failed, problem: code)
    }
}
