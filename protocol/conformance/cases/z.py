"""At the end: what all connections of the run saw, held against what is published."""
from conformance import schemas
from conformance.case import Failure, case
from conformance.record import RECORD


def sound(check, what):
    """Fails where a check of the record found something."""
    problems = RECORD.problems[check]
    if problems:
        text, seen = next(iter(problems.items()))
        raise Failure(f"{len(problems)} kinds of {what}:\n  " + "\n  ".join(list(problems)[:25]), expected=text, came=seen)


@case("Z01", "every answer of the run fits its schema", "2.18", "11.2", heavy=True)
def answers(t):
    sound("answers", "answers that do not fit their schema")


@case("Z02", "every event of the run fits its schema", "4.12", "4.16", "0.9", "11.2", heavy=True)
def events(t):
    sound("events", "events that do not fit their schema")


@case("Z03", "every error of the run is a pair of the register", "9.1", "9.2", "9.3", "9.6", heavy=True)
def errors(t):
    sound("errors", "errors that are not in errors.json")


@case("Z04", "no free text was in any event of the run", "4.5", heavy=True)
def privacy(t):
    sound("privacy", "events with free text")


@case("Z05", "what the kernel takes, the schemas take; what it sends to plugins fits them", "1.14", "7.2", "7.12", heavy=True)
def requests(t):
    sound("requests", "requests that do not fit their schema")


@case("Z06", "the kernel offers every method that is published, and no other", "2.20", "11.1", "0.12")
def offered(t):
    published = {
        name for name, path in schemas.titles("methods").items()
        if schemas.files()[path].get("x-kind") in ("command", "query", "session")}
    found = {method["name"] for method in t.line().call("rpc.discover")["methods"] if not method["name"].startswith("x.")}
    extra = found - published - set(schemas.titles("conformance"))
    t.true(not published - found, "published and not offered", sorted(published - found))
    t.true(not extra, "offered and not published", sorted(extra))
