"""From a noun phrase in source position to who it is: roles, groups, bodies and documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.speakers.mention import Source, singular
from dateline.speakers.name import is_role, is_word, read_role
from dateline.speakers.person import Figure, Reading, name_any, read_one_of, roles_of
from dateline.speakers.scene import status_of

if TYPE_CHECKING:
    from dateline.speakers.link import Linker

_LETTERS = ("letter", "message", "note", "telegram", "memo", "email", "statement", "post")
_FROM = re.compile(r"[^,]*?\b(?<!seen )(?:from|by) (?=\S)")
_SENDER = re.compile(
    r"\s*(?:date [\d-]+ )?([^\n.!?”\"]{3,140}?) (?:has |have |had )?(?:also )?"
    r"(?:sent|wrote|written|issued|published|released|signed|posted|delivered|addressed)\b"
)
_PAST = 8000  # characters within which a letter that is spoken of has come up
_SPOKE_FOR = re.compile(r"\b(?:for|of|from|at) ")
_AGE_NOUN = re.compile(r"\d+-year-old\b")
_DUAL = re.compile(
    r"(?:both|the two|the (?:pair|couple|duo|brothers|sisters|twins))\b", re.IGNORECASE
)


def read_phrase(linker: Linker, source: Source) -> Reading:
    """Tell who a noun phrase is, by the first rule that knows; else take it as it stands."""
    if source.kind == "none":
        return Reading("role", "none", (), f"no noun: {source.phrase}")
    for rule in (_read_document, _read_spokesperson, _read_two, _read_role, _read_last):
        if reading := rule(linker, source):
            return reading
    return _take(linker, source)


def _read_owner(linker: Linker, source: Source) -> Reading | None:
    """Who `her` is in `her office`, `the board` in `the board's chair`."""
    if not source.owner:
        return None
    reading = linker.read_span(source.start, source.start + len(source.owner))
    return reading if reading.figures else None


def _take(linker: Linker, source: Source) -> Reading:
    """Take a phrase for a speaker without a name; `his wife` becomes `Tom Vark's wife`."""
    phrase, owner = source.phrase, _read_owner(linker, source)
    told = owner and owner.kind in ("name", "pronoun") and owner.status == "resolved"
    if told and source.kind != "document" and owner.figures[0].kind in ("person", "unknown"):
        phrase = f"{owner.figures[0].name}'s {phrase.removeprefix(source.owner).strip()}"
    human = is_word(source.head, "role", "person", "relation", "title")
    kind = ("person" if human else "unknown") if source.kind == "role" else source.kind
    figure = linker.cast.phrase(phrase, kind, source.gender, source.start)
    evidence = f"as it stands: {phrase}"
    return Reading(source.kind, "resolved", (figure,), evidence, source.gender)


def _read_document(linker: Linker, source: Source) -> Reading | None:
    """`the letter`, `a statement by the union`: who wrote it."""
    if source.kind != "document":
        return None
    by = _FROM.match(linker.cast.text, source.start, source.end)
    reading = None
    if source.owner:
        reading = _read_owner(linker, source)
    elif by:
        reading = linker.read_span(by.end(), source.end)
    elif source.definite and source.head in _LETTERS:
        reading = _read_author(linker, source)
    if not reading or not reading.figures or not (reading.figures[0].named or by):
        return None
    evidence = f"document: {source.phrase} by {name_any(reading.figures)} ({reading.evidence})"
    return reading._replace(kind="document", evidence=evidence)


def _read_author(linker: Linker, source: Source) -> Reading | None:
    """Who sent the letter that is spoken of: the subject where it comes up, or who speaks there."""
    text, sentences = linker.cast.text, linker.cast.sentences
    for words in ((source.head,), _LETTERS):
        named = rf"\b(?:an?|one|his|her|its|their) [^.\n]{{0,30}}?\b(?:{'|'.join(words)})\b"
        past = re.compile(named).finditer(text, max(0, source.start - _PAST), source.start)
        found = [match.start() for match in past]
        if found:
            break
    else:
        return None
    here = linker.cast.sentence_of(found[-1])
    end = [*sentences, len(text)][here + 1]
    if sender := _SENDER.match(text, sentences[here], end):
        return linker.read_span(*sender.span(1))
    figures = linker.memory.subject(sentences[here], source.start)
    return Reading("document", "resolved", figures, "who speaks there") if figures else None


def _read_spokesperson(linker: Linker, source: Source) -> Reading | None:
    """`a spokeswoman for the board` speaks for the board."""
    speaks_for = _SPOKE_FOR.search(linker.cast.text, source.start, source.end)
    if not re.fullmatch(r"spokes(?:man|woman|person)", source.head) or not speaks_for:
        return None
    reading = linker.read_span(speaks_for.end(), source.end)
    if not reading.figures or reading.figures[0].kind == "person":
        return None
    evidence = f"{source.head} for: {reading.figures[0].name}"
    return reading._replace(kind="role", evidence=evidence, gender=source.gender)


def _read_two(linker: Linker, source: Source) -> Reading | None:
    """`both leaders`, `the two women`, `the friends`: the two who were spoken of."""
    head = singular(source.head)
    if source.kind != "group" or not is_word(head, "role", "relation", "person", "group"):
        return None
    if not _DUAL.match(linker.cast.text, source.start) or source.phrase.startswith("both "):
        return _read_joint(linker, source)

    def fits(figure: Figure) -> bool:
        alike = not source.gender or figure.gender in ("", source.gender)
        return alike and (not is_word(head, "leader") or _leads(linker, figure))

    pair = linker.memory.pair(source.start, fits)
    if not pair:
        return None
    evidence = f"two: {source.phrase} are {' and '.join(map(name_any, pair))}"
    figures = tuple(dict.fromkeys(figure for one in pair for figure in one))
    unsure = tuple(figure for one in pair if len(one) > 1 for figure in one)
    return Reading("group", "joint", figures, evidence, open=unsure)


def _read_joint(linker: Linker, source: Source) -> Reading | None:
    """`the friends`, right after several people spoke jointly: they."""
    figures = linker.memory.last_joint(source.start)
    bare = source.definite and not source.owner and len(source.phrase.split()) == 1
    bare = bare and is_word(singular(source.head), "relation", "person")
    if not bare or not figures or any(figure.kind != "person" for figure in figures):
        return None
    evidence = f"joint: {source.phrase} are {' and '.join(f.name for f in figures)}"
    return Reading("group", "joint", figures, evidence)


def _leads(linker: Linker, figure: Figure) -> bool:
    """Whether somebody is seen leading a state, a government or a party, in any article."""
    identity = linker.registry.of.get(figure)
    roles = [*roles_of(figure), *(identity.roles if identity else ())]
    return any(is_word(role.head, "leader") for role in roles)


def _read_role(linker: Linker, source: Source) -> Reading | None:
    """A role that somebody of this article, or of another, is seen with."""
    if not source.definite or source.kind not in ("role", "organisation"):
        return None
    cast, article_id = linker.cast, linker.article.article_id
    phrase = f"{source.owner} {source.phrase.removeprefix(source.owner).strip()}".strip()
    if own := cast.holders(phrase) or _find_kin(linker, source):
        figure = linker.memory.latest(own, source.start)
        shown = (r.words for r in figure.roles if is_role(read_role(phrase), read_role(r.words)))
        where = "".join(f": “{words}”" for words in [*shown][:1])
        evidence = f"role: {source.phrase} is {figure.name}{where}"
        return Reading(source.kind, "resolved", (figure,), evidence)
    held = linker.registry.holders(phrase, cast.text, article_id) if source.kind == "role" else []
    if not held:
        return None
    reading = read_one_of("role", (linker.bring(i) for i, _ in held), "role", source.phrase)
    return reading._replace(evidence=f"{reading.evidence}: {'; '.join(w for _, w in held)}")


def _find_kin(linker: Linker, source: Source) -> list[Figure]:
    """Of `Orr's son` the one whom the article shows as a son and who is named Orr too."""
    owner = _read_owner(linker, source) if is_word(source.head, "relation") else None
    if not owner or owner.status != "resolved":
        return []
    surname = owner.figures[0].name.split()[-1]
    kin = [f for f in linker.cast.holders(source.head) if f.name.split()[-1] == surname]
    return kin if len(kin) == 1 and kin[0] not in owner.figures else []


def _read_last(linker: Linker, source: Source) -> Reading | None:
    """`the group`, `the man`, `the 81-year-old`: the last one of that kind."""
    if not source.definite or source.owner:
        return None
    found, memory = None, linker.memory
    if source.kind == "organisation" and is_word(source.head, "generic"):
        found = memory.antecedent(source.start, "thing")
    elif source.kind == "organisation":
        return _read_called(linker, source)
    elif source.kind == "role" and (
        is_word(source.head, "person") or _AGE_NOUN.match(source.phrase)
    ):
        found = memory.antecedent(source.start, source.gender or "person")
    if not found:
        return None
    evidence = f"last such: {source.phrase} is {name_any(found.figures)}"
    return Reading(source.kind, status_of(found), found.figures, evidence)


def _read_called(linker: Linker, source: Source) -> Reading | None:
    """`the campaign` is `the Orr campaign` where the article calls one campaign so."""
    tail = re.compile(rf" {re.escape(source.head)}\b(?! [A-Z])")
    named = [n for n in linker.cast.names if tail.match(linker.cast.text, n.end)]
    if source.phrase.casefold() != source.head or len({n.words[-1] for n in named}) != 1:
        return None
    if not linker.cast.bearers(named[0])[0]:
        return None
    words = f"{named[0].text} {source.head}"
    figure = linker.cast.phrase(words, "organisation", "", named[0].start)
    evidence = f"name: {source.phrase} is {figure.name}"
    return Reading("organisation", "resolved", (figure,), evidence)
