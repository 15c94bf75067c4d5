import OporaPluginKit
import Testing

@testable import opora

@Suite("Import")
struct ImportRunTests {
    static func row(_ number: String, line: Int, bytes: Int = 100) -> ImportRow {
        ImportRow(line: line, number: number, item: ["position": .int(Int64(line))], bytes: bytes)
    }

    @Test("A ticket's rows share a lane and leave it in order, and no ticket is cut where it need not be")
    func lanes() {
        var lanes = ImportLanes()
        var sent: [ImportLanes.Batch] = []
        var line = 1
        for ticket in 0..<400 {
            for _ in 0..<(ticket % 9 + 1) {
                line += 1
                if let full = lanes.add(Self.row("T\(ticket)", line: line)) { sent.append(full) }
            }
        }
        for lane in 0..<ImportLanes.count { sent.append(lanes.take(lane)) }
        #expect(sent.reduce(0) { $0 + $1.rows.count } == line - 1)
        #expect(sent.allSatisfy { $0.rows.count <= Limits.importItems })
        var seen: [String: Int] = [:]
        for (index, batch) in sent.enumerated() {
            for row in batch.rows { #expect(seen.updateValue(index, forKey: row.number) ?? index == index) }
            #expect(batch.rows.map(\.line) == batch.rows.map(\.line).sorted())
            #expect(batch.rows.allSatisfy { ImportLanes.lane(of: $0.number) == batch.lane })
        }
    }

    @Test("A ticket with more rows than a request is sent in order all the same")
    func longTicket() {
        var lanes = ImportLanes()
        var sent: [Int] = []
        for line in 1...450 {
            if let full = lanes.add(Self.row("T", line: line)) { sent += full.rows.map(\.line) }
        }
        sent += lanes.take(ImportLanes.lane(of: "T")).rows.map(\.line)
        #expect(sent == Array(1...450))
    }

    @Test("A request stays below the kernel's limit")
    func bytes() {
        var lanes = ImportLanes()
        var batches: [ImportLanes.Batch] = []
        for line in 1...50 {
            if let full = lanes.add(Self.row("T\(line / 5)", line: line, bytes: 200_000)) { batches.append(full) }
        }
        for lane in 0..<ImportLanes.count { batches.append(lanes.take(lane)) }
        #expect(batches.reduce(0) { $0 + $1.rows.count } == 50)
        #expect(batches.allSatisfy { $0.rows.reduce(0) { $0 + $1.bytes } <= ImportLanes.batchBytes })
    }

    static let file = """
        number,incident_state,opened_at,sys_updated_at,sys_updated_by,caller_id,contact_type,category,subcategory,priority,assignment_group,assigned_to
        INC1,New,1/2/2016 08:00,1/2/2016 08:10,U,C1,Phone,A,B,3 - Moderate,G1,?
        INC1,-100,1/2/2016 08:00,1/2/2016 08:20,U,C1,Phone,A,B,9 - Odd,G2,R1
        short,row
        INC2,Active,1/2/2016 08:00,99/2/2016 08:20,U,C2,Pigeon,A,B,1 - Critical,G1,R2
        INC2,Active,1/2/2016 08:00,1/2/2016 08:30,U,C2,Pigeon,A,B,1 - Critical,G1,R2
        ?,Active,1/2/2016 08:00,1/2/2016 08:30,U,C2,Phone,A,B,1 - Critical,G1,R2
        """

    static func output() -> Output { Output(language: .en, json: true, noColour: true, environment: [:]) }

    @Test("A trial reads everything and sends nothing")
    func trial() async throws {
        var run = try ImportRun(
            MemorySource(Self.file), size: nil, zone: .utc, sender: nil, stop: StopSign(), output: Self.output())
        guard case .finished = await run.run() else { throw Failure.badAnswer("import") }
        let summary = ImportSummary(
            file: "x", isTrial: true, isInterrupted: false, tally: run.tally, absent: run.absent, elapsed: .seconds(2)
        ).json(.en)
        #expect(summary["rows"] == 6 && summary["bad"] == 3 && summary["applied"] == 0 && summary["tickets"] == 2)
        #expect(summary["bad_rows"]?.array?.compactMap { $0["line"]?.int } == [4, 5, 7])
        #expect(summary["unknown_states"] == ["-100": 1])
        #expect(summary["unknown_priorities"] == ["9 - Odd": 1])
        #expect(summary["unknown_contact_types"] == ["Pigeon": 1])
        #expect(summary["seen"]?["agents"] == 2 && summary["seen"]?["groups"] == 2 && summary["seen"]?["callers"] == 2)
        #expect(summary["rows_per_second"] == 3)
        #expect(summary["absent_columns"]?.array?.count == 15)
    }

    @Test("A raised sign stops the reading")
    func stopped() async throws {
        let stop = StopSign()
        #expect(stop.raise())
        #expect(!stop.raise())
        var run = try ImportRun(MemorySource(Self.file), size: nil, zone: .utc, sender: nil, stop: stop, output: Self.output())
        guard case .interrupted = await run.run() else { throw Failure.badAnswer("import") }
        #expect(run.tally.rows == 0)
    }

    @Test("A file without a header is refused", arguments: ["", "a,b\n", "\n\n", "\"open"])
    func noHeader(text: String) {
        let failure = #expect(throws: Failure.self) {
            try ImportRun(MemorySource(text), size: nil, zone: .utc, sender: nil, stop: StopSign(), output: Self.output())
        }
        #expect(failure?.status == .badData)
    }

    @Test("The first bad lines are kept, by line; the others are counted")
    func badLines() {
        var tally = ImportTally()
        for line in (1...30).reversed() { tally.add(bad: line, .noNumber) }
        #expect(tally.bad == 30)
        #expect(tally.badLines.map(\.line) == Array(11...30))
        var outcome = BatchOutcome(lane: 0, rows: 3)
        outcome.add([
            "applied": 2, "created": 1, "skipped": 0, "changes": 5,
            "failed": [["position": 9, "external_id": "INC", "code": "not_found", "message": "m"]],
        ])
        tally.add(outcome)
        #expect(tally.applied == 2 && tally.created == 1 && tally.changes == 5 && tally.refused == 1)
        #expect(outcome.refused.first?.reason.ru == "INC: ядро отказало: не найдено (m)")
    }

    @Test("Words and distinct texts are counted within limits")
    func counts() {
        var words = WordCount()
        for index in 0..<150 { words.add("w\(index)") }
        words.add("w7")
        #expect(words.counts.count == WordCount.most && words.others == 50)
        #expect(words.sorted.first?.word == "w7" && words.sorted.last?.word == "…")
        var distinct = DistinctCount()
        for index in 0..<DistinctCount.most { distinct.add("\(index)") }
        distinct.add("0")
        #expect(distinct.count == Int64(DistinctCount.most) && !distinct.isFull)
        distinct.add("one more")
        #expect(distinct.isFull && distinct.text(.en) == "more than 262,144")
    }

    @Test(
        "The item that a refusal is about",
        arguments: [("/items/17/set/fields", 17), ("/items/0", 0), ("/source", nil), ("/items/x", nil)] as [(String, Int?)])
    func refusedItem(path: String, index: Int?) {
        #expect(ImportSender.item(.invalid(path, "type", "must be an object")) == index)
        #expect(ImportSender.item(RPCError(.unavailable, "m")) == nil)
    }
}
