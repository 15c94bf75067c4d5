import OporaPluginKit
import Testing

@testable import opora

@Suite("The made-up incident log") struct IncidentGeneratorTests {
    private static let made = IncidentGenerator(seed: 7, tickets: 600)

    @Test("The same seed gives the same log, another seed another one")
    func seed() {
        let again = IncidentGenerator(seed: 7, tickets: 600)
        #expect(Self.made.rows() == again.rows())
        #expect(Self.made.rows() != IncidentGenerator(seed: 8, tickets: 600).rows())
    }

    @Test("SplitMix64 gives the numbers of the reference implementation")
    func reference() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in random.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test("It has as many incidents as were asked for", arguments: [1, 2, 30, 600])
    func count(tickets: Int) {
        let rows = IncidentGenerator(seed: 3, tickets: tickets).rows()
        #expect(Set(rows.map(\.facts.number)).count == tickets)
    }

    @Test("Lines stand by incident and then by time, after the call and before the export")
    func order() throws {
        let rows = Self.made.rows()
        for (row, next) in zip(rows, rows.dropFirst()) {
            if row.facts.number == next.facts.number {
                #expect(row.at <= next.at)
                #expect(row.changes < next.changes)
            } else {
                #expect(row.facts.number < next.facts.number)
                #expect(row.facts.opened <= next.facts.opened)
            }
        }
        for row in rows {
            #expect(row.facts.opened < row.at && row.at < Self.made.end)
            #expect(row.facts.closed.map { $0 < Self.made.end } ?? true)
        }
    }

    @Test("Nothing happens after the closing, and only a solved incident is closed or opened again")
    func states() {
        let rows = Self.made.rows()
        for (row, next) in zip(rows, rows.dropFirst()) where row.facts.number == next.facts.number {
            #expect(row.state != .closed)
            if next.state == .closed { #expect(row.state == .resolved) }
            if next.reopens > row.reopens { #expect(row.state == .resolved && next.state == .active) }
        }
        #expect(rows.contains { $0.reopens > 0 })
        #expect(rows.contains { $0.state == .awaitingUser })
    }

    @Test("Most calls come in on weekdays and in office hours, and some work is left at the end")
    func shape() {
        // The last line of each incident.
        let incidents = Dictionary(Self.made.rows().map { ($0.facts.number, $0) }, uniquingKeysWith: { _, last in last }).values
        let onWeekend = incidents.count { [.sat, .sun].contains(Weekday(daysSinceEpoch: $0.facts.opened / 1440)) }
        let atDay = incidents.count { (480..<1080).contains($0.facts.opened % 1440) }
        let isLeft = incidents.count { $0.state != .resolved && $0.state != .closed }
        #expect(onWeekend * 8 < incidents.count)
        #expect(atDay * 4 > incidents.count * 3)
        #expect(isLeft * 10 > incidents.count && isLeft * 2 < incidents.count)
    }

    @Test("The CSV has the columns of the public log on every line")
    func csv() throws {
        let lines = Self.made.csv().split(separator: "\n")
        #expect(lines.count == Self.made.rows().count + 1)
        #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 36 })
        #expect(lines[0].hasPrefix("number,incident_state,active,") && lines[0].hasSuffix(",resolved_at,closed_at"))
        #expect(lines.dropFirst().contains { $0.contains(",?,") })
    }

    @Test(
        "Times are written day first, hours with two digits",
        arguments: [(0, "1/1/1970 00:00"), (1440 * 59 + 76, "1/3/1970 01:16")])
    func time(minutes: Int, text: String) {
        #expect(IncidentRow.time(minutes) == text)
    }
}
