import OporaDomain
import OporaProtocol

/// Parameters that are about what the desk has decided for itself.
extension Params {
    /// A status by its word.
    func status(_ name: String, _ desk: DeskRules) throws(RPCError) -> Status {
        guard let status = object[name]?.string.flatMap({ desk.status($0) }) else {
            throw .invalid("/\(name)", "enum", "must be one of \(desk.words.joined(separator: ", "))")
        }
        return status
    }

    func optionalStatus(_ name: String, _ desk: DeskRules) throws(RPCError) -> Status? {
        hasValue(name) ? try status(name, desk) : nil
    }

    /// A text that people see, in the desk's languages.
    func label(_ name: String) throws(RPCError) -> Label? {
        guard let object = try optionalObject(name) else { return nil }
        let given = Params(object: object)
        try given.refuseOthers(than: ["en", "ru"], in: "/\(name)")
        return Label(en: try given.optionalLine("en"), ru: try given.optionalLine("ru"))
    }

    /// What can be chosen: words or short texts without commas.
    func choices(_ name: String) throws(RPCError) -> [String]? {
        guard hasValue(name) else { return nil }
        var choices: [String] = []
        for (index, item) in try array(name, max: Limits.choices).enumerated() {
            let choice = Params(object: JSONObject([("choice", item)]))
            guard let text = try? choice.line("choice"), !text.contains(",") else {
                throw .invalid("/\(name)/\(index)", "format", "must be one line without commas")
            }
            choices.append(text)
        }
        return choices
    }

    /// From a status to those that may follow it; `null` is none.
    func transitions(_ name: String) throws(RPCError) -> [String: [String]] {
        var transitions: [String: [String]] = [:]
        for member in try optionalObject(name)?.members ?? [] {
            guard let words = member.value.array?.map(\.string), words.count <= Limits.statuses, !words.contains(nil) else {
                throw .invalid("/\(name)/\(member.name)", "type", "must be an array of statuses")
            }
            transitions[member.name] = words.compactMap { $0 }
        }
        return transitions
    }
}
