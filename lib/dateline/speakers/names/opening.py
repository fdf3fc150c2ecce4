"""From a run of capitals to its name: what opens a sentence, and a label, are no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.attribution.cues.senses import name_head
from dateline.speakers.names.alike import is_full
from dateline.speakers.names.lettering import is_particle
from dateline.speakers.names.listed import is_human, is_word, load_kinds
from dateline.wordlists import load_words
from dateline.words import singular

# A word of this ending opens a sentence, or is listed as a given name (Beverly, Sterling, Fred).
_OPENS = re.compile(r"\w{2,}(?:ing|ly|ed)")
# Of a people, a party, a belief or a town, before a name: Sellander, Ruvian, Marrinese, Orrite.
_LABEL = re.compile(r"\w{2,}(?:[aei]an|crat|ese|ish|ist|ite|ander|can|nder|ner|ic|i)")
_WEAK = re.compile(r"\w+(?:ic|i)")
_PEOPLE = re.compile(r"\w{2,}(?:\w\wans|crats|ists|ites|ers|ors|icans|ents|ees)")
_SAID = re.compile(r" (?:said|says|told|added)\b")
_FOR = re.compile(r" (?:for|of(?: the)?) (?:[A-Z]\w+ )*[A-Z]\w+")
_MARKED = {("“", "”"), ("‘", "’"), ('"', '"')}
_MARK = re.compile(r"[.!?:;\n—–…][”\"’'»)\]*_]*\s*[“\"'‘(*_«\[]*$|^\s*[“\"'‘(*_«\[]*$|[“\"«]$")


class Openings:
    """How the words of one article stand with capitals: only where sentences begin, or anywhere."""

    def __init__(self, text: str, runs: Sequence[re.Match]) -> None:
        """Look at where each run of capitals stands."""
        self._text = text
        self._lower = set(re.findall(r"\b[a-z]+\b", text))
        self._inside: set[str] = set()  # the first words of runs within sentences
        self._alone: set[str] = set()  # the runs, as far as they do not open a sentence
        self._named: dict[str, set[str]] = {}  # the last words of longer runs, and their first ones
        for run in runs:
            words = run.group().split()
            begins = self._begins(run.start())
            if not begins:
                self._inside.add(words[0])
                self._alone.add(run.group())
            words = self._strip(words, begins)
            if len(words) > 1:
                if is_word(words[-1], "legal", "body"):
                    self._named.setdefault(words[0], set())  # `Italy`, of `Italy Holdings`
                for word in words[1:]:
                    self._named.setdefault(word, set()).add(words[0])
                while len(words) > 2 and is_word(words[0], "title", "role", "opener", "start"):
                    words.pop(0)
                self._alone.add(" ".join(words))

    def opens(self, words: Sequence[str], at: int) -> bool:
        """Whether the first of some words has its capital from the start of a sentence only.

        By what the word is, how the article writes it elsewhere, and whether the words behind it
        are a name without it. `Green Harbour` stays whole: nobody is called Harbour.
        """
        first, rest = words[0], words[1:]
        known = first.casefold()
        kinds = load_kinds()
        if rest and not rest[0][0].isupper() and is_particle(known):
            return False  # `In ’t Velden said`
        starts = known in kinds["start"] and self._begins(at)
        if starts and len(rest) > 1 and is_word(rest[-1], "organisation", "body"):
            return " ".join(rest) in self._alone  # `First Orrin Bank`
        if rest and self._belongs(at, rest[-1]):
            return False
        if starts or known in kinds["opener"]:
            return not self._is_named(first, rest)
        if not (first.isascii() and first.isalpha() and self._begins(at)):
            return False
        return self._opens_before(first, rest) if rest else self._opens_alone(first, at)

    def is_label(self, words: Sequence[str]) -> bool:
        """Whether the first word says of which party, people or belief a person is."""
        first, rest = words[0], words[1:]
        if not rest or first.casefold() in load_kinds()["given"]:
            return False
        person = len(rest) > 1 and rest[0].casefold() in load_kinds()["given"]
        known = self._is_known(rest, first)
        if is_word(singular(first.casefold()), "person") and is_full(" ".join(rest)):
            return True
        if is_word(first, "label"):
            return person or known
        full = known and is_full(" ".join(rest)) and bool(_LABEL.fullmatch(first.casefold()))
        # `Cuauhtli Tepoz Ibarra` ends as Iraqi does.
        return full and (person or not _WEAK.fullmatch(first.casefold()))

    def _strip(self, words: list[str], begins: bool) -> list[str]:
        """The words of a run without those that open its sentence."""
        if words[0] == "The" and len(words) > 1:
            self._inside.add(words[1])
        while len(words) > 1 and is_word(words[0], "opener", "start"):
            if len(words) > 2 and is_word(words[-1], "organisation", "body"):
                break  # `First Orrin Bank`
            words = words[1:]
        by_form = begins and len(words) > 1 and _opens_by_form(words[0].casefold())
        return words[1:] if by_form and not is_word(words[1], "legal") else words

    def _opens_before(self, first: str, rest: Sequence[str]) -> bool:
        """Whether a word that opens a sentence before others with capitals is no part of them."""
        if rest[0] in ("Against", "Beyond", "For", "Without"):
            return False  # `Journalists Without Fear`
        heads = self._heads_body(first, rest)
        if heads is not None:
            return not heads
        known, kinds = first.casefold(), load_kinds()
        given, title = known in kinds["given"], known in kinds["title"]
        if known in self._lower and not given and not title:
            return rest[-1].casefold() not in kinds["organisation"]
        if known in kinds["auxiliary"] and self._is_known(rest, first):
            return True  # `Will Orr go?`, where Ann Orr is named
        if given or title or first in self._inside:
            return False
        if len(rest) > 1 and is_human(known) and is_full(" ".join(rest)):
            return rest[-1].casefold() not in kinds["organisation"]  # `Rancher Orla Brenn`
        return _opens_by_form(known) or (_is_common(known) and self._is_known(rest, first))

    def _heads_body(self, first: str, rest: Sequence[str]) -> bool | None:
        """Whether a word that opens a sentence belongs to a body's name; None where nothing tells.

        `Tilly Inc.`, `Team Orrin`, but `Brewer Orrin said` and `Racing Orrin`, where it is known.
        """
        known, place = first.casefold(), load_kinds()["body"].get(first.casefold())
        if is_word(rest[0], "legal"):
            return True
        if is_word(known, "trade") and first not in self._inside:
            return is_word(rest[-1], "legal", "body")
        leads = place == "first" and not first.isupper()
        by_form = place is not None and _opens_by_form(known)
        return not self._is_known(rest, first) if leads or by_form else None

    def _belongs(self, at: int, last: str) -> bool:
        """Whether a listed word is part of a name: `the Sunday Sentinel`, `the party Our Velt`."""
        before = self._text[max(0, at - 20) : at - 1].rpartition(" ")[2]
        if not before.islower() or not before.isalpha():
            return False
        return is_word(before, "before") or (
            before == "the" and is_word(last, "paper", "organisation", "body")
        )

    def _opens_alone(self, word: str, at: int) -> bool:
        """Whether a single word that opens a sentence is no name, but people or things."""
        known, kinds = word.casefold(), load_kinds()
        around = (self._text[at - 1 : at], self._text[at + len(word) : at + len(word) + 1])
        if around in _MARKED:
            return False  # `“Knuckles” said`
        cause = _FOR.match(self._text, at + len(word))
        if cause and self._text.count(self._text[at : cause.end()]) > 1:
            return False  # `Doctors for Orrin`
        if word in self._inside or word in self._named or word.isupper() or known in kinds["given"]:
            return False
        one = singular(known)
        listed = is_word(one, "role", "document", "label", "person", "relation")
        many = _PEOPLE.fullmatch(known) or listed or name_head(one, "NOUN") != "noun"
        plural = many and one not in (known, *kinds["given"])  # Rogers
        formed = _OPENS.fullmatch(known) and not _SAID.match(self._text, at + len(word))  # Italy
        return bool(known in self._lower or plural or formed)

    def _is_named(self, first: str, rest: Sequence[str]) -> bool:
        """Whether a listed word is a name all the same: `Will Orr`, `May`, where so repeated."""
        return bool(rest) and first.casefold() in load_kinds()["given"] and first in self._inside

    def _is_known(self, rest: Sequence[str], first: str) -> bool:
        """Whether words are a name without what stands before them."""
        if len(rest) == 1:
            return bool(self._named.get(rest[0], set()) - {first}) or rest[0] in self._alone
        return " ".join(rest) in self._alone

    def _begins(self, at: int) -> bool:
        before = self._text[max(0, at - 6) : at]
        if before[-1:] == " " and before[-2:-1].isalnum():  # as it is nearly everywhere
            return False
        return not before or bool(_MARK.search(before))


def is_people(word: str) -> bool:
    """Whether a word has the form of a people's or a party's: Ruvian, Sellander, Marrinese."""
    return bool(_LABEL.fullmatch(word.casefold())) or is_word(word, "label")


def _opens_by_form(word: str) -> bool:
    """Whether a word ends as a participle or an adverb does, and is no listed given name."""
    return bool(_OPENS.fullmatch(word)) and word not in load_kinds()["given"]


def _is_common(word: str) -> bool:
    """Whether a word is listed as an ordinary one, be it in the plural."""
    kinds = ("common", "group", "role", "document", "relation", "person", "organisation", "generic")
    return (
        word in load_words("stopwords_en.txt")
        or is_word(word, *kinds)
        or (singular(word) != word and is_word(singular(word), *kinds))
    )
