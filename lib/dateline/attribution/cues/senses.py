"""From words to senses: what kind of thing a word usually means, for words that were not counted.

The classes are WordNet's (wordlists/senses.txt): they hold in any news, where counts of single
words hold in the news that they were counted in.
"""

from __future__ import annotations

from functools import cache

from dateline.attribution.cues.lemmas import list_lemmas
from dateline.wordlists import read_lines

# Pronouns that stand for somebody, not for what is said.
_PEOPLE = frozenset(
    {
        *("i", "me", "my", "myself", "you", "your", "yourself", "yourselves", "he", "him", "his"),
        *("himself", "she", "her", "hers", "herself", "we", "us", "our", "ourselves", "they"),
        *("them", "their", "themselves", "who", "whom", "someone", "somebody", "anyone"),
        *("anybody", "everyone", "everybody", "nobody"),
    }
)


def name_sense(lemma: str, pos: str) -> str:
    """The class of a cue’s usual sense, “none” where no list has it.

    A second class is named where it is one of saying or thinking: concede is “communication”, to
    pitch “other+communication”. A verb with a particle that is not listed is what its verb is.
    """
    senses = _load("senses.txt")
    return senses.get((lemma, pos)) or senses.get((lemma.partition("_")[0], pos), "none")


def name_class(lemma: str, pos: str) -> str:
    """The class of a cue that is listed by hand: speech, writing, thought, intention; or “”."""
    return _load("cue_classes.txt").get((lemma, pos), "")


def list_listed() -> list[tuple[str, str]]:
    """The cues that are listed by hand: (lemma, part of speech), in the order of the list."""
    return list(_load("cue_classes.txt"))


def name_head(word: str, pos: str) -> str:
    """What the head of a content stands for: a clause, a name, somebody, or the sense of a noun."""
    if pos in ("VERB", "AUX"):
        return "clause"
    if pos == "PRON":
        return "person" if word.lower() in _PEOPLE else "something"
    if pos != "NOUN":
        return "name" if pos == "PROPN" else pos.lower()
    senses = _load("senses.txt")
    found = (senses.get((lemma, pos)) for lemma in list_lemmas(word.lower(), pos))
    return (next(filter(None, found), None) or "noun").partition("+")[0]


@cache
def _load(name: str) -> dict[tuple[str, str], str]:
    """{(lemma, part of speech): class} of a list with lines of class, part of speech, lemmas."""
    classes: dict[tuple[str, str], str] = {}
    for line in read_lines(name):
        kind, pos, *lemmas = line.split()
        for lemma in lemmas:
            classes.setdefault((lemma, pos), kind)
    return classes
