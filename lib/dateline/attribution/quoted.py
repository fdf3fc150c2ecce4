"""From quotations to attributions: each is given to a cue beside it, or to the last speaker."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.attribution.beside import (
    ends_open,
    find_beside_source,
    find_best_beside,
    scan_verbs,
)
from dateline.attribution.content import trim
from dateline.attribution.draft import Draft, find_draft_source, make_draft
from dateline.attribution.passage import Passage, is_complete
from dateline.quotations.marks import Quotation

# A quoted sentence takes even an unlikely verb beside it, a term only a likely one; a quotation
# that an earlier cue holds goes over to a verb after it from the chance of the third.
_SENTENCE, _TERM, _RETOLD = 0.15, 0.42, 0.3
_SENTENCE_CUE = 0.6  # a sentence that only says who speaks: “Venn agreed.”
_ALONE = 0.5
_DASH = re.compile(r"[ \t]*[—–-]{1,2}[ \t]*([^\W\d_][^.;:!?\n“”\"]{1,60})[.\s]*$")


class Previous(NamedTuple):
    """The passage before, and its last attribution."""

    passage: Passage
    draft: Draft | None


def attach_quotations(
    passage: Passage, drafts: list[Draft], previous: Previous | None
) -> list[Draft]:
    """Give each quotation that no draft holds to a cue beside it or to the last speaker."""
    drafts = list(drafts)
    for quotation in passage.quotations:
        is_speech = quotation.function == "speech"
        holder = next((d for d in drafts if d.holds(quotation.start, quotation.end)), None)
        score, token, rule = find_best_beside(passage, quotation)
        if holder:
            is_retold = rule == "beside after" and score >= _RETOLD and token != holder.token
            if not (is_retold and _stands_after(passage, holder, quotation)):
                holder.quoted = holder.quoted or is_speech
                continue
            drafts = _take_away(passage, drafts, holder, quotation)
        if score >= (_SENTENCE if is_speech else _TERM):
            _give_to_cue(passage, drafts, quotation, token, rule, score)
        elif is_speech:
            _give_to_speaker(passage, drafts, quotation, previous)
    for draft in drafts:
        _settle_source(passage, draft)
    return drafts


def _stands_after(passage: Passage, holder: Draft, quotation: Quotation) -> bool:
    """Whether a quoted sentence follows its holder's cue: Venn told of it: “A,” said Orla."""
    if holder.cue_span is None or not is_complete(passage.text, quotation):
        return False
    return holder.cue_span[1] <= quotation.outer_start


def _take_away(
    passage: Passage, drafts: list[Draft], holder: Draft, quotation: Quotation
) -> list[Draft]:
    rest = []
    for start, end in holder.pieces:
        if start <= quotation.start and quotation.end <= end:
            rest += [(start, quotation.outer_start), (quotation.outer_end, end)]
        else:
            rest.append((start, end))
    holder.pieces = [piece for span in rest if (piece := trim(passage.text, *span))]
    return [d for d in drafts if d.pieces]


def _give_to_cue(
    passage: Passage,
    drafts: list[Draft],
    quotation: Quotation,
    token: int,
    rule: str,
    score: float,
) -> None:
    span = (quotation.outer_start, quotation.outer_end)
    draft = next((d for d in drafts if d.token == token), None)
    if draft is None:
        cue = passage.find_cue(token)
        draft = make_draft(passage, token, cue, [], rule, score)
        draft.source = find_draft_source(passage, token, cue)
        drafts.append(draft)
    draft.add(span)


def _give_to_speaker(
    passage: Passage, drafts: list[Draft], quotation: Quotation, previous: Previous | None
) -> None:
    """Continue the last attribution, or stand alone with a name after a dash or the last source."""
    token = _find_sentence_cue(passage, quotation)
    sentences = passage.parse.sentences
    if token is not None and not any(
        d.token >= 0 and sentences[d.token] == sentences[token] for d in drafts
    ):
        _give_to_cue(passage, drafts, quotation, token, "sentence before", _SENTENCE_CUE)
        return
    span = (quotation.outer_start, quotation.outer_end)
    named = _find_after_dash(passage, quotation)
    speaker = None if named else _find_last(drafts, quotation, previous)
    if speaker is None and previous and not named:
        speaker = _find_announcer(drafts, previous)
    if speaker is not None:
        speaker.add(span)
        return
    source = named or (previous.draft.source if previous and previous.draft else None)
    rule = "dash" if named else "alone"
    drafts.append(Draft(-1, None, None, [span], source, rule, _ALONE, quoted=True))


def _find_sentence_cue(passage: Passage, quotation: Quotation) -> int | None:
    """The reporting verb of the sentence before a quotation (“She agreed.”)."""
    parse, opening = passage.parse, passage.find_token(quotation.outer_start)
    if opening < 2 or parse.words[opening - 1] not in (".", ":", "!", "?"):
        return None
    for i in range(opening - 2, -1, -1):
        if parse.sentences[i] != parse.sentences[opening - 1] or passage.marks[i]:
            return None
        if parse.heads[i] == i and parse.pos[i] == "VERB":
            cue = passage.find_cue(i)
            likely = cue and cue.pos == "VERB" and cue.counts[1] >= 0.5 * cue.counts[0]
            return i if likely and parse.tags[i] in ("VBD", "VBZ", "VBP") else None
    return None


def _find_after_dash(passage: Passage, quotation: Quotation) -> tuple[int, int] | None:
    """The name in “...” – Orla Venn, where nothing else follows in the paragraph."""
    match = _DASH.match(passage.text, quotation.outer_end, passage.paragraph.end)
    if match is None or not match[1][0].isupper():
        return None
    tokens = range(passage.find_token(match.start(1)), passage.find_token(match.end(1)))
    if any(passage.parse.pos[i] in ("VERB", "AUX") for i in tokens):
        return None
    return match.start(1), match.start(1) + len(match[1].rstrip())


def _find_last(
    drafts: list[Draft], quotation: Quotation, previous: Previous | None
) -> Draft | None:
    """The last attribution before a quotation: with quoted words if there is one, else any."""
    before = [
        d
        for d in drafts
        if max(d.end, d.cue_span[1] if d.cue_span else 0) <= quotation.outer_start + 1
    ]
    quoted = [d for d in before if d.quoted]
    if before:
        return (quoted or before)[-1]
    if previous is None or _is_announcing(previous.passage):
        return None
    return previous.draft if previous.draft and previous.draft.quoted else None


def _is_announcing(passage: Passage) -> bool:
    return passage.text[passage.paragraph.end - 1] == ":"


def _find_announcer(drafts: list[Draft], previous: Previous) -> Draft | None:
    """The cue that ends the paragraph before in a colon: “She wrote:”, new line, “...”."""
    passage = previous.passage
    if not _is_announcing(passage):
        return None
    n, lexicon = len(passage.parse.words), passage.lexicon
    found = [
        (lexicon.probability(cue, "beside before", "+q"), token, cue)
        for token in scan_verbs(passage, range(n - 2, max(-1, n - 20), -1))
        if (cue := passage.find_cue(token))
    ]
    if not found:
        return previous.draft if previous.draft and previous.draft.quoted else None
    score, token, cue = max(found)
    if previous.draft and previous.draft.token == token:
        return previous.draft
    draft = make_draft(passage, token, cue, [], "announced", score)
    draft.source = find_draft_source(passage, token, cue)
    drafts.append(draft)
    return draft


def _settle_source(passage: Passage, draft: Draft) -> None:
    """Where a quoted sentence stands before its cue, the name beside it outweighs the parse."""
    if draft.token < 0 or draft.rule == "announced":
        return
    if draft.source and any(
        q.start <= draft.source[0] < q.end and q.function == "speech" for q in passage.quotations
    ):
        draft.source = None
    ahead = [
        q.outer_end
        for q in passage.quotations
        if draft.holds(q.start, q.end)
        and q.outer_end <= draft.cue_span[0]
        and is_complete(passage.text, q)
        and ends_open(passage.text, q)
    ]
    found = find_beside_source(passage, ahead[-1], draft.token) if ahead else None
    if found is None:
        return
    span, source, cue = passage.to_span(found), draft.source, draft.cue_span[0]
    if source is None or source[0] < ahead[-1] or (source[0] < cue) != (span[0] < cue):
        draft.source = span
