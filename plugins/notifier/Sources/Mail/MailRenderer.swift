import OporaPluginKit

/// Makes the mail of a delivery: reads texts, names and addresses from the kernel at the moment of sending.
struct MailRenderer: Sendable {
    let desk: Desk
    let from: Mailbox
    /// For people who have none.
    let language: Language
    let zones: SystemZones
    /// The log that the outbox follows.
    let logID: @Sendable () -> String

    /// A mail, or why there is none.
    enum Rendered: Hashable, Sendable {
        case mail(Mail)
        case skip(SkipReason)
    }

    func mail(_ delivery: Delivery) async throws(CallError) -> Rendered {
        let draft = delivery.draft
        guard let notice = Notice(rawValue: draft.kind), let user = UserID(draft.recipient),
            let person = try await desk.person(user)
        else { return .skip(.gone) }
        let box: Mailbox
        switch MailRenderer.mailbox(person) {
        case .success(let found): box = found
        case .failure(let reason): return .skip(reason)
        }
        guard let facts = try await facts(notice, draft, person) else { return .skip(.gone) }
        let letter = (person.language.flatMap { Language($0) } ?? language).letter(notice, facts)
        return .mail(
            Mail(
                from: from, to: box, date: delivery.createdAt, ticket: draft.ticket, key: draft.key, desk: logID(),
                subject: letter.subject, body: letter.body))
    }

    /// Where a person gets mail, or why they get none.
    static func mailbox(_ person: PersonFacts) -> Result<Mailbox, SkipReason> {
        guard person.isActive else { return .failure(.inactive) }
        guard let email = person.email, !email.isEmpty else { return .failure(.noEmail) }
        return Mailbox(name: person.name, checking: email).map { .success($0) } ?? .failure(.badEmail)
    }

    /// What the wording needs; nil where something it is about is gone, or may not be seen by its reader.
    private func facts(_ notice: Notice, _ draft: Draft, _ person: PersonFacts) async throws(CallError) -> LetterFacts? {
        guard let id = draft.ticket, let ticket = try await desk.ticket(id) else { return nil }
        var facts = LetterFacts(ticket: id, subject: ticket.subject, reader: person.name)
        facts.priority = ticket.priority
        facts.link = draft.data["link"]?.string
        if let due = draft.data.time("due_at") ?? ticket.dueAt { facts.due = MailRenderer.wall(due, person.zone, zones) }
        facts.target = draft.data["target"]?.string.flatMap { TargetKind(rawValue: $0) }
        facts.percent = draft.data["percent"]?.int
        switch notice {
        case .assigned, .groupAssigned:
            facts.author = try await name(ticket.requester)
            facts.text = try await desk.opening(id)?.text
            if let group = ticket.group, notice == .groupAssigned { facts.group = try await desk.group(group)?.name }
        case .answered, .requesterWrote, .noteAdded:
            guard let message = draft.data["message"]?.string.flatMap({ MessageID($0) }),
                let found = try await desk.message(message), found.visibility == .public || !notice.isForRequester
            else { return nil }
            facts.author = try await name(found.author)
            facts.text = found.text
        case .slaWarning, .slaBreached, .survey, .surveyReminder: break
        }
        return facts
    }

    private func name(_ user: UserID?) async throws(CallError) -> String? {
        guard let user else { return nil }
        return try await desk.person(user)?.name
    }

    /// What the reader's clock shows: `2026-11-22 15:04 (Europe/Moscow)`.
    static func wall(_ instant: Timestamp, _ zone: String?, _ zones: SystemZones) -> String {
        let rules = zone.flatMap { zones.zone($0) } ?? .utc
        let local = rules.local(instant)
        // Midnight of the epoch plus the time of day: the same digits, written by one writer.
        let clock = Timestamp(local.millisecondsOfDay).text.dropFirst(11).prefix(5)
        return "\(local.date.text) \(clock) (\(rules.name))"
    }
}

extension SkipReason: Error {}
