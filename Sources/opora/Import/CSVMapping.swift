import OporaPluginKit

/// What the columns of somebody's CSV file mean: the mapping file.
///
/// ```yaml
/// source: old-desk            # names the system; the same name again goes on where it was left
/// zone: Europe/Berlin         # of times without an offset
/// columns: {external_id: Number, created_at: Opened, updated_at: Changed, subject: Title, requester: Caller,
///           status: State, priority: Prio, group: Team, assignee: Owner, channel: Via}
/// fields: {location: Site}    # custom field: column
/// status: {In work: open, Done: solved}
/// priority: {P1: urgent, P2: high}
/// channel: {Mail: email}
/// ```
struct CSVMapping: Sendable {
    /// What a column may be.
    static let roles = [
        "external_id", "created_at", "updated_at", "subject", "requester", "status", "priority", "group", "assignee", "channel",
    ]
    private static let needed = ["external_id", "created_at", "subject", "requester"]

    let source: String
    let zoneName: String
    /// Role and column.
    let columns: [String: String]
    /// Custom field and column.
    let fields: [(name: String, column: String)]
    private let words: [String: [String: String]]

    /// - Parameter yaml: the text of the file.
    init(file: String, yaml: String) throws {
        do throws(ConfigProblems) {
            let config = try Config(file: file, yaml: yaml, environment: [:], flags: [])
            source = config.string("source", default: "csv")
            zoneName = config.string("zone", default: "UTC")
            var columns: [String: String] = [:]
            for role in CSVMapping.roles {
                if let column = config.string("columns.\(role)") { columns[role] = column }
                if columns[role] == nil, CSVMapping.needed.contains(role) {
                    config.reject("columns.\(role)", "say which column it is")
                }
            }
            self.columns = columns
            fields = config.names("fields").compactMap { name in config.string("fields.\(name)").map { (name, $0) } }
            words = [
                "status": Self.words(config, "status", TicketStatus.self),
                "priority": Self.words(config, "priority", Priority.self),
                "channel": Self.words(config, "channel", Channel.self),
            ]
            try config.finish()
        } catch {
            throw Failure.badData("\(error)", ru: "файл соответствий не годится: \(error)")
        }
    }

    /// The word of the protocol for a word of the file, which may be that word itself.
    func word<T: RawRepresentable<String>>(_ role: String, _ text: String) throws(RowFault) -> T? {
        guard let word = T(rawValue: words[role]?[text] ?? text) else { throw .badWord(role: role, value: text) }
        return word
    }

    private static func words<T: RawRepresentable<String> & CaseIterable>(
        _ config: Config, _ role: String, _ type: T.Type
    ) -> [String: String] {
        var words: [String: String] = [:]
        for name in config.names(role) {
            guard let word = config.string("\(role).\(name)") else { continue }
            if T(rawValue: word) == nil {
                let known = T.allCases.map(\.rawValue).joined(separator: ", ")
                config.reject("\(role).\(name)", "\"\(word)\" is none of \(known)")
            }
            words[name] = word
        }
        return words
    }
}
