"""The reference for people, in Markdown: a written head from `pages/`, then what the schemas say."""
import pathlib

import jsontext
from describe import SHAPES, Describer, cell
from openrpc import CALLED

HEADS = pathlib.Path(__file__).resolve().parent / "pages"
#: The sections of the page of methods: the first word of the methods' names, and their heading.
SECTIONS = {
    "ticket": "Tickets", "message": "Messages", "user": "Users", "organization": "Organizations", "group": "Groups",
    "attachment": "Attachments", "view": "Views", "macro": "Macros", "status": "Statuses and fields", "field": "Statuses and fields",
    "role": "Roles and rights", "agent": "Agents", "person": "Persons", "audit": "Audit", "search": "Search", "sla": "SLA",
    "policy": "Policies", "calendar": "Calendars", "feedback": "Feedback", "import": "Import", "events": "The log",
    "log": "The log", "event": "The log", "consumer": "Durable consumers", "session": "Sessions", "auth": "Identity and keys",
    "key": "Identity and keys", "kernel": "The kernel", "rpc": "The kernel", "ping": "The kernel",
}
KINDS = {
    "command": "Command: changes something, takes `idempotency_key`.", "query": "Query: changes nothing.",
    "session": "Answered at once by the connection itself.", "notification": "Notification: sent without id, never answered.",
    "to-peer": "Sent by the kernel to a plugin.",
}
#: A sample of up to so many characters stands on one line.
SAMPLE_WIDTH = 110
#: So many methods are listed beside an error; more say so themselves.
FEW = 12


def head(name, **words):
    text = (HEADS / f"{name}.md").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace("{{" + word + "}}", value)
    return text.rstrip() + "\n"


def sample(value):
    line = jsontext.on_one_line(value)
    return f"```json\n{line if len(line) <= SAMPLE_WIDTH else jsontext.pretty(value)}\n```\n"


def without_meta(schema):
    """A schema without `_meta`, which is told of once."""
    return {**schema, "properties": {name: one for name, one in schema.get("properties", {}).items() if name != "_meta"}}


def anchor(title):
    """The anchor that a heading gets where Markdown is shown."""
    return "".join(sign for sign in title.lower() if sign.isalnum() or sign in "-_")


class Pages:
    """Makes the pages from a library."""

    def __init__(self, library, version):
        self.library = library
        self.version = version
        self.describer = Describer(library)

    def all(self):
        """The text of each page by its name."""
        return {
            "README.md": self.readme(), "methods.md": self.methods(), "events.md": self.events(), "errors.md": self.errors(),
            "hooks.md": self.hooks(),
        }

    def sections(self):
        """The methods that a client calls by heading, in the order of SECTIONS; those of other nouns at the end."""
        called = {title: file for title, file in sorted(self.library.methods.items()) if file["x-kind"] in CALLED}
        others = {title.split(".")[0]: title.split(".")[0].capitalize() for title in called}
        found = {heading: [] for heading in (SECTIONS | others | SECTIONS).values()}
        for noun, heading in (SECTIONS | others | SECTIONS).items():
            found[heading] += [(title, file) for title, file in called.items() if title.split(".")[0] == noun]
        return {heading: methods for heading, methods in found.items() if methods}

    def readme(self):
        lines = [head("README", version=self.version), "## All methods\n"]
        for heading, methods in self.sections().items():
            names = [f"[`{title}`](methods.md#{anchor(title)})" for title, _ in methods]
            lines.append(f"- **{heading}**: {', '.join(names)}")
        lines.append("\n## All events\n")
        streams = {}
        for title in self.library.events:
            streams.setdefault(title.split(".")[0], []).append(f"[`{title}`](events.md#{anchor(title)})")
        lines += [f"- **{stream}**: {', '.join(names)}" for stream, names in streams.items()]
        return "\n".join(lines) + "\n"

    def methods(self):
        parts = [head("methods")]
        for heading, methods in self.sections().items():
            parts.append(f"## {heading}\n")
            parts += [self.method(title, file) for title, file in methods]
        for kind, heading in (("notification", "Notifications"), ("to-peer", "What the kernel sends to plugins")):
            parts.append(f"## {heading}\n")
            found = sorted(self.library.methods.items())
            parts += [self.method(title, file) for title, file in found if file["x-kind"] == kind]
        parts.append("## Shapes\n")
        parts += [self.shape(name) for name in SHAPES]
        return "\n".join(parts)

    def method(self, title, file):
        path = self.library.path("methods", title)
        kind = KINDS[file["x-kind"]]
        if file.get("x-experimental"):
            kind += " Experimental: it may still change."
        lines = [f"### {title}\n", file["description"] + "\n", kind + "\n"]
        lines += self._params(file, path)
        if "result" in file:
            lines += self._result(file, path)
        if file.get("x-hook"):
            lines.append(f"Plugins may be asked before: [`{file['x-hook']}`](hooks.md#{anchor(file['x-hook'])}).\n")
        if file.get("x-events"):
            lines.append("Records " + ", ".join(self._event_link(name) for name in file["x-events"]) + ".\n")
        if file.get("x-errors"):
            lines.append("Errors: " + ", ".join(f"[`{code}`](errors.md#{code})" for code in file["x-errors"]) + ".\n")
        lines += [self._example(entry) for entry in file["examples"]]
        return "\n".join(lines)

    def _params(self, file, path):
        table = self.describer.table(without_meta(file["params"]), path, "parameter")
        lines = [table] if table else ["It takes no parameters.\n"]
        choices = [" or ".join(f"`{name}`" for name in choice["required"]) for choice in file["params"].get("anyOf", [])]
        return lines + ([f"At least one of {', '.join(choices)}.\n"] if choices else [])

    def _result(self, file, path):
        found, inner, name = self.describer.target(file["result"], path)
        if "oneOf" in found:
            return self._choices(found, inner, "Answers one of:\n")
        table = self.describer.table(without_meta(found), inner, "result")
        return [table or (found.get("description") or "The result is empty.") + "\n"]

    def _choices(self, schema, path, lead):
        lines = [lead]
        for choice in schema["oneOf"]:
            members = [
                f"`{name}`" + (f": `\"{value['const']}\"`" if "const" in value else "")
                for name, value in choice["properties"].items()
            ]
            lines.append(f"- {', '.join(members)}. {choice.get('description', '')}")
        return lines + [""]

    def _event_link(self, name):
        return f"[`{name}`](events.md#{anchor(name)})" if name in self.library.events else f"`{name}`"

    def _example(self, entry):
        lines = [f"Example: {entry['name']}.\n", sample(entry["params"])]
        if "result" in entry:
            lines += ["It is answered with\n", sample(entry["result"])]
        return "\n".join(lines)

    def shape(self, name):
        path = next(path for path in self.library.files if path in (f"common/{name}.json", f"{name}.json"))
        file = self.library.files[path]
        lines = [f"### Shape {name}\n", file["description"] + "\n"]
        table = self.describer.table(file, path)
        if table:
            lines.append(table)
        elif "oneOf" in file:
            lines += self._choices(file, path, "One of:\n")
        return "\n".join(lines)

    def events(self):
        parts = [head("events"), "## The envelope\n", self.describer.table({"$ref": "event.json"}, "common/event.json")]
        stream = None
        for title, file in self.library.events.items():
            if title.split(".")[0] != stream:
                stream = title.split(".")[0]
                parts.append(f"## Stream {stream}\n")
            path = self.library.path("events", title)
            parts += [
                f"### {title}\n", f"{file['description']} Subject `{file['x-subject']}`..., type `opora.{title}.v1`.\n",
                self.describer.table(file["data"], path, "data"), *map(sample, file["examples"]),
            ]
        parts.append("## Control messages\n")
        for title, file in self.library.control.items():
            parts += [f"### {title}\n", file["description"] + "\n"]
            if "data" in file:
                path = self.library.path("control", title)
                parts += [self.describer.table(file["data"], path), sample(file["examples"][0])]
        return "\n".join(parts)

    def errors(self):
        lines = [head("errors"), "| number | `data.code` | again? | from | meaning | in `data` besides |", "|---" * 6 + "|"]
        for error in self.library.errors:
            data = "; ".join(f"`{name}`: {text}" for name, text in error.get("data", {}).items())
            code, again = error["data_code"], "yes" if error["retryable"] else ""
            who = "any method" if error["scope"] == "any" else "some"
            word = f'<a id="{code}"></a>`{code}`'
            lines.append(f"| {error['code']} | {word} | {again} | {who} | {cell(error['meaning'])} | {cell(data)} |")
        lines.append("\n## Who answers what\n")
        for error in self.library.errors:
            if error["scope"] == "method":
                names = [
                    f"[`{title}`](methods.md#{anchor(title)})" for title, file in sorted(self.library.methods.items())
                    if error["data_code"] in file.get("x-errors", [])
                ]
                shown = ", ".join(names) if len(names) <= FEW else f"{len(names)} methods; each names its errors"
                lines.append(f"- `{error['data_code']}`: {shown or 'methods of plugins'}")
        return "\n".join(lines) + "\n"

    def hooks(self):
        parts = [head("hooks")]
        for title, file in self.library.hooks.items():
            path = self.library.path("hooks", title)
            called = ", ".join(f"[`{name}`](methods.md#{anchor(name)})" for name in file["x-methods"])
            patch = file["result"]["oneOf"][1]["properties"]["patch"].get("properties", {})
            parts += [
                f"## {title}\n", f"{file['description']} Asked by {called}.\n",
                self.describer.table(file["params"], path, "parameter"),
                "A patch may hold " + ", ".join(f"`{name}`" for name in patch) + ": those that the method takes.\n",
                *(self._example(entry) for entry in file["examples"]),
            ]
        return "\n".join(parts)
