"""Reads the vectors of this folder: the reference for README.md. `python3 vectors.py` checks all of them."""
import json
import pathlib
import re
import struct

HERE = pathlib.Path(__file__).resolve().parent
STEP = re.compile(r"(->|<-|[A-Z][A-Z0-9]*[<>])(frames)? (.*)")
HOLE = re.compile(r"\$\{([a-z][a-z0-9_]*)?(?::([a-z]+))?\}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
KINDS = {
    "any": lambda v: True, "int": lambda v: type(v) is int, "number": lambda v: type(v) in (int, float),
    "string": lambda v: type(v) is str, "bool": lambda v: type(v) is bool, "object": lambda v: type(v) is dict,
    "array": lambda v: type(v) is list, "time": lambda v: type(v) is str and bool(TIME.fullmatch(v)),
}


def frame(value):
    """The bytes of a frame: hex; or "hex" or "text", then "repeat" (hex) as often as "count" says."""
    if isinstance(value, str):
        return bytes.fromhex(value)
    start = value["text"].encode() if "text" in value else bytes.fromhex(value.get("hex", ""))
    return start + bytes.fromhex(value.get("repeat", "")) * value.get("count", 0)


def header(data):
    """The fields of an event's header; ValueError where it is none."""
    if len(data) != 32 or data[:3] != b"OP\x01":
        raise ValueError("not a header of version 1")
    return dict(zip(("flags", "epoch", "seq", "prev", "time_us"), struct.unpack(">BIQQQ", data[3:])))


def event(frames):
    """A message of `events`: topic, header, body; ValueError where it is none."""
    topic = frames[0].decode()
    if len(frames) < 3 and topic != "$welcome":
        raise ValueError("an event has three frames")
    fields, text = (None, None) if topic == "$welcome" else (header(frames[1]), json.loads(frames[2]))
    if not isinstance(text, (dict, type(None))):
        raise ValueError("a body is an object")
    return {"topic": topic, "header": fields, "body": text}


def parse(path):
    """The cases of a .io file: name, title, cites, needs, settings, steps of (connection, verb, value, line number)."""
    cases = []
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n"), 1):
        word, _, rest = line.partition(" ")
        step = STEP.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if word == "@case":
            name, _, title = rest.partition(" ")
            cases.append({"name": name, "title": title, "cites": [], "needs": [], "settings": [], "steps": []})
        elif word in ("@cites", "@needs", "@settings"):
            cases[-1][word[1:]] += rest.split()
        elif word == "!":
            cases[-1]["steps"].append(("", *rest.partition(" ")[::2], number))
        elif not step:
            raise ValueError(f"{path}:{number}: not a step")
        else:
            mark, form, value = step.groups()
            verb = "frames" if form else "send" if mark[-1] == ">" else "none" if value == "NONE" else "receive"
            if verb in ("frames", "receive"):
                value = [frame(item) for item in json.loads(value)] if form else json.loads(value)
            cases[-1]["steps"].append(("" if mark in ("->", "<-") else mark[:-1], verb, value, number))
    return cases


def fill(value, known):
    """A value with its placeholders replaced; one that is a whole string keeps its type."""
    if isinstance(value, str):
        whole = HOLE.fullmatch(value)
        return known[whole[1]] if whole else HOLE.sub(lambda hole: str(known[hole[1]]), value)
    if isinstance(value, list):
        return [fill(item, known) for item in value]
    return {fill(name, known): fill(item, known) for name, item in value.items()} if isinstance(value, dict) else value


def body(text, known):
    """What a `send` step sends: the text as it stands, or with its placeholders replaced."""
    return json.dumps(fill(json.loads(text), known)).encode() if "${" in text else text.encode()


def match(pattern, value, known, path=""):
    """None where the value fits the pattern, which may bind names in `known`; else what does not fit."""
    hole = HOLE.fullmatch(pattern) if isinstance(pattern, str) else None
    if hole and hole[1] not in known:
        known.update({hole[1]: value} if hole[1] else {})
        return None if KINDS[hole[2] or "any"](value) else f"{path}: {value!r} is no {hole[2]}"
    if isinstance(pattern, dict) and isinstance(value, dict):
        pattern = {fill(name, known): inner for name, inner in pattern.items()}
        missing = [n for n in pattern if (pattern[n] == "${absent}") == (n in value)]
        wrong = (match(p, value[n], known, f"{path}/{n}") for n, p in pattern.items() if p != "${absent}" and n not in missing)
        return f"{path}/{missing[0]}: is missing, or should be" if missing else next(filter(None, wrong), None)
    if isinstance(pattern, list) and isinstance(value, list):
        items = pattern[:-1] if pattern[-1:] == ["${more}"] else pattern
        if len(value) < len(items) or (items is pattern and len(value) > len(items)):
            return f"{path}: {len(value)} items, not {len(items)}"
        return next(filter(None, (match(p, value[i], known, f"{path}/{i}") for i, p in enumerate(items))), None)
    right = fill(pattern, known) if isinstance(pattern, str) else pattern
    return None if right == value and type(right) is type(value) else f"{path}: {value!r} is not {right!r}"


if __name__ == "__main__":
    cases = [case for path in sorted(HERE.glob("*/*.io")) for case in parse(path)]
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names)) and all(case["cites"] and case["steps"] for case in cases)
    spec = "".join(path.read_text(encoding="utf-8") for path in (HERE.parent / "spec").glob("*.md"))
    unknown = {cite for case in cases for cite in case["cites"] if f"**{cite}**" not in spec and f"| {cite} |" not in spec}
    assert not unknown, f"cited, but not in spec/: {unknown}"
    for file, read, source, wanted in (("headers", header, "hex", "fields"), ("events", event, "frames", "decoded")):
        for case in json.loads((HERE / f"frames/{file}.json").read_text(encoding="utf-8"))["cases"]:
            given = frame(case[source]) if source == "hex" else [frame(item) for item in case[source]]
            try:
                assert read(given) == case[wanted], case["name"]
            except ValueError:
                assert case[wanted] is None, case["name"]
    print(f"{len(cases)} transcripts and all frames are well-formed")
