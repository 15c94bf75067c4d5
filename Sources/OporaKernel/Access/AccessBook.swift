import Logging
import OporaProtocol
import OporaStore

/// What is wrong with a configuration that was to be read again.
public struct AccessProblems: Error, Sendable {
    /// Each says where it stands, what is wrong, and what to do.
    public var messages: [String]

    public init(_ messages: [String]) { self.messages = messages }
}

/// Everybody whom the kernel knows: the identities of the configuration and those whose keys were made at the desk.
///
/// A value of the writer's: changed inside a transaction, and in force once that is on disk.
struct AccessBook: Sendable {
    private(set) var rules: AccessRules
    /// Keys of the desk, revoked ones included, oldest first.
    private(set) var keys: [DeskKey]
    /// Grows with each change.
    private(set) var version = 0
    /// Reads the configuration again.
    let reread: @Sendable () -> Result<AccessRules, AccessProblems>

    init(
        rules: AccessRules, keys: [DeskKey] = [], reread: (@Sendable () -> Result<AccessRules, AccessProblems>)? = nil
    ) {
        self.rules = rules
        self.keys = keys
        self.reread = reread ?? { .success(rules) }
    }

    /// The identity of the configuration with this name.
    func member(_ name: String) -> AccessRules.Member? { rules.members.first { $0.name == name } }

    /// Keys of the desk that prove something now. Where the configuration names one of them or its identity, that counts.
    var activeKeys: [DeskKey] {
        let names = Set(rules.members.map(\.name))
        let texts = Set(rules.members.flatMap { $0.keys.map(\.text) })
        return keys.filter { $0.revokedAt == nil && !names.contains($0.name) && !texts.contains($0.publicKey) }
    }

    /// Each identity once for every proof of it.
    var identities: [Identity] {
        var all = [Identity.owner.proved(.uid(rules.ownUID))]
        for member in rules.members {
            let identity = rules.identity(member.name, member.roles)
            all += member.keys.map { identity.proved(.key(fingerprint: $0.fingerprint)) }
            all += member.uids.map { identity.proved(.uid($0)) }
        }
        for key in activeKeys {
            guard let publicKey = PublicKey(key.publicKey) else { continue }
            all.append(rules.identity(key.name, key.roles).proved(.key(fingerprint: publicKey.fingerprint)))
        }
        return all
    }

    /// What can't be in the configuration beside the keys of the desk.
    var clashes: [String] {
        let active = keys.filter { $0.revokedAt == nil }
        return rules.members.flatMap { member in
            active.compactMap { key in
                if key.name == member.name {
                    return
                        "the identity \(member.name) has a key that was made with key.create; revoke that or choose another name"
                }
                guard member.keys.contains(where: { $0.text == key.publicKey }) else { return nil }
                return "the key of the identity \(member.name) is that of \(key.name), made with key.create"
            }
        }
    }

    /// Takes over the keys of the desk, at the start.
    mutating func load(_ keys: [DeskKey]) { self.keys = keys }

    /// Takes over another configuration.
    /// - Returns: the identities for which something changed, in order of name.
    mutating func replace(_ rules: AccessRules) throws(AccessProblems) -> [String] {
        var next = self
        next.rules = rules
        guard next.clashes.isEmpty else { throw AccessProblems(next.clashes) }
        next.version += 1
        let (before, after) = (Set(identities), Set(next.identities))
        self = next
        return Set(before.symmetricDifference(after).map(\.name)).sorted()
    }

    /// Adds a key, or puts another state of one in its place.
    mutating func keep(_ key: DeskKey) {
        keys.removeAll { $0.publicKey == key.publicKey }
        keys.append(key)
        version += 1
    }

    mutating func forget(_ publicKey: String) { keys.removeAll { $0.publicKey == publicKey } }
}

extension Identity {
    func proved(_ proof: Proof) -> Identity {
        var copy = self
        copy.proof = proof
        return copy
    }
}
