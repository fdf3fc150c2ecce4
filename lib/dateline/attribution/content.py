"""From phrases of the parse to contents: cut, joined, fitted to the quotations, trimmed."""

from __future__ import annotations

import re

from dateline.attribution.cues.lexicon import Cue, load_rule_words
from dateline.attribution.cues.score import BUT_CUE, FURTHER_CUE, FURTHER_PARTICIPLE, UNSOURCED
from dateline.attribution.parse import Parse, Phrase, reattach
from dateline.attribution.passage import Passage, is_complete
from dateline.quotations.marks import Quotation
from dateline.words import Span

_EDGE = re.compile(r"[\s,;:.–—\-!?…()\[\]]")
_KEPT = frozenset({"”", '"', "'", "’", ")", "''"})
_CLOSING = _KEPT - {")"}
_BRIDGES = frozenset({"ADP", "ADV", "PART", "SCONJ"})
_PARTICIPLES = frozenset({"advcl", "acl", "dep", "conj", "prep"})


def to_pieces(passage: Passage, phrases: list[Phrase], cue: int) -> list[Span]:
    """Turn phrases into the pieces of a content.

    Phrases with only a preposition or an adverb between them are one (praised her | for it); a
    piece takes in the whole of a quotation that it touches.
    """
    merged: list[list[int]] = []
    for start, last in sorted(phrases):
        first = _skip_conjunction(passage.parse, start, last)
        if merged and first - merged[-1][1] <= 3 and _is_bridge(passage, merged[-1][1] + 1, first):
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    spans = [_snap(passage, *passage.to_span((a, b))) for a, b in merged]
    pieces = [piece for span in spans if (piece := trim(passage.text, *span))]
    return _fit_to_quotations(passage, pieces, passage.parse.starts[cue])


def _skip_conjunction(parse: Parse, first: int, last: int) -> int:
    """Leave out the conjunction that opens a sentence: “But the road is closed”."""
    opens = first == 0 or parse.sentences[first - 1] != parse.sentences[first]
    while opens and first < last and parse.pos[first] in ("CCONJ", "PUNCT"):
        first += 1
    return first


def _is_bridge(passage: Passage, first: int, last: int) -> bool:
    return all(passage.parse.pos[i] in _BRIDGES for i in range(first, last))


def _snap(passage: Passage, start: int, end: int) -> Span:
    for quotation in passage.quotations:
        if quotation.outer_start < end and start < quotation.outer_end:
            start, end = min(start, quotation.outer_start), max(end, quotation.outer_end)
    return start, end


def trim(text: str, start: int, end: int) -> Span | None:
    """Drop punctuation and white space at both ends; a bracket stays where its pair is inside."""
    while start < end and _EDGE.match(text[start]):
        start += 1
    while start < end and _EDGE.match(text[end - 1]):
        inner = text[start:end]
        if text[end - 1] in ")]" and sum(inner.count(c) * n for c, n in _BRACKETS) >= 0:
            break
        end -= 1
    return (start, end) if start < end else None


_BRACKETS = (("(", 1), ("[", 1), (")", -1), ("]", -1))


def _fit_to_quotations(passage: Passage, pieces: list[Span], cue: int) -> list[Span]:
    """Where a quoted sentence stands before the cue, the content is what is quoted."""
    fitted: list[Span] = []
    is_quoted = False
    for start, end in pieces:
        held = [q for q in passage.quotations if start <= q.outer_start and q.outer_end <= end]
        if is_quoted and start > cue:
            whole = [q for q in held if is_complete(passage.text, q)]
            fitted += [(q.outer_start, q.outer_end) for q in whole]
            continue
        start, end = _cut_at_quotations(passage.text, start, end, held)
        fitted.append((start, end))
        is_quoted = is_quoted or any(
            q.outer_start == start and q.outer_end <= end < cue and is_complete(passage.text, q)
            for q in held
        )
    return fitted


def _cut_at_quotations(text: str, start: int, end: int, held: list[Quotation]) -> Span:
    """Begin after a colon that announces a quoted sentence; end with the last quoted sentence."""
    for quotation in held:
        announced = text[start : quotation.outer_start].rstrip()[-1:] in (":", "(")
        if announced and quotation.outer_start > start and is_complete(text, quotation):
            start = quotation.outer_start
    if held and held[-1].function == "speech" and text[held[-1].end - 1] in ".?!":
        end = held[-1].outer_end
    return start, end


def cut_tail(passage: Passage, phrase: Phrase, cue: int) -> tuple[Phrase, Passage]:
    """Cut off what the parser hung on the end of a clause but the narrator added.

    Returns:
        The phrase, and the passage with a parse in which a cue that was cut off hangs on this one,
        so that it finds the same source.
    """
    parse, (first, last) = passage.parse, phrase
    is_clause = _is_clause(parse, phrase)
    for i in range(first + 1, last + 1):
        if parse.right[i] == last and parse.left[i] > first:
            is_cue = _is_further_cue(passage, i, cue)
            # What stands before its cue is said, asides and all: “The pier, ..., Venn said.”
            if is_cue or (cue < first and _is_aside(parse, i, is_clause=is_clause)):
                last = parse.left[i] - 1
                # To give the later cue this one's source outright was tried: joint F1 66.6 -> 66.5
                # on the develop half, because a closing “according to” would hang here as well.
                if is_cue and cue < first:
                    passage = passage._replace(parse=reattach(parse, i, cue))
                break
    while last > first and parse.pos[last] in ("CCONJ", "PUNCT") and parse.words[last] not in _KEPT:
        last -= 1
    return (first, last), passage


def _is_clause(parse: Parse, phrase: Phrase) -> bool:
    """Whether a phrase is a clause with a subject of its own."""
    first, last = phrase
    heads = (i for i in range(first, last + 1) if not first <= parse.heads[i] <= last)
    head = next(heads, first)
    return any(parse.deps[k] in ("nsubj", "nsubjpass", "expl") for k in parse.kids[head])


def _is_aside(parse: Parse, i: int, *, is_clause: bool) -> bool:
    """What the narrator adds after a comma: “, who ...”, “, although ...”, “, a town of ...”.

    Annotators of PolNeAR's develop half leave a clause with *which*, *who* or *whose* to the
    narrator in 79 of 109 contents that could end with it, and a noun in apposition in 52 of 82
    where the content is no clause (in 11 of 24 where it is one).
    """
    first, dep = parse.left[i], parse.deps[i]
    if _find_before(parse, first) != ",":
        return False
    openers = {parse.words[k].lower() for k in range(first, i)}
    if dep == "advcl":
        return not openers.isdisjoint(load_rule_words("concessives"))
    if dep == "relcl":
        return not openers.isdisjoint(load_rule_words("relatives"))
    is_list = any(parse.deps[k] == "conj" for k in parse.kids[i])
    return dep == "appos" and parse.pos[i] == "NOUN" and not is_clause and not is_list


def _find_before(parse: Parse, first: int) -> str:
    """The word before a token; of “closed,” | adding ... the comma inside the mark."""
    i = first - 1
    while i > 0 and parse.words[i] in _CLOSING:
        i -= 1
    return parse.words[i].lower()


def _is_further_cue(passage: Passage, i: int, cue: int) -> bool:
    """A participle after a comma (“..., adding that”) or a verb like the cue (“and urged”)."""
    parse = passage.parse
    if parse.pos[i] != "VERB":
        return False
    found = passage.find_cue(i)
    before = _find_before(parse, parse.left[i])
    if found is None:
        return False
    if parse.tags[i] == "VBG" and before == "," and parse.deps[i] in _PARTICIPLES:
        return found.counts[1] > FURTHER_PARTICIPLE * found.counts[0]
    is_alike = parse.deps[i] == "conj" and (
        parse.tags[i] == parse.tags[cue] != "VB" or _is_by_saying(parse, i, cue)
    )
    has_subject = any(parse.deps[k] in ("nsubj", "nsubjpass") for k in parse.kids[i])
    rate = BUT_CUE if before == "but" else FURTHER_CUE
    return is_alike and not has_subject and found.counts[1] > rate * found.counts[0]


def _is_by_saying(parse: Parse, i: int, cue: int) -> bool:
    """“responded by closing the pier | and saying ...”: what is done is not what is said."""
    head = parse.heads[i]
    by = parse.heads[head]
    is_by = parse.deps[head] == "pcomp" and parse.words[by].lower() == "by"
    return is_by and parse.tags[i] == "VBG" and parse.heads[by] == cue


def is_hedge(passage: Passage, token: int, cue: Cue) -> bool:
    """Whether a cue that names nobody only tells how sure the next one is: “seemed to | blame it”.

    Who seems to say something is its source then; joint F1 66.56 -> 66.66 on the develop half.
    """
    n, unsourced = cue.unsourced
    parse = passage.parse
    below = (k for k in parse.kids[token] if k > token and parse.deps[k] == "xcomp")
    infinitive = next((k for k in below if parse.tags[k] == "VB"), None)
    if infinitive is None or unsourced <= UNSOURCED * n:
        return False
    inner = passage.find_cue(infinitive)
    return inner is not None and inner.counts[1] > UNSOURCED * inner.counts[0]
