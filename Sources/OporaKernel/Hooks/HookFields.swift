import OporaProtocol

/// Which parameters of a command a hook may touch, and what they must look like.
enum HookFields {
    /// In all commands together.
    static let patchable: Set<String> = [
        "subject", "text", "requester", "organization", "group", "assignee", "priority", "type", "channel", "fields", "status",
        "reason", "wake_at", "tags", "tier",
    ]

    /// The parameters of a command with a patch; throws where the patch touches what it may not, or makes it what the command
    /// does not take.
    static func apply(_ patch: JSONObject, to params: JSONObject, of method: String) throws(RPCError) -> JSONObject {
        guard let spec = MethodTable.commands[method]?.spec else {
            throw RPCError(.methodNotFound, "there is no method \(method)")
        }
        for member in patch.members {
            guard patchable.contains(member.name), spec.required.contains(member.name) || spec.optional.contains(member.name)
            else {
                throw .invalid("/\(member.name)", "unknown", "a hook may not touch it in \(method)")
            }
        }
        // Before merging, which takes its time with many members.
        if let fields = patch["fields"]?.object, fields.members.count > 2 * Limits.fields {
            throw .invalid("/fields", "range", "has more than \(2 * Limits.fields) members")
        }
        let result = params.merged(patch)
        try spec.check(result)
        try check(result)
        return result
    }

    /// Refuses parameters of a command that can't be taken, whatever the state of the desk is.
    static func check(_ object: JSONObject) throws(RPCError) {
        let params = Params(object: object)
        _ = try params.optionalLine("subject")
        _ = try params.optionalText("text", max: Limits.textCharacters)
        _ = try params.optionalID("requester") as UserID?
        _ = try params.optionalID("organization") as OrganizationID?
        _ = try params.optionalID("group") as GroupID?
        _ = try params.optionalID("assignee") as UserID?
        _ = try params.optionalWord("priority") as Priority?
        _ = try params.optionalWord("type") as TicketType?
        _ = try params.optionalWord("channel") as Channel?
        _ = try params.optionalName("status")
        _ = try params.tags("tags")
        _ = try params.tier("tier")
        _ = try params.fields("fields")
        _ = try params.optionalName("reason")
        _ = try params.optionalTime("wake_at")
        _ = try params.expectedVersion()
    }
}
