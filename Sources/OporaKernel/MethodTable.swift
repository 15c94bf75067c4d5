import OporaProtocol

/// Every method of the kernel, by name.
enum MethodTable {
    static let commands: [String: CommandMethod] = Dictionary(
        uniqueKeysWithValues: (TicketCommands.all + TicketStatusCommands.all + TicketFacetCommands.all + TicketTieCommands.all
            + DeskCommands.all + PeopleCommands.all + SLACommands.all + ConsumerCommands.all
            + ParkingCommands.all + LogCommands.all + FeedbackCommands.all + ImportCommands.all + PublishCommand.all
            + AccessCommands.all + AttachmentCommands.all + ViewCommands.all + MacroCommands.all + BulkCommand.all
            + RoleCommands.all + WorkCommands.all + MembershipCommands.all + ErasureCommands.all).map { ($0.spec.name, $0) })

    /// What the kernel has the writer do by itself. No caller can name these.
    static let own: [String: CommandMethod] = ParkingCommands.own.merging(AttachmentCommands.own) { one, _ in one }

    static let queries: [String: QueryMethod] = Dictionary(
        uniqueKeysWithValues: (TicketQueries.all + DeskQueries.all + PeopleQueries.all + SLAQueries.all + LogQueries.all
            + ConsumerQueries.all + KeyQueries.all + AttachmentQueries.all + TicketLists.all + ViewQueries.all
            + MacroQueries.all + SearchQueries.all + StaffQueries.all + PersonQueries.all + AuditQueries.all).map {
                ($0.spec.name, $0)
            })

    static let sessionMethods: [String: SessionMethod] = Dictionary(
        uniqueKeysWithValues: (Kernel.sessionMethods + Kernel.accessMethods).map { ($0.spec.name, $0) })

    /// Whether a name is a method's, or fits one of a plugin's: it may be written down, for it is no free text.
    static func isKnown(_ name: String) -> Bool {
        commands[name] != nil || queries[name] != nil || sessionMethods[name] != nil || EventName(name) != nil
    }

    /// In order of name.
    static let specs: [MethodSpec] =
        (commands.values.map(\.spec) + queries.values.map(\.spec) + sessionMethods.values.map(\.spec))
        .sorted { $0.name < $1.name }
}
