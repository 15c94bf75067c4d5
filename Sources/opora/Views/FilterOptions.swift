import ArgumentParser
import OporaPluginKit

/// Which tickets: the options of commands that choose some.
struct FilterOptions: ParsableArguments, Sendable {
    @Flag(help: .both("Neither solved nor closed.", ru: "Не решённые и не закрытые.")) var unsolved = false
    @Option(parsing: .upToNextOption, help: .both("In these statuses.", ru: "В этих статусах.", valueName: "status"))
    var status: [String] = []
    @Option(parsing: .upToNextOption, help: .both("With these priorities.", ru: "С этими приоритетами."))
    var priority: [Priority] = []
    @Option(parsing: .upToNextOption, help: .both("Of these types.", ru: "Этих видов.")) var type: [TicketType] = []
    @Option(
        parsing: .upToNextOption,
        help: .both("Of these groups; mine, none.", ru: "Этих групп; mine — моих, none — без группы.", valueName: "group"))
    var group: [String] = []
    @Option(
        parsing: .upToNextOption,
        help: .both("Of these agents; me, none.", ru: "Этих сотрудников; me — мои, none — ничьи.", valueName: "user"))
    var assignee: [String] = []
    @Option(
        parsing: .upToNextOption, help: .both("Of these requesters; me.", ru: "Этих заявителей; me — мои.", valueName: "user"))
    var requester: [String] = []
    @Option(parsing: .upToNextOption, help: .both("Of these organizations.", ru: "Этих организаций.", valueName: "organization"))
    var organization: [String] = []
    @Option(
        name: .customLong("tag"), parsing: .upToNextOption, help: .both("With all of these tags.", ru: "Со всеми этими метками."))
    var tags: [String] = []
    @Option(
        name: .customLong("field"),
        help: .both("With this custom field; may be repeated.", ru: "С этим полем; можно повторять.", valueName: "name=value"))
    var fields: [FieldArgument] = []
    @Option(
        help: .both(
            "breached, at_risk or running.", ru: "breached — нарушен, at_risk — под угрозой, running — идёт.", valueName: "state")
    )
    var sla: String?
    @Option(help: .both("Due within so many hours.", ru: "Срок в ближайшие часы.", valueName: "hours")) var dueWithin: Int?
    @Option(help: .both("Untouched for so many hours.", ru: "Без изменений столько часов.", valueName: "hours")) var quiet: Int?

    func validate() throws {
        for hours in [dueWithin, quiet] where hours.map({ !(1...87_600).contains($0) }) ?? false {
            throw ValidationError(.both("give hours from 1 to 87600", ru: "укажите часы от 1 до 87600"))
        }
    }

    /// The filter as `ticket.list` takes it.
    var json: JSONObject {
        func list(_ words: [String]) -> JSON? { words.isEmpty ? nil : .array(words.map { .string($0) }) }
        func ids(_ words: [String], _ letter: Character) -> JSON? {
            // `G-3`, `g-3` and `3` are the same group, as everywhere.
            list(words.map { $0.allSatisfy(\.isNumber) ? "\(letter)-\($0)" : $0.contains("-") ? $0.uppercased() : $0 })
        }
        let hour: Int64 = 3_600_000
        let members: JSON = [
            "unsolved": unsolved ? true : nil, "status": list(status), "priority": .words(priority), "type": .words(type),
            "group": ids(group, "G"), "assignee": ids(assignee, "U"), "requester": ids(requester, "U"),
            "organization": ids(organization, "O"), "tags": list(tags), "fields": FieldArgument.object(fields),
            "sla": .optional(sla), "due_within_ms": dueWithin.map { .int(Int64($0) * hour) },
            "quiet_ms": quiet.map { .int(Int64($0) * hour) },
        ]
        return members.object ?? JSONObject()
    }
}
