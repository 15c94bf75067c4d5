public import OporaProtocol

/// Which roles of people have which method, and what limits it. A method without a row is nobody's but the operator's: default deny.
///
/// Spec 8.21 to 8.29 say what it means; a test holds every method of the kernel to it.
public enum MethodRights {
    /// The row of a method; methods of plugins share one.
    public static func of(_ method: String) -> MethodRight? { table[method] ?? (method.hasPrefix("x.") ? plugins : nil) }

    /// Which tickets a plugin's method shows, the plugin decides: it is told who asks.
    static let plugins = MethodRight(staff, .apart)

    static let table: [String: MethodRight] = [tickets, work, lists, people, rules, kernel].reduce(into: [:]) {
        $0.merge($1) { first, _ in first }
    }

    /// The methods that the table gives a role of people, in order of name.
    public static func methods(of role: UserRole) -> [String] { table.filter { $0.value.roles.contains(role) }.keys.sorted() }

    private static let everybody = Set(UserRole.allCases)
    static let staff: Set<UserRole> = [.agent, .lead, .manager, .admin, .bot]
    static let leads: Set<UserRole> = [.lead, .manager, .admin]
    static let managers: Set<UserRole> = [.manager, .admin]
    static let admins: Set<UserRole> = [.admin]
    static let ticket = MethodRight.Reach.tickets(["ticket"])

    private static let tickets: [String: MethodRight] = [
        "ticket.create": MethodRight(
            everybody, .apart, open: ["subject", "text", "attachments", "priority", "type", "channel", "fields"]),
        "ticket.get": MethodRight(everybody, ticket, open: ["ticket"]),
        "ticket.list": MethodRight(everybody, .sight, open: ["status", "unsolved", "priority", "sort", "limit", "cursor"]),
        "ticket.search": MethodRight(
            everybody, .sight,
            open: [
                "query", "status", "priority", "type", "channel", "created_from", "created_before", "updated_from",
                "updated_before", "limit", "cursor",
            ]),
        "ticket.count": MethodRight(everybody, .sight, open: ["status", "unsolved", "priority"]),
        "ticket.history": MethodRight(everybody, ticket, open: ["ticket", "limit", "cursor"]),
        "ticket.reply": MethodRight(
            everybody, ticket, open: ["ticket", "text", "attachments", "channel", "automatic", "expected_version"]),
        "ticket.solve": MethodRight(everybody, ticket, open: ["ticket", "expected_version"]),
        "ticket.reopen": MethodRight(everybody, ticket, open: ["ticket", "expected_version"]),
        "ticket.note": MethodRight(staff, ticket),
        "ticket.assign": MethodRight(staff, ticket),
        "ticket.set_priority": MethodRight(staff, ticket),
        "ticket.set_status": MethodRight(staff, ticket),
        "ticket.close": MethodRight(staff, ticket),
        "ticket.apply_macro": MethodRight(staff, ticket),
        // Each ticket is judged for itself, with the steps.
        "ticket.bulk_update": MethodRight(staff, .sight),
        "message.list": MethodRight(everybody, ticket, open: ["ticket", "visibility", "limit", "cursor"]),
        "message.get": MethodRight(everybody, .sight, open: ["message"]),
        "attachment.begin": MethodRight(everybody, .apart, open: ["name", "media_type", "size", "sha256"]),
        "attachment.put": MethodRight(everybody, .apart, open: ["attachment", "offset", "data"]),
        "attachment.finish": MethodRight(everybody, .apart, open: ["attachment"]),
        "attachment.get": MethodRight(everybody, .sight, open: ["attachment", "offset", "length"]),
        "feedback.record": MethodRight(everybody, ticket, open: ["ticket", "kind", "score", "comment"]),
        "feedback.get": MethodRight(staff, .sight),
    ]

    private static let lists: [String: MethodRight] = [
        "view.get": MethodRight(staff, .apart),
        "view.list": MethodRight(staff, .apart),
        "view.tickets": MethodRight(staff, .sight),
        "view.count": MethodRight(staff, .sight),
        "view.create": MethodRight(staff, .apart),
        "view.update": MethodRight(staff, .apart),
        "view.delete": MethodRight(staff, .apart),
        "macro.get": MethodRight(staff, .apart),
        "macro.list": MethodRight(staff, .apart),
        "macro.preview": MethodRight(staff, ticket),
        "macro.create": MethodRight(leads, .apart),
        "macro.update": MethodRight(leads, .apart),
        "macro.delete": MethodRight(leads, .apart),
    ]

    private static let people: [String: MethodRight] = [
        "user.get": MethodRight(everybody, .person, open: ["user"]),
        "user.list": MethodRight(staff, .apart),
        "user.create": MethodRight(staff, .apart),
        "user.update": MethodRight(staff, .apart),
        "organization.get": MethodRight(staff, .apart),
        "organization.list": MethodRight(staff, .apart),
        "organization.create": MethodRight(staff, .apart),
        "organization.update": MethodRight(staff, .apart),
        "group.get": MethodRight(staff, .apart),
        "group.list": MethodRight(staff, .apart),
        "user.set_availability": MethodRight(staff, .apart),
        "user.set_skills": MethodRight(leads, .apart),
        "agent.pick": MethodRight(staff, .apart),
        "role.list": MethodRight(staff, .apart),
        "role.create": MethodRight(admins, .desk),
        "role.update": MethodRight(admins, .desk),
        "person.export": MethodRight(managers, .desk),
        "person.erase": MethodRight(admins, .desk),
        "group.members": MethodRight(staff, .apart),
        "group.add_member": MethodRight(leads, .apart),
        "group.remove_member": MethodRight(leads, .apart),
        "group.create": MethodRight(managers, .apart),
        "group.update": MethodRight(managers, .apart),
    ]

    private static let rules: [String: MethodRight] = [
        "policy.get": MethodRight(staff, .apart),
        "policy.list": MethodRight(staff, .apart),
        "policy.create": MethodRight(managers, .apart),
        "policy.update": MethodRight(managers, .apart),
        "policy.retire": MethodRight(managers, .apart),
        "calendar.get": MethodRight(staff, .apart),
        "calendar.list": MethodRight(staff, .apart),
        "calendar.create": MethodRight(managers, .apart),
        "calendar.update": MethodRight(managers, .apart),
        "calendar.import_holidays": MethodRight(managers, .apart),
        "calendar.due": MethodRight(staff, .apart),
        "calendar.worked": MethodRight(staff, .apart),
        "sla.waive": MethodRight(leads, ticket),
        "sla.explain": MethodRight(staff, ticket),
        "sla.preview": MethodRight(managers, .desk),
        "sla.simulate": MethodRight(managers, .desk),
    ]

    private static let kernel: [String: MethodRight] = [
        "events.read": MethodRight(managers, .desk),
        "event.publish": MethodRight(everybody, ticket, open: ["type", "data", "subject", "ticket"]),
        "audit.list": MethodRight(managers, .desk),
        "audit.refusals": MethodRight(admins, .desk),
        "import.apply": MethodRight(admins, .desk),
        "kernel.stats": MethodRight(managers, .desk),
        "kernel.health": MethodRight(managers, .desk),
        "consumer.ack": MethodRight(admins, .desk),
        "consumer.delete": MethodRight(admins, .desk),
        "consumer.ensure": MethodRight(admins, .desk),
        // A lease is a connection's: nobody fetches in another's name.
        "consumer.fetch": MethodRight([], .desk),
        "consumer.info": MethodRight(admins, .desk),
        "consumer.list": MethodRight(admins, .desk),
        "consumer.park": MethodRight(admins, .desk),
        "consumer.parked_drop": MethodRight(admins, .desk),
        "consumer.parked_list": MethodRight(admins, .desk),
        "consumer.parked_retry": MethodRight(admins, .desk),
        "consumer.pause": MethodRight(admins, .desk),
        "consumer.resume": MethodRight(admins, .desk),
        "consumer.seek": MethodRight(admins, .desk),
        "log.truncate": MethodRight(admins, .desk),
        "search.status": MethodRight(managers, .desk),
        "search.rebuild": MethodRight(admins, .desk),
        "key.create": MethodRight(admins, .desk),
        "key.list": MethodRight(admins, .desk),
        "key.revoke": MethodRight(admins, .desk),
        "auth.reload": MethodRight(admins, .desk),
        "auth.whoami": MethodRight(everybody, .apart),
        "ping": MethodRight(everybody, .apart),
        "rpc.discover": MethodRight(everybody, .apart),
        "session.bye": MethodRight(everybody, .apart),
        "session.hello": MethodRight(everybody, .apart),
        "session.ping": MethodRight(everybody, .apart),
    ]
}
