"""Names of Python from names of the protocol."""
from __future__ import annotations

import keyword
import re
import textwrap


def camel(name: str) -> str:
    """`ticket.set_priority` becomes `TicketSetPriority`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name) if part)


def constant(name: str) -> str:
    """`ticket.status_changed` becomes `TICKET_STATUS_CHANGED`."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name).upper()


def identifier(name: str) -> str:
    """A name that may stand in Python: `import` becomes `import_`."""
    return name + "_" if keyword.iskeyword(name) else name


def is_plain(name: str) -> bool:
    """Can be a member of a class."""
    return name.isidentifier() and not keyword.iskeyword(name)


def docstring(text: str, indent: str) -> str:
    """A docstring of whole lines of at most 120 columns."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = textwrap.wrap(text, 120 - len(indent)) or [""]
    if len(lines) == 1 and not text.endswith('"'):
        return f'{indent}"""{lines[0]}"""\n'
    return f'{indent}"""{lines[0]}\n' + "".join(f"{indent}{line}\n" for line in lines[1:]) + f'{indent}"""\n'


def comment(text: str, indent: str) -> str:
    """A comment of whole lines of at most 120 columns."""
    return "".join(f"{indent}#: {line}\n" for line in textwrap.wrap(text, 117 - len(indent)))
