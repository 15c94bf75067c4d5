public import OporaProtocol
import OporaStore
import Synchronization

/// Who may connect and do what, as it stands now. Asked at every handshake and for every message; a change replaces it whole.
///
/// A connection is known by its *user*, which the ZAP handler said at its handshake: `<identity>#<fingerprint of the key>`
/// or `<identity>#uid<number>`. As it is looked up for each message, a proof that was taken away ends with the next one.
public final class Access: Sendable {
    private struct Table: Sendable {
        var identities: [String: Identity] = [:]
        var keys: [String: String] = [:]
        var uids: [UInt32: String] = [:]
        var book: AccessBook
        var wantsHooks = false
    }

    private let table: Mutex<Table>
    /// Identities without a proof, by name.
    private let bare: [Identity]

    /// - Parameter reread: reads the configuration again, for `auth.reload`.
    public init(_ rules: AccessRules, reread: @escaping @Sendable () -> Result<AccessRules, AccessProblems>) {
        bare = []
        table = Mutex(Access.compile(AccessBook(rules: rules, reread: reread), bare: []))
    }

    /// For a kernel without sockets: each identity is known by its bare name.
    public init(_ identities: [Identity], hooks: [HookPoint: HookRule] = [:]) {
        bare = identities
        table = Mutex(Access.compile(AccessBook(rules: AccessRules(ownUID: 0, hooks: hooks)), bare: identities))
    }

    /// The identity that a connection proved to be.
    func identity(_ user: String?) -> Identity? {
        guard let user else { return nil }
        return table.withLock { $0.identities[user] }
    }

    /// The user that a key proves; nil refuses it.
    public func user(key: String) -> String? { table.withLock { $0.keys[key] } }

    /// The user that a local process proves; nil refuses it.
    public func user(uid: UInt32) -> String? { table.withLock { $0.uids[uid] } }

    /// Whether a user may subscribe to the bus, where every event of every stream can be heard.
    public func mayListen(_ user: String) -> Bool {
        table.withLock { $0.identities[user].map { $0.streams == nil && !$0.isLimited } ?? false }
    }

    var book: AccessBook { table.withLock { $0.book } }

    /// Whether the operator wants some plugin asked at all events.
    var wantsHooks: Bool { table.withLock { $0.wantsHooks } }

    func hookRule(_ point: HookPoint) -> HookRule { table.withLock { $0.book.rules.hooks[point] } ?? HookRule() }

    func replace(_ book: AccessBook) {
        let next = Access.compile(book, bare: bare)
        table.withLock { $0 = next }
    }

    private static func compile(_ book: AccessBook, bare: [Identity]) -> Table {
        var table = Table(book: book)
        table.wantsHooks = book.rules.hooks.values.contains { $0.onFailure == .closed && !$0.order.isEmpty }
        for identity in bare + book.identities {
            table.identities[identity.user] = identity
            if case .uid(let uid) = identity.proof { table.uids[uid] = identity.user }
        }
        for member in book.rules.members {
            for key in member.keys { table.keys[key.text] = "\(member.name)#\(key.fingerprint)" }
        }
        for key in book.activeKeys {
            table.keys[key.publicKey] = PublicKey(key.publicKey).map { "\(key.name)#\($0.fingerprint)" }
        }
        return table
    }
}
