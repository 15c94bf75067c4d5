import OporaProtocol

/// A place in a list: opaque to callers, good for the same method and filters alone, and signed by the desk.
struct Cursor: Equatable {
    /// The sort value; 0 in a list in order of id.
    var value: Int64 = 0
    var id: Int64

    /// The place, bound to the method and all parameters but those that only page or add to the answer.
    func encode(_ request: Request, _ key: SipHash.Key) -> String {
        "\(value).\(id)." + Cursor.signature(value, id, request, key)
    }

    static func decode(_ text: String, _ request: Request, _ key: SipHash.Key) throws(RPCError) -> Cursor {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let value = Int64(parts[0]), let id = Int64(parts[1]),
            parts[2] == signature(value, id, request, key)
        else {
            throw RPCError(.invalidCursor, "the cursor belongs to another list or other filters; begin again without it")
        }
        return Cursor(value: value, id: id)
    }

    private static func signature(_ value: Int64, _ id: Int64, _ request: Request, _ key: SipHash.Key) -> String {
        var params = request.params
        for name in ["cursor", "limit", "expand"] { params[name] = nil }
        let text = "\(value).\(id).\(Fingerprint(method: request.method, params: params).text)"
        return String(SipHash.hash(Array(text.utf8), key: key), radix: 36)
    }
}
