import OporaProtocol
import OporaTime

/// One row of another system's history, read and checked.
struct ImportItem {
    /// A person or group of the other system.
    struct Reference {
        var externalID: String
        var name: String
    }

    /// How a ticket began that is not there yet.
    struct Creation {
        var at: Timestamp
        var subject: String
        var channel: Channel?
        var requester: Reference
    }

    var position: Int64
    var externalID: String
    var at: Timestamp
    var actor: Reference?
    var create: Creation?
    var status: TicketStatus?
    var reason: String?
    var priority: Priority?
    var group: Reference?
    var assignee: Reference?
    var fields: JSONObject

    init(reading item: Params) throws(RPCError) {
        try item.refuseOthers(than: ["position", "external_id", "at", "actor", "create", "set"], in: "")
        position = try item.int("position", in: 1...Limits.safeInteger)
        externalID = try item.line("external_id")
        at = try item.time("at")
        actor = try ImportItem.reference("actor", item)
        create = try item.optionalObject("create").map { (object) throws(RPCError) in
            let new = Params(object: object)
            try new.refuseOthers(than: ["at", "subject", "channel", "requester"], in: "/create")
            guard let requester = try ImportItem.reference("requester", new) else {
                throw .invalid("/create/requester", "required", "is missing")
            }
            return Creation(
                at: try new.time("at"), subject: try new.line("subject"), channel: try new.optionalWord("channel"),
                requester: requester)
        }
        let set = Params(object: try item.optionalObject("set") ?? JSONObject())
        try set.refuseOthers(than: ["status", "reason", "priority", "group", "assignee", "fields"], in: "/set")
        status = try set.optionalWord("status")
        reason = try set.optionalName("reason")
        priority = try set.optionalWord("priority")
        group = try ImportItem.reference("group", set)
        assignee = try ImportItem.reference("assignee", set)
        fields = try set.fields("fields") ?? JSONObject()
    }

    private static func reference(_ name: String, _ params: Params) throws(RPCError) -> Reference? {
        guard let object = try params.optionalObject(name) else { return nil }
        let reference = Params(object: object)
        return Reference(externalID: try reference.line("external_id"), name: try reference.line("name"))
    }
}
