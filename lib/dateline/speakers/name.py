"""From an article's text to the names in it, as they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.wordlists import read_table
from dateline.words import Spans

_UPPER = "".join(chr(c) for c in range(0x530) if chr(c).isupper())
_ABBREVIATION = (
    r"(?:Mrs?|Ms|Mx|Dr|Jr|Sr|Sens?|Reps?|Gov|Rev|Gen|Col|Lt|Sgt|Capt|Cmdr|Prof|St|Hon)\."
)
_WORD = rf"(?:{_ABBREVIATION}|(?:[{_UPPER}]\.)+|[{_UPPER}](?:[\w&]|[-.](?=\w)|['’](?!s\b)(?=\w))*)"
_PARTICLE = r"(?:al|bin|da|de|del|della|der|di|dos|du|el|ibn|la|le|ten|ter|van|von)"
_JOIN = rf"(?:[ \u00a0](?:{_PARTICLE} )*|, (?=[JS]r\b)| [“\"'‘]\w+[”\"'’] )"
_RUN = re.compile(rf"(?<![\w'’@#/.])(?<!\w-){_WORD}(?:{_JOIN}{_WORD})*")
_INSIDE_NAME = re.compile(r"[“\"‘'][^”\"’']*[”\"’']|,")
_TAIL = re.compile(r" (?:of|for|on)(?: the)? $")
_AFTER_OF = re.compile(r"\b(?:of|for|in|at) (?:the )?$")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


class Stretch(NamedTuple):
    """A typed block of an article: its kind as in BLOCKS, and where it stands."""

    kind: str
    start: int
    end: int


class Name(NamedTuple):
    """A name as it stands in a text: its offsets, its words, and the title before it."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str
    kind: str

    @property
    def text(self) -> str:
        """The words of the name, without its title."""
        return " ".join(self.words)


@cache
def load_kinds() -> dict[str, dict[str, str]]:
    """The word lists of this room: kind -> word -> its sense (a gender, or nothing)."""
    kinds: dict[str, dict[str, str]] = {}
    for row in read_table("speaker_words.csv"):
        kinds.setdefault(row["class"], {})[row["word"]] = row["sense"]
    given = read_table("given_names.csv")
    kinds["given"] = {row["name"].casefold(): row["gender"] for row in given}
    shorts = (row for row in given if row["short_for"])
    kinds["short"] = {row["name"].casefold(): row["short_for"].casefold() for row in shorts}
    return kinds


def is_word(word: str, *kinds: str) -> bool:
    """Whether a word, in whatever case, is listed as one of these kinds."""
    known, folded = load_kinds(), fold_name(word)
    return any(folded in known[kind] for kind in kinds)


@lru_cache(maxsize=2**16)
def fold_name(words: str) -> str:
    """A name as it is compared: no accents, case, full stops or curly apostrophes."""
    if words.isascii():
        return words.casefold().replace(".", "").strip()
    plain = unicodedata.normalize("NFKD", words.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.casefold().replace(".", "").strip()


def split_suffix(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a name without Jr., III and the like, and that suffix, folded."""
    suffix = fold_name(words[-1]) if words else ""
    return (words[:-1], suffix) if suffix in _SUFFIXES and len(words) > 1 else (words, "")


def keep_body(text: str, silent: Iterable[tuple[int, int]], sources: Spans) -> str:
    """The text with line ends in place of what is no body, so that no rule looks there.

    A namesake in a byline left a surname open, a headline in title case made people of its words,
    and those who are named in a trailer became speakers. A heading that is a sentence can have a
    source, whose words must stay.
    """
    for start, end in silent:
        if not sources.overlap(start, end):
            text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def find_names(text: str) -> list[Name]:
    """Find the capitalised names of a text.

    Args:
        text: An article's text.

    Returns:
        One Name a run of capitalised words, in the order of the text: `title` holds the title or
        role words before it, `kind` is person or organisation where its words tell, else "".
    """
    lower = set(re.findall(r"\b[a-z]+\b", text))
    alone = {m.group() for m in _RUN.finditer(text)}
    names: list[Name] = []
    for run in _split_places(text, alone):
        name = _find_in_run(text, run, lower)
        if name and names and _continues(names[-1], name, text):
            name = _join(names.pop(), name, text)
        if name:
            names.append(name)
    # King and Weaver are surnames where somebody is so called in full.
    surnames = {n.words[-1] for n in names if len(n.words) > 1 and not _is_bare_title(n, text)}
    return [n for n in names if n.words[-1] in surnames or not _is_bare_title(n, text)]


def _split_places(text: str, alone: set[str]) -> Iterator[re.Match]:
    """The runs of capitals; `of Norway Ann Bell` is two where `Norway` stands alone too."""
    for run in _RUN.finditer(text):
        place = re.match(r"\S+(?= \S+ \S)", run.group())
        rest = place and _RUN.match(text, run.start() + place.end() + 1, run.end())
        before = text[max(0, run.start() - 12) : run.start()]
        if place and rest and place.group() in alone and _AFTER_OF.search(before):
            yield from filter(None, [_RUN.match(text, run.start(), rest.start() - 1), rest])
        else:
            yield run


def _find_in_run(text: str, run: re.Match, lower: set[str]) -> Name | None:
    """One name of a run of capitalised words, without what opens the sentence and its title."""
    plain = _INSIDE_NAME.sub(lambda m: " " * len(m.group()), run.group())
    words = [(m.group(), run.start() + m.start()) for m in re.finditer(r"\S+", plain)]
    while words and _opens(words[0][0], len(words), text, words[0][1], lower):
        words.pop(0)
    while len(words) > 1 and words[-1][0].endswith("day") and is_word(words[-1][0], "opener"):
        words.pop()  # `told Ruvia News Tuesday`
    if not words:
        return None
    first = _find_title(tuple(word for word, _ in words))
    title, named = " ".join(w for w, _ in words[:first]), tuple(w for w, _ in words[first:])
    if not named:
        return None
    end = words[-1][1] + len(words[-1][0])
    return Name(words[first][1], end, named, title, _kind_of(named, title))


def _opens(word: str, n_words: int, text: str, at: int, lower: set[str]) -> bool:
    """Whether a word has its capital from the start of a sentence only."""
    known = word.casefold()
    if known in load_kinds()["opener"]:
        return True
    before = text[max(0, at - 3) : at].strip(" “\"'‘(")
    begins = not before or before[-1] in ".!?\n:—–"
    common = known in lower and known not in load_kinds()["given"]
    return begins and common and (n_words == 1 or known not in load_kinds()["title"])


def _find_title(words: tuple[str, ...]) -> int:
    """Where the name begins after its title or role; the number of words where it is all title."""
    known = load_kinds()
    if any(word.casefold() in known["organisation"] for word in words[-1:]):
        return 0
    titles = [i for i, w in enumerate(words[:-1]) if is_word(w, "title", "role", "relation")]
    if titles:
        return titles[-1] + 1
    given = [i for i, w in enumerate(words[:-1]) if w.casefold() in known["given"]]
    # `Tennis Australia Anna Bell`: words before a well-known given name are a description.
    return given[0] if given and given[0] >= 2 and len(words) - given[0] <= 3 else 0


def _is_bare_title(name: Name, text: str) -> bool:
    """Whether a name is nothing but a role with a capital: `President`, `National Leader`."""
    alone = len(name.words) == 1 or text.startswith((" of ", " for "), name.end)
    return alone and is_word(name.words[-1], "title", "role", "relation")


def _kind_of(words: tuple[str, ...], title: str) -> str:
    known = load_kinds()
    if any(w.casefold() in known["organisation"] for w in words):
        return "organisation"
    if title:
        return "person"
    if len(words) == 1:
        return "organisation" if len(words[0]) > 1 and words[0].isupper() else ""
    return "person" if words[0].casefold() in known["given"] and len(words) <= 4 else ""


def _continues(body: Name, name: Name, text: str) -> bool:
    """Whether `Ministry` + `of Trade`, or `Farmers'` + `League`, is one name."""
    between = text[body.end : name.start]
    # No speaker of 926 real articles, but a form of real bodies: a Students’ Association.
    if between in ("' ", "’ "):
        return body.words[-1].endswith("s") and name.kind == "organisation"
    return body.kind == "organisation" and bool(_TAIL.fullmatch(between))


def _join(body: Name, name: Name, text: str) -> Name:
    words = tuple(text[body.start : name.end].split())
    return Name(body.start, name.end, words, body.title, "organisation")
