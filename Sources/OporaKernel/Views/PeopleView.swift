import OporaDomain
import OporaProtocol
import OporaStore
import OporaTime

extension JSONWriter {
    /// A user as callers see it.
    mutating func user(_ user: User) {
        beginObject()
        member("id", user.id.description)
        member("version", user.version)
        member("name", user.name)
        optional("email", user.email)
        member("roles", .array(user.roleNames.map { .string($0) }))
        optional("organization", user.organization)
        optional("language", user.language)
        optional("zone", user.zone)
        optional("identity", user.identity)
        optional("external_id", user.externalID)
        member("active", user.isActive)
        work(user.work)
        member("created_at", user.createdAt.text)
        member("updated_at", user.updatedAt.text)
        endObject()
    }

    /// What an agent can take on; nothing of it where nothing is said.
    private mutating func work(_ work: Work) {
        if !work.skills.isEmpty { member("skills", .object(JSONObject(work.skills.map { ($0.name, .int(Int64($0.level))) }))) }
        if let capacity = work.capacity { member("capacity", Int64(capacity)) }
        guard work.availability.isAway else { return }
        name("away")
        beginObject()
        optional("until", work.availability.until)
        optional("replacement", work.availability.replacement)
        endObject()
    }

    /// An organization as callers see it.
    mutating func organization(_ organization: Organization) {
        beginObject()
        member("id", organization.id.description)
        member("version", organization.version)
        member("name", organization.name)
        optional("external_id", organization.externalID)
        member("created_at", organization.createdAt.text)
        member("updated_at", organization.updatedAt.text)
        endObject()
    }

    /// A group as callers see it.
    mutating func group(_ group: Group) {
        beginObject()
        member("id", group.id.description)
        member("version", group.version)
        member("name", group.name)
        optional("lead", group.lead)
        member("members", .array(group.members.map { .string($0.description) }))
        if !group.tiers.isEmpty {
            let tiers = group.tiers.sorted { $0.key < $1.key }.map { ($0.key.description, JSON.int(Int64($0.value))) }
            member("tiers", .object(JSONObject(tiers)))
        }
        optional("external_id", group.externalID)
        member("created_at", group.createdAt.text)
        member("updated_at", group.updatedAt.text)
        endObject()
    }

    /// A policy as callers see it.
    mutating func policy(_ stored: StoredPolicy) {
        let policy = stored.policy
        beginObject()
        member("id", policy.id.description)
        member("version", policy.version)
        member("name", policy.name)
        member("position", policy.position)
        member("calendar", policy.calendar.description)
        member("conditions", policy.conditions.json)
        member("targets", policy.targetsJSON)
        member("warnings", policy.warnings.percentagesJSON)
        if let thresholds = policy.warnings.byTargetJSON { member("target_warnings", thresholds) }
        member("pauses", policy.pauses.json)
        member("reopening", policy.reopening.rawValue)
        member("phone_answers", policy.phoneAnswers)
        member("retired", policy.isRetired)
        member("created_at", stored.createdAt.text)
        member("updated_at", stored.updatedAt.text)
        endObject()
    }

    /// A calendar as callers see it.
    mutating func calendar(_ calendar: StoredCalendar) {
        beginObject()
        member("id", calendar.id.description)
        member("version", calendar.version)
        member("name", calendar.name)
        for member in calendar.spec.json.members {
            name(member.name)
            value(member.value)
        }
        member("created_at", calendar.createdAt.text)
        member("updated_at", calendar.updatedAt.text)
        endObject()
    }

    /// Feedback as callers see it.
    mutating func feedback(_ feedback: Feedback) {
        beginObject()
        member("id", feedback.id.description)
        member("ticket", feedback.ticket.description)
        optional("user", feedback.user)
        member("kind", feedback.kind.rawValue)
        member("score", feedback.score)
        optional("comment", feedback.comment)
        member("created_at", feedback.createdAt.text)
        endObject()
    }
}
