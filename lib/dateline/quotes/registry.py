"""From the people of each article to the people of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from dateline.quotes.cast import Cast, Figure, Role, same_person
from dateline.quotes.names import fold_name, is_word, role_words

# How a name that was spelled out from another script varies: each pair is read as one sound.
_SOUNDS = (
    ("dzh", "j"), ("tch", "c"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ts", "c"), ("tz", "c"),
    ("ou", "u"), ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"), ("ck", "k"),
)  # fmt: skip
# A surname alone means the best known of its bearers from this share of articles on.
_KNOWN_SHARE, _KNOWN_ARTICLES = 0.9, 10


@dataclass(eq=False)
class Identity:
    """One person of the corpus."""

    name: str
    gender: str = ""
    forms: Counter = field(default_factory=Counter)
    figures: dict[str, Figure] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)


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
        self.identities: list[Identity] = []
        self.of: dict[Figure, Identity] = {}
        self._days = days
        self._apart = set(apart)
        self._by_last: dict[str, list[Identity]] = {}
        self._by_head: dict[str, list[tuple[Identity, Role]]] = {}
        met = [
            (f, key) for key, cast in sorted(casts.items()) for f in cast.people() if " " in f.name
        ]
        # Names with an initial join whole given names, never the other way round.
        for figure, key in sorted(
            met, key=lambda pair: len(pair[0].name.split()[0].strip(".")) < 2
        ):
            self._join(figure, key)
        for identity in self.identities:
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
        bearers = self._by_last.get(_sound(fold_name(figure.name)), [])
        bearers = [i for i in bearers if figure.gender in ("", i.gender) or not i.gender]
        wanted = [role_words(role.words) for role in figure.roles]
        holding = [
            i for i in bearers if any(w <= role_words(r.words) for r in i.roles for w in wanted)
        ]
        bearers = sorted(holding or bearers, key=lambda i: (-len(i.figures), i.name))
        total = sum(len(identity.figures) for identity in bearers)
        first = len(bearers[0].figures) if bearers else 0
        known = first >= max(_KNOWN_ARTICLES, _KNOWN_SHARE * total)
        return bearers[:1] if known else bearers

    def holders(self, phrase: str, text: str, day: object) -> list[tuple[Identity, Role]]:
        """Those who are seen with a role in some article, of one day the nearest one.

        Args:
            phrase: The role's words; more than one word, or else the place or body of the role
                must be spoken of in `text`.
            text: The article that the role is looked up for.
            day: Its day, or NaT.
        """
        wanted = role_words(phrase)
        held: dict[Identity, Role] = {}
        for word in sorted(wanted):
            for identity, role in self._by_head.get(word, []):
                if (
                    identity not in held
                    and wanted <= role_words(role.words)
                    and _is_local(role, wanted, text)
                ):
                    held[identity] = role
        if len(held) > 1 and pd.notna(day):
            held = self._nearest(held, wanted, day)
        return sorted(held.items(), key=lambda pair: pair[0].name)

    def _nearest(self, held: dict[Identity, Role], wanted: frozenset, day: object) -> dict:
        """Of several holders those who held the role nearest to a day."""
        gaps: dict[Identity, int] = {}
        for identity in held:
            roles = [r for r in identity.roles if wanted <= role_words(r.words)]
            days = [d for r in roles if pd.notna(d := self._days.get(r.article_id))]
            gaps[identity] = min((abs((day - d).days) for d in days), default=10**6)
        least = min(gaps.values())
        return {identity: role for identity, role in held.items() if gaps[identity] == least}

    def _join(self, figure: Figure, article_id: str) -> None:
        key = _sound(figure.last)
        same = [i for i in self._by_last.get(key, []) if self._is_same(i, figure, article_id)]
        if len(same) == 1:
            identity = same[0]
        else:
            identity = Identity(figure.name)
            self.identities.append(identity)
            self._by_last.setdefault(key, []).append(identity)
        identity.figures[article_id] = figure
        identity.forms[figure.name] += 1
        identity.roles += [role._replace(article_id=article_id) for role in figure.roles]
        self.of[figure] = identity

    def _is_same(self, identity: Identity, figure: Figure, article_id: str) -> bool:
        if article_id in identity.figures:
            return False
        if any(
            frozenset((fold_name(n), fold_name(figure.name))) in self._apart for n in identity.forms
        ):
            return False
        return any(
            same_person(name, figure.name) or same_person(_sound(name), _sound(figure.name))
            for name in identity.forms
        )

    def _is_past(self, other: str, article_id: str) -> bool:
        """Whether another article does not come after this one, as far as their days are known."""
        return other != article_id and not self._days[other] > self._days[article_id]

    def _settle(self, identity: Identity) -> None:
        """Choose the name, share gender and roles among the articles, and index the roles."""
        fullest = max(len(name.split()) for name in identity.forms)
        names = [name for name in identity.forms if len(name.split()) == fullest]
        identity.name = min(names, key=lambda name: (-identity.forms[name], name))
        genders = Counter(f.gender for f in identity.figures.values() if f.gender)
        identity.gender = min(genders, key=lambda g: (-genders[g], g)) if genders else ""
        for article_id, figure in identity.figures.items():
            figure.gender = identity.gender
            figure.roles += [r for r in identity.roles if self._is_past(r.article_id, article_id)]
        for role in identity.roles:
            for word in role_words(role.words):
                self._by_head.setdefault(word, []).append((identity, role))


def _is_local(role: Role, wanted: frozenset[str], text: str) -> bool:
    """Whether a role is told by more than its noun, or its place or body is in the text."""
    if len(wanted) > 1:
        return True
    proper = [
        w
        for w in re.findall(r"[^\W\d_]\w+", role.words)
        if w[0].isupper() and not is_word(w, "title", "role")
    ]
    return any(word in text for word in proper)


def _sound(name: str) -> str:
    folded = fold_name(name).replace("-", " ")
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", folded)
