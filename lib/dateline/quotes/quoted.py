"""From quotations to attributions: each is given to a cue beside it, or to the last speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.quotes.cues import Lexicon
from dateline.quotes.drafts import (
    Draft,
    find_draft_source,
    is_complete,
    is_spoken,
    mark_inside,
    trim,
)
from dateline.quotes.parse import Paragraph, Parse
from dateline.quotes.quotations import Quotation
from dateline.quotes.sources import span_of_mention


class Previous(NamedTuple):
    """The paragraph before, and its last attribution."""

    paragraph: Paragraph
    parse: Parse
    draft: Draft | None


_REACH = 15  # tokens between a quotation and its cue
_OPEN_ENDS = frozenset(",?!…—-–")
_STOPS = frozenset({".", ";", "!", "?", "\n"})
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“'‘(]*[A-Z])")


def find_beside(
    text: str, parse: Parse, inside: list[str], quotation: Quotation
) -> Iterator[tuple[int, str]]:
    """List the verbs beside a quotation that may introduce it, and how they stand to it."""
    n = len(parse.words)
    first = next((i for i in range(n) if parse.starts[i] >= quotation.outer_end), n)
    opening = next((i for i in range(n) if parse.starts[i] >= quotation.outer_start), n)
    if ends_open(text, quotation):
        for token in _scan(parse, inside, range(first, min(n, first + _REACH))):
            near = all(parse.pos[i] not in ("ADP", "VERB", "SCONJ") for i in range(first, token))
            yield token, "beside after" if near else "beside far"
    for token in _scan(parse, inside, range(opening - 1, max(-1, opening - 1 - _REACH), -1)):
        yield token, "beside before"


def ends_open(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends as one does before its cue: in a comma, a dash, ? or !."""
    end = text[quotation.end - 1 : quotation.outer_end + 1]
    return any(c in _OPEN_ENDS for c in end)


def find_beside_source(parse: Parse, inside, end: int, cue: int) -> tuple[int, int] | None:
    """The noun phrase between a quotation and its cue, or right after the cue (said X)."""
    first = next((i for i in range(len(parse.words)) if parse.starts[i] >= end), 0)
    if cue < first or cue - first > 25 or any(inside[first:cue]):
        return None
    found = _find_nominal(parse, range(first, cue), first, cue - 1)
    if found is None and not any(
        parse.pos[i] in ("NOUN", "PROPN", "PRON") for i in range(first, cue)
    ):
        last = next(
            (i for i in range(cue + 1, len(parse.words)) if inside[i] or parse.words[i] in _STOPS),
            len(parse.words),
        )
        found = _find_nominal(parse, range(cue + 1, min(last, cue + 6)), cue + 1, last - 1)
    return found


def _find_nominal(parse: Parse, order: range, low: int, high: int) -> tuple[int, int] | None:
    for i in order:
        if parse.pos[i] in ("ADP", "VERB", "SCONJ"):
            return None
        if parse.pos[i] in ("NOUN", "PROPN", "PRON"):
            while (
                low <= parse.heads[i] <= high
                and parse.heads[i] != i
                and parse.pos[parse.heads[i]] in ("NOUN", "PROPN", "PRON")
            ):
                i = parse.heads[i]
            first, last = span_of_mention(parse, i, -1)
            return max(first, low), min(last, high)
    return None


def _scan(parse: Parse, inside: list[str], order: range) -> Iterator[int]:
    found = 0
    for i in order:
        if inside[i] or parse.words[i] in _STOPS or found == 2:
            return
        if order.step > 0 and found == 0 and parse.pos[i] == "CCONJ" and i == order.start:
            return
        if parse.pos[i] == "VERB" and parse.deps[i] not in ("relcl", "acl", "amod"):
            found += 1
            yield i


def settle_sources(text, paragraph, parse, inside, drafts) -> None:
    """Where a quotation stands right before its cue, its place tells the source better than the parse."""
    for draft in drafts:
        if draft.token < 0 or draft.rule == "announced":
            continue
        if draft.source and any(
            q.start <= draft.source[0] < q.end and is_spoken(text, q) for q in paragraph.quotations
        ):
            draft.source = None
        ahead = [
            q
            for q in paragraph.quotations
            if holds(draft, q)
            and q.outer_end <= draft.cue_span[0]
            and is_complete(text, q)
            and ends_open(text, q)
        ]
        if not ahead:
            continue
        found = find_beside_source(parse, inside, ahead[-1].outer_end, draft.token)
        if found is None:
            continue
        span = parse.starts[found[0]], parse.ends[found[1]]
        if draft.source is None or not (
            ahead[-1].outer_end <= draft.source[0]
            and (draft.source[0] < draft.cue_span[0]) == (span[0] < draft.cue_span[0])
        ):
            draft.source = span


def attach_quotations(
    text: str,
    index: int,
    paragraph: Paragraph,
    parse: Parse,
    drafts: list[Draft],
    lexicon: Lexicon,
    previous: Previous | None,
) -> list[Draft]:
    """Give each quotation that no draft holds yet to a cue beside it or to the last speaker."""
    inside = mark_inside(text, paragraph, parse)
    for quotation in paragraph.quotations:
        spoken = is_spoken(text, quotation)
        holder = next((d for d in drafts if holds(d, quotation)), None)
        score, token, rule = find_best_beside(text, parse, inside, quotation, lexicon, spoken)
        if holder:
            if not is_retold(text, quotation, holder, score, token, rule):
                holder.quoted = holder.quoted or spoken
                continue
            give_up(text, holder, quotation, drafts)
        if score >= (SPOKEN if spoken else TERM):
            add_to_cue(index, parse, drafts, quotation, token, rule, score, lexicon)
        elif spoken:
            continue_or_leave(
                text, index, paragraph, parse, inside, drafts, quotation, previous, lexicon
            )
    settle_sources(text, paragraph, parse, inside, drafts)
    return drafts


def find_best_beside(text, parse, inside, quotation, lexicon, spoken):
    level = "+q" if spoken else "+s"
    found = [
        (lexicon.probability(cue, construction, level), -token, construction)
        for token, construction in find_beside(text, parse, inside, quotation)
        if (cue := lexicon.find(parse.words[token], "VERB"))
    ]
    score, token, rule = max(found, default=(0.0, 0, ""))
    return score, -token, rule


def is_retold(text, quotation, holder, score, token, rule) -> bool:
    """Whether a quotation that an earlier cue holds has its own cue after it: X told: “A,” Y said."""
    return (
        RETOLD
        and rule == "beside after"
        and score >= 0.3
        and token != holder.token
        and is_complete(text, quotation)
        and holder.cue_span is not None
        and holder.cue_span[1] <= quotation.outer_start
    )


RETOLD = True


def give_up(text, holder, quotation, drafts) -> None:
    pieces = []
    for start, end in holder.pieces:
        if start <= quotation.start and quotation.end <= end:
            pieces += [(start, quotation.outer_start), (quotation.outer_end, end)]
        else:
            pieces.append((start, end))
    holder.pieces = [p for span in pieces if (p := trim(text, None, *span))]
    if not holder.pieces:
        drafts.remove(holder)


FAR = False
SPOKEN = 0.15
TERM = 0.42


def holds(draft: Draft, quotation: Quotation) -> bool:
    return any(s <= quotation.start and quotation.end <= e for s, e in draft.pieces)


def find_sentence_cue(parse, inside, quotation, lexicon):
    """The reporting verb that is all that the sentence before a quotation says: “She agreed.”"""
    opening = next((i for i, s in enumerate(parse.starts) if s >= quotation.outer_start), 0)
    if opening < 2 or parse.words[opening - 1] not in (".", ":", "!", "?"):
        return None
    sentence = parse.sentences[opening - 1]
    for i in range(opening - 2, -1, -1):
        if parse.sentences[i] != sentence or inside[i]:
            return None
        if parse.heads[i] == i and parse.pos[i] == "VERB":
            cue = lexicon.find(parse.words[i], "VERB")
            if (
                cue
                and cue.counts[1] >= 0.5 * cue.counts[0]
                and cue.pos == "VERB"
                and parse.tags[i] in ("VBD", "VBZ", "VBP")
            ):
                return i
            return None
    return None


def continue_or_leave(text, index, paragraph, parse, inside, drafts, quotation, previous, lexicon):
    span = (quotation.outer_start, quotation.outer_end)
    before = [
        d
        for d in drafts
        if max(d.end, d.cue_span[1] if d.cue_span else 0) <= quotation.outer_start + 1
    ]
    token = find_sentence_cue(parse, inside, quotation, lexicon)
    if token is not None and not any(
        d.token >= 0 and parse.sentences[d.token] == parse.sentences[token] for d in drafts
    ):
        add_to_cue(index, parse, drafts, quotation, token, "sentence before", 0.6, lexicon)
        return
    last = next((d for d in reversed(before) if d.quoted), None)
    if last is None and before:
        last = before[-1]
    if last is None and previous:
        last = find_announcer(text, index, previous, lexicon, span, drafts)
        if last is None and (FAR or (previous.draft and previous.draft.quoted)):
            last = previous.draft
    if last:
        last.pieces = sorted([*last.pieces, span])
        last.quoted = True
    else:
        source = previous.draft.source if previous and previous.draft else None
        drafts.append(Draft(index, -1, None, None, [span], source, "alone", 0.5, True))


def find_announcer(text, index, previous, lexicon, span, drafts) -> Draft | None:
    """The cue that ends the paragraph before in a colon, where it has not said anything yet."""
    parse, paragraph = previous.parse, previous.paragraph
    if text[paragraph.end - 1] != ":":
        return None
    inside = mark_inside(text, paragraph, parse)
    n = len(parse.words)
    found = [
        (lexicon.probability(cue, "beside before", "+q"), token)
        for token in _scan(parse, inside, range(n - 2, max(-1, n - 20), -1))
        if (cue := lexicon.find(parse.words[token], "VERB"))
    ]
    if not found:
        return None
    score, token = max(found)
    if score < 0.1:
        return None
    cue = lexicon.find(parse.words[token], "VERB")
    if previous.draft and previous.draft.token == token and previous.draft.paragraph == index - 1:
        return previous.draft
    draft = Draft(
        index - 1,
        token,
        cue,
        (parse.starts[token], parse.ends[token]),
        [],
        find_draft_source(parse, token, cue),
        "announced",
        score,
        True,
    )
    drafts.append(draft)
    return draft


def add_to_cue(index, parse, drafts, quotation, token, rule, score, lexicon) -> None:
    span = (quotation.outer_start, quotation.outer_end)
    for draft in drafts:
        if draft.token == token:
            draft.pieces = sorted([*draft.pieces, span])
            draft.quoted = True
            return
    cue = lexicon.find(parse.words[token], "VERB")
    source = find_draft_source(parse, token, cue)
    drafts.append(
        Draft(
            index,
            token,
            cue,
            (parse.starts[token], parse.ends[token]),
            [span],
            source,
            rule,
            score,
            True,
        )
    )
