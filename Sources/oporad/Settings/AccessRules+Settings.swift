import OporaKernel
import OporaProtocol
import OporaService

extension AccessRules {
    /// `identities`, `roles` and `hooks`: what takes effect at a reload.
    init(reading config: Config, ownUID: UInt32) {
        self.init(ownUID: ownUID)
        for name in config.names("roles") {
            if !isName(name) { config.reject("roles.\(name)", "a name has 1 to 64 letters, digits, '_' and '-'") }
            roles[name] = Role(reading: config, "roles.\(name)")
        }
        for index in 0..<config.count("identities") {
            if let member = member(config, "identities.\(index)") { members.append(member) }
        }
        for point in HookPoint.allCases { hooks[point] = HookRule(reading: config, "hooks.\(point.rawValue)") }
    }

    private func member(_ config: Config, _ path: String) -> Member? {
        guard let name = config.string("\(path).name") else {
            config.reject(path, "an identity needs a name")
            return nil
        }
        var member = Member(name: name, roles: config.strings("\(path).roles"))
        if name == Identity.owner.name {
            config.reject("\(path).name", "\"owner\" is the account that runs the kernel; choose another name")
        } else if !isName(name, dots: true) {
            config.reject("\(path).name", "a name has 1 to 64 letters, digits, '.', '_' and '-'")
        } else if members.contains(where: { $0.name == name }) {
            config.reject("\(path).name", "\"\(name)\" is there twice")
        }
        for role in member.roles where roles[role] == nil {
            let known = roles.keys.sorted().joined(separator: ", ")
            config.reject("\(path).roles", "there is no role \"\(role)\"; there are \(known)")
        }
        member.keys = keys(config, path)
        member.uids = uids(config, path)
        if config.string("\(path).key") == nil, config.strings("\(path).keys").isEmpty,
            config.string("\(path).uid") == nil, config.strings("\(path).uids").isEmpty
        {
            config.reject(path, "an identity needs a key or a uid")
        }
        return member
    }

    private func keys(_ config: Config, _ path: String) -> [PublicKey] {
        var keys: [PublicKey] = []
        for (path, text) in texts(config, path, "key") {
            guard let key = PublicKey(text) else {
                config.reject(path, "a CURVE public key has 40 characters in Z85; `opora key show FILE` prints it")
                continue
            }
            if keys.contains(key) || members.contains(where: { $0.keys.contains(key) }) {
                config.reject(path, "this key is there twice; each identity needs one of its own")
            }
            keys.append(key)
        }
        return keys
    }

    private func uids(_ config: Config, _ path: String) -> [UInt32] {
        var uids: [UInt32] = []
        for (path, text) in texts(config, path, "uid") {
            guard let uid = UInt32(text) else {
                config.reject(path, "\"\(text)\" is not a user id")
                continue
            }
            if uid == ownUID {
                config.reject(
                    path, "\(uid) runs the kernel and so is the owner; run the plugin on another account, or give it a key")
            } else if uids.contains(uid) || members.contains(where: { $0.uids.contains(uid) }) {
                config.reject(path, "this uid is there twice; each identity needs one of its own")
            }
            uids.append(uid)
        }
        return uids
    }

    /// What stands under `key` and in the list `keys`, each with its path.
    private func texts(_ config: Config, _ path: String, _ word: String) -> [(path: String, text: String)] {
        let one = config.string("\(path).\(word)").map { [(path: "\(path).\(word)", text: $0)] } ?? []
        return one + config.strings("\(path).\(word)s").map { (path: "\(path).\(word)s", text: $0) }
    }

    private func isName(_ text: String, dots: Bool = false) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
                case 0x2e: dots
                default: false
                }
            }
    }
}
