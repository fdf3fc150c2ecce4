"""From the people of each article to the people of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from dateline.speakers.cast import Cast
from dateline.speakers.decisions import Decisions
from dateline.speakers.names.alike import is_full, main_words, same_person, split_suffix
from dateline.speakers.names.listed import fold_name, is_word, load_kinds
from dateline.speakers.person import (
    KNOWN_ARTICLES,
    KNOWN_SHARE,
    RoleKey,
    Speaker,
    fold_role,
    is_role,
    roles_of,
)


@dataclass(eq=False)
class Identity:
    """One person of the corpus; `roles` are the words of each role, by its key and article."""

    name: str
    gender: str = ""
    forms: Counter = field(default_factory=Counter)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    roles: dict[RoleKey, dict[str, str]] = field(default_factory=dict)


class Who(NamedTuple):
    """A speaker of the corpus, and who that is in one article."""

    speaker_id: str
    name: str
    kind: str
    speaker: Speaker


class Registry:
    """The people of a corpus: by name across spellings, and by role."""

    def __init__(
        self,
        casts: dict[str, Cast],
        days: dict[str, pd.Timestamp],
        apart: Callable[[str, str], bool],
    ) -> None:
        """Join the people of all casts.

        Args:
            casts: The gathered cast of each article, by article_id.
            days: The day of each article, by article_id; NaT where it is unknown.
            apart: Whether two folded names are never one person's.
        """
        self.of: dict[Speaker, Identity] = {}
        self._days = days
        self._apart = apart
        self._called: dict[str, list[Identity]] = {}
        self._holders: dict[str, dict[Identity, None]] = {}
        met = [(f, key) for key, cast in sorted(casts.items()) for f in cast.people()]
        met = [(speaker, key) for speaker, key in met if is_full(speaker.name)]
        # Names with an initial join whole given names, never the other way round.
        for speaker, key in sorted(met, key=lambda m: len(m[0].name.split()[0].strip(".")) < 2):
            self._join(speaker, key)
        for identity in dict.fromkeys(self.of.values()):
            self._settle(identity)

    def identities_of(self, speaker: Speaker) -> list[Identity]:
        """Who a speaker is: one of the corpus, several candidates, or none where only it is known.

        Somebody whom an article calls by a surname only is the person of that surname in other
        articles: by gender and title if there are several, or by far the best known of them.
        """
        if speaker in self.of:
            return [self.of[speaker]]
        if speaker.kind != "person" or is_full(speaker.name):
            return []
        found = self._called.get(_key(speaker.name), [])
        found = [i for i in found if speaker.gender in ("", i.gender) or not i.gender]
        wanted = [fold_role(role.words) for role in speaker.roles]
        holding = [i for i in found if any(is_role(w, words) for w in wanted for words in i.roles)]
        found = sorted(holding or found, key=lambda i: (-len(i.speakers), i.name))
        first = len(found[0].speakers) if found else 0
        total = sum(len(identity.speakers) for identity in found)
        return found[:1] if first >= max(KNOWN_ARTICLES, KNOWN_SHARE * total) else found

    def leads(self, speaker: Speaker) -> bool:
        """Whether somebody is seen leading a state, a government or a party, in any article."""
        identity = self.of.get(speaker)
        roles = [*roles_of(speaker), *(identity.roles if identity else ())]
        return any(is_word(role.head, "leader") for role in roles)

    def holders(self, phrase: str, text: str, article_id: str) -> list[tuple[Identity, str]]:
        """Those who are seen with a role in other articles, and where.

        Args:
            phrase: The role's words. A single word says too little of somebody whom the article
                does not name: then `text` must speak of the place or body of the role, and a
                place has many former mayors.
            text: The article that the role is looked up for.
            article_id: That article.

        Returns:
            Of those in the article, or else of all, the ones seen so last before its day; those
            seen so on unknown days, and then later, where there are none. A former president is
            whoever is called so on any day; a president only where nobody is.
        """
        wanted = fold_role(phrase)
        found: list[tuple[tuple, str, Identity]] = []
        for identity in {i: None for head in wanted.heads for i in self._holders.get(head, ())}:
            absent = article_id not in identity.speakers
            seen = [
                (
                    (
                        "former" in phrase and "former" not in role,
                        absent,
                        *self._distance(role, article_id, key),
                    ),
                    f"“{role}” in {key}",
                    identity,
                )
                for words, roles in identity.roles.items()
                if is_role(wanted, words)
                for key, role in roles.items()
                if "former" in phrase or "former" not in role
                if not absent
                or len(wanted.words) > 1
                or ("former" not in phrase and _is_local(role, text))
            ]
            found += [min(seen, key=lambda one: one[:2])] if seen else []
        nearest = min((rank for rank, _, _ in found), default=())
        found.sort(key=lambda one: (one[2].name, one[1]))
        return [(identity, where) for rank, where, identity in found if rank == nearest]

    def _distance(self, role: str, article_id: str, other: str) -> tuple[int, int]:
        """How well another article's day tells of this one's: 0 before it, 1 unknown, 2 later."""
        gap = self._days[article_id] - self._days[other]
        if "former" in role:
            return (0, 0)  # Whoever has held a role has held it on every later day.
        return (1, 0) if pd.isna(gap) else (2 * (gap.days < 0), abs(gap.days))

    def _join(self, speaker: Speaker, article_id: str) -> None:
        key = _key(speaker.name)
        same = [i for i in self._called.get(key, []) if self._is_same(i, speaker, article_id)]
        identity = same[0] if len(same) == 1 else Identity(speaker.name)
        if len(same) != 1:
            self._called.setdefault(key, []).append(identity)
        identity.speakers[article_id] = speaker
        identity.forms[speaker.name] += 1
        for role in speaker.roles:
            seen = identity.roles.setdefault(fold_role(role.words), {})
            seen.setdefault(article_id, role.words)
        self.of[speaker] = identity

    def _is_same(self, identity: Identity, speaker: Speaker, article_id: str) -> bool:
        if article_id in identity.speakers:
            return False
        folded = fold_name(speaker.name)
        if any(self._apart(fold_name(name), folded) for name in identity.forms):
            return False
        return any(
            same_person(name, speaker.name) or same_person(_sound(name), _sound(speaker.name))
            for name in identity.forms
        )

    def _settle(self, identity: Identity) -> None:
        """Choose the name, share the gender among the articles, and index the roles."""
        initials = re.compile(r"(?:\w\.)+|\w")
        whole = {
            name: sum(not initials.fullmatch(word) for word in name.split())
            for name in identity.forms
        }
        identity.name = min(whole, key=lambda name: (-whole[name], -identity.forms[name], name))
        genders = Counter(f.gender for f in identity.speakers.values() if f.gender)
        identity.gender = min(genders, key=lambda g: (-genders[g], g)) if genders else ""
        for speaker in identity.speakers.values():
            speaker.gender = identity.gender
        for role in identity.roles:
            self._holders.setdefault(role.head, {})[identity] = None


class Namer:
    """Names those who speak in one article as speakers of the corpus."""

    def __init__(self, article_id: str, registry: Registry, decided: Decisions) -> None:
        """Name by whom other articles know, and by what the analyst decided, which goes first."""
        self.article_id = article_id
        self.registry = registry
        self.decided = decided

    def who(self, speaker: Speaker) -> list[Who]:
        """Who a speaker is; several candidates where other articles leave it open."""
        identities = self.registry.identities_of(speaker)
        found = []
        for name, forms in [(i.name, [*i.forms]) for i in identities] or [(speaker.name, [])]:
            decided = next((d for n in (name, *sorted(forms)) if (d := self.decided.name(n))), name)
            own = "" if speaker.named or decided != name else f"--{_slug(self.article_id)}"
            kind = self.decided.kinds.get(decided, speaker.kind)
            found.append(Who(_slug(decided) + own, decided, kind, speaker))
        return list({who.speaker_id: who for who in found}.values())

    def decide(self, text: str, speakers: Sequence[Speaker]) -> Who | None:
        """The speaker whom the analyst gave these very words to, whoever was found in them."""
        name = self.decided.name(text)
        if not name and not any(speaker.named for speaker in speakers):
            name = self.decided.role(text)
        if not name:
            return None
        speaker = speakers[0] if speakers else Speaker(name, "person")
        return Who(_slug(name), name, self.decided.kinds.get(name, speaker.kind), speaker)


def _is_local(role: str, text: str) -> bool:
    """Whether a text speaks of the place or body of a role, with all the words of its name."""
    # One word in common, or a part of one, made 15 wrong speakers in 926 real articles.
    words = re.findall(r"[^\W\d_]\w+", role)
    proper = {w for w in words if w[0].isupper() and not is_word(w, "title", "role")}
    return bool(proper) and proper <= _words_of(text)


@lru_cache(maxsize=1)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]\w+", text))


@lru_cache(maxsize=2**16)
def _sound(name: str) -> str:
    """A name as it sounds, however it was spelled out from another script.

    Two agencies spell one Central Asian name in two ways; in US news this joins Hilary and Hillary.
    """
    folded = fold_name(name).replace("-", " ")
    for spelling, sound in load_kinds()["sound"].items():
        folded = folded.replace(spelling, sound)
    # Of two letters both are initials: J.J. is not J.
    words = (re.sub(r"(.)\1+", r"\1", w) if len(w) > 2 else w for w in folded.split())
    return " ".join(words)


def _key(name: str) -> str:
    """What people are looked up by: how the surname sounds, and Jr. and the like."""
    return f"{_sound(main_words(name)[-1])} {split_suffix(tuple(name.split()))[1]}".strip()


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", fold_name(name)).strip("-") or "unnamed"
