"""Compiled validators for everything that the schemas describe, made when they are first asked for."""
import functools

import fastjsonschema

from library import Library


def checked_singly(schema):
    """Opens the items of arrays marked `x-checked-singly`: a bad item there does not make the whole message bad."""
    if isinstance(schema, dict):
        if schema.get("x-checked-singly"):
            schema = {key: value for key, value in schema.items() if key != "items"}
        return {key: checked_singly(value) for key, value in schema.items()}
    return [checked_singly(item) for item in schema] if isinstance(schema, list) else schema


class Validators:
    """Each check gives None, or what is wrong as text."""

    def __init__(self, library=None):
        self.library = library or Library()

    @functools.cache
    def _compiled(self, path, part):
        file = self.library.files[path]
        whole = {key: value for key, value in file.items() if key not in ("$schema", "$id", "examples")}
        schema = whole if part is None else file[part]
        bundle = checked_singly(self.library.bundle(schema, path))
        return fastjsonschema.compile(bundle, use_default=False)

    def check(self, path, part, value):
        """Whether a value fits a part of a schema file (`params`, `result`, `data`), or the file itself (None)."""
        try:
            self._compiled(path, part)(value)
        except fastjsonschema.JsonSchemaValueException as error:
            return error.message
        return None
