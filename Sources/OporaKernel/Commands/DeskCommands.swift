import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What the desk decides for itself: settings, statuses, custom fields.
enum DeskCommands {
    static let all: [CommandMethod] = [
        CommandMethod(
            "desk.set", "strict_fields? auto_close_days? stuck_days? claim_minutes? transitions? expected_version?",
            "Changes the desk's settings."
        ) { try setDesk(&$0) },
        CommandMethod("status.create", "status category label? reason?", "Declares a status of the desk's own.") { context in
            let params = context.params
            guard context.state.desk.statuses.count < Limits.statuses else { throw full("statuses", Limits.statuses) }
            let word = try params.name("status")
            guard context.state.desk.statuses[word] == nil else {
                throw Rejection.alreadyExists(kind: "status", member: "status", value: word)
            }
            let status = try CustomStatus(
                word: word, category: try params.word("category"), label: try params.label("label") ?? Label(),
                reason: try params.optionalName("reason"), at: context.now)
            try keep(status, .deskStatusCreated, ["*"], &context)
        },
        CommandMethod("status.update", "status label? reason? expected_version?", "Changes a status of the desk's own.") {
            context in
            let before = try status(context)
            var status = before
            if let label = try context.params.label("label") { status.label = label }
            if context.params.has("reason") { try status.setReason(try context.params.optionalName("reason")) }
            let changed = [
                before.label != status.label ? "label" : nil, before.reason != status.reason ? "reason" : nil,
            ].compactMap { $0 }
            try keep(status, .deskStatusUpdated, changed, &context)
        },
        CommandMethod("status.retire", "status expected_version?", "Lets no ticket be moved to a status any more.") { context in
            var status = try status(context)
            let isNew = status.retiredAt == nil
            if isNew { status.retiredAt = context.now }
            try keep(status, .deskStatusRetired, isNew ? ["retired_at"] : [], &context)
        },
        CommandMethod("field.create", "field kind label? choices? required_to_solve?", "Declares a custom field.") { context in
            let params = context.params
            guard context.state.desk.fields.count < Limits.declaredFields else { throw full("fields", Limits.declaredFields) }
            let name = try params.name("field")
            guard context.state.desk.fields[name] == nil else {
                throw Rejection.alreadyExists(kind: "field", member: "field", value: name)
            }
            let field = try CustomField(
                name: name, kind: try params.word("kind"), label: try params.label("label") ?? Label(),
                choices: try params.choices("choices") ?? [],
                isRequiredToSolve: try params.optionalBool("required_to_solve") ?? false, at: context.now)
            try keep(field, .deskFieldCreated, ["*"], &context)
        },
        CommandMethod(
            "field.update", "field label? choices? required_to_solve? expected_version?", "Changes a declared field."
        ) { context in
            let before = try field(context)
            var field = before
            if let label = try context.params.label("label") { field.label = label }
            if let choices = try context.params.choices("choices") { try field.setChoices(choices) }
            if let isRequired = try context.params.optionalBool("required_to_solve") { field.isRequiredToSolve = isRequired }
            let changed = [
                before.label != field.label ? "label" : nil, before.choices != field.choices ? "choices" : nil,
                before.isRequiredToSolve != field.isRequiredToSolve ? "required_to_solve" : nil,
            ].compactMap { $0 }
            try keep(field, .deskFieldUpdated, changed, &context)
        },
        CommandMethod("field.retire", "field expected_version?", "Lets a field be set no more.") { context in
            var field = try field(context)
            let isNew = field.retiredAt == nil
            if isNew { field.retiredAt = context.now }
            try keep(field, .deskFieldRetired, isNew ? ["retired_at"] : [], &context)
        },
    ]

    private static func full(_ what: String, _ limit: Int) -> RPCError {
        RPCError(.quotaExceeded, "the desk has \(limit) \(what) already; that is the most")
    }

    private static func setDesk(_ context: inout CommandContext) throws {
        let params = context.params
        let before = context.state.desk.settings
        if let expected = try params.expectedVersion(), expected != before.version {
            throw Rejection.versionConflict(id: "desk", expected: expected, current: before.version)
        }
        var next = before
        next.strictFields = try params.optionalBool("strict_fields") ?? before.strictFields
        next.autoCloseDays = try params.optionalInt("auto_close_days", in: 1...Limits.periodDays) ?? before.autoCloseDays
        next.stuckDays = try params.optionalInt("stuck_days", in: 1...Limits.periodDays) ?? before.stuckDays
        next.claimMinutes = try params.optionalInt("claim_minutes", in: 1...Limits.claimMinutes) ?? before.claimMinutes
        if params.has("transitions") {
            next.transitions = try params.transitions("transitions")
            try context.state.desk.check(transitions: next.transitions)
        }
        if next != before {
            next.version += 1
            try context.record([
                EventDraft(
                    .deskUpdated, subject: "desk/settings", at: context.now, entityVersion: next.version,
                    data: ["before": before.json, "after": next.json])
            ])
            context.state.desk.settings = next
            context.commit.deskSettings = next
        }
        context.result.desk(next)
    }

    private static func status(_ context: CommandContext) throws -> CustomStatus {
        let word = try context.params.name("status")
        guard let status = context.state.desk.statuses[word] else {
            throw TicketStatus(rawValue: word) == nil
                ? Rejection.notFound(kind: "status", id: word)
                : Rejection.validation(member: "status", reason: "\(word) is a category; it is as it is")
        }
        try check(status.version, word, context)
        return status
    }

    private static func field(_ context: CommandContext) throws -> CustomField {
        let name = try context.params.name("field")
        guard let field = context.state.desk.fields[name] else { throw Rejection.notFound(kind: "field", id: name) }
        try check(field.version, name, context)
        return field
    }

    private static func check(_ version: Int64, _ id: String, _ context: CommandContext) throws {
        guard let expected = try context.params.expectedVersion(), expected != version else { return }
        throw Rejection.versionConflict(id: id, expected: expected, current: version)
    }

    private static func keep(
        _ given: CustomStatus, _ type: EventType, _ changed: [String], _ context: inout CommandContext
    ) throws {
        var status = given
        if !changed.isEmpty {
            if type != .deskStatusCreated { status.version += 1 }
            status.updatedAt = context.now
            try context.record([status.event(type, changed: changed, at: context.now)])
            context.state.desk.add(status)
            context.commit.statuses.append(status)
        }
        context.result.name("status")
        context.result.status(status)
    }

    private static func keep(
        _ given: CustomField, _ type: EventType, _ changed: [String], _ context: inout CommandContext
    ) throws {
        var field = given
        if !changed.isEmpty {
            if type != .deskFieldCreated { field.version += 1 }
            field.updatedAt = context.now
            try context.record([field.event(type, changed: changed, at: context.now)])
            context.state.desk.add(field)
            context.commit.declaredFields.append(field)
        }
        context.result.name("field")
        context.result.field(field)
    }
}
