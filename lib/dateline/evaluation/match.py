"""From gold and found attributions to pairs of them, compared by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.read.plain.blocks import split_text

KINDS = ("direct", "mixed", "indirect")
ENOUGH = 0.5  # the overlap from which two contents are the same attribution (PolNeAR's paper)
_WORD = re.compile(r"\w+(?:[-.'’]\w+)*")
_MARK = re.compile(r"[“”\"\n]|''|``")
_USED = ("attribution_id", "article_id", "kind", "content", "source")


class Words:
    """The words of a text, to compare spans by: punctuation and white space never matter."""

    def __init__(self, text: str) -> None:
        flat, blocks = split_text(text)
        words = [match.span() for match in _WORD.finditer(flat.text)]
        spans = [flat.to_article(*word) for word in words]
        self.starts, self.ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        self.text = text
        self.is_quoted = _find_quoted(flat.text)[[start for start, _ in words]]
        self.paragraphs = [flat.to_article(block.start, block.end) for block in blocks]

    def within(self, spans: list) -> frozenset[int]:
        """The indices of the words that lie at least half within the spans."""
        found: set[int] = set()
        for start, end in spans:
            near = slice(np.searchsorted(self.ends, start), np.searchsorted(self.starts, end))
            starts, ends = self.starts[near], self.ends[near]
            inside = np.minimum(ends, end) - np.maximum(starts, start)
            found.update(near.start + np.flatnonzero(inside >= (ends - starts + 1) // 2))
        return frozenset(found)

    def kind(self, words: frozenset[int]) -> str:
        """Direct where (nearly) all words stand between double marks, mixed where some do."""
        share = self.is_quoted[list(words)].mean() if words else 0
        return "direct" if share >= 0.95 else "mixed" if share > 0 else "indirect"

    def list_words(self, words: frozenset[int]) -> list[str]:
        """The words themselves, in lower case."""
        return [self.text[self.starts[i] : self.ends[i]].lower() for i in sorted(words)]


def _find_quoted(text: str) -> np.ndarray:
    """Whether each character of a flat text stands between double marks; a line's end closes them.

    Gold without stated kinds was always scored by this rule, which takes marks as they come. With
    `pair_marks`, which also reads single marks and lets an open quotation run to the paragraph's
    end, 69 fewer of the 9,992 gold attributions of PolNeAR's check half are indirect, and the
    joint F1 of direct falls by 0.4 and of mixed by 0.7 points although not one is found
    otherwise: figures could no longer be compared with those of other tools.
    """
    is_quoted = np.zeros(len(text), dtype=bool)
    opened = None
    for mark in _MARK.finditer(text):
        is_opening = mark[0] in "“``" or (opened is None and mark[0] in "\"''")
        if opened is not None and not is_opening:
            is_quoted[opened : mark.start()] = True
        if not is_opening:
            opened = None
        elif opened is None:
            opened = mark.end()
    return is_quoted


class Side(NamedTuple):
    """The gold or the found attributions of one article."""

    rows: list[dict[Any, Any]]
    words: list[frozenset[int]]


def match_attributions(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Pair gold and found attributions one to one, the best overlap of their contents first.

    The contents of a pair are compared by Jaccard overlap of their words. A gold content in
    several parts or paragraphs may also be met by several found ones, one a part.

    Args:
        gold: SAID of an annotator.
        found: SAID or ATTRIBUTIONS; those of articles without gold text are left out.
        articles: ARTICLES (article_id and text are enough) of the gold.

    Returns:
        One row per gold and per found attribution, in the order of the articles: article_id,
        side (gold, found), attribution_id, kind, overlap (0 where unpaired), is_source_right.
        The kind is the stated one where all of gold states it, else decided from the marks.
    """
    is_stated = gold["kind"].notna().all()
    rows: list[tuple] = []
    for article_id, words, *sides in compare_articles(gold, found, articles):
        scores = _match_article(sides[0], sides[1], words)
        for name, side, side_scores in zip(("gold", "found"), sides, scores, strict=True):
            for row, taken, (overlap, right) in zip(
                side.rows, side.words, side_scores, strict=True
            ):
                kind = row["kind"] if is_stated and row["kind"] in KINDS else words.kind(taken)
                rows.append((article_id, name, row["attribution_id"], kind, overlap, right))
    columns = ["article_id", "side", "attribution_id", "kind", "overlap", "is_source_right"]
    return pd.DataFrame(rows, columns=columns)


def compare_articles(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame
) -> Iterator[tuple[str, Words, Side, Side]]:
    """Give each article's words, and its gold and found attributions with theirs."""
    articles = take_frame(articles, "articles", "article_id", "text")
    gold_of, found_of = _list_rows(gold), _list_rows(found)
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        words = Words(text)
        sides = (rows_of.get(article_id, []) for rows_of in (gold_of, found_of))
        gold_side, found_side = (
            Side(rows, [words.within(row["content"]) for row in rows]) for rows in sides
        )
        yield article_id, words, gold_side, found_side


def _list_rows(said: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    """The rows of SAID, or of ATTRIBUTIONS with the places of their sources, by article."""
    if "source_spans" in said:
        said = take_frame(said, "said", *_USED, "source_spans", optional=["speaker"])
    else:
        said = take_frame(said, "attributions", *_USED, "source_start", "source_end")
        ends = said[["source_start", "source_end"]].to_numpy("object")
        spans = [[] if pd.isna(start) else [[start, end]] for start, end in ends]
        said = said.assign(source_spans=pd.Series(spans, said.index, dtype="object"))
    rows_of: dict[str, list[dict[Any, Any]]] = {}
    for row in said.to_dict("records"):
        rows_of.setdefault(row["article_id"], []).append(row)
    return rows_of


def _overlap(a: frozenset, b: frozenset) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _match_article(gold: Side, found: Side, words: Words) -> tuple[list, list]:
    """(overlap, is the source right) of each gold and of each found attribution."""
    overlaps = list_overlaps(gold, found)
    partners = {i: [j] for i, j in pair_best(overlaps).items()}
    of_gold = {i: overlaps[i, j] for i, (j,) in partners.items()}
    _add_parts(gold, found, overlaps, partners, of_gold, words)
    gold_scores = [(0.0, False)] * len(gold.rows)
    found_scores = [(0.0, False)] * len(found.rows)
    for i, js in partners.items():
        named = [j for j in js if _names_source(found.rows[j])] or js[:1]
        right = all(_is_source_right(gold.rows[i], found.rows[j], words) for j in named)
        gold_scores[i] = of_gold[i], right
        for j in js:
            found_scores[j] = of_gold[i], right
    return gold_scores, found_scores


def list_overlaps(gold: Side, found: Side) -> dict[tuple[int, int], float]:
    """The Jaccard overlaps of contents that share a word."""
    pairs = {
        (i, j): _overlap(a, b) for i, a in enumerate(gold.words) for j, b in enumerate(found.words)
    }
    return {pair: overlap for pair, overlap in pairs.items() if overlap}


def pair_best(overlaps: Mapping[tuple[int, int], Any]) -> dict[int, int]:
    """Pair one to one, the greatest value first; of equals, the last in the article."""
    pairs: dict[int, int] = {}
    taken = set()
    for _, (i, j) in sorted(((value, pair) for pair, value in overlaps.items()), reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _add_parts(
    gold: Side, found: Side, overlaps: dict, partners: dict, of_gold: dict, words: Words
) -> None:
    """Let found attributions that meet one part each of a gold content count as one."""
    taken = {j for js in partners.values() for j in js}
    for _, (i, j) in sorted(((value, pair) for pair, value in overlaps.items()), reverse=True):
        if j in taken or i not in partners:
            continue
        parts = _list_parts(gold.rows[i]["content"], words)
        if len(parts) < 2 or not any(_overlap(part, found.words[j]) >= ENOUGH for part in parts):
            continue
        union = found.words[j].union(*(found.words[k] for k in partners[i]))
        if (overlap := _overlap(gold.words[i], union)) > of_gold[i]:
            partners[i].append(j)
            of_gold[i] = overlap
            taken.add(j)


def _list_parts(content: list, words: Words) -> list[frozenset[int]]:
    parts = (
        (max(start, first), min(end, last))
        for start, end in content
        for first, last in words.paragraphs
        if first < end and start < last
    )
    return [words.within([part]) for part in parts]


def _names_source(row: dict) -> bool:
    return bool(row["source_spans"]) or isinstance(row["source"], str)


def _is_source_right(gold: dict, found: dict, words: Words) -> bool:
    """Whether both sources share a word, or the found one's last word is in the gold one."""
    if not gold["source_spans"]:
        return not _names_source(found)
    gold_words = words.within(gold["source_spans"])
    if not gold_words:  # part of a word: the I of I've
        return any(
            a < d and c < b for a, b in gold["source_spans"] for c, d in found["source_spans"]
        )
    if gold_words & words.within(found["source_spans"]):
        return True
    named = _WORD.findall(found["source"]) if isinstance(found["source"], str) else []
    return bool(named) and named[-1].lower() in words.list_words(gold_words)
