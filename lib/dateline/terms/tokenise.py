"""From articles to tokens: words with offsets, blocks, sentences, and the terms they count as."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from dateline.method import note_method
from dateline.read.blocks import find_blocks
from dateline.terms.folding import (
    Folding,
    count_merged_types,
    fold_word,
    make_categorical,
    replace_rows,
    stem_terms,
)
from dateline.terms.sentences import Coded, find_breaks
from dateline.words import WORD, WORD_WITHOUT_HYPHENS

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
    if kinds is not None and (isinstance(kinds, str) or set(kinds) - set(BLOCK_KINDS)):
        raise ValueError(f"kinds={kinds!r}, expected some of {', '.join(BLOCK_KINDS)}")
    folding = Folding(typography, lower, possessives)
    words, gaps, counts = _scan_texts(articles["text"], pattern)
    starts, ends = _find_offsets(words, gaps, counts)
    begins = find_breaks(words, gaps)
    term = make_categorical(words.codes, [fold_word(word, folding) for word in words.types])
    n_merged = count_merged_types(words.types, folding)
    del words, gaps  # a large corpus needs the room for the columns below
    article = np.repeat(np.arange(len(counts), dtype=np.min_scalar_type(-len(counts) - 1)), counts)
    begins[(np.cumsum(counts) - counts)[counts > 0]] = True
    kind = np.full(len(starts), BLOCK_KINDS.index("body"), np.int8)
    if kinds is not None:
        blocks = find_blocks(articles) if blocks is None else blocks
        kind, block = _find_kinds(articles, blocks, article, starts)
        begins[1:] |= block[1:] != block[:-1]
        del block
    columns = {
        "article_id": pd.Categorical.from_codes(article, list(articles["article_id"])),
        "token_index": _count_within(np.ones(len(starts), bool), counts),
        "sentence_index": _count_within(begins, counts),
        "start": starts,
        "end": ends,
        "term": term,
        "kind": pd.Categorical.from_codes(kind, list(BLOCK_KINDS)),
    }
    tokens = pd.DataFrame(columns, copy=False)
    if kinds is not None:
        tokens = replace_rows(tokens, tokens["kind"].isin(list(kinds)))
    note_method(
        tokens,
        None,
        words=_NAMED.get(pattern, pattern) if isinstance(pattern, str) else "by a function",
        blocks="all" if kinds is None else list(kinds),
        folding=folding._asdict(),
        n_types_merged_by_typography=n_merged,
    )
    return stem_terms(tokens) if stem else tokens


def _scan_texts(texts: Iterable[str], pattern: Pattern) -> tuple[Coded, Coded, np.ndarray]:
    """All words, the gap before each, and the number of words in each text."""
    split = _make_splitter(pattern)
    numbers: list[defaultdict[str, int]] = [defaultdict(), defaultdict()]
    codes, counts = (array("i"), array("i")), []
    for own in numbers:
        own.default_factory = own.__len__  # each new string gets the next number
    for text in texts:
        parts = split(text)  # gap, word, gap, word, ..., gap
        counts.append(len(parts) // 2)
        for i in (0, 1):
            own = map(numbers[i].__getitem__, parts[i : len(parts) - 1 : 2])
            codes[i].frombytes(np.fromiter(own, np.int32, counts[-1]).tobytes())
    if "" in numbers[1]:
        raise ValueError(f"pattern={pattern!r} fits the empty string, expected whole words")
    gaps, words = (Coded(list(numbers[i]), np.asarray(codes[i])) for i in (0, 1))
    return words, gaps, np.array(counts, int)


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


def _find_offsets(words: Coded, gaps: Coded, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of each word in its article, from the lengths of the words and gaps."""
    n_word = words.map(len, np.int32)
    ends = gaps.map(len, np.int32)
    ends += n_word
    np.cumsum(ends, out=ends)  # in a huge corpus it wraps, and the difference below back
    ends -= np.repeat(np.r_[np.int32(0), ends][np.cumsum(counts) - counts], counts)
    return np.subtract(ends, n_word, out=n_word), ends


def _count_within(begins: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """How many begin before or at each word of its article, from 0; `counts` words an article."""
    number = np.cumsum(begins, dtype=np.int32)
    counts = counts[counts > 0]
    number -= np.repeat(number[np.cumsum(counts) - counts], counts)
    return number


def _find_kinds(
    articles: pd.DataFrame, blocks: pd.DataFrame, article: np.ndarray, starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Kind (-1 outside all blocks) and number of the block that each word begins in."""
    if blocks.empty:
        return np.full(len(starts), -1, np.int8), np.zeros(len(starts), int)
    home = pd.Index(articles["article_id"]).get_indexer(blocks["article_id"]).astype(np.int64) << 32
    order = np.argsort(home + blocks["start"].to_numpy(), kind="stable")
    first, last = ((home + blocks[side].to_numpy())[order] for side in ("start", "end"))
    codes = pd.Index(BLOCK_KINDS).get_indexer(blocks["kind"]).astype(np.int8)[order]
    position = article.astype(np.int64) << 32
    position += starts
    bounds = np.diff(np.searchsorted(position, first), prepend=0, append=len(starts))
    block = np.repeat(np.arange(-1, len(first), dtype=np.int32), bounds)
    inside = (block >= 0) & (position < last[block])
    return np.where(inside, codes[block], np.int8(-1)), block
