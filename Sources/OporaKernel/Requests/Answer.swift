import OporaProtocol

/// Writes answers as JSON-RPC asks.
enum Answer {
    /// A result whose members are written already.
    /// - Parameters:
    ///   - members: the members of the result, without braces.
    ///   - meta: what `_meta` says; nothing where it is empty.
    static func success(_ id: RequestID, members: [UInt8], meta: JSONObject = JSONObject()) -> [UInt8] {
        var writer = JSONWriter(capacity: members.count + 128)
        open(id, &writer)
        writer.name("result")
        writer.beginObject()
        if !members.isEmpty { writer.raw(members) }
        if !meta.members.isEmpty { writer.member("_meta", .object(meta)) }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// A result of any kind.
    static func value(_ id: RequestID, _ value: JSON) -> [UInt8] {
        var writer = JSONWriter()
        open(id, &writer)
        writer.member("result", value)
        writer.endObject()
        return writer.bytes
    }

    static func failure(_ id: RequestID, _ error: RPCError) -> [UInt8] {
        var writer = JSONWriter()
        open(id, &writer)
        writer.name("error")
        error.write(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private static func open(_ id: RequestID, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.name("id")
        id.write(to: &writer)
    }
}

extension JSONObject {
    /// The members that have a value.
    var withoutNulls: JSONObject { JSONObject(members.filter { !$0.value.isNull }) }

    /// The members as bytes without the braces, as `Answer` takes them.
    var memberBytes: [UInt8] { Array(JSON.object(self).bytes.dropFirst().dropLast()) }
}
