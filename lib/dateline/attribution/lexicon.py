"""From a word to the chance that it attributes: the counted cue lexicon."""

from __future__ import annotations

import csv
import math
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from dateline.attribution.lemmas import list_lemmas

CUE_POS = frozenset({"VERB", "NOUN", "ADJ", "ADP", "ADV", "SCONJ", "AUX"})
# How many imagined occurrences the wider estimate weighs against the counted ones.
_PRIOR_WEIGHT = 4.0
UNKNOWN = "VERB?"  # a verb that the lexicon does not hold: judged by the construction alone
Counts = tuple[int, int]


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
        estimate = 1 / (1 + math.exp(-(_logit(usual) + 0.8 * (_logit(word) - _logit(general)))))
        levels = [cue.constructions.get(construction + m, (0, 0)) for m in ("", "+s", "+q")]
        every = (sum(n for n, _ in levels), sum(hits for _, hits in levels))
        counted = cue.constructions.get(name, (0, 0))
        return _rate(counted, _rate(every, estimate))


def _rate(counts: Counts, prior: float) -> float:
    return (counts[1] + _PRIOR_WEIGHT * prior) / (counts[0] + _PRIOR_WEIGHT)


def _logit(p: float) -> float:
    p = min(max(p, 0.002), 0.998)
    return math.log(p / (1 - p))


@lru_cache(maxsize=4)
def load_lexicon(folder: str | None = None) -> Lexicon:
    """Read the lexicon that ships, or one that `benchmarks/count_cues.py` counted elsewhere."""
    home = Path(folder) if folder else files("dateline") / "wordlists"
    cues, constructions = {}, {}
    for row in read_table(home / "cues.tsv"):
        counted = {}
        for item in filter(None, row["constructions"].split("; ")):
            name, _, counts = item.rpartition(" ")
            counted[name] = _read_counts(counts)
        cues[row["lemma"], row["pos"]] = Cue(
            row["lemma"],
            row["pos"],
            row["class"],
            _read_counts(row["counts"]),
            _read_counts(row.get("unsourced") or "0/0"),
            counted,
        )
    for row in read_table(home / "constructions.tsv"):
        constructions[row["pos"], row["construction"]] = _read_counts(row["counts"])
    return Lexicon(cues, constructions)


def _read_counts(text: str) -> Counts:
    hits, _, n = text.partition("/")
    return int(n), int(hits)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated table, without its comments."""
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))
