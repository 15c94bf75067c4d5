import OporaDomain
import OporaProtocol

extension JSONWriter {
    /// The desk's settings as callers see them: a member `desk`.
    mutating func desk(_ settings: DeskSettings) {
        name("desk")
        beginObject()
        member("version", settings.version)
        for setting in settings.json.object?.members ?? [] {
            name(setting.name)
            value(setting.value)
        }
        endObject()
    }

    /// A category's own status as callers see it.
    mutating func status(_ category: TicketStatus) {
        beginObject()
        member("status", category.rawValue)
        member("category", category.rawValue)
        member("built_in", true)
        endObject()
    }

    /// A status of the desk's own as callers see it.
    mutating func status(_ status: CustomStatus) {
        beginObject()
        member("status", status.word)
        member("category", status.category.rawValue)
        member("built_in", false)
        member("version", status.version)
        label(status.label)
        optional("reason", status.reason)
        optional("retired_at", status.retiredAt)
        member("created_at", status.createdAt)
        member("updated_at", status.updatedAt)
        endObject()
    }

    /// A declared field as callers see it.
    mutating func field(_ field: CustomField) {
        beginObject()
        member("field", field.name)
        member("kind", field.kind.rawValue)
        member("version", field.version)
        label(field.label)
        if field.kind.isChosen { member("choices", .array(field.choices.map { .string($0) })) }
        member("required_to_solve", field.isRequiredToSolve)
        optional("retired_at", field.retiredAt)
        member("created_at", field.createdAt)
        member("updated_at", field.updatedAt)
        endObject()
    }

    private mutating func label(_ label: Label) {
        guard !label.isEmpty else { return }
        name("label")
        beginObject()
        optional("en", label.en)
        optional("ru", label.ru)
        endObject()
    }
}
