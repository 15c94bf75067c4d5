import OporaPluginKit

/// From when to when an incident log goes, on the wall clock of the people who wrote it.
struct LogSpan: Hashable, Sendable {
    /// When the first and the last call came in.
    var firstCall, lastCall: LocalTime
    /// The last thing that happened.
    var end: LocalTime

    /// The span of a made-up log; nil for an empty one.
    init?(rows: [IncidentRow]) {
        func local(_ minutes: Int) -> LocalTime {
            LocalTime(date: CivilDate(daysSinceEpoch: minutes / 1440), millisecondsOfDay: Int64(minutes % 1440) * 60_000)
        }
        let calls = rows.map(\.facts.opened)
        guard let first = calls.min(), let last = calls.max(), let end = rows.map(\.at).max() else { return nil }
        firstCall = local(first)
        lastCall = local(last)
        self.end = local(end)
    }

    /// The span of a file. Rows that can't be read are left out here; the import tells of them.
    init(_ source: some ByteSource) throws {
        var reader = CSVReader(source)
        guard case .row(let header) = try LogSpan.next(&reader) else { throw LogSpan.empty }
        let columns = try ServiceNowColumns(header: (0..<header.count).map(header.text))
        var calls: (first: LocalTime, last: LocalTime)?
        var latest: LocalTime?
        reading: while true {
            switch try LogSpan.next(&reader) {
            case .end: break reading
            case .bad: continue
            case .row(let row):
                guard let call = DayFirstTime.parse(row.field(columns.openedAt)),
                    let update = DayFirstTime.parse(row.field(columns.updatedAt))
                else { continue }
                calls = calls.map { (min($0.first, call), max($0.last, call)) } ?? (call, call)
                latest = max(latest ?? update, update)
            }
        }
        guard let calls, let latest else { throw LogSpan.empty }
        firstCall = calls.first
        lastCall = calls.last
        end = latest
    }

    private static func next<Source>(_ reader: inout CSVReader<Source>) throws(Failure) -> CSVReader<Source>.Item {
        do { return try reader.next() } catch { throw error.failure }
    }

    private static var empty: Failure {
        .badData("the log holds no rows with times", ru: "в журнале нет строк с датами")
    }
}
