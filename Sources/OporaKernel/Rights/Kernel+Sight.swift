import OporaDomain
import OporaProtocol
import OporaStore

extension Kernel {
    /// What whoever sent a request may see with it. Refuses what they may not do. For readers, within a view.
    func sight(of request: Request, _ identity: Identity, _ store: any StoreReader) throws -> Sight {
        if Authority.isPlain(request, identity) { return .all }
        let authority = Authority(
            request: request, identity: identity, book: rights, identityUser: user(of: identity.name),
            user: { (id) throws(StoreError) in try store.user(id) }, ticket: { (id) throws(StoreError) in try store.ticket(id) }
        )
        return try authority.sight(of: try authority.bearers())
    }
}
