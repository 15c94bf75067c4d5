import OporaPluginKit

/// One line of an incident log in the columns of ServiceNow's audit export: the incident after one of its updates.
struct IncidentRow: Hashable, Sendable {
    /// What is the same on every line of an incident.
    struct Facts: Hashable, Sendable {
        var number: Int
        var caller: Int
        var openedBy: Int?
        var createdBy: Int?
        /// Minutes on the wall clock since 1970-01-01 00:00, as all times here.
        var opened: Int
        var hasCreationTime: Bool
        var location: Int
        var category: Int
        var subcategory: Int
        var symptom: Int?
        var item: Int?
        var severity: IncidentSeverity
        var closingCode: Int
        var resolvedBy: Int?
        var resolved: Int?
        var closed: Int?
    }

    var facts: Facts
    var state: IncidentState
    var reassignments: Int
    var reopens: Int
    var changes: Int
    var keptPromise: Bool
    var updatedBy: Int
    var at: Int
    var group: Int?
    var resolver: Int?

    /// The columns, in the order of the export.
    static let columns = """
        number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,\
        sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,\
        cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,\
        vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at
        """

    /// The line, without its end. No cell needs quotes.
    var text: String {
        let number = String(facts.number)
        var cells = [
            "INC" + String(repeating: "0", count: max(0, 7 - number.count)) + number, state.rawValue,
            "\(state != .closed)", "\(reassignments)", "\(reopens)", "\(changes)", "\(keptPromise)",
        ]
        cells += [
            "Caller \(facts.caller)", IncidentRow.cell("Opened by  ", facts.openedBy), IncidentRow.time(facts.opened),
            IncidentRow.cell("Created by ", facts.createdBy),
            facts.hasCreationTime ? IncidentRow.time(facts.opened + 4) : "?", "Updated by \(updatedBy)",
            IncidentRow.time(at), "Phone",
        ]
        cells += [
            "Location \(facts.location)", "Category \(facts.category)", "Subcategory \(facts.subcategory)",
            IncidentRow.cell("Symptom ", facts.symptom), IncidentRow.cell("cmdb_ci ", facts.item),
            facts.severity.impact, facts.severity.urgency, facts.severity.priority,
        ]
        cells += [
            IncidentRow.cell("Group ", group), IncidentRow.cell("Resolver ", resolver), "true", "false", "Do Not Notify",
            "?", "?", "?", "?", "code \(facts.closingCode)", IncidentRow.cell("Resolved by ", facts.resolvedBy),
            facts.resolved.map(IncidentRow.time) ?? "?", facts.closed.map(IncidentRow.time) ?? "?",
        ]
        return cells.joined(separator: ",")
    }

    private static func cell(_ name: String, _ number: Int?) -> String { number.map { "\(name)\($0)" } ?? "?" }

    /// Day first, as the export writes it: `29/2/2016 01:16`.
    static func time(_ minutes: Int) -> String {
        let date = CivilDate(daysSinceEpoch: minutes / 1440)
        let clock = minutes % 1440
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(date.day)/\(date.month)/\(date.year) \(two(clock / 60)):\(two(clock % 60))"
    }
}
