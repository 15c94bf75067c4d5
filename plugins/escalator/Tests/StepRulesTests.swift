import OporaPluginKit
import Testing

@testable import escalator

@Suite("What a step is for the ticket as it stands")
struct StepRulesTests {
    @Test(arguments: [(Priority.low, Priority.normal), (.normal, .high), (.high, .urgent)])
    func priorityGoesOneUp(from: Priority, to: Priority) throws {
        guard case .send(let command) = StepRules.raise(Samples.ticket(priority: from)) else {
            Issue.record("nothing is sent for \(from)")
            return
        }
        #expect(command.method == "ticket.set_priority")
        #expect(command.params == ["ticket": "T-1", "priority": .string(to.rawValue), "expected_version": 4])
        #expect(command.outcome == .raised(from: from, to: to))
    }

    @Test func urgentIsTheEnd() {
        #expect(StepRules.raise(Samples.ticket(priority: .urgent)) == .skip(.alreadyUrgent))
    }

    @Test func theLeadGetsTheTicketUnlessItIsTheirs() {
        #expect(StepRules.assign(Samples.ticket(group: nil), lead: nil) == .skip(.noGroup))
        #expect(StepRules.assign(Samples.ticket(), lead: nil) == .skip(.noLead))
        #expect(StepRules.assign(Samples.ticket(assignee: "U-1"), lead: "U-1") == .skip(.alreadyTheirs))
        let expected = StepRules.Command(
            method: "ticket.assign", params: ["ticket": "T-1", "assignee": "U-1", "expected_version": 4],
            outcome: .assigned("U-1"))
        #expect(StepRules.assign(Samples.ticket(), lead: "U-1") == .send(expected))
        #expect(StepRules.assign(Samples.ticket(assignee: nil), lead: "U-1") == .send(expected))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var kind: Trigger.Kind
        var step = StepKind.raisePriority
        var status = TicketStatus.open
        var target: TicketSnapshot.Target?
        var isBegun = false
        var expected: SkipReason?
        var testDescription: String { "\(kind), \(status), \(target?.state?.rawValue ?? "-") -> \(expected?.rawValue ?? "go")" }
    }

    static let rows: [Row] = [
        Row(kind: .breach, status: .solved, expected: .ticketOver),
        Row(kind: .breach, status: .closed, expected: .ticketOver),
        Row(kind: .breach, status: .pending, expected: nil),
        Row(kind: .breach, target: .init(target: "resolution", cycle: 2, state: .running), expected: .earlierCycle),
        Row(kind: .breach, target: .init(target: "resolution", cycle: 1, state: .breached), expected: nil),
        Row(kind: .breach, target: .init(target: "first_response", cycle: 2, state: .running), expected: nil),
        Row(kind: .warning, target: .init(target: "resolution", cycle: 1, state: .running), expected: nil),
        Row(kind: .warning, target: .init(target: "resolution", cycle: 1, state: .paused), expected: nil),
        Row(kind: .warning, target: .init(target: "resolution", cycle: 1, state: .met), expected: .riskPassed),
        Row(kind: .warning, target: .init(target: "resolution", cycle: 1, state: .breached), expected: .riskPassed),
        Row(kind: .warning, step: .note, target: .init(target: "resolution", cycle: 1, state: .breached), expected: nil),
        Row(kind: .warning, step: .note, target: .init(target: "resolution", cycle: 1, state: .met), expected: .riskPassed),
        Row(kind: .warning, target: .init(target: "resolution", cycle: 1, state: .breached), isBegun: true, expected: nil),
        Row(kind: .warning, status: .solved, expected: .ticketOver),
        Row(kind: .untouched, status: .new, expected: nil),
        Row(kind: .untouched, status: .pending, expected: .ticketWaits),
        Row(kind: .untouched, status: .onHold, expected: .ticketWaits),
        Row(kind: .untouched, status: .solved, expected: .ticketOver),
    ]

    @Test(arguments: rows)
    func obstacles(row: Row) {
        let trigger = Trigger(kind: row.kind, target: "resolution", round: 1)
        let ticket = Samples.ticket(status: row.status, targets: row.target.map { [$0] } ?? [])
        #expect(StepRules.obstacle(row.step, trigger, ticket, isBegun: row.isBegun) == row.expected)
    }

    struct Failure: Sendable {
        var error: CallError
        var decisions = 1
        var tries = 0
        var expected: FailureRules.Reaction
    }

    static let failures: [Failure] = [
        Failure(error: .interrupted(method: "m"), expected: .later),
        Failure(error: .noAnswer(method: "m", milliseconds: 1), decisions: 99, expected: .later),
        Failure(error: .rejected(RPCError(.unavailable, "")), expected: .later),
        Failure(error: .rejected(RPCError(.versionConflict, "")), expected: .decideAgain),
        Failure(error: .rejected(RPCError(.versionConflict, "")), decisions: 6, expected: .giveUp("version_conflict")),
        Failure(error: .rejected(RPCError(.invalidTransition, "")), expected: .decideAgain),
        Failure(error: .rejected(RPCError(.notFound, "")), expected: .decideAgain),
        Failure(error: .rejected(RPCError(.idempotencyKeyReused, "")), expected: .isDone),
        Failure(error: .rejected(RPCError(.internalError, "")), expected: .later),
        Failure(error: .rejected(RPCError(.internalError, "")), tries: 5, expected: .giveUp("internal_error")),
        Failure(error: .rejected(RPCError(.forbidden, "")), expected: .giveUp("forbidden")),
        Failure(error: .rejected(RPCError(.validationFailed, "")), expected: .giveUp("validation_failed")),
    ]

    @Test(arguments: failures)
    func reactions(row: Failure) {
        #expect(FailureRules.reaction(to: row.error, decisions: row.decisions, tries: row.tries) == row.expected)
    }

    @Test(arguments: [
        StepOutcome.raised(from: .low, to: .normal), .assigned("U-1"), .noted, .skipped(.noLead), .failed("forbidden"),
    ])
    func outcomesAreKeptAsText(outcome: StepOutcome) {
        #expect(StepOutcome(outcome.text) == outcome)
    }

    @Test func aTicketIsReadFromItsAnswer() throws {
        let answer = try JSON(
            parsing: """
                {"ticket":{"id":"T-9","version":3,"status":"on_hold","priority":"high","group":"G-2",
                "sla":[{"target":"resolution","cycle":2,"state":"paused"},{"target":"next_response","cycle":1,"state":"odd"}]}}
                """)
        let ticket = try #require(TicketSnapshot(answer: answer))
        #expect(ticket.id.rawValue == 9)
        #expect(ticket.status == .onHold)
        #expect(ticket.assignee == nil)
        #expect(ticket.targets.map(\.state) == [.paused, nil])
        #expect(TicketSnapshot(answer: ["ticket": ["id": "T-9"]]) == nil)
    }
}
