"""From a word to the chance that it attributes: lemmas, the counted cue lexicon, word lists."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.wordlists import read_lines, read_table

CUE_POS = frozenset({"VERB", "NOUN", "ADJ", "ADP", "ADV", "SCONJ", "AUX"})
# How many imagined occurrences the wider estimate weighs against the counted ones (2 66.3, 4 66.6,
# 8 66.2; measured as score.py says), and how far a word's own rate shifts that of a construction
# (flat from 0.6 to 1).
_PRIOR, _SHIFT = 4.0, 0.8
UNKNOWN = "VERB?"  # a verb that the lexicon does not hold: judged by the construction alone
Counts = tuple[int, int]
# Endings of stems that lost an e: announc(ed), argu(ing), believ(ed).
_LOST_E = tuple(
    ["at", "iz", "is", "ut", "uc", "nc", "rg", "dg", "eg", "ag", "v", "u", "bl", "pl", "gu"]
)
_VOWELS = frozenset("aeiou")


class Cue(NamedTuple):
    """A word of the lexicon: how often it was seen, how often as a cue, and in which company."""

    lemma: str
    pos: str
    cue_class: str
    counts: Counts
    unsourced: Counts
    constructions: dict[str, Counts]


class Lexicon(NamedTuple):
    """The cue lexicon and the counts of each construction over all words of a part of speech."""

    cues: dict[tuple[str, str], Cue]
    constructions: dict[tuple[str, str], Counts]

    def find(self, word: str, pos: str, particle: str = "") -> Cue | None:
        """The entry of a word form with this part of speech, if there is one.

        A verb with a particle has its own entry where the lexicon holds it (go_on, rule_out). A
        verb that the lexicon does not hold has an empty one: its construction alone speaks.
        """
        lemmas = list_lemmas(word.lower(), pos)
        for lemma in (*(f"{lemma}_{particle}" for lemma in lemmas if particle), *lemmas):
            if (lemma, pos) in self.cues:
                return self.cues[lemma, pos]
        if pos == "VERB":
            return Cue(list_lemmas(word.lower(), pos)[0], UNKNOWN, "speech", (0, 0), (0, 0), {})
        return None

    def probability(self, cue: Cue, construction: str, marks: str) -> float:
        """The chance that a phrase in this construction with this cue is what was said.

        Counts of the word in the construction, backed off to the construction's own rate
        shifted by how often the word is a cue at all.
        """
        name = construction + marks
        general = _rate(self.constructions.get((cue.pos, "any"), (0, 0)), 0.2)
        usual = _rate(self.constructions.get((cue.pos, name), (0, 0)), general)
        word = _rate(cue.counts, general)
        estimate = 1 / (1 + math.exp(-(_logit(usual) + _SHIFT * (_logit(word) - _logit(general)))))
        levels = [cue.constructions.get(construction + m, (0, 0)) for m in ("", "+s", "+q")]
        every = (sum(n for n, _ in levels), sum(hits for _, hits in levels))
        counted = cue.constructions.get(name, (0, 0))
        return _rate(counted, _rate(every, estimate))


def _rate(counts: Counts, prior: float) -> float:
    return (counts[1] + _PRIOR * prior) / (counts[0] + _PRIOR)


def _logit(p: float) -> float:
    p = min(max(p, 0.002), 0.998)
    return math.log(p / (1 - p))


@lru_cache(maxsize=4)
def load_lexicon(folder: str | None = None) -> Lexicon:
    """Read the lexicon that ships, or one that `benchmarks/count_cues.py` counted elsewhere."""
    cues, constructions = {}, {}
    for row in read_table("cues.tsv", folder):
        counted = {}
        for item in filter(None, row["constructions"].split("; ")):
            name, _, counts = item.rpartition(" ")
            counted[name] = _parse_counts(counts)
        cues[row["lemma"], row["pos"]] = Cue(
            row["lemma"],
            row["pos"],
            row["class"],
            _parse_counts(row["counts"]),
            _parse_counts(row.get("unsourced") or "0/0"),
            counted,
        )
    for row in read_table("constructions.tsv", folder):
        constructions[row["pos"], row["construction"]] = _parse_counts(row["counts"])
    return Lexicon(cues, constructions)


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


@cache
def _load_irregular() -> dict[str, str]:
    lines = (line.split() for line in read_lines("irregular_forms.txt"))
    return {form: lemma for lemma, *forms in lines for form in forms}


@lru_cache(maxsize=20_000)
def list_lemmas(form: str, pos: str) -> tuple[str, ...]:
    """List the lemmas that a form may belong to, likeliest first; the form itself is the last.

    Args:
        form: A word in lower case.
        pos: Its part of speech (VERB, NOUN ...); only verbs and nouns are inflected.
    """
    form = form.replace("’", "'")
    if pos not in ("VERB", "AUX", "NOUN"):
        return (form,)
    irregular = _load_irregular().get(form)
    if irregular:
        return (irregular, form)
    found = _strip_s(form)
    if form.endswith("ed") and len(form) > 4:
        found += _restore(form[:-2], past=True)
    if form.endswith("ing") and len(form) > 5:
        found += _restore(form[:-3], past=False)
    return (*dict.fromkeys(found), form)


def _strip_s(form: str) -> list[str]:
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return []
    if form.endswith("ies"):
        return [form[:-3] + "y", form[:-1]]
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return [form[:-2], form[:-1]]
    return [form[:-1]]


def _restore(stem: str, *, past: bool) -> list[str]:
    """Lemmas of a stem: announc(ed) -> announce, stopp(ed) -> stop, repl(ied) -> reply."""
    if past and stem.endswith("i"):
        return [stem[:-1] + "y", stem]
    found = [stem, stem + "e"]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        found.insert(0, stem[:-1])
        if stem[-1] in "lsz":
            found = [stem, stem[:-1], stem + "e"]
    elif stem.endswith(_LOST_E):
        found = [stem + "e", stem]
    return found
