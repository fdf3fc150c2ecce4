"""From pairs of texts to the sentences that stand in both, weighed by how rare their words are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from dateline.read.reprints.shingles import Words, find_word_pattern
from dateline.wordlists import load_words
from dateline.words import find_sentences

# A sentence stands in another text where one of its sentences holds at least this share of its
# words by weight: what is left of a sentence in which every third word was changed.
LEAST_OVERLAP = 0.5
# So many words are looked at as one sentence: a text without full stops is cut into pieces.
_MOST_WORDS = 60
# A word of more sentences of one text tells none of them from the others: it does not count.
_MOST_SENTENCES = 40
_LEAST_STORIES = 20
_WIDE_STOP = re.compile(r"[。！？；।]+[」』”’）]*")


class Sentences(NamedTuple):
    """The sentences of one text, with their words as numbers."""

    starts: np.ndarray  # of each sentence in the text, in characters; then the text's end
    sentence: np.ndarray  # of each distinct word of a sentence: the sentence
    word: np.ndarray  # and the word
    word_weight: np.ndarray
    weight: np.ndarray  # of each sentence: of its distinct words together
    n_words: np.ndarray  # of each sentence
    keys: list[bytes]  # of each sentence: equal where the words are


class Match(NamedTuple):
    """Which sentences of two texts stand in the other one, and the partner of each or -1."""

    one: np.ndarray
    other: np.ndarray


class Shelf:
    """Texts by number, split into sentences when they are first asked for."""

    def __init__(self, texts: Sequence[str], words: Words, weights: np.ndarray) -> None:
        """Keep the texts.

        Args:
            texts: The texts.
            words: Their words.
            weights: The weight of each type of word.
        """
        self._texts, self._words, self._weights = texts, words, weights
        self._split: dict[int, Sentences] = {}
        self._matched: dict[tuple[int, int], Match] = {}

    def split(self, text: int) -> Sentences:
        """The sentences of a text."""
        if text not in self._split:
            self._split[text] = _split(self._texts[text], self._words.of(text), self._weights)
        return self._split[text]

    def match(self, one: int, other: int) -> Match:
        """Match the sentences of two texts, either way."""
        if (one, other) not in self._matched:
            match = match_sentences(self.split(one), self.split(other))
            self._matched[one, other], self._matched[other, one] = match, Match(*match[::-1])
        return self._matched[one, other]


def weigh_words(words: Words, proposed: Sequence[tuple[int, int]]) -> np.ndarray:
    """Weigh each type of word by how few stories have it.

    A weight is log((N + 1) / n), where n of N stories have the word, and n is at least 1. Texts
    that were proposed as one story, directly or through others, count as one: else a story that
    many outlets print would have common words only. In a few stories any word is rare: N is at
    least 20, and function words are in all of them.
    """
    n_texts, n_types = len(words.starts) - 1, len(words.known)
    story = join_pairs(n_texts, proposed)
    counts = 1 / np.bincount(story, minlength=n_texts)[story]
    owner = np.repeat(np.arange(n_texts), np.diff(words.starts))
    held = np.sort(owner * n_types + words.codes)  # quicker than np.unique, which hashes first
    held = held[np.r_[True, held[1:] != held[:-1]][: len(held)]]
    owners, types = np.divmod(held, max(n_types, 1))
    n_with = np.maximum(np.bincount(types, counts[owners], minlength=n_types), 1)
    n_stories = max(_LEAST_STORIES, counts.sum())
    function_words = (word for whole in load_words("stopwords_en.txt") for word in whole.split("'"))
    n_with[[words.known[word] for word in function_words if word in words.known]] = n_stories
    return np.log((n_stories + 1) / n_with)


def join_pairs(n: int, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """The first member of each one's group, where pairs are in one group."""
    first = list(range(n))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = i = first[first[i]]
        return i

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        first[high] = low
    return np.array([find(i) for i in range(n)], dtype=np.int64)


def _split(text: str, codes: np.ndarray, weights: np.ndarray) -> Sentences:
    places = np.fromiter((m.start() for m in find_word_pattern(text).finditer(text)), np.int64)
    # `lower` changes the number of words in a few letters of other scripts: no match is no harm.
    places = places[: len(codes)]
    codes = codes[: len(places)]
    starts = np.array(sorted(_find_starts(text)), dtype=np.int64)
    firsts = np.unique(np.searchsorted(places, starts))
    firsts = np.array(list(_cut_long(firsts, len(codes))), dtype=np.int64)
    n_words = np.diff(np.r_[firsts, len(codes)])
    sentence = np.repeat(np.arange(len(firsts)), n_words)
    distinct = np.unique(sentence * (len(weights) + 1) + codes)
    sentence, word = np.divmod(distinct, len(weights) + 1)
    own = weights[word]
    weight = np.bincount(sentence, own, minlength=len(firsts))
    keys = [piece.tobytes() for piece in np.split(codes, firsts[1:])] if len(firsts) else []
    return Sentences(np.r_[places[firsts], len(text)], sentence, word, own, weight, n_words, keys)


def _find_starts(text: str) -> set[int]:
    starts = set(find_sentences(text))
    if not text.isascii():
        starts |= {stop.end() for stop in _WIDE_STOP.finditer(text)}
    return starts


def _cut_long(firsts: np.ndarray, end: int) -> Iterator[int]:
    """The first word of each sentence, and of each piece of one that is too long."""
    for first, after in zip(firsts.tolist(), [*firsts[1:].tolist(), end], strict=True):
        if first < after:
            yield from range(first, after, _MOST_WORDS)


def match_sentences(one: Sentences, other: Sentences) -> Match:
    """Match the sentences of two texts, each with the one that shares most of its weight.

    Of several that share as much the first is the partner.
    """
    everywhere = np.union1d(_list_frequent(one.word), _list_frequent(other.word))
    one, other = _leave_out(one, everywhere), _leave_out(other, everywhere)
    n_other = max(len(other.weight), 1)
    order = np.argsort(other.word, kind="stable")
    words = other.word[order]
    low = np.searchsorted(words, one.word, side="left")
    n = np.searchsorted(words, one.word, side="right") - low
    row = np.repeat(np.arange(len(one.word)), n)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n)
    theirs = other.sentence[order][np.repeat(low, n) + offset]
    cells, cell = np.unique(one.sentence[row] * n_other + theirs, return_inverse=True)
    shared = np.bincount(cell, one.word_weight[row], minlength=len(cells))
    s, t = np.divmod(cells, n_other)
    return Match(_choose(s, t, shared, one.weight), _choose(t, s, shared, other.weight))


def _list_frequent(words: np.ndarray) -> np.ndarray:
    types, n = np.unique(words, return_counts=True)
    return types[n > _MOST_SENTENCES]


def _leave_out(sentences: Sentences, words: np.ndarray) -> Sentences:
    """The sentences without some words."""
    if not len(words):
        return sentences
    is_kept = ~np.isin(sentences.word, words)
    sentence, weights = sentences.sentence[is_kept], sentences.word_weight[is_kept]
    weight = np.bincount(sentence, weights, minlength=len(sentences.weight))
    return sentences._replace(
        sentence=sentence, word=sentences.word[is_kept], word_weight=weights, weight=weight
    )


def _choose(
    own: np.ndarray, partner: np.ndarray, shared: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """The best partner of each sentence, where it shares enough; else -1."""
    chosen = np.full(len(weight), -1, dtype=np.int64)
    enough = shared >= LEAST_OVERLAP * weight[own]
    own, partner, shared = own[enough], partner[enough], shared[enough]
    order = np.lexsort((-partner, shared))  # the best is written last
    chosen[own[order]] = partner[order]
    return chosen
