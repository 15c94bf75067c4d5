import OporaPluginKit
import Testing

@testable import opora

@Suite("ServiceNow rows")
struct ServiceNowTests {
    static let header = ServiceNowColumns.needed + ["u_symptom", "knowledge", "closed_code"]
    static let plain = [
        "number": "INC1", "incident_state": "New", "opened_at": "29/2/2016 01:16", "sys_updated_at": "29/2/2016 01:23",
        "sys_updated_by": "Updated by 21", "caller_id": "Caller 2", "contact_type": "Phone", "category": "Category 55",
        "subcategory": "Subcategory 170", "priority": "3 - Moderate", "assignment_group": "Group 56", "assigned_to": "?",
        "u_symptom": "?", "knowledge": "true", "closed_code": "code 5",
    ]

    static func map(_ change: [String: String] = [:], zone: ZoneRules = .utc) throws -> ImportRow {
        let values = plain.merging(change) { $1 }
        let line = header.map { "\"\((values[$0] ?? "?").replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
        var reader = CSVReader(MemorySource(line))
        guard case .row(var row) = try reader.next() else { throw RowFault.noNumber }
        row.line = 7
        return try ServiceNowMapper(columns: try ServiceNowColumns(header: header), zone: zone).row(row)
    }

    @Test("A row becomes an item with everything that is known")
    func item() throws {
        let expected: JSON = [
            "position": 7, "external_id": "INC1", "at": "2016-02-29T01:23:00.000Z",
            "actor": ["external_id": "updater/Updated by 21", "name": "Updated by 21"],
            "create": [
                "at": "2016-02-29T01:16:00.000Z", "subject": "INC1: Category 55 / Subcategory 170", "channel": "phone",
                "requester": ["external_id": "caller/Caller 2", "name": "Caller 2"],
            ],
            "set": [
                "status": "new", "priority": "normal", "group": ["external_id": "group/Group 56", "name": "Group 56"],
                "fields": [
                    "category": "Category 55", "subcategory": "Subcategory 170", "closed_code": "code 5", "knowledge": true,
                    "contact_type": "Phone",
                ],
            ],
        ]
        #expect(try Self.map().item == expected)
    }

    @Test("Unknown values are left out", arguments: ["?", ""])
    func unknown(value: String) throws {
        let names = [
            "sys_updated_by", "caller_id", "contact_type", "category", "subcategory", "priority", "assignment_group",
            "closed_code", "knowledge", "incident_state",
        ]
        let row = try Self.map(Dictionary(uniqueKeysWithValues: names.map { ($0, value) }))
        #expect(row.item["actor"] == nil)
        #expect(row.item["set"] == [:])
        #expect(row.item["create"]?["subject"] == "INC1")
        #expect(row.item["create"]?["channel"] == nil)
        #expect(row.item["create"]?["requester"]?["external_id"] == "caller/?")
        #expect(row.state == nil && row.group == nil && row.caller == nil)
    }

    @Test("One part of the subject is enough")
    func subject() throws {
        #expect(try Self.map(["category": "?"]).item["create"]?["subject"] == "INC1: Subcategory 170")
        #expect(try Self.map(["subcategory": "?", "category": "A\nB\u{1b}"]).item["create"]?["subject"] == "INC1: A B\u{fffd}")
        let long = try Self.map(["category": String(repeating: "ж", count: 900)]).item["create"]?["subject"]?.string
        #expect(long?.unicodeScalars.count == Limits.nameCharacters)
    }

    @Test(
        "States, with the reason why they wait",
        arguments: [
            ("New", "new", nil), ("Active", "open", nil), ("Awaiting User Info", "pending", nil),
            ("Awaiting Vendor", "on_hold", "vendor"),
            ("Awaiting Problem", "on_hold", "problem"), ("Awaiting Evidence", "on_hold", "evidence"), ("Resolved", "solved", nil),
            ("Closed", "closed", nil), ("-100", nil, nil), ("new", nil, nil),
        ] as [(String, String?, String?)])
    func states(word: String, status: String?, reason: String?) throws {
        let row = try Self.map(["incident_state": word])
        #expect(row.item["set"]?["status"]?.string == status)
        #expect(row.item["set"]?["reason"]?.string == reason)
        #expect(row.state == word)
    }

    @Test(
        "Priorities and channels",
        arguments: [
            ("1 - Critical", "urgent"), ("2 - High", "high"), ("3 - Moderate", "normal"), ("4 - Low", "low"),
            ("Critical", "urgent"),
            ("5 - Planning", nil), ("", nil),
        ] as [(String, String?)])
    func priorities(text: String, word: String?) {
        #expect(ServiceNowWords.priority(text)?.rawValue == word)
    }

    @Test(
        "Contact types",
        arguments: [
            ("Phone", "phone"), ("IVR", "phone"), ("Email", "email"), ("Self service", "web"), ("Direct opening", "web"),
            ("Pigeon", nil),
        ] as [(String, String?)])
    func channels(word: String, channel: String?) { #expect(ServiceNowWords.channel(word)?.rawValue == channel) }

    @Test("A row that says nonsense is refused with its column")
    func faults() throws {
        #expect(throws: RowFault.noNumber) { try Self.map(["number": "?"]) }
        #expect(throws: RowFault.noNumber) { try Self.map(["number": ""]) }
        #expect(throws: RowFault.badTime(column: "opened_at", value: "2016-02-29 01:16")) {
            try Self.map(["opened_at": "2016-02-29 01:16"])
        }
        #expect(throws: RowFault.badTime(column: "sys_updated_at", value: "?")) { try Self.map(["sys_updated_at": "?"]) }
    }

    @Test("Local times become instants of the zone, also around a change of the clocks")
    func zones() throws {
        let berlin = try #require(SystemZones().zone("Europe/Berlin"))
        func at(_ text: String) throws -> String? { try Self.map(["sys_updated_at": text], zone: berlin).item["at"]?.string }
        #expect(try at("27/3/2016 01:59") == "2016-03-27T00:59:00.000Z")
        #expect(try at("27/3/2016 02:30") == "2016-03-27T01:30:00.000Z")
        #expect(try at("27/3/2016 03:00") == "2016-03-27T01:00:00.000Z")
        #expect(try at("30/10/2016 02:30") == "2016-10-30T00:30:00.000Z")
    }

    @Test(
        "Day-first times",
        arguments: [
            ("29/2/2016 01:16", "2016-02-29T01:16:00.000Z"), ("1/12/2016 9:05", "2016-12-01T09:05:00.000Z"),
            ("01/02/2016 23:59:58", "2016-02-01T23:59:58.000Z"), ("29/2/2015 01:16", nil), ("31/4/2016 00:00", nil),
            ("0/1/2016 00:00", nil), ("1/13/2016 00:00", nil), ("1/1/2016 24:00", nil), ("1/1/2016 00:60", nil),
            ("1/1/16 00:00", nil),
            ("1/1/2016", nil), ("1/1/2016 00:0", nil), ("1/1/2016 00:00 ", nil), (" 1/1/2016 00:00", nil),
            ("1-1-2016 00:00", nil),
            ("", nil), ("111/1/2016 00:00", nil), ("1/1/2016T00:00", nil),
        ] as [(String, String?)])
    func times(text: String, instant: String?) {
        #expect(DayFirstTime.parse(Array(text.utf8)[...]).map { ZoneRules.utc.instant(of: $0).text } == instant)
    }

    @Test("Columns are found by name, and missing ones are named")
    func columns() throws {
        let shuffled = Array(Self.header.reversed()) + ["something_else"]
        let columns = try ServiceNowColumns(header: shuffled)
        #expect(shuffled[columns.number] == "number" && shuffled[columns.assignee] == "assigned_to")
        #expect(columns.absent.contains("vendor") && !columns.absent.contains("u_symptom"))
        let failure = #expect(throws: Failure.self) { try ServiceNowColumns(header: ["number", "priority"]) }
        #expect(failure?.status == .badData)
        #expect(failure?.what.en.contains("incident_state, opened_at") == true)
        #expect(throws: Failure.self) { try ServiceNowColumns(header: Self.header + ["priority"]) }
    }

    @Test("The size that is reckoned with is never too small")
    func size() throws {
        for text in ["plain", "\u{1}\u{2}\"\\", "жжж", String(repeating: "\u{1}", count: 300)] {
            let names = [
                "number", "caller_id", "category", "subcategory", "assignment_group", "assigned_to", "sys_updated_by",
                "closed_code", "u_symptom",
            ]
            let row = try Self.map(Dictionary(uniqueKeysWithValues: names.map { ($0, text) }))
            #expect(row.item.bytes.count <= row.bytes)
        }
    }
}
