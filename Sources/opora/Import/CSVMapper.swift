import OporaPluginKit

/// Makes items of `import.apply` from the rows of any CSV file, one ticket or one change of a ticket each.
struct CSVMapper: ImportMapper {
    private let mapping: CSVMapping
    private let zone: ZoneRules
    private let places: [String: Int]
    private let fields: [(name: String, place: Int)]
    /// Columns of custom fields that are not there.
    let absent: [String]

    init(header: [String], mapping: CSVMapping, zone: ZoneRules) throws(Failure) {
        let names = Dictionary(header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let missing = mapping.columns.values.filter { names[$0] == nil }.sorted()
        guard missing.isEmpty else {
            let list = missing.joined(separator: ", ")
            throw .badData(
                "line 1: the mapping names columns that are not there: \(list)",
                ru: "строка 1: нет столбцов, названных в файле соответствий: \(list)")
        }
        self.mapping = mapping
        self.zone = zone
        places = mapping.columns.compactMapValues { names[$0] }
        fields = mapping.fields.compactMap { field in names[field.column].map { (field.name, $0) } }
        absent = mapping.fields.map(\.column).filter { names[$0] == nil }
    }

    func row(_ row: CSVRow) throws(RowFault) -> ImportRow {
        guard let number = text(row, "external_id") else { throw .noNumber }
        let created = try time(row, "created_at")
        let updated = text(row, "updated_at") == nil ? created : try time(row, "updated_at")
        guard let created, let updated else { throw .badTime(column: mapping.columns["created_at"] ?? "", value: "") }
        var result = ImportRow(line: row.line, number: number, item: .null, bytes: ImportRow.size(row))
        result.caller = text(row, "requester")
        result.group = text(row, "group")
        result.assignee = text(row, "assignee")
        let channel: Channel? = try word(row, "channel")
        let status: TicketStatus? = try word(row, "status")
        let priority: Priority? = try word(row, "priority")
        result.item = [
            "position": .int(Int64(row.line)), "external_id": .string(number), "at": .string(max(created, updated).text),
            "create": [
                "at": .string(created.text), "subject": .string(ImportRow.subject(text(row, "subject") ?? number)),
                "channel": .word(channel),
                "requester": result.caller.map { party("requester", $0) } ?? ["external_id": "requester/?", "name": "Unknown"],
            ],
            "set": [
                "status": .word(status), "priority": .word(priority), "group": result.group.map { party("group", $0) },
                "assignee": result.assignee.map { party("agent", $0) }, "fields": custom(row),
            ],
        ]
        return result
    }

    private func custom(_ row: CSVRow) -> JSON? {
        let members = fields.compactMap { field -> (name: String, value: JSON)? in
            let text = row.text(field.place)
            return text.isEmpty ? nil : (field.name, .string(text))
        }
        return members.isEmpty ? nil : .object(JSONObject(members))
    }

    /// The kind keeps a requester and an agent of the same name apart.
    private func party(_ kind: String, _ name: String) -> JSON {
        ["external_id": .string("\(kind)/\(name)"), "name": .string(PlainText.line(name))]
    }

    /// What a column says; nil where it is empty or not mapped.
    private func text(_ row: CSVRow, _ role: String) -> String? {
        guard let place = places[role] else { return nil }
        let text = row.text(place)
        return text.isEmpty ? nil : text
    }

    private func word<T: RawRepresentable<String>>(_ row: CSVRow, _ role: String) throws(RowFault) -> T? {
        guard let text = text(row, role) else { return nil }
        return try mapping.word(role, text)
    }

    /// RFC 3339, `2026-03-01 08:00` in the mapping's zone, or `29/2/2016 01:16`.
    private func time(_ row: CSVRow, _ role: String) throws(RowFault) -> Timestamp? {
        guard let place = places[role], let text = text(row, role) else { return nil }
        if let instant = Timestamp(text) { return instant }
        if let local = LocalTime(text) ?? DayFirstTime.parse(row.field(place)) { return zone.instant(of: local) }
        throw .badTime(column: mapping.columns[role] ?? role, value: String(text.prefix(ImportRow.shownCharacters)))
    }
}
