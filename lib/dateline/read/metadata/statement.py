"""What one place states about an article: a column, the value, the words, and which place it is."""

from __future__ import annotations

from typing import NamedTuple

# Where metadata are kept, the most trusted first: a table that somebody made of these very files,
# what stands in them under a key, what is known by its shape, and what they are merely called.
ORIGINS = ("table", "front_matter", "form", "text", "file_name", "folder")


class Statement(NamedTuple):
    """A value that is stated for a column of ARTICLES, the words that state it, and their place.

    `origin` is one of ORIGINS. The value of `published_on` and `updated_on` is a date as far as it
    is stated, in ISO 8601: 2025-03-11, 2025-03, 2025, or --03-11 where the year is not.
    `date_evidence` has the same for a day on which something in the text happened, and "" for words
    where a date should stand and none does.
    """

    column: str
    value: str
    evidence: str
    origin: str

    @property
    def precision(self) -> str | None:
        """How much of a date the value says: day, month, month_day or year; None for nothing."""
        if self.value.startswith("--"):
            return "month_day"
        return {10: "day", 7: "month", 4: "year"}.get(len(self.value))
