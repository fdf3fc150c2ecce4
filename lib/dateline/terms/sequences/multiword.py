"""From tokens to the multi-word terms in them: words that stand together by custom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import make_frame
from dateline.method import note_method
from dateline.terms.cells import check_least, find_followers, list_words, take_tokens
from dateline.terms.formulas.measures import Array
from dateline.terms.queries.hits import find_hits, part_hits
from dateline.terms.queries.query import Reader
from dateline.terms.sequences.ngrams import LONGEST, NEEDED
from dateline.wordlists import load_stopwords, load_words

# The stop words that may stand inside a term; others are parts of sentences ("is not a").
LINKS = frozenset(["of", "the", "a", "an", "and", "for", "in", "on", "at", "by", "with", "from"])
MIN_LOG_DICE = 10.0  # together once in 16 of the times that either stands
# Of the times that a term stands by itself, how often a sentence's end or a stop word must follow:
# "outer tidal" is followed by its noun nearly always, and so it is a part of terms.
MIN_FREE = 0.2
# Of its times, how often a term must stand outside longer ones.
MIN_OWN = 0.2


def find_multiword_terms(
    tokens: pd.DataFrame,
    *,
    min_n: int = 5,
    min_articles: int = 2,
    min_log_dice: float = MIN_LOG_DICE,
    names: str | Iterable[str] = (),
) -> pd.DataFrame:
    """Find terms of several words, such as "prime minister", for `find_phrases` to count as one.

    A run of two to five words of one sentence is a term where neither end is a stop word, a number
    or a word of `wordlists/term_ends.txt`; where its parts stand together often (logDice of Rychlý
    2008, the least over all ways to part it into two, less 1 for each "of" or "the" inside); where
    something else than a further word follows at times; and where it stands outside longer terms
    at times. So of "marrin port authority" the part "marrin port" is no term, and "port authority"
    is one only where it stands without "marrin", too.

    Args:
        tokens: TOKENS, not stemmed.
        min_n: Leave out what stands fewer times by itself, that is, not inside a longer term.
        min_articles: Leave out what stands in fewer articles.
        min_log_dice: The least closeness; at most 14, and 1 less is half as close.
        names: Names to count as one however close their words are, such as those of the persons
            and organisations of SPEAKERS, and never as a part of another term ("mayor ada quill");
            those of one word, or with a stop word at an end, are no multi-word terms.

    Returns:
        MULTIWORD_TERMS, the most frequent first; ties alphabetically. `find_phrases(tokens,
        multiword_terms["term"])` counts each `n` times. Empty in, empty out.

    Raises:
        ValueError: A number is below 1, or a name is no word.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The river treaty holds.", "A river treaty was signed."])
        >>> dl.find_multiword_terms(dl.find_tokens(articles), min_n=2)["term"].tolist()
        ['river treaty']
    """
    check_least(1, min_n=min_n, min_articles=min_articles)
    tokens = take_tokens(tokens, *NEEDED)
    words = tokens["term"].cat.categories
    is_end = np.array([_is_no_end(word) for word in words], bool)
    runs = _join_runs(
        [_find_names(tokens, names), *_find_close_runs(tokens, is_end, min_n, min_log_dice)]
    )
    codes = tokens["term"].cat.codes.to_numpy()
    # Whether a term may end before a row: "Paul D. Quill" goes on behind its initial.
    is_initial = np.array(
        [len(word) == 1 and word.isalpha() and word not in "ai" for word in words], bool
    )
    is_free = np.r_[~find_followers(tokens) | (is_end & ~is_initial)[codes], True]
    terms = _keep_independent(runs, tokens["article_id"], is_free, min_n, min_articles)
    note_method(
        terms,
        tokens,
        min_log_dice=min_log_dice,
        left_out={"terms_seen_less_than": min_n},
    )
    return terms


def _is_no_end(word: str) -> bool:
    """Whether no term begins or ends with a word."""
    listed = word in load_stopwords() or word in load_words("term_ends.txt")
    return listed or len(word) == 1 or not any(map(str.isalpha, word))


class _Runs(NamedTuple):
    """Runs of words that may be terms, and each place where one stands."""

    terms: list[str]
    log_dice: Array
    is_name: Array
    first: Array  # of each place: its first row
    size: Array  # its words
    term: Array  # the number of its term


def _find_close_runs(
    tokens: pd.DataFrame, is_end: Array, min_n: int, min_log_dice: float
) -> list[_Runs]:
    """Runs of two to five words whose ends may be a term's and whose parts are close."""
    names, codes = tokens["term"].cat.categories, tokens["term"].cat.codes.to_numpy(np.int64)
    follows, may_end = find_followers(tokens), ~is_end[codes]
    # 1 for what may link two words of a term, and beyond all measure for what may not.
    is_link = names.isin(LINKS)[codes]
    gap = np.where(names.isin(load_stopwords())[codes], np.where(is_link, 1, np.inf), 0)
    # How often the run of so many words from each row stands; 0 where that is too seldom.
    run, times = codes, [np.bincount(codes)[codes] if len(codes) else codes]
    found = []
    for size in range(2, LONGEST + 1):
        first = np.flatnonzero(times[-1] >= min_n)
        first = first[first + size <= len(codes)]
        first = first[follows[first + size - 1] & (times[-1][first + 1] >= min_n)]
        # A run of k words is one of k - 1 and a word, so each step numbers pairs only.
        pairs = run[first] * len(names) + codes[first + size - 1]
        _, example, number, n = np.unique(
            pairs, return_index=True, return_inverse=True, return_counts=True
        )
        run = np.full(len(codes), -1)
        run[first] = number
        often = np.zeros(len(codes), np.int64)
        often[first] = np.where(n >= min_n, n, 0)[number]
        times.append(often)
        at = first[example]
        fits = (n >= min_n) & may_end[at] & may_end[at + size - 1]
        log_dice = np.full(len(n), -np.inf)
        log_dice[fits] = _measure_closeness(at[fits], size, times, gap)
        taken = np.flatnonzero(log_dice >= min_log_dice)
        position = np.full(len(n), -1)
        position[taken] = np.arange(len(taken))
        kept = position[number] >= 0
        rows = codes[at[taken][:, None] + np.arange(size)].tolist()
        found.append(
            _Runs(
                [" ".join(names[code] for code in row) for row in rows],
                log_dice[taken],
                np.zeros(len(taken), bool),
                first[kept],
                np.full(kept.sum(), size),
                position[number][kept],
            )
        )
    return found


def _measure_closeness(at: Array, size: int, times: list[Array], gap: Array) -> Array:
    """The least logDice of the two parts of runs, less the gaps inside."""
    n, least = times[size - 1][at], np.full(len(at), np.inf)
    left = np.ones(len(at), int)  # words of the part before, without stop words at its end
    for step in range(1, size):
        is_word = gap[at + step] == 0
        before = sum(np.where(left == k, times[k - 1][at], 0) for k in range(1, step + 1))
        dice = 2 * n / (before + times[size - step - 1][at + step])
        least = np.where(is_word, np.minimum(least, dice), least)
        left = np.where(is_word, step + 1, left)
    return 14 + np.log2(least) - sum(gap[at + step] for step in range(1, size - 1))


def _find_names(tokens: pd.DataFrame, names: str | Iterable[str]) -> _Runs:
    """The places of names of several words; "both sides" and "83 percent of voters" are none."""
    reader = Reader(tokens)
    read = {own.name: own for own in map(reader.read, list_words(names, "names"))}
    meanings = [
        read[name]
        for name in read
        if " " in name and not any(map(_is_no_end, (name.split()[0], name.split()[-1])))
    ]
    hits = find_hits(tokens, meanings)
    n = [len(own.first) for own in hits]
    none = np.array([], int)
    return _Runs(
        [meaning.name for meaning in meanings],
        np.full(len(n), np.nan),
        np.ones(len(n), bool),
        np.concatenate([none, *(own.first for own in hits)]),
        np.concatenate([none, *(own.size for own in hits)]),
        np.repeat(np.arange(len(n)), n),
    )


def _join_runs(runs: list[_Runs]) -> _Runs:
    """All runs, each term once: names come first."""
    terms = list(dict.fromkeys(term for own in runs for term in own.terms))
    number = {term: i for i, term in enumerate(terms)}
    log_dice, is_name = np.full(len(terms), np.nan), np.zeros(len(terms), bool)
    of_place = []
    for own in runs:
        numbers = np.array([number[term] for term in own.terms], int)
        log_dice[numbers] = np.fmax(log_dice[numbers], own.log_dice)
        is_name[numbers] |= own.is_name
        of_place.append(numbers[own.term])
    first = np.concatenate([own.first for own in runs])
    size = np.concatenate([own.size for own in runs])
    term = np.concatenate(of_place)
    once = np.unique(first * len(terms) + term, return_index=True)[1]
    return _Runs(terms, log_dice, is_name, first[once], size[once], term[once])


def _keep_independent(
    runs: _Runs, articles: pd.Series, is_free: Array, min_n: int, min_articles: int
) -> pd.DataFrame:
    """MULTIWORD_TERMS of the runs that stand by themselves often enough."""
    size = np.zeros(len(runs.terms), int)
    size[runs.term] = runs.size
    n_all = np.bincount(runs.term, minlength=len(size))
    kept, changed = ~_hold_names(runs, n_all >= min_n), True
    while changed:
        before = kept.copy()
        # The longest are judged first, and of these the parts: what is no term leaves its words to
        # others, so "mayor ada" must be gone before "ada quill" is counted.
        for length in np.unique(size)[::-1].tolist():
            n, _, n_free = _count_own(runs, kept, articles, is_free)
            is_part = ~runs.is_name & (n_free < MIN_FREE * n)
            kept &= ~(is_part & (size == length))
            n, n_articles, _ = _count_own(runs, kept, articles, is_free)
            is_rare = (n < min_n) | (n_articles < min_articles) | (n < MIN_OWN * n_all)
            kept &= ~(is_rare & (size == length))
        changed = bool((kept != before).any())
    n, n_articles, _ = _count_own(runs, kept, articles, is_free)
    columns = {
        "term": np.array(runs.terms, dtype=object),
        "n": n,
        "n_articles": n_articles,
        "n_inside": n_all - n,
        "n_words": size,
        "log_dice": runs.log_dice,
        "is_name": runs.is_name,
    }
    order = np.flatnonzero(kept)
    order = order[np.lexsort((columns["term"][order], -n[order]))]
    return make_frame("multiword_terms", {key: own[order] for key, own in columns.items()})


def _hold_names(runs: _Runs, is_often: Array) -> Array:
    """Whether each run holds a name that stands often, and is none itself."""
    named = zip(runs.terms, runs.is_name, is_often, strict=True)
    names = {term for term, is_name, often in named if is_name and often}
    spans = [(i, j) for i in range(LONGEST) for j in range(i + 2, LONGEST + 1)]
    words = (term.split(" ") for term in runs.terms)
    held = [any(" ".join(own[i:j]) in names for i, j in spans if j <= len(own)) for own in words]
    return np.array(held, bool) & ~runs.is_name


def _count_own(
    runs: _Runs, kept: Array, articles: pd.Series, is_free: Array
) -> tuple[Array, Array, Array]:
    """How often each term kept stands outside longer ones, in how many articles, and ends there."""
    live = np.flatnonzero(kept[runs.term])
    own = live[part_hits(runs.first[live], runs.size[live])]
    term, first = runs.term[own], runs.first[own]
    n_terms, n_articles = len(kept), max(len(articles.cat.categories), 1)
    pairs = np.unique(term * n_articles + articles.cat.codes.to_numpy(np.int64)[first])
    return (
        np.bincount(term, minlength=n_terms),
        np.bincount(pairs // n_articles, minlength=n_terms),
        np.bincount(term, is_free[first + runs.size[own]], minlength=n_terms),
    )
