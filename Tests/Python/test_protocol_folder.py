"""The folder `protocol`: schemas are schemas, examples fit, what is made from them is current, and promises are kept."""
import copy
import json
import re
import shutil
import subprocess
import sys

import jsonschema
import pytest
import yaml

from conftest import ROOT, until

PROTOCOL = ROOT / "protocol"
sys.path.insert(0, str(PROTOCOL / "tools"))

import asyncapi  # noqa: E402
import compat  # noqa: E402
import generate  # noqa: E402
import jsontext  # noqa: E402
import openrpc  # noqa: E402
import registry  # noqa: E402
import swift_source  # noqa: E402
from library import BASE, Library, references  # noqa: E402
from validators import Validators  # noqa: E402

LIBRARY = Library()
VALIDATORS = Validators(LIBRARY)
PARTS = ("params", "result", "data")


def validator(path, part):
    """The reference implementation's validator for a part of a file."""
    schema = LIBRARY.files[path] if part is None else LIBRARY.files[path][part]
    return jsonschema.Draft7Validator(LIBRARY.bundle(schema, path))


@pytest.mark.parametrize("path", LIBRARY.files)
def test_every_schema_is_draft_07_and_leads_somewhere(path):
    file = LIBRARY.files[path]
    assert file["$schema"] == "http://json-schema.org/draft-07/schema#" and file["$id"] == BASE + path
    assert file["title"] and file["description"]
    for part in (None, *PARTS):
        schema = file if part is None else file.get(part, {})
        jsonschema.Draft7Validator.check_schema(schema)
        for holder in references(schema):
            assert LIBRARY.look_up(holder["$ref"], path)
    text = (PROTOCOL / "schemas" / path).read_text()
    assert text == jsontext.file_text(file), f"{path} is not laid out; run tools/jsontext.py on it"


def examples():
    """Every example: the file, the part that it must fit, and the value."""
    for path, file in LIBRARY.files.items():
        for example in file.get("examples", []):
            if path.startswith("events/"):
                yield path, "data", example["data"]
                yield "common/event.json", None, example
            elif path.startswith("control/"):
                yield path, "data", example
            elif path.startswith(("methods/", "hooks/", "conformance/")):
                for part in ("params", "result"):
                    if part in example:
                        yield path, part, example[part]
            else:
                yield path, None, example


#: What can't be taken away: there `null` is not the same as leaving it out (0.9).
KEPT = {
    ("user.update", "name"), ("group.update", "name"), ("calendar.update", "zone"), ("macro.update", "name"), ("view.update", "name"),
}


@pytest.mark.parametrize("path", [path for path in LIBRARY.files if path.startswith("methods/")])
def test_null_is_the_same_as_leaving_a_parameter_out(path):
    file = LIBRARY.files[path]
    if file["x-kind"] not in ("command", "query", "session"):
        return
    params = file["params"]
    for name in set(params.get("properties", {})) - {*params.get("required", []), "_meta"}:
        bundle = LIBRARY.bundle(params["properties"][name], path)
        allows = jsonschema.Draft7Validator(bundle).is_valid(None)
        assert allows != ((file["title"], name) in KEPT), f"/{name}"


def test_every_example_fits_by_two_validators():
    count = 0
    for path, part, value in examples():
        faults = [error.message for error in validator(path, part).iter_errors(value)]
        assert faults == [], (path, part)
        assert VALIDATORS.check(path, part, value) is None, (path, part)
        count += 1
    assert count > 180


@pytest.mark.parametrize("path", [path for path in LIBRARY.files if path.startswith(("methods/", "events/", "hooks/"))])
def test_every_method_event_and_hook_has_an_example(path):
    file = LIBRARY.files[path]
    assert file["examples"]
    for example in file["examples"]:
        if path.startswith("methods/"):
            assert ("result" in example) == ("result" in file)
        if path.startswith("events/"):
            assert example["type"] == f"opora.{file['title']}.v1" and example["subject"].startswith(file["x-subject"])
        if path.startswith("hooks/"):
            assert VALIDATORS.check("methods/hook.call.json", "params", example["params"]) is None
            assert VALIDATORS.check("methods/hook.call.json", "result", example["result"]) is None


@pytest.mark.parametrize("title", LIBRARY.methods)
def test_methods_say_what_they_are(title):
    file = LIBRARY.methods[title]
    assert file["x-kind"] in ("command", "query", "session", "notification", "to-peer")
    known = {error["data_code"]: error for error in LIBRARY.errors}
    for code in file.get("x-errors", []):
        assert known[code]["scope"] == "method", f"{code} may be answered by any method; it need not be named"
    if file["x-kind"] in openrpc.CALLED:
        assert file["params"]["additionalProperties"] is False and "_meta" in file["params"]["properties"]
        assert "additionalProperties" not in file["result"]
    if file["x-kind"] == "command":
        assert {"idempotency_key_reused", "reentrant"} <= set(file["x-errors"]) and "_meta" in file["result"]["properties"]
        for name in file["x-events"]:
            assert name in LIBRARY.events or name.startswith("x.") or name.endswith(".*")
    if "x-hook" in file:
        assert title in LIBRARY.hooks[file["x-hook"]]["x-methods"] and "vetoed" in file["x-errors"]
    for name, schema in file["params"].get("properties", {}).items():
        assert "$ref" in schema or "description" in schema, f"{name} is not described"


def swift(path):
    return (ROOT / path).read_text()


def test_every_method_event_error_and_hook_point_of_the_kernel_has_a_schema():
    sources = "\n".join(file.read_text() for file in (ROOT / "Sources" / "OporaKernel").rglob("*.swift"))
    methods = set(re.findall(r'(?:Command|Query|Session)Method\(\s*"([a-z]+(?:\.[a-z_]+)?)"', sources))
    assert len(methods) > 50
    described = {title for title, file in LIBRARY.methods.items() if file["x-kind"] in openrpc.CALLED}
    assert methods == described
    streams = swift("Sources/OporaProtocol/Vocabulary/Streams.swift")
    assert set(re.findall(r'= "([a-z]+\.[a-z_]+)"', streams)) == set(LIBRARY.events)
    codes = swift("Sources/OporaProtocol/Wire/ErrorCode.swift").partition("public var number")[0]
    words = {given or word for word, given in re.findall(r'case (\w+)(?: = "(\w+)")?$', codes, re.M)}
    assert words == {error["data_code"] for error in LIBRARY.errors}
    points = jsontext.load(PROTOCOL / "schemas/common/words.json")["definitions"]["hook_point"]["enum"]
    assert set(points) == set(LIBRARY.hooks)


def test_registries_hold_what_the_schemas_say():
    wanted = registry.wanted(LIBRARY)
    for name, rows in wanted.items():
        path = PROTOCOL / "registry" / name
        assert sorted(registry.read(path)) == sorted(rows), name
        assert path.read_text().splitlines()[0].split(",") == registry.HEADS[name]
    errors = [(error["code"], error["data_code"]) for error in LIBRARY.errors]
    assert len(set(errors)) == len(errors) and len({word for _, word in errors}) == len(errors)
    reserved = {(name, kind) for name, kind, _ in registry.read(PROTOCOL / "registry" / registry.RESERVED)}
    assert ("1007", "error number") in reserved and not any(error["code"] == 1007 for error in LIBRARY.errors)


def test_generated_files_are_current():
    done = subprocess.run(
        [sys.executable, PROTOCOL / "tools" / "generate.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_stale_file_is_noticed(tmp_path):
    found = {tmp_path / "openrpc.json": "{}\n"}
    assert generate.stale(found) == [tmp_path / "openrpc.json"]
    (tmp_path / "openrpc.json").write_text("{}\n")
    assert generate.stale(found) == []


def test_openrpc_stands_alone():
    document = json.loads((PROTOCOL / "openrpc.json").read_text())
    shapes = document["components"]["schemas"]
    for holder in references(document):
        assert holder["$ref"].removeprefix(openrpc.PREFIX) in shapes
    for name, schema in shapes.items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        jsonschema.Draft7Validator.check_schema(schema)
    for method in document["methods"]:
        assert {"name", "params", "result"} <= set(method) and method["paramStructure"] == "by-name"
        assert len(method["name"]) and method["summary"].endswith(".")
        # A client that reads this document alone comes to the same verdict as one that reads the schemas.
        for example in method["examples"]:
            schema = {**method["result"]["schema"], "components": document["components"]}
            jsonschema.Draft7Validator(schema).validate(example["result"]["value"])


def test_the_kernel_is_built_with_these_descriptions():
    text = swift("Sources/OporaKernel/Generated/MethodDescriptions.swift")
    body = text.partition('#"""\n')[2].partition('"""#')[0]
    document = openrpc.document(LIBRARY, generate.VERSION, with_examples=False)
    assert json.loads(body) == {"methods": document["methods"], "components": document["components"]}
    assert swift_source.source(document) == text


def test_asyncapi_is_yaml_of_every_topic():
    document = yaml.safe_load((PROTOCOL / "asyncapi.yaml").read_text())
    assert document == asyncapi.document(LIBRARY, generate.VERSION)
    assert document["asyncapi"] == "2.6.0"
    topics = {f"{title}/{{entity}}" for title in LIBRARY.events} | set(LIBRARY.control) | {"x.{plugin}.{event}/{entity}"}
    assert set(document["channels"]) == topics
    for channel in document["channels"].values():
        assert channel["x-zmq"]["socket"] == "XPUB" and channel["x-zmq"]["frames"][0] == "topic"
    for holder in references(document):
        assert holder["$ref"].removeprefix(asyncapi.PREFIX) in document["components"]["schemas"]


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, "two", None, True, 2.5], "b": {}, "c": [], "d": {"e": [{"f": 1, "g": [[1], []]}]}},
        {"yes": "no", "x: y": "# no comment", "quote": '"', "line": "a\nb", "num": "12", "dash": "- a", "empty": "", "at": "@x"},
        [{"a": 1}, [], {"b": {"c": "Ж"}}],
    ])
def test_the_yaml_writer(value):
    assert yaml.safe_load(asyncapi.yaml(value)) == value


def pages():
    """All prose but the heads of the reference, whose links count where they end up, and what is frozen."""
    apart = {PROTOCOL / "tools" / "pages", PROTOCOL / "releases"}
    return sorted(page for page in PROTOCOL.rglob("*.md") if not apart & set(page.parents) and ".venv" not in page.parts)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(PROTOCOL).as_posix())
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        name, _, anchor = link.partition("#")
        if ":" in name:
            continue
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name} leads to {link}"
        if anchor:
            assert anchor in anchors(target.read_text()), f"{page.name} leads to {link}"


def anchors(text):
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    plain = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return plain | set(re.findall(r'<a id="([^"]+)"', text))


def test_the_reference_tells_of_everything():
    texts = {page.name: page.read_text() for page in (PROTOCOL / "reference").glob("*.md")}
    for title in LIBRARY.methods:
        assert f"\n### {title}\n" in texts["methods.md"]
    for title in [*LIBRARY.events, *LIBRARY.control]:
        assert f"\n### {title}\n" in texts["events.md"]
    for error in LIBRARY.errors:
        assert f"`{error['data_code']}`" in texts["errors.md"]
    for title in LIBRARY.hooks:
        assert f"\n## {title}\n" in texts["hooks.md"]


# What was promised.


def test_compatible_with_the_last_release():
    breaks, _ = compat.compare(compat.latest(), PROTOCOL)
    assert breaks == [], "\n".join(map(str, breaks))


@pytest.fixture
def copied(tmp_path):
    """A copy of what a release promises, and a way to change one of its files."""
    for name in compat.FROZEN:
        source = PROTOCOL / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, tmp_path / name)

    def change(path, edit):
        file = tmp_path / path
        content = jsontext.load(file)
        edit(content)
        file.write_text(jsontext.file_text(content))

    return tmp_path, change


def at(content, pointer):
    for part in pointer.split("/")[1:]:
        content = content[int(part) if isinstance(content, list) else part]
    return content


def put(pointer, value):
    """An edit that sets what a pointer names."""

    def edit(content):
        above, _, name = pointer.rpartition("/")
        at(content, above)[name] = value

    return edit


def drop(pointer):
    """An edit that takes away what a pointer names."""

    def edit(content):
        above, _, name = pointer.rpartition("/")
        holder = at(content, above)
        holder.remove(holder[int(name)]) if isinstance(holder, list) else holder.pop(name)

    return edit


def add(pointer, value):
    """An edit that adds to a list."""
    return lambda content: at(content, pointer).append(value)


CREATE, GET, FETCH = (f"schemas/methods/{name}.json" for name in ("ticket.create", "ticket.get", "consumer.fetch"))
TICKET, WORDS, NUMBERS = (f"schemas/common/{name}.json" for name in ("ticket", "words", "numbers"))
STATUS, PLACE = "schemas/events/ticket.status_changed.v1.json", "schemas/common/place.json"
STRING = {"type": "string", "description": "New."}


def error(code):
    return next(index for index, one in enumerate(LIBRARY.errors) if one["data_code"] == code)


BREAKS = {
    "a parameter is gone": (CREATE, drop("/params/properties/text")),
    "a parameter must be there": (CREATE, add("/params/required", "text")),
    "a parameter has another type": (CREATE, put("/params/properties/subject", {"type": "integer"})),
    "a parameter takes null no more": (FETCH, put("/params/properties/max/type", "integer")),
    "a limit is lower": (FETCH, put("/params/properties/max/maximum", 100)),
    "a limit is new": (FETCH, put("/params/properties/lease_token/minLength", 5)),
    "a limit of a common shape is lower": (NUMBERS, put("/definitions/limit/maximum", 100)),
    "a pattern is new": (FETCH, put("/params/properties/lease_token/pattern", "^a")),
    "a default is another": (FETCH, put("/params/properties/max/default", 50)),
    "a default beside a reference is another": (CREATE, put("/params/properties/priority/default", "low")),
    "a word is gone": (WORDS, drop("/definitions/priority/enum/0")),
    "a choice is gone": (PLACE, drop("/oneOf/2")),
    "a member of a result is gone": (GET, drop("/result/properties/ticket")),
    "a member of a shape is gone": (TICKET, drop("/properties/subject")),
    "a member of a result may be absent": (TICKET, drop("/required/0")),
    "a member of a result has another type": (TICKET, put("/properties/subject", {"type": ["string", "null"]})),
    "items have another type": (FETCH, put("/result/properties/events/items", {"type": "object"})),
    "a closed list in a result has another word": (
        "schemas/events/system.hook_failed.v1.json", add("/data/properties/policy/enum", "shut")),
    "a member of an event is gone": (STATUS, drop("/data/properties/before")),
    "a member of an event may be absent": (STATUS, drop("/data/required/1")),
    "an event is about something else": (STATUS, put("/x-subject", "user/U-")),
    "a command is a query": (CREATE, put("/x-kind", "query")),
    "a schema has another name": (GET, put("/$id", BASE + "methods/ticket.fetch.json")),
    "an error has another number": ("errors.json", put(f"/errors/{error('vetoed')}/code", 1007)),
    "an error may be tried again": ("errors.json", put(f"/errors/{error('vetoed')}/retryable", True)),
    "an error is gone": ("errors.json", drop(f"/errors/{error('vetoed')}")),
    "an error says less": ("errors.json", drop(f"/errors/{error('vetoed')}/data/plugin")),
    "a heartbeat says less": ("schemas/control/hb.json", drop("/data/properties/heads")),
    "a manifest must say more": ("schemas/manifest.json", add("/required", "version")),
    "a plugin's answer must say more": ("schemas/methods/method.call.json", put("/result/required", ["done"])),
    "what the kernel asks says less": ("schemas/methods/method.call.json", drop("/params/required/2")),
}
ADDITIONS = {
    "an optional parameter": (CREATE, put("/params/properties/planted", STRING)),
    "a member of a result": (TICKET, put("/properties/planted", STRING)),
    "a member that is always there": (
        TICKET, lambda file: (put("/properties/planted", STRING)(file), add("/required", "planted")(file))),
    "a member of an event": (STATUS, put("/data/properties/why", STRING)),
    "a wider limit of a parameter": (FETCH, put("/params/properties/max/maximum", 1000)),
    "a narrower limit of a result": (FETCH, put("/result/properties/lease_token/maxLength", 64)),
    "another type for a parameter": (FETCH, put("/params/properties/max/type", ["integer", "null", "string"])),
    "a parameter need not be there": (CREATE, drop("/params/required/0")),
    "a word in an open list": (WORDS, add("/definitions/author_kind/enum", "model")),
    "another choice of a place": (PLACE, add("/oneOf", {"type": "object", "required": ["before_seq"]})),
    "an error": ("errors.json", add("/errors", {**LIBRARY.errors[-1], "code": 1019, "data_code": "brand_new"})),
    "more in an error": ("errors.json", put(f"/errors/{error('not_found')}/data", {"kind": "k", "id": "i", "near": "n"})),
    "a change of what is experimental": ("schemas/hooks/ticket.before_create.json", drop("/params/properties/via")),
    "another description": (GET, put("/description", "A ticket, whole.")),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_planted_break_is_found(copied, name):
    folder, change = copied
    path, edit = BREAKS[name]
    change(path, edit)
    breaks, _ = compat.compare(PROTOCOL, folder)
    assert breaks, name
    assert any(one.place.file == path.removeprefix("schemas/") for one in breaks), [str(one) for one in breaks]


@pytest.mark.parametrize("name", ADDITIONS)
def test_a_planted_addition_passes(copied, name):
    folder, change = copied
    path, edit = ADDITIONS[name]
    change(path, edit)
    breaks, _ = compat.compare(PROTOCOL, folder)
    assert breaks == [], [str(one) for one in breaks]


@pytest.mark.parametrize("path", ["methods/ticket.get.json", "events/ticket.created.v1.json", "control/hb.json"])
def test_a_file_that_is_gone_is_found(copied, path):
    folder, _ = copied
    (folder / "schemas" / path).unlink()
    assert [str(one) for one in compat.compare(PROTOCOL, folder)[0]] == [f"{path}#: the file is gone"]


def test_a_definition_that_is_gone_is_found(copied):
    folder, change = copied
    change(WORDS, put("/definitions/mood", STRING))
    breaks, _ = compat.compare(folder, PROTOCOL)
    assert [str(one) for one in breaks] == ["common/words.json#/definitions/mood: the definition is gone"]


def test_a_reference_to_nothing_is_an_error(copied):
    folder, change = copied
    change(WORDS, drop("/definitions/role_or_null"))
    with pytest.raises(ValueError, match="role_or_null, which is not there"):
        compat.compare(PROTOCOL, folder)


def test_new_files_pass(copied):
    folder, _ = copied
    method = copy.deepcopy(LIBRARY.methods["ticket.get"])
    method["title"], method["$id"] = "ticket.peek", BASE + "methods/ticket.peek.json"
    (folder / "schemas/methods/ticket.peek.json").write_text(jsontext.file_text(method))
    assert compat.compare(PROTOCOL, folder)[0] == []


@pytest.mark.parametrize("name", [*registry.HEADS, registry.RESERVED])
def test_a_row_of_a_registry_stays(copied, name):
    folder, _ = copied
    path = folder / "registry" / name
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *lines[2:], lines[1]]) + "\n")
    assert any(one.place.file == f"registry/{name}" for one in compat.compare(PROTOCOL, folder)[0])
    path.write_text("\n".join([*lines, ",".join(["new"] * len(lines[0].split(",")))]) + "\n")
    assert compat.compare(PROTOCOL, folder)[0] == []


def test_the_command_line_names_file_and_place(copied):
    folder, change = copied
    change(TICKET, put("/properties/planted", STRING))
    done = subprocess.run(
        [sys.executable, PROTOCOL / "tools" / "compat.py", "--against", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "common/ticket.json#/properties/planted: the member is gone" in done.stdout


def test_the_plugin_of_the_reference(desk):
    """The plugin that the reference shows, as it stands there."""
    client = desk.client()
    desk.furnish(client)
    script = max(re.findall(r"```python\n(.*?)```", (PROTOCOL / "reference/README.md").read_text(), re.S), key=len)
    with open(desk.folder / "greeter.log", "w") as log:
        plugin = subprocess.Popen([sys.executable, "-c", script, desk.run], stdout=log, stderr=log)
    try:
        until(lambda: "greeter" in [one["name"] for one in client.call("consumer.list")["items"]], "the plugin's consumer")
        for number in range(3):
            client.call("ticket.create", subject=f"Ticket {number}", requester="U-2")
        until(lambda: client.call("x.greeter.count")["greeted"] == 3, "three notes")
        notes = client.call("message.list", ticket="T-1")["items"]
        assert [(note["text"], note["visibility"]) for note in notes] == [("Noted.", "internal")]
        assert plugin.poll() is None, (desk.folder / "greeter.log").read_text()
    finally:
        plugin.terminate()
        plugin.wait()
