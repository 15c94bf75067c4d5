public import OporaProtocol

/// Who may do what. Pure: the kernel asks for every command and every query.
public enum Rights {
    /// Whoever a request comes from: an identity, or the person in whose name it acts.
    public struct Bearer: Hashable, Sendable {
        public var grants: [Grant]
        /// The person, or the one as whom an identity acts; nil for an identity that acts as nobody.
        public var person: Person?

        public init(grants: [Grant], person: Person?) {
            self.grants = grants
            self.person = person
        }
    }

    /// Why not.
    public enum Denial: Error, Hashable, Sendable {
        /// No role has the method.
        case method
        /// The method shows or changes more than may be seen.
        case wholeDesk
        /// The parameter is the desk's own affair.
        case parameter(String)
        /// Only the person itself may be named here.
        case otherPerson
    }

    /// What all bearers of a request together may see with a method; what one of them may not is not allowed.
    /// - Parameter method: a method of the kernel, or `x.<plugin>.<verb>`.
    public static func decide(_ method: String, _ bearers: [Bearer]) throws(Denial) -> Sight {
        var sight = Sight.all
        for bearer in bearers {
            let allowing = bearer.grants.filter { $0.allows(method) }
            guard let scope = allowing.map(\.tickets).max(), !bearer.grants.contains(where: { $0.denies(method) }) else {
                throw .method
            }
            sight.seesInternal = sight.seesInternal && allowing.contains(where: \.seesInternal)
            if scope == .all { continue }
            sight.limits.append(bearer.person.flatMap { $0.limit(scope) } ?? .nothing)
        }
        if sight.isWhole { return sight }
        // What nobody wrote down is for those who may see everything; who sees nothing internal has what requesters have.
        guard let right = MethodRights.of(method), right.reach != .desk, sight.seesInternal || right.roles.contains(.requester)
        else { throw .wholeDesk }
        return sight
    }

    /// Whether the parameters of a method may be given by who has this sight.
    public static func check(_ method: String, _ params: JSONObject, _ sight: Sight, _ bearers: [Bearer]) throws(Denial) {
        guard let right = MethodRights.of(method), !sight.seesInternal else { return }
        // Those from whom something is held back speak for themselves.
        let limited = bearers.filter { bearer in !bearer.grants.contains { $0.allows(method) && $0.seesInternal } }
        for member in params.members where !right.open.contains(member.name) {
            let named = member.name == "requester" ? member.value.string.flatMap { UserID($0) } : nil
            guard let named, limited.allSatisfy({ $0.person?.id == named }) else { throw .parameter(member.name) }
        }
        guard right.reach == .person else { return }
        let named = params["user"]?.string.flatMap { UserID($0) }
        guard let named, limited.allSatisfy({ $0.person?.id == named }) else { throw .otherPerson }
    }

    /// Whether whoever has these grants may hand out another: it gives nobody more than they have.
    public static func cover(_ own: [Grant], _ other: Grant) -> Bool {
        // An admin has whatever a role can have, methods that are still to come included.
        if own.contains(other) || own.contains(where: { $0.methods == .shipped(.admin) }) { return true }
        if case .patterns(let allow, let deny) = other.methods {
            guard allow.allSatisfy({ coverPattern(own, $0, deny) }) else { return false }
        }
        return other.known.allSatisfy { method in
            let having = own.filter { $0.allows(method) }
            guard let scope = having.map(\.tickets).max(), !own.contains(where: { $0.denies(method) }) else { return false }
            return other.tickets <= scope && (!other.seesInternal || having.contains(where: \.seesInternal))
        }
    }

    private static func coverPattern(_ own: [Grant], _ pattern: String, _ deny: [String]) -> Bool {
        own.contains { grant in
            switch grant.methods {
            // A shipped role has names, not patterns: only a name can be covered by it.
            case .shipped: !pattern.contains("*") && grant.allows(pattern)
            case .patterns(let allow, let denied):
                MethodPattern.cover(allow, pattern) && denied.allSatisfy { MethodPattern.cover(deny, $0) }
            }
        }
    }
}
