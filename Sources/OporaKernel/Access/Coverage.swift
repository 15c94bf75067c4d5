import OporaDomain

extension Identity {
    /// Whether the identity itself may do all that a role allows, so that handing the role out gives nobody more than it has.
    func covers(_ role: Role) -> Bool {
        guard role.rights.isSubset(of: rights), role.methods.allSatisfy({ MethodPattern.cover(methods, $0) }) else {
            return false
        }
        guard role.hooks.allSatisfy({ MethodPattern.cover(hooks, $0) }) else { return false }
        // What it is denied must be denied there, too.
        guard deny.allSatisfy({ MethodPattern.cover(role.deny, $0) }) else { return false }
        guard role.tickets <= tickets, seesInternal || !role.seesInternal else { return false }
        guard let own = streams else { return true }
        return role.streams.map { $0.isSubset(of: own) } ?? false
    }
}
