/// Every limit of the protocol, in one place, with its unit in its name.
public enum Limits {
    /// A JSON text nested deeper is refused with -32700.
    public static let jsonDepth = 64
    /// A request body larger than this is refused with -32004.
    public static let bodyBytes = 1_048_576
    /// libzmq drops the connection of a peer that sends a larger frame; far above `bodyBytes`, so that the typed error comes first.
    public static let frameBytes = 4 * 1_048_576
    /// Entries of a JSON-RPC batch.
    public static let batchEntries = 50
    /// Bytes of a request id that is a string.
    public static let idBytes = 128
    /// Bytes of an idempotency key.
    public static let idempotencyKeyBytes = 128
    /// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
    public static let safeInteger: Int64 = 9_007_199_254_740_991
    /// Items of a page where the caller names no limit.
    public static let pageDefault = 50
    /// Items of a page at most.
    public static let pageItems = 200
    /// Events that one `events.read` returns at most.
    public static let readEvents = 500
    /// Events that one `consumer.fetch` returns at most.
    public static let fetchEvents = 500
    /// Bytes of events in one answer, after which the rest waits for the next call.
    public static let answerEventBytes = 768 * 1024
    /// Bytes of requests that may wait in the kernel, all peers together; more are answered with `unavailable`.
    public static let waitingBytes = 256 * 1_048_576
    /// Requests of one connection under way at once, where the operator sets no other number; more wait unread.
    public static let inFlight = 1024
    /// Bytes that may wait unread for one connection, where the operator sets no other number.
    public static let unreadBytes = 16 * 1_048_576
    /// Bytes that each unread message counts besides its own, however small it is: about what it takes up.
    public static let unreadMessageBytes = 128
    /// Malformed messages a minute after which a connection is refused, where the operator sets no other number.
    public static let malformedPerMinute = 20
    /// How long such a connection is refused.
    public static let floodRefusalMilliseconds: Int64 = 60_000
    /// Bytes of all answers of one batch together.
    public static let batchAnswerBytes = 3 * 1_048_576
    /// Characters of a note in `$/progress`.
    public static let progressNoteCharacters = 200
    /// Bytes of a plugin's event.
    public static let eventBytes = 262_144
    /// Milliseconds that a long poll may wait.
    public static let waitMilliseconds: Int64 = 25_000
    /// Milliseconds a command may wait to be taken, where the caller names no deadline.
    public static let deadlineMillisecondsDefault: Int64 = 10_000
    /// Milliseconds of a deadline at most.
    public static let deadlineMilliseconds: Int64 = 60_000
    /// Characters of a subject or of a person's or group's name.
    public static let nameCharacters = 500
    /// Characters of a message.
    public static let textCharacters = 200_000
    /// Tags of a ticket.
    public static let tags = 50
    /// Characters of a tag.
    public static let tagCharacters = 64
    /// Followers of a ticket.
    public static let followers = 100
    /// Ties of a ticket to others.
    public static let links = 200
    /// Tickets looked at to find out whether a tie would close a circle.
    public static let linkWalk = 1_000
    /// Places that a ticket is remembered to have been handed over from.
    public static let visitedPlaces = 50
    /// Messages of a ticket that is merged into another.
    public static let mergedMessages = 2_000
    /// Statuses of the desk's own.
    public static let statuses = 100
    /// Custom fields that a desk declares.
    public static let declaredFields = 200
    /// Choices of a field.
    public static let choices = 200
    /// Minutes of a claim: a day.
    public static let claimMinutes: Int64 = 1_440
    /// Days after which a solved ticket closes or a forgotten one is told of: ten years.
    public static let periodDays: Int64 = 3_650
    /// Support lines of a group: 1 to this.
    public static let tiers: Int64 = 3
    /// Custom fields of a ticket.
    public static let fields = 100
    /// Characters of a custom field's value.
    public static let fieldCharacters = 4_000
    /// Items of one `import.apply`.
    public static let importItems = 200
    /// A session without traffic for longer is over.
    public static let sessionExpiryMilliseconds: Int64 = 15_000
    /// How often a session should send something.
    public static let sessionHeartbeatMilliseconds: Int64 = 5_000
    /// A consumer's lease ends when its holder is silent for longer.
    public static let leaseMilliseconds: Int64 = 30_000
    /// Names that a consumer, plugin or identity may have, in characters.
    public static let consumerNameCharacters = 64
    /// Deliveries of an event without an ack after which a consumer sets it aside, where the consumer names no other number.
    public static let deliveriesDefault: Int64 = 8
    /// The largest such number.
    public static let deliveries: Int64 = 100
    /// Characters of the reason for which an event is set aside.
    public static let reasonCharacters = 200
    /// Durable consumers of a desk.
    public static let consumers = 200
    /// Bytes of one attachment, where the operator sets no other number.
    public static let attachmentBytes: Int64 = 25 * 1_048_576
    /// Bytes of an attachment that travel in one message at most, before they are written as Base64.
    public static let attachmentChunkBytes = 512 * 1024
    /// Attachments of one message.
    public static let attachmentsPerMessage = 20
    /// Attachments of one sender that no message has taken.
    public static let looseAttachments = 100
    /// How long an attachment is kept that no message takes, where the operator sets no other time: a day.
    public static let looseAttachmentMilliseconds: Int64 = 86_400_000
    /// Attachments that the collector takes away in one transaction.
    public static let collectedAttachments = 100
    /// Characters of a file's name.
    public static let fileNameCharacters = 255
    /// Tickets that one look for a page goes through.
    public static let listLooks = 20_000
    /// Tickets that an index may name for them to be sorted for a page.
    public static let listSorted = 50_000
    /// Tickets that one count goes through.
    public static let countLooks = 50_000
    /// Items of a list in a filter.
    public static let filterChoices = 50
    /// Milliseconds of a span in a filter: ten years.
    public static let filterMilliseconds: Int64 = 315_360_000_000
    /// Saved views of a desk.
    public static let views = 1000
    /// Columns of a view.
    public static let viewColumns = 20
    /// Macros of a desk.
    public static let macros = 1000
    /// Tickets of one `ticket.bulk_update`.
    public static let bulkTickets = 200
    /// Members of a group.
    public static let groupMembers = 1000
    /// People whom `agent.pick` compares at most.
    public static let candidates = 500
    /// Skills of one person.
    public static let skills = 50
    /// The most unsolved tickets that can be set as somebody's capacity.
    public static let capacity: Int64 = 10_000
    /// Roles that a desk can make for itself, and patterns of one.
    public static let deskRoles = 100
    public static let rolePatterns = 200
    /// Refused requests that are remembered until the kernel ends.
    public static let refusals = 1000
    /// Positions of the log, or rows, that one look through everything goes on for.
    public static let lookSpan: Int64 = 5000
    /// Rows that one step of an erasure changes.
    public static let erasedRows = 200
    /// Sessions at once.
    public static let sessions = 500
    /// Characters of a search.
    public static let searchQueryCharacters = 500
    /// Words and conditions of a search.
    public static let searchTerms = 16
    /// Characters before the star of a search for beginnings.
    public static let searchPrefixCharacters = 3
    /// Messages that are weighed for one search: the newest that match. More are passed over, and the answer says so.
    public static let searchCandidates = 4_000
    /// Milliseconds after which a search answers with what it has found.
    public static let searchMilliseconds: Int64 = 1_000
    /// Hits after which no further page of a search begins.
    public static let searchDepth = 1_000
    /// Characters of a snippet.
    public static let snippetCharacters = 220
    /// Thresholds of a target at which to warn.
    public static let warnings = 10
    /// Values that one condition of a policy may name.
    public static let conditionValues = 200
    /// Policies of a desk, retired ones included.
    public static let policies = 500
    /// Calendars of a desk.
    public static let calendars = 500
    /// Versions of one policy or calendar.
    public static let versions = 1000
    /// Milliseconds of working time that can be promised: a year.
    public static let budgetMilliseconds: Int64 = 31_622_400_000
    /// Targets kept with a ticket; of more the oldest that ended are in its history alone.
    public static let ticketTargets = 40
    /// Pauses of a target; of more the two oldest are made one.
    public static let targetPauses = 500
    /// Edits of policies and calendars whose tickets are still being counted anew.
    public static let pendingEdits = 100
    /// Open tickets that are counted anew in one transaction after an edit.
    public static let recomputedTickets = 200
    /// Ids that are looked through for them in one transaction.
    public static let recomputedIDs: Int64 = 5000
    /// Tickets that one `sla.preview` looks at.
    public static let previewTickets = 2000
    /// Spans that one `sla.explain` lists; the oldest of more are summed up.
    public static let explainedSpans = 1000
    /// Policies of one `sla.simulate`.
    public static let simulatedPolicies = 10
    /// Tickets that one `sla.simulate` may hold.
    public static let simulatedTickets = 20_000
    /// Events that one `sla.simulate` may read.
    public static let simulatedEvents = 500_000
    /// Bytes of an iCalendar text.
    public static let iCalendarBytes = 524_288
    /// Days off that a calendar may name.
    public static let holidays = 5000
    /// Sessions of one identity at once, so that nobody takes all of them.
    public static let sessionsPerIdentity = 100
    /// Bytes of what a session says of its health.
    public static let healthBytes = 4096
    /// Bytes of answers that wait for one peer that does not read.
    public static let backlogBytes = 16 * 1_048_576
    /// Bytes of answers that wait for all peers that do not read.
    public static let backlogBytesInAll = 256 * 1_048_576
    /// Bytes that each waiting answer counts besides its own.
    public static let backlogMessageBytes = 128
    /// Bytes of large answers that libzmq holds for one peer, or one of any size; more wait where they are counted.
    public static let transitBytes = 1_048_576
    /// Steps that one check of a value against a schema may take: many more than any value of a request needs.
    public static let schemaSteps = 1_000_000
    /// Descriptors that are kept free of connections, for the database, attachments and sockets of the kernel's own.
    public static let reservedDescriptors = 128
    /// Descriptors without which the kernel does not start.
    public static let leastDescriptors = 256
}
