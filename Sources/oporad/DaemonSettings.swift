import Logging
import OporaKernel
import OporaService

/// The settings of a kernel process, checked.
struct DaemonSettings {
    var dataFolder: String
    var runFolder: String
    var logLevel: Logger.Level
    var readers: Int
    var commandsWaiting: Int
    var receiptDays: Int
    var identities: [Identity]
    /// Identity by the user id of a local process.
    var uids: [UInt32: String]
    /// Identity by CURVE public key, Z85.
    var keys: [String: String]

    /// Bytes that the path of a socket may have.
    private static let socketPathBytes = 107

    init(reading config: Config) throws(ConfigProblems) {
        dataFolder = config.string("data_dir", default: "/var/lib/opora")
        runFolder = config.string("run_dir", default: "/run/opora")
        logLevel = config.choice("log.level", default: Logger.Level.info)
        readers = config.int("readers", default: 2, in: 1...16)
        commandsWaiting = config.int("limits.commands_waiting", default: 20_000, in: 100...1_000_000)
        receiptDays = config.int("limits.receipt_days", default: 7, in: 1...365)
        identities = [.owner]
        uids = [:]
        keys = [:]
        if "\(runFolder)/events-curve.sock".utf8.count > Self.socketPathBytes {
            config.reject("run_dir", "the path is too long for a socket (\(Self.socketPathBytes) bytes); choose a shorter folder")
        }
        let roles = Self.roles(config)
        readIdentities(config, roles)
        try config.finish()
    }

    private struct Role {
        var methods: [String]
        var rights: Set<Identity.Right>
    }

    private static func roles(_ config: Config) -> [String: Role] {
        var roles: [String: Role] = [:]
        for name in config.names("roles") {
            var rights: Set<Identity.Right> = []
            for word in config.strings("roles.\(name).rights") {
                if let right = Identity.Right(rawValue: word) {
                    rights.insert(right)
                } else {
                    let known = Identity.Right.allCases.map(\.rawValue).joined(separator: ", ")
                    config.reject("roles.\(name).rights", "\"\(word)\" is none of \(known)")
                }
            }
            roles[name] = Role(methods: config.strings("roles.\(name).methods"), rights: rights)
        }
        return roles
    }

    private mutating func readIdentities(_ config: Config, _ roles: [String: Role]) {
        for index in 0..<config.count("identities") {
            let path = "identities.\(index)"
            guard let name = config.string("\(path).name") else {
                config.reject(path, "an identity needs a name")
                continue
            }
            if identities.contains(where: { $0.name == name }) { config.reject("\(path).name", "\"\(name)\" is there twice") }
            var methods: [String] = []
            var rights: Set<Identity.Right> = []
            let names = config.strings("\(path).roles")
            for role in names {
                guard let known = roles[role] else {
                    config.reject("\(path).roles", "there is no role \"\(role)\" under roles")
                    continue
                }
                methods += known.methods
                rights.formUnion(known.rights)
            }
            identities.append(Identity(name: name, roles: names, methods: methods, rights: rights))
            readProof(config, path, name)
        }
    }

    /// How the identity is known: by a key, or by the uid of its process.
    private mutating func readProof(_ config: Config, _ path: String, _ name: String) {
        let key = config.string("\(path).key")
        let uid = config.string("\(path).uid")
        if let key {
            guard key.utf8.count == 40 else {
                config.reject("\(path).key", "a CURVE public key has 40 characters in Z85")
                return
            }
            if keys.updateValue(name, forKey: key) != nil { config.reject("\(path).key", "another identity has this key") }
        }
        if let uid {
            guard let number = UInt32(uid) else {
                config.reject("\(path).uid", "\"\(uid)\" is not a user id")
                return
            }
            if uids.updateValue(name, forKey: number) != nil { config.reject("\(path).uid", "another identity has this uid") }
        }
        if key == nil, uid == nil { config.reject(path, "an identity needs a key or a uid") }
    }
}
