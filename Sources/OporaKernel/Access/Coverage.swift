extension Identity {
    /// Whether the identity itself may do all that a role allows, so that handing the role out gives nobody more than it has.
    func covers(_ role: Role) -> Bool {
        guard role.rights.isSubset(of: rights), role.methods.allSatisfy({ Identity.cover(methods, $0) }) else { return false }
        guard role.hooks.allSatisfy({ Identity.cover(hooks, $0) }) else { return false }
        // What it is denied must be denied there, too.
        guard deny.allSatisfy({ Identity.cover(role.deny, $0) }) else { return false }
        guard let own = streams else { return true }
        return role.streams.map { $0.isSubset(of: own) } ?? false
    }

    /// Whether all that a pattern stands for fits one of these.
    private static func cover(_ patterns: [String], _ pattern: String) -> Bool {
        patterns.contains { known in
            if known == "*" || known == pattern { return true }
            if known.hasSuffix("*") { return !pattern.hasPrefix("*") && pattern.hasPrefix(known.dropLast()) }
            return known.hasPrefix("*") && !pattern.hasSuffix("*") && pattern.hasSuffix(known.dropFirst())
        }
    }
}
