"""The types of events: what their data holds, and a constant for each."""
from __future__ import annotations

import re

from .naming import camel, comment, constant
from .schemas import Library
from .types import Types

_HEAD = '''"""Made from the schemas by generate.py: do not edit.

A constant for each type of event: `if TICKET_CREATED.matches(event): event.data["priority"]`.
"""
from __future__ import annotations

from ._event import EventType
from .types import (
{names}
)

'''


def events(library: Library, types: Types) -> str:
    """The module."""
    body = ""
    for node in library.folder("events"):
        title = node.schema["title"]
        data = types.of(node.at(node.schema["data"]), camel(title) + "Data", f"The data of `{title}`.")
        body += comment(node.schema["description"], "")
        body += f'{constant(title)} = EventType[{data}]("{title}")\n'
    used = set(re.findall(r"EventType\[(\w+)\]", body))
    names = "\n".join(f"    {name}," for name in sorted(types.names) if name in used)
    return _HEAD.replace("{names}", names) + body
