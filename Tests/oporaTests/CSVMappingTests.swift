import OporaPluginKit
import Testing

@testable import opora

@Suite("Import of any CSV file")
struct CSVMappingTests {
    static let yaml = """
        source: old-desk
        zone: Europe/Berlin
        columns: {external_id: No, created_at: Opened, updated_at: Changed, subject: Title, requester: Caller, status: State,
                  priority: Prio, group: Team, channel: Via}
        fields: {site: Site, unknown: Nowhere}
        status: {In work: open, Done: solved}
        priority: {P1: urgent}
        channel: {Mail: email}
        """

    static let file = """
        No,Opened,Changed,Title,Caller,State,Prio,Team,Via,Site
        7,2026-03-01 08:00,,Printer,Anna,new,P1,IT,Mail,Berlin
        7,2026-03-01 08:00,2026-03-01T09:00:00Z,Printer,Anna,Done,P1,IT,Mail,
        8,2026-03-01 08:00,,Mouse,,Lost,P1,IT,Mail,Berlin
        9,yesterday,,Mouse,Oleg,open,P1,IT,Mail,Berlin
        ,2026-03-01 08:00,,Mouse,Oleg,open,P1,IT,Mail,Berlin
        """

    private func mapper(_ header: [String]) throws -> CSVMapper {
        let mapping = try CSVMapping(file: "m.yaml", yaml: Self.yaml)
        let zone = try #require(SystemZones().zone(mapping.zoneName))
        return try CSVMapper(header: header, mapping: mapping, zone: zone)
    }

    @Test("Rows become items of import.apply, words are mapped, wrong ones are told")
    func rows() throws {
        var reader = CSVReader(MemorySource(Self.file))
        guard case .row(let header) = try reader.next() else { throw Failure.badAnswer("header") }
        let mapper = try mapper((0..<header.count).map(header.text))
        #expect(mapper.absent == ["Nowhere"])
        var items: [JSON] = []
        var faults: [RowFault] = []
        while case .row(let row) = try reader.next() {
            do throws(RowFault) { items.append(try mapper.row(row).item) } catch { faults.append(error) }
        }
        #expect(
            items.first == [
                "position": 2, "external_id": "7", "at": "2026-03-01T07:00:00.000Z",
                "create": [
                    "at": "2026-03-01T07:00:00.000Z", "subject": "Printer", "channel": "email",
                    "requester": ["external_id": "requester/Anna", "name": "Anna"],
                ],
                "set": [
                    "status": "new", "priority": "urgent", "group": ["external_id": "group/IT", "name": "IT"],
                    "fields": ["site": "Berlin"],
                ],
            ])
        #expect(items.last?["at"] == "2026-03-01T09:00:00.000Z" && items.last?["set"]?["status"] == "solved")
        #expect(
            faults == [
                .badWord(role: "status", value: "Lost"), .badTime(column: "Opened", value: "yesterday"), .noNumber,
            ])
    }

    @Test(
        "A mapping that can't work is refused before anything is read",
        arguments: [
            "columns: {external_id: No}", "colums: {}", "columns: [", "\(yaml)\nstatus: {Lost: gone}",
        ])
    func refused(yaml: String) {
        let failure = #expect(throws: Failure.self) { try CSVMapping(file: "m.yaml", yaml: yaml) }
        #expect(failure?.status == .badData)
    }

    @Test("Columns that the mapping names must be there")
    func columns() { #expect(throws: Failure.self) { try mapper(["No", "Opened"]) } }
}
