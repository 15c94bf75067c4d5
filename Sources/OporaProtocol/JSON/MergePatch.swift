extension JSON {
    /// This value with a merge patch (RFC 7396) applied: members of the patch take the place of those that are there, `null`
    /// takes away, objects are patched in their depth, and any other value takes the place of the whole.
    public func merged(_ patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        return .object((object ?? JSONObject()).merged(changes))
    }
}

extension JSONObject {
    /// These members with a merge patch (RFC 7396) applied.
    public func merged(_ patch: JSONObject) -> JSONObject {
        var result = self
        for member in patch.members {
            result[member.name] = member.value.isNull ? nil : (result[member.name] ?? .null).merged(member.value)
        }
        return result
    }
}
