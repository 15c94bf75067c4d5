/// Where a plugin may be asked before a command is done. The list grows with the protocol's minor version.
public enum HookPoint: String, CaseIterable, Sendable {
    /// `ticket.create`.
    case beforeCreate = "ticket.before_create"
    /// What changes one ticket's status, priority, type, fields or tags.
    case beforeUpdate = "ticket.before_update"
    /// `ticket.assign`, `ticket.hand_over`.
    case beforeAssign = "ticket.before_assign"
    /// `ticket.reply`.
    case beforeSend = "message.before_send"

    /// The point that a command passes; nil for one that asks nobody.
    public init?(method: String) {
        switch method {
        case "ticket.create": self = .beforeCreate
        case "ticket.set_priority", "ticket.set_status", "ticket.solve", "ticket.reopen", "ticket.close", "ticket.wait",
            "ticket.set_type", "ticket.set_fields", "ticket.set_tags", "ticket.add_tags", "ticket.remove_tags":
            self = .beforeUpdate
        case "ticket.assign", "ticket.hand_over": self = .beforeAssign
        case "ticket.reply": self = .beforeSend
        default: return nil
        }
    }
}
