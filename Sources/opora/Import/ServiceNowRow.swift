import OporaPluginKit

/// What is wrong with what a row says.
enum RowFault: Error, Hashable, Sendable {
    case shape(CSVFault)
    case noNumber
    /// A column whose value is no time.
    case badTime(column: String, value: String)
    /// A word that the mapping does not know.
    case badWord(role: String, value: String)

    /// A clause for people.
    func text(_ language: Language) -> String {
        switch self {
        case .shape(let fault): fault.text(language)
        case .noNumber: language.pick("the number is empty", ru: "пустой номер")
        case .badWord(let role, let value):
            language.pick(
                "\(role): \"\(PlainText.line(value))\" means nothing; say so under \(role) in the mapping",
                ru: "\(role): «\(PlainText.line(value))» ничего не значит; добавьте в раздел \(role) файла соответствий")
        case .badTime(let column, let value):
            language.pick(
                "\(column) is no time: \"\(PlainText.line(value))\"; expected e.g. 29/2/2016 01:16",
                ru: "\(column) — не время: «\(PlainText.line(value))»; ожидается, например, 29/2/2016 01:16")
        }
    }
}

/// Makes items of `import.apply` from rows.
struct ServiceNowMapper: ImportMapper {
    let columns: ServiceNowColumns
    let zone: ZoneRules

    /// Columns whose fields stay empty.
    var absent: [String] { columns.absent }

    /// Reads one row.
    func row(_ row: CSVRow) throws(RowFault) -> ImportRow {
        guard let number = known(row, columns.number) else { throw .noNumber }
        let opened = try time(row, columns.openedAt, "opened_at")
        let updated = try time(row, columns.updatedAt, "sys_updated_at")
        var result = ImportRow(line: row.line, number: number, item: .null, bytes: ImportRow.size(row))
        result.state = known(row, columns.state)
        result.priority = known(row, columns.priority)
        result.contactType = known(row, columns.contactType)
        result.caller = known(row, columns.caller)
        result.group = known(row, columns.group)
        result.assignee = known(row, columns.assignee)
        result.item = [
            "position": .int(Int64(row.line)), "external_id": .string(number), "at": .string(updated.text),
            "actor": known(row, columns.updatedBy).map { ServiceNowMapper.party("updater", $0) },
            "create": create(row, result, at: opened), "set": set(row, result),
        ]
        return result
    }

    /// Sent with every row: which one comes first there is known to the kernel alone.
    private func create(_ row: CSVRow, _ known: ImportRow, at: Timestamp) -> JSON {
        [
            "at": .string(at.text), "subject": .string(subject(row, known.number)),
            "channel": .word(known.contactType.flatMap(ServiceNowWords.channel)),
            "requester": known.caller.map { ServiceNowMapper.party("caller", $0) }
                ?? ["external_id": "caller/?", "name": "Unknown caller"],
        ]
    }

    private func set(_ row: CSVRow, _ known: ImportRow) -> JSON {
        let state = known.state.flatMap(ServiceNowWords.state)
        return [
            "status": .word(state?.status), "reason": .optional(state?.reason),
            "priority": .word(known.priority.flatMap(ServiceNowWords.priority)),
            "group": known.group.map { ServiceNowMapper.party("group", $0) },
            "assignee": known.assignee.map { ServiceNowMapper.party("agent", $0) }, "fields": fields(row),
        ]
    }

    private func fields(_ row: CSVRow) -> JSON? {
        let members = columns.fields.compactMap { field -> (name: String, value: JSON)? in
            guard let text = known(row, field.index) else { return nil }
            switch text {
            case "true": return (field.name, true)
            case "false": return (field.name, false)
            default: return (field.name, .string(text))
            }
        }
        return members.isEmpty ? nil : .object(JSONObject(members))
    }

    /// `INC0000045: Category 55 / Subcategory 170`, from what is known.
    private func subject(_ row: CSVRow, _ number: String) -> String {
        let about = [columns.category, columns.subcategory].compactMap { known(row, $0) }.joined(separator: " / ")
        return ImportRow.subject(about.isEmpty ? number : "\(number): \(about)")
    }

    /// A person or group: the kind keeps a caller and an agent of the same name apart.
    private static func party(_ kind: String, _ name: String) -> JSON {
        ["external_id": .string("\(kind)/\(name)"), "name": .string(PlainText.line(name))]
    }

    /// The text of a field; nil where it is `?` or empty, which both mean unknown.
    private func known(_ row: CSVRow, _ index: Int) -> String? {
        let bytes = row.field(index)
        if bytes.isEmpty || (bytes.count == 1 && bytes.first == 0x3f) { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func time(_ row: CSVRow, _ index: Int, _ column: String) throws(RowFault) -> Timestamp {
        guard let local = DayFirstTime.parse(row.field(index)) else {
            throw .badTime(column: column, value: String(row.text(index).prefix(ImportRow.shownCharacters)))
        }
        return zone.instant(of: local)
    }
}
