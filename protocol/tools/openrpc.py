"""The methods as an OpenRPC document."""
VERSION = "1.2.6"
PREFIX = "#/components/schemas/"
#: What travels with a method from its schema file.
CARRIED = ("x-kind", "x-since", "x-experimental", "x-hook", "x-events", "x-errors")
#: Kinds of methods that a client calls and that are answered.
CALLED = ("command", "query", "session")


def first_sentence(text):
    """What stands before the first full stop that ends a sentence."""
    head, stop, _ = text.partition(". ")
    return head + "." if stop else text


def descriptor(name, schema, required):
    found = {"name": name, "required": required, "schema": schema}
    if "description" in schema:
        found["description"] = schema["description"]
    return found


def method(library, title, components, with_examples):
    """A method as OpenRPC describes it; what it refers to is added to the components."""
    file = library.methods[title]
    path = library.path("methods", title)
    params, needed = library.standalone(file["params"], path, PREFIX)
    components.update(needed)
    result, needed = library.standalone(file["result"], path, PREFIX)
    components.update(needed)
    required = params.get("required", [])
    found = {
        "name": title, "summary": first_sentence(file["description"]), "description": file["description"],
        "paramStructure": "by-name",
        "params": [descriptor(name, schema, name in required) for name, schema in params["properties"].items()],
        "result": {"name": "result", "schema": result},
    }
    if found["summary"] == found["description"]:
        del found["description"]
    # Rules over several parameters have no place in a list of parameters.
    over_all = {key: value for key, value in params.items() if key in ("anyOf", "oneOf", "allOf")}
    if over_all:
        found["x-params"] = over_all
    found.update({key: file[key] for key in CARRIED if key in file})
    if with_examples:
        found["examples"] = [example(entry) for entry in file["examples"]]
    return found


def example(entry):
    return {
        "name": entry["name"], "params": [{"name": name, "value": value} for name, value in entry["params"].items()],
        "result": {"name": "result", "value": entry["result"]},
    }


def document(library, version, with_examples=True):
    """The whole document. Notifications and what the kernel asks of peers stand beside the methods."""
    components = {}
    methods = [
        method(library, title, components, with_examples)
        for title, file in sorted(library.methods.items()) if file["x-kind"] in CALLED
    ]
    others = {"notification": [], "to-peer": []}
    for title, file in sorted(library.methods.items()):
        if file["x-kind"] not in others:
            continue
        found = {"name": title, "description": file["description"]}
        for part in ("params", "result"):
            if part in file:
                found[part], needed = library.standalone(file[part], library.path("methods", title), PREFIX)
                components.update(needed)
        found.update({key: file[key] for key in CARRIED if key in file})
        others[file["x-kind"]].append(found)
    return {
        "openrpc": VERSION,
        "info": {
            "title": "opora", "version": version,
            "description": "JSON-RPC 2.0 over ZeroMQ: the methods of the help-desk kernel oporad. Made by tools/generate.py.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "methods": methods, "components": {"schemas": dict(sorted(components.items()))},
        "x-notifications": others["notification"], "x-to-peer": others["to-peer"],
        "x-general-errors": library.general_errors(),
    }
