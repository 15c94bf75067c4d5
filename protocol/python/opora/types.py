"""Made from the schemas by generate.py: do not edit.

Everything that travels in parameters, results and events, as TypedDicts and words.
"""
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

StatusCategory = Literal["new", "open", "pending", "on_hold", "solved", "closed"]
"""What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party; nothing
leaves `closed`.
"""

Priority = Literal["low", "normal", "high", "urgent"]
"""How pressing a ticket is."""

TicketType = Literal["question", "incident", "problem", "task"]
"""What a ticket is about."""

Channel = Literal["email", "web", "chat", "phone", "messenger", "social", "api", "monitoring"]
"""How a ticket or message arrived."""

Visibility = Literal["public", "internal"]
"""`public`: everybody on the ticket reads it; `internal`: agents alone. It never changes."""

AuthorKind = Literal["requester", "agent", "bot", "system"]
"""What kind of author a message has. Only an agent's public message is a reply in the sense of an SLA."""

TargetKind = Literal["first_response", "next_response", "periodic_update", "resolution", "tier_time"]
"""What a policy promises a duration for."""

TargetState = Literal["running", "paused", "met", "breached", "cancelled", "waived"]
"""How a target stands. `cancelled`: no policy promises it any more. `waived`: its breach was withdrawn."""

BreachCause = Literal["time", "policy_changed", "calendar_changed"]
"""`time`: the clock passed the due instant. `policy_changed`: a change of the ticket or its policy moved the due instant
into the past. `calendar_changed`: a change of the calendar did.
"""

Survey = Literal["csat", "nps", "ces"]
"""What was asked: satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7)."""

Stream = Literal[
        "ticket", "message", "user", "organization", "group", "policy", "calendar", "sla", "feedback", "system", "x",
        "desk", "view", "macro"
    ]
"""A stream of the log: the first word of an event's type. `x` holds the events of plugins, `desk` what a desk decides for
itself.
"""

ConsumerState = Literal["active", "paused", "lost"]
"""`paused`: fetches give nothing. `lost`: it lagged too far behind and must seek."""

Language = Literal["en", "ru"]
"""The language in which a person is written to."""

Right = Literal["import", "on_behalf_of"]
"""What an identity may do besides calling methods."""

HookPoint = Literal["ticket.before_create", "ticket.before_update", "ticket.before_assign", "message.before_send"]
"""A point at which plugins are asked before a command runs."""

Relation = Literal["parent_of", "child_of", "blocks", "blocked_by", "duplicates", "duplicated_by", "problem_of", "incident_of"]
"""How a ticket is tied to another, as seen from it."""

FieldKind = Literal["text", "number", "date", "choice", "multi_choice", "user"]
"""What values a custom field has. A `date` is `2026-11-22`, a `user` an id, a `multi_choice` its choices with commas
between.
"""

ClaimEnd = Literal["released", "expired", "solved"]
"""Why a claim ended."""

Reopening = Literal["new_cycle", "continue"]
"""What a reopening does to `resolution`. `new_cycle`: a new cycle with the full budget; the old one keeps its result.
`continue`: the same cycle goes on, and the time while it was solved is a pause.
"""

Running = Literal["recompute", "keep"]
"""What became of targets that ran."""

PausingCategory = Literal["pending", "on_hold"]
"""A category of statuses that wait on somebody."""

PartKind = Literal["working", "paused"]
"""`working`: time that counts. `paused`: time that does not."""

ShippedRole = Literal["requester", "agent", "lead", "manager", "admin", "bot"]
"""A role of people that every desk has."""

TicketScope = Literal["own", "organization", "groups", "all"]
"""Whose tickets a role reaches: those that the person asked for, the organization's, the groups', all."""


class AgentPickResultItemsItem(TypedDict):
    """One of `items` of `AgentPickResult`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: Name, one line.
    name: str
    #: Unsolved tickets now.
    open_tickets: int
    #: Absent where there is no limit.
    capacity: NotRequired[int]
    #: Skills by name with their level, from 1 (knows it) to 5 (teaches it).
    skills: dict[str, int]


class AgentPickResult(TypedDict):
    """What `agent.pick` answers."""

    #: Agents, the best first; at most 500 are compared.
    items: list[AgentPickResultItemsItem]
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class Attachment(TypedDict):
    """A file. Its bytes are read with `attachment.get`."""

    #: Id of an attachment, e.g. `A-5`.
    id: str
    #: The name of the file, without folders. From outside: never a path to write to.
    name: str
    #: E.g. `image/png`; its first bytes bear it out. Not a promise that it is harmless.
    media_type: str
    #: Bytes.
    size: int
    #: SHA-256 of the bytes, 64 hexadecimal digits in lower case.
    sha256: str
    #: `uploading` until `attachment.finish`.
    state: Literal["uploading", "ready"]
    #: The message that it belongs to; absent while none has it.
    message: NotRequired[str]
    #: When it was announced.
    created_at: str


class ResultMeta(TypedDict):
    """What travels beside the result of a command."""

    #: Position of the command's last event. Absent where nothing was recorded.
    seq: NotRequired[int]
    #: True where the answer is the stored one of an earlier request with the same key.
    replayed: NotRequired[bool]


class AttachmentBeginResult(TypedDict):
    """What `attachment.begin` answers."""

    #: A file. Its bytes are read with `attachment.get`.
    attachment: Attachment
    #: Bytes that are there: go on from this offset.
    received: int
    #: Bytes that one `attachment.put` takes at most.
    chunk_bytes: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class AttachmentFinishResult(TypedDict):
    """What `attachment.finish` answers."""

    #: A file. Its bytes are read with `attachment.get`.
    attachment: Attachment
    #: Bytes that are there: go on from this offset.
    received: int
    #: Bytes that one `attachment.put` takes at most.
    chunk_bytes: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class AttachmentGetResult(TypedDict):
    """What `attachment.get` answers."""

    #: A file. Its bytes are read with `attachment.get`.
    attachment: Attachment
    #: Where the piece begins.
    offset: int
    #: The bytes as Base64; empty after the end.
    data: str
    #: Where the next piece begins; `null` at the end.
    next_offset: int | None


class AttachmentPutResult(TypedDict):
    """What `attachment.put` answers."""

    #: Bytes that are there: go on from this offset.
    received: int


class AuditListResultItemsItem(TypedDict):
    """One of `items` of `AuditListResult`."""

    #: Position in the log; 0 is before the first event.
    seq: int
    #: When it happened.
    at: str
    #: When the kernel wrote it down.
    recorded_at: str
    #: A type of event as filters and topics write it: `ticket.created`, `x.escalator.paged`.
    type: str
    #: What an event is about: a kind, a slash, an id.
    subject: str
    #: Who did it: `user/U-7`, `plugin/escalator`, or `kernel` for what time did.
    actor: str
    #: The identity that sent the command.
    via: NotRequired[str]
    #: Id of the event that made the sender act.
    causation: NotRequired[str]
    #: Whether it is history of another system.
    imported: bool
    #: As in the event.
    data: dict[str, Any]


class AuditListResult(TypedDict):
    """What `audit.list` answers."""

    #: Facts, newest first.
    items: list[AuditListResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class AuditRefusalsResultItemsItem(TypedDict):
    """One of `items` of `AuditRefusalsResult`."""

    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    at: str
    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: In whose name.
    on_behalf_of: NotRequired[str]
    #: The method; `unknown` for one that there is not.
    method: str
    #: The error's word.
    code: str


class AuditRefusalsResult(TypedDict):
    """What `audit.refusals` answers."""

    #: Refusals.
    items: list[AuditRefusalsResultItemsItem]


class AuthReloadResult(TypedDict):
    """What `auth.reload` answers."""

    #: Identities that were added, changed or removed.
    identities: list[str]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Identity(TypedDict):
    """Who the connection proved to be, and what it may do."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    name: str
    #: Its roles in the configuration.
    roles: list[str]
    #: The person as whom it acts.
    user: NotRequired[str]
    #: Methods that it may call, as patterns: `ticket.*`, `*.get`, `*`.
    methods: list[str]
    #: Streams whose events it may read; `*` means all.
    streams: list[str]
    #: Hook points at which it may be asked, as patterns.
    hooks: list[str]
    rights: list[Right]


class AuthWhoamiResult(TypedDict):
    """What `auth.whoami` answers."""

    #: Who the connection proved to be, and what it may do.
    identity: Identity
    #: How it proved it.
    via: Literal["uid", "key"]
    #: 8 hexadecimal digits that tell one key from another.
    fingerprint: NotRequired[str]


class Week(TypedDict):
    """Working hours by weekday; a day that is absent is free."""

    #: Intervals of a day that do not overlap.
    mon: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    tue: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    wed: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    thu: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    fri: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    sat: NotRequired[list[list[str]]]
    #: Intervals of a day that do not overlap.
    sun: NotRequired[list[list[str]]]


class Calendar(TypedDict):
    """Business hours in a time zone, with holidays. What was not given at its creation is absent."""

    #: Id of a calendar, e.g. `C-1`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: Name, one line.
    name: str
    #: IANA name of a time zone, e.g. `Europe/Berlin`.
    zone: str
    #: Working hours by weekday; a day that is absent is free.
    hours: NotRequired[Week]
    #: Free days. They beat overrides.
    holidays: NotRequired[list[str]]
    #: Free days of every year: `12-25`.
    holidays_yearly: NotRequired[list[str]]
    #: Hours that replace those of their date.
    overrides: NotRequired[dict[str, list[list[str]]]]
    #: Time cut out of the hours of its date.
    breaks: NotRequired[dict[str, list[list[str]]]]
    #: Every hour of every day but the holidays, unless overridden.
    always_open: NotRequired[bool]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: When this version was made.
    updated_at: str


class CalendarCreateResult(TypedDict):
    """What `calendar.create` answers."""

    #: Business hours in a time zone, with holidays. What was not given at its creation is absent.
    calendar: Calendar
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class CalendarInline(TypedDict):
    """A business calendar that is not kept: spelled out for one calculation."""

    #: IANA name of a time zone, e.g. `Europe/Berlin`.
    zone: str
    #: Working hours by weekday; a day that is absent is free.
    hours: NotRequired[Week | None]
    #: Free days. They beat overrides.
    holidays: NotRequired[list[str] | None]
    #: Free days of every year: `12-25`.
    holidays_yearly: NotRequired[list[str] | None]
    #: Hours that replace those of their date.
    overrides: NotRequired[dict[str, list[list[str]]] | None]
    #: Time cut out of the hours of its date.
    breaks: NotRequired[dict[str, list[list[str]]] | None]
    #: Every hour of every day but the holidays, unless overridden.
    always_open: NotRequired[bool | None]


class CalendarDueResult(TypedDict):
    """What `calendar.due` answers."""

    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    due_at: str


class CalendarGetResult(TypedDict):
    """What `calendar.get` answers."""

    #: Business hours in a time zone, with holidays. What was not given at its creation is absent.
    calendar: Calendar


class CalendarImportHolidaysResult(TypedDict):
    """What `calendar.import_holidays` answers."""

    #: Business hours in a time zone, with holidays. What was not given at its creation is absent.
    calendar: Calendar
    #: Days off that are new, in order.
    added: list[str]
    #: Days off that are no longer, in order.
    removed: list[str]
    #: Events that were passed over.
    skipped: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class CalendarListResult(TypedDict):
    """What `calendar.list` answers."""

    #: Calendars.
    items: list[Calendar]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class CalendarUpdateResult(TypedDict):
    """What `calendar.update` answers."""

    #: Business hours in a time zone, with holidays. What was not given at its creation is absent.
    calendar: Calendar
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class CalendarWorkedResult(TypedDict):
    """What `calendar.worked` answers."""

    #: Milliseconds.
    worked_ms: int


class ConsumerAckResult(TypedDict):
    """What `consumer.ack` answers."""

    #: Where the cursor is now.
    acked_seq: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ConsumerDeleteResult(TypedDict):
    """What `consumer.delete` answers."""

    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


PlaceFrom = TypedDict("PlaceFrom", {
    "from": Literal["beginning", "now"],
})
"""`beginning`: the first event that is still there. `now`: what comes from now on."""


class PlaceAfterSeq(TypedDict):
    """After this position."""

    #: Position in the log; 0 is before the first event.
    after_seq: int


class PlaceAt(TypedDict):
    """The first event recorded at or after this instant."""

    #: An instant as callers may write it: RFC 3339 with seconds, `Z` or an offset; fractions are cut to milliseconds.
    at: str


class Consumer(TypedDict):
    """A durable consumer: a named cursor in the log."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    name: str
    #: The identity that made it; it alone, and the owner of the kernel, may use it.
    owner: str
    #: The streams that it reads; empty means all.
    streams: list[Stream]
    #: The types of event that it reads; empty means all.
    types: list[str]
    #: Everything up to here is dealt with.
    acked_seq: int
    #: Events of the log after the cursor.
    lag: int
    #: `paused`: fetches give nothing. `lost`: it lagged too far behind and must seek.
    state: ConsumerState
    #: Events that are set aside.
    parked: int
    #: After so many deliveries without an ack the kernel parks the event.
    max_deliver: int
    #: Which instance holds the lease: `identity/plugin/instance`, or the identity.
    holder: NotRequired[str]
    #: When the lease ends, unless it is renewed.
    lease_until: NotRequired[str]


class ConsumerEnsureResult(TypedDict):
    """What `consumer.ensure` answers."""

    #: A durable consumer: a named cursor in the log.
    consumer: Consumer
    #: Whether it is new.
    created: bool
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Event(TypedDict):
    """A CloudEvents 1.0 event in structured JSON, as it stands in the log and on the bus."""

    specversion: Literal["1.0"]
    #: `<log id>.<seq>`: the same for every repeat.
    id: str
    #: `opora/<log id>`.
    source: str
    #: `opora.ticket.created.v1`; a plugin's: `x.<plugin>.<event>.v1`.
    type: str
    #: What an event is about: a kind, a slash, an id.
    subject: str
    #: When it happened.
    time: str
    #: When the kernel wrote it down. Another instant than `time` for imported history and for what was found after
    #: downtime.
    recordedtime: str
    #: `seq` with 20 digits, so that the text sorts as the number does.
    sequence: str
    #: The log's epoch.
    logepoch: str
    #: Who did it: `user/U-7`, `plugin/escalator`, or `kernel` for what time did.
    actor: str
    #: The identity that sent the command. Absent for what the kernel did itself.
    via: NotRequired[str]
    #: Version of the subject after it; 0 where the subject has none.
    entityversion: int
    #: Id of the event that made the sender act.
    causationid: NotRequired[str]
    #: W3C trace context.
    traceparent: NotRequired[str]
    #: History of another system: nobody acts on it, reports count it.
    imported: NotRequired[Literal[True]]
    #: What changed; each type has a shape of its own.
    data: dict[str, Any]
    #: Of a warning or breach: the same for every repeat of it, also where the log was restored in between.
    #: `<ticket>/<target>/<cycle>/<threshold>/<revision of the due instant>`.
    repeatkey: NotRequired[str]


class Delivery(TypedDict):
    """An event that is handed to a durable consumer."""

    #: Position in the log; 0 is before the first event.
    seq: int
    #: Position of the previous event of the same stream, 0 if none.
    prev: int
    #: How often it was handed out, as far as the kernel's memory goes; 1 is the first time.
    deliveries: int
    #: A CloudEvents 1.0 event in structured JSON, as it stands in the log and on the bus.
    event: Event
    #: It was set aside before, and `consumer.parked_retry` asked for it. The cursor does not move; end with
    #: `consumer.parked_drop`.
    parked: NotRequired[Literal[True]]


class ConsumerFetchResult(TypedDict):
    """What `consumer.fetch` answers."""

    #: In order of the log.
    events: list[Delivery]
    #: The lease: give it to the next fetch and ack.
    lease_token: str
    #: When the lease ends, unless it is renewed.
    lease_until: str
    #: Events of the log that lie after these.
    pending: int
    #: How far this look went; it may be acknowledged.
    next_after_seq: int
    #: The end of the log.
    head_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class ConsumerInfoResult(TypedDict):
    """What `consumer.info` answers."""

    #: A durable consumer: a named cursor in the log.
    consumer: Consumer


class ConsumerListResult(TypedDict):
    """What `consumer.list` answers."""

    #: Consumers.
    items: list[Consumer]


class ConsumerParkResult(TypedDict):
    """What `consumer.park` answers."""

    #: Where the cursor is now.
    acked_seq: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ConsumerParkedDropResult(TypedDict):
    """What `consumer.parked_drop` answers."""

    #: How many were forgotten.
    dropped: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Parked(TypedDict):
    """An event that a consumer set aside."""

    #: Position in the log; 0 is before the first event.
    seq: int
    #: Why.
    reason: str
    #: How often it had been handed out.
    deliveries: int
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    parked_at: str
    #: A CloudEvents 1.0 event in structured JSON, as it stands in the log and on the bus.
    event: Event


class ConsumerParkedListResult(TypedDict):
    """What `consumer.parked_list` answers."""

    #: Events set aside.
    items: list[Parked]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class ConsumerParkedRetryResult(TypedDict):
    """What `consumer.parked_retry` answers."""

    #: How many come again.
    retried: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ConsumerPauseResult(TypedDict):
    """What `consumer.pause` answers."""

    #: A durable consumer: a named cursor in the log.
    consumer: Consumer
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ConsumerResumeResult(TypedDict):
    """What `consumer.resume` answers."""

    #: A durable consumer: a named cursor in the log.
    consumer: Consumer
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ConsumerSeekResult(TypedDict):
    """What `consumer.seek` answers."""

    #: A durable consumer: a named cursor in the log.
    consumer: Consumer
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Desk(TypedDict):
    """The settings of a desk."""

    #: One more with each change; 0 before the first.
    version: int
    #: Fields that the desk has not declared are refused.
    strict_fields: bool
    #: Days after which a solved ticket closes by itself.
    auto_close_days: int
    #: Days after which an open ticket that nobody touched is told of.
    stuck_days: int
    #: Minutes of a claim where nobody says how long.
    claim_minutes: int
    #: From a status to those that may follow it. A status that is not named goes where its category may.
    transitions: dict[str, list[str]]


class DeskGetResult(TypedDict):
    """What `desk.get` answers."""

    #: The settings of a desk.
    desk: Desk


class DeskSetResult(TypedDict):
    """What `desk.set` answers."""

    #: The settings of a desk.
    desk: Desk
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class EventPublishResult(TypedDict):
    """What `event.publish` answers."""

    #: Its position in the log.
    seq: int
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class LogItem(TypedDict):
    """An event and its place in the log."""

    #: Position in the log; 0 is before the first event.
    seq: int
    #: Position of the previous event of the same stream, 0 if none.
    prev: int
    #: A CloudEvents 1.0 event in structured JSON, as it stands in the log and on the bus.
    event: Event


class EventsReadResult(TypedDict):
    """What `events.read` answers."""

    #: Fewer than `limit` where the answer grows too large.
    events: list[LogItem]
    #: Where to go on: also past what was filtered out.
    next_after_seq: int
    #: The end of the log.
    head_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class Feedback(TypedDict):
    """What a requester said of a ticket's handling."""

    #: Id of a feedback, e.g. `F-12`.
    id: str
    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Who said it.
    user: NotRequired[str]
    #: What was asked: satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7).
    kind: Survey
    #: The score that was given.
    score: int
    #: In the requester's words.
    comment: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str


class FeedbackGetResult(TypedDict):
    """What `feedback.get` answers."""

    #: What a requester said of a ticket's handling.
    feedback: Feedback


class FeedbackRecordResult(TypedDict):
    """What `feedback.record` answers."""

    #: What a requester said of a ticket's handling.
    feedback: Feedback
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Label(TypedDict):
    """What people see, by language."""

    #: One line for people, or nothing.
    en: NotRequired[str | None]
    #: One line for people, or nothing.
    ru: NotRequired[str | None]


class DeclaredField(TypedDict):
    """A custom field that the desk has declared."""

    #: Its name, as tickets have it.
    field: str
    #: What values a custom field has. A `date` is `2026-11-22`, a `user` an id, a `multi_choice` its choices with
    #: commas between.
    kind: FieldKind
    #: Version of a thing: one more with each change.
    version: int
    #: What people see, by language.
    label: NotRequired[Label]
    #: What can be chosen, in order; of choices alone.
    choices: NotRequired[list[str]]
    #: A ticket without it can't be solved.
    required_to_solve: bool
    #: Since then it is set no more.
    retired_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class FieldCreateResult(TypedDict):
    """What `field.create` answers."""

    #: A custom field that the desk has declared.
    field: DeclaredField
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class FieldListResult(TypedDict):
    """What `field.list` answers."""

    items: list[DeclaredField]


class FieldRetireResult(TypedDict):
    """What `field.retire` answers."""

    #: A custom field that the desk has declared.
    field: DeclaredField
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class FieldUpdateResult(TypedDict):
    """What `field.update` answers."""

    #: A custom field that the desk has declared.
    field: DeclaredField
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Group(TypedDict):
    """A team that works on tickets."""

    #: Id of a group, e.g. `G-3`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: Name, one line. Unique among groups.
    name: str
    #: Id of a user, e.g. `U-7`.
    lead: NotRequired[str]
    #: Who works in it.
    members: list[str]
    #: The tier on which members work here, by user; who is not in it works on every one.
    tiers: NotRequired[dict[str, int]]
    #: Id in another system. Unique among groups.
    external_id: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class GroupAddMemberResult(TypedDict):
    """What `group.add_member` answers."""

    #: A team that works on tickets.
    group: Group
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class GroupCreateResult(TypedDict):
    """What `group.create` answers."""

    #: A team that works on tickets.
    group: Group
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class GroupGetResult(TypedDict):
    """What `group.get` answers."""

    #: A team that works on tickets.
    group: Group


class GroupListResult(TypedDict):
    """What `group.list` answers."""

    #: Groups.
    items: list[Group]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class GroupMembersResultItemsItem(TypedDict):
    """One of `items` of `GroupMembersResult`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: Name, one line.
    name: str
    #: Absent where they work on every tier.
    tier: NotRequired[int]
    #: Whether they lead the group.
    lead: bool
    #: Active and not away now.
    there: bool


class GroupMembersResult(TypedDict):
    """What `group.members` answers."""

    #: Members.
    items: list[GroupMembersResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class GroupRemoveMemberResult(TypedDict):
    """What `group.remove_member` answers."""

    #: A team that works on tickets.
    group: Group
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class GroupUpdateResult(TypedDict):
    """What `group.update` answers."""

    #: A team that works on tickets.
    group: Group
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Reference(TypedDict):
    """A person or group of the other system, or nothing."""

    #: One line for people: 1 to 500 characters, not blank, no control characters.
    external_id: str
    #: One line for people: 1 to 500 characters, not blank, no control characters.
    name: str


class ImportItemCreate(TypedDict):
    """How the ticket began; used where it is not there yet."""

    #: An instant as callers may write it: RFC 3339 with seconds, `Z` or an offset; fractions are cut to milliseconds.
    at: str
    #: One line for people: 1 to 500 characters, not blank, no control characters.
    subject: str
    #: How a ticket or message arrived.
    channel: NotRequired[Channel | None]
    #: Who needed help.
    requester: Reference


class ImportItemSet(TypedDict):
    """What was so from then on; the rest stays."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: NotRequired[str | None]
    #: A word for machines, or nothing.
    reason: NotRequired[str | None]
    #: How pressing a ticket is.
    priority: NotRequired[Priority | None]
    #: A person or group of the other system, or nothing.
    group: NotRequired[Reference | None]
    #: A person or group of the other system, or nothing.
    assignee: NotRequired[Reference | None]
    #: Custom fields by name.
    fields: NotRequired[dict[str, str | float | bool | None] | None]


class ImportItem(TypedDict):
    """What another system's history says of a ticket at one instant."""

    #: Order within the `external_id`: it grows. What is not above the last one applied is skipped.
    position: int
    #: The ticket's id in the other system.
    external_id: str
    #: When it happened.
    at: str
    #: Who did it.
    actor: NotRequired[Reference | None]
    #: How the ticket began; used where it is not there yet.
    create: NotRequired[ImportItemCreate | None]
    #: What was so from then on; the rest stays.
    set: NotRequired[ImportItemSet | None]


class ImportApplyResultFailedItem(TypedDict):
    """One of `failed` of `ImportApplyResult`."""

    #: As it was given.
    position: Any
    #: As it was given.
    external_id: Any
    #: A word of the error registry.
    code: str
    #: For people.
    message: str


class ImportApplyResult(TypedDict):
    """What `import.apply` answers."""

    #: Items that were applied.
    applied: int
    #: Tickets that are new.
    created: int
    #: Items that had been applied before.
    skipped: int
    #: Facts that were recorded.
    changes: int
    #: Items that could not be applied.
    failed: list[ImportApplyResultFailedItem]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Session(TypedDict):
    """A plugin that has greeted the kernel, as `kernel.health` shows it."""

    #: The plugin.
    name: str
    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: What the plugin said.
    version: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    since: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    last_seen_at: str
    #: Methods that it answers.
    methods: list[str]
    #: What it said of itself in its last `session.ping`.
    health: dict[str, Any]


class KernelHealthResult(TypedDict):
    """What `kernel.health` answers."""

    #: `degraded`: see `problems`.
    status: Literal["ok", "degraded"]
    #: Whether it takes commands.
    ready: bool
    #: Version of the kernel.
    version: str
    #: This run of the kernel: another one after each start.
    instance_id: str
    #: The log, for ever.
    log_id: str
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: Process id.
    pid: int
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    started_at: str
    #: Milliseconds.
    uptime_ms: int
    #: The first event that is still there.
    first_seq: int
    #: The last event.
    head_seq: int
    #: Plugins that have greeted the kernel, by name.
    sessions: list[Session]
    #: All durable consumers, by name.
    consumers: list[Consumer]
    #: What is wrong, for people; empty where all is well.
    problems: list[str]


class KernelStatsResultSla(TypedDict):
    """`sla` of `KernelStatsResult`."""

    #: The most that a breach was found after its instant.
    late_ms_max: int


class KernelStatsResult(TypedDict):
    """What `kernel.stats` answers."""

    #: Commands that were run.
    commands: int
    #: Transactions they took.
    transactions: int
    #: Commands for each transaction.
    batch_mean: float
    #: Commands that were refused.
    rejected: int
    #: Queries that were run.
    reads: int
    #: Events that were recorded.
    events: int
    #: Messages that were no valid request.
    malformed: int
    #: Requests without id that were therefore not run.
    ignored_notifications: int
    #: Requests without the right to make them.
    refused: int
    #: How often a subscriber was too slow and lost messages.
    drop_episodes: int
    #: Connections that did not take their answers.
    slow_peers: int
    #: Commands that wait now.
    inbox: int
    #: Bytes of requests that wait now.
    waiting_bytes: int
    #: Bytes that wait unread now, of connections with too much under way.
    unread_bytes: int
    #: Queries that wait for a reader now.
    queries_waiting: int
    #: Tickets neither solved nor closed.
    unsolved_tickets: int
    sla: KernelStatsResultSla


class KeyCreateResultIdentity(TypedDict):
    """`identity` of `KeyCreateResult`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    name: str
    #: 8 hexadecimal digits that tell one key from another.
    fingerprint: str
    roles: list[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str


class KeyCreateResult(TypedDict):
    """What `key.create` answers."""

    identity: KeyCreateResultIdentity
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Key(TypedDict):
    """A CURVE key that the kernel knows."""

    #: The identity that the key proves.
    name: str
    #: 8 hexadecimal digits that tell one key from another.
    fingerprint: str
    #: Roles of the identity.
    roles: list[str]
    #: `config`: it stands in the configuration file. `desk`: it was made with `key.create`.
    source: Literal["config", "desk"]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: NotRequired[str]
    #: Since then it proves nothing.
    revoked_at: NotRequired[str]


class KeyListResult(TypedDict):
    """What `key.list` answers."""

    #: Keys, of the configuration and of the desk.
    items: list[Key]


class KeyRevokeResult(TypedDict):
    """What `key.revoke` answers."""

    #: The keys.
    revoked: list[str]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class LogTruncateResult(TypedDict):
    """What `log.truncate` answers."""

    #: The first event that is left.
    first_seq: int
    #: Path of the copy, on the kernel's machine.
    snapshot: NotRequired[str]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class MacroActions(TypedDict):
    """What a macro does, in this order. `reply` and `note` may have places such as `{{requester.first_name}}`."""

    #: Custom fields; `null` takes one away.
    fields: NotRequired[dict[str, Any] | None]
    #: What a ticket is about.
    type: NotRequired[TicketType | None]
    #: How pressing a ticket is.
    priority: NotRequired[Priority | None]
    #: Tags to add.
    add_tags: NotRequired[list[str] | None]
    #: Tags to take away.
    remove_tags: NotRequired[list[str] | None]
    #: Id of a group, or nothing.
    group: NotRequired[str | None]
    #: The support line of the group, or none.
    tier: NotRequired[int | None]
    #: Who gets it; `me`: whoever acts; `null`: nobody.
    assignee: NotRequired[str | None]
    #: An internal note.
    note: NotRequired[str | None]
    #: A public reply.
    reply: NotRequired[str | None]
    #: A status to set after all else.
    status: NotRequired[str | None]
    #: A word for machines, or nothing.
    reason: NotRequired[str | None]
    #: When a waiting ticket opens by itself.
    wake_at: NotRequired[str | None]


class Macro(TypedDict):
    """Steps that are taken again and again, under one name."""

    #: Id of a macro, e.g. `R-4`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: For people.
    name: str
    #: What it does, as it was given.
    actions: dict[str, Any]
    #: The groups whose members use it; empty for everybody.
    groups: list[str]
    #: How often it was applied.
    uses: int
    #: When it was applied last.
    used_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class MacroCreateResult(TypedDict):
    """What `macro.create` answers."""

    #: Steps that are taken again and again, under one name.
    macro: Macro
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class MacroDeleteResult(TypedDict):
    """What `macro.delete` answers."""

    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class MacroGetResult(TypedDict):
    """What `macro.get` answers."""

    #: Steps that are taken again and again, under one name.
    macro: Macro


class MacroListResult(TypedDict):
    """What `macro.list` answers."""

    #: Macros.
    items: list[Macro]


class MacroPreviewResult(TypedDict):
    """What `macro.preview` answers."""

    #: As in the macro, the texts filled in.
    actions: dict[str, Any]


class MacroUpdateResult(TypedDict):
    """What `macro.update` answers."""

    #: Steps that are taken again and again, under one name.
    macro: Macro
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Message(TypedDict):
    """One public reply or internal note."""

    #: Id of a message, e.g. `M-88123`.
    id: str
    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Absent where no person wrote it.
    author: NotRequired[str]
    #: What kind of author a message has. Only an agent's public message is a reply in the sense of an SLA.
    author_kind: AuthorKind
    #: `public`: everybody on the ticket reads it; `internal`: agents alone. It never changes.
    visibility: Visibility
    #: How a ticket or message arrived.
    channel: Channel
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: When a note was made public; absent for what is as it was written.
    published_at: NotRequired[str]
    #: What was written.
    text: str
    #: Its files; absent where it has none, and where they were erased.
    attachments: NotRequired[list[Attachment]]


class UserAway(TypedDict):
    """There while they take no tickets."""

    #: When they are back by themselves.
    until: NotRequired[str]
    #: Who gets their tickets meanwhile.
    replacement: NotRequired[str]


class User(TypedDict):
    """A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name."""

    #: Id of a user, e.g. `U-7`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: Name, one line.
    name: str
    #: Unique among users.
    email: NotRequired[str]
    #: In order of the alphabet.
    roles: list[str]
    #: Id of an organization, e.g. `O-5`.
    organization: NotRequired[str]
    #: The language in which a person is written to.
    language: NotRequired[Language]
    #: IANA name of a time zone, e.g. `Europe/Berlin`.
    zone: NotRequired[str]
    #: The identity whose connection acts as this person. Unique among users.
    identity: NotRequired[str]
    #: Id in another system. Unique among users.
    external_id: NotRequired[str]
    #: False for a person who left.
    active: bool
    #: Skills by name with their level, from 1 (knows it) to 5 (teaches it).
    skills: NotRequired[dict[str, int]]
    #: Unsolved tickets that they take at once; absent for no limit.
    capacity: NotRequired[int]
    #: There while they take no tickets.
    away: NotRequired[UserAway]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class Organization(TypedDict):
    """The company of requesters."""

    #: Id of an organization, e.g. `O-5`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: Name, one line.
    name: str
    #: Id in another system.
    external_id: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class MessageGetResult(TypedDict):
    """What `message.get` answers."""

    #: One public reply or internal note.
    message: Message
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class MessageListResult(TypedDict):
    """What `message.list` answers."""

    #: Messages in order.
    items: list[Message]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class OrganizationCreateResult(TypedDict):
    """What `organization.create` answers."""

    #: The company of requesters.
    organization: Organization
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class OrganizationGetResult(TypedDict):
    """What `organization.get` answers."""

    #: The company of requesters.
    organization: Organization


class OrganizationListResult(TypedDict):
    """What `organization.list` answers."""

    #: Organizations.
    items: list[Organization]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class OrganizationUpdateResult(TypedDict):
    """What `organization.update` answers."""

    #: The company of requesters.
    organization: Organization
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class PersonEraseResult(TypedDict):
    """What `person.erase` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketClaim(TypedDict):
    """Who says that they are on it, and until when. It keeps nobody out."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    until: str


class Target(TypedDict):
    """One promise to one ticket."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: How a target stands. `cancelled`: no policy promises it any more. `waived`: its breach was withdrawn.
    state: TargetState
    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: The version of the policy that it is counted by.
    policy_version: int
    #: Id of a calendar, e.g. `C-1`.
    calendar: str
    #: The version of the calendar that it is counted in.
    calendar_version: int
    #: When it began to count.
    started_at: str
    #: The promise, in milliseconds of working time.
    budget_ms: int
    #: When it falls due. Absent while paused, and where it was cancelled.
    due_at: NotRequired[str]
    #: Working time left, while paused.
    remaining_ms: NotRequired[int]
    #: When what was promised happened, or was no longer needed.
    ended_at: NotRequired[str]
    #: When it was breached.
    breached_at: NotRequired[str]
    #: `time`: the clock passed the due instant. `policy_changed`: a change of the ticket or its policy moved the due
    #: instant into the past. `calendar_changed`: a change of the calendar did.
    cause: NotRequired[BreachCause]


class Ticket(TypedDict):
    """A request for help and where it stands. Its conversation is read with `message.list`."""

    #: Id of a ticket, e.g. `T-1042`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: What it is about, one line.
    subject: str
    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    status_category: StatusCategory
    #: Why a waiting ticket waits, one word such as `vendor`.
    status_reason: NotRequired[str]
    #: When a waiting ticket opens again by itself.
    wake_at: NotRequired[str]
    #: How pressing a ticket is.
    priority: Priority
    #: What a ticket is about.
    type: NotRequired[TicketType]
    #: How a ticket or message arrived.
    channel: Channel
    #: Who needs help.
    requester: str
    #: Id of an organization, e.g. `O-5`.
    organization: NotRequired[str]
    #: The team that works on it.
    group: NotRequired[str]
    #: The support line of the group that works on it.
    tier: NotRequired[int]
    #: The agent responsible now.
    assignee: NotRequired[str]
    #: Each once, in the order in which they were set.
    tags: list[str]
    #: People who want to hear of it, in the order in which they came.
    followers: list[str]
    #: Who says that they are on it, and until when. It keeps nobody out.
    claim: NotRequired[TicketClaim]
    #: How often it was handed back to a group and tier where it had been; absent for never.
    bounces: NotRequired[int]
    #: The ticket that this one was merged into.
    merged_into: NotRequired[str]
    #: When it was put into the bin.
    deleted_at: NotRequired[str]
    #: Custom fields of a ticket: up to 100, by name. Names are letters, digits, `.`, `_`, `-`.
    fields: dict[str, str | float | bool]
    #: Its id in another system.
    external_id: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    solved_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    closed_at: NotRequired[str]
    #: The earliest due instant of its running targets.
    due_at: NotRequired[str]
    #: True where its history was written by `import.apply`.
    imported: bool
    #: Its targets, of all cycles.
    sla: list[Target]


class PersonExportResultItemsItem(TypedDict):
    """One of `items` of `PersonExportResult`."""

    #: Which member is there.
    kind: Literal["user", "group", "ticket", "message", "feedback"]
    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: NotRequired[User]
    #: A team that works on tickets.
    group: NotRequired[Group]
    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: NotRequired[Ticket]
    #: One public reply or internal note.
    message: NotRequired[Message]
    #: What a requester said of a ticket's handling.
    feedback: NotRequired[Feedback]


class PersonExportResult(TypedDict):
    """What `person.export` answers."""

    #: Pieces.
    items: list[PersonExportResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class Budgets(TypedDict):
    """Milliseconds by target; what is absent is not promised."""

    #: Milliseconds of working time, at most a year.
    first_response: NotRequired[int]
    #: Milliseconds of working time, at most a year.
    next_response: NotRequired[int]
    #: Milliseconds of working time, at most a year.
    periodic_update: NotRequired[int]
    #: Milliseconds of working time, at most a year.
    resolution: NotRequired[int]
    #: Milliseconds of working time, at most a year.
    tier_time: NotRequired[int]


class Targets(TypedDict):
    """What is promised, by priority: `{"urgent": {"first_response": 1800000}}`."""

    #: Milliseconds by target; what is absent is not promised.
    low: NotRequired[Budgets]
    #: Milliseconds by target; what is absent is not promised.
    normal: NotRequired[Budgets]
    #: Milliseconds by target; what is absent is not promised.
    high: NotRequired[Budgets]
    #: Milliseconds by target; what is absent is not promised.
    urgent: NotRequired[Budgets]


class Conditions(TypedDict):
    """Which tickets a policy is for. All that are given must hold; none given: every ticket."""

    #: One, or several in an array.
    priority: NotRequired[Priority | list[Priority] | None]
    #: Any of these groups.
    group: NotRequired[list[str] | None]
    #: Any of these organizations.
    organization: NotRequired[list[str] | None]
    #: One, or several in an array.
    channel: NotRequired[Channel | list[Channel] | None]
    #: One, or several in an array.
    type: NotRequired[TicketType | list[TicketType] | None]
    #: Any of these tags.
    tags: NotRequired[str | list[str] | None]
    #: Custom fields: for each name any of these values.
    fields: NotRequired[dict[str, str | float | bool | list[str | bool]] | None]


class ThresholdBeforeMs(TypedDict):
    """"""

    #: Milliseconds of working time before the due instant.
    before_ms: int


class Pauses(TypedDict):
    """In which categories of statuses a target stands still. What is not named stays: `pending` for next_response,
    periodic_update and resolution, nothing for tier_time. first_response is never paused.
    """

    #: One, or several in an array; none: it never stands still.
    next_response: NotRequired[PausingCategory | list[PausingCategory]]
    #: One, or several in an array; none: it never stands still.
    periodic_update: NotRequired[PausingCategory | list[PausingCategory]]
    #: One, or several in an array; none: it never stands still.
    resolution: NotRequired[PausingCategory | list[PausingCategory]]
    #: One, or several in an array; none: it never stands still.
    tier_time: NotRequired[PausingCategory | list[PausingCategory]]


class PolicyConditions(TypedDict):
    """Which tickets it is for; a condition that is not set is absent."""

    priority: NotRequired[list[Priority]]
    group: NotRequired[list[str]]
    organization: NotRequired[list[str]]
    channel: NotRequired[list[Channel]]
    type: NotRequired[list[TicketType]]
    tags: NotRequired[list[str]]
    fields: NotRequired[dict[str, list[str | float | bool]]]


class Policy(TypedDict):
    """What is promised to which tickets, counted in a business calendar."""

    #: Id of a policy, e.g. `P-4`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: Name, one line.
    name: str
    #: Policies are tried in this order; the first whose conditions match is the ticket's.
    position: int
    #: Id of a calendar, e.g. `C-1`.
    calendar: str
    #: Which tickets it is for; a condition that is not set is absent.
    conditions: PolicyConditions
    #: What is promised, by priority and target, in milliseconds of working time.
    targets: dict[str, dict[str, int]]
    #: Percentages of the budget at which to warn, ascending, for targets without thresholds of their own.
    warnings: list[int]
    #: Thresholds by target; they stand instead of `warnings`, and an empty list means none.
    target_warnings: NotRequired[dict[str, list[int | ThresholdBeforeMs]]]
    #: In which categories of statuses a target stands still.
    pauses: dict[str, list[PausingCategory]]
    #: What a reopening does to `resolution`. `new_cycle`: a new cycle with the full budget; the old one keeps its
    #: result. `continue`: the same cycle goes on, and the time while it was solved is a pause.
    reopening: Reopening
    #: A phone ticket that an agent typed was answered at its creation.
    phone_answers: bool
    #: It matches no ticket any more.
    retired: bool
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: When this version was made.
    updated_at: str


class PolicyCreateResult(TypedDict):
    """What `policy.create` answers."""

    #: What is promised to which tickets, counted in a business calendar.
    policy: Policy
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class PolicyGetResult(TypedDict):
    """What `policy.get` answers."""

    #: What is promised to which tickets, counted in a business calendar.
    policy: Policy


class PolicyListResult(TypedDict):
    """What `policy.list` answers."""

    #: Policies.
    items: list[Policy]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class PolicyRetireResult(TypedDict):
    """What `policy.retire` answers."""

    #: What is promised to which tickets, counted in a business calendar.
    policy: Policy
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class PolicyUpdateResult(TypedDict):
    """What `policy.update` answers."""

    #: What is promised to which tickets, counted in a business calendar.
    policy: Policy
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Role(TypedDict):
    """A role of people: what they may do."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    role: str
    #: Absent for a shipped role, which stays as it is.
    version: NotRequired[int]
    #: The shipped role that decides what its people count as.
    base: ShippedRole
    #: Methods, as patterns: `ticket.*`, `*.get`, `*`.
    methods: list[str]
    #: Methods that nobody with this role has.
    deny: list[str]
    #: Whose tickets a role reaches: those that the person asked for, the organization's, the groups', all.
    tickets: TicketScope
    #: Whether internal notes and fields may be seen.
    internal: bool
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: NotRequired[str]


class RoleCreateResult(TypedDict):
    """What `role.create` answers."""

    #: A role of people: what they may do.
    role: Role
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class RoleListResult(TypedDict):
    """What `role.list` answers."""

    #: Roles.
    items: list[Role]


class RoleUpdateResult(TypedDict):
    """What `role.update` answers."""

    #: A role of people: what they may do.
    role: Role
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class RpcDiscoverResultInfo(TypedDict):
    """`info` of `RpcDiscoverResult`."""

    title: str
    #: Version of the protocol.
    version: str


RpcDiscoverResultMethodsItem = TypedDict("RpcDiscoverResultMethodsItem", {
    "name": str,
    "params": list[dict[str, Any]],
    "x-kind": NotRequired[str],
})
"""One of `methods` of `RpcDiscoverResult`."""


class RpcDiscoverResultComponents(TypedDict):
    """`components` of `RpcDiscoverResult`."""

    #: The shapes that the methods refer to.
    schemas: NotRequired[dict[str, Any]]


class RpcDiscoverResult(TypedDict):
    """What `rpc.discover` answers."""

    #: Version of OpenRPC.
    openrpc: str
    info: RpcDiscoverResultInfo
    #: In order of name; each with the schemas of its parameters and result.
    methods: list[RpcDiscoverResultMethodsItem]
    components: NotRequired[RpcDiscoverResultComponents]


class SearchRebuildResult(TypedDict):
    """What `search.rebuild` answers."""

    #: What it does now.
    state: Literal["building"]


class SearchStatusResultBuilding(TypedDict):
    """How far the making of a new one is; absent where none is made."""

    #: Tickets and messages that are in it.
    done: int
    #: Tickets and messages that there are.
    of: int


class SearchStatusResult(TypedDict):
    """What `search.status` answers."""

    #: `building`: it is being made anew; the old one, if there is one, answers meanwhile. `failing`: it is not kept up
    #: to date, and `problem` says why.
    state: Literal["ready", "building", "failing"]
    #: Up to here the log can be found.
    indexed_seq: int
    #: The end of the log.
    head_seq: int
    #: Events between the two.
    behind_events: int
    #: How long the oldest of them has waited.
    behind_ms: int
    #: Messages and subjects that can be found.
    documents: int
    #: Versions of them that were replaced. Nobody finds them; their words leave the disk when the index is made anew.
    replaced: int
    #: Bytes of its files.
    bytes: int
    #: How far the making of a new one is; absent where none is made.
    building: NotRequired[SearchStatusResultBuilding]
    #: Why it is not kept up to date; absent where it is.
    problem: NotRequired[str]


class ManifestMethodsItem(TypedDict):
    """One of `methods` of `Manifest`."""

    #: `x.<identity>.<verb>`; the owner of the kernel may speak for any plugin name. Another form is not granted.
    name: str
    #: What it is for, one line.
    summary: NotRequired[str | None]
    #: How long a call may take; more than 60,000 counts as 60,000.
    timeout_ms: NotRequired[int | None]
    #: A JSON Schema. Of draft-07 the kernel heeds `type`, `enum`, `const`, `required`, `properties`,
    #: `additionalProperties`, `items`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`; it says
    #: so in a warning where there is another keyword.
    params_schema: NotRequired[dict[str, Any] | bool | None]
    #: A JSON Schema. Of draft-07 the kernel heeds `type`, `enum`, `const`, `required`, `properties`,
    #: `additionalProperties`, `items`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`; it says
    #: so in a warning where there is another keyword.
    result_schema: NotRequired[dict[str, Any] | bool | None]


class ManifestHooksItem(TypedDict):
    """One of `hooks` of `Manifest`."""

    #: A hook point. One that does not exist is not granted.
    point: str
    #: Plugins that are asked after this one.
    before: NotRequired[list[str]]
    #: Plugins that are asked before this one.
    after: NotRequired[list[str]]
    #: How long an answer may take; more than 300 counts as 300.
    timeout_ms: NotRequired[int | None]


class ManifestEventsItem(TypedDict):
    """One of `events` of `Manifest`."""

    #: `x.<identity>.<event>.v1`. Another form is not granted.
    type: str
    #: What it is for, one line.
    summary: NotRequired[str | None]
    #: A JSON Schema. Of draft-07 the kernel heeds `type`, `enum`, `const`, `required`, `properties`,
    #: `additionalProperties`, `items`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`; it says
    #: so in a warning where there is another keyword.
    schema: NotRequired[dict[str, Any] | bool | None]


class Manifest(TypedDict):
    """What a plugin says of itself in `session.hello`. Members that the kernel does not know are passed over, so that a
    plugin of a later minor version can greet it.
    """

    #: The plugin.
    name: str
    #: Its version.
    version: NotRequired[str | None]
    #: What it is for, one line.
    summary: NotRequired[str | None]
    #: Methods that it answers.
    methods: NotRequired[list[ManifestMethodsItem]]
    #: Points at which it wants to be asked.
    hooks: NotRequired[list[ManifestHooksItem]]
    #: Types of event that it publishes.
    events: NotRequired[list[ManifestEventsItem]]
    #: Durable consumers that it uses.
    consumers: NotRequired[list[str]]
    #: Streams that its consumer reads, for people; the kernel does not look at it.
    streams: NotRequired[Any]


class SessionHelloProtocol(TypedDict):
    """The version that the plugin speaks."""

    #: Another one than 1 answers `protocol_unsupported`.
    major: int
    #: The lower of both sides holds.
    minor: NotRequired[int | None]


class SessionHelloCapabilities(TypedDict):
    """What the plugin understands besides."""

    #: It takes `$/cancel` for calls that were made for it.
    cancel: NotRequired[bool | None]
    #: It sends `$/progress`.
    progress: NotRequired[bool | None]


class SessionHelloResultProtocol(TypedDict):
    """The version that holds for this session."""

    major: int
    minor: int


class SessionHelloResultSession(TypedDict):
    """`session` of `SessionHelloResult`."""

    #: The session.
    id: str
    #: Send something at least so often.
    heartbeat_ms: int
    #: Silence after which the session ends.
    expires_after_ms: int


class SessionHelloResultKernel(TypedDict):
    """`kernel` of `SessionHelloResult`."""

    #: `oporad`.
    name: str
    #: Version of the kernel.
    version: str
    #: This run of the kernel.
    instance_id: str


class SessionHelloResultLog(TypedDict):
    """`log` of `SessionHelloResult`."""

    #: The log, for ever.
    log_id: str
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: Position in the log; 0 is before the first event.
    first_seq: int
    #: Position in the log; 0 is before the first event.
    head_seq: int


class SessionHelloResultGranted(TypedDict):
    """`granted` of `SessionHelloResult`."""

    #: Methods that are routed to this connection.
    methods: list[str]
    #: Hook points at which it is asked.
    hooks: list[HookPoint]
    #: Types of event that it may publish.
    events: list[str]


class SessionHelloResultLimits(TypedDict):
    """`limits` of `SessionHelloResult`."""

    #: Bytes of a request.
    body_bytes: int
    #: Requests of a batch.
    batch: int
    #: Requests under way on one connection.
    inflight: int
    #: Bytes of an event.
    event_bytes: int
    #: Items of a page.
    page_items: int
    #: Events of one fetch.
    fetch_events: int
    #: Milliseconds of a long poll.
    wait_ms: int


class SessionHelloResultWarningsItem(TypedDict):
    """One of `warnings` of `SessionHelloResult`."""

    #: What it is about.
    code: Literal[
        "method_not_granted", "hook_not_granted", "unknown_hook", "event_not_granted", "hook_cycle",
        "schema_keyword_ignored", "library_old", "stream_not_granted"
    ]
    #: For people.
    detail: str


class SessionHelloResult(TypedDict):
    """What `session.hello` answers."""

    #: The version that holds for this session.
    protocol: SessionHelloResultProtocol
    session: SessionHelloResultSession
    kernel: SessionHelloResultKernel
    log: SessionHelloResultLog
    #: Who the connection proved to be, and what it may do.
    identity: Identity
    granted: SessionHelloResultGranted
    limits: SessionHelloResultLimits
    #: What was asked for and not granted, and what else is worth knowing.
    warnings: list[SessionHelloResultWarningsItem]
    #: The kernel's clock.
    server_time: str


class SessionPingResult(TypedDict):
    """What `session.ping` answers."""

    #: This run of the kernel.
    instance_id: str
    #: The kernel's clock.
    time: str


SlaExplainResultPartsItem = TypedDict("SlaExplainResultPartsItem", {
    "kind": PartKind,
    "from": str,
    "to": str,
    "working_ms": int,
    "spans": int,
})
"""One of `parts` of `SlaExplainResult`."""


class SlaExplainResult(TypedDict):
    """What `sla.explain` answers."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: One promise to one ticket.
    target: Target
    #: Until when it is explained.
    until: str
    #: In order of time.
    parts: list[SlaExplainResultPartsItem]
    #: Working time that counts.
    worked_ms: int
    #: Budget that is left then.
    remaining_ms: int
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int


class SlaPreviewResultItemsItemChangesItem(TypedDict):
    """One of `changes` of `SlaPreviewResultItemsItem`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: `null` where the target would be new.
    state_before: TargetState | None
    #: How it would stand.
    state: TargetState | None
    #: An instant, or nothing.
    due_before: str | None
    #: When it would fall due.
    due_at: str | None
    #: The change would breach it.
    breaches: bool


class SlaPreviewResultItemsItem(TypedDict):
    """One of `items` of `SlaPreviewResult`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: The targets that would move.
    changes: list[SlaPreviewResultItemsItemChangesItem]


class SlaPreviewResult(TypedDict):
    """What `sla.preview` answers."""

    #: Tickets, in order of id.
    items: list[SlaPreviewResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class SlaSimulatePoliciesItemTargets(TypedDict):
    """A policy spelled out."""

    #: A name for the result.
    name: NotRequired[str | None]
    #: A calendar's id, or a calendar spelled out.
    calendar: str | CalendarInline
    #: What is promised, by priority: `{"urgent": {"first_response": 1800000}}`.
    targets: Targets
    #: Which tickets a policy is for. All that are given must hold; none given: every ticket.
    conditions: NotRequired[Conditions | None]
    #: Percentages of the budget at which to warn, for targets without thresholds of their own.
    warnings: NotRequired[list[int] | None]
    #: Thresholds by target; they stand instead of `warnings`, and an empty list means none. `null`: no target has its
    #: own.
    target_warnings: NotRequired[dict[str, list[int | ThresholdBeforeMs]] | None]
    #: In which categories of statuses a target stands still. What is not named stays: `pending` for next_response,
    #: periodic_update and resolution, nothing for tier_time. first_response is never paused.
    pauses: NotRequired[Pauses | None]
    #: What a reopening does to `resolution`. `new_cycle`: a new cycle with the full budget; the old one keeps its
    #: result. `continue`: the same cycle goes on, and the time while it was solved is a pause.
    reopening: NotRequired[Reopening | None]
    #: A phone ticket that an agent typed was answered at its creation.
    phone_answers: NotRequired[bool | None]
    #: Means nothing here.
    position: NotRequired[int | None]


class SlaSimulateResultPoliciesItemTargetsItem(TypedDict):
    """One of `targets` of `SlaSimulateResultPoliciesItem`."""

    #: How pressing a ticket is.
    priority: Priority
    #: What a policy promises a duration for.
    target: TargetKind
    #: How many.
    met: int
    #: How many.
    breached: int
    #: Still running or paused at the end of the span.
    open: int
    #: No longer promised, or withdrawn.
    cancelled: int


class SlaSimulateResultPoliciesItem(TypedDict):
    """One of `policies` of `SlaSimulateResult`."""

    #: Id of a policy, e.g. `P-4`.
    policy: NotRequired[str]
    #: Its name.
    name: NotRequired[str]
    #: Tickets to which it would have promised something.
    tickets: int
    #: Targets of all cycles, by the last priority of the ticket.
    targets: list[SlaSimulateResultPoliciesItemTargetsItem]


class SlaSimulateResult(TypedDict):
    """What `sla.simulate` answers."""

    #: Tickets of the span.
    tickets: int
    #: Events that were read.
    events: int
    #: In the order of the call.
    policies: list[SlaSimulateResultPoliciesItem]
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class SlaWaiveResult(TypedDict):
    """What `sla.waive` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class Status(TypedDict):
    """A status in which a ticket may stand: a category's own, or one that the desk has declared."""

    #: Its word, as tickets show it.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: True for the categories' own; they have no further members.
    built_in: bool
    #: Version of a thing: one more with each change.
    version: NotRequired[int]
    #: What people see, by language.
    label: NotRequired[Label]
    #: Why a ticket waits in it where nobody says otherwise.
    reason: NotRequired[str]
    #: Since then no ticket is moved to it.
    retired_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: NotRequired[str]


class StatusCreateResult(TypedDict):
    """What `status.create` answers."""

    #: A status in which a ticket may stand: a category's own, or one that the desk has declared.
    status: Status
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class StatusListResult(TypedDict):
    """What `status.list` answers."""

    items: list[Status]


class StatusRetireResult(TypedDict):
    """What `status.retire` answers."""

    #: A status in which a ticket may stand: a category's own, or one that the desk has declared.
    status: Status
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class StatusUpdateResult(TypedDict):
    """What `status.update` answers."""

    #: A status in which a ticket may stand: a category's own, or one that the desk has declared.
    status: Status
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketAddTagsResult(TypedDict):
    """What `ticket.add_tags` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketApplyMacroResult(TypedDict):
    """What `ticket.apply_macro` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What was added to the conversation.
    messages: list[Message]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketAssignResult(TypedDict):
    """What `ticket.assign` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketBulkUpdateResultItemsItemError(TypedDict):
    """Why it was refused."""

    #: As in `error.data.code`.
    code: str
    #: For people.
    message: str


class TicketBulkUpdateResultItemsItem(TypedDict):
    """One of `items` of `TicketBulkUpdateResult`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What came of it.
    outcome: Literal["done", "unchanged", "refused"]
    #: Why it was refused.
    error: NotRequired[TicketBulkUpdateResultItemsItemError]


class TicketBulkUpdateResult(TypedDict):
    """What `ticket.bulk_update` answers."""

    #: How many.
    done: int
    #: How many.
    unchanged: int
    #: How many.
    refused: int
    #: In the order of `tickets`.
    items: list[TicketBulkUpdateResultItemsItem]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketClaimResult(TypedDict):
    """What `ticket.claim` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketCloseResult(TypedDict):
    """What `ticket.close` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketCountResult(TypedDict):
    """What `ticket.count` answers."""

    #: How many.
    count: int
    #: False where there may be more: a count looks at 50,000 tickets at most.
    exact: bool
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class TicketCreateResult(TypedDict):
    """What `ticket.create` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: The opening message.
    message: NotRequired[Message]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketDeleteResult(TypedDict):
    """What `ticket.delete` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketFollowResult(TypedDict):
    """What `ticket.follow` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketGetResult(TypedDict):
    """What `ticket.get` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class TicketHandOverResult(TypedDict):
    """What `ticket.hand_over` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: One public reply or internal note.
    message: Message
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketHistoryResultItemsItem(TypedDict):
    """One of `items` of `TicketHistoryResult`."""

    #: Position in the log; 0 is before the first event.
    seq: int
    #: When it happened.
    at: str
    #: When the kernel wrote it down.
    recorded_at: str
    #: A type of event as filters and topics write it: `ticket.created`, `x.escalator.paged`.
    type: str
    #: What an event is about: a kind, a slash, an id.
    subject: str
    #: Who did it: `user/U-7`, `plugin/escalator`, or `kernel` for what time did.
    actor: str
    #: The identity that sent the command.
    via: NotRequired[str]
    #: Id of the event that made the sender act.
    causation: NotRequired[str]
    #: Whether it is history of another system.
    imported: bool
    #: As in the event.
    data: dict[str, Any]


class TicketHistoryResult(TypedDict):
    """What `ticket.history` answers."""

    #: Facts in order.
    items: list[TicketHistoryResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class TicketLinkResult(TypedDict):
    """What `ticket.link` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketLinksResultItemsItem(TypedDict):
    """One of `items` of `TicketLinksResult`."""

    #: How a ticket is tied to another, as seen from it.
    relation: Relation
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: The other ticket.
    ticket: str
    #: The other ticket's.
    subject: str
    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    status_category: StatusCategory
    #: When the other ticket was put into the bin.
    deleted_at: NotRequired[str]


class TicketLinksResult(TypedDict):
    """What `ticket.links` answers."""

    items: list[TicketLinksResultItemsItem]


class TicketListResult(TypedDict):
    """What `ticket.list` answers."""

    #: Tickets in the order of `sort`.
    items: list[Ticket]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class TicketMergeResult(TypedDict):
    """What `ticket.merge` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: The ticket that stays.
    into: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketNoteResult(TypedDict):
    """What `ticket.note` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: One public reply or internal note.
    message: Message
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketPublishNoteResult(TypedDict):
    """What `ticket.publish_note` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: One public reply or internal note.
    message: Message
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketReleaseResult(TypedDict):
    """What `ticket.release` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketRemoveTagsResult(TypedDict):
    """What `ticket.remove_tags` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketReopenResult(TypedDict):
    """What `ticket.reopen` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketReplyResult(TypedDict):
    """What `ticket.reply` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: One public reply or internal note.
    message: Message
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketRestoreResult(TypedDict):
    """What `ticket.restore` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class SnippetItem(TypedDict):
    """"""

    #: A piece of the text.
    text: str
    #: `true` where it was looked for; absent elsewhere.
    match: NotRequired[bool]


class TicketSearchResultItemsItem(TypedDict):
    """One of `items` of `TicketSearchResult`."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: The message that fits best; absent where only the subject does, or the ticket was named by its id.
    message: NotRequired[str]
    #: Larger is better; comparable within one search alone.
    score: float
    #: The whole subject.
    subject: list[SnippetItem]
    #: The best part of the message; empty where there is none.
    snippet: list[SnippetItem]


class TicketSearchResult(TypedDict):
    """What `ticket.search` answers."""

    #: Hits, best first; a ticket once, by its best message.
    items: list[TicketSearchResultItemsItem]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: `false`: so many messages match that the newest 4,000 were weighed, or the second was over that a search has.
    is_complete: bool
    #: `true`: no ticket has every word, so these have some of them.
    is_relaxed: bool
    #: Up to here the log can be found.
    indexed_seq: int
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class TicketSetFieldsResult(TypedDict):
    """What `ticket.set_fields` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketSetPriorityResult(TypedDict):
    """What `ticket.set_priority` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketSetStatusResult(TypedDict):
    """What `ticket.set_status` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: Open incidents of a problem that was solved, which may want the same; absent where there are none.
    incidents: NotRequired[list[str]]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketSetTagsResult(TypedDict):
    """What `ticket.set_tags` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketSetTypeResult(TypedDict):
    """What `ticket.set_type` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketSolveResult(TypedDict):
    """What `ticket.solve` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: Open incidents of a problem that was solved, which may want the same; absent where there are none.
    incidents: NotRequired[list[str]]
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


TicketSplitResult = TypedDict("TicketSplitResult", {
    "ticket": Ticket,
    "from": Ticket,
    "_meta": NotRequired[ResultMeta],
})
"""What `ticket.split` answers."""


class TicketStuckResult(TypedDict):
    """What `ticket.stuck` answers."""

    #: Tickets in the order of `sort`.
    items: list[Ticket]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class TicketUnfollowResult(TypedDict):
    """What `ticket.unfollow` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class TicketUnlinkResult(TypedDict):
    """What `ticket.unlink` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


TicketUnmergeResult = TypedDict("TicketUnmergeResult", {
    "ticket": Ticket,
    "from": Ticket,
    "_meta": NotRequired[ResultMeta],
})
"""What `ticket.unmerge` answers."""


class TicketWaitResult(TypedDict):
    """What `ticket.wait` answers."""

    #: A request for help and where it stands. Its conversation is read with `message.list`.
    ticket: Ticket
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class UserCreateResult(TypedDict):
    """What `user.create` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class UserGetResult(TypedDict):
    """What `user.get` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User


class UserListResult(TypedDict):
    """What `user.list` answers."""

    #: Users.
    items: list[User]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class UserSetAvailabilityResult(TypedDict):
    """What `user.set_availability` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class UserSetSkillsResult(TypedDict):
    """What `user.set_skills` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class UserUpdateResult(TypedDict):
    """What `user.update` answers."""

    #: A person: requester, agent, lead, manager, admin; or a bot that speaks in a plugin's name.
    user: User
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ViewCountResult(TypedDict):
    """What `view.count` answers."""

    #: How many.
    count: int
    #: False where there may be more: a count looks at 50,000 tickets at most.
    exact: bool
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int


class Filter(TypedDict):
    """Which tickets: all that is said must hold."""

    #: One, or several in an array.
    status: NotRequired[str | list[str] | None]
    #: One, or several in an array.
    category: NotRequired[StatusCategory | list[StatusCategory] | None]
    #: `true`: only tickets neither solved nor closed.
    unsolved: NotRequired[bool | None]
    #: One, or several in an array.
    priority: NotRequired[Priority | list[Priority] | None]
    #: One, or several in an array.
    type: NotRequired[TicketType | list[TicketType] | None]
    #: One, or several in an array.
    channel: NotRequired[Channel | list[Channel] | None]
    #: Groups, of which one may stand without an array; `mine`: those that the asking person leads or belongs to;
    #: `none`: no group.
    group: NotRequired[str | None | Literal["mine", "none"] | list[str | Literal["mine", "none"]]]
    #: Support lines 1 to 3; `none`: no tier.
    tier: NotRequired[int | str | None | list[int | str]]
    #: Who is responsible; `me`: the asking person; `none`: nobody.
    assignee: NotRequired[str | None | Literal["me", "none"] | list[str | Literal["me", "none"]]]
    #: Who needs help; `me`: the asking person.
    requester: NotRequired[str | None | Literal["me"] | list[str | Literal["me"]]]
    #: Who follows it; `me`: the asking person; `none`: nobody.
    follower: NotRequired[str | None | Literal["me", "none"] | list[str | Literal["me", "none"]]]
    #: The requester's company; `none`: no organization.
    organization: NotRequired[str | None | Literal["none"] | list[str | Literal["none"]]]
    #: One line for people, or nothing.
    external_id: NotRequired[str | None]
    #: All of these.
    tags: NotRequired[list[str] | None]
    #: None of these.
    without_tags: NotRequired[list[str] | None]
    #: Custom fields with exactly these values.
    fields: NotRequired[dict[str, Any] | None]
    #: At or after.
    created_after: NotRequired[str | None]
    #: Before.
    created_before: NotRequired[str | None]
    #: Within the last so many milliseconds.
    created_within_ms: NotRequired[int | None]
    #: At or after.
    updated_after: NotRequired[str | None]
    #: Before.
    updated_before: NotRequired[str | None]
    #: Within the last so many milliseconds.
    updated_within_ms: NotRequired[int | None]
    #: Unchanged for so many milliseconds at least.
    quiet_ms: NotRequired[int | None]
    #: At or after.
    due_after: NotRequired[str | None]
    #: Before.
    due_before: NotRequired[str | None]
    #: Due before so many milliseconds have passed; overdue ones too.
    due_within_ms: NotRequired[int | None]
    #: `breached`: some target was not kept; `at_risk`: some target runs and its first warning is past; `running`: some
    #: target runs.
    sla: NotRequired[Literal["breached", "at_risk", "running"] | None]
    #: `true`: only tickets that wait and will open by themselves.
    waking: NotRequired[bool | None]
    #: `true`: only tickets in the bin, which are in no other list.
    deleted: NotRequired[bool | None]


class View(TypedDict):
    """A saved filter and order over tickets."""

    #: Id of a saved view, e.g. `V-2`.
    id: str
    #: Version of a thing: one more with each change.
    version: int
    #: For people.
    name: str
    #: As `ticket.list` takes it.
    filter: dict[str, Any]
    #: As `ticket.list` takes it.
    sort: str
    #: Members of a ticket, in the order in which they are shown.
    columns: list[str]
    #: The groups whose members see it; empty for everybody.
    groups: list[str]
    #: The one person who sees it; absent for more.
    owner: NotRequired[str]
    #: Where it stands among the others, the smallest first.
    position: int
    #: The name of one that came with the desk: `mine`, `unassigned`, `due_soon`, `breached`, `waking`.
    key: NotRequired[str]
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    created_at: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    updated_at: str


class ViewCreateResult(TypedDict):
    """What `view.create` answers."""

    #: A saved filter and order over tickets.
    view: View
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ViewDeleteResult(TypedDict):
    """What `view.delete` answers."""

    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class ViewGetResult(TypedDict):
    """What `view.get` answers."""

    #: A saved filter and order over tickets.
    view: View


class ViewListResult(TypedDict):
    """What `view.list` answers."""

    #: Views.
    items: list[View]


class ViewTicketsResult(TypedDict):
    """What `view.tickets` answers."""

    #: Tickets in the order of `sort`.
    items: list[Ticket]
    #: Where the next page begins; `null` at the end.
    next_cursor: str | None
    #: The page is true at this position. To follow a list, go on with `events.read` after the first page's.
    as_of_seq: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    epoch: int
    #: The things that `expand` asked for, by id: users, organizations and groups that the answer names, one level.
    included: NotRequired[dict[str, User | Organization | Group]]


class ViewUpdateResult(TypedDict):
    """What `view.update` answers."""

    #: A saved filter and order over tickets.
    view: View
    #: What travels beside the result of a command.
    _meta: NotRequired[ResultMeta]


class PingResult(TypedDict):
    """What `ping` answers."""

    pong: Literal[True]
    #: The kernel's clock.
    time: str


class CalendarCreatedData(TypedDict):
    """The data of `calendar.created`."""

    #: Id of a calendar, e.g. `C-1`.
    calendar: str
    #: IANA name of a time zone, e.g. `Europe/Berlin`.
    zone: str


class CalendarUpdatedData(TypedDict):
    """The data of `calendar.updated`."""

    #: Id of a calendar, e.g. `C-1`.
    calendar: str
    #: IANA name of a time zone, e.g. `Europe/Berlin`.
    zone: str
    #: Version of a thing: one more with each change.
    version: int
    #: The members that became others.
    changed: list[str]
    #: What became of targets that ran.
    running: Running


class DeskFieldCreatedData(TypedDict):
    """The data of `desk.field_created`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    field: str
    #: What values a custom field has. A `date` is `2026-11-22`, a `user` an id, a `multi_choice` its choices with
    #: commas between.
    kind: FieldKind
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskFieldRetiredData(TypedDict):
    """The data of `desk.field_retired`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    field: str
    #: What values a custom field has. A `date` is `2026-11-22`, a `user` an id, a `multi_choice` its choices with
    #: commas between.
    kind: FieldKind
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskFieldUpdatedData(TypedDict):
    """The data of `desk.field_updated`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    field: str
    #: What values a custom field has. A `date` is `2026-11-22`, a `user` an id, a `multi_choice` its choices with
    #: commas between.
    kind: FieldKind
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskStatusCreatedData(TypedDict):
    """The data of `desk.status_created`."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskStatusRetiredData(TypedDict):
    """The data of `desk.status_retired`."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskStatusUpdatedData(TypedDict):
    """The data of `desk.status_updated`."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: Members that became another value; `*` at a creation.
    changed: list[str]


class DeskUpdatedDataBefore(TypedDict):
    """`before` of `DeskUpdatedData`."""

    #: Fields that the desk has not declared are refused.
    strict_fields: bool
    #: Days after which a solved ticket closes by itself.
    auto_close_days: int
    #: Days after which an open ticket that nobody touched is told of.
    stuck_days: int
    #: Minutes of a claim where nobody says how long.
    claim_minutes: int
    #: From a status to those that may follow it. A status that is not named goes where its category may.
    transitions: dict[str, list[str]]


class DeskUpdatedDataAfter(TypedDict):
    """`after` of `DeskUpdatedData`."""

    #: Fields that the desk has not declared are refused.
    strict_fields: bool
    #: Days after which a solved ticket closes by itself.
    auto_close_days: int
    #: Days after which an open ticket that nobody touched is told of.
    stuck_days: int
    #: Minutes of a claim where nobody says how long.
    claim_minutes: int
    #: From a status to those that may follow it. A status that is not named goes where its category may.
    transitions: dict[str, list[str]]


class DeskUpdatedData(TypedDict):
    """The data of `desk.updated`."""

    before: DeskUpdatedDataBefore
    after: DeskUpdatedDataAfter


class FeedbackRecordedData(TypedDict):
    """The data of `feedback.recorded`."""

    #: Id of a feedback, e.g. `F-12`.
    feedback: str
    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a user, or nothing.
    user: str | None
    #: What was asked: satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7).
    kind: Survey
    #: The score that was given.
    score: int
    #: Whether there is a comment.
    has_comment: bool


class GroupCreatedData(TypedDict):
    """The data of `group.created`."""

    #: Id of a group, e.g. `G-3`.
    group: str
    #: Id of a user, or nothing.
    lead: str | None
    members: list[str]
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class GroupMemberAddedData(TypedDict):
    """The data of `group.member_added`."""

    #: Id of a group, e.g. `G-3`.
    group: str
    #: Id of a user, e.g. `U-7`.
    user: str
    #: Support line: 1, 2 or 3. Nothing means every one.
    tier: int | None


class GroupMemberRemovedData(TypedDict):
    """The data of `group.member_removed`."""

    #: Id of a group, e.g. `G-3`.
    group: str
    #: Id of a user, e.g. `U-7`.
    user: str


class GroupUpdatedData(TypedDict):
    """The data of `group.updated`."""

    #: Id of a group, e.g. `G-3`.
    group: str
    #: Id of a user, or nothing.
    lead: str | None
    members: list[str]
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class MacroCreatedData(TypedDict):
    """The data of `macro.created`."""

    #: Id of a macro, e.g. `R-4`.
    macro: str
    groups: list[str]
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]


class MacroDeletedData(TypedDict):
    """The data of `macro.deleted`."""

    #: Id of a macro, e.g. `R-4`.
    macro: str
    groups: list[str]
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]


class MacroUpdatedData(TypedDict):
    """The data of `macro.updated`."""

    #: Id of a macro, e.g. `R-4`.
    macro: str
    groups: list[str]
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]


class MessageAddedData(TypedDict):
    """The data of `message.added`."""

    #: Id of a message, e.g. `M-88123`.
    message: str
    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a user, or nothing.
    author: str | None
    #: What kind of author a message has. Only an agent's public message is a reply in the sense of an SLA.
    author_kind: AuthorKind
    #: `public`: everybody on the ticket reads it; `internal`: agents alone. It never changes.
    visibility: Visibility
    #: How a ticket or message arrived.
    channel: Channel
    #: Length of the text.
    characters: int
    #: Its files; absent where it has none.
    attachments: NotRequired[list[str]]
    #: A machine wrote it; absent where none did.
    automatic: NotRequired[bool]


class MessagePublishedData(TypedDict):
    """The data of `message.published`."""

    #: Id of a message, e.g. `M-88123`.
    message: str
    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a user, or nothing.
    author: str | None
    #: What kind of author a message has. Only an agent's public message is a reply in the sense of an SLA.
    author_kind: AuthorKind
    #: Id of a user, e.g. `U-7`.
    published_by: str
    #: `public`: everybody on the ticket reads it; `internal`: agents alone. It never changes.
    before: Visibility
    #: `public`: everybody on the ticket reads it; `internal`: agents alone. It never changes.
    after: Visibility


class OrganizationCreatedData(TypedDict):
    """The data of `organization.created`."""

    #: Id of an organization, e.g. `O-5`.
    organization: str
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class OrganizationUpdatedData(TypedDict):
    """The data of `organization.updated`."""

    #: Id of an organization, e.g. `O-5`.
    organization: str
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class PolicyCreatedData(TypedDict):
    """The data of `policy.created`."""

    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: Id of a calendar, e.g. `C-1`.
    calendar: str


class PolicyUpdatedData(TypedDict):
    """The data of `policy.updated`."""

    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: Id of a calendar, e.g. `C-1`.
    calendar: str
    #: Version of a thing: one more with each change.
    version: int
    #: The members that became others.
    changed: list[str]
    #: What became of targets that ran.
    running: Running
    #: It matches no ticket any more.
    retired: bool


class SlaAppliedDataTargetsItem(TypedDict):
    """One of `targets` of `SlaAppliedData`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: The promise, in milliseconds of working time.
    budget_ms: int
    #: `null` while paused.
    due_at: str | None


class SlaAppliedData(TypedDict):
    """The data of `sla.applied`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: Of the policy that promises.
    policy_version: int
    #: Of the calendar that they are counted in.
    calendar_version: int
    #: The targets that it is about.
    targets: list[SlaAppliedDataTargetsItem]


class SlaBreachedData(TypedDict):
    """The data of `sla.breached`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: When it was due.
    due_at: str | None
    #: When it was breached: the due instant, or the change that moved it into the past.
    breached_at: str
    #: When the kernel found it; later than the breach after downtime.
    detected_at: str
    #: `time`: the clock passed the due instant. `policy_changed`: a change of the ticket or its policy moved the due
    #: instant into the past. `calendar_changed`: a change of the calendar did.
    cause: BreachCause
    #: How pressing a ticket is.
    priority: Priority
    #: Id of a group, or nothing.
    group: str | None
    #: Id of a user, or nothing.
    assignee: str | None


class SlaCancelledDataTargetsItem(TypedDict):
    """One of `targets` of `SlaCancelledData`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int


class SlaCancelledData(TypedDict):
    """The data of `sla.cancelled`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: The targets that it is about.
    targets: list[SlaCancelledDataTargetsItem]


class SlaMetData(TypedDict):
    """The data of `sla.met`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: When it was due; `null` where it was paused.
    due_at: str | None
    #: When it happened.
    ended_at: str


class SlaPausedDataTargetsItem(TypedDict):
    """One of `targets` of `SlaPausedData`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: Working time left.
    remaining_ms: int


class SlaPausedData(TypedDict):
    """The data of `sla.paused`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: The targets that it is about.
    targets: list[SlaPausedDataTargetsItem]


class SlaRecomputedDataTargetsItem(TypedDict):
    """One of `targets` of `SlaRecomputedData`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: The promise, in milliseconds of working time.
    budget_ms: int
    #: `null` while paused.
    due_at: str | None


class SlaRecomputedData(TypedDict):
    """The data of `sla.recomputed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: Of the policy that promises.
    policy_version: int
    #: Of the calendar that they are counted in.
    calendar_version: int
    #: The targets that it is about.
    targets: list[SlaRecomputedDataTargetsItem]


class SlaResumedDataTargetsItem(TypedDict):
    """One of `targets` of `SlaResumedData`."""

    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: The promise, in milliseconds of working time.
    budget_ms: int
    #: `null` while paused.
    due_at: str | None


class SlaResumedData(TypedDict):
    """The data of `sla.resumed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a policy, e.g. `P-4`.
    policy: str
    #: Of the policy that promises.
    policy_version: int
    #: Of the calendar that they are counted in.
    calendar_version: int
    #: The targets that it is about.
    targets: list[SlaResumedDataTargetsItem]


class SlaWaivedData(TypedDict):
    """The data of `sla.waived`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: When it was due.
    due_at: str | None
    #: When it was breached.
    breached_at: str
    #: Why, one word.
    reason: str


class SlaWarningData(TypedDict):
    """The data of `sla.warning`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What a policy promises a duration for.
    target: TargetKind
    #: 1 for the first time, one more after each: a reopening, an exchange, an update, another group.
    cycle: int
    #: The percentage of the budget that is used up.
    percent: int
    #: When it falls due.
    due_at: str | None
    #: How pressing a ticket is.
    priority: Priority
    #: Id of a group, or nothing.
    group: str | None
    #: Id of a user, or nothing.
    assignee: str | None
    #: Where the threshold is working time before the due instant: how much.
    before_ms: NotRequired[int]


class SystemAccessChangedData(TypedDict):
    """The data of `system.access_changed`."""

    #: Identities that were added, changed or removed.
    identities: list[str]


class SystemConsumerLaggingData(TypedDict):
    """The data of `system.consumer_lagging`."""

    #: The consumer.
    consumer: str
    #: Events after its cursor.
    lag: int
    #: With more than these it is lost.
    limit: int
    #: Of the limit.
    percent: Literal[50, 80]


class SystemConsumerLostData(TypedDict):
    """The data of `system.consumer_lost`."""

    #: The consumer.
    consumer: str
    #: Events after its cursor.
    lag: int
    #: The limit.
    limit: int


class SystemConsumerMovedData(TypedDict):
    """The data of `system.consumer_moved`."""

    #: The consumer.
    consumer: str
    #: The cursor before.
    before: int
    #: The cursor now.
    after: int


class SystemConsumerParkedData(TypedDict):
    """The data of `system.consumer_parked`."""

    #: The consumer.
    consumer: str
    #: The event.
    seq: int
    #: How often it had been handed out.
    deliveries: int
    #: `holder`: the plugin asked for it. `kernel`: it was handed out too often without an ack.
    by: Literal["holder", "kernel"]


class SystemEpochChangedData(TypedDict):
    """The data of `system.epoch_changed`."""

    #: Which history of the log this is. It grows when the database went back to a backup.
    before: int
    #: Which history of the log this is. It grows when the database went back to a backup.
    after: int
    #: `restored`: a backup was put back. `asked`: the operator asked for it.
    reason: Literal["restored", "asked"]


class SystemFloodRefusedData(TypedDict):
    """The data of `system.flood_refused`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: Malformed messages within a minute.
    malformed: int


class SystemHookFailedData(TypedDict):
    """The data of `system.hook_failed`."""

    #: The plugin.
    plugin: str
    #: A point at which plugins are asked before a command runs.
    point: HookPoint
    #: How it failed.
    reason: Literal["timeout", "error", "malformed", "offline"]
    #: `open`: the command went on. `closed`: it was refused.
    policy: Literal["open", "closed"]


class SystemKeyCreatedData(TypedDict):
    """The data of `system.key_created`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: 8 hexadecimal digits that tell one key from another.
    fingerprint: str
    #: Roles of the identity.
    roles: list[str]


class SystemKeyRevokedData(TypedDict):
    """The data of `system.key_revoked`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: 8 hexadecimal digits that tell one key from another.
    fingerprint: str
    #: Roles of the identity.
    roles: list[str]


class SystemLogTruncatedData(TypedDict):
    """The data of `system.log_truncated`."""

    #: The first event that is left.
    first_seq: int
    #: Path of the copy of the database that was written before.
    snapshot: str | None


class SystemPluginOfflineData(TypedDict):
    """The data of `system.plugin_offline`."""

    #: The plugin.
    plugin: str
    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: The session.
    session: str
    #: `bye`: it said so. `silent`: nothing came for `expires_after_ms`. `gone`: its connection ended.
    reason: Literal["bye", "silent", "gone"]


class SystemPluginOnlineData(TypedDict):
    """The data of `system.plugin_online`."""

    #: The plugin.
    plugin: str
    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    identity: str
    #: Its version; empty where it said none.
    version: str
    #: The session.
    session: str


class SystemRoleCreatedData(TypedDict):
    """The data of `system.role_created`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    role: str
    #: A role of people that every desk has.
    base: ShippedRole
    #: Patterns of methods.
    methods: list[str]
    #: Patterns of methods.
    deny: list[str]
    #: Whose tickets a role reaches: those that the person asked for, the organization's, the groups', all.
    tickets: TicketScope
    #: Whether internal notes and fields may be seen.
    internal: bool


class SystemRoleUpdatedData(TypedDict):
    """The data of `system.role_updated`."""

    #: A word for machines: 1 to 64 letters, digits, `.`, `_`, `-`.
    role: str
    #: A role of people that every desk has.
    base: ShippedRole
    #: Patterns of methods.
    methods: list[str]
    #: Patterns of methods.
    deny: list[str]
    #: Whose tickets a role reaches: those that the person asked for, the organization's, the groups', all.
    tickets: TicketScope
    #: Whether internal notes and fields may be seen.
    internal: bool


class TicketAssignedDataBefore(TypedDict):
    """`before` of `TicketAssignedData`."""

    #: Id of a group, or nothing.
    group: str | None
    #: The support line of the group, or none.
    tier: int | None
    #: Id of a user, or nothing.
    assignee: str | None


class TicketAssignedDataAfter(TypedDict):
    """`after` of `TicketAssignedData`."""

    #: Id of a group, or nothing.
    group: str | None
    #: The support line of the group, or none.
    tier: int | None
    #: Id of a user, or nothing.
    assignee: str | None


class TicketAssignedData(TypedDict):
    """The data of `ticket.assigned`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: TicketAssignedDataBefore
    after: TicketAssignedDataAfter
    #: Who was meant and is away.
    instead_of: NotRequired[str]


class TicketClaimedDataBefore(TypedDict):
    """`before` of `TicketClaimedData`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    until: str


class TicketClaimedDataAfter(TypedDict):
    """`after` of `TicketClaimedData`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    until: str


class TicketClaimedData(TypedDict):
    """The data of `ticket.claimed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: TicketClaimedDataBefore | None
    after: TicketClaimedDataAfter | None


class TicketContentErasedData(TypedDict):
    """The data of `ticket.content_erased`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Whose texts they were.
    user: str
    #: Whether the subject and texts in custom fields went.
    subject: bool
    #: How many messages.
    messages: int


class TicketCreatedData(TypedDict):
    """The data of `ticket.created`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Id of a user, e.g. `U-7`.
    requester: str
    #: Id of an organization, or nothing.
    organization: str | None
    #: How a ticket or message arrived.
    channel: Channel
    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    status_category: StatusCategory
    #: How pressing a ticket is.
    priority: Priority
    #: What a ticket is about.
    type: TicketType | None
    #: Id of a group, or nothing.
    group: str | None
    #: The support line of the group, or none.
    tier: int | None
    #: Id of a user, or nothing.
    assignee: str | None
    tags: list[str]


class TicketDeletedData(TypedDict):
    """The data of `ticket.deleted`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: None
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    after: str


class TicketFieldsChangedData(TypedDict):
    """The data of `ticket.fields_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Names of the fields.
    fields: list[str]


class TicketFollowersChangedData(TypedDict):
    """The data of `ticket.followers_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: list[str]
    after: list[str]


class TicketHandedOverDataBefore(TypedDict):
    """`before` of `TicketHandedOverData`."""

    #: Id of a group, or nothing.
    group: str | None
    #: The support line of the group, or none.
    tier: int | None
    #: Id of a user, or nothing.
    assignee: str | None


class TicketHandedOverDataAfter(TypedDict):
    """`after` of `TicketHandedOverData`."""

    #: Id of a group, or nothing.
    group: str | None
    #: The support line of the group, or none.
    tier: int | None
    #: Id of a user, or nothing.
    assignee: str | None


class TicketHandedOverData(TypedDict):
    """The data of `ticket.handed_over`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: TicketHandedOverDataBefore
    after: TicketHandedOverDataAfter
    #: The internal note.
    message: str
    #: It came back to where it had been handed over from.
    bounced: bool
    #: How often it was, all together.
    bounces: int


class TicketLinkedData(TypedDict):
    """The data of `ticket.linked`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: How a ticket is tied to another, as seen from it.
    relation: Relation
    #: The other ticket.
    other: str


class TicketMergedData(TypedDict):
    """The data of `ticket.merged`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: The ticket that was merged.
    source: str
    #: The ticket that it was merged into.
    target: str
    #: Messages that went from the source to the target.
    messages: list[str]
    #: People who followed the target because of it.
    followers: list[str]
    #: Tags that the target had because of it.
    tags: list[str]


class TicketPriorityChangedData(TypedDict):
    """The data of `ticket.priority_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: How pressing a ticket is.
    before: Priority
    #: How pressing a ticket is.
    after: Priority


class TicketReleasedDataBefore(TypedDict):
    """`before` of `TicketReleasedData`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    until: str


class TicketReleasedData(TypedDict):
    """The data of `ticket.released`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: TicketReleasedDataBefore | None
    after: None
    #: Why a claim ended.
    cause: ClaimEnd


class TicketRestoredData(TypedDict):
    """The data of `ticket.restored`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: An instant as the kernel writes it: RFC 3339 in UTC with milliseconds, `2026-11-22T03:39:59.123Z`.
    before: str
    after: None


class TicketSplitData(TypedDict):
    """The data of `ticket.split`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: Where the messages were.
    source: str
    #: The new ticket.
    target: str
    #: Messages that went to the new ticket.
    messages: list[str]


class TicketStatusChangedDataBefore(TypedDict):
    """`before` of `TicketStatusChangedData`."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: Why it waits.
    reason: str | None
    #: When it opens again by itself.
    wake_at: str | None


class TicketStatusChangedDataAfter(TypedDict):
    """`after` of `TicketStatusChangedData`."""

    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: Why it waits.
    reason: str | None
    #: When it opens again by itself.
    wake_at: str | None


class TicketStatusChangedData(TypedDict):
    """The data of `ticket.status_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: TicketStatusChangedDataBefore
    after: TicketStatusChangedDataAfter


class TicketStuckData(TypedDict):
    """The data of `ticket.stuck`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: When somebody last did something to it.
    touched_at: str
    #: The days that the desk allows.
    days: int
    #: Where a ticket stands: the name of a category, or a word of the desk's own from `status.list`.
    status: str
    #: What kind of status it is; all rules go by it. `pending` waits on the requester, `on_hold` on a third party;
    #: nothing leaves `closed`.
    category: StatusCategory
    #: How pressing a ticket is.
    priority: Priority
    #: Id of a group, or nothing.
    group: str | None
    #: Id of a user, or nothing.
    assignee: str | None


class TicketTagsChangedData(TypedDict):
    """The data of `ticket.tags_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    before: list[str]
    after: list[str]


class TicketTypeChangedData(TypedDict):
    """The data of `ticket.type_changed`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: What a ticket is about.
    before: TicketType | None
    #: What a ticket is about.
    after: TicketType | None


class TicketUnlinkedData(TypedDict):
    """The data of `ticket.unlinked`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: How a ticket is tied to another, as seen from it.
    relation: Relation
    #: The other ticket.
    other: str


class TicketUnmergedData(TypedDict):
    """The data of `ticket.unmerged`."""

    #: Id of a ticket, e.g. `T-1042`.
    ticket: str
    #: The ticket that was merged.
    source: str
    #: The ticket that it was merged into.
    target: str
    #: Messages that came back to the source.
    messages: list[str]
    #: People who followed the target because of it.
    followers: list[str]
    #: Tags that the target had because of it.
    tags: list[str]


class UserAvailabilityChangedDataBefore(TypedDict):
    """`before` of `UserAvailabilityChangedData`."""

    #: Whether tickets can be given to them.
    state: Literal["available", "away"]
    #: When they are back by themselves.
    until: str | None
    #: Id of a user, or nothing.
    replacement: str | None


class UserAvailabilityChangedDataAfter(TypedDict):
    """`after` of `UserAvailabilityChangedData`."""

    #: Whether tickets can be given to them.
    state: Literal["available", "away"]
    #: When they are back by themselves.
    until: str | None
    #: Id of a user, or nothing.
    replacement: str | None


class UserAvailabilityChangedData(TypedDict):
    """The data of `user.availability_changed`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    before: UserAvailabilityChangedDataBefore
    after: UserAvailabilityChangedDataAfter


class UserCreatedData(TypedDict):
    """The data of `user.created`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    roles: list[str]
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class UserErasedData(TypedDict):
    """The data of `user.erased`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: Whether subjects and texts in custom fields go, too.
    subjects: bool


class UserSkillsChangedData(TypedDict):
    """The data of `user.skills_changed`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    #: Skills by name with their level, from 1 (knows it) to 5 (teaches it).
    skills: dict[str, int]
    #: Unsolved tickets at once; `null` for no limit.
    capacity: int | None


class UserUpdatedData(TypedDict):
    """The data of `user.updated`."""

    #: Id of a user, e.g. `U-7`.
    user: str
    roles: list[str]
    #: Names of the members that changed; `*` where the thing is new.
    changed: list[str]


class ViewCreatedData(TypedDict):
    """The data of `view.created`."""

    #: Id of a saved view, e.g. `V-2`.
    view: str
    groups: list[str]
    #: Id of a user, or nothing.
    owner: str | None
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]


class ViewDeletedData(TypedDict):
    """The data of `view.deleted`."""

    #: Id of a saved view, e.g. `V-2`.
    view: str
    groups: list[str]
    #: Id of a user, or nothing.
    owner: str | None
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]


class ViewUpdatedData(TypedDict):
    """The data of `view.updated`."""

    #: Id of a saved view, e.g. `V-2`.
    view: str
    groups: list[str]
    #: Id of a user, or nothing.
    owner: str | None
    #: Names of the members that changed; `*` where the thing is new; none where it is gone.
    changed: list[str]
