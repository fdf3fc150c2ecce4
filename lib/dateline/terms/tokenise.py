"""From articles to tokens: words with offsets, blocks, sentences, and the terms they count as."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.read.blocks import find_blocks
from dateline.terms.cells import compact
from dateline.terms.folding import (
    APOSTROPHES,
    INVISIBLE,
    Folding,
    count_merged_types,
    fold_word,
    make_categorical,
    replace_rows,
    stem_terms,
)
from dateline.terms.method import note_method
from dateline.terms.sentences import find_breaks

_ACCENTS = "\u0300-\u036f"  # an accent that follows its letter is part of the word
# A word holds letters and digits, inner apostrophes and hyphens, 1,000 and 3.5, and U.S. with its
# last dot. It holds no underscore: in news text that is markdown emphasis.
WORD = (
    rf"[^\W_]+(?:(?:[{APOSTROPHES}'\-‐‑{INVISIBLE}{_ACCENTS}]|[.,](?<=\d.)(?=\d)"
    rf"|\.(?<=\b\w\.)(?=\w\b))[^\W_]+)*(?:\.(?<=\.\w\.)|[{_ACCENTS}]+)?"
)
WORD_WITHOUT_HYPHENS = WORD.replace(r"\-‐‑", "")
_NAMED = {
    WORD: "letters and digits, with inner apostrophes and hyphens",
    WORD_WITHOUT_HYPHENS: "letters and digits, with inner apostrophes",
}
BLOCK_KINDS = ("header", "dateline", "byline", "heading", "body", "caption", "credit", "trailer")
COUNTED_KINDS = ("heading", "body")
Pattern = str | Callable[[str], Iterable[tuple[int, int]]]


def find_tokens(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    kinds: Sequence[str] | None = COUNTED_KINDS,
    pattern: Pattern = WORD,
    typography: bool = True,
    lower: bool = True,
    possessives: str = "strip",
    stem: bool = False,
) -> pd.DataFrame:
    """Find the words of each article, and the term that each is counted as.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles; None finds them.
        kinds: The kinds of block that are counted; None counts the whole text.
        pattern: A regular expression without groups for one word, or a function from a text to
            the (start, end) of its words, such as `span_tokenize` of an NLTK tokeniser.
            `WORD_WITHOUT_HYPHENS` splits "long-term".
        typography: Fold apostrophes, hyphens, ligatures, width and accents (NFC).
        lower: Count in lower case.
        possessives: "strip" counts "minister's" as "minister" (but not "it's"); "keep" does not.
        stem: Count English Snowball stems.

    Returns:
        TOKENS in the order of the articles and their text; `text[start:end]` is the word as it
        stands. `attrs["method"]` says how words were folded, and how many types that merged.
        Empty in, empty out.

    Raises:
        ValueError: `possessives` or one of `kinds` is unknown, or `pattern` has a group or fits
            the empty string.
    """
    folding = Folding(typography, lower, possessives)
    scan = _scan_texts(articles["text"], pattern)
    starts, ends = _find_offsets(scan)
    begins = find_breaks(scan.words, scan.word_codes, scan.gaps, scan.gap_codes)
    begins[1:] |= scan.article[1:] != scan.article[:-1]
    begins[:1] = True
    kind = np.full(len(starts), BLOCK_KINDS.index("body"), np.int8)
    if kinds is not None:
        blocks = find_blocks(articles) if blocks is None else blocks
        kind, block = _find_kinds(articles, blocks, scan.article, starts)
        begins[1:] |= block[1:] != block[:-1]
    columns = {
        "article_id": pd.Categorical.from_codes(scan.article, list(articles["article_id"])),
        "token_index": _sum_within(np.ones(len(starts), bool), scan.counts) - np.int32(1),
        "sentence_index": _sum_within(begins, scan.counts) - np.int32(1),
        "start": starts,
        "end": ends,
        "term": make_categorical(scan.word_codes, [fold_word(w, folding) for w in scan.words]),
        "kind": pd.Categorical.from_codes(kind, list(BLOCK_KINDS)),
    }
    tokens = _keep_kinds(pd.DataFrame(columns, copy=False), kinds)
    note_method(
        tokens,
        None,
        words=_NAMED.get(pattern, pattern) if isinstance(pattern, str) else "by a function",
        blocks="all" if kinds is None else list(kinds),
        folding=folding._asdict(),
        n_types_merged_by_typography=count_merged_types(scan.words, folding),
    )
    return stem_terms(tokens) if stem else tokens


class _Scan(NamedTuple):
    """All words and the gaps before them, as codes into their types; `counts` by article."""

    words: list[str]
    word_codes: np.ndarray
    gaps: list[str]
    gap_codes: np.ndarray
    article: np.ndarray
    counts: np.ndarray


def _scan_texts(texts: Iterable[str], pattern: Pattern) -> _Scan:
    split = _make_splitter(pattern)
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # each new string gets the next number
    codes = [np.array([], np.int32)]
    for text in texts:
        parts = split(text)  # gap, word, gap, word, ..., gap
        parts.pop()
        codes.append(np.fromiter(map(numbers.__getitem__, parts), np.int32, len(parts)))
    counts = np.array([len(own) // 2 for own in codes[1:]], int)
    types, part = list(numbers), np.concatenate(codes)
    del codes
    gaps, gap_codes = compact(part[0::2], len(types))
    words, word_codes = compact(part[1::2], len(types))
    article = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    names = [types[i] for i in words]
    if "" in names:
        raise ValueError(f"pattern={pattern!r} fits the empty string, expected whole words")
    return _Scan(names, word_codes, [types[i] for i in gaps], gap_codes, article, counts)


def _make_splitter(pattern: Pattern) -> Callable[[str], list[str]]:
    if callable(pattern):
        return lambda text: _split_at(text, pattern(text))
    if re.compile(pattern).groups:
        raise ValueError(f"pattern={pattern!r} has a group; write (?:...) instead of (...)")
    # One C call gives words and gaps; 1.5 times faster than a match object for each word.
    return re.compile(f"({pattern})").split


def _split_at(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    bounds = [0, *(bound for span in spans for bound in span), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def _find_offsets(scan: _Scan) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of each word in its article, from the lengths of the words and gaps."""
    n_word = np.array([len(word) for word in scan.words], np.int32)[scan.word_codes]
    n_gap = np.array([len(gap) for gap in scan.gaps], np.int32)[scan.gap_codes]
    ends = _sum_within(n_gap + n_word, scan.counts)
    return ends - n_word, ends


def _sum_within(steps: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Running sum of `steps` within each article, whose words `counts` counts."""
    total = np.cumsum(steps, dtype=np.int32)  # in a huge corpus it wraps, and the difference back
    before = np.concatenate([[0], total]).astype(np.int32)[np.cumsum(counts) - counts]
    return total - np.repeat(before, counts)


def _find_kinds(
    articles: pd.DataFrame, blocks: pd.DataFrame, article: np.ndarray, starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Kind (-1 outside all blocks) and number of the block that each word begins in."""
    if blocks.empty:
        return np.full(len(starts), -1, np.int8), np.zeros(len(starts), int)
    home = pd.Index(articles["article_id"]).get_indexer(blocks["article_id"]).astype(np.int64) << 32
    order = np.argsort(home + blocks["start"].to_numpy(), kind="stable")
    first = (home + blocks["start"].to_numpy())[order]
    last = (home + blocks["end"].to_numpy())[order]
    codes = pd.Index(BLOCK_KINDS).get_indexer(blocks["kind"]).astype(np.int8)[order]
    position = (article.astype(np.int64) << 32) + starts
    block = np.searchsorted(first, position, side="right") - 1
    inside = (block >= 0) & (position < last[block])
    return np.where(inside, codes[block], np.int8(-1)), block


def _keep_kinds(tokens: pd.DataFrame, kinds: Sequence[str] | None) -> pd.DataFrame:
    if kinds is None:
        return tokens
    unknown = sorted(set(kinds) - set(BLOCK_KINDS))
    if unknown or isinstance(kinds, str):
        raise ValueError(f"kinds={kinds!r}, expected some of {', '.join(BLOCK_KINDS)}")
    return replace_rows(tokens, tokens["kind"].isin(list(kinds)))
