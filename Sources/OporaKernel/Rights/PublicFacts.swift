import OporaProtocol
import OporaStore

/// What of a ticket's history whoever sees nothing internal may see: which types of facts, and which members of their data.
/// What is not written down here is held back.
enum PublicFacts {
    private static let members: [EventType: [String]] = [
        .ticketCreated: ["ticket", "requester", "organization", "channel", "priority", "type", "status"],
        .ticketStatusChanged: ["ticket", "before", "after"],
        .messageAdded: ["message", "ticket", "author", "author_kind", "visibility", "channel", "characters"],
        .messagePublished: ["message", "ticket", "author", "author_kind"],
        .feedbackRecorded: ["feedback", "ticket", "user", "kind", "score", "has_comment"],
    ]

    /// Whether a fact may be seen at all.
    static func isPublic(_ record: EventRecord) -> Bool {
        guard let type = record.name.type, members[type] != nil else { return false }
        guard type == .messageAdded else { return true }
        let data = (try? JSONParser.parse(record.body))?["data"]
        return data?["visibility"]?.string == Visibility.public.rawValue
    }

    /// What may be seen of the data of a fact that may be seen.
    static func data(_ name: EventName, _ data: JSON) -> JSON {
        guard let known = name.type.flatMap({ members[$0] }), case .object(let object) = data else { return [:] }
        return .object(
            JSONObject(
                object.members.filter { known.contains($0.name) }.map { member in
                    // Why a ticket waits, and the desk's own word for it, are the desk's own affair.
                    guard let status = member.value["category"] ?? member.value["status"] else {
                        return (member.name, member.value)
                    }
                    return (member.name, ["status": status])
                }))
    }
}
