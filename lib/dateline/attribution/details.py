"""From a draft to its details: to whom, in what, whether not, and the whole of its cue."""

from __future__ import annotations

import re

from dateline.attribution.cues.lexicon import Cue, load_rule_words
from dateline.attribution.draft import Draft
from dateline.attribution.parse import Parse
from dateline.attribution.passage import Passage
from dateline.attribution.source import span_of_mention
from dateline.words import Span

_NOTHING = re.compile(r"nothing\b", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:not )?to (?:be|stay|remain|go) (?:\w+ )?"
    r"(?:named|identified|quoted by name|photographed|anonymous|unnamed|nameless)\b"
    r"|(?:for |on )?(?:condition of )?anonymity\b"
)
_REFUSED = re.compile(r"to (?:(?:\w+ly|further) )?(?P<verb>\w+)")


def describe(passage: Passage, draft: Draft) -> Draft:
    """Add addressee, medium and negation, where the sentence states them, and the whole cue."""
    if draft.token < 0 or draft.cue is None:
        return draft
    return draft._replace(
        addressee=_find_addressee(passage, draft, draft.cue),
        medium=_find_medium(passage, draft, draft.cue),
        negated=_is_negated(passage, draft, draft.cue),
        cue_span=_widen_cue(passage, draft, draft.cue),
    )


def _widen_cue(passage: Passage, draft: Draft, cue: Cue) -> Span:
    """The cue with its auxiliaries, its negation and its particle, where they stand beside it."""
    parse, first, last = passage.parse, draft.token, draft.token
    kids = parse.kids[draft.token]
    while first - 1 in kids and parse.deps[first - 1] in ("aux", "auxpass", "neg"):
        first -= 1
    if last + 1 in kids and parse.deps[last + 1] == "prt":
        last += 1
    if last + 1 in kids and parse.deps[last + 1] == "prep":
        start, end = passage.to_span((last + 1, last + 1))
        joins = parse.words[last + 1].lower() == draft.rule or cue.lemma == "accord"
        if joins and not draft.holds(start, end):
            last += 1
    return passage.to_span((first, last))


def _find_addressee(passage: Passage, draft: Draft, cue: Cue) -> str | None:
    """To whom it was said: told *reporters*, said to *her*; None where it is not stated."""
    parse = passage.parse
    if cue.lemma == "accord":
        return None  # "according to X" names the source, not to whom it was said
    for kid in parse.kids[draft.token]:
        head = None
        if parse.deps[kid] in ("dobj", "dative") and cue.lemma in load_rule_words("to_whom"):
            head = kid
        elif parse.deps[kid] in ("prep", "dative") and parse.words[kid].lower() == "to":
            head = _find_governed(parse, kid)
        if head is None or parse.pos[head] not in ("NOUN", "PROPN", "PRON") or passage.marks[head]:
            continue
        start, end = passage.to_span(span_of_mention(parse, head, draft.token))
        taken = [*draft.pieces, *([draft.source] if draft.source else [])]
        if not any(s < end and start < e for s, e in taken):
            return passage.text[start:end]
    return None


def _find_medium(passage: Passage, draft: Draft, cue: Cue) -> str | None:
    """In what it was said, as one word: letter, interview, post; None where it is not stated."""
    parse = passage.parse
    for kid in parse.kids[draft.token]:
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in load_rule_words("in_what"):
            head = _find_governed(parse, kid)
            if head is None or draft.holds(*passage.to_span((head, head))):
                continue
            if (word := parse.words[head].lower()) in load_rule_words("media"):
                return word
    if cue.lemma in load_rule_words("posted"):
        return cue.lemma.removeprefix("re")
    source = passage.text[slice(*draft.source)].lower().split() if draft.source else []
    documents = load_rule_words("documents")
    return next((word for word in reversed(source[-3:]) if word in documents), None)


def _find_governed(parse: Parse, preposition: int) -> int | None:
    return next((k for k in parse.kids[preposition] if parse.deps[k] == "pobj"), None)


def is_unnamed(text: str, draft: Draft) -> bool:
    """Whether it tells only that somebody would not be named: that is nobody's statement."""
    if draft.cue is None or draft.cue.cue_class == "writing":
        return False
    return _UNNAMED.match(text, draft.start, draft.end) is not None


def _is_negated(passage: Passage, draft: Draft, cue: Cue) -> bool:
    """Whether the sentence says that this was not said, or not thought: denied, would not say.

    Of a refusal only to speak is one: who refuses to pay has said something.
    """
    if cue.lemma in load_rule_words("denials"):
        return True
    if cue.lemma in load_rule_words("refusals"):
        match = _REFUSED.match(passage.text, draft.start, draft.end)
        return match is not None and match["verb"] in load_rule_words("refused")
    # “said nothing to the press”; but “nothing was wrong” is a clause, and to want it no speech
    is_bare = draft.rule == "object" and cue.cue_class in ("speech", "writing")
    if is_bare and _NOTHING.match(passage.text, draft.start, draft.end):
        return True
    parse, token = passage.parse, draft.token
    source = passage.text[slice(*draft.source)].split() if draft.source else []
    if source and source[0].lower() in load_rule_words("nobody"):
        return True
    governors = [token]
    while parse.deps[governors[-1]] == "xcomp":  # does not want to say
        governors.append(parse.heads[governors[-1]])
    return any(_has_negation(parse, k) for governor in governors for k in parse.kids[governor])


def _has_negation(parse: Parse, kid: int) -> bool:
    word = parse.words[kid].lower()
    return parse.deps[kid] == "neg" or (
        parse.deps[kid] in ("det", "preconj") and word in ("no", "neither")
    )
