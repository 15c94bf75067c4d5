import OporaProtocol
import OporaTime

/// The parameters of a request, read by type. What is wrong is an `invalid_params` that names the path.
///
/// Unknown and missing members are refused before by the method's signature.
struct Params {
    let object: JSONObject

    /// Whether a member was given, be it `null`.
    func has(_ name: String) -> Bool { object[name] != nil }

    /// Whether a member was given and is not `null`.
    func hasValue(_ name: String) -> Bool { object[name].map { !$0.isNull } ?? false }

    private func given(_ name: String) throws(RPCError) -> JSON {
        guard let value = object[name] else { throw .invalid("/\(name)", "required", "is missing") }
        return value
    }

    private func wrong(_ name: String, _ wanted: String, _ value: JSON) -> RPCError {
        .invalid("/\(name)", "type", "must be \(wanted), not \(value.kind)")
    }

    /// One line of text for people: not blank, no control characters.
    func line(_ name: String) throws(RPCError) -> String {
        let text = try self.text(name, max: Limits.nameCharacters)
        guard !Params.isBlank(text) else { throw .invalid("/\(name)", "format", "must not be blank") }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw .invalid("/\(name)", "format", "must be one line without control characters")
        }
        return text
    }

    /// Whether there is nothing to read in a text. Nearly every text has an ASCII letter, which is quick to see.
    static func isBlank(_ text: String) -> Bool {
        !text.utf8.contains { $0 > 0x20 && $0 < 0x7f } && !text.contains { !$0.isWhitespace }
    }

    func optionalLine(_ name: String) throws(RPCError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        return try line(name)
    }

    /// Any text of up to `max` characters.
    func text(_ name: String, max: Int) throws(RPCError) -> String {
        let value = try given(name)
        guard let text = value.string else { throw wrong(name, "a string", value) }
        guard text.utf8.count <= max || text.unicodeScalars.count <= max else {
            throw .invalid("/\(name)", "range", "is longer than \(max) characters")
        }
        return text
    }

    func optionalText(_ name: String, max: Int) throws(RPCError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        return try text(name, max: max)
    }

    /// A short word for machines: 1 to 64 characters of letters, digits, `.`, `_`, `-`.
    func name(_ name: String) throws(RPCError) -> String {
        let text = try self.text(name, max: Limits.consumerNameCharacters)
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
            default: false
            }
        }
        guard !text.isEmpty, isPlain else { throw .invalid("/\(name)", "format", "letters, digits, '.', '_' and '-' alone") }
        return text
    }

    func optionalName(_ name: String) throws(RPCError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        return try self.name(name)
    }

    /// Refuses members that nobody reads.
    func refuseOthers(than known: [String], in path: String) throws(RPCError) {
        guard let other = object.members.first(where: { !known.contains($0.name) }) else { return }
        throw .invalid("\(path)/\(other.name)", "unknown", "is none of \(known.joined(separator: ", "))")
    }

    func id<T: EntityID>(_ name: String) throws(RPCError) -> T {
        let value = try given(name)
        guard let id = value.string.flatMap({ T($0) }) else {
            throw .invalid("/\(name)", "format", "must be an id such as \(T.letter)-1")
        }
        return id
    }

    func optionalID<T: EntityID>(_ name: String) throws(RPCError) -> T? {
        guard let value = object[name], !value.isNull else { return nil }
        return try id(name) as T
    }

    func ids<T: EntityID>(_ name: String, max: Int) throws(RPCError) -> [T]? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let items = value.array else { throw wrong(name, "an array of ids", value) }
        guard items.count <= max else { throw .invalid("/\(name)", "range", "has more than \(max) items") }
        var ids: [T] = []
        for (index, item) in items.enumerated() {
            guard let id = item.string.flatMap({ T($0) }) else {
                throw .invalid("/\(name)/\(index)", "format", "must be an id such as \(T.letter)-1")
            }
            ids.append(id)
        }
        return ids
    }

    private func word<T: RawRepresentable<String> & CaseIterable>(_ value: JSON, _ path: String) throws(RPCError) -> T {
        guard let found = value.string.flatMap(T.init(rawValue:)) else {
            throw .invalid(path, "enum", "must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return found
    }

    func word<T: RawRepresentable<String> & CaseIterable>(_ name: String) throws(RPCError) -> T {
        try word(try given(name), "/\(name)")
    }

    func optionalWord<T: RawRepresentable<String> & CaseIterable>(_ name: String) throws(RPCError) -> T? {
        guard let value = object[name], !value.isNull else { return nil }
        return try word(value, "/\(name)") as T
    }

    /// Several words; one may stand without an array.
    func words<T: RawRepresentable<String> & CaseIterable>(_ name: String) throws(RPCError) -> [T]? {
        guard let value = object[name], !value.isNull else { return nil }
        var words: [T] = []
        for (index, item) in (value.array ?? [value]).enumerated() { words.append(try word(item, "/\(name)/\(index)")) }
        return words
    }

    /// Names of types of events; one may stand without an array, none means all.
    func eventNames(_ name: String) throws(RPCError) -> [EventName] {
        guard let value = object[name], !value.isNull else { return [] }
        var names: [EventName] = []
        for (index, item) in (value.array ?? [value]).enumerated() {
            guard let found = item.string.flatMap({ EventName($0) }) else {
                throw .invalid("/\(name)/\(index)", "enum", "must be a type of event such as ticket.created or x.escalator.paged")
            }
            names.append(found)
        }
        return names
    }

    func int(_ name: String, in range: ClosedRange<Int64>) throws(RPCError) -> Int64 {
        let value = try given(name)
        guard let number = value.int else { throw wrong(name, "an integer", value) }
        guard range.contains(number) else {
            throw .invalid("/\(name)", "range", "must lie from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func optionalInt(_ name: String, in range: ClosedRange<Int64>) throws(RPCError) -> Int64? {
        guard let value = object[name], !value.isNull else { return nil }
        return try int(name, in: range)
    }

    func optionalBool(_ name: String) throws(RPCError) -> Bool? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw wrong(name, "true or false", value) }
        return flag
    }

    func time(_ name: String) throws(RPCError) -> Timestamp {
        try Params.time(try given(name), "/\(name)")
    }

    func optionalTime(_ name: String) throws(RPCError) -> Timestamp? {
        guard let value = object[name], !value.isNull else { return nil }
        return try time(name)
    }

    static func time(_ value: JSON, _ path: String) throws(RPCError) -> Timestamp {
        guard let time = value.string.flatMap({ Timestamp($0) }) else {
            throw .invalid(path, "format", "must be a time as RFC 3339, e.g. 2026-11-22T08:00:00Z")
        }
        return time
    }

    func optionalObject(_ name: String) throws(RPCError) -> JSONObject? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let object = value.object else { throw wrong(name, "an object", value) }
        return object
    }

    func array(_ name: String, max: Int) throws(RPCError) -> [JSON] {
        let value = try given(name)
        guard let items = value.array else { throw wrong(name, "an array", value) }
        guard items.count <= max else { throw .invalid("/\(name)", "range", "has more than \(max) items") }
        return items
    }

    /// `expected_version`, if given.
    func expectedVersion() throws(RPCError) -> Int64? { try optionalInt("expected_version", in: 1...Limits.safeInteger) }

    /// `limit` of a page.
    func limit() throws(RPCError) -> Int {
        Int(try optionalInt("limit", in: 1...Int64(Limits.pageItems)) ?? Int64(Limits.pageDefault))
    }

    /// Custom fields: text, number, true, false, or null to take one away.
    func fields(_ name: String) throws(RPCError) -> JSONObject? {
        guard let object = try optionalObject(name) else { return nil }
        guard object.members.count <= Limits.fields else {
            throw .invalid("/\(name)", "range", "has more than \(Limits.fields) fields")
        }
        for member in object.members {
            // Names of fields travel in events, where free text has no place.
            _ = try Params(object: JSONObject([(name, .string(member.name))])).name(name)
            switch member.value {
            case .string(let text) where text.unicodeScalars.count > Limits.fieldCharacters:
                throw .invalid("/\(name)/\(member.name)", "range", "is longer than \(Limits.fieldCharacters) characters")
            case .string, .int, .double, .bool, .null: break
            case .array, .object:
                throw .invalid("/\(name)/\(member.name)", "type", "must be a text, a number, true, false or null")
            }
        }
        return object
    }

    func optionalEmail(_ name: String) throws(RPCError) -> String? {
        guard let text = try optionalLine(name) else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 254,
            !text.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" || $0 == "," })
        else { throw .invalid("/\(name)", "format", "\"\(text)\" is not an e-mail address") }
        return text
    }
}
