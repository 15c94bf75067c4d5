/// Who may listen on an XPUB, and what the users on it ask for. It forgets all that when the socket is made anew.
struct Listeners {
    /// Prefixes that one user may have alive; one with more is put off the bus.
    static let prefixesPerUser = 1000

    /// What came up from a subscriber.
    enum Upward: Equatable {
        /// A prefix more or less.
        case subscription
        /// One prefix too many of this user.
        case tooMany(user: String)
        /// Data, which nobody may send here.
        case data
    }

    /// Hashes of the prefixes that some subscriber has, by the user who asked for them.
    private var prefixes: [String: Set<Int>] = [:]

    /// Reads a message that came up. libzmq tells of every subscription, and of an end when a prefix has no subscriber left.
    mutating func read(_ frames: [[UInt8]], user: String?) -> Upward {
        guard frames.count == 1, let kind = frames[0].first, kind <= 1 else { return .data }
        let prefix = frames[0].dropFirst().hashValue
        guard kind == 1 else {
            for user in prefixes.keys { prefixes[user]?.remove(prefix) }
            return .subscription
        }
        let user = user ?? ""
        prefixes[user, default: []].insert(prefix)
        return prefixes[user, default: []].count > Listeners.prefixesPerUser ? .tooMany(user: user) : .subscription
    }
}
