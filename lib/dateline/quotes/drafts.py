"""From a parsed paragraph to drafts: each cue with what it seems to introduce and its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.quotes.arguments import find_arguments
from dateline.quotes.cues import CUE_POS, Cue, Lexicon
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.sources import find_source

Span = tuple[int, int]
THRESHOLD = 0.42
_EDGE = re.compile(r"[\s,;:.–—\-!?…()\[\]]+")


@dataclass
class Draft:
    """An attribution in the making; all spans count characters of the article."""

    paragraph: int
    token: int
    cue: Cue | None
    cue_span: Span | None
    pieces: list[Span]
    source: Span | None
    rule: str
    score: float
    quoted: bool = False
    kind: str = "indirect"

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def draft_paragraph(
    text: str, index: int, paragraph: Paragraph, parse: Parse, lexicon: Lexicon
) -> list[Draft]:
    """Draft the attributions that the parse of one paragraph shows."""
    drafts = []
    inside = mark_inside(paragraph, parse)
    for token, pos in enumerate(parse.pos):
        if pos not in CUE_POS or inside[token]:
            continue
        cue = lexicon.find(parse.words[token], pos)
        if cue:
            draft = _draft_cue(text, index, paragraph, parse, lexicon, token, cue, inside)
            if draft:
                drafts.append(draft)
    return drafts


def mark_inside(paragraph: Paragraph, parse: Parse) -> list[bool]:
    """For each token, whether it stands inside a quotation."""
    inside = [False] * len(parse.words)
    token = 0
    for quotation in paragraph.quotations:
        while token < len(inside) and parse.starts[token] < quotation.outer_start:
            token += 1
        while token < len(inside) and parse.starts[token] < quotation.outer_end:
            inside[token] = True
            token += 1
    return inside


def _draft_cue(text, index, paragraph, parse, lexicon, token, cue, inside) -> Draft | None:
    accepted, best, rule = [], 0.0, ""
    for argument in find_arguments(parse, token):
        quoted = any(inside[i] for first, last in argument.pieces for i in range(first, last + 1))
        score = lexicon.probability(cue, argument.construction, quoted)
        if score >= THRESHOLD:
            accepted += argument.pieces
            if score > best:
                best, rule = score, argument.construction
    pieces = to_pieces(text, paragraph, parse, accepted)
    if not pieces:
        return None
    source = find_source(parse, token)
    return Draft(
        index,
        token,
        cue,
        (parse.starts[token], parse.ends[token]),
        pieces,
        to_span(parse, source),
        rule,
        best,
    )


def to_span(parse: Parse, tokens: tuple[int, int] | None) -> Span | None:
    return (parse.starts[tokens[0]], parse.ends[tokens[1]]) if tokens else None


def to_pieces(text, paragraph, parse, token_spans) -> list[Span]:
    """Turn spans of tokens into spans of characters: merged, snapped to quotations, trimmed."""
    merged: list[list[int]] = []
    for first, last in sorted(token_spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    spans = [snap(paragraph, parse.starts[a], parse.ends[b]) for a, b in merged]
    return [s for span in spans if (s := trim(text, paragraph, *span))]


def snap(paragraph: Paragraph, start: int, end: int) -> Span:
    """Widen a span to the quotations that it touches."""
    for quotation in paragraph.quotations:
        if quotation.outer_start < end and start < quotation.outer_end:
            start, end = min(start, quotation.outer_start), max(end, quotation.outer_end)
    return start, end


def trim(text: str, paragraph: Paragraph, start: int, end: int) -> Span | None:
    """Drop the punctuation and white space at both ends; a quotation keeps its marks."""
    match = _EDGE.match(text, start, end)
    start = match.end() if match else start
    while end > start and _EDGE.match(text[end - 1]):
        end -= 1
    return (start, end) if end > start else None
