"""From articles to quotations, attributions and speakers."""

from dateline.quotes.attributions import find_attributions, find_contents
from dateline.quotes.quotations import find_quotations
from dateline.quotes.said import find_said
from dateline.quotes.speakers import attribute_speakers, resolve_speakers

__all__ = [
    "attribute_speakers",
    "find_attributions",
    "find_contents",
    "find_quotations",
    "find_said",
    "resolve_speakers",
]
