"""From the people of each article to the people of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from dateline.quotes.cast import Cast
from dateline.quotes.figures import Figure, same_person
from dateline.quotes.names import fold_name, is_role, is_word, role_words

# How a name that was spelled out from another script varies: each pair is read as one sound.
_SOUNDS = tuple(
    pair.split("-")
    for pair in (
        "dzh-j",
        "tch-c",
        "kh-h",
        "gh-g",
        "ph-f",
        "ts-c",
        "tz-c",
        "ou-u",
        "w-v",
        "y-i",
        "j-i",
    )
)
# A surname alone means the best known of its bearers from this share of articles on.
_KNOWN_SHARE, _KNOWN_ARTICLES = 0.9, 10


@dataclass(eq=False)
class Identity:
    """One person of the corpus; `roles` are the words of each role, by role_words and article."""

    name: str
    gender: str = ""
    forms: Counter = field(default_factory=Counter)
    figures: dict[str, Figure] = field(default_factory=dict)
    roles: dict[frozenset[str], dict[str, str]] = field(default_factory=dict)


class Registry:
    """The people of a corpus: by name across spellings, and by role."""

    def __init__(
        self, casts: dict[str, Cast], days: dict, apart: Iterable[frozenset[str]] = ()
    ) -> None:
        """Join the people of all casts.

        Args:
            casts: The gathered cast of each article, by article_id.
            days: The day of each article, by article_id; NaT where it is unknown.
            apart: Pairs of folded names that are never one person's.
        """
        self.of: dict[Figure, Identity] = {}
        self._days = days
        self._apart = set(apart)
        self._called: dict[str, list[Identity]] = {}
        self._holders: dict[str, dict[Identity, None]] = {}
        met = [(f, key) for key, cast in sorted(casts.items()) for f in cast.people()]
        met = [(figure, key) for figure, key in met if " " in figure.name]
        # Names with an initial join whole given names, never the other way round.
        for figure, key in sorted(met, key=lambda m: len(m[0].name.split()[0].strip(".")) < 2):
            self._join(figure, key)
        for identity in dict.fromkeys(self.of.values()):
            self._settle(identity)

    def identities_of(self, figure: Figure) -> list[Identity]:
        """Who a figure is: one of the corpus, several candidates, or none where only it is known.

        Somebody whom an article calls by a surname only is the person of that surname in other
        articles: by gender and title if there are several, or by far the best known of them.
        """
        if figure in self.of:
            return [self.of[figure]]
        if figure.kind != "person" or " " in figure.name:
            return []
        found = self._called.get(_sound(figure.name), [])
        found = [i for i in found if figure.gender in ("", i.gender) or not i.gender]
        wanted = [role_words(role.words) for role in figure.roles]
        holding = [i for i in found if any(is_role(w, words) for w in wanted for words in i.roles)]
        found = sorted(holding or found, key=lambda i: (-len(i.figures), i.name))
        first = len(found[0].figures) if found else 0
        total = sum(len(identity.figures) for identity in found)
        return found[:1] if first >= max(_KNOWN_ARTICLES, _KNOWN_SHARE * total) else found

    def role_of(self, figure: Figure, phrase: str, article_id: str, *, dated: bool = False) -> str:
        """Where somebody is seen with a role in an article that is not later; "" where nowhere.

        Args:
            figure: Somebody of the article.
            phrase: The role's words.
            article_id: The article.
            dated: Whether articles of unknown day are left out.
        """
        wanted = role_words(phrase)
        if figure not in self.of or not wanted:
            return ""
        for words, seen in self.of[figure].roles.items():
            past = [key for key in seen if not self._days[key] > self._days[article_id]]
            past = [key for key in past if not dated or self._days[key] <= self._days[article_id]]
            if past and is_role(wanted, words):
                return f"“{seen[past[0]]}” in {past[0]}"
        return ""

    def holders(self, phrase: str, text: str, article_id: str) -> list[tuple[Identity, str]]:
        """Those who are seen with a role in other articles, and where; of one day the nearest.

        Args:
            phrase: The role's words; more than one word, or else the place or body of the role
                must be spoken of in `text`.
            text: The article that the role is looked up for.
            article_id: That article.
        """
        wanted = role_words(phrase)
        held: dict[Identity, list[tuple[int, str, str]]] = {}
        day = self._days[article_id]
        for identity in self._holders.get(min(wanted, default=""), ()):
            for words, seen in identity.roles.items():
                if is_role(wanted, words):
                    held.setdefault(identity, []).extend(
                        (self._gap(day, key), key, role)
                        for key, role in seen.items()
                        if len(wanted) > 1 or _is_local(role, text)
                    )
        nearest = sorted((min(seen), i.name, i) for i, seen in held.items() if seen)
        least = nearest[0][0][0] if nearest else 0
        return [(i, f"“{role}” in {key}") for (gap, key, role), _, i in nearest if gap == least]

    def _gap(self, day: pd.Timestamp, other: str) -> int:
        gap = self._days[other] - day
        return abs(gap.days) if pd.notna(gap) else 0

    def _join(self, figure: Figure, article_id: str) -> None:
        key = _sound(figure.name.split()[-1])
        same = [i for i in self._called.get(key, []) if self._is_same(i, figure, article_id)]
        identity = same[0] if len(same) == 1 else Identity(figure.name)
        if len(same) != 1:
            self._called.setdefault(key, []).append(identity)
        identity.figures[article_id] = figure
        identity.forms[figure.name] += 1
        for role in figure.roles:
            seen = identity.roles.setdefault(role_words(role.words), {})
            seen.setdefault(article_id, role.words)
        self.of[figure] = identity

    def _is_same(self, identity: Identity, figure: Figure, article_id: str) -> bool:
        if article_id in identity.figures:
            return False
        folded = fold_name(figure.name)
        if any(frozenset((fold_name(name), folded)) in self._apart for name in identity.forms):
            return False
        return any(
            same_person(name, figure.name) or same_person(_sound(name), _sound(figure.name))
            for name in identity.forms
        )

    def _settle(self, identity: Identity) -> None:
        """Choose the name, share the gender among the articles, and index the roles."""
        whole = {name: sum(len(w.strip(".")) > 1 for w in name.split()) for name in identity.forms}
        identity.name = min(whole, key=lambda name: (-whole[name], -identity.forms[name], name))
        genders = Counter(f.gender for f in identity.figures.values() if f.gender)
        identity.gender = min(genders, key=lambda g: (-genders[g], g)) if genders else ""
        for figure in identity.figures.values():
            figure.gender = identity.gender
        for words in identity.roles:
            for word in sorted(words):
                self._holders.setdefault(word, {})[identity] = None


def _is_local(role: str, text: str) -> bool:
    """Whether the place or body of a role is spoken of in a text."""
    words = re.findall(r"[^\W\d_]\w+", role)
    proper = [w for w in words if w[0].isupper() and not is_word(w, "title", "role")]
    return any(word in text for word in proper)


@lru_cache(maxsize=2**16)
def _sound(name: str) -> str:
    folded = fold_name(name).replace("-", " ")
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", folded)
