"""Comparing JSON by value, with patterns for what may vary.

A pattern is JSON. An object holds the members that must be there; others may be too, unless it has `"$exact": true`. An array
has to have the same items. An object with one of these members stands for a rule:
`{"$is": "string|integer|number|boolean|object|array|null|time|any"}`, `{"$id": "T"}`, `{"$re": "..."}`, `{"$one": [patterns]}`,
`{"$has": [patterns]}` (an array that holds them), `{"$len": n}`, `{"$min": n}`, `{"$absent": true}`.
"""
import re

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

ABSENT = {"$absent": True}
ANY = {"$is": "any"}
TEXT = {"$is": "string"}
INT = {"$is": "integer"}
WHEN = {"$is": "time"}


def one(*patterns):
    """Any of the patterns."""
    return {"$one": list(patterns)}


def has(*patterns):
    """An array that holds an item for each of the patterns."""
    return {"$has": list(patterns)}


def exactly(**members):
    """An object with these members and no other."""
    return {"$exact": True, **members}


def ident(letter):
    """An id with this letter."""
    return {"$id": letter}


def least(number):
    """A number of at least so much."""
    return {"$min": number}


def kind(value):
    """The JSON type of a value."""
    for name, types in (
            ("null", type(None)), ("boolean", bool), ("integer", int), ("number", float), ("string", str), ("array", list)):
        if isinstance(value, types):
            return name
    return "object"


def same(left, right):
    """Whether two JSON values are equal; true is not 1, 1 is not 1.5, but 1.0 is 1 as numbers go."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def differences(value, pattern, path=""):
    """What is wrong with a value; empty where it fits."""
    if isinstance(pattern, dict):
        rules = [name for name in pattern if name.startswith("$") and name != "$exact"]
        if rules:
            return _rule(value, rules[0], pattern[rules[0]], path)
        return _members(value, pattern, path)
    if isinstance(pattern, list):
        if not isinstance(value, list) or len(value) != len(pattern):
            return [f"{path or '/'}: {len(pattern)} items expected, not {_show(value)}"]
        return [text for index, item in enumerate(pattern) for text in differences(value[index], item, f"{path}/{index}")]
    return [] if same(value, pattern) else [f"{path or '/'}: {_show(pattern)} expected, not {_show(value)}"]


def _members(value, pattern, path):
    if not isinstance(value, dict):
        return [f"{path or '/'}: an object expected, not {_show(value)}"]
    found = []
    for name, wanted in pattern.items():
        if name == "$exact":
            more = sorted(set(value) - set(pattern))
            found += [f"{path}/{other}: not expected" for other in more]
        elif wanted == ABSENT:
            found += [f"{path}/{name}: must be absent"] if name in value else []
        elif name not in value:
            found.append(f"{path}/{name}: missing")
        else:
            found += differences(value[name], wanted, f"{path}/{name}")
    return found


def _rule(value, rule, wanted, path):
    if rule == "$is":
        kinds = wanted.split("|")
        fits = (
            "any" in kinds or kind(value) in kinds or ("number" in kinds and kind(value) == "integer")
            or ("time" in kinds and isinstance(value, str) and bool(TIME.fullmatch(value))))
    elif rule == "$id":
        fits = isinstance(value, str) and bool(re.fullmatch(wanted + r"-[1-9]\d*", value))
    elif rule == "$re":
        fits = isinstance(value, str) and bool(re.search(wanted, value))
    elif rule == "$one":
        fits = any(not differences(value, item) for item in wanted)
    elif rule == "$has":
        fits = isinstance(value, list) and all(any(not differences(item, one) for item in value) for one in wanted)
    elif rule == "$len":
        fits = isinstance(value, (list, str)) and len(value) == wanted
    elif rule == "$min":
        fits = kind(value) in ("integer", "number") and value >= wanted
    else:
        raise ValueError(f"there is no rule {rule}")
    return [] if fits else [f"{path or '/'}: {rule} {_show(wanted)} expected, not {_show(value)}"]


def _show(value):
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}..."
