"""From articles to attributions: who said what, with its cue, its source and how sure that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dateline.attribution.cues.lexicon import Lexicon, load_lexicon
from dateline.attribution.cues.score import (
    DEFAULT_MIN_SCORE,
    Trust,
    find_traits,
    is_likely,
    load_trust,
    score_draft,
)
from dateline.attribution.details import describe, is_unnamed
from dateline.attribution.draft import (
    Draft,
    draft_label,
    draft_passage,
    draft_signed,
    draft_turns,
    drop_nested,
    find_kind,
    is_only_named,
    swap,
)
from dateline.attribution.parse import (
    Paragraph,
    Parse,
    cut_paragraphs,
    parse_paragraphs,
)
from dateline.attribution.passage import Passage, make_passage
from dateline.attribution.quoted import Previous, attach_quotations
from dateline.attribution.turns.hearsay import settle_hearsay
from dateline.attribution.turns.interview import find_interviewee
from dateline.attribution.turns.signatures import find_signed
from dateline.attribution.turns.transcript import find_turns
from dateline.frames import build_frame, check_frame, take_frame
from dateline.quotations.marks import Quotation
from dateline.read.intake.tally import list_failures
from dateline.read.language import ENGLISH, list_left_out, part_languages
from dateline.read.plain.blocks import Layout, lay_out
from dateline.words import Flat, Span, join_lines, merge_spans

if TYPE_CHECKING:
    import pandas as pd


def find_attributions(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    min_score: float = DEFAULT_MIN_SCORE,
    progress: bool = False,
) -> pd.DataFrame:
    """Find who said what in each article.

    Args:
        articles: ARTICLES; `article_id`, `text` and, where it is there, `language` are used:
            what is not English is left out.
        blocks: BLOCKS of the articles; None finds them. Each is read as one line, whatever width
            it was wrapped at.
        min_score: Leave out attributions that are less probable than this, 0-1. What is left out
            neither holds a quotation nor hides what stands inside it. From the default on, direct
            ones are left out below 0.45 in any case: those are titles and terms. Below it, all that
            the rules can draft is listed, 0 for everything; the likelier rows stay as they are.
        progress: Show a line that counts the articles, on standard error.

    Returns:
        ATTRIBUTIONS, one row an attribution, articles in their order and attributions in the
        text's. Empty in, empty out. `attrs["problems"]` lists the articles that failed and
        those in other languages, as rows of PROBLEMS; they have no attributions.

    Raises:
        ValueError: `articles` or `blocks` is not such a frame, or `min_score` is outside 0-1.
        RuntimeError: The English model is not installed.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_attributions(articles)[["kind", "source", "cue"]].values.tolist()
        [['direct', 'Ada Quill', 'said']]
    """
    optional = ["path", "language"]
    articles = take_frame(articles, "articles", "article_id", "text", optional=optional)
    articles, others = part_languages(articles, ENGLISH)
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score is {min_score}, expected 0 to 1")
    layouts = lay_out(articles, blocks)
    rows, problems = [], []
    parsed = _parse_articles(layouts)
    articles_parsed = _show_progress(parsed, len(layouts)) if progress else parsed
    for article_id, pairs in articles_parsed:
        flat = layouts[article_id].flat
        try:
            tables = load_lexicon(), load_trust()
            drafts = assemble_article(flat.text, pairs, *tables, min_score)
            found = [make_row(article_id, flat, draft) for draft in drafts]
        except Exception as error:  # one article must not cost the others theirs
            problems.append((article_id, f"{type(error).__name__}: {error}"))
            continue
        rows += found
    attributions = check_frame(build_frame("attributions", rows), "attributions")
    failed = list_failures(articles, dict(problems), stage="attributions")
    attributions.attrs["problems"] = list_left_out(others, "attributions") + failed
    return attributions


def find_contents(attributions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List the parts of what was said, one a row.

    Args:
        attributions: ATTRIBUTIONS.
        articles: ARTICLES, for the words.

    Returns:
        CONTENTS, one row a part, in the order of the attributions and of their parts.

    Raises:
        ValueError: An article of the attributions is not among the articles.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_contents(dl.find_attributions(articles), articles)["text"].tolist()
        ['“The port is shut,”']
    """
    attributions = take_frame(
        attributions, "attributions", "attribution_id", "article_id", "content"
    )
    articles = take_frame(articles, "articles", "article_id", "text")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = []
    columns = (attributions[key] for key in ("attribution_id", "article_id", "content"))
    for attribution_id, article_id, content in zip(*columns, strict=True):
        if article_id not in texts:
            raise ValueError(f"no article is called {article_id!r}")
        named = {"attribution_id": attribution_id, "article_id": article_id}
        for part, (start, end) in enumerate(content):
            words = join_lines(texts[article_id][start:end])
            rows.append(named | {"part": part, "start": start, "end": end, "text": words})
    return check_frame(build_frame("contents", rows), "contents")


def _show_progress(parsed: Iterator, n_articles: int) -> Iterable:
    from tqdm import tqdm

    return tqdm(parsed, total=n_articles, unit=" articles", leave=False)


def _parse_articles(
    layouts: dict[str, Layout],
) -> Iterator[tuple[str, list[tuple[Paragraph, Parse]]]]:
    paragraphs = (
        (layout.flat.text, paragraph)
        for article_id, layout in layouts.items()
        for paragraph in cut_paragraphs(article_id, layout)
    )
    parsed = parse_paragraphs(paragraphs)
    for article_id, pairs in groupby(parsed, key=_article_of):
        yield article_id, list(pairs)


def _article_of(pair: tuple[Paragraph, object]) -> str:
    return pair[0].article_id


class _Found(NamedTuple):
    """What a passage says: its drafts, candidates that are not among them, what goes on before."""

    passage: Passage
    drafts: list[Draft]
    others: list[Draft]
    continued: list[Span]


def assemble_article(
    text: str,
    parsed: list[tuple[Paragraph, Parse]],
    lexicon: Lexicon,
    trust: Trust,
    min_score: float = DEFAULT_MIN_SCORE,
) -> list[Draft]:
    """Find the attributions of one article from the parses of its paragraphs.

    Returns:
        The drafts in the order of the text, rated. None is nested in another one that is likely.
    """
    likely: list[Draft] = []
    doubtful: list[Draft] = []
    previous: Previous | None = None
    pending: list[Span] = []
    turns, taken = _find_turns(text, [paragraph for paragraph, _ in parsed])
    for i, (paragraph, parse) in enumerate(parsed):
        if i in taken:
            previous = None
            continue
        then = parsed[i + 1][0] if i + 1 < len(parsed) and i + 1 not in taken else None
        if _opens_speech(paragraph, then, previous):
            opened = paragraph.quotations[-1]
            pending.append((opened.outer_start, opened.outer_end))
            continue
        passage = make_passage(text, paragraph, parse, lexicon)
        found = _find_in_passage(passage, previous, trust, min_score)
        passage, drafts = found.passage, found.drafts
        spoken = previous.draft if previous else None
        if spoken and found.continued:
            likely = swap(likely, spoken, whole := spoken.add(*found.continued))
            spoken = whole
        if pending:
            likely, drafts = _give_pending(likely, drafts, paragraph.quotations[0], pending)
            pending = []
        drafts = [_rate(passage, draft, trust) for draft in drafts]
        kept = [describe(passage, d) for d in drafts if is_likely(d, min_score)]
        if min_score < DEFAULT_MIN_SCORE:
            doubtful += _list_doubtful(passage, kept, [*drafts, *found.others], min_score)
        likely += kept
        quoted = [d for d in kept if d.quoted or d.holds_any(passage.quotations)]
        said_last = next(reversed(quoted or kept), spoken if found.continued else None)
        previous = Previous(passage, said_last)
    quotations = [q for paragraph, _ in parsed for q in paragraph.quotations]
    # Only now, because later paragraphs can continue an attribution.
    drafts = [d.classify(find_kind(text, d, quotations)) for d in (*likely, *doubtful)]
    drafts += [turn for turn in turns if turn.score >= min_score]
    return sorted(drafts, key=lambda d: (d.start, d.end, d.token))


def _find_turns(text: str, paragraphs: list[Paragraph]) -> tuple[list[Draft], frozenset[int]]:
    """What is said in a transcript's turns, or signed, and the paragraphs that this takes up."""
    turns, taken = find_turns(text, paragraphs)
    interviewee = find_interviewee(text, paragraphs[min(taken)].start) if taken else None
    signed, used = find_signed(text, paragraphs, taken)
    quotations = [quotation for i in sorted(used) for quotation in paragraphs[i].quotations]
    drafts = [
        *draft_turns(text, turns, interviewee),
        *draft_signed(text, signed, quotations),
    ]
    return drafts, taken | used


def _find_in_passage(
    passage: Passage,
    previous: Previous | None,
    trust: Trust,
    min_score: float,
) -> _Found:
    if labelled := draft_label(passage):
        return _Found(passage, labelled, [], [])
    drafts, passage = draft_passage(passage)
    drafts = [_rate(passage, draft, trust) for draft in drafts]
    # Unlikely drafts go twice: here, so that none holds a quotation or hides a better one (138 rows
    # of 18,000), and when the quotations are given out, which changes kinds and scores (256 rows).
    # Nested ones go before quotations are given out, too: after it alone costs 0.1 of joint F1.
    likely = settle_hearsay(passage, [d for d in drafts if is_likely(d, min_score)])
    likely = drop_nested([d for d in likely if not is_unnamed(passage.text, d)])
    attached, continued = attach_quotations(passage, likely, previous)
    tokens = {draft.token for draft in attached}
    said = [d for d in drop_nested(attached) if not is_only_named(d, passage)]
    others = [d for d in drafts if d.token not in tokens and not is_unnamed(passage.text, d)]
    return _Found(passage, said, others, continued)


def _rate(passage: Passage, draft: Draft, trust: Trust) -> Draft:
    draft = draft.classify(find_kind(passage.text, draft, passage.quotations))
    traits = find_traits(passage, draft)
    return draft.rate(traits, score_draft(trust, draft, traits))


def _list_doubtful(
    passage: Passage, kept: list[Draft], candidates: list[Draft], min_score: float
) -> list[Draft]:
    """The unlikely candidates from `min_score` on that lie in nothing that is kept."""
    drafts = [
        describe(passage, draft)
        for draft in candidates
        if draft.score >= min_score and not is_likely(draft, DEFAULT_MIN_SCORE)
    ]
    return [d for d in drop_nested(drafts, within=kept) if not is_only_named(d, passage)]


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


def _give_pending(
    likely: list[Draft], drafts: list[Draft], first: Quotation, pending: list[Span]
) -> tuple[list[Draft], list[Draft]]:
    """Give what open paragraphs said to whoever says the first quotation after them."""
    for draft in [d for d in (*likely, *drafts) if d.holds(first.start, first.end)][-1:]:
        whole = draft.add(*pending)
        return swap(likely, draft, whole), swap(drafts, draft, whole)
    return likely, drafts


def make_row(article_id: str, flat: Flat, draft: Draft) -> dict:
    """A draft, whose spans are into the flat text, as a row of ATTRIBUTIONS."""
    # Two rules may have found pieces that overlap; nothing is said twice.
    pieces = merge_spans(draft.pieces)
    content = [list(flat.to_article(*piece)) for piece in pieces]
    row = {
        "article_id": article_id,
        "kind": draft.kind,
        "start": content[0][0],
        "end": content[-1][1],
        "content": content,
        "addressee": draft.addressee,
        "medium": draft.medium,
        "via": draft.via,
        "negated": draft.negated,
        "rule": draft.rule,
        "score": round(draft.score, 4),
    }
    if draft.cue_span:
        row["cue_start"], row["cue_end"] = flat.to_article(*draft.cue_span)
        row["cue"] = flat.text[slice(*draft.cue_span)]
    if draft.cue:
        # The lexicon lists the participle's verb; people know the cue by its two words.
        lemma = "according to" if draft.cue.lemma == "accord" else draft.cue.lemma
        row |= {"cue_lemma": lemma, "cue_class": draft.cue.cue_class}
    if draft.source:
        row["source_start"], row["source_end"] = flat.to_article(*draft.source)
        row["source"] = flat.text[slice(*draft.source)]
    words = [flat.text[start:end] for start, end in pieces]
    row["attribution_id"] = f"{article_id}:{_hash(row, words)}"
    return row


def _hash(row: dict, words: list[str]) -> str:
    """Ten hex digits of the cue and the content, the same in every run."""
    said = " ".join(f"{a}-{b} {w}" for (a, b), w in zip(row["content"], words, strict=True))
    named = f"{row.get('cue_start')} {row.get('cue')} {said}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:10]
