"""From articles to quotations, attributions and speakers."""

from dateline.quotes.speakers import attribute_speakers, resolve_speakers

__all__ = ["attribute_speakers", "resolve_speakers"]
