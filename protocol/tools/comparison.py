"""Whether a schema still keeps what an older one promised.

There are two directions. What is HEARD (parameters, answers of plugins, the manifest) may only take more than before; what is
SAID (results, events, control messages) may only promise more than before.
"""
import dataclasses
import json

HEARD, SAID = "heard", "said"
UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
LOWER = ("minimum", "minLength", "minItems", "minProperties")
ANY = {"string", "number", "integer", "boolean", "object", "array", "null"}
CHOICES = ("anyOf", "oneOf")


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a schema stands: its file and the pointer in it."""

    file: str
    pointer: str

    def __truediv__(self, name):
        return Place(self.file, f"{self.pointer}/{str(name).replace('~', '~0').replace('/', '~1')}")

    def __str__(self):
        return f"{self.file}#{self.pointer}"


@dataclasses.dataclass(frozen=True)
class Break:
    """A promise that is not kept."""

    place: Place
    text: str

    def __str__(self):
        return f"{self.place}: {self.text}"


def types(schema):
    """The types that a schema lets pass."""
    given = schema.get("type")
    found = ANY if given is None else {given} if isinstance(given, str) else set(given)
    return found | {"integer"} if "number" in found else found


def words(schema):
    """The values of a closed list as JSON texts, or None where it is open."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else {json.dumps(value, ensure_ascii=False) for value in values}


def listed(names):
    return ", ".join(sorted(names))


class Comparison:
    """Compares schemas of two libraries, following their references."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.under_way = set()

    def compare(self, old, old_place, new, new_place, direction):
        """All breaks between two schemas."""
        stands = new_place if "default" in old or "default" in new else None
        old, old_place = self._follow(self.old, old, old_place)
        new, new_place = self._follow(self.new, new, new_place)
        key = (old_place, new_place, direction)
        if key in self.under_way:
            return
        self.under_way.add(key)
        if "default" in old and old["default"] != new.get("default"):
            yield Break(stands or new_place, f"the default was {json.dumps(old['default'])}")
        try:
            for rule in (self._values, self._limits, self._members, self._items, self._choices):
                yield from rule(old, old_place, new, new_place, direction)
        finally:
            self.under_way.discard(key)

    @staticmethod
    def _follow(library, schema, place):
        while "$ref" in schema:
            default = {"default": schema["default"]} if "default" in schema else {}
            target, file, pointer = library.look_up(schema["$ref"], place.file)
            schema, place = {**target, **default}, Place(file, pointer)
        return schema, place

    @staticmethod
    def _values(old, _, new, place, direction):
        gone, more = types(old) - types(new), types(new) - types(old)
        if direction == HEARD and gone:
            yield Break(place, f"it takes no {listed(gone)} any more")
        if direction == SAID and more:
            yield Break(place, f"it may be {listed(more)} now")
        before, now = words(old), words(new)
        if direction == HEARD and now is not None and (before is None or before - now):
            yield Break(place, f"it takes no {listed(before - now)} any more" if before else "it takes only some words now")
        if direction == SAID and before is not None and not new.get("x-extensible-enum"):
            if now is None or now - before:
                yield Break(place, f"it may be {listed(now - before)} now" if now else "it may be anything now")
        for name in ("pattern", "format", "uniqueItems"):
            if old.get(name) != new.get(name) and name in (new if direction == HEARD else old):
                yield Break(place, f"{name} was {old.get(name)!r}, is {new.get(name)!r}")

    @staticmethod
    def _limits(old, _, new, place, direction):
        for name in UPPER + LOWER:
            before, now = old.get(name), new.get(name)
            if before == now:
                continue
            # With the sign of a lower limit turned, more is always wider.
            sign = 1 if name in UPPER else -1
            wide = float("inf")
            before_width = wide if before is None else sign * before
            now_width = wide if now is None else sign * now
            if (now_width < before_width) == (direction == HEARD):
                yield Break(place, f"{name} was {before}, is {now}")

    def _members(self, old, old_place, new, new_place, direction):
        before, now = old.get("properties", {}), new.get("properties", {})
        for name in before:
            if name not in now:
                yield Break(new_place / "properties" / name, "the member is gone")
                continue
            yield from self.compare(
                before[name], old_place / "properties" / name, now[name], new_place / "properties" / name, direction)
        required, needed = set(old.get("required", [])), set(new.get("required", []))
        if direction == HEARD and needed - required:
            yield Break(new_place / "required", f"{listed(needed - required)} must be there now")
        if direction == SAID and required - needed:
            yield Break(new_place / "required", f"{listed(required - needed)} may be absent now")
        for keyword in ("additionalProperties", "propertyNames"):
            yield from self._others(keyword, old, old_place, new, new_place, direction)
        for pattern, schema in old.get("patternProperties", {}).items():
            if pattern not in new.get("patternProperties", {}):
                yield Break(new_place / "patternProperties" / pattern, "the members are gone")
                continue
            yield from self.compare(
                schema, old_place / "patternProperties" / pattern, new["patternProperties"][pattern],
                new_place / "patternProperties" / pattern, direction)

    def _others(self, keyword, old, old_place, new, new_place, direction):
        before, now = old.get(keyword, True), new.get(keyword, True)
        if isinstance(before, dict) and isinstance(now, dict):
            yield from self.compare(before, old_place / keyword, now, new_place / keyword, direction)
        elif before != now:
            # Nothing is narrower than a schema, and a schema narrower than anything.
            width = {False: 0, True: 2}
            before_width, now_width = (width[value] if isinstance(value, bool) else 1 for value in (before, now))
            if now_width < before_width and direction == HEARD:
                yield Break(new_place / keyword, "other members are not taken any more")
            if now_width > before_width and direction == SAID and before is not False:
                yield Break(new_place / keyword, "other members may be anything now")

    def _items(self, old, old_place, new, new_place, direction):
        before, now = old.get("items"), new.get("items")
        if before is not None and now is not None:
            yield from self.compare(before, old_place / "items", now, new_place / "items", direction)
        elif before is None and now is not None and direction == HEARD and "array" in types(old):
            yield Break(new_place / "items", "items must have a form now")
        elif before is not None and now is None and direction == SAID:
            yield Break(new_place / "items", "items may be anything now")

    def _choices(self, old, old_place, new, new_place, direction):
        before, now = choices(old), choices(new)
        if before is None and now is None:
            return
        # Where one side has no choice, it is its own single choice.
        before = before or [("", without_choices(old) if is_choice_alone(new) else {})]
        now = now or [("", without_choices(new) if is_choice_alone(old) else {})]

        def is_kept(one, other):
            (old_step, old_schema), (new_step, new_schema) = one, other
            return not list(
                self.compare(old_schema, down(old_place, old_step), new_schema, down(new_place, new_step), direction))

        if direction == HEARD:
            for one in before:
                if not any(is_kept(one, other) for other in now):
                    yield Break(new_place, f"a choice is gone: {shown(one[1])}")
        else:
            for other in now:
                if not any(is_kept(one, other) for one in before):
                    yield Break(new_place, f"there is another choice: {shown(other[1])}")


def choices(schema):
    """The choices of a schema, each with the step that leads to it; None where there is no choice."""
    for keyword in CHOICES:
        if keyword in schema:
            return [(f"{keyword}/{index}", one) for index, one in enumerate(schema[keyword])]
    return None


def without_choices(schema):
    return {key: value for key, value in schema.items() if key not in CHOICES}


def is_choice_alone(schema):
    """Whether a schema says nothing but its choices."""
    return set(schema) <= {*CHOICES, "description", "default", "title", "$schema", "$id", "examples", "definitions"}


def down(place, step):
    for part in step.split("/") if step else []:
        place /= part
    return place


def shown(schema):
    return schema.get("$ref") or schema.get("description") or json.dumps(schema)[:80]
