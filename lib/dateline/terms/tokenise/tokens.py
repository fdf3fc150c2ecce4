"""From articles to tokens: words with offsets, blocks, sentences, and the terms they count as."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from numbers import Integral
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.read.language import ENGLISH, part_languages
from dateline.read.plain.blocks import BLOCK_KINDS, find_blocks
from dateline.terms.cells import (
    list_words,
    make_categorical,
    make_codes,
    replace_rows,
    take_tokens,
)
from dateline.terms.formulas.measures import Array
from dateline.wordlists import load_words
from dateline.words import (
    APOSTROPHES,
    INVISIBLE,
    WORD,
    WORD_WITHOUT_HYPHENS,
    Coded,
    find_breaks,
)

HYPHENS = "‐‑‒–—―−﹣－"
_TYPOGRAPHY = (
    dict.fromkeys(map(ord, APOSTROPHES), "'")
    | dict.fromkeys(map(ord, HYPHENS), "-")
    | dict.fromkeys(map(ord, INVISIBLE), None)
    # Latin ligatures and the two widths of the East Asian block are only ways of setting a letter.
    | {
        code: unicodedata.normalize("NFKC", chr(code))
        for code in [*range(0xFB00, 0xFB07), *range(0xFF01, 0xFFEF)]
        if chr(code) not in APOSTROPHES + HYPHENS
    }
)
_NAMED = {
    WORD: "letters and digits, with inner apostrophes and hyphens",
    WORD_WITHOUT_HYPHENS: "letters and digits, with inner apostrophes",
}
COUNTED_KINDS = ("heading", "body")
POSSESSIVES = ("strip", "keep")
Pattern = str | Callable[[str], Iterable[tuple[int, int]]]


def find_tokens(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    kinds: str | Iterable[str] | None = COUNTED_KINDS,
    pattern: Pattern = WORD,
    typography: bool = True,
    lower: bool = True,
    possessives: str = "strip",
    stem: bool = False,
    language: str | None = ENGLISH,
) -> pd.DataFrame:
    """Find the words of each article, and the term that each is counted as.

    Args:
        articles: ARTICLES; `article_id`, `text` and, where it is there, `language` are used.
        blocks: BLOCKS of the articles; None finds them.
        kinds: The kinds of block that are counted; None counts the whole text.
        pattern: A regular expression without groups for one word, or a function from a text to
            the (start, end) of its words, such as `span_tokenize` of an NLTK tokeniser.
            `WORD_WITHOUT_HYPHENS` splits "long-term".
        typography: Fold apostrophes, hyphens, ligatures, width and accents (NFC).
        lower: Count in lower case.
        possessives: "strip" counts "minister's" as "minister" (but not "it's"); "keep" does not.
        stem: Count English Snowball stems.
        language: Leave out articles in others; None counts all. Where there are such, give the
            functions that count `keep_language(articles)` too, for their shares of articles.

    Returns:
        TOKENS in the order of the articles and their text; `text[start:end]` is the word as it
        stands. `attrs["method"]` says how words were folded, and how many types that merged.
        Empty in, empty out.

    Raises:
        ValueError: `possessives` or one of `kinds` is unknown, `pattern` has a group, fits the
            empty string or is no regular expression, or an article has no text.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.find_tokens(articles)[["term", "start", "end"]].head(2).values.tolist()
        [['the', 0, 3], ['port', 4, 8]]
    """
    articles = take_frame(articles, "articles", "article_id", "text", optional=["language"])
    articles, others = part_languages(articles, language)
    wanted = list(BLOCK_KINDS) if kinds is None else list_words(kinds, "kinds")
    if not set() < set(wanted) <= set(BLOCK_KINDS):
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
        "article_id": make_codes(article, list(articles["article_id"])),
        "token_index": _count_within(np.ones(len(starts), bool), counts),
        "sentence_index": _count_within(begins, counts),
        "start": starts,
        "end": ends,
        "term": term,
        "kind": make_codes(kind, list(BLOCK_KINDS)),
    }
    tokens = pd.DataFrame(columns, copy=False)
    if kinds is not None:
        tokens = replace_rows(tokens, tokens["kind"].isin(wanted))
    note_method(
        tokens,
        None,
        words=_NAMED.get(pattern, pattern) if isinstance(pattern, str) else "by a function",
        blocks="all" if kinds is None else wanted,
        folding=folding._asdict(),
        n_types_merged_by_typography=n_merged,
        **({"n_articles_in_other_languages": len(others)} if others else {}),
    )
    return stem_terms(tokens) if stem else tokens


def _scan_texts(texts: Iterable[str], pattern: Pattern) -> tuple[Coded, Coded, Array]:
    """All words, the gap before each, and the number of words in each text."""
    split = _make_splitter(pattern)
    numbers: list[defaultdict[str, int]] = [defaultdict(), defaultdict()]
    codes, counts = (array("i"), array("i")), []
    for types in numbers:
        types.default_factory = types.__len__  # each new string gets the next number
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


def _find_kinds(
    articles: pd.DataFrame, blocks: pd.DataFrame, article: Array, starts: Array
) -> tuple[Array, Array]:
    """Kind (-1 outside all blocks) and number of the block that each word begins in."""
    blocks = take_frame(blocks, "blocks", "article_id", "kind", "start", "end")
    if blocks.empty:
        return np.full(len(starts), -1, np.int8), np.zeros(len(starts), int)
    names = pd.Index(articles["article_id"])
    home = names.get_indexer(pd.Index(blocks["article_id"])).astype(np.int64) << 32
    order = np.argsort(home + blocks["start"].to_numpy(), kind="stable")
    first, last = ((home + blocks[side].to_numpy())[order] for side in ("start", "end"))
    codes = pd.Index(BLOCK_KINDS).get_indexer(pd.Index(blocks["kind"])).astype(np.int8)[order]
    position = article.astype(np.int64) << 32
    position += starts
    bounds = np.diff(np.searchsorted(position, first), prepend=0, append=len(starts))
    block = np.repeat(np.arange(-1, len(first), dtype=np.int32), bounds)
    inside = (block >= 0) & (position < last[block])
    return np.where(inside, codes[block], np.int8(-1)), block


class Folding(NamedTuple):
    """How words become terms; kept in `attrs["method"]["folding"]`."""

    typography: bool = True
    lower: bool = True
    possessives: str = "strip"


def fold_typography(word: str) -> str:
    """Fold apostrophes, hyphens, ligatures and width, and compose accents (NFC)."""
    return unicodedata.normalize("NFC", word.translate(_TYPOGRAPHY))


def fold_word(word: str, folding: Folding) -> str:
    """The term that a word is counted as; stems are made by `stem_terms`.

    Raises:
        ValueError: The folding has an unknown choice of possessives.
    """
    if folding.possessives not in POSSESSIVES:
        raise ValueError(f"possessives={folding.possessives!r}, expected 'strip' or 'keep'")
    if folding.typography and not word.isascii():
        word = fold_typography(word)
    if folding.possessives == "strip" and word[-2:] in ("'s", "'S", "’s", "’S"):
        # "it's" is a stop word: there 's stands for "is" or "has", so it is no possessive.
        is_contraction = word.lower().replace("’", "'") in load_words("stopwords_en.txt")
        word = word if is_contraction else word[:-2]
    return word.lower() if folding.lower else word


def find_folding(tokens: pd.DataFrame) -> Folding:
    """How these tokens were folded; the usual way where their method is lost."""
    return Folding(**tokens.attrs.get("method", {}).get("folding", {}))


def count_merged_types(words: list[str], folding: Folding) -> int:
    """How many types exist only because typography was not folded."""
    if not folding.typography:
        return 0
    plain = folding._replace(typography=False, possessives="keep")
    written = {fold_word(word, plain) for word in words}
    return len(written) - len({fold_typography(word) for word in written})


def map_terms(
    tokens: pd.DataFrame, mapping: Mapping[str, str] | Callable[[str], str]
) -> pd.DataFrame:
    """Count terms under other terms: a lemma list, a spelling list, a stemmer.

    Dateline has no lemmas of its own: it parses without a lemmatizer.

    Args:
        tokens: TOKENS.
        mapping: Term to term; a mapping leaves terms that it lacks as they are.

    Returns:
        TOKENS in the same order, with the new terms.

    Raises:
        ValueError: The mapping gives something that is not a word.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.map_terms(tokens, {"port": "harbour"})["term"].tolist()[:3]
        ['the', 'harbour', 'is']
    """
    tokens = take_tokens(tokens, "term")
    if not isinstance(mapping, Mapping) and not callable(mapping):
        raise ValueError(f"mapping={mapping!r}, expected terms by term, or a function")
    old = list(tokens["term"].cat.categories)
    new = [
        mapping.get(term, term) if isinstance(mapping, Mapping) else mapping(term) for term in old
    ]
    for term, mapped in zip(old, new, strict=True):
        if not isinstance(mapped, str) or not mapped:
            raise ValueError(f"the term {term!r} maps to {mapped!r}, expected a word")
    return tokens.assign(term=make_categorical(tokens["term"].cat.codes.to_numpy(), new))


def stem_terms(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count terms under their English Snowball stems (NLTK): "votes" and "voting" are one.

    Args:
        tokens: TOKENS.

    Returns:
        TOKENS in the same order.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.stem_terms(tokens)["term"].tolist()[-1]
        'open'
    """
    stems = map_terms(tokens, make_stemmer())
    note_method(stems, tokens, stems="Snowball, english")
    return stems


def make_stemmer() -> Callable[[str], str]:
    """The function from an English term to its stem."""
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english").stem
