"""From drafts that lie in each other to hearsay: whose words they are, and through whom known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.attribution.cues.lexicon import load_rule_words
from dateline.attribution.draft import Draft, swap
from dateline.attribution.source import span_of_mention
from dateline.words import Span

if TYPE_CHECKING:
    from dateline.attribution.passage import Passage

_SAID = frozenset({"speech", "writing"})


def settle_hearsay(passage: Passage, drafts: list[Draft]) -> list[Draft]:
    """Give each statement to who made it, with through whom it is known as `via`.

    “Venn said so, according to the Courier” and “The Courier quoted Venn as saying so” are both
    Venn's statement, via the Courier.
    """
    for outer in [d for d in drafts if d.cue and d.cue.lemma == "accord" and d.source]:
        drafts = _settle_according(passage, drafts, outer)
    for inner in [d for d in drafts if d.cue and passage.parse.words[d.token].lower() == "saying"]:
        drafts = _settle_quoted(passage, drafts, inner)
    return drafts


def _settle_according(passage: Passage, drafts: list[Draft], outer: Draft) -> list[Draft]:
    """Keep what stands before, behind or around an “according to”, with its source as `via`."""
    text = passage.text
    via = text[slice(*outer.source)] if outer.source else ""
    kept = [
        inner
        for inner in drafts
        if inner is not outer and _is_statement(passage, inner, outer, drafts)
    ]
    for inner in kept:
        whole = inner.pass_on(via, inner.source, _cut_before(text, inner.pieces, outer))
        drafts = swap(drafts, inner, whole)
    return [d for d in drafts if d is not outer] if kept else drafts


def _is_statement(passage: Passage, inner: Draft, outer: Draft, drafts: list[Draft]) -> bool:
    """Whether a draft is the very statement that an “according to” is said of."""
    if not inner.cue or not inner.cue_span or not inner.source or inner.cue.cue_class not in _SAID:
        return False
    hits, n = inner.cue.counts[1], inner.cue.counts[0]
    if inner.cue.lemma == "accord" or 2 * hits < n or not _is_main(passage, inner.token):
        return False
    if outer.holds(*inner.cue_span) and outer.holds(*inner.source):
        others = (d for d in drafts if d is not outer and d is not inner)
        return not any(d.holds(*inner.cue_span) for d in others)
    # The parse may hang the “according to” on the words quoted: “...,” according to X.
    at = outer.cue_span[0] if outer.cue_span else 0
    return any(
        inner.holds(q.start, at) and not passage.text[q.outer_end : at].strip(" ,")
        for q in passage.quotations
        if q.end < at
    )


def _is_main(passage: Passage, token: int) -> bool:
    """Whether a verb is the one of its sentence, or joined to it: no “who said”, no “saying”."""
    parse = passage.parse
    while parse.deps[token] in ("conj", "ccomp") and parse.heads[token] != token:
        if parse.deps[token] == "ccomp" and parse.heads[token] < token:
            return False
        token = parse.heads[token]
    return parse.heads[token] == token or parse.words[parse.heads[token]].lower() == "according"


def _cut_before(text: str, pieces: tuple[Span, ...], outer: Draft) -> tuple[Span, ...]:
    """The pieces without the “according to X” that one of them ends in."""
    at = outer.cue_span[0] if outer.cue_span else -1
    cut = (
        (start, start + len(text[start:at].rstrip(" ,"))) if start < at < end else (start, end)
        for start, end in pieces
    )
    return tuple((start, end) for start, end in cut if start < end)


def _settle_quoted(passage: Passage, drafts: list[Draft], inner: Draft) -> list[Draft]:
    """Whoever is quoted as saying something says it; whoever quotes is `via`."""
    parse = passage.parse
    climb = [inner.token]
    while len(climb) < 5 and parse.heads[climb[-1]] != climb[-1]:
        climb.append(parse.heads[climb[-1]])
        cue = passage.find_cue(climb[-1])
        if cue and parse.pos[climb[-1]] == "VERB":
            break
    verb = climb[-1]
    cue = passage.find_cue(verb)
    is_hearsay = cue and cue.lemma in load_rule_words("hearsay")
    if not is_hearsay or not any(
        parse.words[i].lower() == "as" for i in range(verb + 1, inner.token)
    ):
        return drafts
    kids = {parse.deps[k]: k for k in parse.kids[verb]}
    said = kids.get("nsubjpass", kids.get("dobj"))
    outlet = (
        kids.get("nsubj") if "nsubjpass" not in kids else _find_agent(passage, verb, inner.token)
    )
    if said is None:
        return drafts
    source = passage.to_span(span_of_mention(parse, said, inner.token))
    via = None
    if outlet is not None:
        via = passage.text[slice(*passage.to_span(span_of_mention(parse, outlet, verb)))]
    outer = next((d for d in drafts if d.token == verb), None)
    pieces = inner.pieces
    if inner.rule == "by":  # “...,” she was quoted as saying by the Courier
        before = [q for q in passage.quotations if q.outer_end <= parse.starts[verb]]
        pieces = tuple((q.outer_start, q.outer_end) for q in before[-1:])
    whole = inner.pass_on(via, source, pieces)
    drafts = swap([d for d in drafts if d is not outer], inner, whole)
    return [d for d in drafts if d.pieces]


def _find_agent(passage: Passage, *verbs: int) -> int | None:
    """The X of “by X” behind one of these verbs."""
    parse = passage.parse
    for verb in verbs:
        for kid in parse.kids[verb]:
            if parse.deps[kid] in ("agent", "prep") and parse.words[kid].lower() == "by":
                return next((k for k in parse.kids[kid] if parse.deps[k] == "pobj"), None)
    return None
