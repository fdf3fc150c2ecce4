"""From the words before a quotation to who is named in them, as the one who speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.attribution.cues.score import NAMED_BEFORE, NAMED_COLON
from dateline.attribution.source import span_of_mention
from dateline.quotations.marks import Quotation
from dateline.words import Span

if TYPE_CHECKING:
    from dateline.attribution.draft import Draft
    from dateline.attribution.passage import Passage

# “Roads of the north – More from Orla Venn: “...””: whom a round-up quotes.
_HEADED = re.compile(
    r"\s[-–—]\s+(?:[Mm]ore )?(?:[Ff]rom )?([^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,3}):\s*$"
)
_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"PROPN", "NOUN"})


class NamedBefore(NamedTuple):
    """Who is named before a quotation: the mention, the rule, and the chance that he speaks."""

    source: Span
    rule: str
    estimate: float


def find_named_before(
    passage: Passage, quotation: Quotation, last: Draft | None
) -> NamedBefore | None:
    """Find who is named in the sentence right before a quotation, if that is not who spoke last.

    “Kamp, who scored twice: “...””, “Kamp was happier: “...””, “Kamp nodded. “...””, “For Kamp it
    was a relief. “...””.

    Args:
        passage: The paragraph.
        quotation: A quotation in it without a cue of its own.
        last: The attribution before it in the paragraph.

    Returns:
        None where nobody is named, where a name is the last speaker's, and where the sentence has
        a cue of its own.
    """
    parse, opening = passage.parse, passage.find_token(quotation.outer_start)
    begin = _begin_of_sentence(passage, opening)
    if begin is None or (last and _reaches(passage, last, begin)):
        return None
    if named := _HEADED.search(passage.text, parse.starts[begin], quotation.outer_start):
        return NamedBefore(named.span(1), "named colon", NAMED_COLON)
    is_colon, root = parse.words[opening - 1] == ":", _find_root(passage, begin, opening)
    subject = _find_subject(passage, root, begin, opening)
    if subject is None or passage.marks[subject]:
        return None
    if subject == root and not is_colon:  # a sentence without a verb tells of nobody
        return None
    is_name = parse.pos[subject] == "PROPN" or _holds_name(passage, subject)
    if not is_name and (not is_colon or parse.pos[subject] != "NOUN" or subject != root):
        return None
    span = passage.to_span(span_of_mention(parse, subject, -1))
    if last and last.source and _is_same(passage.text, span, last.source):
        return None
    rule, estimate = ("named colon", NAMED_COLON) if is_colon else ("named before", NAMED_BEFORE)
    return NamedBefore(span, rule, estimate)


def names_another(passage: Passage, last: Draft) -> bool:
    """Whether a sentence behind an attribution, to the paragraph's end, has another subject."""
    parse = passage.parse
    ends = (end for _, end in (*last.pieces, *filter(None, (last.cue_span, last.source))))
    for i in range(passage.find_token(max(ends)), len(parse.words)):
        is_subject = parse.pos[i] == "PROPN" and parse.deps[i] in _SUBJECTS and not passage.marks[i]
        if is_subject and parse.deps[parse.heads[i]] == "ROOT":
            span = passage.to_span(span_of_mention(parse, i, -1))
            if not (last.source and _is_same(passage.text, span, last.source)):
                return True
    return False


def _begin_of_sentence(passage: Passage, opening: int) -> int | None:
    """The first token of the sentence that ends right before a quotation, if one does."""
    parse = passage.parse
    if opening < 2 or parse.words[opening - 1] not in (".", ":", "!", "?"):
        return None
    begin = opening - 1
    while begin > 0 and not passage.marks[begin - 1]:
        if parse.words[begin - 1] in (".", "!", "?") and begin < opening - 1:
            break
        begin -= 1
    return begin if begin < opening - 1 else None


def _reaches(passage: Passage, last: Draft, begin: int) -> bool:
    """Whether an attribution, with its cue and its source, reaches into a sentence."""
    ends = [end for span in (last.cue_span, last.source) if span for end in span[1:]]
    return max(ends, default=0) > passage.parse.starts[begin]


def _find_root(passage: Passage, begin: int, end: int) -> int | None:
    heads = passage.parse.heads
    roots = (i for i in range(begin, end) if heads[i] == i or not begin <= heads[i] < end)
    return next((i for i in roots if passage.parse.pos[i] != "PUNCT"), None)


def _find_subject(passage: Passage, root: int | None, begin: int, end: int) -> int | None:
    """The subject of the sentence; its head where it has no verb; the X of “For X, it was”."""
    parse = passage.parse
    if root is None:
        return None
    if parse.pos[root] in _NOMINAL:
        return root
    subjects = [k for k in parse.kids[root] if parse.deps[k] in _SUBJECTS and begin <= k < end]
    if parse.words[begin] == "For" and subjects:
        named = [k for k in parse.kids[begin] if parse.deps[k] == "pobj"]
        if named and parse.words[subjects[0]].lower() in ("it", "this", "that", "these", "they"):
            return named[0]
    return subjects[0] if subjects and parse.pos[subjects[0]] in _NOMINAL else None


def _holds_name(passage: Passage, head: int) -> bool:
    """Whether a name stands beside a noun in apposition: the captain, Jonas Kamp."""
    parse = passage.parse
    return any(parse.pos[k] == "PROPN" and parse.deps[k] == "appos" for k in parse.kids[head])


def _is_same(text: str, one: Span, other: Span) -> bool:
    """Whether two mentions share their last word: Jonas Kamp and Kamp."""
    words = (text[slice(*span)].casefold().split() for span in (one, other))
    first, second = (set(own) for own in words)
    return bool(first & second - {"the", "a", "an", "of", "and", "in"})
