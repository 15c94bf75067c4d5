import OporaPluginKit

/// Names of users, groups and organizations by id, for showing them beside it.
struct Names: Sendable {
    /// Ids that are looked up at most; the others are shown without a name.
    static let most = 400
    /// Look-ups under way at once.
    static let atOnce = 32

    private var names: [String: String] = [:]

    init(_ names: [String: String] = [:]) { self.names = names }

    /// `U-7 Anna Petrova`; the id alone where the name is not known.
    func text(_ id: String) -> String { names[id].map { "\(id) \(PlainText.line($0))" } ?? id }

    /// The name in a member that holds an id.
    func cell(_ value: JSON?) -> Cell { value?.string.map { Cell(text($0)) } ?? .blank }

    /// Asks the desk. What may not be read or is not there stays without a name: the names are a courtesy.
    static func read(_ ids: some Sequence<JSON?>, _ desk: Desk) async -> Names {
        var waiting = Array(Set(ids.compactMap { $0?.string })).sorted().prefix(most)
        return await withTaskGroup(of: (String, String?).self) { group in
            var found = Names()
            for id in waiting.prefix(atOnce) { group.addTask { (id, await name(id, desk)) } }
            waiting = waiting.dropFirst(atOnce)
            while let (id, name) = await group.next() {
                found.names[id] = name
                if let next = waiting.popFirst() { group.addTask { (next, await Names.name(next, desk)) } }
            }
            return found
        }
    }

    private static func name(_ id: String, _ desk: Desk) async -> String? {
        let kind: String
        switch id.first {
        case UserID.letter: kind = "user"
        case GroupID.letter: kind = "group"
        case OrganizationID.letter: kind = "organization"
        case PolicyID.letter: kind = "policy"
        default: return nil
        }
        let answer = try? await desk.read("\(kind).get", .object(JSONObject([(kind, .string(id))])))
        return answer?[kind]?["name"]?.string
    }
}
