"""From a draft to the chance that it is right: counted traits shift the lexicon's estimate."""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from dateline.attribution.draft import Draft
from dateline.attribution.lexicon import read_table
from dateline.attribution.passage import WORD, Passage

# Traits of one draft lean on each other, so each moves the score by this part of its log-odds.
DAMPING = 0.6
# Imagined attributions that a trait's counts are smoothed with.
_PRIOR_WEIGHT = 6.0
_PRONOUNS = frozenset(["i", "we", "you", "he", "she", "they", "it", "who", "that", "which", "this"])
_DETERMINERS = frozenset(["the", "a", "an", "some", "many", "most", "his", "her", "their", "its"])
_MODALS = frozenset(
    ["would", "could", "should", "will", "may", "might", "can", "must", "to", "wo", "ca"]
)
_LENGTHS = (1, 2, 3, 5, 10, 20)


class Trust(NamedTuple):
    """How far the lexicon's estimate holds: a line for each kind, a shift for each trait."""

    lines: dict[str, tuple[float, float]]
    shifts: dict[tuple[str, str], float]


def find_traits(passage: Passage, draft: Draft) -> list[str]:
    """List what the score of a draft depends on beside its cue and construction."""
    text, parse = passage.text, passage.parse
    words = sum(1 for s, e in draft.pieces for _ in WORD.finditer(text, s, e))
    length = max(n for n in _LENGTHS if n <= max(words, 1))
    traits = [f"rule={draft.rule}", f"words={length}", f"source={_name_source(text, draft)}"]
    if draft.token >= 0 and draft.rule != "announced":
        token = draft.token
        pos = parse.pos[token]
        aux = [parse.words[k].lower() for k in parse.kids[token] if parse.deps[k] == "aux"]
        modal = next((word for word in aux if word in _MODALS), "none")
        negated = any(parse.deps[k] == "neg" for k in parse.kids[token])
        traits += [
            f"tag={parse.tags[token]}",
            f"place={parse.deps[token] if pos == 'VERB' else pos}",
            f"modal={modal}",
            f"negated={negated}",
        ]
    return [*traits, f"block={passage.paragraph.kind}"]


def _name_source(text: str, draft: Draft) -> str:
    if not draft.source:
        return "none"
    source = text[slice(*draft.source)]
    first = source.split()[0].lower()
    if source.lower() in _PRONOUNS:
        return source.lower()
    if first in _DETERMINERS:
        return first
    return "capital" if source[0].isupper() else "small"


def score_draft(trust: Trust, draft: Draft, traits: list[str]) -> float:
    """The chance that the content and the source of a draft are right, 0-1."""
    slope, base = trust.lines.get(draft.kind, (1.0, 0.0))
    shifts = sum(trust.shifts.get((draft.kind, trait), 0.0) for trait in traits)
    return 1 / (1 + math.exp(-(slope * logit(draft.score) + base + DAMPING * shifts)))


def logit(p: float) -> float:
    """The log-odds of a probability, kept away from certainty."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def shift_of(right: float, expected: float, n: float) -> float:
    """The log-odds by which a trait's attributions are right more often than was expected."""
    rate = expected / n
    right, wrong = right + _PRIOR_WEIGHT * rate, n - right + _PRIOR_WEIGHT * (1 - rate)
    return math.log(right / wrong) - math.log(rate / (1 - rate))


@lru_cache(maxsize=4)
def load_trust(folder: str | None = None) -> Trust:
    """Read the counts of right and wrong attributions by trait, as `cues.load_lexicon` does."""
    home = Path(folder) if folder else files("dateline") / "wordlists"
    lines, shifts = {}, {}
    if not (home / "traits.tsv").is_file():
        return Trust({}, {})
    for row in read_table(home / "traits.tsv"):
        if row["trait"] == "line":
            lines[row["kind"]] = (float(row["right"]), float(row["expected"]))
        else:
            counts = (float(row["right"]), float(row["expected"]), float(row["n"]))
            shifts[row["kind"], row["trait"]] = shift_of(*counts)
    return Trust(lines, shifts)
