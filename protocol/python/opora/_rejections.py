"""The kernel's refusals: a class for each word of the protocol's `errors.json` that programs switch on."""
from __future__ import annotations

from ._errors import OporaError

__all__ = [
    "AckOutOfRange", "AlreadyExists", "CalendarExhausted", "CallRejected", "Cancelled", "ConsumerBusy",
    "ConsumerDiffers", "ConsumerNotFound", "DeadlineExceeded", "EpochMismatch", "Forbidden", "IdempotencyKeyReused",
    "InternalError", "InvalidCursor", "InvalidParams", "InvalidRequest", "InvalidTransition", "LeaseLost",
    "LogTruncated", "MethodNotFound", "NotFound", "ParseError", "ProtocolUnsupported", "ProviderError",
    "ProviderOffline", "ProviderTimeout", "QuotaExceeded", "RateLimited", "Reentrant", "RequestTooLarge",
    "ResponseTooLarge", "SessionRequired", "TooManyInFlight", "Unauthenticated", "Unavailable", "ValidationFailed",
    "VersionConflict", "Vetoed",
]


class CallRejected(OporaError):
    """The kernel said no. Subclasses tell the common reasons apart."""


class ParseError(CallRejected):
    """The body was not one JSON text."""

    word, number = "parse_error", -32700


class InvalidRequest(CallRejected):
    """The JSON was not a request."""

    word, number = "invalid_request", -32600


class MethodNotFound(CallRejected):
    """No method has this name."""

    word, number = "method_not_found", -32601


class InvalidParams(CallRejected):
    """A parameter is unknown, missing or wrong; `details` says which."""

    word, number = "invalid_params", -32602


class InternalError(CallRejected):
    """The kernel, or the plugin that was asked, failed."""

    word, number = "internal_error", -32603


class Unavailable(CallRejected):
    """The kernel starts, stops or is full; nothing was done."""

    word, number, may_succeed_later = "unavailable", -32000, True


class Unauthenticated(CallRejected):
    """The connection proved no identity that the kernel knows; or its key was revoked."""

    word, number = "unauthenticated", -32001


class Forbidden(CallRejected):
    """The identity may not do this."""

    word, number = "forbidden", -32002


class Reentrant(CallRejected):
    """A plugin that answers a hook may read, but change nothing."""

    word, number = "reentrant", -32002


class RateLimited(CallRejected):
    """Too many requests in a short time; `retry_after` says when to go on."""

    word, number, may_succeed_later = "rate_limited", -32003, True


class TooManyInFlight(CallRejected):
    """Too many requests under way on this connection."""

    word, number, may_succeed_later = "too_many_inflight", -32003, True


class RequestTooLarge(CallRejected):
    """The body is over the limit."""

    word, number = "request_too_large", -32004


class ResponseTooLarge(CallRejected):
    """The answer would be over the limit; ask for less."""

    word, number = "response_too_large", -32004


class DeadlineExceeded(CallRejected):
    """The deadline passed before the kernel took the request; nothing was done."""

    word, number, may_succeed_later = "deadline_exceeded", -32005, True


class Cancelled(CallRejected):
    """The caller cancelled it; nothing was done."""

    word, number = "cancelled", -32006


class ProtocolUnsupported(CallRejected):
    """The kernel speaks another major version; `data["supported"]` lists those that work."""

    word, number = "protocol_unsupported", -32007


class SessionRequired(CallRejected):
    """The connection has no session; a plugin greets the kernel first."""

    word, number, may_succeed_later = "session_required", -32008, True


class ProviderOffline(CallRejected):
    """No plugin that is connected answers this method."""

    word, number, may_succeed_later = "provider_offline", -32009, True


class ProviderError(CallRejected):
    """The plugin answered badly."""

    word, number = "provider_error", -32010


class ProviderTimeout(CallRejected):
    """The plugin did not answer in time."""

    word, number, may_succeed_later = "provider_timeout", -32011, True


class NotFound(CallRejected):
    """Nothing has this id."""

    word, number = "not_found", 1001


class AlreadyExists(CallRejected):
    """Something else has this unique value."""

    word, number = "already_exists", 1002


class VersionConflict(CallRejected):
    """The thing was changed meanwhile."""

    word, number = "version_conflict", 1003

    @property
    def current_version(self) -> int | None:
        """Its version now."""
        found = self.data.get("current_version")
        return found if isinstance(found, int) else None


class ValidationFailed(CallRejected):
    """A rule of the desk does not allow it."""

    word, number = "validation_failed", 1004


class InvalidTransition(CallRejected):
    """A ticket can not go from `data["from"]` to `data["to"]`; `data["allowed"]` lists where it can."""

    word, number = "invalid_transition", 1005


class IdempotencyKeyReused(CallRejected):
    """The key was used for another request."""

    word, number = "idempotency_key_reused", 1006


class Vetoed(CallRejected):
    """A plugin's hook does not allow it."""

    word, number = "vetoed", 1008

    @property
    def plugin(self) -> str:
        """Which plugin."""
        return str(self.data.get("plugin", ""))

    @property
    def veto_code(self) -> str:
        """The plugin's word for it, for programs."""
        return str(self.data.get("veto_code", ""))

    @property
    def reason(self) -> str:
        """The plugin's reason, for people."""
        return str(self.data.get("reason", ""))


class InvalidCursor(CallRejected):
    """The cursor belongs to another list; begin again."""

    word, number = "invalid_cursor", 1009


class LogTruncated(CallRejected):
    """The log does not go back so far, or the consumer is lost; `data["first_seq"]` is where it begins."""

    word, number = "log_truncated", 1010


class EpochMismatch(CallRejected):
    """The history of the log changed, a backup was put back; begin anew."""

    word, number = "epoch_mismatch", 1011


class ConsumerNotFound(CallRejected):
    """No consumer has this name."""

    word, number = "consumer_not_found", 1012


class ConsumerBusy(CallRejected):
    """Another instance holds the lease: `data["holder"]`, `data["lease_until"]`."""

    word, number, may_succeed_later = "consumer_busy", 1013, True


class LeaseLost(CallRejected):
    """The lease is over; what was fetched under it comes again."""

    word, number = "lease_lost", 1014


class ConsumerDiffers(CallRejected):
    """The consumer exists with other streams or types."""

    word, number = "consumer_differs", 1015


class AckOutOfRange(CallRejected):
    """The position was not delivered under this lease."""

    word, number = "ack_out_of_range", 1016


class QuotaExceeded(CallRejected):
    """A limit of the desk is reached."""

    word, number = "quota_exceeded", 1017


class CalendarExhausted(CallRejected):
    """The calendar has too little working time within 5 years."""

    word, number = "calendar_exhausted", 1018


def _subclasses(base: type[OporaError]) -> dict[str, type[OporaError]]:
    return {kind.word: kind for kind in base.__subclasses__() if kind.word}


#: The class of each word on the wire.
BY_WORD: dict[str, type[OporaError]] = _subclasses(CallRejected)


def rejection(error: object) -> OporaError:
    """The error of an answer."""
    member = error if isinstance(error, dict) else {}
    data = member.get("data")
    data = data if isinstance(data, dict) else {}
    code = member.get("code")
    word = data.get("code")
    word = word if isinstance(word, str) else "unknown"
    retryable = data.get("retryable")
    return BY_WORD.get(word, CallRejected)(
        str(member.get("message", "")), code=code if isinstance(code, int) else 0, data_code=word,
        retryable=retryable if isinstance(retryable, bool) else False, data=data)


