import OporaProtocol
import OporaStore
import OporaTime

/// Looking at the keys that the kernel knows.
enum KeyQueries {
    static let all: [QueryMethod] = [
        QueryMethod("key.list", "", "The CURVE keys that the kernel knows, by name.") { context in
            context.result.member("items", .array(items(context.kernel.access.book)))
        }
    ]

    static func items(_ book: AccessBook) -> [JSON] {
        var items: [(name: String, item: JSON)] = book.rules.members.flatMap { member in
            member.keys.map { (member.name, .object(item(member.name, $0.fingerprint, member.roles, "config"))) }
        }
        for key in book.keys {
            var item = item(key.name, key.fingerprint, key.roles, "desk")
            item["created_at"] = .string(key.createdAt.text)
            if let at = key.revokedAt { item["revoked_at"] = .string(at.text) }
            items.append((key.name, .object(item)))
        }
        // A name's keys stay in order of time.
        return items.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }.map(\.element.item)
    }

    private static func item(_ name: String, _ fingerprint: String, _ roles: [String], _ source: String) -> JSONObject {
        JSONObject([
            ("name", .string(name)), ("fingerprint", .string(fingerprint)), ("roles", .array(roles.map { .string($0) })),
            ("source", .string(source)),
        ])
    }
}
