"""Made from the schemas by generate.py: do not edit.

A constant for each type of event: `if TICKET_CREATED.matches(event): event.data["priority"]`.
"""
from __future__ import annotations

from ._event import EventType
from .types import (
    CalendarCreatedData,
    CalendarUpdatedData,
    DeskFieldCreatedData,
    DeskFieldRetiredData,
    DeskFieldUpdatedData,
    DeskStatusCreatedData,
    DeskStatusRetiredData,
    DeskStatusUpdatedData,
    DeskUpdatedData,
    FeedbackRecordedData,
    GroupCreatedData,
    GroupMemberAddedData,
    GroupMemberRemovedData,
    GroupUpdatedData,
    MacroCreatedData,
    MacroDeletedData,
    MacroUpdatedData,
    MessageAddedData,
    MessagePublishedData,
    OrganizationCreatedData,
    OrganizationUpdatedData,
    PolicyCreatedData,
    PolicyUpdatedData,
    SlaAppliedData,
    SlaBreachedData,
    SlaCancelledData,
    SlaMetData,
    SlaPausedData,
    SlaRecomputedData,
    SlaResumedData,
    SlaWaivedData,
    SlaWarningData,
    SystemAccessChangedData,
    SystemConsumerLaggingData,
    SystemConsumerLostData,
    SystemConsumerMovedData,
    SystemConsumerParkedData,
    SystemEpochChangedData,
    SystemFloodRefusedData,
    SystemHookFailedData,
    SystemKeyCreatedData,
    SystemKeyRevokedData,
    SystemLogTruncatedData,
    SystemPluginOfflineData,
    SystemPluginOnlineData,
    SystemRoleCreatedData,
    SystemRoleUpdatedData,
    TicketAssignedData,
    TicketClaimedData,
    TicketContentErasedData,
    TicketCreatedData,
    TicketDeletedData,
    TicketFieldsChangedData,
    TicketFollowersChangedData,
    TicketHandedOverData,
    TicketLinkedData,
    TicketMergedData,
    TicketPriorityChangedData,
    TicketReleasedData,
    TicketRestoredData,
    TicketSplitData,
    TicketStatusChangedData,
    TicketStuckData,
    TicketTagsChangedData,
    TicketTypeChangedData,
    TicketUnlinkedData,
    TicketUnmergedData,
    UserAvailabilityChangedData,
    UserCreatedData,
    UserErasedData,
    UserSkillsChangedData,
    UserUpdatedData,
    ViewCreatedData,
    ViewDeletedData,
    ViewUpdatedData,
)

#: A business calendar was added.
CALENDAR_CREATED = EventType[CalendarCreatedData]("calendar.created")
#: A business calendar has a new version.
CALENDAR_UPDATED = EventType[CalendarUpdatedData]("calendar.updated")
#: A custom field was declared.
DESK_FIELD_CREATED = EventType[DeskFieldCreatedData]("desk.field_created")
#: A declared field was retired.
DESK_FIELD_RETIRED = EventType[DeskFieldRetiredData]("desk.field_retired")
#: A declared field was changed.
DESK_FIELD_UPDATED = EventType[DeskFieldUpdatedData]("desk.field_updated")
#: A status of the desk's own was declared.
DESK_STATUS_CREATED = EventType[DeskStatusCreatedData]("desk.status_created")
#: A status of the desk's own was retired.
DESK_STATUS_RETIRED = EventType[DeskStatusRetiredData]("desk.status_retired")
#: A status of the desk's own was changed.
DESK_STATUS_UPDATED = EventType[DeskStatusUpdatedData]("desk.status_updated")
#: The settings of the desk changed.
DESK_UPDATED = EventType[DeskUpdatedData]("desk.updated")
#: A requester gave a score. The comment is read with `feedback.get`.
FEEDBACK_RECORDED = EventType[FeedbackRecordedData]("feedback.recorded")
#: A group was added.
GROUP_CREATED = EventType[GroupCreatedData]("group.created")
#: Somebody was taken into a group, or works on another tier there.
GROUP_MEMBER_ADDED = EventType[GroupMemberAddedData]("group.member_added")
#: Somebody left a group.
GROUP_MEMBER_REMOVED = EventType[GroupMemberRemovedData]("group.member_removed")
#: A group was changed.
GROUP_UPDATED = EventType[GroupUpdatedData]("group.updated")
#: A macro was added.
MACRO_CREATED = EventType[MacroCreatedData]("macro.created")
#: A macro was taken away.
MACRO_DELETED = EventType[MacroDeletedData]("macro.deleted")
#: A macro was changed.
MACRO_UPDATED = EventType[MacroUpdatedData]("macro.updated")
#: A public reply or an internal note was added. The text is read with `message.get`.
MESSAGE_ADDED = EventType[MessageAddedData]("message.added")
#: An internal note was made public.
MESSAGE_PUBLISHED = EventType[MessagePublishedData]("message.published")
#: An organization was added.
ORGANIZATION_CREATED = EventType[OrganizationCreatedData]("organization.created")
#: An organization was changed.
ORGANIZATION_UPDATED = EventType[OrganizationUpdatedData]("organization.updated")
#: An SLA policy was added.
POLICY_CREATED = EventType[PolicyCreatedData]("policy.created")
#: An SLA policy has a new version, or was retired.
POLICY_UPDATED = EventType[PolicyUpdatedData]("policy.updated")
#: A policy promises something to a ticket: its targets began, or go on.
SLA_APPLIED = EventType[SlaAppliedData]("sla.applied")
#: A target was not met by its due instant.
SLA_BREACHED = EventType[SlaBreachedData]("sla.breached")
#: No policy promises these targets any more, or the ticket was closed.
SLA_CANCELLED = EventType[SlaCancelledData]("sla.cancelled")
#: What a target promised happened in time.
SLA_MET = EventType[SlaMetData]("sla.met")
#: Targets stand still: the ticket waits on its requester.
SLA_PAUSED = EventType[SlaPausedData]("sla.paused")
#: A change of priority, group or policy moved the due instants of a ticket.
SLA_RECOMPUTED = EventType[SlaRecomputedData]("sla.recomputed")
#: Paused targets run again.
SLA_RESUMED = EventType[SlaResumedData]("sla.resumed")
#: The breach of a target was withdrawn.
SLA_WAIVED = EventType[SlaWaivedData]("sla.waived")
#: A threshold of a target is reached. Given once for each.
SLA_WARNING = EventType[SlaWarningData]("sla.warning")
#: The configuration was read again.
SYSTEM_ACCESS_CHANGED = EventType[SystemAccessChangedData]("system.access_changed")
#: A consumer is far behind. Given once at 50 and once at 80 percent of the limit.
SYSTEM_CONSUMER_LAGGING = EventType[SystemConsumerLaggingData]("system.consumer_lagging")
#: A consumer was too far behind: it no longer holds the log back and must seek.
SYSTEM_CONSUMER_LOST = EventType[SystemConsumerLostData]("system.consumer_lost")
#: A consumer's cursor was put elsewhere with `consumer.seek`.
SYSTEM_CONSUMER_MOVED = EventType[SystemConsumerMovedData]("system.consumer_moved")
#: A consumer's event was set aside.
SYSTEM_CONSUMER_PARKED = EventType[SystemConsumerParkedData]("system.consumer_parked")
#: The history of the log changed.
SYSTEM_EPOCH_CHANGED = EventType[SystemEpochChangedData]("system.epoch_changed")
#: A connection sent too many malformed messages; all that it sends is refused for a minute.
SYSTEM_FLOOD_REFUSED = EventType[SystemFloodRefusedData]("system.flood_refused")
#: A plugin was asked before a command and did not answer as it should.
SYSTEM_HOOK_FAILED = EventType[SystemHookFailedData]("system.hook_failed")
#: A key was made known to the kernel.
SYSTEM_KEY_CREATED = EventType[SystemKeyCreatedData]("system.key_created")
#: A key proves nothing any more.
SYSTEM_KEY_REVOKED = EventType[SystemKeyRevokedData]("system.key_revoked")
#: Old events were taken out of the log.
SYSTEM_LOG_TRUNCATED = EventType[SystemLogTruncatedData]("system.log_truncated")
#: A plugin's session ended.
SYSTEM_PLUGIN_OFFLINE = EventType[SystemPluginOfflineData]("system.plugin_offline")
#: A plugin greeted the kernel.
SYSTEM_PLUGIN_ONLINE = EventType[SystemPluginOnlineData]("system.plugin_online")
#: A role for people was made.
SYSTEM_ROLE_CREATED = EventType[SystemRoleCreatedData]("system.role_created")
#: A role that the desk made was changed, for everybody who has it.
SYSTEM_ROLE_UPDATED = EventType[SystemRoleUpdatedData]("system.role_updated")
#: A ticket was given to a group or a person, or taken away.
TICKET_ASSIGNED = EventType[TicketAssignedData]("ticket.assigned")
#: Somebody is on a ticket, until an instant.
TICKET_CLAIMED = EventType[TicketClaimedData]("ticket.claimed")
#: Texts of a ticket were replaced, because a person is being forgotten. Whoever keeps copies reads them again.
TICKET_CONTENT_ERASED = EventType[TicketContentErasedData]("ticket.content_erased")
#: A ticket was created.
TICKET_CREATED = EventType[TicketCreatedData]("ticket.created")
#: A ticket was put into the bin.
TICKET_DELETED = EventType[TicketDeletedData]("ticket.deleted")
#: Custom fields of a ticket changed. Their values are read with `ticket.get`.
TICKET_FIELDS_CHANGED = EventType[TicketFieldsChangedData]("ticket.fields_changed")
#: Who hears of a ticket changed.
TICKET_FOLLOWERS_CHANGED = EventType[TicketFollowersChangedData]("ticket.followers_changed")
#: A ticket was handed over. The note says what was tried and what is needed.
TICKET_HANDED_OVER = EventType[TicketHandedOverData]("ticket.handed_over")
#: A ticket was tied to another. Each of the two has such an event.
TICKET_LINKED = EventType[TicketLinkedData]("ticket.linked")
#: A ticket was merged into another. Each of the two has such an event, with the same members but `ticket`.
TICKET_MERGED = EventType[TicketMergedData]("ticket.merged")
#: The priority of a ticket changed.
TICKET_PRIORITY_CHANGED = EventType[TicketPriorityChangedData]("ticket.priority_changed")
#: Nobody is on a ticket any more.
TICKET_RELEASED = EventType[TicketReleasedData]("ticket.released")
#: A ticket was taken out of the bin.
TICKET_RESTORED = EventType[TicketRestoredData]("ticket.restored")
#: A ticket was begun with messages of another. Each of the two has such an event, with the same members but `ticket`.
TICKET_SPLIT = EventType[TicketSplitData]("ticket.split")
#: The status of a ticket changed, or the reason or wake-up of a waiting one: then the status is the same on both sides.
TICKET_STATUS_CHANGED = EventType[TicketStatusChangedData]("ticket.status_changed")
#: Nobody has touched an open ticket for as many days as the desk allows. Told once for each stretch of time without a
#: touch; what time does is no touch.
TICKET_STUCK = EventType[TicketStuckData]("ticket.stuck")
#: The tags of a ticket changed.
TICKET_TAGS_CHANGED = EventType[TicketTagsChangedData]("ticket.tags_changed")
#: The type of a ticket changed.
TICKET_TYPE_CHANGED = EventType[TicketTypeChangedData]("ticket.type_changed")
#: A tie between two tickets was taken away. Each of the two has such an event.
TICKET_UNLINKED = EventType[TicketUnlinkedData]("ticket.unlinked")
#: A merge was undone. Each of the two has such an event, with the same members but `ticket`.
TICKET_UNMERGED = EventType[TicketUnmergedData]("ticket.unmerged")
#: Somebody went away or came back, or somebody else replaces them.
USER_AVAILABILITY_CHANGED = EventType[UserAvailabilityChangedData]("user.availability_changed")
#: A person was added.
USER_CREATED = EventType[UserCreatedData]("user.created")
#: Somebody was forgotten. Whoever keeps copies of what they said or who they were takes them away now.
USER_ERASED = EventType[UserErasedData]("user.erased")
#: What somebody is good at, or how much they take, changed.
USER_SKILLS_CHANGED = EventType[UserSkillsChangedData]("user.skills_changed")
#: A person was changed.
USER_UPDATED = EventType[UserUpdatedData]("user.updated")
#: A saved view was added.
VIEW_CREATED = EventType[ViewCreatedData]("view.created")
#: A saved view was taken away.
VIEW_DELETED = EventType[ViewDeletedData]("view.deleted")
#: A saved view was changed.
VIEW_UPDATED = EventType[ViewUpdatedData]("view.updated")
