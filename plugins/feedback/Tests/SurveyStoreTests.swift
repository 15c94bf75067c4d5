import Foundation
import OporaPluginKit
import Testing

@testable import feedback

@Suite("What the collector remembers")
struct SurveyStoreTests {
    let scratch: Scratch
    let ticket = TicketID(rawValue: 1)

    init() throws { scratch = try Scratch() }

    @Test func aSolveIsPlannedOnceWithThePosition() throws {
        let store = try scratch.store()
        #expect(try store.take(Samples.batch([try Samples.solved()]), now: Samples.start))
        #expect(try !store.take(Samples.batch([try Samples.solved(seq: 11)]), now: Samples.start))
        #expect(try store.waking(Samples.start, limit: 10).map(\.id) == ["3.10"])
        #expect(try store.position() == LogPosition(logID: "log", epoch: 3, seq: 11))
    }

    @Test func aReopenedTicketIsAskedAboutAnewUnlessItWasAnswered() throws {
        let (store, token) = try scratch.openSurvey()
        _ = try store.take(Samples.batch([try Samples.status("solved", "open", seq: 12)]), now: Samples.start)
        #expect(try store.survey(token: token)?.state == .withdrawn)
        #expect(try store.take(SurveyAnswer(score: 5), token: token, now: Samples.start) == .withdrawn)
        _ = try store.take(Samples.batch([try Samples.solved(seq: 14)]), now: Samples.start)
        let second = try #require(try store.latest(ticket))
        #expect(second.id == "3.14")
        // The first link was withdrawn: that the same person was asked a moment ago does not count.
        try store.open(second, requester: "U-5", token: "second", now: Samples.start)
        #expect(try store.take(SurveyAnswer(score: 4), token: "second", now: Samples.start) == .open)
        let again = [try Samples.status("solved", "open", seq: 16), try Samples.solved(seq: 18)]
        #expect(try !store.take(Samples.batch(again), now: Samples.start))
        #expect(try store.latest(ticket)?.state == .recording)
    }

    @Test(arguments: [(Int64(6), SurveyState.skipped), (7, .open), (30, .open)])
    func onePersonIsAskedOnceInSomeDays(daysLater: Int64, state: SurveyState) throws {
        let (store, _) = try scratch.openSurvey()
        let later = Samples.start + Samples.days(daysLater)
        _ = try store.take(Samples.batch([try Samples.solved("T-2", seq: 20), try Samples.solved("T-3", seq: 21)]), now: later)
        let (mine, others) = (TicketID(rawValue: 2), TicketID(rawValue: 3))
        try store.open(try #require(try store.latest(mine)), requester: "U-5", token: "mine", now: later)
        try store.open(try #require(try store.latest(others)), requester: "U-6", token: "others", now: later)
        #expect(try store.latest(mine)?.state == state)
        #expect(try store.latest(others)?.state == .open)
        #expect(try store.summary().skipped == (state == .skipped ? 1 : 0))
    }

    @Test func anAnswerIsTakenOnce() throws {
        let (store, token) = try scratch.openSurvey()
        #expect(try store.take(SurveyAnswer(score: 2, comment: "slow"), token: token, now: Samples.start) == .open)
        #expect(try store.take(SurveyAnswer(score: 5, comment: nil), token: token, now: Samples.start) == .answered)
        let survey = try #require(try store.survey(token: token))
        #expect(survey.score == 2)
        #expect(survey.comment == "slow")
        #expect(try store.take(SurveyAnswer(score: 5), token: SurveyToken.make(), now: Samples.start) == .unknown)
    }

    @Test func anExpiredLinkTakesNothing() throws {
        let (store, token) = try scratch.openSurvey()
        #expect(try store.take(SurveyAnswer(score: 2), token: token, now: Samples.start + Samples.days(14)) == .expired)
        #expect(try store.survey(token: token)?.score == nil)
    }

    @Test func anAnswerIsNotUndoneByWhatWasUnderWay() throws {
        let (store, token) = try scratch.openSurvey()
        let before = try #require(try store.survey(token: token))
        _ = try store.take(SurveyAnswer(score: 3), token: token, now: Samples.start)
        try store.asked(before, now: Samples.start)
        try store.reminded(before, problem: nil, now: Samples.start)
        try store.end(before, .expired)
        try store.postpone(before, problem: "late", until: .latest)
        #expect(try store.survey(token: token)?.state == .recording)
        #expect(try store.nextWake() == .earliest)
    }

    @Test func anotherLogIsAnotherDesk() throws {
        let (store, token) = try scratch.openSurvey()
        _ = try store.take(Samples.batch([try Samples.solved(seq: 2)], logID: "new"), now: Samples.start)
        #expect(try store.survey(token: token)?.state == .withdrawn)
        #expect(try store.latest(ticket)?.id == "3.2")
    }

    @Test func nobodyElseMayReadTheFile() throws {
        _ = try scratch.store()
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func figuresAreCounted() throws {
        let store = try scratch.store()
        let scores: [Int64?] = [5, 4, 2, nil]
        for (index, score) in scores.enumerated() {
            let number = Int64(index + 1)
            _ = try store.take(Samples.batch([try Samples.solved("T-\(number)", seq: 10 + number)]), now: Samples.start)
            let survey = try #require(try store.latest(TicketID(rawValue: number)))
            try store.open(survey, requester: "U-\(number)", token: "t\(number)", now: Samples.start)
            try store.asked(try #require(try store.survey(token: "t\(number)")), now: Samples.start)
            if let score { _ = try store.take(SurveyAnswer(score: score), token: "t\(number)", now: Samples.start) }
        }
        let answer = try store.summary().json
        #expect(answer["asked"] == 4)
        #expect(answer["n"] == 3)
        #expect(answer["csat_percent"] == 66.7)
        #expect(answer["response_rate"]?.number == 75)
        #expect(SurveySummary.percent(0, 0) == .null)
    }

    @Test func theOwnerSeesTheLinkWhileItIsGood() throws {
        let (store, token) = try scratch.openSurvey()
        func state(at now: Timestamp) throws -> JSON {
            try store.standingAnswer(of: ticket, address: "https://desk.example", now: now)
        }
        #expect(try state(at: Samples.start)["url"] == .string("https://desk.example/s/\(token)"))
        #expect(try state(at: Samples.start + Samples.days(14))["url"] == nil)
        #expect(try store.standingAnswer(of: TicketID(rawValue: 9), address: nil, now: Samples.start)["state"] == "none")
    }

    @Test(arguments: [[:], ["ticket": "U-1"], ["ticket": 1], ["ticket": "T-1", "more": 1]] as [JSON])
    func wrongParametersAreRefused(params: JSON) {
        #expect(throws: RPCError.self) { try SurveyQuery(params) }
    }
}
