import OporaPluginKit
import Testing

@testable import feedback

@Suite("What events, time and answers mean for surveys")
struct SurveyRulesTests {
    let rules = SurveyRules(settings: FeedbackSettings())

    static let meanings: [(String, String, SurveyRules.Meaning)] = [
        ("open", "solved", .solved(TicketID(rawValue: 1))), ("new", "solved", .solved(TicketID(rawValue: 1))),
        ("pending", "solved", .solved(TicketID(rawValue: 1))), ("solved", "open", .reopened(TicketID(rawValue: 1))),
        ("solved", "closed", .nothing), ("open", "pending", .nothing), ("new", "open", .nothing), ("solved", "solved", .nothing),
    ]

    @Test(arguments: meanings)
    func events(before: String, after: String, meaning: SurveyRules.Meaning) throws {
        #expect(SurveyRules.meaning(try Samples.status(before, after, seq: 1)) == meaning)
        #expect(SurveyRules.meaning(try Samples.status(before, after, seq: 1, imported: true)) == .nothing)
    }

    private func survey(_ state: SurveyState, _ change: (inout Survey) -> Void = { _ in }) -> Survey {
        var survey = Survey(id: "3.10", ticket: TicketID(rawValue: 1), causation: "log.10", state: state, tries: 0)
        change(&survey)
        return survey
    }

    @Test func aSurveyGoesItsWay() {
        let now = Samples.start
        #expect(rules.task(survey(.planned), now: now) == .open)
        #expect(rules.task(survey(.recording), now: now) == .record)
        for state in [SurveyState.answered, .skipped, .withdrawn, .expired, .failed] {
            #expect(rules.task(survey(state), now: .latest) == nil)
        }
        let unsent = survey(.open) { $0.expiresAt = now + Samples.days(14) }
        #expect(rules.task(unsent, now: now) == .ask)
        #expect(rules.task(unsent, now: now + Samples.days(14)) == .expire)
        var sent = survey(.open) {
            $0.askedAt = now
            $0.remindAt = rules.reminder(now)
            $0.expiresAt = rules.expiry(now)
        }
        #expect(rules.task(sent, now: now + Samples.hours(48) - 1) == nil)
        #expect(rules.task(sent, now: now + Samples.hours(48)) == .remind)
        sent.remindedAt = now + Samples.hours(48)
        #expect(rules.task(sent, now: now + Samples.days(14) - 1) == nil)
        #expect(rules.task(sent, now: now + Samples.days(14)) == .expire)
    }

    @Test func withoutRemindersThereIsNone() {
        var settings = FeedbackSettings()
        settings.remindAfterHours = 0
        #expect(SurveyRules(settings: settings).reminder(Samples.start) == nil)
    }

    static let standings: [(SurveyState, SurveyRules.Standing)] = [
        (.open, .open), (.undeliverable, .open), (.recording, .answered), (.answered, .answered), (.withdrawn, .withdrawn),
        (.planned, .withdrawn), (.skipped, .withdrawn), (.failed, .withdrawn), (.expired, .expired),
    ]

    @Test(arguments: standings)
    func links(state: SurveyState, standing: SurveyRules.Standing) {
        let survey = survey(state) { $0.expiresAt = Samples.start + 1 }
        #expect(SurveyRules.standing(survey, now: Samples.start) == standing)
        if standing == .open { #expect(SurveyRules.standing(survey, now: Samples.start + 1) == .expired) }
    }

    @Test func aLinkThatWasNeverGivenIsUnknown() {
        #expect(SurveyRules.standing(nil, now: Samples.start) == .unknown)
    }

    @Test func anAnswerThatWasRefusedIsAnAnswerAllTheSame() {
        #expect(SurveyRules.standing(survey(.failed) { $0.answeredAt = Samples.start }, now: Samples.start) == .answered)
    }

    static let reactions: [(ErrorCode, Int, RetryRules.Reaction)] = [
        (.providerOffline, 0, .again(afterMilliseconds: 1000)), (.providerOffline, 500, .again(afterMilliseconds: 600_000)),
        (.methodNotFound, 2, .again(afterMilliseconds: 10_000)), (.unavailable, 1, .again(afterMilliseconds: 3000)),
        (.providerError, 8, .again(afterMilliseconds: 600_000)), (.providerError, 9, .giveUp("provider_error")),
        (.internalError, 9, .giveUp("internal_error")), (.forbidden, 0, .giveUp("forbidden")),
        (.notFound, 0, .giveUp("not_found")), (.idempotencyKeyReused, 0, .isDone),
    ]

    @Test(arguments: reactions)
    func failures(code: ErrorCode, tries: Int, reaction: RetryRules.Reaction) {
        #expect(RetryRules.reaction(to: .rejected(RPCError(code, "")), tries: tries) == reaction)
    }

    @Test func aKernelThatIsAwayIsWaitedFor() {
        #expect(RetryRules.reaction(to: .noAnswer(method: "m", milliseconds: 1), tries: 99) == .waitForKernel)
        #expect(RetryRules.reaction(to: .interrupted(method: "m"), tries: 0) == .waitForKernel)
    }

    /// The examples of RFC 4648, section 10, and two bytes whose digits differ in base64url.
    @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func tokensAreBase64URL(text: String, encoded: String) {
        #expect(SurveyToken.text(Array(text.utf8)) == encoded)
        #expect(SurveyToken.text([0xfb, 0xff]) == "-_8")
    }

    @Test func tokensAreLongAndNeverTheSame() {
        let tokens = Set((0..<100).map { _ in SurveyToken.make() })
        #expect(tokens.count == 100)
        #expect(tokens.allSatisfy { SurveyToken.isPlausible($0) })
        #expect(!SurveyToken.isPlausible("../../etc/passwd"))
        #expect(!SurveyToken.isPlausible(String(repeating: "é", count: 43)))
    }
}
