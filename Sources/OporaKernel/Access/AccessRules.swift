public import OporaProtocol

/// What the configuration says about who may connect and do what.
public struct AccessRules: Hashable, Sendable {
    /// One identity: how it proves itself, and its roles.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var roles: [String]
        public var keys: [PublicKey]
        /// User ids of local processes.
        public var uids: [UInt32]

        public init(name: String, roles: [String], keys: [PublicKey] = [], uids: [UInt32] = []) {
            self.name = name
            self.roles = roles
            self.keys = keys
            self.uids = uids
        }
    }

    /// The user id of the kernel's own account, which is the identity `owner`.
    public var ownUID: UInt32
    public var members: [Member]
    /// Shipped ones and those of the configuration.
    public var roles: [String: Role]
    /// What is missing is as by default.
    public var hooks: [HookPoint: HookRule]

    public init(
        ownUID: UInt32, members: [Member] = [], roles: [String: Role] = Role.shipped, hooks: [HookPoint: HookRule] = [:]
    ) {
        self.ownUID = ownUID
        self.members = members
        self.roles = roles
        self.hooks = hooks
    }

    /// The identity of some roles. One that is not there any more allows nothing.
    func identity(_ name: String, _ roles: [String]) -> Identity {
        Identity(name: name, roles: roles.compactMap { role in self.roles[role].map { (role, $0) } })
    }
}
