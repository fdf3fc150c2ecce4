"""From a quotation to the words beside it: the verb that introduces it, and the name next to it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.passage import LONG, SHORT, Passage
from dateline.attribution.source import span_of_mention
from dateline.quotations.marks import Quotation

_REACH = 15  # tokens between a quotation and its cue
_SOURCE_REACH = 25  # tokens between a quotation and its cue with the name in between
_OPEN_ENDS = frozenset(",?!…—-–")
_INTRODUCED = {":": "beside colon", ",": "beside comma"}
_STOPS = frozenset({".", ";", "!", "?", "\n"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def find_beside(passage: Passage, quotation: Quotation) -> Iterator[tuple[int, str]]:
    """List the verbs beside a quotation that may introduce it, and how they stand to it."""
    parse = passage.parse
    first, opening = (passage.find_token(x) for x in (quotation.outer_end, quotation.outer_start))
    if ends_open(passage.text, quotation):
        for token in scan_verbs(passage, range(first, min(len(parse.words), first + _REACH))):
            between = (parse.pos[i] for i in range(first, token))
            near = not any(pos in ("ADP", "VERB", "SCONJ") for pos in between)
            yield token, "beside after" if near else "beside far"
    mark = parse.words[opening - 1] if opening > 0 else ""
    start = opening - 2 if mark in _INTRODUCED else opening - 1
    for token in scan_verbs(passage, range(start, max(-1, start - _REACH), -1)):
        yield token, _INTRODUCED.get(mark, "beside before")


def find_best_beside(passage: Passage, quotation: Quotation) -> tuple[float, int, str]:
    """The likeliest of them: its chance, its token and its construction; 0 where there is none."""
    mark = LONG if quotation.function == "speech" else SHORT
    found = [
        (passage.lexicon.probability(cue, construction, mark), -token, construction)
        for token, construction in find_beside(passage, quotation)
        if (cue := passage.find_cue(token))
    ]
    score, token, construction = max(found, default=(0.0, 0, ""))
    return score, -token, construction


def ends_open(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends as one does before its cue: in a comma, a dash, ? or !."""
    return any(c in _OPEN_ENDS for c in text[quotation.end - 1 : quotation.outer_end + 1])


def scan_verbs(passage: Passage, order: range) -> Iterator[int]:
    """The first two verbs in this order, up to the sentence's end or a quotation."""
    parse, found = passage.parse, 0
    for i in order:
        if passage.marks[i] or parse.words[i] in _STOPS or found == 2:
            return
        if i == order.start and order.step > 0 and parse.pos[i] == "CCONJ":
            return
        if parse.pos[i] == "VERB" and parse.deps[i] not in ("relcl", "acl", "amod"):
            found += 1
            yield i


def find_beside_source(passage: Passage, end: int, cue: int) -> tuple[int, int] | None:
    """The noun phrase between a quotation's end and its cue, or right after the cue (said X)."""
    parse, first = passage.parse, passage.find_token(end)
    if cue < first or cue - first > _SOURCE_REACH or any(passage.marks[first:cue]):
        return None
    if any(parse.pos[i] in _NOMINAL for i in range(first, cue)):
        return _find_nominal(passage, range(first, cue), cue - 1)
    n = len(parse.words)
    stop = (i for i in range(cue + 1, n) if passage.marks[i] or parse.words[i] in _STOPS)
    last = next(stop, n)
    return _find_nominal(passage, range(cue + 1, min(last, cue + 6)), last - 1)


def _find_nominal(passage: Passage, order: range, last: int) -> tuple[int, int] | None:
    """The first noun phrase in this order, from its start to its end or the last token allowed."""
    parse = passage.parse
    for i in order:
        if parse.pos[i] in ("ADP", "VERB", "SCONJ"):
            return None
        if parse.pos[i] in _NOMINAL:
            while order.start <= parse.heads[i] <= last and parse.heads[i] != i:
                if parse.pos[parse.heads[i]] not in _NOMINAL:
                    break
                i = parse.heads[i]
            start, end = span_of_mention(parse, i, -1)
            return max(start, order.start), min(end, last)
    return None
