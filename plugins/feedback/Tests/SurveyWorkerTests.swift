import OporaPluginKit
import Testing

@testable import feedback

@Suite("Asking, reminding, recording")
struct SurveyWorkerTests {
    let scratch: Scratch
    let ticket = TicketID(rawValue: 1)

    init() throws { scratch = try Scratch() }

    private func worker(_ store: SurveyStore, _ desk: TinyDesk, at now: Timestamp = Samples.start) -> SurveyWorker {
        SurveyWorker(
            store: store, desk: desk, rules: store.rules, address: { "https://desk.example" }, log: Samples.quiet, now: { now })
    }

    private func planned() throws -> SurveyStore {
        let store = try scratch.store()
        _ = try store.take(Samples.batch([try Samples.solved()]), now: Samples.start)
        return store
    }

    @Test func theRequesterIsAskedAndRemindedOnceThenLeftInPeace() async throws {
        let (store, desk) = (try planned(), TinyDesk())
        for _ in 1...2 { _ = try await worker(store, desk).look() }
        let token = try #require(try store.latest(ticket)?.token)
        let expected: JSON = [
            "user": "U-5", "template": "survey", "link": .string("https://desk.example/s/\(token)"), "ticket": "T-1",
            "key": "feedback:ask:3.10",
        ]
        #expect(desk.seen.sent == [expected])
        #expect(desk.seen.causations == ["log.10"])
        for hours in [47, 48, 49, 100] as [Int64] {
            _ = try await worker(store, desk, at: Samples.start + Samples.hours(hours)).look()
        }
        #expect(desk.seen.sent.map { $0["template"]?.string } == ["survey", "survey_reminder"])
        _ = try await worker(store, desk, at: Samples.start + Samples.days(14)).look()
        #expect(try store.latest(ticket)?.state == .expired)
        #expect(try store.nextWake() == nil)
        #expect(desk.seen.sent.count == 2)
    }

    @Test func anAnswerIsRecordedOnceAndItsWordsAreLetGo() async throws {
        let (store, desk) = (try planned(), TinyDesk())
        _ = try await worker(store, desk).look()
        let token = try #require(try store.latest(ticket)?.token)
        _ = try store.take(SurveyAnswer(score: 4, comment: "Всё хорошо"), token: token, now: Samples.start)
        _ = try await worker(store, desk).look()
        _ = try await worker(store, desk, at: Samples.start + Samples.days(30)).look()
        let expected: JSON = ["ticket": "T-1", "kind": "csat", "score": 4, "comment": "Всё хорошо", "user": "U-5"]
        #expect(desk.seen.records == [expected])
        #expect(desk.seen.sent.count == 1)
        let survey = try #require(try store.latest(ticket))
        #expect(survey.state == .answered)
        #expect(survey.comment == nil)
        #expect(survey.score == 4)
    }

    /// The plugin is killed at every call in turn, before or after its effect; the next start finishes the work.
    @Test(arguments: TinyDesk.Fault.allCases, 1...2)
    func aCrashWhileAskingSendsOneLink(fault: TinyDesk.Fault, call: Int) async throws {
        let desk = TinyDesk { $0.fault = (call, fault) }
        await #expect(throws: CallError.self) { try await worker(try planned(), desk).look() }
        let store = try scratch.store()
        _ = try await worker(store, desk).look()
        let token = try #require(try store.latest(ticket)?.token)
        #expect(desk.seen.sent.map { $0["link"]?.string } == ["https://desk.example/s/\(token)"])
        #expect(try store.latest(ticket)?.askedAt != nil)
    }

    @Test(arguments: TinyDesk.Fault.allCases)
    func aCrashWhileRecordingKeepsTheFirstAnswer(fault: TinyDesk.Fault) async throws {
        let (opened, token) = try scratch.openSurvey()
        _ = try opened.take(SurveyAnswer(score: 1, comment: "first"), token: token, now: Samples.start)
        let desk = TinyDesk { $0.fault = (1, fault) }
        await #expect(throws: CallError.self) { try await worker(opened, desk).look() }
        let store = try scratch.store()
        #expect(try store.take(SurveyAnswer(score: 5, comment: "second"), token: token, now: Samples.start) == .answered)
        _ = try await worker(store, desk).look()
        #expect(desk.seen.records.map { $0["comment"]?.string } == ["first"])
        #expect(try store.survey(token: token)?.state == .answered)
    }

    @Test func aNotifierThatIsAwayIsWaitedForUntilTheLinkExpires() async throws {
        let (store, desk) = (try planned(), TinyDesk { $0.refusals["x.notifier.send"] = .providerOffline })
        #expect(try await worker(store, desk).look() == 1000)
        #expect(try await worker(store, desk, at: Samples.start + 1000).look() == 3000)
        #expect(try store.latest(ticket)?.problem == "provider_offline")
        desk.change { $0.refusals = [:] }
        _ = try await worker(store, desk, at: Samples.start + 4000).look()
        #expect(desk.seen.sent.count == 1)
        #expect(try store.latest(ticket)?.problem == nil)
    }

    @Test func aLinkThatExpiresUnsentIsNotSent() async throws {
        let (store, desk) = (try planned(), TinyDesk { $0.refusals["x.notifier.send"] = .providerOffline })
        _ = try await worker(store, desk).look()
        desk.change { $0.refusals = [:] }
        _ = try await worker(store, desk, at: Samples.start + Samples.days(15)).look()
        #expect(desk.seen.sent.isEmpty)
        #expect(try store.latest(ticket)?.state == .expired)
    }

    @Test func whoHasNoAddressMayStillBeHandedTheLink() async throws {
        let (store, desk) = (try planned(), TinyDesk { $0.unsendable = "no_email" })
        _ = try await worker(store, desk).look()
        let survey = try #require(try store.latest(ticket))
        #expect(survey.state == .undeliverable)
        #expect(survey.problem == "no_email")
        #expect(try store.take(SurveyAnswer(score: 5), token: try #require(survey.token), now: Samples.start) == .open)
    }

    @Test func aTicketThatWasReopenedMeanwhileIsNotAskedAbout() async throws {
        let (store, desk) = (try planned(), TinyDesk { $0.status = "open" })
        _ = try await worker(store, desk).look()
        #expect(try store.latest(ticket)?.state == .withdrawn)
        #expect(desk.seen.sent.isEmpty)
    }

    @Test func aReminderThatIsRefusedLeavesTheLinkGood() async throws {
        let (store, desk) = (try planned(), TinyDesk())
        _ = try await worker(store, desk).look()
        desk.change { $0.refusals["x.notifier.send"] = .forbidden }
        _ = try await worker(store, desk, at: Samples.start + Samples.hours(48)).look()
        let survey = try #require(try store.latest(ticket))
        #expect(survey.state == .open)
        #expect(survey.problem == "forbidden")
        #expect(survey.remindedAt != nil)
    }

    @Test func anAnswerThatIsRefusedForGoodIsKeptAndTold() async throws {
        let (store, token) = try scratch.openSurvey()
        _ = try store.take(SurveyAnswer(score: 1, comment: "kept"), token: token, now: Samples.start)
        _ = try await worker(store, TinyDesk { $0.refusals["feedback.record"] = .validationFailed }).look()
        let survey = try #require(try store.survey(token: token))
        #expect(survey.state == .failed)
        #expect(survey.problem == "validation_failed")
        #expect(survey.comment == "kept")
        #expect(try store.summary().health["failed"] == 1)
    }
}
