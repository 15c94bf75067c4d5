"""Why a call gave no result: one class for each error that programs tell apart."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

__all__ = [
    "Closed", "Interrupted", "Misconfigured", "NoAnswer", "NoKernel", "NotReached", "OporaError", "Refused",
    "Unreachable",
]


class OporaError(Exception):
    """The base of all errors of this package.

    `data_code` is what programs switch on. `retryable` says whether the same request, with the same idempotency key, may
    succeed later. `code` is the number of JSON-RPC; 0 where the kernel was not reached.
    """

    #: The word of the class; the base class takes it from the answer.
    word: ClassVar[str] = ""
    number: ClassVar[int] = 0
    may_succeed_later: ClassVar[bool] = False

    def __init__(
        self, message: str = "", *, code: int | None = None, data_code: str | None = None, retryable: bool | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = self.number if code is None else code
        self.data_code = data_code or self.word
        self.retryable = self.may_succeed_later if retryable is None else retryable
        self.data: dict[str, Any] = dict(data or {})

    def __str__(self) -> str:
        return f"{self.data_code}: {self.message}" if self.data_code else self.message

    @property
    def retry_after(self) -> float | None:
        """Seconds after which the kernel suggests to try again."""
        wait = self.data.get("retry_after_ms")
        return wait / 1000 if isinstance(wait, int | float) and not isinstance(wait, bool) else None

    @property
    def details(self) -> list[dict[str, Any]]:
        """What is wrong where: `path`, `rule`, `message`."""
        found = self.data.get("details")
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    @property
    def request_id(self) -> str | None:
        """Under which name the kernel's log says more."""
        found = self.data.get("request_id")
        return found if isinstance(found, str) else None


class NotReached(OporaError):
    """The base of errors where the kernel gave no answer at all."""


class NoKernel(NotReached):
    """There is no `kernel.json` in the runtime folder: no kernel runs there."""

    word, may_succeed_later = "no_kernel", True


class Unreachable(NotReached):
    """`kernel.json` is there, but nobody listens where it points."""

    word, may_succeed_later = "unreachable", True


class Interrupted(NotReached):
    """The connection ended while the call was under way; whether it was done is unknown. Repeat it with the same key."""

    word, may_succeed_later = "interrupted", True


class NoAnswer(NotReached):
    """Nothing came back in time; whether it was done is unknown. Repeat it with the same key."""

    word, may_succeed_later = "no_answer", True


class Refused(NotReached):
    """The kernel lets this process in under no name: wrong key, unknown uid, or another kernel's key."""

    word = "refused"


class Misconfigured(NotReached):
    """What was given to find the kernel can't be used: a key file without keys, a damaged `kernel.json`."""

    word = "misconfigured"


class Closed(NotReached):
    """The client, consumer or tail was closed by this process itself."""

    word = "closed"
