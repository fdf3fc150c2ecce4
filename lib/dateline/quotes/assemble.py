"""From drafts to attributions: quotations attached, pieces joined, nested ones dropped."""

from __future__ import annotations

import re

from dateline.quotes.cues import Lexicon
from dateline.quotes.drafts import Draft, draft_paragraph
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.quotations import Quotation
from dateline.quotes.quoted import Previous, attach_quotations
from dateline.quotes.scores import Trust, find_traits, score_draft

_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")


def assemble_article(
    text: str, parsed: list[tuple[Paragraph, Parse]], lexicon: Lexicon, trust: Trust
) -> list[Draft]:
    """Find the attributions of one article from the parses of its paragraphs."""
    drafts: list[Draft] = []
    previous: Previous | None = None
    pending: list[Quotation] = []
    for index, (paragraph, parse) in enumerate(parsed):
        following = parsed[index + 1][0] if index + 1 < len(parsed) else None
        if opens_speech(text, paragraph, following, previous):
            pending.append(paragraph.quotations[-1])
            continue
        found = draft_paragraph(text, index, paragraph, parse, lexicon)
        rate_drafts(text, paragraph, parse, found, trust)
        found = drop_nested([d for d in found if d.trust >= FLOOR])
        found = attach_quotations(text, index, paragraph, parse, found, lexicon, previous)
        found = drop_nested(found)
        found = [d for d in found if not is_only_named(d, paragraph)]
        if pending:
            give_pending(paragraph, [*drafts, *found], pending)
            pending = []
        rate_drafts(text, paragraph, parse, found, trust)
        drafts += found
        quoted = [d for d in found if d.quoted or holds_quotation(d, paragraph)]
        last = quoted[-1] if quoted else (found[-1] if found else None)
        previous = Previous(paragraph, parse, last)
    return drafts


FLOOR = 0.3


def rate_drafts(text, paragraph, parse, drafts, trust) -> None:
    for draft in drafts:
        draft.kind = find_kind(text, draft, paragraph.quotations)
        draft.traits = find_traits(text, paragraph, parse, draft)
        draft.trust = score_draft(trust, draft, draft.traits)


NAMED = {"nickname", "title"}


def is_only_named(draft, paragraph) -> bool:
    """Whether the content is only what somebody or something is called."""
    return len(draft.pieces) == 1 and any(
        (q.outer_start, q.outer_end) == draft.pieces[0] and q.function in NAMED
        for q in paragraph.quotations
    )


def opens_speech(text, paragraph, following, previous) -> bool:
    """Whether a paragraph is an open quotation whose speaker a later paragraph names."""
    if not following or not paragraph.quotations or not following.quotations:
        return False
    first, then = paragraph.quotations[0], following.quotations[0]
    return (
        PENDING
        and not first.closed
        and first.outer_start == paragraph.start
        and then.outer_start == following.start
        and not (
            previous
            and previous.paragraph.quotations
            and not previous.paragraph.quotations[-1].closed
        )
    )


PENDING = True


def give_pending(paragraph, drafts, pending) -> None:
    first = paragraph.quotations[0]
    for draft in reversed(drafts):
        if any(s <= first.start and first.end <= e for s, e in draft.pieces):
            spans = [(q.outer_start, q.outer_end) for q in pending]
            draft.pieces = sorted([*spans, *draft.pieces])
            return


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
