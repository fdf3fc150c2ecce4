"""From a parsed paragraph to drafts: each cue with what it seems to introduce and its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.quotes.arguments import find_arguments
from dateline.quotes.cues import CUE_POS, Cue, Lexicon
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.repair import mend_coordination, reattach
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
    trust: float = 0.0
    traits: list[str] = field(default_factory=list)

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
    mend_coordination(parse)
    inside = mark_inside(text, paragraph, parse)
    for token, pos in enumerate(parse.pos):
        if pos not in CUE_POS or inside[token]:
            continue
        cue = lexicon.find(parse.words[token], pos)
        if cue:
            draft = _draft_cue(text, index, paragraph, parse, lexicon, token, cue, inside)
            if draft:
                drafts.append(draft)
    for draft in drafts:
        draft.source = find_draft_source(parse, draft.token, draft.cue)
    return drafts


UNS = 0.5


def find_draft_source(parse, token, cue):
    n, hits = cue.unsourced
    if (hits + 0.3) / (n + 2) > UNS and not any(parse.deps[k] == "poss" for k in parse.kids[token]):
        return None
    return to_span(parse, find_source(parse, token))


WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")


def is_spoken(text: str, quotation) -> bool:
    return quotation.function == "speech"


def mark_of(argument, inside) -> str:
    found = {inside[i] for first, last in argument.pieces for i in range(first, last + 1)}
    return "+q" if "+q" in found else "+s" if "+s" in found else ""


def mark_inside(text: str, paragraph: Paragraph, parse: Parse) -> list[str]:
    """For each token, whether it stands inside a long (+q) or short (+s) quotation or none."""
    inside = [""] * len(parse.words)
    token = 0
    for quotation in paragraph.quotations:
        level = "+q" if is_spoken(text, quotation) else "+s"
        while token < len(inside) and parse.starts[token] < quotation.outer_start:
            token += 1
        while token < len(inside) and parse.starts[token] < quotation.outer_end:
            inside[token] = level
            token += 1
    return inside


def _draft_cue(text, index, paragraph, parse, lexicon, token, cue, inside) -> Draft | None:
    chosen = []
    for argument in find_arguments(parse, token):
        score = lexicon.probability(cue, argument.construction, mark_of(argument, inside))
        if score >= THRESHOLD:
            chosen.append((score, argument))
    if not chosen:
        return None
    best, rule = max((score, argument.construction) for score, argument in chosen)
    accepted = []
    for _, argument in chosen:
        if argument.construction.startswith("around") == rule.startswith("around"):
            accepted += [cut_tail(parse, lexicon, a, b, token) for a, b in argument.pieces]
    pieces = to_pieces(text, paragraph, parse, accepted)
    pieces = settle_quoted(text, paragraph, pieces, parse.starts[token])
    if not pieces:
        return None
    return Draft(
        index,
        token,
        cue,
        (parse.starts[token], parse.ends[token]),
        pieces,
        None,
        rule,
        best,
    )


def to_span(parse: Parse, tokens: tuple[int, int] | None) -> Span | None:
    return (parse.starts[tokens[0]], parse.ends[tokens[1]]) if tokens else None


def to_pieces(text, paragraph, parse, token_spans) -> list[Span]:
    """Turn spans of tokens into spans of characters: merged, snapped to quotations, trimmed."""
    merged: list[list[int]] = []
    for first, last in sorted(token_spans):
        while (
            (first < last
            and parse.pos[first] in ("CCONJ", "PUNCT")
            and first - 1 >= 0
            and parse.sentences[first - 1] != parse.sentences[first])
            or (first == 0
            and first < last
            and parse.pos[first] == "CCONJ")
        ):
            first += 1
        if merged and first - merged[-1][1] <= 3 and _is_bridge(parse, merged[-1][1] + 1, first):
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    spans = [snap(paragraph, parse.starts[a], parse.ends[b]) for a, b in merged]
    return [s for span in spans if (s := trim(text, paragraph, *span))]


RULES = {1, 2, 3}


def settle_quoted(text, paragraph, pieces, cue) -> list[Span]:
    settled = []
    sealed = False
    for start, end in pieces:
        if sealed and 1 in RULES and start > cue:
            inner = [
                q for q in paragraph.quotations if start <= q.outer_start and q.outer_end <= end
            ]
            settled += [(q.outer_start, q.outer_end) for q in inner if is_complete(text, q)]
            continue
        for q in paragraph.quotations:
            if start <= q.outer_start and q.outer_end <= end and is_spoken(text, q):
                last = text[q.end - 1]
                if (
                    2 in RULES
                    and is_complete(text, q)
                    and q.outer_start > start
                    and text[start : q.outer_start].rstrip()[-1:] in (":", "(")
                ):
                    start = q.outer_start
                if (
                    3 in RULES
                    and last in ".?!"
                    and q.outer_end < end
                    and not any(
                        o.outer_start > q.outer_end and o.outer_end <= end
                        for o in paragraph.quotations
                    )
                ):
                    end = q.outer_end
                if end < cue and q.outer_start == start and is_complete(text, q):
                    sealed = True
        settled.append((start, end))
    return settled


def is_complete(text, quotation) -> bool:
    first = text[quotation.start : quotation.start + 1]
    return is_spoken(text, quotation) and first.isupper() and text[quotation.end - 1] in ",.?!…—-"


def _is_bridge(parse: Parse, first: int, last: int) -> bool:
    """Whether only a preposition or an adverb stands between two phrases (praised him | for it)."""
    return all(parse.pos[i] in BRIDGE for i in range(first, last))


BRIDGE = {"ADP", "ADV", "PART", "SCONJ"}


def cut_tail(parse: Parse, lexicon: Lexicon, first: int, last: int, cue: int) -> tuple[int, int]:
    """Cut off what the parser hung on the end of a clause but the narrator added.

    A cue that is cut off is hung on this one, so that it finds the same source.
    """
    for i in range(first + 1, last + 1):
        if parse.right[i] == last and parse.left[i] > first:
            why = _is_added(parse, lexicon, i, cue)
            if why:
                last = parse.left[i] - 1
                if why == "cue" and not first <= cue:
                    reattach(parse, i, cue)
                break
    while last > first and (
        parse.pos[last] in ("CCONJ", "PUNCT") and parse.words[last] not in "”\"''’)"
    ):
        last -= 1
    return first, last


CUTS = {1, 2, 3, 4, 5}
MARKS = {"while", "although", "though", "whereas"}


def _is_added(parse: Parse, lexicon: Lexicon, i: int, cue: int) -> str:
    dep = parse.deps[i]
    before = parse.words[parse.left[i] - 1]
    if 1 in CUTS and dep == "advcl":
        if parse.words[parse.left[i]].lower() in MARKS:
            return "cut"
    if (
        parse.pos[i] == "VERB"
        and parse.tags[i] == "VBG"
        and before == ","
        and dep in ("advcl", "acl", "dep", "conj", "prep")
    ):
        entry = lexicon.find(parse.words[i], "VERB")
        if 3 in CUTS and entry and entry.counts[1] > 0.4 * entry.counts[0]:
            return "cue"
    if (
        4 in CUTS
        and dep == "relcl"
        and before == ","
        and parse.words[parse.left[i]].lower() in ("who", "which", "whose", "whom")
    ):
        return "cut"
    if 5 in CUTS and dep == "conj" and parse.pos[i] == "VERB" and parse.tags[i] != "VB":
        entry = lexicon.find(parse.words[i], "VERB")
        if (
            entry
            and entry.counts[1] > (0.25 if before == "but" else 0.6) * entry.counts[0]
            and parse.tags[i] == parse.tags[cue]
            and not any(parse.deps[k] in ("nsubj", "nsubjpass") for k in parse.kids[i])
        ):
            return "cue"
    return ""


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
    while (
        end > start
        and _EDGE.match(text[end - 1])
        and not (
            text[end - 1] in ")]"
            and text[start:end].count("(") + text[start:end].count("[")
            >= text[start:end].count(")") + text[start:end].count("]")
        )
    ):
        end -= 1
    return (start, end) if end > start else None
