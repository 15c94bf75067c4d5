import OporaDomain
import OporaProtocol

extension JSONWriter {
    /// A saved view as callers see it.
    mutating func view(_ view: View) {
        beginObject()
        member("id", view.id.description)
        member("version", view.version)
        member("name", view.name)
        member("filter", .object(view.filter))
        member("sort", view.sort.rawValue)
        member("columns", .array(view.columns.map { .string($0) }))
        member("groups", .array(view.groups.map { .string($0.description) }))
        optional("owner", view.owner)
        member("position", view.position)
        optional("key", view.key)
        member("created_at", view.createdAt)
        member("updated_at", view.updatedAt)
        endObject()
    }

    /// A macro as callers see it.
    mutating func macro(_ macro: Macro) {
        beginObject()
        member("id", macro.id.description)
        member("version", macro.version)
        member("name", macro.name)
        member("actions", .object(macro.actions))
        member("groups", .array(macro.groups.map { .string($0.description) }))
        member("uses", macro.uses)
        optional("used_at", macro.usedAt)
        member("created_at", macro.createdAt)
        member("updated_at", macro.updatedAt)
        endObject()
    }
}
