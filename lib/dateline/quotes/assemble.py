"""From drafts to attributions: quotations attached, pieces joined, nested ones dropped."""

from __future__ import annotations

import re

from dateline.quotes.cues import Lexicon
from dateline.quotes.drafts import Draft, draft_paragraph, mark_inside, to_span
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.quotations import Quotation
from dateline.quotes.sources import find_source

_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
_REACH = 15


def assemble_article(
    text: str, parsed: list[tuple[Paragraph, Parse]], lexicon: Lexicon
) -> list[Draft]:
    """Find the attributions of one article from the parses of its paragraphs."""
    drafts: list[Draft] = []
    previous: Draft | None = None
    for index, (paragraph, parse) in enumerate(parsed):
        found = draft_paragraph(text, index, paragraph, parse, lexicon)
        found = drop_nested(found)
        found = attach_quotations(text, index, paragraph, parse, found, lexicon, previous)
        found = drop_nested(found)
        new = [d for d in found if d is not previous]
        drafts += new
        quoted = [d for d in new if d.quoted or holds_quotation(d, paragraph)]
        previous = quoted[-1] if quoted else (new[-1] if new else None)
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


def attach_quotations(text, index, paragraph, parse, drafts, lexicon, previous) -> list[Draft]:
    inside = mark_inside(paragraph, parse)
    for number, quotation in enumerate(paragraph.quotations):
        words = len(_WORD.findall(text, quotation.start, quotation.end))
        holder = next((d for d in drafts if _covers(d, quotation)), None)
        if holder:
            holder.quoted = True
            continue
        spoken = words >= 6 or (words >= 3 and text[quotation.end - 1] in ",.?!")
        token = find_adjacent_cue(text, paragraph, parse, inside, quotation, lexicon, words)
        if token is not None:
            add_to_cue(text, index, paragraph, parse, drafts, quotation, token, lexicon)
        elif spoken:
            last = next((d for d in reversed(drafts) if d.quoted), None)
            if last is None and (drafts or previous):
                last = (
                    next((d for d in reversed(drafts) if d.end <= quotation.start), None)
                    or previous
                )
            if last:
                last.pieces = sorted([*last.pieces, (quotation.outer_start, quotation.outer_end)])
                last.quoted = True
            else:
                drafts.append(
                    Draft(
                        index,
                        -1,
                        None,
                        None,
                        [(quotation.outer_start, quotation.outer_end)],
                        None,
                        "alone",
                        0.5,
                        True,
                    )
                )
    return drafts


def _covers(draft: Draft, quotation: Quotation) -> bool:
    return any(s <= quotation.start and quotation.end <= e for s, e in draft.pieces)


def find_adjacent_cue(text, paragraph, parse, inside, quotation, lexicon, words) -> int | None:
    first = next(
        (i for i, s in enumerate(parse.starts) if s >= quotation.outer_end), len(parse.starts)
    )
    ends_open = (
        text[quotation.end - 1 : quotation.end] in (",", "?", "!", "…", "—", "-")
        or text[quotation.outer_end : quotation.outer_end + 1] == ","
    )
    after = None
    if ends_open:
        after = _scan(parse, inside, lexicon, range(first, min(len(parse.words), first + _REACH)))
    if after is not None:
        return after
    start = next((i for i, s in enumerate(parse.starts) if s >= quotation.outer_start), 0)
    return _scan(parse, inside, lexicon, range(start - 1, max(-1, start - _REACH), -1))


def _scan(parse, inside, lexicon, order) -> int | None:
    for i in order:
        if inside[i] or parse.words[i] in (".", ";", "!", "?"):
            return None
        if parse.pos[i] == "VERB" and parse.deps[i] not in ("relcl", "acl"):
            cue = lexicon.find(parse.words[i], "VERB")
            if cue and lexicon.probability(cue, "clause before", True) >= 0.5:
                return i
    return None


def add_to_cue(text, index, paragraph, parse, drafts, quotation, token, lexicon) -> None:
    span = (quotation.outer_start, quotation.outer_end)
    for draft in drafts:
        if draft.token == token:
            draft.pieces = sorted([*draft.pieces, span])
            draft.quoted = True
            return
    source = to_span(parse, find_source(parse, token))
    cue = lexicon.find(parse.words[token], "VERB")
    drafts.append(
        Draft(
            index,
            token,
            cue,
            (parse.starts[token], parse.ends[token]),
            [span],
            source,
            "adjacent",
            0.9,
            True,
        )
    )
