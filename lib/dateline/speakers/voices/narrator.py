"""From a narrator's I and we to who writes: the author, the one who signs, the outlet."""

from __future__ import annotations

import re

from dateline.attribution.turns.interview import is_outlet
from dateline.attribution.turns.signatures import read_signature
from dateline.speakers.mention import Source
from dateline.speakers.names.lettering import RUN
from dateline.speakers.names.listed import is_office, is_word
from dateline.speakers.names.name import Name
from dateline.speakers.scene import Answer, Scene, any_of, one_of

_LINE = re.compile(r"[^\n]+")
# A whole paragraph that asks somebody: two of them make an interview, whose answers say I too.
_ASKED = re.compile(r"(?m)^[^\n“”\"]{0,300}\b[Yy]ou(?:r|rs)?\b[^\n“”\"]{0,300}\?[*_]*$")
_FEWEST = 2
# `Ann Bell, a law professor, is a member of the board`: a column's last line.
_PORTRAIT = re.compile(
    r"\W*([^,.:\n]{5,50}?)(?:, [^.\n]{3,120},)? "
    r"(?:is|was|has been|has written|lives|teaches|works|writes)\b[^\n]{3,300}\W*$"
)
_HEAD = 400  # characters within which title, author and the first words of a text begin
_LINES = 3


def by_first_person(scene: Scene, source: Source) -> Answer | None:
    """`I`, `we`: who says the words around it, else the author or the outlet.

    In an interview without labels, and in a letter without a name, `I` is nobody's.
    """
    if source.kind != "pronoun" or source.gender not in ("I", "we"):
        return None
    for answer in scene.around:
        evidence = f"first person: {any_of(answer.speakers)} speaks"
        return answer._replace(kind="pronoun", evidence=evidence)
    text = scene.article.text
    if source.gender == "I" and sum(1 for _ in _ASKED.finditer(text)) >= _FEWEST:
        return Answer("pronoun", "none", (), "first person: of an interview without labels")
    author = scene.article.byline if source.gender == "I" else scene.article.outlet
    if source.gender == "I" and not author:
        author = find_author(text) or _find_signed(text, source.start) or _find_portrayed(text)
    if not author:
        return Answer("pronoun", "none", (), f"first person of nobody: {source.phrase}")
    kind = "person" if source.gender == "I" else "organisation"
    name = Name(0, 0, tuple(author.split()), "", kind)
    fitting, rule = scene.cast.bearers(name)
    fitting = scene.cast.narrow(name, fitting) if fitting else [scene.cast.body(name)]
    answer = one_of("pronoun", fitting, rule, source.phrase)
    return answer._replace(evidence=f"first person: {author} writes")


def find_author(text: str) -> str | None:
    """The name that stands alone on the line under the title, where a byline has no `By`."""
    lines = [line for line in _LINE.finditer(text, 0, _HEAD) if line.group().strip()]
    if len(lines) < _LINES:
        return None
    words = lines[1].group().strip(" *_")
    first, *rest = words.split() or [""]
    if not rest or not RUN.fullmatch(words) or is_word(first, "opener") or is_office(rest[-1]):
        return None
    return None if is_outlet(words) else words


def _find_signed(text: str, start: int) -> str | None:
    """The name of the first signature behind a place: who signs a letter says I in it."""
    for line in _LINE.finditer(text, start):
        if span := read_signature(text, *line.span()):
            return text[slice(*span)].partition(",")[0]
    return None


def _find_portrayed(text: str) -> str | None:
    """Whom the last line of a column is about, where nothing before names them."""
    last = text.rstrip().rpartition("\n")[2]
    portrait = _PORTRAIT.match(last)
    name = portrait[1] if portrait else ""
    told = len(name.split()) > 1 and RUN.fullmatch(name) and not is_outlet(name)
    return name if told and text.count(name) == 1 else None
