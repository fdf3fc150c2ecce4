"""From a word to the chance that it attributes: the counted cue lexicon, and lists for rules.

A chance is added up in log-odds. What is known of any word comes first: the construction, the kind
of thing that heads the content, the usual sense of the cue, and whether a list names it. Then the
word moves it as far as its own counts differ from that, as a whole and in this construction. So a
word that was never counted, or in other news, is judged by what holds in any.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.attribution.cues.lemmas import list_lemmas
from dateline.attribution.cues.senses import name_class, name_sense
from dateline.wordlists import read_lines, read_table

CUE_POS = frozenset({"VERB", "NOUN", "ADJ", "ADP", "ADV", "SCONJ", "AUX"})
OPEN_POS = frozenset({"VERB", "NOUN", "ADJ"})  # any word of these may attribute, counted or not
# Somebody as the bare object of a verb of asking is whom it was done to.
_BARE = frozenset({"object", "object before", "passive subject"})
_SOMEBODY = frozenset({"person", "name"})
# Imagined occurrences, as expected, that a word's own counts are weighed with.
_PRIOR = 8.0
Counts = tuple[int, int]


class Cue(NamedTuple):
    """A word of the lexicon: how often it was seen, how often as a cue, and its own shifts.

    `shifts` are log-odds by which its contents are likelier than those of words like it: "any", and
    beside that by construction.
    """

    lemma: str
    pos: str
    cue_class: str
    counts: Counts
    unsourced: Counts
    shifts: dict[str, float]


class Lexicon(NamedTuple):
    """The cue lexicon, and what each feature of a phrase adds to the log-odds of any word."""

    cues: dict[tuple[str, str], Cue]
    weights: dict[tuple[str, str], float]

    def find(self, word: str, pos: str, particle: str = "") -> Cue | None:
        """The entry of a word form with this part of speech, if there is one.

        A verb with a particle has its own entry where the lexicon holds it (go_on, rule_out). A
        verb, noun or adjective that the lexicon does not hold has an empty one. Of several lemmas
        the one that was seen most is meant: hoping is hope, not hop.
        """
        lemmas = list_lemmas(word.lower(), pos)
        joined = [f"{lemma}_{particle}" for lemma in lemmas if particle]
        for names in (joined, lemmas):
            if found := [self.cues[name, pos] for name in names if (name, pos) in self.cues]:
                return max(found, key=lambda cue: cue.counts[0])
        if pos not in OPEN_POS:
            return None
        known = (lemma for lemma in lemmas if name_sense(lemma, pos) != "none")
        return Cue(next(known, lemmas[0]), pos, "speech", (0, 0), (0, 0), {})

    def probability(self, cue: Cue, construction: str, marks: str, head: str = "") -> float:
        """The chance that a phrase in this construction with this cue is what was said.

        Args:
            cue: An entry of the lexicon.
            construction: How the phrase is joined to the cue.
            marks: What it holds in quotation marks: +q speech, +s another quotation, or nothing.
            head: What its head stands for, by `name_head`; empty where that is not known.
        """
        features = list_features(cue.lemma, cue.pos, construction, marks, head)
        odds = sum(self.weights.get((cue.pos, feature), 0.0) for feature in features)
        odds += cue.shifts.get("any", 0.0) + cue.shifts.get(construction, 0.0)
        return 1 / (1 + math.exp(-odds))


def is_questioned(cue: Cue, construction: str, head: str) -> bool:
    """Whether somebody is asked: “Police questioned the student”, which tells no word of either."""
    is_bare = construction in _BARE and head in _SOMEBODY
    return is_bare and cue.lemma in load_rule_words("questioning")


def is_told_before(cue: Cue, construction: str) -> bool:
    """Whether a listed verb of speech or writing ends a clause: “The pier is shut, a court ruled”.

    In PolNeAR's develop half that clause is content in 329 of 387 cases, *say* aside; but the rarer
    verbs are each too rare there to show it.
    """
    listed = name_class(cue.lemma, cue.pos) in ("speech", "writing")
    return construction == "clause before" and cue.pos == "VERB" and listed


@lru_cache(maxsize=50_000)
def list_features(
    lemma: str, pos: str, construction: str, marks: str, head: str
) -> tuple[str, ...]:
    """List what is known of a phrase beside a cue without counts of the cue itself."""
    sense, listed = name_sense(lemma, pos), name_class(lemma, pos)
    features = ["any", construction + marks, f"sense {sense}", f"{construction}, sense {sense}"]
    if listed:
        features += [f"class {listed}", f"{construction}, listed"]
    if head:
        features += [f"head {head}", f"{construction}, head {head}"]
    return tuple(features)


def shift_of(right: float, expected: float, n: float) -> float:
    """The log-odds by which something is right more often than was expected in n cases."""
    rate = min(max(expected / n, 0.001), 0.999)
    right, wrong = right + _PRIOR * rate, n - right + _PRIOR * (1 - rate)
    return math.log(right / wrong) - math.log(rate / (1 - rate))


@lru_cache(maxsize=4)
def load_lexicon(folder: str | None = None) -> Lexicon:
    """Read the lexicon that ships, or one that `benchmarks/count_cues.py` counted elsewhere."""
    cues = {}
    for row in read_table("cues.tsv", folder):
        shifts = {}
        for item in filter(None, row["constructions"].split("; ")):
            name, _, counted = item.rpartition(" ")
            right, n, expected = map(float, counted.split("/"))
            shifts[name] = shift_of(right, expected, n)
        lemma, pos = row["lemma"], row["pos"]
        counts, unsourced = _parse_counts(row["counts"]), _parse_counts(row["unsourced"])
        cue_class = name_class(lemma, pos) or "speech"
        cues[lemma, pos] = Cue(lemma, pos, cue_class, counts, unsourced, shifts)
    weights = {
        (row["pos"], row["feature"]): float(row["weight"])
        for row in read_table("constructions.tsv", folder)
    }
    return Lexicon(cues, weights)


def _parse_counts(text: str) -> Counts:
    hits, _, n = text.partition("/")
    return int(n), int(hits)


@cache
def load_rule_words(name: str) -> frozenset[str]:
    """The words of a list in rule_words.txt, which single rules look for.

    Raises:
        KeyError: No list has this name.
    """
    return _load_rule_lists()[name]


@cache
def _load_rule_lists() -> dict[str, frozenset[str]]:
    lists = (line.split() for line in read_lines("rule_words.txt"))
    return {name: frozenset(words) for name, *words in lists}
