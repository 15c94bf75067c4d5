import OporaPluginKit

/// How a delivery stands.
enum DeliveryState: String, CaseIterable, Sendable {
    /// Not tried yet.
    case queued
    /// Tried in vain; will be tried again.
    case failed
    case sent
    /// There was nobody to tell: no address, not active any more, the ticket is gone.
    case skipped
    /// Given up. `x.notifier.retry` brings it back.
    case dead
}

/// One thing to be told to one recipient by one way, before it is in the outbox.
struct Draft: Hashable, Sendable {
    /// The same fact for the same recipient by the same way has the same key, and is told once.
    var key: String
    /// The way out: `mail`, or the name of a webhook.
    var lane: String
    /// `U-7`, or the name of a webhook.
    var recipient: String
    /// A `Notice`, or for a webhook the type of the event.
    var kind: String
    var ticket: TicketID?
    /// Ids, figures and links that the wording needs; for a webhook the whole body. No text of a ticket.
    var data: JSON
}

/// A row of the outbox.
struct Delivery: Hashable, Sendable {
    var id: Int64
    var draft: Draft
    var state: DeliveryState
    /// Tries that ended, whatever the end.
    var attempts: Int
    var dueAt: Timestamp
    var createdAt: Timestamp
    var finishedAt: Timestamp?
    /// What went wrong last. Never holds an address.
    var problem: String?

    /// As `x.notifier.outbox` shows it.
    var json: JSON {
        [
            "id": .int(id), "state": .string(state.rawValue), "kind": .string(draft.kind), "recipient": .string(draft.recipient),
            "ticket": .optional(draft.ticket?.description), "attempts": .int(Int64(attempts)),
            "created_at": .string(createdAt.text), "due_at": finishedAt == nil ? .string(dueAt.text) : nil,
            "finished_at": .optional(finishedAt?.text), "problem": .optional(problem),
        ]
    }
}

/// How many deliveries there are of each state.
struct DeliveryCounts: Hashable, Sendable {
    /// Waiting for the first try.
    var queued: Int64 = 0
    /// Waiting for another try.
    var failed: Int64 = 0
    /// Given up and not brought back.
    var dead: Int64 = 0
    /// Since the file was made.
    var sent: Int64 = 0
    /// Since the file was made.
    var skipped: Int64 = 0
}

/// How one try ended.
enum Outcome: Hashable, Sendable {
    case sent
    /// There is nobody to tell; the reason is for people who look.
    case skipped(SkipReason)
    /// Not now; worth another try.
    case failed(String)
    /// Never; another try would end the same.
    case refused(String)
    /// Nothing was done, because the process stops.
    case stopped
}

/// Why nobody was told.
enum SkipReason: String, CaseIterable, Sendable {
    case noEmail = "no_email"
    /// There is an address, but mail can't be sent to it as it stands.
    case badEmail = "bad_email"
    case inactive
    /// The person, ticket or message is not there any more.
    case gone
    /// No mail server and no folder is configured.
    case noMail = "no_mail"
    /// The webhook is not in the settings any more.
    case noWebhook = "no_webhook"
}
