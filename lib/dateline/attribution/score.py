"""From a draft to the chance that it is right; and all chances from which the rules act.

(to be measured)
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.attribution.lexicon import load_rule_words
from dateline.attribution.parse import WORD
from dateline.wordlists import read_table

if TYPE_CHECKING:
    from dateline.attribution.draft import Draft
    from dateline.attribution.passage import Passage

DEFAULT_MIN_SCORE = 0.3
LEAST_DIRECT = 0.45
CONTENT = 0.42
UNSOURCED = 0.5
SPEECH_BESIDE, TERM_BESIDE, RETOLD = 0.15, 0.42, 0.3
SENTENCE_CUE = 0.6
ALONE = 0.5
LABELLED = 0.8
REACH = 15
SOURCE_REACH = 25
FURTHER_PARTICIPLE, FURTHER_CUE, BUT_CUE = 0.4, 0.6, 0.25
ALL_QUOTED = 0.95
DAMPING, TRAIT_PRIOR = 0.6, 6.0
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
    if draft.token >= 0:
        token = draft.token
        pos = parse.pos[token]
        aux = [parse.words[k].lower() for k in parse.kids[token] if parse.deps[k] == "aux"]
        modal = next((word for word in aux if word in load_rule_words("modals")), "none")
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
    if source.lower() in load_rule_words("pronouns"):
        return source.lower()
    if first in load_rule_words("determiners"):
        return first
    return "capital" if source[0].isupper() else "small"


def score_draft(trust: Trust, draft: Draft, traits: list[str]) -> float:
    """The chance that the content and the source of a draft are right, 0-1."""
    slope, base = trust.lines.get(draft.kind, (1.0, 0.0))
    shifts = sum(trust.shifts.get((draft.kind, trait), 0.0) for trait in traits)
    return 1 / (1 + math.exp(-(slope * logit(draft.estimate) + base + DAMPING * shifts)))


def is_likely(draft: Draft, min_score: float) -> bool:
    """Whether a draft is sure enough to hold quotations and to hide what stands inside it."""
    least = LEAST_DIRECT if draft.kind == "direct" else DEFAULT_MIN_SCORE
    return draft.score >= max(min_score, least)


def logit(p: float) -> float:
    """The log-odds of a probability, kept away from certainty."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def shift_of(right: float, expected: float, n: float) -> float:
    """The log-odds by which a trait's attributions are right more often than was expected."""
    rate = expected / n
    right, wrong = right + TRAIT_PRIOR * rate, n - right + TRAIT_PRIOR * (1 - rate)
    return math.log(right / wrong) - math.log(rate / (1 - rate))


@lru_cache(maxsize=4)
def load_trust(folder: str | None = None) -> Trust:
    """Read the counts of right and wrong attributions by trait, as `load_lexicon` does."""
    lines, shifts = {}, {}
    for row in read_table("traits.tsv", folder):
        if row["trait"] == "line":
            lines[row["kind"]] = (float(row["right"]), float(row["expected"]))
        else:
            counts = (float(row["right"]), float(row["expected"]), float(row["n"]))
            shifts[row["kind"], row["trait"]] = shift_of(*counts)
    return Trust(lines, shifts)
