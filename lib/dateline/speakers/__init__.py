"""From attributions to speakers: who that is, within an article and across the corpus."""

from dateline.speakers.resolve import resolve_speakers
from dateline.speakers.said import attribute_speakers, find_said

__all__ = ["attribute_speakers", "find_said", "resolve_speakers"]
