"""From articles to attributions: who said what, with its cue, its source and how sure that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from dateline.attribution.assemble import assemble_article
from dateline.attribution.draft import Draft
from dateline.attribution.lexicon import load_lexicon
from dateline.attribution.parse import Paragraph, Parse, find_paragraphs, parse_paragraphs
from dateline.attribution.score import load_trust
from dateline.frames import build_frame, check_frame, take_frame
from dateline.read import find_blocks
from dateline.words import merge_spans

if TYPE_CHECKING:
    import pandas as pd


def find_attributions(
    articles: pd.DataFrame, *, min_score: float = 0.3, progress: bool = False
) -> pd.DataFrame:
    """Find who said what in each article.

    Args:
        articles: ARTICLES; `article_id` and `text` are used.
        min_score: Leave out attributions that are less probable than this, 0-1.
        progress: Show a line that counts the articles, on standard error.

    Returns:
        ATTRIBUTIONS, one row an attribution, articles in their order and attributions in the
        text's. Empty in, empty out. `attrs["problems"]` lists the articles that failed, as rows of
        PROBLEMS; they have no attributions.

    Raises:
        ValueError: `articles` is not such a frame, or `min_score` is outside 0-1.
        RuntimeError: The English model is not installed.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_attributions(articles)[["kind", "source", "cue"]].values.tolist()
        [['direct', 'Ada Quill', 'said']]
    """
    articles = take_frame(articles, "articles", "article_id", "text", optional=["path"])
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score is {min_score}, expected 0 to 1")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows, problems = [], []
    parsed = _parse_articles(articles, texts)
    for article_id, pairs in _show_progress(parsed, len(texts)) if progress else parsed:
        try:
            drafts = assemble_article(texts[article_id], pairs, load_lexicon(), load_trust())
            found = [make_row(article_id, texts[article_id], draft) for draft in drafts]
        except Exception as error:  # one article must not cost the others theirs
            problems.append((article_id, f"{type(error).__name__}: {error}"))
            continue
        rows += [row for row in found if row["score"] >= min_score]
    attributions = check_frame(build_frame("attributions", rows), "attributions")
    attributions.attrs["problems"] = _list_problems(articles, problems)
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
    for attribution in attributions.itertuples():
        if attribution.article_id not in texts:
            raise ValueError(f"no article is called {attribution.article_id!r}")
        for part, (start, end) in enumerate(attribution.content):
            rows.append(
                {
                    "attribution_id": attribution.attribution_id,
                    "part": part,
                    "article_id": attribution.article_id,
                    "start": start,
                    "end": end,
                    "text": texts[attribution.article_id][start:end],
                }
            )
    return check_frame(build_frame("contents", rows), "contents")


def _show_progress(drafted: Iterator, n_articles: int) -> Iterator:
    from tqdm import tqdm

    return tqdm(drafted, total=n_articles, unit=" articles", leave=False)


def _list_problems(articles: pd.DataFrame, problems: list[tuple[str, str]]) -> list[dict]:
    # Articles of the analyst's own need not have come from a file.
    named = articles["path"].fillna(articles["article_id"])
    paths = dict(zip(articles["article_id"], named, strict=True))
    return [
        {"path": paths[article_id], "stage": "attributions", "problem": problem}
        for article_id, problem in problems
    ]


def _parse_articles(
    articles: pd.DataFrame, texts: dict[str, str]
) -> Iterator[tuple[str, list[tuple[Paragraph, Parse]]]]:
    blocks = find_blocks(articles)
    paragraphs = (
        (texts[block.article_id], paragraph)
        for block in blocks.itertuples()
        if is_spoken_block(texts[block.article_id], block)
        for paragraph in find_paragraphs(
            block.article_id, texts[block.article_id], block.kind, block.start, block.end
        )
    )
    parsed = parse_paragraphs(paragraphs)
    for article_id, pairs in groupby(parsed, key=_article_of):
        yield article_id, list(pairs)


def is_spoken_block(text: str, block: tuple) -> bool:
    """Whether a block may say something: body text, or a heading that ends as a sentence does.

    Captions, credits, headers and trailers say nothing, and a heading without a full stop is no
    sentence that a parse could be trusted with.
    """
    if block.kind == "heading":
        return text[block.start : block.end].rstrip()[-1:] in (".", "?", "!")
    return block.kind == "body"


def _article_of(pair: tuple[Paragraph, object]) -> str:
    return pair[0].article_id


def make_row(article_id: str, text: str, draft: Draft) -> dict:
    """A draft as a row of ATTRIBUTIONS."""
    # Two rules may have found pieces that overlap; nothing is said twice.
    content = [list(piece) for piece in merge_spans(draft.pieces)]
    row = {
        "article_id": article_id,
        "kind": draft.kind,
        "start": content[0][0],
        "end": content[-1][1],
        "content": content,
        "addressee": draft.addressee,
        "medium": draft.medium,
        "rule": draft.rule,
        "score": round(draft.trust, 4),
    }
    if draft.cue_span:
        row |= {"cue_start": draft.cue_span[0], "cue_end": draft.cue_span[1]}
        row["cue"] = text[slice(*draft.cue_span)]
    if draft.cue:
        # The lexicon lists the participle's verb; people know the cue by its two words.
        lemma = "according to" if draft.cue.lemma == "accord" else draft.cue.lemma
        row |= {"cue_lemma": lemma, "cue_class": draft.cue.cue_class}
    if draft.source:
        row |= {"source_start": draft.source[0], "source_end": draft.source[1]}
        row["source"] = text[slice(*draft.source)]
    row["attribution_id"] = f"{article_id}:{_hash(row, text)}"
    return row


def _hash(row: dict, text: str) -> str:
    """Ten hex digits of the cue and the content, the same in every run."""
    said = " ".join(f"{a}-{b} {text[a:b]}" for a, b in row["content"])
    named = f"{row.get('cue_start')} {row.get('cue')} {said}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:10]
