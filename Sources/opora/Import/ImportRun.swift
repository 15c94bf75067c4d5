import OporaPluginKit

/// Replays an incident log: reads rows, sends them in lanes, keeps the tally.
struct ImportRun<Source: ByteSource> {
    /// Rows between two looks at the clock for the progress line.
    static var rowsPerLook: Int64 { 256 }
    /// Milliseconds between two progress lines.
    static var progressMilliseconds: Int64 { 200 }

    /// How an import came to its end.
    enum Ending: Sendable {
        case finished
        case interrupted
        case failed(Failure)
    }

    private var reader: CSVReader<Source>
    private let mapper: any ImportMapper
    /// Sends; nil for a trial without a kernel.
    private let sender: ImportSender?
    private let stop: StopSign
    private let size: Int?
    private let output: Output
    private(set) var tally = ImportTally()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant
    private var lanes = ImportLanes()
    private var isBusy = Array(repeating: false, count: ImportLanes.count)

    /// Reads the header, so that a wrong file is refused before anything is sent.
    init(
        _ source: Source, size: Int?, sender: ImportSender?, stop: StopSign, output: Output,
        mapper: ([String]) throws -> any ImportMapper
    ) throws {
        reader = CSVReader(source)
        self.sender = sender
        self.stop = stop
        self.size = size
        self.output = output
        start = clock.now
        shown = start
        let first: CSVReader<Source>.Item
        do throws(ReadFault) { first = try reader.next() } catch { throw error.failure }
        guard case .row(let header) = first else {
            throw Failure.badData("the file has no header that can be read", ru: "в файле нет заголовка, который можно прочесть")
        }
        self.mapper = try mapper((0..<header.count).map(header.text))
    }

    /// The same for an incident log of ServiceNow.
    init(_ source: Source, size: Int?, zone: ZoneRules, sender: ImportSender?, stop: StopSign, output: Output) throws {
        try self.init(source, size: size, sender: sender, stop: stop, output: output) { header in
            ServiceNowMapper(columns: try ServiceNowColumns(header: header), zone: zone)
        }
    }

    /// Columns that are not there and whose fields stay empty.
    var absent: [String] { mapper.absent }
    var elapsed: Duration { clock.now - start }

    /// Goes through the file. What is under way when it ends early is waited for and counted.
    mutating func run() async -> Ending {
        var ending = Ending.finished
        await withTaskGroup(of: Result<BatchOutcome, Failure>.self) { group in
            do throws(Failure) {
                try await readRows(&group)
                if stop.isRaised {
                    ending = .interrupted
                } else {
                    for lane in 0..<ImportLanes.count { try await send(lanes.take(lane), &group) }
                }
            } catch {
                ending = .failed(error)
            }
            while let result = await group.next() {
                do throws(Failure) { try settle(result) } catch {
                    if case .finished = ending { ending = .failed(error) }
                }
            }
        }
        output.endProgress()
        return ending
    }

    private typealias Group = TaskGroup<Result<BatchOutcome, Failure>>

    private mutating func readRows(_ group: inout Group) async throws(Failure) {
        while !stop.isRaised {
            let item: CSVReader<Source>.Item
            do throws(ReadFault) { item = try reader.next() } catch { throw error.failure }
            switch item {
            case .end: return
            case .bad(let line, let fault): tally.add(bad: line, .shape(fault))
            case .row(let row): try await take(row, &group)
            }
            if tally.rows % Self.rowsPerLook == 0 { showProgress() }
        }
    }

    private mutating func take(_ row: CSVRow, _ group: inout Group) async throws(Failure) {
        let mapped: ImportRow
        do throws(RowFault) { mapped = try mapper.row(row) } catch { return tally.add(bad: row.line, error) }
        tally.add(mapped)
        if sender != nil, let full = lanes.add(mapped) { try await send(full, &group) }
    }

    /// Sends a batch as soon as its lane is free.
    private mutating func send(_ batch: ImportLanes.Batch, _ group: inout Group) async throws(Failure) {
        guard let sender, !batch.isEmpty else { return }
        while isBusy[batch.lane], let result = await group.next() {
            try settle(result)
            showProgress()
        }
        isBusy[batch.lane] = true
        group.addTask {
            do { return .success(try await sender.send(batch)) } catch { return .failure(Failure(any: error)) }
        }
    }

    private mutating func settle(_ result: Result<BatchOutcome, Failure>) throws(Failure) {
        let outcome = try result.get()
        isBusy[outcome.lane] = false
        tally.add(outcome)
    }

    private mutating func showProgress() {
        let now = clock.now
        guard (now - shown).milliseconds >= Self.progressMilliseconds else { return }
        shown = now
        let rate = ImportRate.perSecond(tally.rows, now - start)
        let share = size.map { " · \(reader.bytesDone * 100 / max(1, $0)) %" } ?? ""
        let en = "\(Language.en.number(tally.rows)) rows · \(Language.en.number(rate)) rows/s\(share)"
        let ru = "\(Language.ru.number(tally.rows)) строк · \(Language.ru.number(rate)) строк/с\(share)"
        output.progress(en, ru: ru)
    }
}

/// How fast an import was.
enum ImportRate {
    static func perSecond(_ rows: Int64, _ elapsed: Duration) -> Int64 { rows * 1000 / max(1, elapsed.milliseconds) }
}
