"""The registries: lists that only grow, one row for each name that was ever given out."""
import csv
import io

HEADS = {
    "topics.csv": ["topic", "stream", "type", "since"],
    "hooks.csv": ["point", "methods", "since", "experimental"],
    "errors.csv": ["code", "data_code", "retryable", "since"],
}
#: Kept by hand.
RESERVED = "reserved-names.csv"


def born_with(hook, library):
    """The methods that a hook point came with; those that came later are in its schema alone."""
    return [name for name in hook["x-methods"] if library.methods[name]["x-since"] == hook["x-since"]]


def wanted(library):
    """The rows that the schemas ask for, by file."""
    topics = [[title, "", "", file["x-since"]] for title, file in library.control.items()]
    topics += [
        [f"{title}/", title.partition(".")[0], f"opora.{title}.v1", file["x-since"]] for title, file in library.events.items()
    ]
    hooks = [
        [title, " ".join(born_with(file, library)), file["x-since"], "yes" if file.get("x-experimental") else "no"]
        for title, file in library.hooks.items()
    ]
    errors = [
        [str(error["code"]), error["data_code"], "yes" if error["retryable"] else "no", error["since"]]
        for error in library.errors
    ]
    return {"topics.csv": topics, "hooks.csv": hooks, "errors.csv": errors}


def read(path):
    """The rows of a registry without its head; none where it is not there yet."""
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def text(head, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def grown(folder, library):
    """The text of each registry: the rows that are there, in their order, then what is new."""
    texts = {}
    for name, rows in wanted(library).items():
        known = read(folder / name)
        gone = [row for row in known if row not in rows]
        if gone:
            raise ValueError(f"{name}: {', '.join(gone[0])} is registered for ever, but the schemas say otherwise")
        texts[name] = text(HEADS[name], known + [row for row in rows if row not in known])
    return texts
