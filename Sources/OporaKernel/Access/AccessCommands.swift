import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done about who is known: keys of the desk, and reading the configuration again.
enum AccessCommands {
    /// Keys that are kept, revoked ones included; the oldest of those make room.
    static let keysKept = 1000
    /// Roles of one identity.
    private static let rolesOfOne = 20

    static let all: [CommandMethod] = [
        CommandMethod("key.create", "name public_key roles", "Lets a CURVE key prove an identity.") { try create(&$0) },
        CommandMethod("key.revoke", "name", "Takes the keys of an identity back.") { try revoke(&$0) },
        CommandMethod("auth.reload", "", "Reads the configuration again: who is known, and what they may do.") {
            try reload(&$0)
        },
    ]

    private static func create(_ context: inout CommandContext) throws {
        let name = try context.params.name("name")
        guard let publicKey = PublicKey(try context.params.text("public_key", max: 64)) else {
            throw RPCError.invalid("/public_key", "format", "must be a CURVE public key, 40 characters in Z85")
        }
        let roles = try roles(context)
        let book = context.state.access
        if name == Identity.owner.name || book.member(name) != nil || book.activeKeys.contains(where: { $0.name == name }) {
            throw Rejection.alreadyExists(kind: "identity", member: "name", value: name)
        }
        // Its person, its answers and its consumers would be the new one's.
        if context.state.identityUsers[name] != nil || context.state.consumers.values.contains(where: { $0.owner == name }) {
            try context.requireDelegation("give \(name), which has a person or consumers, a new key")
        }
        try checkNew(publicKey, book)
        let key = DeskKey(publicKey: publicKey.text, name: name, roles: roles, createdAt: context.now)
        if book.keys.count >= keysKept {
            guard let oldest = book.keys.first(where: { $0.revokedAt != nil }) else {
                throw RPCError(.quotaExceeded, "there are \(keysKept) keys already; revoke one that nobody needs")
            }
            context.state.access.forget(oldest.publicKey)
            context.commit.forgottenKeys.append(oldest.publicKey)
        }
        context.state.access.keep(key)
        context.commit.keys.append(key)
        try record(.keyCreated, key, &context)
        context.result.member(
            "identity",
            [
                "name": .string(name), "fingerprint": .string(publicKey.fingerprint),
                "roles": .array(roles.map { .string($0) }), "created_at": .string(key.createdAt.text),
            ])
    }

    /// The roles that are asked for; nobody hands out more than he has.
    private static func roles(_ context: CommandContext) throws -> [String] {
        var names: [String] = []
        for (index, item) in try context.params.array("roles", max: rolesOfOne).enumerated() {
            guard let name = item.string else {
                throw RPCError.invalid("/roles/\(index)", "type", "must be a string, not \(item.kind)")
            }
            guard let role = context.state.access.rules.roles[name] else { throw Rejection.notFound(kind: "role", id: name) }
            guard context.identity.covers(role) else {
                throw RPCError(
                    .forbidden, "\(context.identity.name) may not hand out the role \(name), which allows more than its own")
            }
            if !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { throw RPCError.invalid("/roles", "range", "must have at least one role") }
        return names
    }

    private static func checkNew(_ publicKey: PublicKey, _ book: AccessBook) throws {
        if let known = book.keys.first(where: { $0.publicKey == publicKey.text }), known.revokedAt != nil {
            throw Rejection.validation(member: "public_key", reason: "it was revoked; make a new pair")
        }
        let isKnown =
            book.keys.contains { $0.publicKey == publicKey.text }
            || book.rules.members.contains { $0.keys.contains(publicKey) }
        if isKnown { throw Rejection.alreadyExists(kind: "key", member: "public_key", value: publicKey.text) }
    }

    private static func revoke(_ context: inout CommandContext) throws {
        let name = try context.params.name("name")
        let book = context.state.access
        if name == Identity.owner.name || book.member(name) != nil {
            throw Rejection.validation(
                member: "name", reason: "\(name) stands in the configuration; take it out there and call auth.reload")
        }
        let known = book.keys.filter { $0.name == name }
        guard !known.isEmpty else { throw Rejection.notFound(kind: "identity", id: name) }
        var revoked: [JSON] = []
        for var key in known where key.revokedAt == nil {
            key.revokedAt = context.now
            context.state.access.keep(key)
            context.commit.keys.append(key)
            try record(.keyRevoked, key, &context)
            revoked.append(.string(key.fingerprint))
        }
        context.result.member("revoked", .array(revoked))
    }

    private static func record(_ type: EventType, _ key: DeskKey, _ context: inout CommandContext) throws {
        let data: JSON = [
            "identity": .string(key.name), "fingerprint": .string(key.fingerprint),
            "roles": .array(key.roles.map { .string($0) }),
        ]
        let fact = EventDraft(type, subject: "identity/\(key.name)", at: context.now, entityVersion: 0, data: data)
        try context.record([fact])
    }

    private static func reload(_ context: inout CommandContext) throws {
        let before = context.state.access.rules
        let changed: [String]
        do throws(AccessProblems) {
            let rules = try context.state.access.reread().get()
            guard rules != before else { return context.result.member("identities", []) }
            changed = try context.state.access.replace(rules)
        } catch {
            throw refusal(error)
        }
        let names = JSON.array(changed.map { .string($0) })
        let fact = EventDraft(
            .accessChanged, subject: "kernel/access", at: context.now, entityVersion: 0, data: ["identities": names])
        // Without an answer to give, a signal asked for it.
        try context.record([fact], by: context.request.id == nil ? .kernel : nil)
        context.result.member("identities", names)
    }

    private static func refusal(_ problems: AccessProblems) -> RPCError {
        let details = problems.messages.map { message -> JSON in ["path": "", "rule": "rule", "message": .string(message)] }
        let text = problems.messages.joined(separator: "; ")
        return RPCError(
            .validationFailed, "the configuration is wrong, and nothing changed: \(text)",
            data: JSONObject([("details", .array(details))]))
    }
}

extension DeskKey {
    var fingerprint: String { PublicKey(publicKey)?.fingerprint ?? "" }
}
