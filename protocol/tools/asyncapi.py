"""The bus as an AsyncAPI document, and a writer of YAML for it."""
import json
import re

PREFIX = "#/components/schemas/"
FRAMES = ["topic", "header", "body"]
HEADER = (
    "32 bytes, big-endian: magic OP (2), version 1 (1), flags (1: bit 0 control message, bit 1 sent again), epoch (4), "
    "seq (8), prev (8), microseconds since 1970 UTC at which it was recorded (8)"
)
PLAIN = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$/ .{}()'-]*")
#: What YAML readers take for something else than text.
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"}


def scalar(value):
    """What fits on a line; JSON is YAML too."""
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in WORDS and value.strip() == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def yaml(value, depth=0):
    """A value as block YAML, without an end of line."""
    indent = "  " * depth
    if isinstance(value, dict) and value:
        return "\n".join(indent + scalar(name) + ":" + member(item, depth) for name, item in value.items())
    if isinstance(value, list) and value:
        return "\n".join(indent + "-" + member(item, depth).replace("\n" + indent + "  ", " ", 1) for item in value)
    return indent + scalar(value)


def member(value, depth):
    """What stands after a name or a dash: on the same line, or indented below."""
    if isinstance(value, (dict, list)) and value:
        return "\n" + yaml(value, depth + 1)
    return " " + yaml(value)


def zmq(frames, subscribe=None):
    found = {"socket": "XPUB", "peer": "SUB", "frames": frames}
    if subscribe:
        found["subscribe"] = subscribe
    if len(frames) == 3:
        found["header"] = HEADER
    return found


def event_message(library, title, file, components):
    path = library.path("events", title)
    data, needed = library.standalone(file["data"], path, PREFIX)
    components.update(needed)
    envelope, needed = library.standalone({"$ref": "../common/event.json"}, path, PREFIX)
    components.update(needed)
    return {
        "name": title, "title": title, "summary": file["description"], "contentType": "application/cloudevents+json",
        "schemaFormat": "application/schema+json;version=draft-07",
        "payload": {
            "allOf": [
                envelope,
                {"type": "object", "properties": {"type": {"const": f"opora.{title}.v1"}, "data": data}},
            ],
        },
        "examples": [{"name": "recorded", "payload": payload} for payload in file["examples"]],
        "x-since": file["x-since"], "x-subject": file["x-subject"],
    }


def event_channel(library, title, file, components):
    return {
        "description": file["description"],
        "parameters": {
            "entity": {"description": f"What it is about; the subject is {file['x-subject']}...", "schema": {"type": "string"}},
        },
        "subscribe": {"operationId": title, "message": event_message(library, title, file, components)},
        "x-zmq": zmq(FRAMES, f"{title}/"),
    }


def plugin_channel(library, components):
    envelope, needed = library.standalone({"$ref": "common/event.json"}, "manifest.json", PREFIX)
    components.update(needed)
    words = {"plugin": "The identity of the plugin.", "event": "The event.", "entity": "What it is about."}
    return {
        "description": "An event of a plugin, declared in its manifest and published with event.publish.",
        "parameters": {name: {"description": text, "schema": {"type": "string"}} for name, text in words.items()},
        "subscribe": {
            "operationId": "x", "message": {
                "name": "x", "title": "Event of a plugin", "contentType": "application/cloudevents+json",
                "schemaFormat": "application/schema+json;version=draft-07", "payload": envelope,
            },
        },
        "x-zmq": zmq(FRAMES, "x."),
    }


def control_channel(library, title, file, components):
    frames = FRAMES if "data" in file else ["topic"]
    message = {"name": title, "title": title, "summary": file["description"]}
    if "data" in file:
        payload, needed = library.standalone(file["data"], library.path("control", title), PREFIX)
        components.update(needed)
        message |= {
            "contentType": "application/json", "schemaFormat": "application/schema+json;version=draft-07", "payload": payload,
            "examples": [{"name": "sent", "payload": value} for value in file["examples"]],
        }
    return {
        "description": file["description"], "subscribe": {"operationId": title, "message": message},
        "x-zmq": zmq(frames, title),
    }


def document(library, version):
    components, channels = {}, {}
    for title, file in library.events.items():
        channels[f"{title}/{{entity}}"] = event_channel(library, title, file, components)
    channels["x.{plugin}.{event}/{entity}"] = plugin_channel(library, components)
    for title, file in library.control.items():
        channels[title] = control_channel(library, title, file, components)
    return {
        "asyncapi": "2.6.0",
        "info": {
            "title": "opora events", "version": version,
            "description": "What the help-desk kernel oporad publishes over ZeroMQ. Made by tools/generate.py.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "local": {
                "url": "ipc:///run/opora/events.sock", "protocol": "zmq",
                "description": "The endpoints of a running kernel stand in kernel.json in its runtime folder.",
            },
        },
        "channels": channels, "components": {"schemas": dict(sorted(components.items()))},
    }


def text(library, version):
    return "# Generated by protocol/tools/generate.py.\n" + yaml(document(library, version)) + "\n"
