import OporaDomain
import OporaProtocol
import OporaStore

/// Looking at saved views, and at the tickets that they show.
enum ViewQueries {
    static let all: [QueryMethod] = [
        QueryMethod("view.get", "view", "A view.") { context in
            let view = try find(context)
            context.result.name("view")
            context.result.view(view)
        },
        QueryMethod("view.list", "", "The views that whoever asks sees, in their order.") { context in
            let me = context.viewer
            let groups = try context.groupsOfViewer()
            context.result.name("items")
            context.result.beginArray()
            for view in try context.store.views() where view.isVisible(to: me, in: groups) { context.result.view(view) }
            context.result.endArray()
        },
        QueryMethod("view.tickets", "view limit? cursor? expand?", "The tickets of a view, in its order.") { context in
            let view = try find(context)
            try context.list(try ViewFilter(reading: Params(object: view.filter)), view.sort)
        },
        QueryMethod("view.count", "view", "How many tickets a view has, as far as one look goes.") { context in
            try context.count(try ViewFilter(reading: Params(object: try find(context).filter)))
        },
    ]

    private static func find(_ context: QueryContext) throws -> View {
        let id: ViewID = try context.params.id("view")
        guard let view = try context.store.view(id), view.isVisible(to: context.viewer, in: try context.groupsOfViewer()) else {
            throw Rejection.notFound(kind: "view", id: "\(id)")
        }
        return view
    }
}
