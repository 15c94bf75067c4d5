import OporaPluginKit

/// What an event says, in one line for people.
enum EventSentence {
    /// The type by either of its names, `ticket.created` or `opora.ticket.created.v1`.
    static func type(_ name: String) -> EventType? { EventType(rawValue: name) ?? EventType(cloudEventsType: name) }

    /// What changed.
    /// - Parameter time: shows an instant.
    static func text(_ type: EventType?, _ data: JSON, _ language: Language, time: @escaping (Timestamp) -> String) -> String {
        let reader = EventReader(data: data, language: language, time: time)
        switch type {
        case .ticketCreated: return reader.created
        case .ticketAssigned: return reader.assigned
        case .ticketPriorityChanged: return reader.change { Words.priority($0, language) }
        case .ticketStatusChanged: return reader.status
        case .ticketFieldsChanged: return reader.list("fields")
        case .ticketTypeChanged: return reader.change { $0 }
        case .ticketTagsChanged, .ticketFollowersChanged: return reader.lists
        case .ticketHandedOver: return reader.handedOver
        case .ticketClaimed, .ticketReleased: return reader.claim
        case .ticketLinked, .ticketUnlinked: return "\(Words.tie(reader.word("relation"), language)) \(reader.word("other"))"
        case .ticketMerged, .ticketUnmerged, .ticketSplit: return "\(reader.word("source")) → \(reader.word("target"))"
        case .ticketDeleted, .ticketRestored: return ""
        case .ticketStuck: return reader.stuck
        case .messagePublished: return reader.word("message")
        case .deskUpdated, .deskStatusCreated, .deskStatusUpdated, .deskStatusRetired, .deskFieldCreated, .deskFieldUpdated,
            .deskFieldRetired:
            return reader.list("changed")
        case .messageAdded: return reader.message
        case .userCreated, .userUpdated, .organizationCreated, .organizationUpdated, .groupCreated, .groupUpdated, .viewCreated,
            .viewUpdated, .viewDeleted, .macroCreated, .macroUpdated, .macroDeleted:
            return reader.list("changed")
        case .groupMemberAdded, .groupMemberRemoved: return reader.word("user")
        case .policyCreated: return reader.word("calendar")
        case .policyUpdated, .calendarUpdated: return reader.edit
        case .calendarCreated: return reader.word("zone")
        case .slaApplied, .slaResumed, .slaRecomputed, .slaPaused, .slaCancelled: return reader.targets
        case .slaWarning, .slaBreached, .slaMet, .slaWaived: return reader.target
        case .feedbackRecorded: return reader.feedback
        case .pluginOnline, .pluginOffline, .hookFailed, .consumerParked, .consumerLagging, .consumerLost, .consumerMoved,
            .keyCreated, .keyRevoked, .accessChanged, .floodRefused, .logTruncated, .epochChanged, .roleCreated, .roleUpdated,
            .userAvailabilityChanged, .userSkillsChanged, .userErased, .ticketContentErased, nil:
            return data.text
        }
    }

    /// What kind of event it is.
    static func name(_ type: EventType?, _ word: String, _ language: Language) -> String {
        switch type {
        case .ticketCreated: language.pick("created", ru: "создано")
        case .ticketAssigned: language.pick("assigned", ru: "назначено")
        case .ticketPriorityChanged: language.pick("priority", ru: "приоритет")
        case .ticketStatusChanged: language.pick("status", ru: "статус")
        case .ticketFieldsChanged: language.pick("fields", ru: "поля")
        case .ticketTypeChanged: language.pick("type", ru: "вид")
        case .ticketTagsChanged: language.pick("tags", ru: "метки")
        case .ticketFollowersChanged: language.pick("followers", ru: "следят")
        case .ticketHandedOver: language.pick("handed over", ru: "передано")
        case .ticketClaimed: language.pick("claimed", ru: "занято")
        case .ticketReleased: language.pick("released", ru: "освобождено")
        case .ticketLinked: language.pick("linked", ru: "связь")
        case .ticketUnlinked: language.pick("unlinked", ru: "связь убрана")
        case .ticketMerged: language.pick("merged", ru: "объединено")
        case .ticketUnmerged: language.pick("unmerged", ru: "разъединено")
        case .ticketSplit: language.pick("split", ru: "разделено")
        case .ticketDeleted: language.pick("into the bin", ru: "в корзину")
        case .ticketRestored: language.pick("restored", ru: "из корзины")
        case .ticketStuck: language.pick("forgotten", ru: "забыто")
        case .messagePublished: language.pick("note published", ru: "заметка открыта")
        case .messageAdded: language.pick("message", ru: "сообщение")
        case .slaApplied: language.pick("SLA applied", ru: "SLA действует")
        case .slaPaused: language.pick("SLA paused", ru: "SLA на паузе")
        case .slaResumed: language.pick("SLA resumed", ru: "SLA снова идёт")
        case .slaRecomputed: language.pick("SLA recomputed", ru: "SLA пересчитано")
        case .slaCancelled: language.pick("SLA cancelled", ru: "SLA снято")
        case .slaWarning: language.pick("SLA warning", ru: "SLA: скоро срок")
        case .slaBreached: language.pick("SLA breached", ru: "SLA нарушено")
        case .slaMet: language.pick("SLA met", ru: "SLA выполнено")
        case .slaWaived: language.pick("SLA waived", ru: "SLA: нарушение прощено")
        case .feedbackRecorded: language.pick("feedback", ru: "отзыв")
        case .ticketContentErased: language.pick("texts erased", ru: "тексты стёрты")
        case .userCreated, .userUpdated, .userAvailabilityChanged, .userSkillsChanged, .userErased, .groupMemberAdded,
            .groupMemberRemoved, .roleCreated, .roleUpdated, .organizationCreated, .organizationUpdated, .groupCreated,
            .groupUpdated,
            .policyCreated, .policyUpdated, .calendarCreated, .calendarUpdated, .deskUpdated, .deskStatusCreated,
            .deskStatusUpdated, .deskStatusRetired,
            .deskFieldCreated, .deskFieldUpdated, .deskFieldRetired, .pluginOnline, .pluginOffline, .hookFailed, .consumerParked,
            .consumerLagging, .viewCreated, .viewUpdated, .viewDeleted, .macroCreated, .macroUpdated, .macroDeleted,
            .consumerLost, .consumerMoved, .keyCreated, .keyRevoked, .accessChanged, .floodRefused, .logTruncated,
            .epochChanged, nil:
            word
        }
    }
}

/// Reads an event's data for `EventSentence`.
private struct EventReader {
    var data: JSON
    var language: Language
    var time: (Timestamp) -> String

    func word(_ member: String) -> String { data[member]?.string ?? "—" }

    /// Names; `*` stands for all, which a creation says already.
    func list(_ member: String) -> String {
        (data[member]?.array ?? []).compactMap(\.string).filter { $0 != "*" }.joined(separator: ", ")
    }

    /// A new version, and what is other in it than before.
    var edit: String {
        let version = data["version"]?.int.map { language.pick("version \($0)", ru: "версия \($0)") }
        return [version, list("changed")].compactMap(\.self).joined(separator: ": ")
    }

    var created: String {
        let people = ["requester", "group", "assignee"].compactMap { data[$0]?.string }
        return
            ([
                Words.status(word("status"), language), Words.priority(word("priority"), language),
                Words.channel(word("channel"), language),
            ] + people).joined(separator: ", ")
    }

    /// Lists before and after: what came, what went.
    var lists: String {
        func words(_ side: String) -> [String] { (data[side]?.array ?? []).compactMap(\.string) }
        let (before, after) = (words("before"), words("after"))
        return (after.filter { !before.contains($0) }.map { "+\($0)" } + before.filter { !after.contains($0) }.map { "−\($0)" })
            .joined(separator: ", ")
    }

    var handedOver: String {
        func side(_ value: JSON?) -> String {
            let tier = value?["tier"]?.int.map { "/\($0)" } ?? ""
            return "\(value?["group"]?.string ?? "—")\(tier)"
        }
        let bounce = data["bounced"]?.bool == true ? language.pick(" (bounced)", ru: " (возврат)") : ""
        return "\(side(data["before"])) → \(side(data["after"]))\(bounce), \(word("message"))"
    }

    var claim: String {
        let holder = data["after"]?["user"] != nil ? data["after"] : data["before"]
        let until = holder?["until"]?.string.flatMap { Timestamp($0) }.map { language.pick("until ", ru: "до ") + time($0) }
        let parts: [String?] = [holder?["user"]?.string, data["cause"]?.string ?? until]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    var stuck: String {
        let days = language.counted(data["days"]?.int ?? 0, ("day", "days"), ru: ("день", "дня", "дней"))
        return language.pick("untouched for \(days)", ru: "без движения \(days)")
    }

    var assigned: String {
        ["group", "tier", "assignee"].compactMap { member in
            func value(_ side: String) -> String {
                let found = data[side]?[member]
                return found?.string ?? found?.int.map { "\($0)" } ?? "—"
            }
            let (before, after) = (value("before"), value("after"))
            return before == after ? nil : "\(before) → \(after)"
        }.joined(separator: ", ")
    }

    func change(_ name: (String) -> String) -> String { "\(name(word("before"))) → \(name(word("after")))" }

    var status: String {
        func side(_ value: JSON?) -> String {
            let status = Words.status(value?["status"]?.string ?? "—", language)
            let until = value?["wake_at"]?.string.flatMap { Timestamp($0) }.map { language.pick("until ", ru: "до ") + time($0) }
            let remarks = [value?["reason"]?.string, until].compactMap(\.self)
            return remarks.isEmpty ? status : "\(status) (\(remarks.joined(separator: ", ")))"
        }
        return "\(side(data["before"])) → \(side(data["after"]))"
    }

    var message: String {
        let author = data["author"]?.string.map { "\($0) " } ?? ""
        let kind = Words.author(word("author_kind"), word("visibility"), language)
        let size = language.counted(
            data["characters"]?.int ?? 0, ("character", "characters"), ru: ("знак", "знака", "знаков"))
        return "\(word("message")) \(author)(\(kind)), \(size)"
    }

    private func due(_ value: JSON?) -> String? {
        value?["due_at"]?.string.flatMap { Timestamp($0) }.map { language.pick("due ", ru: "срок ") + time($0) }
    }

    var targets: String {
        (data["targets"]?.array ?? []).map { target in
            let name = Words.target(target["target"]?.string ?? "?", language)
            let left = target["remaining_ms"]?.int.map { Spans.working($0, language) }
                .map { language.pick("\($0) left", ru: "осталось \($0)") }
            return ([name] + [left, due(target)].compactMap(\.self)).joined(separator: " ")
        }.joined(separator: ", ")
    }

    var target: String {
        let percent = data["percent"]?.int.map { "\($0) %" }
        let ended = data["ended_at"]?.string.flatMap { Timestamp($0) }.map { language.pick("at ", ru: "в ") + time($0) }
        let cause: String? =
            switch data["cause"]?.string.flatMap(BreachCause.init(rawValue:)) {
            case .policyChanged: language.pick("policy changed", ru: "сменились условия")
            case .calendarChanged: language.pick("calendar changed", ru: "сменился календарь")
            case .time, nil: data["reason"]?.string
            }
        return ([Words.target(word("target"), language)] + [percent, due(data), ended, cause].compactMap(\.self))
            .joined(separator: ", ")
    }

    var feedback: String {
        let comment = data["has_comment"]?.bool == true ? language.pick(", with a comment", ru: ", с комментарием") : ""
        return "\(word("kind")) \(data["score"]?.int ?? 0)\(comment)"
    }
}
