"""From articles to tokens: words with offsets, blocks, sentences, and the terms they count as."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.read.language import ENGLISH, part_languages
from dateline.read.plain.blocks import BLOCK_KINDS, find_blocks
from dateline.terms.cells import list_words, make_categorical, make_codes
from dateline.terms.formulas.measures import Array
from dateline.terms.tokenise.classes import CLASSES, TOKEN, find_classes, settle_names
from dateline.terms.tokenise.folding import Folding, count_merged_types, fold_word
from dateline.words import WORD, WORD_WITHOUT_HYPHENS, Coded, Types, find_breaks, find_marks

_NAMED = {
    TOKEN: "letters and digits, with inner apostrophes, hyphens and &; figures with their signs; "
    "addresses, handles and hashtags whole",
    WORD: "letters and digits, with inner apostrophes and hyphens",
    WORD_WITHOUT_HYPHENS: "letters and digits, with inner apostrophes",
}
COUNTED_KINDS = ("heading", "body")
# Characters of text that are cut at once: their words need three times the room that they leave.
_HEADING = BLOCK_KINDS.index("heading")  # where each word may have a capital
_BATCH = 1_000_000
Pattern = str | Callable[[str], Iterable[tuple[int, int]]]


def find_tokens(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    kinds: str | Iterable[str] | None = COUNTED_KINDS,
    pattern: Pattern = TOKEN,
    typography: bool = True,
    lower: bool = True,
    possessives: str = "strip",
    accents: str = "keep",
    language: str | None = ENGLISH,
) -> pd.DataFrame:
    """Find the words of each article, and the term that each is counted as.

    Args:
        articles: ARTICLES; `article_id`, `text` and, where it is there, `language` are used.
        blocks: BLOCKS of the articles, as `read_corpus` has them; None finds them.
        kinds: The kinds of block that are counted; None counts the whole text.
        pattern: A regular expression without groups for one token, or a function from a text to
            the (start, end) of its words, such as `span_tokenize` of an NLTK tokeniser. `WORD`
            has no tokens but words, `WORD_WITHOUT_HYPHENS` splits "long-term" too.
        typography: Fold apostrophes, hyphens, ligatures and width, compose accents (NFC), and
            close up a word that a line's end cuts: one that is English with the hyphen or without.
        lower: Count in lower case.
        possessives: "strip" counts "minister's" as "minister" (but not "it's"); "keep" does not.
        accents: "strip" counts "café" as "cafe"; "keep" does not.
        language: Leave out articles in others; None counts all. Where there are such, give the
            functions that count `keep_language(articles)` too, for their shares of articles.

    Returns:
        TOKENS in the order of the articles and their text; `text[start:end]` is the word as it
        stands. `attrs["method"]` says how words were folded, and how many types that merged.
        Empty in, empty out.

    Raises:
        ValueError: `possessives`, `accents` or one of `kinds` is unknown, `pattern` has a group,
            fits the empty string or is no regular expression, or an article has no text.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. AT&T paid $5m."])
        >>> dl.find_tokens(articles)[["term", "start", "end", "class"]].tail(3).values.tolist()
        [['at&t', 18, 22, 'word'], ['paid', 23, 27, 'word'], ['$5m', 28, 31, 'money']]
    """
    articles = take_frame(articles, "articles", "article_id", "text", optional=["language"])
    articles, others = part_languages(articles, language)
    wanted = list(BLOCK_KINDS) if kinds is None else list_words(kinds, "kinds")
    if not set() < set(wanted) <= set(BLOCK_KINDS):
        raise ValueError(f"kinds={kinds!r}, expected some of {', '.join(BLOCK_KINDS)}")
    folding = Folding(typography, lower, possessives, accents)
    fold_word("", folding)  # which looks at the choices
    types = Types(), Types()  # of gaps and of words
    split = _make_splitter(pattern)
    texts = articles["text"].tolist()
    cuts = list(_cut_batches(texts))
    where = None
    if kinds is not None:
        if blocks is None:  # by batches: layouts need more room than all that is kept of them
            blocks = pd.concat([find_blocks(articles[first:last]) for first, last in cuts])
        where = _place_blocks(articles, blocks, wanted)
    columns: dict[str, array[int]] = {}
    for first, last in cuts:
        for name, own in _find_batch(texts[first:last], first, split, where, types).items():
            # An array grows where it is; to join many at the end would need room for two.
            columns.setdefault(name, array(own.dtype.char)).frombytes(own.tobytes())
    written = list(types[1].numbers)
    tokens = _make_tokens(columns, list(articles["article_id"]), written, folding)
    note_method(
        tokens,
        None,
        words=_NAMED.get(pattern, pattern) if isinstance(pattern, str) else "by a function",
        blocks="all" if kinds is None else wanted,
        folding=folding._asdict(),
        n_types_merged_by_typography=count_merged_types(written, folding),
        **({"n_articles_in_other_languages": len(others)} if others else {}),
    )
    return tokens


def _cut_batches(texts: list[str]) -> Iterator[tuple[int, int]]:
    """First and last articles of each batch; there is one at least."""
    first = size = 0
    for last, text in enumerate(texts):
        if size > _BATCH:
            yield first, last
            first, size = last, 0
        size += len(text)
    yield first, len(texts)


def _find_batch(
    texts: list[str],
    first: int,
    split: Callable[[str], list[str]],
    where: _Places | None,
    types: tuple[Types, Types],
) -> dict[str, Array]:
    """The columns of TOKENS of some articles, of which the first has this number."""
    gaps, words, counts = _scan_texts(texts, split, types)
    article = np.repeat(np.arange(first, first + len(counts), dtype=np.int32), counts)
    starts, ends = _find_offsets(words, gaps, counts)
    begins = find_breaks(words, gaps)
    begins[(np.cumsum(counts) - counts)[counts > 0]] = True
    kind, keep = np.full(len(starts), BLOCK_KINDS.index("body"), np.int8), None
    if where is not None:
        kind, block = _find_kinds(where, article, starts)
        begins[1:] |= block[1:] != block[:-1]
        keep = where.wanted[kind]
    columns = {
        "article_id": article,
        "token_index": _count_within(np.ones(len(starts), bool), counts),
        "sentence_index": _count_within(begins, counts),
        "stretch_index": _count_within(begins | find_marks(gaps), counts),
        "start": starts,
        "end": ends,
        "term": words.codes,
        "kind": kind,
        "class": find_classes(words, gaps, begins | (kind == _HEADING)),
    }
    return columns if keep is None else {name: own[keep] for name, own in columns.items()}


def _make_tokens(
    columns: dict[str, array[int]], article_ids: list[str], written: list[str], folding: Folding
) -> pd.DataFrame:
    """TOKENS of these columns, of which four are codes; each leaves `columns` when it is used."""
    terms = [fold_word(word, folding) for word in written]
    settle_names(np.asarray(columns["class"]), np.asarray(columns["term"]), written, terms)
    made: dict[str, Any] = {}
    for name in list(columns):
        own: Any = np.asarray(columns.pop(name))
        if name == "term":
            own = make_categorical(own, terms)
        elif name in ("article_id", "kind", "class"):
            names = {"article_id": article_ids, "kind": BLOCK_KINDS, "class": CLASSES}[name]
            own = make_codes(own, names)
        made[name] = own
    return pd.DataFrame(made, copy=False)


def _scan_texts(
    texts: list[str], split: Callable[[str], list[str]], types: tuple[Types, Types]
) -> tuple[Coded, Coded, Array]:
    """The gap before each word, all words, and the number of words in each text."""
    codes, counts = (array("i"), array("i")), []
    for text in texts:
        parts = split(text)  # gap, word, gap, word, ..., gap
        counts.append(len(parts) // 2)
        for i in (0, 1):
            own = map(types[i].numbers.__getitem__, parts[i : len(parts) - 1 : 2])
            codes[i].frombytes(np.fromiter(own, np.int32, counts[-1]).tobytes())
    if "" in types[1].numbers:
        raise ValueError("`pattern` fits the empty string, expected whole words")
    gaps, words = (Coded(types[i], np.asarray(codes[i])) for i in (0, 1))
    return gaps, words, np.array(counts, int)


def _make_splitter(pattern: Pattern) -> Callable[[str], list[str]]:
    if callable(pattern):
        return lambda text: _split_at(text, pattern(text))
    try:
        n_groups = re.compile(pattern).groups
    except (re.error, TypeError) as error:
        raise ValueError(f"pattern={pattern!r} is no regular expression: {error}") from error
    if n_groups:
        raise ValueError(f"pattern={pattern!r} has a group; write (?:...) instead of (...)")
    # One C call gives words and gaps; 1.5 times faster than a match object for each word.
    return re.compile(f"({pattern})").split


def _split_at(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    bounds = [0, *(bound for span in spans for bound in span), len(text)]
    if not all(isinstance(bound, Integral) for bound in bounds) or bounds != sorted(bounds):
        raise ValueError(
            f"`pattern` gives {bounds[1:-1]}, expected places in order, from start to end"
        )
    return [text[start:end] for start, end in pairwise(bounds)]


def _find_offsets(words: Coded, gaps: Coded, counts: Array) -> tuple[Array, Array]:
    """Start and end of each word in its article, from the lengths of the words and gaps."""
    n_word = words.map(len, np.int32)
    ends = gaps.map(len, np.int32)
    ends += n_word
    np.cumsum(ends, out=ends)  # in a huge corpus it wraps, and the difference below back
    ends -= np.repeat(np.r_[np.int32(0), ends][np.cumsum(counts) - counts], counts)
    return np.subtract(ends, n_word, out=n_word), ends


def _count_within(begins: Array, counts: Array) -> Array:
    """How many begin before or at each word of its article, from 0; `counts` words an article."""
    number = np.cumsum(begins, dtype=np.int32)
    counts = counts[counts > 0]
    number -= np.repeat(number[np.cumsum(counts) - counts], counts)
    return number


class _Places(NamedTuple):
    """The blocks of all articles, in order: where each begins and ends, and its kind."""

    first: Array  # number of the article << 32, and the place in its text
    last: Array
    kind: Array
    wanted: Array  # whether each kind is counted; the last entry is what stands in no block


def _place_blocks(articles: pd.DataFrame, blocks: pd.DataFrame, wanted: list[str]) -> _Places:
    blocks = take_frame(blocks, "blocks", "article_id", "kind", "start", "end")
    names = pd.Index(articles["article_id"])
    home = names.get_indexer(pd.Index(blocks["article_id"])).astype(np.int64) << 32
    order = np.argsort(home + blocks["start"].to_numpy(), kind="stable")
    first, last = ((home + blocks[side].to_numpy())[order] for side in ("start", "end"))
    kind = pd.Index(BLOCK_KINDS).get_indexer(pd.Index(blocks["kind"])).astype(np.int8)[order]
    return _Places(first, last, kind, np.array([k in wanted for k in BLOCK_KINDS] + [False]))


def _find_kinds(where: _Places, article: Array, starts: Array) -> tuple[Array, Array]:
    """Kind (-1 outside all blocks) and number of the block that each word begins in."""
    if not len(starts) or not len(where.first):
        return np.full(len(starts), -1, np.int8), np.zeros(len(starts), np.int32)
    position = article.astype(np.int64) << 32
    position += starts
    low, high = np.searchsorted(where.first, [position[0], position[-1]], side="right")
    at = np.searchsorted(position, where.first[low:high])
    bounds = np.diff(at, prepend=0, append=len(starts))
    block = np.repeat(np.arange(low - 1, high, dtype=np.int32), bounds)
    inside = (block >= 0) & (position < where.last[block])
    return np.where(inside, where.kind[block], np.int8(-1)), block
