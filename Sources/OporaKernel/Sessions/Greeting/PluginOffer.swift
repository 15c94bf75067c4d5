import OporaProtocol

/// What a plugin says in its greeting that it is and offers: the manifest, read and bounded. Nothing is granted by it.
struct PluginOffer: Sendable {
    /// Entries of each list of a manifest.
    static let entries = 200
    /// Milliseconds that a call of a method may take, where the manifest names none.
    static let methodMilliseconds: Int64 = 10_000
    /// Milliseconds that a hook may take at most, and where the manifest names none.
    static let hookMilliseconds: Int64 = 300

    /// A method `x.<plugin>.<verb>`.
    struct Method: Sendable {
        var name: String
        var summary: String
        var milliseconds: Int64
        var params: Schema?
        var result: Schema?
    }

    /// A wish to be asked before commands of a point.
    struct Hook: Sendable {
        /// As the manifest says it; there may be no such point.
        var point: String
        /// Plugins that it wants to be asked before.
        var before: [String]
        /// Plugins that it wants to be asked after.
        var after: [String]
        var milliseconds: Int64
    }

    /// A type of event that it publishes.
    struct EventType: Sendable {
        /// `x.<plugin>.<event>.v1`.
        var type: String
        var schema: Schema?
    }

    var name: String
    var version: String
    var methods: [Method]
    var hooks: [Hook]
    var events: [EventType]
    /// Durable consumers that it reads with.
    var consumers: [String]

    /// Reads the manifest of a greeting. Members that it does not know may be of a later version.
    init(_ manifest: JSONObject) throws(RPCError) {
        let params = Params(object: manifest)
        name = try params.name("name")
        version = try params.optionalText("version", max: 64) ?? ""
        _ = try params.optionalText("summary", max: Limits.nameCharacters)
        methods = try PluginOffer.list(params, "methods") { (entry) throws(RPCError) in try Method(entry) }
        hooks = try PluginOffer.list(params, "hooks") { (entry) throws(RPCError) in try Hook(entry) }
        events = try PluginOffer.list(params, "events") { (entry) throws(RPCError) in try EventType(entry) }
        consumers = try params.names("consumers")
    }

    /// Where keywords stand that no schema checks.
    var ignoredKeywords: [String] {
        var found: [String] = []
        for (index, method) in methods.enumerated() {
            found += (method.params?.ignored ?? []).map { "/manifest/methods/\(index)/params_schema\($0)" }
            found += (method.result?.ignored ?? []).map { "/manifest/methods/\(index)/result_schema\($0)" }
        }
        for (index, event) in events.enumerated() {
            found += (event.schema?.ignored ?? []).map { "/manifest/events/\(index)/schema\($0)" }
        }
        return found
    }

    private static func list<T>(_ params: Params, _ name: String, _ read: (Params) throws(RPCError) -> T) throws(RPCError) -> [T]
    {
        guard params.has(name) else { return [] }
        var items: [T] = []
        for (index, item) in try params.array(name, max: entries).enumerated() {
            guard let object = item.object else {
                throw .invalid("/\(name)/\(index)", "type", "must be an object, not \(item.kind)")
            }
            do throws(RPCError) {
                items.append(try read(Params(object: object)))
            } catch {
                throw error.within("/\(name)/\(index)")
            }
        }
        return items
    }
}

extension PluginOffer.Method {
    fileprivate init(_ entry: Params) throws(RPCError) {
        name = try entry.text("name", max: 200)
        summary = try entry.optionalText("summary", max: Limits.nameCharacters) ?? ""
        let wanted = try entry.optionalInt("timeout_ms", in: 1...Limits.safeInteger) ?? PluginOffer.methodMilliseconds
        milliseconds = min(wanted, Limits.deadlineMilliseconds)
        params = try entry.schema("params_schema")
        result = try entry.schema("result_schema")
    }
}

extension PluginOffer.Hook {
    fileprivate init(_ entry: Params) throws(RPCError) {
        point = try entry.text("point", max: 200)
        before = try entry.names("before")
        after = try entry.names("after")
        let wanted = try entry.optionalInt("timeout_ms", in: 1...Limits.safeInteger) ?? PluginOffer.hookMilliseconds
        milliseconds = min(wanted, PluginOffer.hookMilliseconds)
    }
}

extension PluginOffer.EventType {
    fileprivate init(_ entry: Params) throws(RPCError) {
        type = try entry.text("type", max: 200)
        _ = try entry.optionalText("summary", max: Limits.nameCharacters)
        schema = try entry.schema("schema")
    }
}

extension Params {
    /// Names of plugins or consumers; none where the member is absent.
    fileprivate func names(_ name: String) throws(RPCError) -> [String] {
        guard has(name) else { return [] }
        var names: [String] = []
        for (index, item) in try array(name, max: PluginOffer.entries).enumerated() {
            do throws(RPCError) {
                names.append(try Params(object: JSONObject([("\(index)", item)])).name("\(index)"))
            } catch {
                throw error.within("/\(name)")
            }
        }
        return names
    }

    fileprivate func schema(_ name: String) throws(RPCError) -> Schema? {
        guard let source = object[name], !source.isNull else { return nil }
        do throws(SchemaError) { return try Schema(source) } catch {
            throw .invalid("/\(name)\(error.path)", "format", "is no schema: \(error.message)")
        }
    }
}
