"""From an attribution to its details: the whole cue, to whom it was said, and in what."""

from __future__ import annotations

from dateline.attribution.draft import Draft
from dateline.attribution.lemmas import load_words
from dateline.attribution.parse import Parse
from dateline.attribution.passage import Passage, Span
from dateline.attribution.source import span_of_mention

_PREPOSITIONS = frozenset(["at", "by", "during", "from", "in", "on", "through", "via"])


def widen_cue(passage: Passage, draft: Draft) -> Span:
    """The cue with its auxiliaries, its negation and its particle, where they stand beside it."""
    parse, first, last = passage.parse, draft.token, draft.token
    kids = parse.kids[draft.token]
    while first - 1 in kids and parse.deps[first - 1] in ("aux", "auxpass", "neg"):
        first -= 1
    if last + 1 in kids and parse.deps[last + 1] == "prt":
        last += 1
    if last + 1 in kids and parse.deps[last + 1] == "prep":
        start, end = passage.to_span((last + 1, last + 1))
        word = parse.words[last + 1].lower()
        joins = word == draft.rule or draft.cue.lemma == "accord"
        if joins and not draft.holds(start, end):
            last += 1
    return passage.to_span((first, last))


def find_addressee(passage: Passage, draft: Draft) -> str | None:
    """To whom it was said: told *reporters*, said to *her*; None where it is not stated."""
    parse = passage.parse
    if draft.cue.lemma == "accord":
        return None  # "according to X" names the source, not to whom it was said
    for kid in parse.kids[draft.token]:
        head = None
        if parse.deps[kid] in ("dobj", "dative") and draft.cue.lemma in load_words()["to_whom"]:
            head = kid
        elif parse.deps[kid] in ("prep", "dative") and parse.words[kid].lower() == "to":
            head = _find_object(parse, kid)
        if head is None or parse.pos[head] not in ("NOUN", "PROPN", "PRON") or passage.marks[head]:
            continue
        start, end = passage.to_span(span_of_mention(parse, head, draft.token))
        taken = [*draft.pieces, *([draft.source] if draft.source else [])]
        if not any(s < end and start < e for s, e in taken):
            return passage.text[start:end]
    return None


def find_medium(passage: Passage, draft: Draft) -> str | None:
    """In what it was said, as one word: letter, interview, post; None where it is not stated."""
    parse = passage.parse
    for kid in parse.kids[draft.token]:
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in _PREPOSITIONS:
            head = _find_object(parse, kid)
            word = parse.words[head].lower() if head is not None else ""
            if word in load_words()["media"] and not draft.holds(*passage.to_span((head, head))):
                return word
    if draft.cue.lemma in ("tweet", "retweet", "blog", "email", "text"):
        return draft.cue.lemma.removeprefix("re")
    source = passage.text[slice(*draft.source)].lower().split() if draft.source else []
    return next((word for word in reversed(source[-3:]) if word in load_words()["documents"]), None)


def _find_object(parse: Parse, preposition: int) -> int | None:
    return next((k for k in parse.kids[preposition] if parse.deps[k] == "pobj"), None)
