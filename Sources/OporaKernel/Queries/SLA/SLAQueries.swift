import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

/// Looking at policies and calendars, counting with them, and asking why a target is due when it is.
enum SLAQueries {
    static let all: [QueryMethod] =
        lists + CalendarQueries.all + [
            QueryMethod("sla.explain", "ticket target cycle? until?", "Why a target is due when it is.") {
                try ExplainQuery.run(&$0)
            },
            QueryMethod(
                "sla.preview", "policy? calendar? set? retire? limit? cursor?",
                "What a change of a policy or calendar would do to open tickets. Changes nothing."
            ) { try PreviewQuery.run(&$0) },
            QueryMethod(
                "sla.simulate", "policies from? to? after_seq?", "What policies would have met and breached in the past."
            ) { try SimulateQuery.run(&$0) },
        ]

    private static let lists: [QueryMethod] = [
        QueryMethod("policy.get", "policy version?", "A policy.") { context in
            let id: PolicyID = try context.params.id("policy")
            let version = try context.params.optionalInt("version", in: 1...Limits.safeInteger)
            guard let policy = try context.store.policy(id, version: version) else {
                throw Rejection.notFound(kind: "policy", id: version.map { "\(id) version \($0)" } ?? "\(id)")
            }
            context.result.name("policy")
            context.result.policy(policy)
        },
        QueryMethod("policy.list", "versions_of? limit? cursor?", "All policies, or all versions of one.") { context in
            let limit = try context.params.limit()
            let after = try context.idCursor()
            if let id: PolicyID = try context.params.optionalID("versions_of") {
                let found = try context.store.versions(of: id, after: after, limit: limit + 1)
                context.page(found, limit: limit, cursor: { Cursor(id: $0.policy.version) }) { $0.policy($1) }
            } else {
                let found = try context.store.policies(after: after, limit: limit + 1)
                context.page(found, limit: limit, cursor: { Cursor(id: $0.policy.id.rawValue) }) { $0.policy($1) }
            }
        },
        QueryMethod("calendar.get", "calendar version?", "A calendar.") { context in
            let id: CalendarID = try context.params.id("calendar")
            let version = try context.params.optionalInt("version", in: 1...Limits.safeInteger)
            guard let calendar = try context.store.calendar(id, version: version) else {
                throw Rejection.notFound(kind: "calendar", id: version.map { "\(id) version \($0)" } ?? "\(id)")
            }
            context.result.name("calendar")
            context.result.calendar(calendar)
        },
        QueryMethod("calendar.list", "versions_of? limit? cursor?", "All calendars, or all versions of one.") { context in
            let limit = try context.params.limit()
            let after = try context.idCursor()
            if let id: CalendarID = try context.params.optionalID("versions_of") {
                let found = try context.store.versions(of: id, after: after, limit: limit + 1)
                context.page(found, limit: limit, cursor: { Cursor(id: $0.version) }) { $0.calendar($1) }
            } else {
                let found = try context.store.calendars(after: after, limit: limit + 1)
                context.page(found, limit: limit, cursor: { Cursor(id: $0.id.rawValue) }) { $0.calendar($1) }
            }
        },
    ]
}
