"""From the passages of an article to its attributions: quotations attached, nested ones dropped."""

from __future__ import annotations

from collections import Counter

from dateline.attribution.detail import find_addressee, find_medium, widen_cue
from dateline.attribution.draft import Draft, draft_passage
from dateline.attribution.label import draft_label, find_label
from dateline.attribution.lexicon import Lexicon
from dateline.attribution.parse import Paragraph, Parse
from dateline.attribution.passage import WORD, Passage, make_passage
from dateline.attribution.quoted import Previous, attach_quotations
from dateline.attribution.score import Trust, find_traits, score_draft
from dateline.quotations.marks import Quotation

# Drafts below these chances go: best joint F1 on the develop half of PolNeAR train. What seems
# quoted and is no more likely than this is a title or a term.
FLOORS = {"direct": 0.45, "mixed": 0.3, "indirect": 0.3}
_NAMED = frozenset({"nickname", "title"})


def assemble_article(
    text: str, parsed: list[tuple[Paragraph, Parse]], lexicon: Lexicon, trust: Trust
) -> list[Draft]:
    """Find the attributions of one article from the parses of its paragraphs.

    Returns:
        The drafts in the order of the text, rated, none nested in another.
    """
    drafts: list[Draft] = []
    previous: Previous | None = None
    pending: list[Quotation] = []
    labels = Counter(find_label(text, paragraph) for paragraph, _ in parsed)
    for (paragraph, parse), (following, _) in zip(parsed, [*parsed[1:], (None, None)], strict=True):
        if _opens_speech(paragraph, following, previous):
            pending.append(paragraph.quotations[-1])
            continue
        passage = make_passage(text, paragraph, parse, lexicon)
        found = draft_label(passage, labels) or _draft(passage, previous, trust)
        if pending:
            _give_pending([*drafts, *found], paragraph.quotations[0], pending)
            pending = []
        rate_drafts(passage, found, trust)
        found = [d for d in found if d.trust >= FLOORS[d.kind]]
        describe_drafts(passage, found)
        drafts += found
        quoted = [d for d in found if d.quoted or _holds_quotation(d, passage)]
        previous = Previous(passage, (quoted or found or [None])[-1])
    quotations = [q for paragraph, _ in parsed for q in paragraph.quotations]
    for draft in drafts:  # only now, because later paragraphs can continue an attribution
        draft.kind = find_kind(text, draft, quotations)
    return sorted(drafts, key=lambda d: (d.start, d.end, d.token))


def _draft(passage: Passage, previous: Previous | None, trust: Trust) -> list[Draft]:
    drafts = draft_passage(passage)
    rate_drafts(passage, drafts, trust)
    drafts = drop_nested([d for d in drafts if d.trust >= FLOORS[d.kind]])
    drafts = drop_nested(attach_quotations(passage, drafts, previous))
    return [d for d in drafts if not _is_only_named(d, passage)]


def rate_drafts(passage: Passage, drafts: list[Draft], trust: Trust) -> None:
    """Give each draft its kind and its final score."""
    for draft in drafts:
        draft.kind = find_kind(passage.text, draft, passage.quotations)
        draft.traits = find_traits(passage, draft)
        draft.trust = score_draft(trust, draft, draft.traits)


def describe_drafts(passage: Passage, drafts: list[Draft]) -> None:
    """Add the addressee and the medium, where the sentence states them, and the whole cue."""
    for draft in drafts:
        if draft.token >= 0 and draft.rule != "announced":
            draft.addressee = find_addressee(passage, draft)
            draft.medium = find_medium(passage, draft)
            draft.cue_span = widen_cue(passage, draft)


def drop_nested(drafts: list[Draft]) -> list[Draft]:
    """Keep the outermost: what has its cue inside another's content goes."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -sum(e - s for s, e in d.pieces)):
        cue = draft.cue_span
        if not (cue and any(s <= cue[0] < e for other in kept for s, e in other.pieces)):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.start)


def find_kind(text: str, draft: Draft, quotations: list[Quotation]) -> str:
    """Direct where all words stand in quotation marks, mixed where some do, else indirect."""
    words = [m.start() for s, e in draft.pieces for m in WORD.finditer(text, s, e)]
    near = [q for q in quotations if q.start < draft.end and draft.start < q.end]
    marked = sum(any(q.start <= word < q.end for q in near) for word in words)
    return "direct" if marked >= 0.95 * len(words) else "mixed" if marked else "indirect"


def _opens_speech(
    paragraph: Paragraph, following: Paragraph | None, previous: Previous | None
) -> bool:
    """Whether a paragraph is an open quotation whose speaker a later paragraph names."""
    if not (following and paragraph.quotations and following.quotations):
        return False
    first, then = paragraph.quotations[0], following.quotations[0]
    if first.closed or first.outer_start != paragraph.start or then.outer_start != following.start:
        return False
    earlier = previous.passage.quotations if previous else []
    return not (earlier and not earlier[-1].closed)


def _give_pending(drafts: list[Draft], first: Quotation, pending: list[Quotation]) -> None:
    for draft in reversed(drafts):
        if draft.holds(first.start, first.end):
            draft.add(*((q.outer_start, q.outer_end) for q in pending))
            return


def _is_only_named(draft: Draft, passage: Passage) -> bool:
    """Whether what is quoted is only what somebody or something is called."""
    names = {(q.outer_start, q.outer_end): q.function for q in passage.quotations}
    functions = [names.get(piece) for piece in draft.pieces]
    return "nickname" in functions or (len(functions) == 1 and functions[0] in _NAMED)


def _holds_quotation(draft: Draft, passage: Passage) -> bool:
    return any(draft.holds(q.outer_start, q.outer_end) for q in passage.quotations)
