import OporaDomain
import OporaProtocol
import OporaTime
import Testing

@Suite("Edits, reopening, waiving, warnings")
struct EditTests {
    static let office = #"{"zone":"UTC","hours":{"mon":[["08:00","12:00"]],"tue":[["08:00","12:00"]],"wed":[["08:00","12:00"]]}}"#
    static let withHoliday =
        #"{"zone":"UTC","hours":{"mon":[["08:00","12:00"]],"tue":[["08:00","12:00"]],"wed":[["08:00","12:00"]]},"holidays":["2026-11-24"]}"#
    static let allMonday = #"{"zone":"UTC","hours":{"mon":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}}"#

    @Test("A holiday that is added while the ticket is open moves the due instant; what ended keeps its version")
    func holiday() throws {
        var desk = try Desk([.firstResponse: 60, .resolution: 300], hours: Self.office)
        try desk.says(.agent, 10)
        #expect(desk.target(.resolution)?.dueAt?.text == "2026-11-24T09:00:00.000Z")
        try desk.edits(hours: Self.withHoliday, 120)
        #expect(desk.target(.resolution)?.dueAt?.text == "2026-11-25T09:00:00.000Z")
        #expect(desk.target(.resolution)?.calendarVersion == 2 && desk.target(.firstResponse)?.calendarVersion == 1)
        #expect(desk.story.last == "recomputed resolution@120")
        let again = desk.ticket
        #expect(desk.ticket.takeOver(SLAEdit(.calendar(Desk.calendar), at: desk.at(121)), desk.book).isEmpty)
        #expect(desk.ticket == again, "taking it over again changes nothing")
    }

    @Test("An edit that moves the due instant into the past breaches once, at the edit, because of the calendar")
    func past() throws {
        let sunday = try #require(Timestamp("2026-11-22T10:00:00Z"))
        var desk = try Desk([.firstResponse: 60], hours: Self.office, created: sunday)
        try desk.edits(hours: Self.allMonday, 20 * 60)
        #expect(desk.target(.firstResponse)?.dueAt == desk.at(60) && desk.target(.firstResponse)?.breachedAt == desk.at(20 * 60))
        #expect(desk.breaches().map { $0.data["cause"] } == ["calendar_changed"])
        desk.tick(90_000)
        #expect(desk.breaches().count == 1)
    }

    @Test("A target that keeps its versions counts with them, until its ticket changes")
    func kept() throws {
        var desk = try Desk([.resolution: 300], hours: Self.office)
        desk.book.add(try CalendarTests.calendar(Self.withHoliday), id: Desk.calendar, version: 2)
        try desk.goes(.pending, 60)
        try desk.goes(.open, 120)
        #expect(desk.target(.resolution)?.dueAt?.text == "2026-11-24T10:00:00.000Z")
        desk.moves(to: 3, 130)
        #expect(desk.target(.resolution)?.dueAt?.text == "2026-11-25T10:00:00.000Z")
        #expect(desk.target(.resolution)?.calendarVersion == 2)
    }

    @Test("A new version of a policy counts open targets anew; one that it no longer promises is cancelled, a new one starts")
    func policy() throws {
        var desk = try Desk([.firstResponse: 60, .resolution: 600])
        desk.edits(30) { $0.targets = [.normal: [.resolution: 120 * Desk.minute, .nextResponse: 30 * Desk.minute]] }
        #expect(desk.states(.firstResponse) == [.cancelled] && desk.dues(.resolution) == [120])
        #expect(desk.target(.resolution)?.policyVersion == 2 && desk.target(.resolution)?.dueRevision == 1)
        desk.edits(40) { $0.targets = [.normal: [.resolution: 20 * Desk.minute]] }
        #expect(desk.breaches().map { $0.data["cause"] } == ["policy_changed"])
        #expect(desk.breaches().first?.at == desk.at(40) && desk.dues(.resolution) == [20])
        desk.edits(50) { $0.isRetired = true }
        #expect(desk.target(.resolution)?.state == .breached, "a breach is not taken back")
    }

    @Test("A retired policy gives way to the next one that matches")
    func retired() throws {
        var desk = try Desk([.resolution: 60])
        desk.book.add(
            SLAPolicy(
                id: PolicyID(rawValue: 2), name: "Fallback", position: 9, calendar: Desk.calendar,
                targets: [.normal: [.resolution: 240 * Desk.minute]]))
        desk.edits(30) { $0.isRetired = true }
        #expect(desk.target(.resolution)?.policy == PolicyID(rawValue: 2) && desk.dues(.resolution) == [240])
    }

    @Test("An edit of another policy leaves a ticket alone")
    func other() throws {
        var desk = try Desk([.resolution: 60])
        let before = desk.ticket
        #expect(desk.ticket.takeOver(SLAEdit(.policy(PolicyID(rawValue: 7)), at: desk.at(5)), desk.book).isEmpty)
        #expect(desk.ticket.takeOver(SLAEdit(.calendar(CalendarID(rawValue: 7)), at: desk.at(5)), desk.book).isEmpty)
        #expect(desk.ticket == before)
    }

    @Test("A policy that pauses more or less than the one before does so from the change on")
    func pausesChange() throws {
        var desk = try Desk([.resolution: 60])
        try desk.goes(.onHold, 10)
        desk.edits(20) { $0.pauses = (try? PausePlan(reading: ["resolution": ["on_hold"]])) ?? $0.pauses }
        #expect(desk.target(.resolution)?.state == .paused)
        desk.edits(50) { $0.pauses = PausePlan() }
        #expect(desk.target(.resolution)?.dueAt == desk.at(90))
        #expect(desk.target(.resolution)?.pauses == [.init(from: desk.at(20), to: desk.at(50))])
    }

    @Test("What an edit would do is told, and nothing is changed")
    func preview() throws {
        var desk = try Desk([.firstResponse: 60, .resolution: 240])
        try desk.says(.agent, 5)
        let before = desk.ticket
        var next = desk.policy
        next.targets = [.normal: [.resolution: 30 * Desk.minute, .tierTime: Desk.minute]]
        next.version = 2
        var book = desk.book
        book.add(next)
        let changes = desk.ticket.preview(SLAEdit(.policy(next.id), at: desk.at(60)), book)
        #expect(desk.ticket == before && changes.count == 1)
        #expect(changes.first?.before?.dueAt == desk.at(240) && changes.first?.after?.dueAt == desk.at(30))
        #expect(changes.first?.after?.state == .breached)
    }

    @Test(
        "A reopening begins a new cycle, or goes on with the one there was",
        arguments: [
            (Reopening.newCycle, [TargetState.met, .running], [240, 540] as [Int64?]), (.continue, [.running], [360]),
        ] as [(Reopening, [TargetState], [Int64?])])
    func reopened(mode: Reopening, states: [TargetState], dues: [Int64?]) throws {
        var desk = try Desk([.resolution: 240]) { $0.reopening = mode }
        try desk.goes(.solved, 180)
        try desk.goes(.open, 300)
        #expect(desk.states(.resolution) == states && desk.dues(.resolution) == dues)
    }

    @Test("A cycle that was breached stays breached when it goes on")
    func continuedBreach() throws {
        var desk = try Desk([.resolution: 60]) { $0.reopening = .continue }
        desk.tick(61)
        try desk.goes(.solved, 90)
        try desk.goes(.open, 120)
        #expect(desk.states(.resolution) == [.breached] && desk.target(.resolution)?.breachedAt == desk.at(60))
        try desk.goes(.solved, 130)
        #expect(desk.breaches().count == 1 && desk.target(.resolution)?.endedAt == desk.at(130))
    }

    @Test("A breach is withdrawn by a waiver alone, with a reason, once")
    func waived() throws {
        var desk = try Desk([.resolution: 60])
        #expect(throws: Rejection.self) {
            try desk.ticket.waive(.resolution, reason: "vendor", at: desk.at(10), desk.book)
        }
        #expect(throws: Rejection.self) {
            try desk.ticket.waive(.tierTime, reason: "vendor", at: desk.at(10), desk.book)
        }
        desk.facts += try desk.ticket.waive(.resolution, cycle: 1, reason: "vendor", at: desk.at(70), desk.book)
        #expect(desk.story == ["applied resolution@0", "breached resolution@60", "waived resolution@70"])
        #expect(desk.facts.last?.data["reason"] == "vendor" && desk.target(.resolution)?.state == .waived)
        desk.edits(80) { $0.targets = [.normal: [.resolution: 10 * Desk.minute]] }
        desk.tick(900)
        try desk.goes(.solved, 1000)
        #expect(desk.breaches().count == 1 && desk.target(.resolution)?.state == .waived)
    }

    @Test(
        "A threshold is a percentage, or working time before the due instant",
        arguments: [
            (#"[50]"#, [30]), (#"[{"before_ms":600000}]"#, [50]), (#"[{"before_ms":600000},50]"#, [30, 50]),
            (#"[{"before_ms":3600000}]"#, []), (#"[{"before_ms":7200000}]"#, []), (#"[]"#, []),
        ] as [(String, [Int64])])
    func thresholds(text: String, expected: [Int64]) throws {
        var desk = try Desk([.resolution: 60]) {
            $0.warnings = try WarningPlan(reading: nil, byTarget: ["resolution": JSON(parsing: text)])
        }
        for minute in Int64(1)...59 { desk.tick(minute) }
        let warnings = desk.facts.filter { $0.type == .slaWarning }
        #expect(warnings.map { ($0.at - desk.ticket.createdAt) / Desk.minute } == expected)
        #expect(Set(warnings.compactMap(\.repeatKey)).count == expected.count)
    }

    @Test("A warning is given once for each due instant, and again where a change moved it ahead")
    func revisions() throws {
        var desk = try Desk([.resolution: 60]) { $0.warnings = WarningPlan(percentages: [50]) }
        desk.tick(31)
        try desk.goes(.pending, 35)
        try desk.goes(.open, 45)
        desk.tick(50)
        #expect(desk.story.filter { $0.hasPrefix("warning") } == ["warning resolution@30"])
        desk.edits(50) { $0.targets = [.normal: [.resolution: 240 * Desk.minute]] }
        desk.tick(200)
        #expect(desk.story.filter { $0.hasPrefix("warning") } == ["warning resolution@30", "warning resolution@130"])
        desk.edits(205) { $0.targets = [.normal: [.resolution: 239 * Desk.minute]] }
        desk.tick(206)
        #expect(desk.story.filter { $0.hasPrefix("warning") }.count == 2, "its instant lay behind: it is not given again")
        #expect(Set(desk.facts.filter { $0.type == .slaWarning }.compactMap(\.repeatKey)).count == 2)
    }
}
