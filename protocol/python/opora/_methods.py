"""Made from the schemas by generate.py: do not edit.

Every method of the kernel as a typed function of its noun: `client.ticket.create(subject="It hums")`.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, List, Literal, Unpack, cast

from ._group import UNSET, MethodInfo, Unset, given
from ._steps import CallOptions
from .types import (
    AgentPickResult,
    AttachmentBeginResult,
    AttachmentFinishResult,
    AttachmentGetResult,
    AttachmentPutResult,
    AuditListResult,
    AuditRefusalsResult,
    AuthReloadResult,
    AuthWhoamiResult,
    Calendar,
    CalendarCreateResult,
    CalendarDueResult,
    CalendarGetResult,
    CalendarImportHolidaysResult,
    CalendarInline,
    CalendarListResult,
    CalendarUpdateResult,
    CalendarWorkedResult,
    Channel,
    Conditions,
    ConsumerAckResult,
    ConsumerDeleteResult,
    ConsumerEnsureResult,
    ConsumerFetchResult,
    ConsumerInfoResult,
    ConsumerListResult,
    ConsumerParkResult,
    ConsumerParkedDropResult,
    ConsumerParkedListResult,
    ConsumerParkedRetryResult,
    ConsumerPauseResult,
    ConsumerResumeResult,
    ConsumerSeekResult,
    DeskGetResult,
    DeskSetResult,
    EventPublishResult,
    EventsReadResult,
    FeedbackGetResult,
    FeedbackRecordResult,
    FieldCreateResult,
    FieldKind,
    FieldListResult,
    FieldRetireResult,
    FieldUpdateResult,
    Filter,
    GroupAddMemberResult,
    GroupCreateResult,
    GroupGetResult,
    GroupListResult,
    GroupMembersResult,
    GroupRemoveMemberResult,
    GroupUpdateResult,
    ImportApplyResult,
    ImportItem,
    KernelHealthResult,
    KernelStatsResult,
    KeyCreateResult,
    KeyListResult,
    KeyRevokeResult,
    Label,
    Language,
    LogTruncateResult,
    MacroActions,
    MacroCreateResult,
    MacroDeleteResult,
    MacroGetResult,
    MacroListResult,
    MacroPreviewResult,
    MacroUpdateResult,
    Manifest,
    MessageGetResult,
    MessageListResult,
    OrganizationCreateResult,
    OrganizationGetResult,
    OrganizationListResult,
    OrganizationUpdateResult,
    Pauses,
    PersonEraseResult,
    PersonExportResult,
    PingResult,
    PlaceAfterSeq,
    PlaceAt,
    PlaceFrom,
    PolicyCreateResult,
    PolicyGetResult,
    PolicyListResult,
    PolicyRetireResult,
    PolicyUpdateResult,
    Priority,
    Relation,
    Reopening,
    RoleCreateResult,
    RoleListResult,
    RoleUpdateResult,
    RpcDiscoverResult,
    Running,
    SearchRebuildResult,
    SearchStatusResult,
    SessionHelloCapabilities,
    SessionHelloProtocol,
    SessionHelloResult,
    SessionPingResult,
    ShippedRole,
    SlaExplainResult,
    SlaPreviewResult,
    SlaSimulatePoliciesItemTargets,
    SlaSimulateResult,
    SlaWaiveResult,
    StatusCategory,
    StatusCreateResult,
    StatusListResult,
    StatusRetireResult,
    StatusUpdateResult,
    Stream,
    Survey,
    TargetKind,
    Targets,
    ThresholdBeforeMs,
    TicketAddTagsResult,
    TicketApplyMacroResult,
    TicketAssignResult,
    TicketBulkUpdateResult,
    TicketClaimResult,
    TicketCloseResult,
    TicketCountResult,
    TicketCreateResult,
    TicketDeleteResult,
    TicketFollowResult,
    TicketGetResult,
    TicketHandOverResult,
    TicketHistoryResult,
    TicketLinkResult,
    TicketLinksResult,
    TicketListResult,
    TicketMergeResult,
    TicketNoteResult,
    TicketPublishNoteResult,
    TicketReleaseResult,
    TicketRemoveTagsResult,
    TicketReopenResult,
    TicketReplyResult,
    TicketRestoreResult,
    TicketScope,
    TicketSearchResult,
    TicketSetFieldsResult,
    TicketSetPriorityResult,
    TicketSetStatusResult,
    TicketSetTagsResult,
    TicketSetTypeResult,
    TicketSolveResult,
    TicketSplitResult,
    TicketStuckResult,
    TicketType,
    TicketUnfollowResult,
    TicketUnlinkResult,
    TicketUnmergeResult,
    TicketWaitResult,
    UserCreateResult,
    UserGetResult,
    UserListResult,
    UserSetAvailabilityResult,
    UserSetSkillsResult,
    UserUpdateResult,
    ViewCountResult,
    ViewCreateResult,
    ViewDeleteResult,
    ViewGetResult,
    ViewListResult,
    ViewTicketsResult,
    ViewUpdateResult,
    Visibility,
    Week,
)


#: What each method is and takes.
METHODS: dict[str, MethodInfo] = {
    "agent.pick": MethodInfo("query", ("group", "tier", "skills", "limit"), ()),
    "attachment.begin": MethodInfo(
        "command",
        ("name", "media_type", "size", "sha256"),
        ("name", "media_type", "size", "sha256"),
    ),
    "attachment.finish": MethodInfo("query", ("attachment",), ("attachment",)),
    "attachment.get": MethodInfo("query", ("attachment", "offset", "length"), ("attachment",)),
    "attachment.put": MethodInfo("query", ("attachment", "offset", "data"), ("attachment", "offset", "data")),
    "audit.list": MethodInfo("query", ("user", "identity", "ticket", "types", "from", "to", "limit", "cursor"), ()),
    "audit.refusals": MethodInfo("query", ("limit",), ()),
    "auth.reload": MethodInfo("command", (), ()),
    "auth.whoami": MethodInfo("session", (), ()),
    "calendar.create": MethodInfo(
        "command",
        ("name", "zone", "hours", "holidays", "holidays_yearly", "overrides", "breaks", "always_open"),
        ("name", "zone"),
    ),
    "calendar.due": MethodInfo("query", ("calendar", "start", "working_ms", "pauses"), ("calendar", "start", "working_ms")),
    "calendar.get": MethodInfo("query", ("calendar", "version"), ("calendar",)),
    "calendar.import_holidays": MethodInfo(
        "command",
        ("calendar", "ical", "through", "replace", "running", "expected_version"),
        ("calendar", "ical"),
    ),
    "calendar.list": MethodInfo("query", ("versions_of", "limit", "cursor"), ()),
    "calendar.update": MethodInfo(
        "command",
        ("calendar", "name", "zone", "hours", "holidays", "holidays_yearly", "overrides", "breaks", "always_open",
         "running", "expected_version"),
        ("calendar",),
    ),
    "calendar.worked": MethodInfo("query", ("calendar", "start", "end"), ("calendar", "start", "end")),
    "consumer.ack": MethodInfo("command", ("name", "seq", "lease_token"), ("name", "seq", "lease_token")),
    "consumer.delete": MethodInfo("command", ("name",), ("name",)),
    "consumer.ensure": MethodInfo("command", ("name", "start", "streams", "types", "max_deliver"), ("name", "start")),
    "consumer.fetch": MethodInfo("query", ("name", "max", "wait_ms", "lease_token", "ack_seq"), ("name",)),
    "consumer.info": MethodInfo("query", ("name",), ("name",)),
    "consumer.list": MethodInfo("query", (), ()),
    "consumer.park": MethodInfo(
        "command",
        ("name", "seq", "reason", "lease_token"),
        ("name", "seq", "reason", "lease_token"),
    ),
    "consumer.parked_drop": MethodInfo("command", ("name", "seq"), ("name",)),
    "consumer.parked_list": MethodInfo("query", ("name", "limit", "cursor"), ("name",)),
    "consumer.parked_retry": MethodInfo("command", ("name", "seq"), ("name",)),
    "consumer.pause": MethodInfo("command", ("name",), ("name",)),
    "consumer.resume": MethodInfo("command", ("name",), ("name",)),
    "consumer.seek": MethodInfo("command", ("name", "to"), ("name", "to")),
    "desk.get": MethodInfo("query", (), ()),
    "desk.set": MethodInfo(
        "command",
        ("strict_fields", "auto_close_days", "stuck_days", "claim_minutes", "transitions", "expected_version"),
        (),
    ),
    "event.publish": MethodInfo("command", ("type", "subject", "ticket", "data"), ("type", "data")),
    "events.read": MethodInfo(
        "query",
        ("after_seq", "epoch", "limit", "streams", "types", "subject", "wait_ms"),
        ("after_seq",),
    ),
    "feedback.get": MethodInfo("query", ("feedback",), ("feedback",)),
    "feedback.record": MethodInfo("command", ("ticket", "kind", "score", "comment", "user"), ("ticket", "kind", "score")),
    "field.create": MethodInfo("command", ("field", "kind", "label", "choices", "required_to_solve"), ("field", "kind")),
    "field.list": MethodInfo("query", (), ()),
    "field.retire": MethodInfo("command", ("field", "expected_version"), ("field",)),
    "field.update": MethodInfo(
        "command",
        ("field", "label", "choices", "required_to_solve", "expected_version"),
        ("field",),
    ),
    "group.add_member": MethodInfo("command", ("group", "user", "tier", "expected_version"), ("group", "user")),
    "group.create": MethodInfo("command", ("name", "lead", "members", "external_id"), ("name",)),
    "group.get": MethodInfo("query", ("group",), ("group",)),
    "group.list": MethodInfo("query", ("name", "external_id", "limit", "cursor"), ()),
    "group.members": MethodInfo("query", ("group", "tier", "limit", "cursor"), ("group",)),
    "group.remove_member": MethodInfo("command", ("group", "user", "expected_version"), ("group", "user")),
    "group.update": MethodInfo("command", ("group", "name", "lead", "members", "expected_version"), ("group",)),
    "import.apply": MethodInfo("command", ("source", "items"), ("source", "items")),
    "kernel.health": MethodInfo("session", (), ()),
    "kernel.stats": MethodInfo("query", (), ()),
    "key.create": MethodInfo("command", ("name", "public_key", "roles"), ("name", "public_key", "roles")),
    "key.list": MethodInfo("query", (), ()),
    "key.revoke": MethodInfo("command", ("name",), ("name",)),
    "log.truncate": MethodInfo("command", ("before_seq", "snapshot"), ("before_seq",)),
    "macro.create": MethodInfo("command", ("name", "actions", "groups"), ("name", "actions")),
    "macro.delete": MethodInfo("command", ("macro", "expected_version"), ("macro",)),
    "macro.get": MethodInfo("query", ("macro",), ("macro",)),
    "macro.list": MethodInfo("query", (), ()),
    "macro.preview": MethodInfo("query", ("macro", "ticket"), ("macro", "ticket")),
    "macro.update": MethodInfo("command", ("macro", "name", "actions", "groups", "expected_version"), ("macro",)),
    "message.get": MethodInfo("query", ("message", "expand"), ("message",)),
    "message.list": MethodInfo("query", ("ticket", "visibility", "limit", "cursor", "expand"), ("ticket",)),
    "organization.create": MethodInfo("command", ("name", "external_id"), ("name",)),
    "organization.get": MethodInfo("query", ("organization",), ("organization",)),
    "organization.list": MethodInfo("query", ("name", "external_id", "limit", "cursor"), ()),
    "organization.update": MethodInfo("command", ("organization", "name", "expected_version"), ("organization",)),
    "person.erase": MethodInfo("command", ("user", "subjects"), ("user",)),
    "person.export": MethodInfo("query", ("user", "limit", "cursor"), ("user",)),
    "ping": MethodInfo("session", (), ()),
    "policy.create": MethodInfo(
        "command",
        ("name", "calendar", "targets", "conditions", "warnings", "target_warnings", "pauses", "reopening",
         "phone_answers", "position"),
        ("name", "calendar", "targets"),
    ),
    "policy.get": MethodInfo("query", ("policy", "version"), ("policy",)),
    "policy.list": MethodInfo("query", ("versions_of", "limit", "cursor"), ()),
    "policy.retire": MethodInfo("command", ("policy", "running", "expected_version"), ("policy",)),
    "policy.update": MethodInfo(
        "command",
        ("policy", "name", "calendar", "targets", "conditions", "warnings", "target_warnings", "pauses", "reopening",
         "phone_answers", "position", "running", "expected_version"),
        ("policy",),
    ),
    "role.create": MethodInfo(
        "command",
        ("role", "base", "methods", "deny", "tickets", "internal"),
        ("role", "base", "methods"),
    ),
    "role.list": MethodInfo("query", (), ()),
    "role.update": MethodInfo("command", ("role", "methods", "deny", "tickets", "internal", "expected_version"), ("role",)),
    "rpc.discover": MethodInfo("session", (), ()),
    "search.rebuild": MethodInfo("query", (), ()),
    "search.status": MethodInfo("query", (), ()),
    "session.bye": MethodInfo("session", (), ()),
    "session.hello": MethodInfo(
        "session",
        ("manifest", "protocol", "instance", "capabilities", "strict", "library"),
        ("manifest",),
    ),
    "session.ping": MethodInfo("session", ("health",), ()),
    "sla.explain": MethodInfo("query", ("ticket", "target", "cycle", "until"), ("ticket", "target")),
    "sla.preview": MethodInfo("query", ("policy", "calendar", "set", "retire", "limit", "cursor"), ()),
    "sla.simulate": MethodInfo("query", ("policies", "from", "to", "after_seq"), ("policies",)),
    "sla.waive": MethodInfo(
        "command",
        ("ticket", "target", "reason", "cycle", "expected_version"),
        ("ticket", "target", "reason"),
    ),
    "status.create": MethodInfo("command", ("status", "category", "label", "reason"), ("status", "category")),
    "status.list": MethodInfo("query", (), ()),
    "status.retire": MethodInfo("command", ("status", "expected_version"), ("status",)),
    "status.update": MethodInfo("command", ("status", "label", "reason", "expected_version"), ("status",)),
    "ticket.add_tags": MethodInfo("command", ("ticket", "tags", "expected_version"), ("ticket", "tags")),
    "ticket.apply_macro": MethodInfo(
        "command",
        ("ticket", "macro", "reply", "note", "expected_version"),
        ("ticket", "macro"),
    ),
    "ticket.assign": MethodInfo(
        "command",
        ("ticket", "group", "tier", "assignee", "expected_version", "if_away"),
        ("ticket",),
    ),
    "ticket.bulk_update": MethodInfo(
        "command",
        ("tickets", "fields", "type", "priority", "add_tags", "remove_tags", "group", "tier", "assignee", "note",
         "status", "reason", "wake_at"),
        ("tickets",),
    ),
    "ticket.claim": MethodInfo("command", ("ticket", "minutes", "take", "expected_version"), ("ticket",)),
    "ticket.close": MethodInfo("command", ("ticket", "force", "expected_version"), ("ticket",)),
    "ticket.count": MethodInfo(
        "query",
        ("status", "category", "unsolved", "priority", "type", "channel", "group", "tier", "assignee", "requester",
         "follower", "organization", "external_id", "tags", "without_tags", "fields", "created_after", "created_before",
         "created_within_ms", "updated_after", "updated_before", "updated_within_ms", "quiet_ms", "due_after",
         "due_before", "due_within_ms", "sla", "waking", "deleted"),
        (),
    ),
    "ticket.create": MethodInfo(
        "command",
        ("subject", "text", "requester", "organization", "group", "tier", "tags", "assignee", "priority", "type",
         "channel", "fields", "external_id", "attachments", "if_away"),
        ("subject",),
    ),
    "ticket.delete": MethodInfo("command", ("ticket", "expected_version"), ("ticket",)),
    "ticket.follow": MethodInfo("command", ("ticket", "user", "expected_version"), ("ticket",)),
    "ticket.get": MethodInfo("query", ("ticket", "expand"), ("ticket",)),
    "ticket.hand_over": MethodInfo(
        "command",
        ("ticket", "tried", "needed", "group", "tier", "assignee", "expected_version"),
        ("ticket", "tried", "needed"),
    ),
    "ticket.history": MethodInfo("query", ("ticket", "limit", "cursor"), ("ticket",)),
    "ticket.link": MethodInfo("command", ("ticket", "relation", "to", "expected_version"), ("ticket", "relation", "to")),
    "ticket.links": MethodInfo("query", ("ticket",), ("ticket",)),
    "ticket.list": MethodInfo(
        "query",
        ("status", "category", "unsolved", "priority", "type", "channel", "group", "tier", "assignee", "requester",
         "follower", "organization", "external_id", "tags", "without_tags", "fields", "created_after", "created_before",
         "created_within_ms", "updated_after", "updated_before", "updated_within_ms", "quiet_ms", "due_after",
         "due_before", "due_within_ms", "sla", "waking", "deleted", "sort", "limit", "cursor", "expand"),
        (),
    ),
    "ticket.merge": MethodInfo("command", ("ticket", "into", "force", "expected_version"), ("ticket", "into")),
    "ticket.note": MethodInfo("command", ("ticket", "text", "expected_version", "attachments"), ("ticket", "text")),
    "ticket.publish_note": MethodInfo("command", ("message",), ("message",)),
    "ticket.release": MethodInfo("command", ("ticket", "force", "expected_version"), ("ticket",)),
    "ticket.remove_tags": MethodInfo("command", ("ticket", "tags", "expected_version"), ("ticket", "tags")),
    "ticket.reopen": MethodInfo("command", ("ticket", "expected_version"), ("ticket",)),
    "ticket.reply": MethodInfo(
        "command",
        ("ticket", "text", "channel", "status", "automatic", "expected_version", "attachments"),
        ("ticket", "text"),
    ),
    "ticket.restore": MethodInfo("command", ("ticket", "expected_version"), ("ticket",)),
    "ticket.search": MethodInfo(
        "query",
        ("query", "status", "priority", "type", "channel", "group", "assignee", "requester", "organization", "tag",
         "visibility", "created_from", "created_before", "updated_from", "updated_before", "limit", "cursor", "expand"),
        ("query",),
    ),
    "ticket.set_fields": MethodInfo("command", ("ticket", "fields", "expected_version"), ("ticket", "fields")),
    "ticket.set_priority": MethodInfo("command", ("ticket", "priority", "expected_version"), ("ticket", "priority")),
    "ticket.set_status": MethodInfo(
        "command",
        ("ticket", "status", "reason", "wake_at", "force", "expected_version"),
        ("ticket", "status"),
    ),
    "ticket.set_tags": MethodInfo("command", ("ticket", "tags", "expected_version"), ("ticket", "tags")),
    "ticket.set_type": MethodInfo("command", ("ticket", "type", "expected_version"), ("ticket", "type")),
    "ticket.solve": MethodInfo("command", ("ticket", "force", "expected_version"), ("ticket",)),
    "ticket.split": MethodInfo(
        "command",
        ("ticket", "message", "following", "subject", "requester", "group", "assignee", "expected_version"),
        ("ticket", "message"),
    ),
    "ticket.stuck": MethodInfo("query", ("limit", "cursor", "expand"), ()),
    "ticket.unfollow": MethodInfo("command", ("ticket", "user", "expected_version"), ("ticket",)),
    "ticket.unlink": MethodInfo("command", ("ticket", "relation", "to", "expected_version"), ("ticket", "relation", "to")),
    "ticket.unmerge": MethodInfo("command", ("ticket", "expected_version"), ("ticket",)),
    "ticket.wait": MethodInfo(
        "command",
        ("ticket", "wake_at", "reason", "status", "expected_version"),
        ("ticket", "wake_at"),
    ),
    "user.create": MethodInfo(
        "command",
        ("name", "email", "roles", "organization", "language", "zone", "identity", "external_id"),
        ("name",),
    ),
    "user.get": MethodInfo("query", ("user",), ("user",)),
    "user.list": MethodInfo("query", ("role", "organization", "email", "identity", "external_id", "limit", "cursor"), ()),
    "user.set_availability": MethodInfo(
        "command",
        ("user", "state", "until", "replacement", "expected_version"),
        ("user", "state"),
    ),
    "user.set_skills": MethodInfo("command", ("user", "skills", "capacity", "expected_version"), ("user", "skills")),
    "user.update": MethodInfo(
        "command",
        ("user", "name", "email", "roles", "organization", "language", "zone", "identity", "active", "expected_version"),
        ("user",),
    ),
    "view.count": MethodInfo("query", ("view",), ("view",)),
    "view.create": MethodInfo("command", ("name", "filter", "sort", "columns", "groups", "owner", "position"), ("name",)),
    "view.delete": MethodInfo("command", ("view", "expected_version"), ("view",)),
    "view.get": MethodInfo("query", ("view",), ("view",)),
    "view.list": MethodInfo("query", (), ()),
    "view.tickets": MethodInfo("query", ("view", "limit", "cursor", "expand"), ("view",)),
    "view.update": MethodInfo(
        "command",
        ("view", "name", "filter", "sort", "columns", "groups", "owner", "position", "expected_version"),
        ("view",),
    ),
}
#: What kind each method is: a command changes something.
KINDS: dict[str, str] = {name: info.kind for name, info in METHODS.items()}


class AgentMethods:
    """The methods `agent.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def pick(
        self,
        *,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        skills: dict[str, int] | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AgentPickResult:
        """Who could take a ticket now: active agents who are there, have room and have the skills; the least loaded first.
        Load is unsolved tickets in proportion to capacity (20 where none is set).
        """
        params = given(group=group, tier=tier, skills=skills, limit=limit)
        return cast(AgentPickResult, self._call("agent.pick", params, **options))


class AttachmentMethods:
    """The methods `attachment.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def begin(
        self,
        *,
        name: str,
        media_type: str,
        size: int,
        sha256: str,
        **options: Unpack[CallOptions],
    ) -> AttachmentBeginResult:
        """Announces a file; says how much of it is there already. The same file again, by the same sender, goes on where
        it was left.
        """
        params = given(name=name, media_type=media_type, size=size, sha256=sha256)
        return cast(AttachmentBeginResult, self._call("attachment.begin", params, **options))

    def finish(self, *, attachment: str, **options: Unpack[CallOptions]) -> AttachmentFinishResult:
        """Checks that all of a file is there and is what was announced; from then on a message can have it. A file that is
        not what was announced is forgotten: send it anew.
        """
        return cast(AttachmentFinishResult, self._call("attachment.finish", given(attachment=attachment), **options))

    def get(
        self,
        *,
        attachment: str,
        offset: int | None | Unset = UNSET,
        length: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AttachmentGetResult:
        """A piece of a file. Whoever may read the message may read its files; a file that no message has is its sender's
        alone.
        """
        params = given(attachment=attachment, offset=offset, length=length)
        return cast(AttachmentGetResult, self._call("attachment.get", params, **options))

    def put(self, *, attachment: str, offset: int, data: str, **options: Unpack[CallOptions]) -> AttachmentPutResult:
        """Sends a piece of a file. A piece that is there already is passed over, so a repeat does no harm."""
        params = given(attachment=attachment, offset=offset, data=data)
        return cast(AttachmentPutResult, self._call("attachment.put", params, **options))


class AuditMethods:
    """The methods `audit.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def list(
        self,
        *,
        user: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        ticket: str | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        from_: str | None | Unset = UNSET,
        to: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AuditListResult:
        """What was done, newest first: when, by whom (`actor`), through which identity (`via`). Where `via` is not the
        actor's own identity, it acted in their name. All filters that are given hold; a page may be empty and yet not
        the last.
        """
        params = given(
            **{"user": user, "identity": identity, "ticket": ticket, "types": types, "from": from_, "to": to,
            "limit": limit, "cursor": cursor})
        return cast(AuditListResult, self._call("audit.list", params, **options))

    def refusals(self, *, limit: int | None | Unset = UNSET, **options: Unpack[CallOptions]) -> AuditRefusalsResult:
        """What was refused since the kernel's start, newest first: commands by any rule, queries for want of a right. The
        last 1,000 are remembered.
        """
        return cast(AuditRefusalsResult, self._call("audit.refusals", given(limit=limit), **options))


class AuthMethods:
    """The methods `auth.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def reload(self, **options: Unpack[CallOptions]) -> AuthReloadResult:
        """Reads the configuration file again: identities, roles, keys, rates and hook rules take effect for the next
        message. Wrong settings answer `validation_failed`, and nothing changes.
        """
        return cast(AuthReloadResult, self._call("auth.reload", {}, **options))

    def whoami(self, **options: Unpack[CallOptions]) -> AuthWhoamiResult:
        """Who the connection proved to be, and what it may do."""
        return cast(AuthWhoamiResult, self._call("auth.whoami", {}, **options))


class CalendarMethods:
    """The methods `calendar.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        name: str,
        zone: str,
        hours: Week | None | Unset = UNSET,
        holidays: List[str] | None | Unset = UNSET,
        holidays_yearly: List[str] | None | Unset = UNSET,
        overrides: dict[str, List[List[str]]] | None | Unset = UNSET,
        breaks: dict[str, List[List[str]]] | None | Unset = UNSET,
        always_open: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarCreateResult:
        """Adds a business calendar. It needs some working time: `hours`, `overrides` or `always_open`."""
        params = given(
            name=name, zone=zone, hours=hours, holidays=holidays, holidays_yearly=holidays_yearly,
            overrides=overrides, breaks=breaks, always_open=always_open)
        return cast(CalendarCreateResult, self._call("calendar.create", params, **options))

    def due(
        self,
        *,
        calendar: str | CalendarInline,
        start: str,
        working_ms: int,
        pauses: List[List[str]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarDueResult:
        """The instant at which so much working time after a start is used up. 0 gives the first working instant."""
        params = given(calendar=calendar, start=start, working_ms=working_ms, pauses=pauses)
        return cast(CalendarDueResult, self._call("calendar.due", params, **options))

    def get(
        self,
        *,
        calendar: str,
        version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarGetResult:
        """A calendar."""
        return cast(CalendarGetResult, self._call("calendar.get", given(calendar=calendar, version=version), **options))

    def import_holidays(
        self,
        *,
        calendar: str,
        ical: str,
        through: int | None | Unset = UNSET,
        replace: bool | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarImportHolidaysResult:
        """Adds the days off of an iCalendar text (RFC 5545) to a calendar: events of whole days, those of every year
        written out. Events with a time of day and cancelled ones are skipped. What is wrong is refused with its line.
        """
        params = given(
            calendar=calendar, ical=ical, through=through, replace=replace, running=running,
            expected_version=expected_version)
        return cast(CalendarImportHolidaysResult, self._call("calendar.import_holidays", params, **options))

    def list(
        self,
        *,
        versions_of: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarListResult:
        """All calendars, in order of id."""
        params = given(versions_of=versions_of, limit=limit, cursor=cursor)
        return cast(CalendarListResult, self._call("calendar.list", params, **options))

    def update(
        self,
        *,
        calendar: str,
        name: str | None | Unset = UNSET,
        zone: str | Unset = UNSET,
        hours: Week | None | Unset = UNSET,
        holidays: List[str] | None | Unset = UNSET,
        holidays_yearly: List[str] | None | Unset = UNSET,
        overrides: dict[str, List[List[str]]] | None | Unset = UNSET,
        breaks: dict[str, List[List[str]]] | None | Unset = UNSET,
        always_open: bool | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarUpdateResult:
        """Changes a business calendar: what is given stands instead, `null` takes it away, what is left out stays. It is a
        new version; open tickets that count in it are counted anew soon after, or keep the version they have. Where
        nothing changes there is no new version.
        """
        params = given(
            calendar=calendar, name=name, zone=zone, hours=hours, holidays=holidays,
            holidays_yearly=holidays_yearly, overrides=overrides, breaks=breaks, always_open=always_open,
            running=running, expected_version=expected_version)
        return cast(CalendarUpdateResult, self._call("calendar.update", params, **options))

    def worked(
        self,
        *,
        calendar: str | CalendarInline,
        start: str,
        end: str,
        **options: Unpack[CallOptions],
    ) -> CalendarWorkedResult:
        """How much working time lies between two instants, at most five years apart; 0 where the end lies before the
        start.
        """
        params = given(calendar=calendar, start=start, end=end)
        return cast(CalendarWorkedResult, self._call("calendar.worked", params, **options))


class ConsumerMethods:
    """The methods `consumer.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def ack(self, *, name: str, seq: int, lease_token: str, **options: Unpack[CallOptions]) -> ConsumerAckResult:
        """Moves the cursor: everything up to this position is dealt with. A lower one than before changes nothing."""
        params = given(name=name, seq=seq, lease_token=lease_token)
        return cast(ConsumerAckResult, self._call("consumer.ack", params, **options))

    def delete(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerDeleteResult:
        """Takes a durable consumer away."""
        return cast(ConsumerDeleteResult, self._call("consumer.delete", given(name=name), **options))

    def ensure(
        self,
        *,
        name: str,
        start: PlaceFrom | PlaceAfterSeq | PlaceAt,
        streams: Stream | List[Stream] | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        max_deliver: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerEnsureResult:
        """Makes a durable consumer where there is none. One that is there with another filter answers `consumer_differs`."""
        params = given(name=name, start=start, streams=streams, types=types, max_deliver=max_deliver)
        return cast(ConsumerEnsureResult, self._call("consumer.ensure", params, **options))

    def fetch(
        self,
        *,
        name: str,
        max: int | None | Unset = UNSET,
        wait_ms: int | None | Unset = UNSET,
        lease_token: str | None | Unset = UNSET,
        ack_seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerFetchResult:
        """Takes or renews the lease and returns events after the cursor. It does not move the cursor, unless it carries an
        ack.
        """
        params = given(name=name, max=max, wait_ms=wait_ms, lease_token=lease_token, ack_seq=ack_seq)
        return cast(ConsumerFetchResult, self._call("consumer.fetch", params, **options))

    def info(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerInfoResult:
        """A durable consumer."""
        return cast(ConsumerInfoResult, self._call("consumer.info", given(name=name), **options))

    def list(self, **options: Unpack[CallOptions]) -> ConsumerListResult:
        """All durable consumers, by name."""
        return cast(ConsumerListResult, self._call("consumer.list", {}, **options))

    def park(
        self,
        *,
        name: str,
        seq: int,
        reason: str,
        lease_token: str,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkResult:
        """Sets one event aside and goes on: everything before it is dealt with, it itself is kept for later."""
        params = given(name=name, seq=seq, reason=reason, lease_token=lease_token)
        return cast(ConsumerParkResult, self._call("consumer.park", params, **options))

    def parked_drop(
        self,
        *,
        name: str,
        seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedDropResult:
        """Forgets events that were set aside."""
        return cast(ConsumerParkedDropResult, self._call("consumer.parked_drop", given(name=name, seq=seq), **options))

    def parked_list(
        self,
        *,
        name: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedListResult:
        """The events that a consumer set aside, in order of the log."""
        params = given(name=name, limit=limit, cursor=cursor)
        return cast(ConsumerParkedListResult, self._call("consumer.parked_list", params, **options))

    def parked_retry(
        self,
        *,
        name: str,
        seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedRetryResult:
        """Hands events that were set aside out once more, with the next fetch, in a page of its own. The cursor does not
        move; what is done ends with `consumer.parked_drop`.
        """
        return cast(ConsumerParkedRetryResult, self._call("consumer.parked_retry", given(name=name, seq=seq), **options))

    def pause(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerPauseResult:
        """Holds a consumer: its fetches give no events until `consumer.resume`."""
        return cast(ConsumerPauseResult, self._call("consumer.pause", given(name=name), **options))

    def resume(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerResumeResult:
        """Lets a paused consumer go on."""
        return cast(ConsumerResumeResult, self._call("consumer.resume", given(name=name), **options))

    def seek(
        self,
        *,
        name: str,
        to: PlaceFrom | PlaceAfterSeq | PlaceAt,
        **options: Unpack[CallOptions],
    ) -> ConsumerSeekResult:
        """Puts the cursor elsewhere, ends the lease, and makes a lost consumer active again."""
        return cast(ConsumerSeekResult, self._call("consumer.seek", given(name=name, to=to), **options))


class DeskMethods:
    """The methods `desk.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def get(self, **options: Unpack[CallOptions]) -> DeskGetResult:
        """The settings of the desk."""
        return cast(DeskGetResult, self._call("desk.get", {}, **options))

    def set(
        self,
        *,
        strict_fields: bool | None | Unset = UNSET,
        auto_close_days: int | None | Unset = UNSET,
        stuck_days: int | None | Unset = UNSET,
        claim_minutes: int | None | Unset = UNSET,
        transitions: dict[str, List[str]] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> DeskSetResult:
        """Changes settings of the desk. A shorter period counts for a ticket from its next change or look on."""
        params = given(
            strict_fields=strict_fields, auto_close_days=auto_close_days, stuck_days=stuck_days,
            claim_minutes=claim_minutes, transitions=transitions, expected_version=expected_version)
        return cast(DeskSetResult, self._call("desk.set", params, **options))


class EventMethods:
    """The methods `event.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def publish(
        self,
        *,
        type: str,
        data: dict[str, Any],
        subject: str | None | Unset = UNSET,
        ticket: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> EventPublishResult:
        """Records an event of the caller's own. It needs a session whose manifest declared the type and was granted it."""
        params = given(type=type, subject=subject, ticket=ticket, data=data)
        return cast(EventPublishResult, self._call("event.publish", params, **options))


class EventsMethods:
    """The methods `events.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def read(
        self,
        *,
        after_seq: int,
        epoch: int | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        streams: Stream | List[Stream] | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        subject: str | None | Unset = UNSET,
        wait_ms: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> EventsReadResult:
        """Events after a position, in order; those that the caller's roles do not show are passed over. What a gap on the
        bus hid is read again with it.
        """
        params = given(
            after_seq=after_seq, epoch=epoch, limit=limit, streams=streams, types=types, subject=subject,
            wait_ms=wait_ms)
        return cast(EventsReadResult, self._call("events.read", params, **options))


class FeedbackMethods:
    """The methods `feedback.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def get(self, *, feedback: str, **options: Unpack[CallOptions]) -> FeedbackGetResult:
        """What a requester said, with the comment."""
        return cast(FeedbackGetResult, self._call("feedback.get", given(feedback=feedback), **options))

    def record(
        self,
        *,
        ticket: str,
        kind: Survey,
        score: int,
        comment: str | None | Unset = UNSET,
        user: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FeedbackRecordResult:
        """Records what a requester said of a ticket's handling. The score goes into the event, the comment does not."""
        params = given(ticket=ticket, kind=kind, score=score, comment=comment, user=user)
        return cast(FeedbackRecordResult, self._call("feedback.record", params, **options))


class FieldMethods:
    """The methods `field.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        field: str,
        kind: FieldKind,
        label: Label | None | Unset = UNSET,
        choices: List[str] | None | Unset = UNSET,
        required_to_solve: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldCreateResult:
        """Declares a custom field. Its name and kind never change."""
        params = given(field=field, kind=kind, label=label, choices=choices, required_to_solve=required_to_solve)
        return cast(FieldCreateResult, self._call("field.create", params, **options))

    def list(self, **options: Unpack[CallOptions]) -> FieldListResult:
        """All declared fields by name, retired ones included."""
        return cast(FieldListResult, self._call("field.list", {}, **options))

    def retire(
        self,
        *,
        field: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldRetireResult:
        """Lets a field be set no more; values that are there stay."""
        params = given(field=field, expected_version=expected_version)
        return cast(FieldRetireResult, self._call("field.retire", params, **options))

    def update(
        self,
        *,
        field: str,
        label: Label | None | Unset = UNSET,
        choices: List[str] | None | Unset = UNSET,
        required_to_solve: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldUpdateResult:
        """Changes a declared field. Values that tickets have already stay as they are."""
        params = given(
            field=field, label=label, choices=choices, required_to_solve=required_to_solve,
            expected_version=expected_version)
        return cast(FieldUpdateResult, self._call("field.update", params, **options))


class GroupMethods:
    """The methods `group.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def add_member(
        self,
        *,
        group: str,
        user: str,
        tier: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupAddMemberResult:
        """Takes somebody into a group, or gives them another tier there."""
        params = given(group=group, user=user, tier=tier, expected_version=expected_version)
        return cast(GroupAddMemberResult, self._call("group.add_member", params, **options))

    def create(
        self,
        *,
        name: str,
        lead: str | None | Unset = UNSET,
        members: List[str] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupCreateResult:
        """Adds a group."""
        params = given(name=name, lead=lead, members=members, external_id=external_id)
        return cast(GroupCreateResult, self._call("group.create", params, **options))

    def get(self, *, group: str, **options: Unpack[CallOptions]) -> GroupGetResult:
        """A group."""
        return cast(GroupGetResult, self._call("group.get", given(group=group), **options))

    def list(
        self,
        *,
        name: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupListResult:
        """Groups by filters, in order of id."""
        params = given(name=name, external_id=external_id, limit=limit, cursor=cursor)
        return cast(GroupListResult, self._call("group.list", params, **options))

    def members(
        self,
        *,
        group: str,
        tier: int | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupMembersResult:
        """Who is in a group, on which tier, and whether they are there, in order of id. With `tier` those of that tier and
        those of none in particular.
        """
        params = given(group=group, tier=tier, limit=limit, cursor=cursor)
        return cast(GroupMembersResult, self._call("group.members", params, **options))

    def remove_member(
        self,
        *,
        group: str,
        user: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupRemoveMemberResult:
        """Lets somebody go from a group."""
        params = given(group=group, user=user, expected_version=expected_version)
        return cast(GroupRemoveMemberResult, self._call("group.remove_member", params, **options))

    def update(
        self,
        *,
        group: str,
        name: str | Unset = UNSET,
        lead: str | None | Unset = UNSET,
        members: List[str] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupUpdateResult:
        """Changes a group. What is left out stays."""
        params = given(group=group, name=name, lead=lead, members=members, expected_version=expected_version)
        return cast(GroupUpdateResult, self._call("group.update", params, **options))


class ImportMethods:
    """The methods `import.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def apply(self, *, source: str, items: List[ImportItem], **options: Unpack[CallOptions]) -> ImportApplyResult:
        """Writes history of another system, at the instants at which things happened. Repeats are passed over; a bad item
        costs itself alone. It needs the right `import`. People and groups get the external id `<source>:<external_id>`;
        a group with the same name is taken as it is.
        """
        return cast(ImportApplyResult, self._call("import.apply", given(source=source, items=items), **options))


class KernelMethods:
    """The methods `kernel.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def health(self, **options: Unpack[CallOptions]) -> KernelHealthResult:
        """Whether the kernel and its plugins are well."""
        return cast(KernelHealthResult, self._call("kernel.health", {}, **options))

    def stats(self, **options: Unpack[CallOptions]) -> KernelStatsResult:
        """Counters since the start of this instance."""
        return cast(KernelStatsResult, self._call("kernel.stats", {}, **options))


class KeyMethods:
    """The methods `key.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(self, *, name: str, public_key: str, roles: List[str], **options: Unpack[CallOptions]) -> KeyCreateResult:
        """Lets a CURVE key prove an identity, from the next connection on."""
        params = given(name=name, public_key=public_key, roles=roles)
        return cast(KeyCreateResult, self._call("key.create", params, **options))

    def list(self, **options: Unpack[CallOptions]) -> KeyListResult:
        """The CURVE keys that the kernel knows, by name."""
        return cast(KeyListResult, self._call("key.list", {}, **options))

    def revoke(self, *, name: str, **options: Unpack[CallOptions]) -> KeyRevokeResult:
        """Takes the keys of an identity back that were made with `key.create`: the next message of a connection that
        proved one answers `unauthenticated`.
        """
        return cast(KeyRevokeResult, self._call("key.revoke", given(name=name), **options))


class LogMethods:
    """The methods `log.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def truncate(
        self,
        *,
        before_seq: int,
        snapshot: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> LogTruncateResult:
        """Takes old events out of the log, after writing a copy of the database from which they can still be read. Refused
        where a consumer that is not lost has not acknowledged them.
        """
        params = given(before_seq=before_seq, snapshot=snapshot)
        return cast(LogTruncateResult, self._call("log.truncate", params, **options))


class MacroMethods:
    """The methods `macro.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        name: str,
        actions: MacroActions,
        groups: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroCreateResult:
        """Saves a macro. A place in a text that nothing is known for is refused."""
        params = given(name=name, actions=actions, groups=groups)
        return cast(MacroCreateResult, self._call("macro.create", params, **options))

    def delete(
        self,
        *,
        macro: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroDeleteResult:
        """Takes a macro away."""
        params = given(macro=macro, expected_version=expected_version)
        return cast(MacroDeleteResult, self._call("macro.delete", params, **options))

    def get(self, *, macro: str, **options: Unpack[CallOptions]) -> MacroGetResult:
        """A macro."""
        return cast(MacroGetResult, self._call("macro.get", given(macro=macro), **options))

    def list(self, **options: Unpack[CallOptions]) -> MacroListResult:
        """The macros that whoever asks may use, by name."""
        return cast(MacroListResult, self._call("macro.list", {}, **options))

    def preview(self, *, macro: str, ticket: str, **options: Unpack[CallOptions]) -> MacroPreviewResult:
        """What a macro would do to a ticket, its texts filled in. Nothing is done."""
        return cast(MacroPreviewResult, self._call("macro.preview", given(macro=macro, ticket=ticket), **options))

    def update(
        self,
        *,
        macro: str,
        name: str | Unset = UNSET,
        actions: MacroActions | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroUpdateResult:
        """Changes a macro; what is left out stays."""
        params = given(macro=macro, name=name, actions=actions, groups=groups, expected_version=expected_version)
        return cast(MacroUpdateResult, self._call("macro.update", params, **options))


class MessageMethods:
    """The methods `message.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def get(
        self,
        *,
        message: str,
        expand: Literal["author"] | List[Literal["author"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MessageGetResult:
        """A message."""
        return cast(MessageGetResult, self._call("message.get", given(message=message, expand=expand), **options))

    def list(
        self,
        *,
        ticket: str,
        visibility: Visibility | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["author"] | List[Literal["author"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MessageListResult:
        """The conversation of a ticket, oldest first."""
        params = given(ticket=ticket, visibility=visibility, limit=limit, cursor=cursor, expand=expand)
        return cast(MessageListResult, self._call("message.list", params, **options))


class OrganizationMethods:
    """The methods `organization.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        name: str,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationCreateResult:
        """Adds an organization."""
        params = given(name=name, external_id=external_id)
        return cast(OrganizationCreateResult, self._call("organization.create", params, **options))

    def get(self, *, organization: str, **options: Unpack[CallOptions]) -> OrganizationGetResult:
        """An organization."""
        return cast(OrganizationGetResult, self._call("organization.get", given(organization=organization), **options))

    def list(
        self,
        *,
        name: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationListResult:
        """Organizations by filters, in order of id."""
        params = given(name=name, external_id=external_id, limit=limit, cursor=cursor)
        return cast(OrganizationListResult, self._call("organization.list", params, **options))

    def update(
        self,
        *,
        organization: str,
        name: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationUpdateResult:
        """Changes an organization."""
        params = given(organization=organization, name=name, expected_version=expected_version)
        return cast(OrganizationUpdateResult, self._call("organization.update", params, **options))


class PersonMethods:
    """The methods `person.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def erase(
        self,
        *,
        user: str,
        subjects: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PersonEraseResult:
        """Forgets a person. Name, address and every other member that tells who it was go at once; texts of their
        messages, with files, and comments of their feedback are replaced by `[erased]` soon after, in steps. With
        `subjects` also the subjects and the texts in custom fields of their tickets. Tickets, counts and the log stay.
        It can't be taken back; asked again it goes through everything again.
        """
        return cast(PersonEraseResult, self._call("person.erase", given(user=user, subjects=subjects), **options))

    def export(
        self,
        *,
        user: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PersonExportResult:
        """All that is kept of a person: themselves, their groups, the tickets that they asked for, the messages that they
        wrote, their feedback. A page may be empty and yet not the last.
        """
        params = given(user=user, limit=limit, cursor=cursor)
        return cast(PersonExportResult, self._call("person.export", params, **options))


class PolicyMethods:
    """The methods `policy.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        name: str,
        calendar: str,
        targets: Targets,
        conditions: Conditions | None | Unset = UNSET,
        warnings: List[int] | None | Unset = UNSET,
        target_warnings: dict[str, List[int | ThresholdBeforeMs]] | None | Unset = UNSET,
        pauses: Pauses | None | Unset = UNSET,
        reopening: Reopening | None | Unset = UNSET,
        phone_answers: bool | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyCreateResult:
        """Adds an SLA policy. The first policy by position whose conditions match is the ticket's."""
        params = given(
            name=name, calendar=calendar, targets=targets, conditions=conditions, warnings=warnings,
            target_warnings=target_warnings, pauses=pauses, reopening=reopening, phone_answers=phone_answers,
            position=position)
        return cast(PolicyCreateResult, self._call("policy.create", params, **options))

    def get(self, *, policy: str, version: int | None | Unset = UNSET, **options: Unpack[CallOptions]) -> PolicyGetResult:
        """A policy."""
        return cast(PolicyGetResult, self._call("policy.get", given(policy=policy, version=version), **options))

    def list(
        self,
        *,
        versions_of: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyListResult:
        """All policies, in order of id."""
        params = given(versions_of=versions_of, limit=limit, cursor=cursor)
        return cast(PolicyListResult, self._call("policy.list", params, **options))

    def retire(
        self,
        *,
        policy: str,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyRetireResult:
        """Takes an SLA policy out of use: it matches no ticket any more. What it promised is counted by the next policy
        that matches, or cancelled; or kept.
        """
        params = given(policy=policy, running=running, expected_version=expected_version)
        return cast(PolicyRetireResult, self._call("policy.retire", params, **options))

    def update(
        self,
        *,
        policy: str,
        name: str | None | Unset = UNSET,
        calendar: str | None | Unset = UNSET,
        targets: Targets | None | Unset = UNSET,
        conditions: Conditions | None | Unset = UNSET,
        warnings: List[int] | None | Unset = UNSET,
        target_warnings: dict[str, List[int | ThresholdBeforeMs]] | None | Unset = UNSET,
        pauses: Pauses | None | Unset = UNSET,
        reopening: Reopening | None | Unset = UNSET,
        phone_answers: bool | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyUpdateResult:
        """Changes an SLA policy: what is given becomes another, what is left out stays. It is a new version; open tickets
        that it is about are counted anew soon after, or keep the version they have. Where nothing changes there is no
        new version.
        """
        params = given(
            policy=policy, name=name, calendar=calendar, targets=targets, conditions=conditions, warnings=warnings,
            target_warnings=target_warnings, pauses=pauses, reopening=reopening, phone_answers=phone_answers,
            position=position, running=running, expected_version=expected_version)
        return cast(PolicyUpdateResult, self._call("policy.update", params, **options))


class RoleMethods:
    """The methods `role.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        role: str,
        base: ShippedRole,
        methods: List[str],
        deny: List[str] | None | Unset = UNSET,
        tickets: TicketScope | None | Unset = UNSET,
        internal: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> RoleCreateResult:
        """Makes a role for people. Nobody hands out more than they have."""
        params = given(role=role, base=base, methods=methods, deny=deny, tickets=tickets, internal=internal)
        return cast(RoleCreateResult, self._call("role.create", params, **options))

    def list(self, **options: Unpack[CallOptions]) -> RoleListResult:
        """The roles of people: shipped ones, then the desk's own by name."""
        return cast(RoleListResult, self._call("role.list", {}, **options))

    def update(
        self,
        *,
        role: str,
        methods: List[str] | None | Unset = UNSET,
        deny: List[str] | None | Unset = UNSET,
        tickets: TicketScope | None | Unset = UNSET,
        internal: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> RoleUpdateResult:
        """Changes a role that the desk made, for everybody who has it. What is left out stays. The name and the base never
        change.
        """
        params = given(
            role=role, methods=methods, deny=deny, tickets=tickets, internal=internal,
            expected_version=expected_version)
        return cast(RoleUpdateResult, self._call("role.update", params, **options))


class RpcMethods:
    """The methods `rpc.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def discover(self, **options: Unpack[CallOptions]) -> RpcDiscoverResult:
        """The methods that the caller may call, plugin methods included, as an OpenRPC document."""
        return cast(RpcDiscoverResult, self._call("rpc.discover", {}, **options))


class SearchMethods:
    """The methods `search.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def rebuild(self, **options: Unpack[CallOptions]) -> SearchRebuildResult:
        """Has the search index made anew from the tickets and messages. Answers at once; `search.status` says how far it
        is. The old index answers until the new one is there. The kernel does this by itself where the index is damaged,
        of another version or not of this log.
        """
        return cast(SearchRebuildResult, self._call("search.rebuild", {}, **options))

    def status(self, **options: Unpack[CallOptions]) -> SearchStatusResult:
        """How far the search index is behind the log, and how large it is."""
        return cast(SearchStatusResult, self._call("search.status", {}, **options))


class SessionMethods:
    """The methods `session.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def bye(self, **options: Unpack[CallOptions]) -> dict[str, Any]:
        """Ends the session: its methods, hooks and leases are free at once."""
        return self._call("session.bye", {}, **options)

    def hello(
        self,
        *,
        manifest: Manifest,
        protocol: SessionHelloProtocol | None | Unset = UNSET,
        instance: str | None | Unset = UNSET,
        capabilities: SessionHelloCapabilities | None | Unset = UNSET,
        strict: bool | None | Unset = UNSET,
        library: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SessionHelloResult:
        """Greets the kernel: what this plugin is, answers, and wants to be asked. Only who is pushed to or publishes
        events needs it. A second one on the same connection replaces the manifest.
        """
        params = given(
            manifest=manifest, protocol=protocol, instance=instance, capabilities=capabilities, strict=strict,
            library=library)
        return cast(SessionHelloResult, self._call("session.hello", params, **options))

    def ping(self, *, health: dict[str, Any] | None | Unset = UNSET, **options: Unpack[CallOptions]) -> SessionPingResult:
        """A sign of life of a plugin, with what it says of itself. It may be sent as a notification."""
        return cast(SessionPingResult, self._call("session.ping", given(health=health), **options))


class SlaMethods:
    """The methods `sla.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def explain(
        self,
        *,
        ticket: str,
        target: TargetKind,
        cycle: int | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaExplainResult:
        """Why a target is due when it is: every span of working time that counts, and every pause with the working time
        that it spared. Up to the due instant the working spans sum up to the budget.
        """
        params = given(ticket=ticket, target=target, cycle=cycle, until=until)
        return cast(SlaExplainResult, self._call("sla.explain", params, **options))

    def preview(
        self,
        *,
        policy: str | None | Unset = UNSET,
        calendar: str | None | Unset = UNSET,
        set: dict[str, Any] | None | Unset = UNSET,
        retire: bool | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaPreviewResult:
        """What a change of a policy or calendar would do to the open tickets: the targets that would move, with their due
        instants before and after. Stores nothing. A page may hold few items, or none, and still have a next one.
        """
        params = given(policy=policy, calendar=calendar, set=set, retire=retire, limit=limit, cursor=cursor)
        return cast(SlaPreviewResult, self._call("sla.preview", params, **options))

    def simulate(
        self,
        *,
        policies: List[str | SlaSimulatePoliciesItemTargets],
        from_: str | None | Unset = UNSET,
        to: str | None | Unset = UNSET,
        after_seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaSimulateResult:
        """What policies would have met and breached in the past: each by itself is run over the histories that the log
        tells, under the rules that tickets live under. Stores nothing. Values of custom fields are not in the log:
        those of now stand for them.
        """
        params = given(**{"policies": policies, "from": from_, "to": to, "after_seq": after_seq})
        return cast(SlaSimulateResult, self._call("sla.simulate", params, **options))

    def waive(
        self,
        *,
        ticket: str,
        target: TargetKind,
        reason: str,
        cycle: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaWaiveResult:
        """Withdraws a breach, with a reason: it counts as neither met nor breached from then on. Nothing else takes a
        breach back.
        """
        params = given(ticket=ticket, target=target, reason=reason, cycle=cycle, expected_version=expected_version)
        return cast(SlaWaiveResult, self._call("sla.waive", params, **options))


class StatusMethods:
    """The methods `status.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        status: str,
        category: StatusCategory,
        label: Label | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusCreateResult:
        """Declares a status of the desk's own within a category. Its word and category never change."""
        params = given(status=status, category=category, label=label, reason=reason)
        return cast(StatusCreateResult, self._call("status.create", params, **options))

    def list(self, **options: Unpack[CallOptions]) -> StatusListResult:
        """All statuses: the categories' own in order, then the desk's by word, retired ones included."""
        return cast(StatusListResult, self._call("status.list", {}, **options))

    def retire(
        self,
        *,
        status: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusRetireResult:
        """Lets no ticket be moved to a status any more; those that stand in it stay."""
        params = given(status=status, expected_version=expected_version)
        return cast(StatusRetireResult, self._call("status.retire", params, **options))

    def update(
        self,
        *,
        status: str,
        label: Label | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusUpdateResult:
        """Changes what people see of a status of the desk's own, and its reason."""
        params = given(status=status, label=label, reason=reason, expected_version=expected_version)
        return cast(StatusUpdateResult, self._call("status.update", params, **options))


class TicketMethods:
    """The methods `ticket.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def add_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketAddTagsResult:
        """Adds tags to the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketAddTagsResult, self._call("ticket.add_tags", params, **options))

    def apply_macro(
        self,
        *,
        ticket: str,
        macro: str,
        reply: str | None | Unset = UNSET,
        note: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketApplyMacroResult:
        """Does to a ticket what a macro says, all of it or nothing. Each step is an ordinary command with its own rules
        and rights. Plugins are not asked.
        """
        params = given(ticket=ticket, macro=macro, reply=reply, note=note, expected_version=expected_version)
        return cast(TicketApplyMacroResult, self._call("ticket.apply_macro", params, **options))

    def assign(
        self,
        *,
        ticket: str,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        if_away: Literal["replace", "refuse", "keep"] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketAssignResult:
        """Gives the ticket to a group, a tier of it, a person, or several. `null` takes one away; what is left out stays."""
        params = given(
            ticket=ticket, group=group, tier=tier, assignee=assignee, expected_version=expected_version,
            if_away=if_away)
        return cast(TicketAssignResult, self._call("ticket.assign", params, **options))

    def bulk_update(
        self,
        *,
        tickets: List[str],
        fields: dict[str, Any] | None | Unset = UNSET,
        type: TicketType | None | Unset = UNSET,
        priority: Priority | None | Unset = UNSET,
        add_tags: List[str] | None | Unset = UNSET,
        remove_tags: List[str] | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        note: str | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        wake_at: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketBulkUpdateResult:
        """Changes up to 200 tickets in the same way, each for itself: where one step is refused nothing of that ticket is
        done, and the others go on. Plugins are not asked.
        """
        params = given(
            tickets=tickets, fields=fields, type=type, priority=priority, add_tags=add_tags,
            remove_tags=remove_tags, group=group, tier=tier, assignee=assignee, note=note, status=status,
            reason=reason, wake_at=wake_at)
        return cast(TicketBulkUpdateResult, self._call("ticket.bulk_update", params, **options))

    def claim(
        self,
        *,
        ticket: str,
        minutes: int | None | Unset = UNSET,
        take: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketClaimResult:
        """Says that the acting agent is on it, for a while. It keeps nobody out; it tells the others."""
        params = given(ticket=ticket, minutes=minutes, take=take, expected_version=expected_version)
        return cast(TicketClaimResult, self._call("ticket.claim", params, **options))

    def close(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCloseResult:
        """Closes a solved ticket for good."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketCloseResult, self._call("ticket.close", params, **options))

    def count(
        self,
        *,
        status: str | List[str] | None | Unset = UNSET,
        category: StatusCategory | List[StatusCategory] | None | Unset = UNSET,
        unsolved: bool | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Literal["mine", "none"] | List[str | Literal["mine", "none"]] | Unset = UNSET,
        tier: int | str | None | List[int | str] | Unset = UNSET,
        assignee: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        requester: str | None | Literal["me"] | List[str | Literal["me"]] | Unset = UNSET,
        follower: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        organization: str | None | Literal["none"] | List[str | Literal["none"]] | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        without_tags: List[str] | None | Unset = UNSET,
        fields: dict[str, Any] | None | Unset = UNSET,
        created_after: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        created_within_ms: int | None | Unset = UNSET,
        updated_after: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        updated_within_ms: int | None | Unset = UNSET,
        quiet_ms: int | None | Unset = UNSET,
        due_after: str | None | Unset = UNSET,
        due_before: str | None | Unset = UNSET,
        due_within_ms: int | None | Unset = UNSET,
        sla: Literal["breached", "at_risk", "running"] | None | Unset = UNSET,
        waking: bool | None | Unset = UNSET,
        deleted: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCountResult:
        """How many tickets there are by filters, as far as one look goes."""
        params = given(
            status=status, category=category, unsolved=unsolved, priority=priority, type=type, channel=channel,
            group=group, tier=tier, assignee=assignee, requester=requester, follower=follower,
            organization=organization, external_id=external_id, tags=tags, without_tags=without_tags,
            fields=fields, created_after=created_after, created_before=created_before,
            created_within_ms=created_within_ms, updated_after=updated_after, updated_before=updated_before,
            updated_within_ms=updated_within_ms, quiet_ms=quiet_ms, due_after=due_after, due_before=due_before,
            due_within_ms=due_within_ms, sla=sla, waking=waking, deleted=deleted)
        return cast(TicketCountResult, self._call("ticket.count", params, **options))

    def create(
        self,
        *,
        subject: str,
        text: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        priority: Priority | None | Unset = UNSET,
        type: TicketType | None | Unset = UNSET,
        channel: Channel | None | Unset = UNSET,
        fields: dict[str, str | float | bool | None] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        if_away: Literal["replace", "refuse", "keep"] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCreateResult:
        """Creates a ticket, with its opening message where there is text."""
        params = given(
            subject=subject, text=text, requester=requester, organization=organization, group=group, tier=tier,
            tags=tags, assignee=assignee, priority=priority, type=type, channel=channel, fields=fields,
            external_id=external_id, attachments=attachments, if_away=if_away)
        return cast(TicketCreateResult, self._call("ticket.create", params, **options))

    def delete(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketDeleteResult:
        """Puts the ticket into the bin: lists pass over it, nothing changes it, time does not act on it. `ticket.restore`
        takes it out.
        """
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketDeleteResult, self._call("ticket.delete", params, **options))

    def follow(
        self,
        *,
        ticket: str,
        user: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketFollowResult:
        """Makes a person hear of the ticket."""
        params = given(ticket=ticket, user=user, expected_version=expected_version)
        return cast(TicketFollowResult, self._call("ticket.follow", params, **options))

    def get(
        self,
        *,
        ticket: str,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketGetResult:
        """A ticket."""
        return cast(TicketGetResult, self._call("ticket.get", given(ticket=ticket, expand=expand), **options))

    def hand_over(
        self,
        *,
        ticket: str,
        tried: str,
        needed: str,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketHandOverResult:
        """Hands the ticket over to another group or tier, with an internal note of what was tried and what is needed.
        Where it had been handed over from it is handed back: a bounce.
        """
        params = given(
            ticket=ticket, tried=tried, needed=needed, group=group, tier=tier, assignee=assignee,
            expected_version=expected_version)
        return cast(TicketHandOverResult, self._call("ticket.hand_over", params, **options))

    def history(
        self,
        *,
        ticket: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketHistoryResult:
        """What happened to a ticket, oldest first: the audit."""
        params = given(ticket=ticket, limit=limit, cursor=cursor)
        return cast(TicketHistoryResult, self._call("ticket.history", params, **options))

    def link(
        self,
        *,
        ticket: str,
        relation: Relation,
        to: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketLinkResult:
        """Ties the ticket to another. A child has one parent; parents and blocks do not go round in a circle; incidents
        are of a ticket of type `problem`.
        """
        params = given(ticket=ticket, relation=relation, to=to, expected_version=expected_version)
        return cast(TicketLinkResult, self._call("ticket.link", params, **options))

    def links(self, *, ticket: str, **options: Unpack[CallOptions]) -> TicketLinksResult:
        """The ties of a ticket as seen from it, oldest first; 200 at most."""
        return cast(TicketLinksResult, self._call("ticket.links", given(ticket=ticket), **options))

    def list(
        self,
        *,
        status: str | List[str] | None | Unset = UNSET,
        category: StatusCategory | List[StatusCategory] | None | Unset = UNSET,
        unsolved: bool | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Literal["mine", "none"] | List[str | Literal["mine", "none"]] | Unset = UNSET,
        tier: int | str | None | List[int | str] | Unset = UNSET,
        assignee: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        requester: str | None | Literal["me"] | List[str | Literal["me"]] | Unset = UNSET,
        follower: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        organization: str | None | Literal["none"] | List[str | Literal["none"]] | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        without_tags: List[str] | None | Unset = UNSET,
        fields: dict[str, Any] | None | Unset = UNSET,
        created_after: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        created_within_ms: int | None | Unset = UNSET,
        updated_after: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        updated_within_ms: int | None | Unset = UNSET,
        quiet_ms: int | None | Unset = UNSET,
        due_after: str | None | Unset = UNSET,
        due_before: str | None | Unset = UNSET,
        due_within_ms: int | None | Unset = UNSET,
        sla: Literal["breached", "at_risk", "running"] | None | Unset = UNSET,
        waking: bool | None | Unset = UNSET,
        deleted: bool | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketListResult:
        """Tickets by filters, in order. All filters that are given hold. A page may come short, or empty, where few
        tickets match: as long as there is a `next_cursor`, the list goes on.
        """
        params = given(
            status=status, category=category, unsolved=unsolved, priority=priority, type=type, channel=channel,
            group=group, tier=tier, assignee=assignee, requester=requester, follower=follower,
            organization=organization, external_id=external_id, tags=tags, without_tags=without_tags,
            fields=fields, created_after=created_after, created_before=created_before,
            created_within_ms=created_within_ms, updated_after=updated_after, updated_before=updated_before,
            updated_within_ms=updated_within_ms, quiet_ms=quiet_ms, due_after=due_after, due_before=due_before,
            due_within_ms=due_within_ms, sla=sla, waking=waking, deleted=deleted, sort=sort, limit=limit,
            cursor=cursor, expand=expand)
        return cast(TicketListResult, self._call("ticket.list", params, **options))

    def merge(
        self,
        *,
        ticket: str,
        into: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketMergeResult:
        """Merges the ticket into another: its messages go there, its requester and followers hear of it there, and it is
        closed. `ticket.unmerge` undoes it.
        """
        params = given(ticket=ticket, into=into, force=force, expected_version=expected_version)
        return cast(TicketMergeResult, self._call("ticket.merge", params, **options))

    def note(
        self,
        *,
        ticket: str,
        text: str,
        expected_version: int | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketNoteResult:
        """Adds an internal note. It is no reply: nothing else changes. An identity without a user writes it as `bot`."""
        params = given(ticket=ticket, text=text, expected_version=expected_version, attachments=attachments)
        return cast(TicketNoteResult, self._call("ticket.note", params, **options))

    def publish_note(self, *, message: str, **options: Unpack[CallOptions]) -> TicketPublishNoteResult:
        """Lets everybody on the ticket read an internal note, from now on: the reply is given at this instant."""
        return cast(TicketPublishNoteResult, self._call("ticket.publish_note", given(message=message), **options))

    def release(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReleaseResult:
        """Takes a claim back."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketReleaseResult, self._call("ticket.release", params, **options))

    def remove_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketRemoveTagsResult:
        """Takes tags from the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketRemoveTagsResult, self._call("ticket.remove_tags", params, **options))

    def reopen(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReopenResult:
        """Opens a solved ticket again."""
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketReopenResult, self._call("ticket.reopen", params, **options))

    def reply(
        self,
        *,
        ticket: str,
        text: str,
        channel: Channel | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        automatic: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReplyResult:
        """Adds a public message. It needs an acting user. A requester's reply to a pending, on_hold or solved ticket opens
        it; an agent's reply to a new one opens it and is the first response.
        """
        params = given(
            ticket=ticket, text=text, channel=channel, status=status, automatic=automatic,
            expected_version=expected_version, attachments=attachments)
        return cast(TicketReplyResult, self._call("ticket.reply", params, **options))

    def restore(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketRestoreResult:
        """Takes the ticket out of the bin. What it was promised goes on from its own start."""
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketRestoreResult, self._call("ticket.restore", params, **options))

    def search(
        self,
        *,
        query: str,
        status: str | List[str] | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        tag: str | None | Unset = UNSET,
        visibility: Visibility | None | Unset = UNSET,
        created_from: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        updated_from: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSearchResult:
        """Tickets by the words in their subjects and messages, best first: see [17](../spec/17-search.md). All filters
        hold, those in the query and those beside it; filters and rights go by the ticket as it is now, words by the
        index, which is `indexed_seq` far.
        """
        params = given(
            query=query, status=status, priority=priority, type=type, channel=channel, group=group,
            assignee=assignee, requester=requester, organization=organization, tag=tag, visibility=visibility,
            created_from=created_from, created_before=created_before, updated_from=updated_from,
            updated_before=updated_before, limit=limit, cursor=cursor, expand=expand)
        return cast(TicketSearchResult, self._call("ticket.search", params, **options))

    def set_fields(
        self,
        *,
        ticket: str,
        fields: dict[str, str | float | bool | None] | None,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetFieldsResult:
        """Sets custom fields; what is left out stays, `null` takes one away."""
        params = given(ticket=ticket, fields=fields, expected_version=expected_version)
        return cast(TicketSetFieldsResult, self._call("ticket.set_fields", params, **options))

    def set_priority(
        self,
        *,
        ticket: str,
        priority: Priority,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetPriorityResult:
        """Changes how pressing the ticket is; its targets are counted anew from their own start."""
        params = given(ticket=ticket, priority=priority, expected_version=expected_version)
        return cast(TicketSetPriorityResult, self._call("ticket.set_priority", params, **options))

    def set_status(
        self,
        *,
        ticket: str,
        status: str,
        reason: str | None | Unset = UNSET,
        wake_at: str | None | Unset = UNSET,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetStatusResult:
        """Moves the ticket to another status. Setting what is already so succeeds and records nothing."""
        params = given(
            ticket=ticket, status=status, reason=reason, wake_at=wake_at, force=force,
            expected_version=expected_version)
        return cast(TicketSetStatusResult, self._call("ticket.set_status", params, **options))

    def set_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetTagsResult:
        """Sets all tags of the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketSetTagsResult, self._call("ticket.set_tags", params, **options))

    def set_type(
        self,
        *,
        ticket: str,
        type: TicketType | None,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetTypeResult:
        """Says what kind of request the ticket is. A policy may be for some types alone."""
        params = given(ticket=ticket, type=type, expected_version=expected_version)
        return cast(TicketSetTypeResult, self._call("ticket.set_type", params, **options))

    def solve(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSolveResult:
        """Marks the ticket as solved."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketSolveResult, self._call("ticket.solve", params, **options))

    def split(
        self,
        *,
        ticket: str,
        message: str,
        following: bool | None | Unset = UNSET,
        subject: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSplitResult:
        """Begins a ticket of its own with a message of this one. Its promises begin now."""
        params = given(
            ticket=ticket, message=message, following=following, subject=subject, requester=requester, group=group,
            assignee=assignee, expected_version=expected_version)
        return cast(TicketSplitResult, self._call("ticket.split", params, **options))

    def stuck(
        self,
        *,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketStuckResult:
        """Open tickets that were told of as forgotten (`ticket.stuck`) and that nobody has touched since, the longest
        forgotten first.
        """
        params = given(limit=limit, cursor=cursor, expand=expand)
        return cast(TicketStuckResult, self._call("ticket.stuck", params, **options))

    def unfollow(
        self,
        *,
        ticket: str,
        user: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnfollowResult:
        """Lets a person hear of the ticket no longer."""
        params = given(ticket=ticket, user=user, expected_version=expected_version)
        return cast(TicketUnfollowResult, self._call("ticket.unfollow", params, **options))

    def unlink(
        self,
        *,
        ticket: str,
        relation: Relation,
        to: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnlinkResult:
        """Takes a tie away."""
        params = given(ticket=ticket, relation=relation, to=to, expected_version=expected_version)
        return cast(TicketUnlinkResult, self._call("ticket.unlink", params, **options))

    def unmerge(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnmergeResult:
        """Undoes a merge: the ticket stands as it did before, its messages come back, and the other one has no more of it.
        Messages that went on to a third ticket stay there.
        """
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketUnmergeResult, self._call("ticket.unmerge", params, **options))

    def wait(
        self,
        *,
        ticket: str,
        wake_at: str,
        reason: str | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketWaitResult:
        """Lets the ticket wait until an instant, at which it opens by itself."""
        params = given(ticket=ticket, wake_at=wake_at, reason=reason, status=status, expected_version=expected_version)
        return cast(TicketWaitResult, self._call("ticket.wait", params, **options))


class UserMethods:
    """The methods `user.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def create(
        self,
        *,
        name: str,
        email: str | None | Unset = UNSET,
        roles: str | List[str] | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        language: Language | None | Unset = UNSET,
        zone: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserCreateResult:
        """Adds a person."""
        params = given(
            name=name, email=email, roles=roles, organization=organization, language=language, zone=zone,
            identity=identity, external_id=external_id)
        return cast(UserCreateResult, self._call("user.create", params, **options))

    def get(self, *, user: str, **options: Unpack[CallOptions]) -> UserGetResult:
        """A person."""
        return cast(UserGetResult, self._call("user.get", given(user=user), **options))

    def list(
        self,
        *,
        role: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserListResult:
        """People by filters, in order of id."""
        params = given(
            role=role, organization=organization, email=email, identity=identity, external_id=external_id,
            limit=limit, cursor=cursor)
        return cast(UserListResult, self._call("user.list", params, **options))

    def set_availability(
        self,
        *,
        user: str,
        state: Literal["available", "away"],
        until: str | None | Unset = UNSET,
        replacement: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserSetAvailabilityResult:
        """Says whether somebody takes tickets, until when not, and who does meanwhile. An agent says so of themselves, a
        lead of everybody.
        """
        params = given(user=user, state=state, until=until, replacement=replacement, expected_version=expected_version)
        return cast(UserSetAvailabilityResult, self._call("user.set_availability", params, **options))

    def set_skills(
        self,
        *,
        user: str,
        skills: dict[str, int],
        capacity: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserSetSkillsResult:
        """Says what somebody is good at and how many unsolved tickets they take. `skills` replaces all; `capacity` left
        out stays.
        """
        params = given(user=user, skills=skills, capacity=capacity, expected_version=expected_version)
        return cast(UserSetSkillsResult, self._call("user.set_skills", params, **options))

    def update(
        self,
        *,
        user: str,
        name: str | Unset = UNSET,
        email: str | None | Unset = UNSET,
        roles: str | List[str] | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        language: Language | None | Unset = UNSET,
        zone: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        active: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserUpdateResult:
        """Changes a person. What is left out stays; `null` takes away."""
        params = given(
            user=user, name=name, email=email, roles=roles, organization=organization, language=language,
            zone=zone, identity=identity, active=active, expected_version=expected_version)
        return cast(UserUpdateResult, self._call("user.update", params, **options))


class ViewMethods:
    """The methods `view.*`."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def count(self, *, view: str, **options: Unpack[CallOptions]) -> ViewCountResult:
        """How many tickets a view has, as far as one look goes."""
        return cast(ViewCountResult, self._call("view.count", given(view=view), **options))

    def create(
        self,
        *,
        name: str,
        filter: Filter | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        columns: List[Literal[
        "id", "subject", "status", "status_reason", "wake_at", "priority", "type", "channel", "requester",
        "organization", "group", "tier", "assignee", "tags", "external_id", "created_at", "updated_at", "solved_at",
        "closed_at", "due_at"
    ]] | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewCreateResult:
        """Saves a view."""
        params = given(name=name, filter=filter, sort=sort, columns=columns, groups=groups, owner=owner, position=position)
        return cast(ViewCreateResult, self._call("view.create", params, **options))

    def delete(
        self,
        *,
        view: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewDeleteResult:
        """Takes a view away."""
        params = given(view=view, expected_version=expected_version)
        return cast(ViewDeleteResult, self._call("view.delete", params, **options))

    def get(self, *, view: str, **options: Unpack[CallOptions]) -> ViewGetResult:
        """A view."""
        return cast(ViewGetResult, self._call("view.get", given(view=view), **options))

    def list(self, **options: Unpack[CallOptions]) -> ViewListResult:
        """The views that whoever asks sees, in their order."""
        return cast(ViewListResult, self._call("view.list", {}, **options))

    def tickets(
        self,
        *,
        view: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewTicketsResult:
        """The tickets of a view, in its order; pages as in `ticket.list`."""
        params = given(view=view, limit=limit, cursor=cursor, expand=expand)
        return cast(ViewTicketsResult, self._call("view.tickets", params, **options))

    def update(
        self,
        *,
        view: str,
        name: str | Unset = UNSET,
        filter: Filter | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        columns: List[Literal[
        "id", "subject", "status", "status_reason", "wake_at", "priority", "type", "channel", "requester",
        "organization", "group", "tier", "assignee", "tags", "external_id", "created_at", "updated_at", "solved_at",
        "closed_at", "due_at"
    ]] | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewUpdateResult:
        """Changes a view; what is left out stays."""
        params = given(
            view=view, name=name, filter=filter, sort=sort, columns=columns, groups=groups, owner=owner,
            position=position, expected_version=expected_version)
        return cast(ViewUpdateResult, self._call("view.update", params, **options))


class Methods:
    """All methods of the kernel."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call
        self.agent = AgentMethods(call)
        self.attachment = AttachmentMethods(call)
        self.audit = AuditMethods(call)
        self.auth = AuthMethods(call)
        self.calendar = CalendarMethods(call)
        self.consumer = ConsumerMethods(call)
        self.desk = DeskMethods(call)
        self.event = EventMethods(call)
        self.events = EventsMethods(call)
        self.feedback = FeedbackMethods(call)
        self.field = FieldMethods(call)
        self.group = GroupMethods(call)
        self.import_ = ImportMethods(call)
        self.kernel = KernelMethods(call)
        self.key = KeyMethods(call)
        self.log = LogMethods(call)
        self.macro = MacroMethods(call)
        self.message = MessageMethods(call)
        self.organization = OrganizationMethods(call)
        self.person = PersonMethods(call)
        self.policy = PolicyMethods(call)
        self.role = RoleMethods(call)
        self.rpc = RpcMethods(call)
        self.search = SearchMethods(call)
        self.session = SessionMethods(call)
        self.sla = SlaMethods(call)
        self.status = StatusMethods(call)
        self.ticket = TicketMethods(call)
        self.user = UserMethods(call)
        self.view = ViewMethods(call)

    def ping(self, **options: Unpack[CallOptions]) -> PingResult:
        """Answers at once. It needs no right, and no greeting."""
        return cast(PingResult, self._call("ping", {}, **options))


class AsyncAgentMethods:
    """The methods `agent.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def pick(
        self,
        *,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        skills: dict[str, int] | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AgentPickResult:
        """Who could take a ticket now: active agents who are there, have room and have the skills; the least loaded first.
        Load is unsolved tickets in proportion to capacity (20 where none is set).
        """
        params = given(group=group, tier=tier, skills=skills, limit=limit)
        return cast(AgentPickResult, await self._call("agent.pick", params, **options))


class AsyncAttachmentMethods:
    """The methods `attachment.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def begin(
        self,
        *,
        name: str,
        media_type: str,
        size: int,
        sha256: str,
        **options: Unpack[CallOptions],
    ) -> AttachmentBeginResult:
        """Announces a file; says how much of it is there already. The same file again, by the same sender, goes on where
        it was left.
        """
        params = given(name=name, media_type=media_type, size=size, sha256=sha256)
        return cast(AttachmentBeginResult, await self._call("attachment.begin", params, **options))

    async def finish(self, *, attachment: str, **options: Unpack[CallOptions]) -> AttachmentFinishResult:
        """Checks that all of a file is there and is what was announced; from then on a message can have it. A file that is
        not what was announced is forgotten: send it anew.
        """
        return cast(AttachmentFinishResult, await self._call("attachment.finish", given(attachment=attachment), **options))

    async def get(
        self,
        *,
        attachment: str,
        offset: int | None | Unset = UNSET,
        length: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AttachmentGetResult:
        """A piece of a file. Whoever may read the message may read its files; a file that no message has is its sender's
        alone.
        """
        params = given(attachment=attachment, offset=offset, length=length)
        return cast(AttachmentGetResult, await self._call("attachment.get", params, **options))

    async def put(self, *, attachment: str, offset: int, data: str, **options: Unpack[CallOptions]) -> AttachmentPutResult:
        """Sends a piece of a file. A piece that is there already is passed over, so a repeat does no harm."""
        params = given(attachment=attachment, offset=offset, data=data)
        return cast(AttachmentPutResult, await self._call("attachment.put", params, **options))


class AsyncAuditMethods:
    """The methods `audit.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def list(
        self,
        *,
        user: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        ticket: str | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        from_: str | None | Unset = UNSET,
        to: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> AuditListResult:
        """What was done, newest first: when, by whom (`actor`), through which identity (`via`). Where `via` is not the
        actor's own identity, it acted in their name. All filters that are given hold; a page may be empty and yet not
        the last.
        """
        params = given(
            **{"user": user, "identity": identity, "ticket": ticket, "types": types, "from": from_, "to": to,
            "limit": limit, "cursor": cursor})
        return cast(AuditListResult, await self._call("audit.list", params, **options))

    async def refusals(self, *, limit: int | None | Unset = UNSET, **options: Unpack[CallOptions]) -> AuditRefusalsResult:
        """What was refused since the kernel's start, newest first: commands by any rule, queries for want of a right. The
        last 1,000 are remembered.
        """
        return cast(AuditRefusalsResult, await self._call("audit.refusals", given(limit=limit), **options))


class AsyncAuthMethods:
    """The methods `auth.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def reload(self, **options: Unpack[CallOptions]) -> AuthReloadResult:
        """Reads the configuration file again: identities, roles, keys, rates and hook rules take effect for the next
        message. Wrong settings answer `validation_failed`, and nothing changes.
        """
        return cast(AuthReloadResult, await self._call("auth.reload", {}, **options))

    async def whoami(self, **options: Unpack[CallOptions]) -> AuthWhoamiResult:
        """Who the connection proved to be, and what it may do."""
        return cast(AuthWhoamiResult, await self._call("auth.whoami", {}, **options))


class AsyncCalendarMethods:
    """The methods `calendar.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        zone: str,
        hours: Week | None | Unset = UNSET,
        holidays: List[str] | None | Unset = UNSET,
        holidays_yearly: List[str] | None | Unset = UNSET,
        overrides: dict[str, List[List[str]]] | None | Unset = UNSET,
        breaks: dict[str, List[List[str]]] | None | Unset = UNSET,
        always_open: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarCreateResult:
        """Adds a business calendar. It needs some working time: `hours`, `overrides` or `always_open`."""
        params = given(
            name=name, zone=zone, hours=hours, holidays=holidays, holidays_yearly=holidays_yearly,
            overrides=overrides, breaks=breaks, always_open=always_open)
        return cast(CalendarCreateResult, await self._call("calendar.create", params, **options))

    async def due(
        self,
        *,
        calendar: str | CalendarInline,
        start: str,
        working_ms: int,
        pauses: List[List[str]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarDueResult:
        """The instant at which so much working time after a start is used up. 0 gives the first working instant."""
        params = given(calendar=calendar, start=start, working_ms=working_ms, pauses=pauses)
        return cast(CalendarDueResult, await self._call("calendar.due", params, **options))

    async def get(
        self,
        *,
        calendar: str,
        version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarGetResult:
        """A calendar."""
        params = given(calendar=calendar, version=version)
        return cast(CalendarGetResult, await self._call("calendar.get", params, **options))

    async def import_holidays(
        self,
        *,
        calendar: str,
        ical: str,
        through: int | None | Unset = UNSET,
        replace: bool | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarImportHolidaysResult:
        """Adds the days off of an iCalendar text (RFC 5545) to a calendar: events of whole days, those of every year
        written out. Events with a time of day and cancelled ones are skipped. What is wrong is refused with its line.
        """
        params = given(
            calendar=calendar, ical=ical, through=through, replace=replace, running=running,
            expected_version=expected_version)
        return cast(CalendarImportHolidaysResult, await self._call("calendar.import_holidays", params, **options))

    async def list(
        self,
        *,
        versions_of: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarListResult:
        """All calendars, in order of id."""
        params = given(versions_of=versions_of, limit=limit, cursor=cursor)
        return cast(CalendarListResult, await self._call("calendar.list", params, **options))

    async def update(
        self,
        *,
        calendar: str,
        name: str | None | Unset = UNSET,
        zone: str | Unset = UNSET,
        hours: Week | None | Unset = UNSET,
        holidays: List[str] | None | Unset = UNSET,
        holidays_yearly: List[str] | None | Unset = UNSET,
        overrides: dict[str, List[List[str]]] | None | Unset = UNSET,
        breaks: dict[str, List[List[str]]] | None | Unset = UNSET,
        always_open: bool | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> CalendarUpdateResult:
        """Changes a business calendar: what is given stands instead, `null` takes it away, what is left out stays. It is a
        new version; open tickets that count in it are counted anew soon after, or keep the version they have. Where
        nothing changes there is no new version.
        """
        params = given(
            calendar=calendar, name=name, zone=zone, hours=hours, holidays=holidays,
            holidays_yearly=holidays_yearly, overrides=overrides, breaks=breaks, always_open=always_open,
            running=running, expected_version=expected_version)
        return cast(CalendarUpdateResult, await self._call("calendar.update", params, **options))

    async def worked(
        self,
        *,
        calendar: str | CalendarInline,
        start: str,
        end: str,
        **options: Unpack[CallOptions],
    ) -> CalendarWorkedResult:
        """How much working time lies between two instants, at most five years apart; 0 where the end lies before the
        start.
        """
        params = given(calendar=calendar, start=start, end=end)
        return cast(CalendarWorkedResult, await self._call("calendar.worked", params, **options))


class AsyncConsumerMethods:
    """The methods `consumer.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def ack(self, *, name: str, seq: int, lease_token: str, **options: Unpack[CallOptions]) -> ConsumerAckResult:
        """Moves the cursor: everything up to this position is dealt with. A lower one than before changes nothing."""
        params = given(name=name, seq=seq, lease_token=lease_token)
        return cast(ConsumerAckResult, await self._call("consumer.ack", params, **options))

    async def delete(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerDeleteResult:
        """Takes a durable consumer away."""
        return cast(ConsumerDeleteResult, await self._call("consumer.delete", given(name=name), **options))

    async def ensure(
        self,
        *,
        name: str,
        start: PlaceFrom | PlaceAfterSeq | PlaceAt,
        streams: Stream | List[Stream] | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        max_deliver: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerEnsureResult:
        """Makes a durable consumer where there is none. One that is there with another filter answers `consumer_differs`."""
        params = given(name=name, start=start, streams=streams, types=types, max_deliver=max_deliver)
        return cast(ConsumerEnsureResult, await self._call("consumer.ensure", params, **options))

    async def fetch(
        self,
        *,
        name: str,
        max: int | None | Unset = UNSET,
        wait_ms: int | None | Unset = UNSET,
        lease_token: str | None | Unset = UNSET,
        ack_seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerFetchResult:
        """Takes or renews the lease and returns events after the cursor. It does not move the cursor, unless it carries an
        ack.
        """
        params = given(name=name, max=max, wait_ms=wait_ms, lease_token=lease_token, ack_seq=ack_seq)
        return cast(ConsumerFetchResult, await self._call("consumer.fetch", params, **options))

    async def info(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerInfoResult:
        """A durable consumer."""
        return cast(ConsumerInfoResult, await self._call("consumer.info", given(name=name), **options))

    async def list(self, **options: Unpack[CallOptions]) -> ConsumerListResult:
        """All durable consumers, by name."""
        return cast(ConsumerListResult, await self._call("consumer.list", {}, **options))

    async def park(
        self,
        *,
        name: str,
        seq: int,
        reason: str,
        lease_token: str,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkResult:
        """Sets one event aside and goes on: everything before it is dealt with, it itself is kept for later."""
        params = given(name=name, seq=seq, reason=reason, lease_token=lease_token)
        return cast(ConsumerParkResult, await self._call("consumer.park", params, **options))

    async def parked_drop(
        self,
        *,
        name: str,
        seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedDropResult:
        """Forgets events that were set aside."""
        params = given(name=name, seq=seq)
        return cast(ConsumerParkedDropResult, await self._call("consumer.parked_drop", params, **options))

    async def parked_list(
        self,
        *,
        name: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedListResult:
        """The events that a consumer set aside, in order of the log."""
        params = given(name=name, limit=limit, cursor=cursor)
        return cast(ConsumerParkedListResult, await self._call("consumer.parked_list", params, **options))

    async def parked_retry(
        self,
        *,
        name: str,
        seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ConsumerParkedRetryResult:
        """Hands events that were set aside out once more, with the next fetch, in a page of its own. The cursor does not
        move; what is done ends with `consumer.parked_drop`.
        """
        params = given(name=name, seq=seq)
        return cast(ConsumerParkedRetryResult, await self._call("consumer.parked_retry", params, **options))

    async def pause(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerPauseResult:
        """Holds a consumer: its fetches give no events until `consumer.resume`."""
        return cast(ConsumerPauseResult, await self._call("consumer.pause", given(name=name), **options))

    async def resume(self, *, name: str, **options: Unpack[CallOptions]) -> ConsumerResumeResult:
        """Lets a paused consumer go on."""
        return cast(ConsumerResumeResult, await self._call("consumer.resume", given(name=name), **options))

    async def seek(
        self,
        *,
        name: str,
        to: PlaceFrom | PlaceAfterSeq | PlaceAt,
        **options: Unpack[CallOptions],
    ) -> ConsumerSeekResult:
        """Puts the cursor elsewhere, ends the lease, and makes a lost consumer active again."""
        return cast(ConsumerSeekResult, await self._call("consumer.seek", given(name=name, to=to), **options))


class AsyncDeskMethods:
    """The methods `desk.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def get(self, **options: Unpack[CallOptions]) -> DeskGetResult:
        """The settings of the desk."""
        return cast(DeskGetResult, await self._call("desk.get", {}, **options))

    async def set(
        self,
        *,
        strict_fields: bool | None | Unset = UNSET,
        auto_close_days: int | None | Unset = UNSET,
        stuck_days: int | None | Unset = UNSET,
        claim_minutes: int | None | Unset = UNSET,
        transitions: dict[str, List[str]] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> DeskSetResult:
        """Changes settings of the desk. A shorter period counts for a ticket from its next change or look on."""
        params = given(
            strict_fields=strict_fields, auto_close_days=auto_close_days, stuck_days=stuck_days,
            claim_minutes=claim_minutes, transitions=transitions, expected_version=expected_version)
        return cast(DeskSetResult, await self._call("desk.set", params, **options))


class AsyncEventMethods:
    """The methods `event.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def publish(
        self,
        *,
        type: str,
        data: dict[str, Any],
        subject: str | None | Unset = UNSET,
        ticket: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> EventPublishResult:
        """Records an event of the caller's own. It needs a session whose manifest declared the type and was granted it."""
        params = given(type=type, subject=subject, ticket=ticket, data=data)
        return cast(EventPublishResult, await self._call("event.publish", params, **options))


class AsyncEventsMethods:
    """The methods `events.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def read(
        self,
        *,
        after_seq: int,
        epoch: int | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        streams: Stream | List[Stream] | None | Unset = UNSET,
        types: str | List[str] | None | Unset = UNSET,
        subject: str | None | Unset = UNSET,
        wait_ms: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> EventsReadResult:
        """Events after a position, in order; those that the caller's roles do not show are passed over. What a gap on the
        bus hid is read again with it.
        """
        params = given(
            after_seq=after_seq, epoch=epoch, limit=limit, streams=streams, types=types, subject=subject,
            wait_ms=wait_ms)
        return cast(EventsReadResult, await self._call("events.read", params, **options))


class AsyncFeedbackMethods:
    """The methods `feedback.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def get(self, *, feedback: str, **options: Unpack[CallOptions]) -> FeedbackGetResult:
        """What a requester said, with the comment."""
        return cast(FeedbackGetResult, await self._call("feedback.get", given(feedback=feedback), **options))

    async def record(
        self,
        *,
        ticket: str,
        kind: Survey,
        score: int,
        comment: str | None | Unset = UNSET,
        user: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FeedbackRecordResult:
        """Records what a requester said of a ticket's handling. The score goes into the event, the comment does not."""
        params = given(ticket=ticket, kind=kind, score=score, comment=comment, user=user)
        return cast(FeedbackRecordResult, await self._call("feedback.record", params, **options))


class AsyncFieldMethods:
    """The methods `field.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        field: str,
        kind: FieldKind,
        label: Label | None | Unset = UNSET,
        choices: List[str] | None | Unset = UNSET,
        required_to_solve: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldCreateResult:
        """Declares a custom field. Its name and kind never change."""
        params = given(field=field, kind=kind, label=label, choices=choices, required_to_solve=required_to_solve)
        return cast(FieldCreateResult, await self._call("field.create", params, **options))

    async def list(self, **options: Unpack[CallOptions]) -> FieldListResult:
        """All declared fields by name, retired ones included."""
        return cast(FieldListResult, await self._call("field.list", {}, **options))

    async def retire(
        self,
        *,
        field: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldRetireResult:
        """Lets a field be set no more; values that are there stay."""
        params = given(field=field, expected_version=expected_version)
        return cast(FieldRetireResult, await self._call("field.retire", params, **options))

    async def update(
        self,
        *,
        field: str,
        label: Label | None | Unset = UNSET,
        choices: List[str] | None | Unset = UNSET,
        required_to_solve: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> FieldUpdateResult:
        """Changes a declared field. Values that tickets have already stay as they are."""
        params = given(
            field=field, label=label, choices=choices, required_to_solve=required_to_solve,
            expected_version=expected_version)
        return cast(FieldUpdateResult, await self._call("field.update", params, **options))


class AsyncGroupMethods:
    """The methods `group.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def add_member(
        self,
        *,
        group: str,
        user: str,
        tier: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupAddMemberResult:
        """Takes somebody into a group, or gives them another tier there."""
        params = given(group=group, user=user, tier=tier, expected_version=expected_version)
        return cast(GroupAddMemberResult, await self._call("group.add_member", params, **options))

    async def create(
        self,
        *,
        name: str,
        lead: str | None | Unset = UNSET,
        members: List[str] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupCreateResult:
        """Adds a group."""
        params = given(name=name, lead=lead, members=members, external_id=external_id)
        return cast(GroupCreateResult, await self._call("group.create", params, **options))

    async def get(self, *, group: str, **options: Unpack[CallOptions]) -> GroupGetResult:
        """A group."""
        return cast(GroupGetResult, await self._call("group.get", given(group=group), **options))

    async def list(
        self,
        *,
        name: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupListResult:
        """Groups by filters, in order of id."""
        params = given(name=name, external_id=external_id, limit=limit, cursor=cursor)
        return cast(GroupListResult, await self._call("group.list", params, **options))

    async def members(
        self,
        *,
        group: str,
        tier: int | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupMembersResult:
        """Who is in a group, on which tier, and whether they are there, in order of id. With `tier` those of that tier and
        those of none in particular.
        """
        params = given(group=group, tier=tier, limit=limit, cursor=cursor)
        return cast(GroupMembersResult, await self._call("group.members", params, **options))

    async def remove_member(
        self,
        *,
        group: str,
        user: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupRemoveMemberResult:
        """Lets somebody go from a group."""
        params = given(group=group, user=user, expected_version=expected_version)
        return cast(GroupRemoveMemberResult, await self._call("group.remove_member", params, **options))

    async def update(
        self,
        *,
        group: str,
        name: str | Unset = UNSET,
        lead: str | None | Unset = UNSET,
        members: List[str] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> GroupUpdateResult:
        """Changes a group. What is left out stays."""
        params = given(group=group, name=name, lead=lead, members=members, expected_version=expected_version)
        return cast(GroupUpdateResult, await self._call("group.update", params, **options))


class AsyncImportMethods:
    """The methods `import.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def apply(self, *, source: str, items: List[ImportItem], **options: Unpack[CallOptions]) -> ImportApplyResult:
        """Writes history of another system, at the instants at which things happened. Repeats are passed over; a bad item
        costs itself alone. It needs the right `import`. People and groups get the external id `<source>:<external_id>`;
        a group with the same name is taken as it is.
        """
        return cast(ImportApplyResult, await self._call("import.apply", given(source=source, items=items), **options))


class AsyncKernelMethods:
    """The methods `kernel.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def health(self, **options: Unpack[CallOptions]) -> KernelHealthResult:
        """Whether the kernel and its plugins are well."""
        return cast(KernelHealthResult, await self._call("kernel.health", {}, **options))

    async def stats(self, **options: Unpack[CallOptions]) -> KernelStatsResult:
        """Counters since the start of this instance."""
        return cast(KernelStatsResult, await self._call("kernel.stats", {}, **options))


class AsyncKeyMethods:
    """The methods `key.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        public_key: str,
        roles: List[str],
        **options: Unpack[CallOptions],
    ) -> KeyCreateResult:
        """Lets a CURVE key prove an identity, from the next connection on."""
        params = given(name=name, public_key=public_key, roles=roles)
        return cast(KeyCreateResult, await self._call("key.create", params, **options))

    async def list(self, **options: Unpack[CallOptions]) -> KeyListResult:
        """The CURVE keys that the kernel knows, by name."""
        return cast(KeyListResult, await self._call("key.list", {}, **options))

    async def revoke(self, *, name: str, **options: Unpack[CallOptions]) -> KeyRevokeResult:
        """Takes the keys of an identity back that were made with `key.create`: the next message of a connection that
        proved one answers `unauthenticated`.
        """
        return cast(KeyRevokeResult, await self._call("key.revoke", given(name=name), **options))


class AsyncLogMethods:
    """The methods `log.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def truncate(
        self,
        *,
        before_seq: int,
        snapshot: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> LogTruncateResult:
        """Takes old events out of the log, after writing a copy of the database from which they can still be read. Refused
        where a consumer that is not lost has not acknowledged them.
        """
        params = given(before_seq=before_seq, snapshot=snapshot)
        return cast(LogTruncateResult, await self._call("log.truncate", params, **options))


class AsyncMacroMethods:
    """The methods `macro.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        actions: MacroActions,
        groups: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroCreateResult:
        """Saves a macro. A place in a text that nothing is known for is refused."""
        params = given(name=name, actions=actions, groups=groups)
        return cast(MacroCreateResult, await self._call("macro.create", params, **options))

    async def delete(
        self,
        *,
        macro: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroDeleteResult:
        """Takes a macro away."""
        params = given(macro=macro, expected_version=expected_version)
        return cast(MacroDeleteResult, await self._call("macro.delete", params, **options))

    async def get(self, *, macro: str, **options: Unpack[CallOptions]) -> MacroGetResult:
        """A macro."""
        return cast(MacroGetResult, await self._call("macro.get", given(macro=macro), **options))

    async def list(self, **options: Unpack[CallOptions]) -> MacroListResult:
        """The macros that whoever asks may use, by name."""
        return cast(MacroListResult, await self._call("macro.list", {}, **options))

    async def preview(self, *, macro: str, ticket: str, **options: Unpack[CallOptions]) -> MacroPreviewResult:
        """What a macro would do to a ticket, its texts filled in. Nothing is done."""
        return cast(MacroPreviewResult, await self._call("macro.preview", given(macro=macro, ticket=ticket), **options))

    async def update(
        self,
        *,
        macro: str,
        name: str | Unset = UNSET,
        actions: MacroActions | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MacroUpdateResult:
        """Changes a macro; what is left out stays."""
        params = given(macro=macro, name=name, actions=actions, groups=groups, expected_version=expected_version)
        return cast(MacroUpdateResult, await self._call("macro.update", params, **options))


class AsyncMessageMethods:
    """The methods `message.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def get(
        self,
        *,
        message: str,
        expand: Literal["author"] | List[Literal["author"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MessageGetResult:
        """A message."""
        return cast(MessageGetResult, await self._call("message.get", given(message=message, expand=expand), **options))

    async def list(
        self,
        *,
        ticket: str,
        visibility: Visibility | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["author"] | List[Literal["author"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> MessageListResult:
        """The conversation of a ticket, oldest first."""
        params = given(ticket=ticket, visibility=visibility, limit=limit, cursor=cursor, expand=expand)
        return cast(MessageListResult, await self._call("message.list", params, **options))


class AsyncOrganizationMethods:
    """The methods `organization.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationCreateResult:
        """Adds an organization."""
        params = given(name=name, external_id=external_id)
        return cast(OrganizationCreateResult, await self._call("organization.create", params, **options))

    async def get(self, *, organization: str, **options: Unpack[CallOptions]) -> OrganizationGetResult:
        """An organization."""
        params = given(organization=organization)
        return cast(OrganizationGetResult, await self._call("organization.get", params, **options))

    async def list(
        self,
        *,
        name: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationListResult:
        """Organizations by filters, in order of id."""
        params = given(name=name, external_id=external_id, limit=limit, cursor=cursor)
        return cast(OrganizationListResult, await self._call("organization.list", params, **options))

    async def update(
        self,
        *,
        organization: str,
        name: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> OrganizationUpdateResult:
        """Changes an organization."""
        params = given(organization=organization, name=name, expected_version=expected_version)
        return cast(OrganizationUpdateResult, await self._call("organization.update", params, **options))


class AsyncPersonMethods:
    """The methods `person.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def erase(
        self,
        *,
        user: str,
        subjects: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PersonEraseResult:
        """Forgets a person. Name, address and every other member that tells who it was go at once; texts of their
        messages, with files, and comments of their feedback are replaced by `[erased]` soon after, in steps. With
        `subjects` also the subjects and the texts in custom fields of their tickets. Tickets, counts and the log stay.
        It can't be taken back; asked again it goes through everything again.
        """
        return cast(PersonEraseResult, await self._call("person.erase", given(user=user, subjects=subjects), **options))

    async def export(
        self,
        *,
        user: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PersonExportResult:
        """All that is kept of a person: themselves, their groups, the tickets that they asked for, the messages that they
        wrote, their feedback. A page may be empty and yet not the last.
        """
        params = given(user=user, limit=limit, cursor=cursor)
        return cast(PersonExportResult, await self._call("person.export", params, **options))


class AsyncPolicyMethods:
    """The methods `policy.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        calendar: str,
        targets: Targets,
        conditions: Conditions | None | Unset = UNSET,
        warnings: List[int] | None | Unset = UNSET,
        target_warnings: dict[str, List[int | ThresholdBeforeMs]] | None | Unset = UNSET,
        pauses: Pauses | None | Unset = UNSET,
        reopening: Reopening | None | Unset = UNSET,
        phone_answers: bool | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyCreateResult:
        """Adds an SLA policy. The first policy by position whose conditions match is the ticket's."""
        params = given(
            name=name, calendar=calendar, targets=targets, conditions=conditions, warnings=warnings,
            target_warnings=target_warnings, pauses=pauses, reopening=reopening, phone_answers=phone_answers,
            position=position)
        return cast(PolicyCreateResult, await self._call("policy.create", params, **options))

    async def get(
        self,
        *,
        policy: str,
        version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyGetResult:
        """A policy."""
        return cast(PolicyGetResult, await self._call("policy.get", given(policy=policy, version=version), **options))

    async def list(
        self,
        *,
        versions_of: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyListResult:
        """All policies, in order of id."""
        params = given(versions_of=versions_of, limit=limit, cursor=cursor)
        return cast(PolicyListResult, await self._call("policy.list", params, **options))

    async def retire(
        self,
        *,
        policy: str,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyRetireResult:
        """Takes an SLA policy out of use: it matches no ticket any more. What it promised is counted by the next policy
        that matches, or cancelled; or kept.
        """
        params = given(policy=policy, running=running, expected_version=expected_version)
        return cast(PolicyRetireResult, await self._call("policy.retire", params, **options))

    async def update(
        self,
        *,
        policy: str,
        name: str | None | Unset = UNSET,
        calendar: str | None | Unset = UNSET,
        targets: Targets | None | Unset = UNSET,
        conditions: Conditions | None | Unset = UNSET,
        warnings: List[int] | None | Unset = UNSET,
        target_warnings: dict[str, List[int | ThresholdBeforeMs]] | None | Unset = UNSET,
        pauses: Pauses | None | Unset = UNSET,
        reopening: Reopening | None | Unset = UNSET,
        phone_answers: bool | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        running: Running | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> PolicyUpdateResult:
        """Changes an SLA policy: what is given becomes another, what is left out stays. It is a new version; open tickets
        that it is about are counted anew soon after, or keep the version they have. Where nothing changes there is no
        new version.
        """
        params = given(
            policy=policy, name=name, calendar=calendar, targets=targets, conditions=conditions, warnings=warnings,
            target_warnings=target_warnings, pauses=pauses, reopening=reopening, phone_answers=phone_answers,
            position=position, running=running, expected_version=expected_version)
        return cast(PolicyUpdateResult, await self._call("policy.update", params, **options))


class AsyncRoleMethods:
    """The methods `role.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        role: str,
        base: ShippedRole,
        methods: List[str],
        deny: List[str] | None | Unset = UNSET,
        tickets: TicketScope | None | Unset = UNSET,
        internal: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> RoleCreateResult:
        """Makes a role for people. Nobody hands out more than they have."""
        params = given(role=role, base=base, methods=methods, deny=deny, tickets=tickets, internal=internal)
        return cast(RoleCreateResult, await self._call("role.create", params, **options))

    async def list(self, **options: Unpack[CallOptions]) -> RoleListResult:
        """The roles of people: shipped ones, then the desk's own by name."""
        return cast(RoleListResult, await self._call("role.list", {}, **options))

    async def update(
        self,
        *,
        role: str,
        methods: List[str] | None | Unset = UNSET,
        deny: List[str] | None | Unset = UNSET,
        tickets: TicketScope | None | Unset = UNSET,
        internal: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> RoleUpdateResult:
        """Changes a role that the desk made, for everybody who has it. What is left out stays. The name and the base never
        change.
        """
        params = given(
            role=role, methods=methods, deny=deny, tickets=tickets, internal=internal,
            expected_version=expected_version)
        return cast(RoleUpdateResult, await self._call("role.update", params, **options))


class AsyncRpcMethods:
    """The methods `rpc.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def discover(self, **options: Unpack[CallOptions]) -> RpcDiscoverResult:
        """The methods that the caller may call, plugin methods included, as an OpenRPC document."""
        return cast(RpcDiscoverResult, await self._call("rpc.discover", {}, **options))


class AsyncSearchMethods:
    """The methods `search.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def rebuild(self, **options: Unpack[CallOptions]) -> SearchRebuildResult:
        """Has the search index made anew from the tickets and messages. Answers at once; `search.status` says how far it
        is. The old index answers until the new one is there. The kernel does this by itself where the index is damaged,
        of another version or not of this log.
        """
        return cast(SearchRebuildResult, await self._call("search.rebuild", {}, **options))

    async def status(self, **options: Unpack[CallOptions]) -> SearchStatusResult:
        """How far the search index is behind the log, and how large it is."""
        return cast(SearchStatusResult, await self._call("search.status", {}, **options))


class AsyncSessionMethods:
    """The methods `session.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def bye(self, **options: Unpack[CallOptions]) -> dict[str, Any]:
        """Ends the session: its methods, hooks and leases are free at once."""
        return await self._call("session.bye", {}, **options)

    async def hello(
        self,
        *,
        manifest: Manifest,
        protocol: SessionHelloProtocol | None | Unset = UNSET,
        instance: str | None | Unset = UNSET,
        capabilities: SessionHelloCapabilities | None | Unset = UNSET,
        strict: bool | None | Unset = UNSET,
        library: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SessionHelloResult:
        """Greets the kernel: what this plugin is, answers, and wants to be asked. Only who is pushed to or publishes
        events needs it. A second one on the same connection replaces the manifest.
        """
        params = given(
            manifest=manifest, protocol=protocol, instance=instance, capabilities=capabilities, strict=strict,
            library=library)
        return cast(SessionHelloResult, await self._call("session.hello", params, **options))

    async def ping(
        self,
        *,
        health: dict[str, Any] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SessionPingResult:
        """A sign of life of a plugin, with what it says of itself. It may be sent as a notification."""
        return cast(SessionPingResult, await self._call("session.ping", given(health=health), **options))


class AsyncSlaMethods:
    """The methods `sla.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def explain(
        self,
        *,
        ticket: str,
        target: TargetKind,
        cycle: int | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaExplainResult:
        """Why a target is due when it is: every span of working time that counts, and every pause with the working time
        that it spared. Up to the due instant the working spans sum up to the budget.
        """
        params = given(ticket=ticket, target=target, cycle=cycle, until=until)
        return cast(SlaExplainResult, await self._call("sla.explain", params, **options))

    async def preview(
        self,
        *,
        policy: str | None | Unset = UNSET,
        calendar: str | None | Unset = UNSET,
        set: dict[str, Any] | None | Unset = UNSET,
        retire: bool | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaPreviewResult:
        """What a change of a policy or calendar would do to the open tickets: the targets that would move, with their due
        instants before and after. Stores nothing. A page may hold few items, or none, and still have a next one.
        """
        params = given(policy=policy, calendar=calendar, set=set, retire=retire, limit=limit, cursor=cursor)
        return cast(SlaPreviewResult, await self._call("sla.preview", params, **options))

    async def simulate(
        self,
        *,
        policies: List[str | SlaSimulatePoliciesItemTargets],
        from_: str | None | Unset = UNSET,
        to: str | None | Unset = UNSET,
        after_seq: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaSimulateResult:
        """What policies would have met and breached in the past: each by itself is run over the histories that the log
        tells, under the rules that tickets live under. Stores nothing. Values of custom fields are not in the log:
        those of now stand for them.
        """
        params = given(**{"policies": policies, "from": from_, "to": to, "after_seq": after_seq})
        return cast(SlaSimulateResult, await self._call("sla.simulate", params, **options))

    async def waive(
        self,
        *,
        ticket: str,
        target: TargetKind,
        reason: str,
        cycle: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> SlaWaiveResult:
        """Withdraws a breach, with a reason: it counts as neither met nor breached from then on. Nothing else takes a
        breach back.
        """
        params = given(ticket=ticket, target=target, reason=reason, cycle=cycle, expected_version=expected_version)
        return cast(SlaWaiveResult, await self._call("sla.waive", params, **options))


class AsyncStatusMethods:
    """The methods `status.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        status: str,
        category: StatusCategory,
        label: Label | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusCreateResult:
        """Declares a status of the desk's own within a category. Its word and category never change."""
        params = given(status=status, category=category, label=label, reason=reason)
        return cast(StatusCreateResult, await self._call("status.create", params, **options))

    async def list(self, **options: Unpack[CallOptions]) -> StatusListResult:
        """All statuses: the categories' own in order, then the desk's by word, retired ones included."""
        return cast(StatusListResult, await self._call("status.list", {}, **options))

    async def retire(
        self,
        *,
        status: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusRetireResult:
        """Lets no ticket be moved to a status any more; those that stand in it stay."""
        params = given(status=status, expected_version=expected_version)
        return cast(StatusRetireResult, await self._call("status.retire", params, **options))

    async def update(
        self,
        *,
        status: str,
        label: Label | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> StatusUpdateResult:
        """Changes what people see of a status of the desk's own, and its reason."""
        params = given(status=status, label=label, reason=reason, expected_version=expected_version)
        return cast(StatusUpdateResult, await self._call("status.update", params, **options))


class AsyncTicketMethods:
    """The methods `ticket.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def add_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketAddTagsResult:
        """Adds tags to the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketAddTagsResult, await self._call("ticket.add_tags", params, **options))

    async def apply_macro(
        self,
        *,
        ticket: str,
        macro: str,
        reply: str | None | Unset = UNSET,
        note: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketApplyMacroResult:
        """Does to a ticket what a macro says, all of it or nothing. Each step is an ordinary command with its own rules
        and rights. Plugins are not asked.
        """
        params = given(ticket=ticket, macro=macro, reply=reply, note=note, expected_version=expected_version)
        return cast(TicketApplyMacroResult, await self._call("ticket.apply_macro", params, **options))

    async def assign(
        self,
        *,
        ticket: str,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        if_away: Literal["replace", "refuse", "keep"] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketAssignResult:
        """Gives the ticket to a group, a tier of it, a person, or several. `null` takes one away; what is left out stays."""
        params = given(
            ticket=ticket, group=group, tier=tier, assignee=assignee, expected_version=expected_version,
            if_away=if_away)
        return cast(TicketAssignResult, await self._call("ticket.assign", params, **options))

    async def bulk_update(
        self,
        *,
        tickets: List[str],
        fields: dict[str, Any] | None | Unset = UNSET,
        type: TicketType | None | Unset = UNSET,
        priority: Priority | None | Unset = UNSET,
        add_tags: List[str] | None | Unset = UNSET,
        remove_tags: List[str] | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        note: str | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        wake_at: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketBulkUpdateResult:
        """Changes up to 200 tickets in the same way, each for itself: where one step is refused nothing of that ticket is
        done, and the others go on. Plugins are not asked.
        """
        params = given(
            tickets=tickets, fields=fields, type=type, priority=priority, add_tags=add_tags,
            remove_tags=remove_tags, group=group, tier=tier, assignee=assignee, note=note, status=status,
            reason=reason, wake_at=wake_at)
        return cast(TicketBulkUpdateResult, await self._call("ticket.bulk_update", params, **options))

    async def claim(
        self,
        *,
        ticket: str,
        minutes: int | None | Unset = UNSET,
        take: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketClaimResult:
        """Says that the acting agent is on it, for a while. It keeps nobody out; it tells the others."""
        params = given(ticket=ticket, minutes=minutes, take=take, expected_version=expected_version)
        return cast(TicketClaimResult, await self._call("ticket.claim", params, **options))

    async def close(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCloseResult:
        """Closes a solved ticket for good."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketCloseResult, await self._call("ticket.close", params, **options))

    async def count(
        self,
        *,
        status: str | List[str] | None | Unset = UNSET,
        category: StatusCategory | List[StatusCategory] | None | Unset = UNSET,
        unsolved: bool | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Literal["mine", "none"] | List[str | Literal["mine", "none"]] | Unset = UNSET,
        tier: int | str | None | List[int | str] | Unset = UNSET,
        assignee: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        requester: str | None | Literal["me"] | List[str | Literal["me"]] | Unset = UNSET,
        follower: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        organization: str | None | Literal["none"] | List[str | Literal["none"]] | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        without_tags: List[str] | None | Unset = UNSET,
        fields: dict[str, Any] | None | Unset = UNSET,
        created_after: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        created_within_ms: int | None | Unset = UNSET,
        updated_after: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        updated_within_ms: int | None | Unset = UNSET,
        quiet_ms: int | None | Unset = UNSET,
        due_after: str | None | Unset = UNSET,
        due_before: str | None | Unset = UNSET,
        due_within_ms: int | None | Unset = UNSET,
        sla: Literal["breached", "at_risk", "running"] | None | Unset = UNSET,
        waking: bool | None | Unset = UNSET,
        deleted: bool | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCountResult:
        """How many tickets there are by filters, as far as one look goes."""
        params = given(
            status=status, category=category, unsolved=unsolved, priority=priority, type=type, channel=channel,
            group=group, tier=tier, assignee=assignee, requester=requester, follower=follower,
            organization=organization, external_id=external_id, tags=tags, without_tags=without_tags,
            fields=fields, created_after=created_after, created_before=created_before,
            created_within_ms=created_within_ms, updated_after=updated_after, updated_before=updated_before,
            updated_within_ms=updated_within_ms, quiet_ms=quiet_ms, due_after=due_after, due_before=due_before,
            due_within_ms=due_within_ms, sla=sla, waking=waking, deleted=deleted)
        return cast(TicketCountResult, await self._call("ticket.count", params, **options))

    async def create(
        self,
        *,
        subject: str,
        text: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        priority: Priority | None | Unset = UNSET,
        type: TicketType | None | Unset = UNSET,
        channel: Channel | None | Unset = UNSET,
        fields: dict[str, str | float | bool | None] | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        if_away: Literal["replace", "refuse", "keep"] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketCreateResult:
        """Creates a ticket, with its opening message where there is text."""
        params = given(
            subject=subject, text=text, requester=requester, organization=organization, group=group, tier=tier,
            tags=tags, assignee=assignee, priority=priority, type=type, channel=channel, fields=fields,
            external_id=external_id, attachments=attachments, if_away=if_away)
        return cast(TicketCreateResult, await self._call("ticket.create", params, **options))

    async def delete(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketDeleteResult:
        """Puts the ticket into the bin: lists pass over it, nothing changes it, time does not act on it. `ticket.restore`
        takes it out.
        """
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketDeleteResult, await self._call("ticket.delete", params, **options))

    async def follow(
        self,
        *,
        ticket: str,
        user: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketFollowResult:
        """Makes a person hear of the ticket."""
        params = given(ticket=ticket, user=user, expected_version=expected_version)
        return cast(TicketFollowResult, await self._call("ticket.follow", params, **options))

    async def get(
        self,
        *,
        ticket: str,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketGetResult:
        """A ticket."""
        return cast(TicketGetResult, await self._call("ticket.get", given(ticket=ticket, expand=expand), **options))

    async def hand_over(
        self,
        *,
        ticket: str,
        tried: str,
        needed: str,
        group: str | None | Unset = UNSET,
        tier: int | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketHandOverResult:
        """Hands the ticket over to another group or tier, with an internal note of what was tried and what is needed.
        Where it had been handed over from it is handed back: a bounce.
        """
        params = given(
            ticket=ticket, tried=tried, needed=needed, group=group, tier=tier, assignee=assignee,
            expected_version=expected_version)
        return cast(TicketHandOverResult, await self._call("ticket.hand_over", params, **options))

    async def history(
        self,
        *,
        ticket: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketHistoryResult:
        """What happened to a ticket, oldest first: the audit."""
        params = given(ticket=ticket, limit=limit, cursor=cursor)
        return cast(TicketHistoryResult, await self._call("ticket.history", params, **options))

    async def link(
        self,
        *,
        ticket: str,
        relation: Relation,
        to: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketLinkResult:
        """Ties the ticket to another. A child has one parent; parents and blocks do not go round in a circle; incidents
        are of a ticket of type `problem`.
        """
        params = given(ticket=ticket, relation=relation, to=to, expected_version=expected_version)
        return cast(TicketLinkResult, await self._call("ticket.link", params, **options))

    async def links(self, *, ticket: str, **options: Unpack[CallOptions]) -> TicketLinksResult:
        """The ties of a ticket as seen from it, oldest first; 200 at most."""
        return cast(TicketLinksResult, await self._call("ticket.links", given(ticket=ticket), **options))

    async def list(
        self,
        *,
        status: str | List[str] | None | Unset = UNSET,
        category: StatusCategory | List[StatusCategory] | None | Unset = UNSET,
        unsolved: bool | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Literal["mine", "none"] | List[str | Literal["mine", "none"]] | Unset = UNSET,
        tier: int | str | None | List[int | str] | Unset = UNSET,
        assignee: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        requester: str | None | Literal["me"] | List[str | Literal["me"]] | Unset = UNSET,
        follower: str | None | Literal["me", "none"] | List[str | Literal["me", "none"]] | Unset = UNSET,
        organization: str | None | Literal["none"] | List[str | Literal["none"]] | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        tags: List[str] | None | Unset = UNSET,
        without_tags: List[str] | None | Unset = UNSET,
        fields: dict[str, Any] | None | Unset = UNSET,
        created_after: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        created_within_ms: int | None | Unset = UNSET,
        updated_after: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        updated_within_ms: int | None | Unset = UNSET,
        quiet_ms: int | None | Unset = UNSET,
        due_after: str | None | Unset = UNSET,
        due_before: str | None | Unset = UNSET,
        due_within_ms: int | None | Unset = UNSET,
        sla: Literal["breached", "at_risk", "running"] | None | Unset = UNSET,
        waking: bool | None | Unset = UNSET,
        deleted: bool | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketListResult:
        """Tickets by filters, in order. All filters that are given hold. A page may come short, or empty, where few
        tickets match: as long as there is a `next_cursor`, the list goes on.
        """
        params = given(
            status=status, category=category, unsolved=unsolved, priority=priority, type=type, channel=channel,
            group=group, tier=tier, assignee=assignee, requester=requester, follower=follower,
            organization=organization, external_id=external_id, tags=tags, without_tags=without_tags,
            fields=fields, created_after=created_after, created_before=created_before,
            created_within_ms=created_within_ms, updated_after=updated_after, updated_before=updated_before,
            updated_within_ms=updated_within_ms, quiet_ms=quiet_ms, due_after=due_after, due_before=due_before,
            due_within_ms=due_within_ms, sla=sla, waking=waking, deleted=deleted, sort=sort, limit=limit,
            cursor=cursor, expand=expand)
        return cast(TicketListResult, await self._call("ticket.list", params, **options))

    async def merge(
        self,
        *,
        ticket: str,
        into: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketMergeResult:
        """Merges the ticket into another: its messages go there, its requester and followers hear of it there, and it is
        closed. `ticket.unmerge` undoes it.
        """
        params = given(ticket=ticket, into=into, force=force, expected_version=expected_version)
        return cast(TicketMergeResult, await self._call("ticket.merge", params, **options))

    async def note(
        self,
        *,
        ticket: str,
        text: str,
        expected_version: int | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketNoteResult:
        """Adds an internal note. It is no reply: nothing else changes. An identity without a user writes it as `bot`."""
        params = given(ticket=ticket, text=text, expected_version=expected_version, attachments=attachments)
        return cast(TicketNoteResult, await self._call("ticket.note", params, **options))

    async def publish_note(self, *, message: str, **options: Unpack[CallOptions]) -> TicketPublishNoteResult:
        """Lets everybody on the ticket read an internal note, from now on: the reply is given at this instant."""
        return cast(TicketPublishNoteResult, await self._call("ticket.publish_note", given(message=message), **options))

    async def release(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReleaseResult:
        """Takes a claim back."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketReleaseResult, await self._call("ticket.release", params, **options))

    async def remove_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketRemoveTagsResult:
        """Takes tags from the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketRemoveTagsResult, await self._call("ticket.remove_tags", params, **options))

    async def reopen(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReopenResult:
        """Opens a solved ticket again."""
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketReopenResult, await self._call("ticket.reopen", params, **options))

    async def reply(
        self,
        *,
        ticket: str,
        text: str,
        channel: Channel | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        automatic: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        attachments: List[str] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketReplyResult:
        """Adds a public message. It needs an acting user. A requester's reply to a pending, on_hold or solved ticket opens
        it; an agent's reply to a new one opens it and is the first response.
        """
        params = given(
            ticket=ticket, text=text, channel=channel, status=status, automatic=automatic,
            expected_version=expected_version, attachments=attachments)
        return cast(TicketReplyResult, await self._call("ticket.reply", params, **options))

    async def restore(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketRestoreResult:
        """Takes the ticket out of the bin. What it was promised goes on from its own start."""
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketRestoreResult, await self._call("ticket.restore", params, **options))

    async def search(
        self,
        *,
        query: str,
        status: str | List[str] | None | Unset = UNSET,
        priority: Priority | List[Priority] | None | Unset = UNSET,
        type: TicketType | List[TicketType] | None | Unset = UNSET,
        channel: Channel | List[Channel] | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        tag: str | None | Unset = UNSET,
        visibility: Visibility | None | Unset = UNSET,
        created_from: str | None | Unset = UNSET,
        created_before: str | None | Unset = UNSET,
        updated_from: str | None | Unset = UNSET,
        updated_before: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSearchResult:
        """Tickets by the words in their subjects and messages, best first: see [17](../spec/17-search.md). All filters
        hold, those in the query and those beside it; filters and rights go by the ticket as it is now, words by the
        index, which is `indexed_seq` far.
        """
        params = given(
            query=query, status=status, priority=priority, type=type, channel=channel, group=group,
            assignee=assignee, requester=requester, organization=organization, tag=tag, visibility=visibility,
            created_from=created_from, created_before=created_before, updated_from=updated_from,
            updated_before=updated_before, limit=limit, cursor=cursor, expand=expand)
        return cast(TicketSearchResult, await self._call("ticket.search", params, **options))

    async def set_fields(
        self,
        *,
        ticket: str,
        fields: dict[str, str | float | bool | None] | None,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetFieldsResult:
        """Sets custom fields; what is left out stays, `null` takes one away."""
        params = given(ticket=ticket, fields=fields, expected_version=expected_version)
        return cast(TicketSetFieldsResult, await self._call("ticket.set_fields", params, **options))

    async def set_priority(
        self,
        *,
        ticket: str,
        priority: Priority,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetPriorityResult:
        """Changes how pressing the ticket is; its targets are counted anew from their own start."""
        params = given(ticket=ticket, priority=priority, expected_version=expected_version)
        return cast(TicketSetPriorityResult, await self._call("ticket.set_priority", params, **options))

    async def set_status(
        self,
        *,
        ticket: str,
        status: str,
        reason: str | None | Unset = UNSET,
        wake_at: str | None | Unset = UNSET,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetStatusResult:
        """Moves the ticket to another status. Setting what is already so succeeds and records nothing."""
        params = given(
            ticket=ticket, status=status, reason=reason, wake_at=wake_at, force=force,
            expected_version=expected_version)
        return cast(TicketSetStatusResult, await self._call("ticket.set_status", params, **options))

    async def set_tags(
        self,
        *,
        ticket: str,
        tags: List[str],
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetTagsResult:
        """Sets all tags of the ticket."""
        params = given(ticket=ticket, tags=tags, expected_version=expected_version)
        return cast(TicketSetTagsResult, await self._call("ticket.set_tags", params, **options))

    async def set_type(
        self,
        *,
        ticket: str,
        type: TicketType | None,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSetTypeResult:
        """Says what kind of request the ticket is. A policy may be for some types alone."""
        params = given(ticket=ticket, type=type, expected_version=expected_version)
        return cast(TicketSetTypeResult, await self._call("ticket.set_type", params, **options))

    async def solve(
        self,
        *,
        ticket: str,
        force: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSolveResult:
        """Marks the ticket as solved."""
        params = given(ticket=ticket, force=force, expected_version=expected_version)
        return cast(TicketSolveResult, await self._call("ticket.solve", params, **options))

    async def split(
        self,
        *,
        ticket: str,
        message: str,
        following: bool | None | Unset = UNSET,
        subject: str | None | Unset = UNSET,
        requester: str | None | Unset = UNSET,
        group: str | None | Unset = UNSET,
        assignee: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketSplitResult:
        """Begins a ticket of its own with a message of this one. Its promises begin now."""
        params = given(
            ticket=ticket, message=message, following=following, subject=subject, requester=requester, group=group,
            assignee=assignee, expected_version=expected_version)
        return cast(TicketSplitResult, await self._call("ticket.split", params, **options))

    async def stuck(
        self,
        *,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketStuckResult:
        """Open tickets that were told of as forgotten (`ticket.stuck`) and that nobody has touched since, the longest
        forgotten first.
        """
        params = given(limit=limit, cursor=cursor, expand=expand)
        return cast(TicketStuckResult, await self._call("ticket.stuck", params, **options))

    async def unfollow(
        self,
        *,
        ticket: str,
        user: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnfollowResult:
        """Lets a person hear of the ticket no longer."""
        params = given(ticket=ticket, user=user, expected_version=expected_version)
        return cast(TicketUnfollowResult, await self._call("ticket.unfollow", params, **options))

    async def unlink(
        self,
        *,
        ticket: str,
        relation: Relation,
        to: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnlinkResult:
        """Takes a tie away."""
        params = given(ticket=ticket, relation=relation, to=to, expected_version=expected_version)
        return cast(TicketUnlinkResult, await self._call("ticket.unlink", params, **options))

    async def unmerge(
        self,
        *,
        ticket: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketUnmergeResult:
        """Undoes a merge: the ticket stands as it did before, its messages come back, and the other one has no more of it.
        Messages that went on to a third ticket stay there.
        """
        params = given(ticket=ticket, expected_version=expected_version)
        return cast(TicketUnmergeResult, await self._call("ticket.unmerge", params, **options))

    async def wait(
        self,
        *,
        ticket: str,
        wake_at: str,
        reason: str | None | Unset = UNSET,
        status: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> TicketWaitResult:
        """Lets the ticket wait until an instant, at which it opens by itself."""
        params = given(ticket=ticket, wake_at=wake_at, reason=reason, status=status, expected_version=expected_version)
        return cast(TicketWaitResult, await self._call("ticket.wait", params, **options))


class AsyncUserMethods:
    """The methods `user.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def create(
        self,
        *,
        name: str,
        email: str | None | Unset = UNSET,
        roles: str | List[str] | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        language: Language | None | Unset = UNSET,
        zone: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserCreateResult:
        """Adds a person."""
        params = given(
            name=name, email=email, roles=roles, organization=organization, language=language, zone=zone,
            identity=identity, external_id=external_id)
        return cast(UserCreateResult, await self._call("user.create", params, **options))

    async def get(self, *, user: str, **options: Unpack[CallOptions]) -> UserGetResult:
        """A person."""
        return cast(UserGetResult, await self._call("user.get", given(user=user), **options))

    async def list(
        self,
        *,
        role: str | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        external_id: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserListResult:
        """People by filters, in order of id."""
        params = given(
            role=role, organization=organization, email=email, identity=identity, external_id=external_id,
            limit=limit, cursor=cursor)
        return cast(UserListResult, await self._call("user.list", params, **options))

    async def set_availability(
        self,
        *,
        user: str,
        state: Literal["available", "away"],
        until: str | None | Unset = UNSET,
        replacement: str | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserSetAvailabilityResult:
        """Says whether somebody takes tickets, until when not, and who does meanwhile. An agent says so of themselves, a
        lead of everybody.
        """
        params = given(user=user, state=state, until=until, replacement=replacement, expected_version=expected_version)
        return cast(UserSetAvailabilityResult, await self._call("user.set_availability", params, **options))

    async def set_skills(
        self,
        *,
        user: str,
        skills: dict[str, int],
        capacity: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserSetSkillsResult:
        """Says what somebody is good at and how many unsolved tickets they take. `skills` replaces all; `capacity` left
        out stays.
        """
        params = given(user=user, skills=skills, capacity=capacity, expected_version=expected_version)
        return cast(UserSetSkillsResult, await self._call("user.set_skills", params, **options))

    async def update(
        self,
        *,
        user: str,
        name: str | Unset = UNSET,
        email: str | None | Unset = UNSET,
        roles: str | List[str] | None | Unset = UNSET,
        organization: str | None | Unset = UNSET,
        language: Language | None | Unset = UNSET,
        zone: str | None | Unset = UNSET,
        identity: str | None | Unset = UNSET,
        active: bool | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> UserUpdateResult:
        """Changes a person. What is left out stays; `null` takes away."""
        params = given(
            user=user, name=name, email=email, roles=roles, organization=organization, language=language,
            zone=zone, identity=identity, active=active, expected_version=expected_version)
        return cast(UserUpdateResult, await self._call("user.update", params, **options))


class AsyncViewMethods:
    """The methods `view.*`."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call

    async def count(self, *, view: str, **options: Unpack[CallOptions]) -> ViewCountResult:
        """How many tickets a view has, as far as one look goes."""
        return cast(ViewCountResult, await self._call("view.count", given(view=view), **options))

    async def create(
        self,
        *,
        name: str,
        filter: Filter | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        columns: List[Literal[
        "id", "subject", "status", "status_reason", "wake_at", "priority", "type", "channel", "requester",
        "organization", "group", "tier", "assignee", "tags", "external_id", "created_at", "updated_at", "solved_at",
        "closed_at", "due_at"
    ]] | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewCreateResult:
        """Saves a view."""
        params = given(name=name, filter=filter, sort=sort, columns=columns, groups=groups, owner=owner, position=position)
        return cast(ViewCreateResult, await self._call("view.create", params, **options))

    async def delete(
        self,
        *,
        view: str,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewDeleteResult:
        """Takes a view away."""
        params = given(view=view, expected_version=expected_version)
        return cast(ViewDeleteResult, await self._call("view.delete", params, **options))

    async def get(self, *, view: str, **options: Unpack[CallOptions]) -> ViewGetResult:
        """A view."""
        return cast(ViewGetResult, await self._call("view.get", given(view=view), **options))

    async def list(self, **options: Unpack[CallOptions]) -> ViewListResult:
        """The views that whoever asks sees, in their order."""
        return cast(ViewListResult, await self._call("view.list", {}, **options))

    async def tickets(
        self,
        *,
        view: str,
        limit: int | None | Unset = UNSET,
        cursor: str | None | Unset = UNSET,
        expand: Literal["requester", "organization", "group", "assignee"] | List[Literal["requester", "organization", "group", "assignee"]] | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewTicketsResult:
        """The tickets of a view, in its order; pages as in `ticket.list`."""
        params = given(view=view, limit=limit, cursor=cursor, expand=expand)
        return cast(ViewTicketsResult, await self._call("view.tickets", params, **options))

    async def update(
        self,
        *,
        view: str,
        name: str | Unset = UNSET,
        filter: Filter | None | Unset = UNSET,
        sort: Literal[
        "id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "due_at", "-due_at", "priority",
        "-priority", "wake_at", "-wake_at"
    ] | None | Unset = UNSET,
        columns: List[Literal[
        "id", "subject", "status", "status_reason", "wake_at", "priority", "type", "channel", "requester",
        "organization", "group", "tier", "assignee", "tags", "external_id", "created_at", "updated_at", "solved_at",
        "closed_at", "due_at"
    ]] | None | Unset = UNSET,
        groups: List[str] | None | Unset = UNSET,
        owner: str | None | Unset = UNSET,
        position: int | None | Unset = UNSET,
        expected_version: int | None | Unset = UNSET,
        **options: Unpack[CallOptions],
    ) -> ViewUpdateResult:
        """Changes a view; what is left out stays."""
        params = given(
            view=view, name=name, filter=filter, sort=sort, columns=columns, groups=groups, owner=owner,
            position=position, expected_version=expected_version)
        return cast(ViewUpdateResult, await self._call("view.update", params, **options))


class AsyncMethods:
    """All methods of the kernel."""

    def __init__(self, call: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self._call = call
        self.agent = AsyncAgentMethods(call)
        self.attachment = AsyncAttachmentMethods(call)
        self.audit = AsyncAuditMethods(call)
        self.auth = AsyncAuthMethods(call)
        self.calendar = AsyncCalendarMethods(call)
        self.consumer = AsyncConsumerMethods(call)
        self.desk = AsyncDeskMethods(call)
        self.event = AsyncEventMethods(call)
        self.events = AsyncEventsMethods(call)
        self.feedback = AsyncFeedbackMethods(call)
        self.field = AsyncFieldMethods(call)
        self.group = AsyncGroupMethods(call)
        self.import_ = AsyncImportMethods(call)
        self.kernel = AsyncKernelMethods(call)
        self.key = AsyncKeyMethods(call)
        self.log = AsyncLogMethods(call)
        self.macro = AsyncMacroMethods(call)
        self.message = AsyncMessageMethods(call)
        self.organization = AsyncOrganizationMethods(call)
        self.person = AsyncPersonMethods(call)
        self.policy = AsyncPolicyMethods(call)
        self.role = AsyncRoleMethods(call)
        self.rpc = AsyncRpcMethods(call)
        self.search = AsyncSearchMethods(call)
        self.session = AsyncSessionMethods(call)
        self.sla = AsyncSlaMethods(call)
        self.status = AsyncStatusMethods(call)
        self.ticket = AsyncTicketMethods(call)
        self.user = AsyncUserMethods(call)
        self.view = AsyncViewMethods(call)

    async def ping(self, **options: Unpack[CallOptions]) -> PingResult:
        """Answers at once. It needs no right, and no greeting."""
        return cast(PingResult, await self._call("ping", {}, **options))
