import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// What can be done to saved views.
enum ViewCommands {
    /// What a view may show of a ticket.
    static let columns: Set<String> = [
        "id", "subject", "status", "status_reason", "wake_at", "priority", "type", "channel", "requester", "organization",
        "group",
        "tier", "assignee", "tags", "external_id", "created_at", "updated_at", "solved_at", "closed_at", "due_at",
    ]

    static let all: [CommandMethod] = [
        CommandMethod("view.create", "name filter? sort? columns? groups? owner? position?", "Saves a view.") { context in
            let all = try context.store.views()
            guard all.count < Limits.views else {
                throw RPCError(.quotaExceeded, "the desk has \(Limits.views) views already; delete some first")
            }
            context.state.ids.view += 1
            var view = View(
                id: ViewID(rawValue: context.state.ids.view), name: try context.params.line("name"), createdAt: context.now,
                updatedAt: context.now)
            _ = try fill(&view, &context)
            try keep(view, .viewCreated, ["*"], &context)
        },
        CommandMethod(
            "view.update", "view name? filter? sort? columns? groups? owner? position? expected_version?", "Changes a view."
        ) { context in
            var view = try found(&context)
            let changed = try fill(&view, &context)
            if changed.isEmpty { return context.answer(view) }
            view.version += 1
            view.updatedAt = context.now
            try keep(view, .viewUpdated, changed, &context)
        },
        CommandMethod("view.delete", "view expected_version?", "Takes a view away.") { context in
            let view = try found(&context)
            try context.record([view.event(.viewDeleted, changed: [], at: context.now)])
            context.commit.deletedViews.append(view.id)
        },
    ]

    /// The view that the caller names. Nobody but its owner sees one person's own.
    private static func found(_ context: inout CommandContext) throws -> View {
        let id: ViewID = try context.params.id("view")
        let me = try context.actor()?.id
        guard let view = try context.store.view(id), view.owner == nil || view.owner == me || me == nil else {
            throw Rejection.notFound(kind: "view", id: "\(id)")
        }
        try context.check(version: view.version, id: "\(id)")
        return view
    }

    /// Sets what was given; returns the names of what became another value.
    private static func fill(_ view: inout View, _ context: inout CommandContext) throws -> [String] {
        let params = context.params
        let before = view
        if params.has("name") { view.name = try params.line("name") }
        if let filter = try params.optionalObject("filter") {
            let members = Params(object: filter)
            do throws(RPCError) {
                try members.refuseOthers(than: ViewFilter.members, in: "")
                try members.checkStatuses("status", context.state.desk)
                _ = try ViewFilter(reading: members)
            } catch { throw error.below("/filter") }
            view.filter = filter
        }
        if let sort: TicketSort = try params.optionalWord("sort") { view.sort = sort }
        if params.hasValue("columns") { view.columns = try columns(params) }
        if params.has("groups") {
            view.groups = try params.ids("groups", max: Limits.filterChoices) ?? []
            for group in view.groups where !before.groups.contains(group) { try context.require(group) }
        }
        if params.has("owner") {
            view.owner = try params.object["owner"] == "me" ? context.me("owner") : params.optionalID("owner")
            if let owner = view.owner { try context.requireUser(owner) }
        }
        if let position = try params.optionalInt("position", in: 0...Limits.safeInteger) { view.position = position }
        guard try ViewFilter(reading: Params(object: view.filter)).allows(view.sort) else {
            throw Rejection.validation(
                member: "sort", reason: "\(view.sort.rawValue) is an order of few tickets: let the filter ask for unsolved ones")
        }
        return [
            before.name != view.name ? "name" : nil, before.filter != view.filter ? "filter" : nil,
            before.sort != view.sort ? "sort" : nil, before.columns != view.columns ? "columns" : nil,
            before.groups != view.groups ? "groups" : nil, before.owner != view.owner ? "owner" : nil,
            before.position != view.position ? "position" : nil,
        ].compactMap { $0 }
    }

    private static func columns(_ params: Params) throws -> [String] {
        var columns: [String] = []
        for (index, item) in try params.array("columns", max: Limits.viewColumns).enumerated() {
            guard let word = item.string, Self.columns.contains(word), !columns.contains(word) else {
                throw RPCError.invalid(
                    "/columns/\(index)", "enum", "must be one of \(Self.columns.sorted().joined(separator: ", ")), each once")
            }
            columns.append(word)
        }
        if columns.isEmpty { throw RPCError.invalid("/columns", "range", "is empty") }
        return columns
    }

    private static func keep(_ view: View, _ type: EventType, _ changed: [String], _ context: inout CommandContext) throws {
        try context.record([view.event(type, changed: changed, at: context.now)])
        context.commit.views.append(view)
        context.answer(view)
    }
}

extension CommandContext {
    fileprivate mutating func answer(_ view: View) {
        result.name("view")
        result.view(view)
    }

    /// The person who acts, for a parameter that says "me".
    mutating func me(_ member: String) throws -> UserID {
        guard let me = try actor()?.id else {
            throw Rejection.validation(member: member, reason: "means the acting person's, and \(identity.name) acts as none")
        }
        return me
    }

    /// Refuses where somebody changed the thing since the caller saw it.
    func check(version: Int64, id: String) throws {
        guard let expected = try params.expectedVersion(), expected != version else { return }
        throw Rejection.versionConflict(id: id, expected: expected, current: version)
    }
}

extension RPCError {
    /// The same error about a member that lies deeper.
    func below(_ path: String) -> RPCError {
        var error = self
        let details = (data["details"]?.array ?? []).map { detail -> JSON in
            guard var object = detail.object else { return detail }
            object["path"] = .string(path + (object["path"]?.string ?? ""))
            return .object(object)
        }
        error.data["details"] = .array(details)
        return error
    }
}
