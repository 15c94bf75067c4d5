"""Schemas in words for people: what type a value has, what it means, in tables."""
from library import component_name, resolve

#: Shapes with a section of their own, by component name. Everything else is told where it is used.
SHAPES = (
    "ticket", "target", "message", "user", "organization", "group", "calendar", "calendar-inline", "policy", "targets",
    "conditions", "feedback", "consumer", "delivery", "log-item", "event", "parked", "place", "identity", "key", "session",
    "import-item", "fields", "included", "manifest", "meta", "result-meta",
)
#: What a value is called whose form has a definition of its own.
NAMES = {
    "times.instant": "time", "times.given": "time", "times.date": "day", "texts.name": "name", "texts.line": "line",
    "texts.body": "text", "texts.email": "e-mail address", "texts.zone": "time zone", "texts.actor": "actor",
    "texts.subject": "subject", "texts.plugin_method": "name of a plugin's method",
    "texts.plugin_event": "type of a plugin's event",
    "words.event_name": "name of an event", "numbers.seq": "seq", "numbers.milliseconds": "milliseconds",
    "key.fingerprint": "fingerprint", "page.cursor": "cursor", "page.next_cursor": "cursor", "page.as_of_seq": "seq",
    "fields.given": "[fields](methods.md#shape-fields)",
}


def cell(text):
    """Text that can stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


class Describer:
    """Reads schemas of a library."""

    def __init__(self, library):
        self.library = library

    def target(self, schema, path):
        """What a reference leads to: the schema, where it stands, and the component's name; itself where there is none."""
        if "$ref" not in schema:
            return schema, path, None
        found, file, pointer = self.library.look_up(schema["$ref"], path)
        return found, file, component_name(*resolve(schema["$ref"], path))

    def type(self, schema, path):
        """What kind of value it is, in a few words."""
        found, file, name = self.target(schema, path)
        if name in SHAPES:
            return f"[{name}](methods.md#shape-{name})"
        if name:
            base, nothing = name.removesuffix("_or_null"), " or null" if name.endswith("_or_null") else ""
            if base.startswith("ids."):
                return f"{base[4:]} id{nothing}"
            if base in NAMES:
                return NAMES[base] + (nothing or (" or null" if base == "page.next_cursor" else ""))
        return self._plain(found, file)

    def _plain(self, schema, path):
        if "const" in schema:
            return f"`{str(schema['const']).lower() if isinstance(schema['const'], bool) else schema['const']}`"
        if "anyOf" in schema:
            return " or ".join(dict.fromkeys(self.type(one, path) for one in schema["anyOf"]))
        types = schema.get("type", "word" if "enum" in schema else "any")
        types = types if isinstance(types, list) else [types]
        return " or ".join(self._one(kind, schema, path) for kind in types)

    def _one(self, kind, schema, path):
        if kind == "array":
            return f"array of {self.type(schema['items'], path)}" if "items" in schema else "array"
        if kind == "string" and "enum" in schema:
            return "word"
        if kind in ("integer", "number"):
            return self._number(kind, schema)
        return "true or false" if kind == "boolean" else kind

    @staticmethod
    def _number(kind, schema):
        low, high = schema.get("minimum"), schema.get("maximum")
        high = None if high is None or high >= 2**53 - 1 else high
        if low is not None and high is not None:
            return f"{kind} from {low:,} to {high:,}"
        return f"{kind} from {low:,}" if low else kind

    def meaning(self, schema, path):
        """What the value means, which words it may be, and what holds where it is left out."""
        found, file, name = self.target(schema, path)
        # What the type says already is not said again.
        told = name and (name in SHAPES or name.startswith("ids.") or name in NAMES)
        text = schema.get("description") or ("" if told else found.get("description", ""))
        words = self.words(schema, path)
        parts = [text] if text else []
        if words:
            parts.append("One of " + ", ".join(f"`{word}`" for word in words) + ".")
        default = schema.get("default", found.get("default"))
        if default is not None and default not in ([],):
            shown = ", ".join(str(item) for item in default) if isinstance(default, list) else str(default)
            parts.append(f"Default: `{shown.lower() if isinstance(default, bool) else shown}`.")
        return " ".join(parts)

    def words(self, schema, path):
        """The words of a closed list, also of the items of an array and of the first choice of several."""
        found, file, name = self.target(schema, path)
        if name in SHAPES:
            return []
        if "enum" in found:
            return [word for word in found["enum"] if isinstance(word, str)]
        if "items" in found:
            return self.words(found["items"], file)
        return self.words(found["anyOf"][0], file) if "anyOf" in found else []

    def rows(self, schema, path, prefix=""):
        """Name, type, whether it is required, and meaning of each member, with the members of objects within."""
        found, file, _ = self.target(schema, path)
        required = found.get("required", [])
        for name, value in found.get("properties", {}).items():
            yield f"{prefix}{name}", self.type(value, file), name in required, self.meaning(value, file)
            yield from self._within(value, file, f"{prefix}{name}")

    def _within(self, value, path, name):
        found, file, component = self.target(value, path)
        if component in SHAPES:
            return
        if "properties" in found:
            yield from self.rows(found, file, f"{name}.")
        elif "items" in found:
            yield from self._within(found["items"], file, f"{name}[]")

    def table(self, schema, path, head="member"):
        """The members as a table in Markdown; empty where there are none."""
        rows = list(self.rows(schema, path))
        if not rows:
            return ""
        lines = [f"| {head} | type | | meaning |", "|---|---|---|---|"]
        for name, kind, required, meaning in rows:
            needed = "" if required else "optional"
            lines.append(f"| `{name}` | {cell(kind)} | {needed} | {cell(meaning)} |")
        return "\n".join(lines) + "\n"
