"""From the word lists of this room to what a word is known as, and to how words are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from dateline.attribution.cues.senses import name_head
from dateline.wordlists import read_table

_BESIDE = re.compile(r"^(?:co|ex|vice)-(?=\w)", re.IGNORECASE)


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


@cache
def _index_kinds() -> dict[str, set[str]]:
    """All kinds of each listed word: a corpus asks for tens of thousands of words and kinds."""
    index: dict[str, set[str]] = {}
    for kind, words in load_kinds().items():
        for word in words:
            index.setdefault(word, set()).add(kind)
    return index


@lru_cache(maxsize=2**16)
def is_word(word: str, *kinds: str) -> bool:
    """Whether a word, in whatever case, is listed as one of these kinds."""
    known = _index_kinds().get(fold_name(word))
    return known is not None and not known.isdisjoint(kinds)


@lru_cache(maxsize=2**16)
def is_office(word: str) -> bool:
    """Whether a word is a title, a role or a relation: `Mayor`, `co-anchor`, `player-coach`."""
    kinds = ("title", "role", "relation", "epithet")
    whole = is_word(word, *kinds)
    if whole or "-" not in word:
        return whole
    parts = _BESIDE.sub("", word).replace("-turned-", "-").split("-")
    return all(is_word(part, *kinds) for part in parts)


@lru_cache(maxsize=2**16)
def is_human(word: str) -> bool:
    """Whether a word is an office, or a noun for somebody in WordNet: `rancher`, `laureate`."""
    listed = is_word(word, "organisation", "generic", "group", "body", "before", "opener")
    return is_office(word) or (name_head(word, "NOUN") == "person" and not listed)


@lru_cache(maxsize=2**16)
def fold_name(words: str) -> str:
    """A name as it is compared: no accents, case, full stops or curly apostrophes."""
    if words.isascii():
        return words.casefold().replace(".", "").strip()
    plain = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.casefold().replace(".", "").strip()
