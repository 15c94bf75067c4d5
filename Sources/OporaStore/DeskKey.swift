public import OporaTime

/// A CURVE key that was made known to a running kernel, and for whom.
public struct DeskKey: Hashable, Sendable {
    /// Z85, 40 characters.
    public var publicKey: String
    /// The identity that it proves.
    public var name: String
    public var roles: [String]
    public var createdAt: Timestamp
    /// Since then it proves nothing. It is kept, so that it does not come back by mistake.
    public var revokedAt: Timestamp?

    public init(publicKey: String, name: String, roles: [String], createdAt: Timestamp, revokedAt: Timestamp? = nil) {
        self.publicKey = publicKey
        self.name = name
        self.roles = roles
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
