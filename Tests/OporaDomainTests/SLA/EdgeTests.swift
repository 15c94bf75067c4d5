import OporaDomain
import OporaProtocol
import OporaTime
import Testing

/// The edge list of other products' bug trackers: each once went wrong somewhere.
@Suite("Edges of the SLA")
struct EdgeTests {
    @Test(
        "Zones that do what zones do",
        arguments: [
            // Half an hour, and three quarters, off the full one.
            (
                #"{"zone":"Asia/Kolkata","hours":{"mon":[["09:00","17:00"]]}}"#, "2026-11-23T00:00:00Z", 60,
                "2026-11-23T04:30:00.000Z"
            ),
            (
                #"{"zone":"Asia/Kathmandu","hours":{"mon":[["09:00","17:00"]]}}"#, "2026-11-23T00:00:00Z", 60,
                "2026-11-23T04:15:00.000Z"
            ),
            // A change of half an hour: the day in April has 24 and a half, the one in October 23 and a half.
            (
                #"{"zone":"Australia/Lord_Howe","hours":{"sun":[["00:00","24:00"]]}}"#, "2022-04-01T00:00:00Z", 1470,
                "2022-04-03T13:30:00.000Z"
            ),
            (
                #"{"zone":"Australia/Lord_Howe","hours":{"sun":[["00:00","24:00"]]}}"#, "2022-10-01T00:00:00Z", 1410,
                "2022-10-02T13:00:00.000Z"
            ),
            // A midnight that does not exist.
            (
                #"{"zone":"America/Sao_Paulo","hours":{"sun":[["00:00","24:00"]]}}"#, "2015-10-17T12:00:00Z", 60,
                "2015-10-18T04:00:00.000Z"
            ),
            // A day that does not exist.
            (
                #"{"zone":"Pacific/Apia","hours":{"fri":[["09:00","17:00"]],"sat":[["09:00","17:00"]]}}"#, "2011-12-30T00:00:00Z",
                480, "2011-12-31T03:00:00.000Z"
            ),
            // The 29th of February, and a yearly holiday on it.
            (#"{"zone":"UTC","hours":{"thu":[["09:00","17:00"]]}}"#, "2024-02-29T00:00:00Z", 60, "2024-02-29T10:00:00.000Z"),
            (
                #"{"zone":"UTC","always_open":true,"holidays_yearly":["02-29"]}"#, "2024-02-28T23:30:00Z", 60,
                "2024-03-01T00:30:00.000Z"
            ),
            (
                #"{"zone":"UTC","always_open":true,"holidays_yearly":["02-29"]}"#, "2023-02-28T23:30:00Z", 60,
                "2023-03-01T00:30:00.000Z"
            ),
            // Created inside the gap of the spring, and in the hour that comes twice.
            (
                #"{"zone":"Europe/Berlin","hours":{"sun":[["02:00","04:00"]]}}"#, "2022-03-27T01:00:00Z", 30,
                "2022-03-27T01:30:00.000Z"
            ),
            (
                #"{"zone":"Europe/Berlin","hours":{"sun":[["02:00","03:00"]]}}"#, "2022-10-30T00:00:00Z", 90,
                "2022-10-30T01:30:00.000Z"
            ),
        ] as [(String, String, Int64, String)])
    func zones(text: String, start: String, minutes: Int64, expected: String) throws {
        let calendar = try CalendarTests.calendar(text)
        let from = try #require(Timestamp(start))
        let due = try calendar.due(start: from, budget: minutes * 60_000)
        #expect(due.text == expected)
        #expect(calendar.worked(from: from, to: due) == minutes * 60_000)
    }

    @Test("Stretches meet without a seam: time over many years is what the days of it sum up to")
    func seams() throws {
        let hours = #""mon":[["22:00","24:00"]],"tue":[["00:00","06:00"]],"sun":[["00:00","24:00"]]"#
        for zone in ["Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo", "Europe/Berlin"] {
            let calendar = try CalendarTests.calendar("{\"zone\":\"\(zone)\",\"hours\":{\(hours)}}")
            let start = try #require(Timestamp("2009-01-01T00:00:00Z"))
            let end = try #require(Timestamp("2013-06-01T00:00:00Z"))
            var sum: Int64 = 0
            var day = start
            while day < end {
                sum += calendar.worked(from: day, to: day + 86_400_000)
                day = day + 86_400_000
            }
            #expect(sum == calendar.worked(from: start, to: day))
            #expect(calendar.worked(from: end, to: start) == 0)
        }
    }

    @Test("A reply in the millisecond of the due instant meets it")
    func sameMillisecond() throws {
        var desk = try Desk([.firstResponse: 60])
        desk.tick(60)
        try desk.says(.agent, 60)
        #expect(desk.states(.firstResponse) == [.met] && desk.breaches().isEmpty)
    }

    @Test("10,000 tickets that fall due in one second breach each once, at their own instant")
    func many() throws {
        let start = Bench.start
        var first = try Desk([.resolution: 60])
        var breaches: [EventDraft] = []
        for number in 0..<10_000 {
            var ticket = Ticket(
                id: TicketID(rawValue: Int64(number + 1)), subject: "x", channel: .email, requester: UserID(rawValue: 1),
                createdAt: start + Int64(number % 1000), updatedAt: start)
            _ = ticket.create(opening: nil, first.book)
            breaches += ticket.tick(now: start + 2 * Desk.hour, first.book).filter { $0.type == .slaBreached }
            breaches += ticket.tick(now: start + 3 * Desk.hour, first.book).filter { $0.type == .slaBreached }
        }
        first.tick(1)
        #expect(breaches.count == 10_000 && Set(breaches.compactMap(\.repeatKey)).count == 10_000)
        #expect(breaches.allSatisfy { $0.at >= start + Desk.hour && $0.at < start + Desk.hour + 1000 })
    }

    @Test("A clock that steps back takes nothing back and doubles nothing")
    func backwards() throws {
        var desk = try Desk([.firstResponse: 30, .resolution: 60]) { $0.warnings = WarningPlan(percentages: [50]) }
        desk.tick(61)
        let count = desk.facts.count
        desk.tick(10)
        #expect(desk.facts.count == count)
        try desk.says(.agent, 5)
        try desk.goes(.pending, 4)
        try desk.goes(.open, 3)
        desk.tick(400)
        #expect(desk.breaches().count == 2)
        #expect(desk.target(.resolution)?.breachedAt == desk.at(60))
    }

    @Test("A fact of time has the same key, whenever it is found")
    func keys() throws {
        var early = try Desk([.resolution: 60])
        var late = try Desk([.resolution: 60])
        early.tick(61)
        late.tick(6000)
        #expect(early.breaches().map(\.repeatKey) == late.breaches().map(\.repeatKey))
        #expect(early.breaches().first?.repeatKey == "T-1/resolution/1/b/0")
        #expect(early.breaches().first?.data["detected_at"] != late.breaches().first?.data["detected_at"])
    }

    @Test("A pause that begins with the due instant comes too late; one a millisecond before is in time")
    func pauseAtDue() throws {
        var late = try Desk([.resolution: 60])
        try late.goes(.pending, 60)
        #expect(late.breaches().map(\.at) == [late.at(60)])
        var inTime = try Desk([.resolution: 60])
        inTime.facts += try inTime.ticket.setStatus(.pending, at: inTime.at(60) - 1, inTime.book)
        #expect(inTime.breaches().isEmpty && inTime.target(.resolution)?.state == .paused)
    }

    @Test("After a wake-up that was long ago the time since then counts")
    func lateWakeUp() throws {
        var desk = try Desk([.resolution: 60])
        desk.facts += try desk.ticket.setStatus(.pending, wakeAt: desk.at(100), at: desk.at(10), desk.book)
        desk.tick(5000)
        #expect(desk.ticket.status == .open && desk.breaches().map(\.at) == [desk.at(150)])
    }
}
