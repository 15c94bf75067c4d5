import OporaPluginKit

/// Where the columns of an incident log stand, by their names in the header.
struct ServiceNowColumns: Hashable, Sendable {
    /// A column that becomes a custom field.
    struct Field: Hashable, Sendable {
        var index: Int
        var name: String
    }

    let number, state, openedAt, updatedAt, updatedBy, caller, contactType: Int
    let category, subcategory, priority, group, assignee: Int
    let fields: [Field]
    /// Columns that would become custom fields and are not there.
    let absent: [String]

    /// Without these nothing can be imported.
    static let needed = [
        "number", "incident_state", "opened_at", "sys_updated_at", "sys_updated_by", "caller_id", "contact_type", "category",
        "subcategory", "priority", "assignment_group", "assigned_to",
    ]

    /// Columns that become custom fields, and the fields' names.
    static let fieldNames = [
        ("category", "category"), ("subcategory", "subcategory"), ("u_symptom", "symptom"), ("cmdb_ci", "configuration_item"),
        ("location", "location"), ("impact", "impact"), ("urgency", "urgency"), ("closed_code", "closed_code"),
        ("problem_id", "problem"), ("rfc", "change"), ("vendor", "vendor"), ("caused_by", "caused_by"),
        ("knowledge", "knowledge"), ("made_sla", "made_sla"), ("contact_type", "contact_type"),
        ("u_priority_confirmation", "priority_confirmation"), ("notify", "notify"), ("opened_by", "opened_by"),
    ]

    /// Reads the header.
    init(header: [String]) throws(Failure) {
        let names = header.map { String($0.drop { $0 == " " }) }
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let twice = Set(names.filter { name in names.count { $0 == name } > 1 }).sorted()
        guard twice.isEmpty else {
            let list = twice.joined(separator: ", ")
            throw .badData("line 1: columns that are there twice: \(list)", ru: "строка 1: столбцы повторяются: \(list)")
        }
        let missing = ServiceNowColumns.needed.filter { places[$0] == nil }
        guard missing.isEmpty else {
            let list = missing.joined(separator: ", ")
            throw .badData(
                "line 1 is no header of an incident log; missing columns: \(list)",
                ru: "строка 1 — не заголовок журнала инцидентов; нет столбцов: \(list)")
        }
        func place(_ name: String) -> Int { places[name] ?? 0 }
        number = place("number")
        state = place("incident_state")
        openedAt = place("opened_at")
        updatedAt = place("sys_updated_at")
        updatedBy = place("sys_updated_by")
        caller = place("caller_id")
        contactType = place("contact_type")
        category = place("category")
        subcategory = place("subcategory")
        priority = place("priority")
        group = place("assignment_group")
        assignee = place("assigned_to")
        fields = ServiceNowColumns.fieldNames.compactMap { column, field in places[column].map { Field(index: $0, name: field) } }
        absent = ServiceNowColumns.fieldNames.map(\.0).filter { places[$0] == nil }
    }
}
