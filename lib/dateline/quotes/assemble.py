"""From drafts to attributions: quotations attached, pieces joined, nested ones dropped."""

from __future__ import annotations

import re

from dateline.quotes.cues import Lexicon
from dateline.quotes.drafts import Draft, draft_paragraph, mark_inside, to_span
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.quotations import Quotation
from dateline.quotes.quoted import Previous, attach_quotations

_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")


def assemble_article(
    text: str, parsed: list[tuple[Paragraph, Parse]], lexicon: Lexicon
) -> list[Draft]:
    """Find the attributions of one article from the parses of its paragraphs."""
    drafts: list[Draft] = []
    previous: Previous | None = None
    for index, (paragraph, parse) in enumerate(parsed):
        found = draft_paragraph(text, index, paragraph, parse, lexicon)
        found = drop_nested(found)
        found = attach_quotations(text, index, paragraph, parse, found, lexicon, previous)
        found = drop_nested(found)
        new = found
        drafts += new
        quoted = [d for d in new if d.quoted or holds_quotation(d, paragraph)]
        last = quoted[-1] if quoted else (new[-1] if new else None)
        previous = Previous(paragraph, parse, last)
    for draft in drafts:
        draft.kind = find_kind(
            text, draft, [q for paragraph, _ in parsed for q in paragraph.quotations]
        )
    return drafts


def find_kind(text: str, draft: Draft, quotations: list[Quotation]) -> str:
    """Direct where all words stand in quotation marks, mixed where some do, else indirect."""
    words = [m.start() for s, e in draft.pieces for m in _WORD.finditer(text, s, e)]
    near = [q for q in quotations if q.start < draft.end and draft.start < q.end]
    marked = sum(any(q.start <= w < q.end for q in near) for w in words)
    return "direct" if marked >= 0.95 * len(words) else "mixed" if marked else "indirect"


def holds_quotation(draft: Draft, paragraph: Paragraph) -> bool:
    return any(
        s <= q.outer_start and q.outer_end <= e
        for q in paragraph.quotations
        for s, e in draft.pieces
    )


def drop_nested(drafts: list[Draft]) -> list[Draft]:
    """Keep the outermost: what has its cue inside another's content goes."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -sum(e - s for s, e in d.pieces)):
        inside = draft.cue_span and any(
            s <= draft.cue_span[0] < e for other in kept for s, e in other.pieces
        )
        if not inside:
            kept.append(draft)
    return sorted(kept, key=lambda d: d.start)
