"""What came by in recorded traffic."""
import collections


class Seen:
    """Counts by kind and name: how often it was as it should be, how often it was refused."""

    def __init__(self):
        self.messages = 0
        self.unanswered = 0
        self.done = collections.Counter()
        self.refused = collections.Counter()

    def names(self, kind):
        """The names of a kind that came at least once and were not refused."""
        return {name for (other, name) in self.done if other == kind}

    def table(self):
        rows = [("kind", "name", "seen", "refused")]
        for kind, name in sorted(set(self.done) | set(self.refused)):
            rows.append((kind, name, str(self.done[kind, name]), str(self.refused[kind, name] or "")))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join([*lines, f"requests without an answer: {self.unanswered}"])
