"""From a draft to the chance that it is right; and all chances from which the rules act.

Beside each number stands how far it can move, as joint F1 of all kinds, measured in 2026-11 on the
develop half of PolNeAR train (421 articles, those of which md5 of the id begins with an even digit;
the check half has no part in it). “Across outlets”: each of three groups of outlets attributed with
the words counted in the others. Else: each of two folds with the words of the other, 66.6 as the
numbers stood before words were judged by their senses. “Flat” is within 0.1 of the best; it is then
the kind of text named beside it that decides.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.attribution.cues.lexicon import load_rule_words
from dateline.attribution.cues.senses import name_class, name_sense
from dateline.attribution.parse import WORD
from dateline.wordlists import read_table

if TYPE_CHECKING:
    from dateline.attribution.draft import Draft
    from dateline.attribution.passage import Passage

# What is less probable is left out. Across outlets 0.3 68.0, 0.4 67.9, 0.5 66.9; on the check half
# 0.4 67.9, 0.5 67.3, 0.6 65.4. On Wikinews and interviews, where only clauses are gold, 0.6 is
# three to five points better, but loses one in seven of the rare reporting cues of agencies.
DEFAULT_MIN_SCORE = 0.4
# A phrase is content from this chance of its construction on. Across outlets (each of three groups
# attributed with the words counted in the others): 0.5 66.7, 0.42 67.4, 0.34 67.8.
CONTENT = 0.34
# Where more than this share of a cue's occurrences name nobody (it seems), whoever stands near is
# not its source. Flat from 0.3 to 0.7; without it 66.1.
UNSOURCED = 0.5
# A quoted sentence takes even an unlikely verb beside it, a term only a likely one. Flat from 0.02
# to 0.45, and from 0.2 to 0.6.
SPEECH_BESIDE, TERM_BESIDE = 0.15, 0.42
# A quotation that an earlier cue holds goes over to a verb after it from here on. Flat from 0.1 to
# 0.7.
RETOLD = 0.3
# How many tokens may stand between a quotation and its cue, and with a name in between. Flat from 8
# to 25, and down to 10.
REACH, SOURCE_REACH = 15, 25
# Share of a word's occurrences that attribute, above which a participle (“, adding that”), a verb
# joined by “and”, and one joined by “but” are cues of their own and end the content before them.
# Flat from 0.2 to 0.6, 0.4 to 0.8 and 0.1 to 0.45.
FURTHER_PARTICIPLE, FURTHER_CUE, BUT_CUE = 0.4, 0.6, 0.25
# The estimate where no construction was counted. A sentence before a quotation that only tells who
# speaks (“Venn agreed.”): flat from 0.3 to 0.9, 5 rows in 960 articles. A quotation with a name
# after a dash, or with nobody: flat up to 0.7, at 0.9 nobody's quotations come in (66.5). A
# speaker's label: flat from 0.5 to 0.8.
SENTENCE_CUE, ALONE, LABELLED = 0.6, 0.5, 0.8
# A quotation that is a paragraph of its own after one with a speaker: 55 of 70 in PolNeAR are the
# same speaker's. Who is named before a colon, and who is the subject of the sentence before.
SPEAKS_ON, NAMED_COLON, NAMED_BEFORE = 0.8, 0.75, 0.65
# A turn of a transcript, and one that goes on into paragraphs that may be the narrator's. PolNeAR
# has too few to count: these are what held on our own articles.
TURN, TURN_ON = 0.95, 0.7
# A quotation with a name signed behind or announced before it, and words without marks.
SIGNED, PRINTED = 0.9, 0.7
# From this share of words in quotation marks on all is direct speech. Flat from 0.85 to 1.
ALL_QUOTED = 0.95
_LENGTHS = (1, 2, 3, 5, 10, 20)


class Trust(NamedTuple):
    """What each trait adds to the log-odds of an attribution of a kind, which is right or not."""

    weights: dict[tuple[str, str], float]


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
    if draft.cue:
        lemma, pos = draft.cue.lemma, draft.cue.pos
        traits += [f"sense={name_sense(lemma, pos)}", f"class={name_class(lemma, pos) or 'none'}"]
    if draft.head:
        traits.append(f"head={draft.head}")
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
    """The chance that the content and the source of a draft are right, 0-1.

    A rule without a cue that no counts have seen (the turns of a transcript) keeps its estimate.
    """
    kind, weights = draft.kind, trust.weights
    if draft.token < 0 and (kind, f"rule={draft.rule}") not in weights:
        return draft.estimate
    odds = weights.get((kind, "estimate"), 1.0) * logit(draft.estimate)
    odds += sum(weights.get((kind, trait), 0.0) for trait in ("any", *traits))
    return 1 / (1 + math.exp(-odds))


def is_likely(draft: Draft, min_score: float) -> bool:
    """Whether a draft is sure enough to hold quotations and to hide what stands inside it."""
    return draft.score >= max(min_score, DEFAULT_MIN_SCORE)


def logit(p: float) -> float:
    """The log-odds of a probability, kept away from certainty."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


@lru_cache(maxsize=4)
def load_trust(folder: str | None = None) -> Trust:
    """Read what the traits of right and wrong attributions weigh, as `load_lexicon` does."""
    rows = read_table("traits.tsv", folder)
    return Trust({(row["kind"], row["trait"]): float(row["weight"]) for row in rows})
