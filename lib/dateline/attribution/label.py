"""From speaker labels to attributions: transcripts (VENN: We hold.) and “Orla Venn: ...”."""

from __future__ import annotations

import re
from collections import Counter

from dateline.attribution.content import trim
from dateline.attribution.draft import Draft
from dateline.attribution.lemmas import load_words
from dateline.attribution.parse import Paragraph
from dateline.attribution.passage import Passage

_LABEL = re.compile(r"((?:[^\W\d_][\w.’'-]*[ ]){0,4}[^\W\d_][\w.’'-]*):[ \t]+(?=\S)")
_SCORE = 0.8


def find_label(text: str, paragraph: Paragraph) -> str | None:
    """The speaker label that opens a paragraph: one to five capitalised words and a colon."""
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None or not all(word[0].isupper() for word in match[1].split()):
        return None
    return None if match[1].split()[0].lower() in load_words()["not_speakers"] else match[1]


def draft_label(passage: Passage, labels: Counter[str | None]) -> list[Draft]:
    """The attribution of a labelled paragraph, or nothing where the label is in doubt.

    A label holds in a transcript (it returns, or stands in capitals), before a quotation, and in
    a headline (“Venn: The road stays closed.”).
    """
    text, paragraph = passage.text, passage.paragraph
    label = find_label(text, paragraph)
    if label is None:
        return []
    colon = paragraph.start + len(label)
    piece = trim(text, colon + 1, paragraph.end)
    is_transcript = labels[label] > 1 or (len(label) > 1 and label.isupper())
    quoted = [q for q in passage.quotations if not text[colon + 1 : q.outer_start].strip()]
    if piece is None or not (is_transcript or quoted or paragraph.kind == "heading"):
        return []
    source = (paragraph.start, colon)
    return [Draft(-1, None, (colon, colon + 1), [piece], source, "label", _SCORE, bool(quoted))]
