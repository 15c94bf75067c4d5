"""What the typed methods are made of."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final


class Unset(enum.Enum):
    """The type of a parameter that was left out; None says that there shall be nothing."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET


@dataclass(frozen=True)
class MethodInfo:
    """What a method is and takes."""

    #: `command`, `query` or `session`.
    kind: str
    params: tuple[str, ...]
    required: tuple[str, ...]


def given(**params: Any) -> dict[str, Any]:
    """The parameters that were not left out."""
    return {name: value for name, value in params.items() if value is not UNSET}
