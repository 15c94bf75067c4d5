import OporaPluginKit
import Testing

@testable import opora

@Suite("Failures")
struct FailureTests {
    /// Testing has a type of that name too.
    typealias Status = opora.ExitStatus

    @Test(
        "Every error of the kernel has an exit status that is no success, and a Russian sentence", arguments: ErrorCode.allCases)
    func codes(code: ErrorCode) {
        #expect(Status(code) != .ok)
        #expect(RussianRejection.sentence(code).contains { ("а"..."я").contains($0) })
        // What may succeed later must not look like a final no, and the other way round.
        if code.isRetryable { #expect([.tryAgain, .unavailable].contains(Status(code))) }
        if Status(code) == .refused { #expect(!code.isRetryable) }
    }

    @Test(
        "Exit statuses",
        arguments: [
            (.notFound, .refused), (.invalidTransition, .refused), (.versionConflict, .refused), (.validationFailed, .refused),
            (.invalidParams, .badData),
            (.methodNotFound, .usage), (.forbidden, .forbidden), (.unauthenticated, .forbidden), (.unavailable, .tryAgain),
            (.deadlineExceeded, .tryAgain), (.providerOffline, .unavailable), (.internalError, .internalFault),
        ] as [(ErrorCode, Status)])
    func statuses(code: ErrorCode, status: Status) { #expect(Status(code) == status) }

    @Test("A rejection tells the details in Russian")
    func details() {
        func ru(_ error: RPCError) -> String { Failure(CallError.rejected(error), method: "m").what.ru }
        let missing = RPCError(.notFound, "there is no ticket T-9", data: JSONObject([("kind", "ticket"), ("id", "T-9")]))
        #expect(ru(missing) == "m: обращение T-9: не найдено")
        let move = RPCError(
            .invalidTransition, "x", data: JSONObject([("from", "open"), ("to", "closed"), ("allowed", ["pending", "solved"])]))
        #expect(ru(move) == "m: из статуса open нельзя перейти в closed; можно в: pending, solved")
        let end = RPCError(.invalidTransition, "x", data: JSONObject([("from", "closed"), ("to", "open"), ("allowed", [])]))
        #expect(ru(end).hasSuffix("из этого статуса пути нет"))
        let version = RPCError(.versionConflict, "x", data: JSONObject([("current_version", 7)]))
        #expect(ru(version).contains("сейчас версия 7"))
        #expect(ru(.invalid("/subject", "required", "is missing")) == "m: неверные параметры: /subject: не указан (is missing)")
        #expect(ru(RPCError(.unavailable, "the disk is full")).hasSuffix("ничего не сделано (the disk is full)"))
        let twice = RPCError(
            .alreadyExists, "there is a group with this name already: G-1",
            data: JSONObject([("kind", "group"), ("member", "name")]))
        #expect(ru(twice) == "m: группа с таким name уже есть: G-1")
    }

    @Test("Whoever changed something learns that the outcome is unknown, whoever asked does not")
    func noAnswer() {
        let error = CallError.noAnswer(method: "m", milliseconds: 10_000)
        #expect(Failure(error, method: "m", changes: true).hint == Failure.unknownOutcome)
        #expect(Failure(error, method: "m").hint == Failure.lookAtKernel)
        #expect(Failure(error, method: "m").status == .tryAgain)
        #expect(Failure(any: error).what.en == "m: the kernel gave no answer within 10.0 s")
    }

    @Test("No kernel, no keys")
    func connecting() {
        #expect(Failure(any: CallError.noKernel("/x")).status == .unavailable)
        #expect(Failure(any: CallError.badKeyFile("/x")).status == .noInput)
        #expect(Failure(any: CallError.badDiscovery("/x")).code == "bad_discovery")
    }

    @Test("For programs a failure is one object")
    func json() {
        let error = RPCError(.versionConflict, "somebody changed it", data: JSONObject([("current_version", 7)]))
        let json = Failure(CallError.rejected(error), method: "ticket.solve").json(.en)
        #expect(json["error"]?["code"] == "version_conflict")
        #expect(json["error"]?["exit_status"] == 1)
        #expect(json["error"]?["message"] == "ticket.solve: somebody changed it")
        #expect(json["error"]?["data"] == ["current_version": 7])
    }

    @Test("What the kernel quotes can't steer the terminal")
    func harmless() {
        let failure = Failure.badData("bad: \u{1b}[2J\nsecond", ru: "")
        #expect(failure.text(.en) == "bad: \u{fffd}[2J second")
    }
}
