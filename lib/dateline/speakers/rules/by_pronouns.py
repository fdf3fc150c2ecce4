"""From a source that is a pronoun to whom it means."""

from __future__ import annotations

import re
from math import inf

from dateline.speakers.antecedents import status_of
from dateline.speakers.mention import Source, find_opening
from dateline.speakers.names.listed import is_word
from dateline.speakers.person import Sighting
from dateline.speakers.rules.by_names import name_bearer
from dateline.speakers.scene import SUBJECT, Answer, Scene, any_of
from dateline.words import singular

_AGAIN = re.compile(r"\b(who|which|that)\b.*\b(?:and|but|or)$")
_BESIDE = re.compile(
    r"(?: (?:of|from|at) [^,]+)?"
    r"(?:, (?:then )?(?:the|an?|his|her|its|their|one of the) [^,]{3,90})?"
)
# `a message on Chirp that`, `a strategy in 2008 that`: the place and the year say nothing.
_PLACED = re.compile(r" (?:in|on|at) (?:[^\W\d_a-z]\w+|\d{4})$")
_TIMED = re.compile(
    r" (?:(?:last|this) (?:week|month|year)|today|yesterday|tonight|here|there|now|"
    r"(?:on |late |last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: morning| evening| night)?)$"
)
# `it is reported that` means nothing.
_EXPLETIVE = re.compile(
    r"(?:['’]s| is| was| has| had| will| would)(?: \w+ly| also| now| not)?(?: been| be)? "
    r"(?:alleged|argued|assumed|believed|claimed|clear|estimated|expected|feared|hoped|known|likely|possible|"
    r"reported|rumou?red|said|suggested|thought|true|understood)\b"
)
_APPOSED = re.compile(r"(?:,|\b(?:is|was|are|were|as|became|remains))\s*$")

# The share of pronouns that lead to the right speaker, where that one spoke last, was the subject,
# or neither; times what a thing, an unknown gender, a distance and a close rival take from it.
_SPOKE, _OPENED, _ELSE = 0.89, 0.84, 0.67
_THING, _UNKNOWN, _AFAR, _RIVALLED = 0.85, 0.87, 0.6, 0.87
_UNNAMED = 0.6  # `the machine`
THINGS = 3  # so many sentences back it is looked for
_OPENS = re.compile(
    r"[\s“\"'(]*(?:The|An?|One) ((?:[a-z-]+ ){0,2}?[a-z-]+) "
    r"(?=(?:can|could|di?d|do|had|will|would|came|fell|got|made|stood|went|[a-z]+ed|[a-z]{1,12}s)"
    r"(?:n[’']t)?\b)"
)
_HUMAN = ("role", "person", "relation", "group", "epithet", "title")
_FAR = 3  # sentences that nobody says between
# What else a pronoun can mean.
_NOTICED = {"plural": "group", "thing": "document", "m": "person", "f": "person"}


def by_relative(scene: Scene, source: Source) -> Answer | None:
    """`X, a lawyer, who`: the antecedent stands just before."""
    if source.kind != "pronoun" or source.gender != "relative":
        return None
    cast, begin = scene.cast, scene.cast.sentences[scene.cast.sentence_of(source.start)]
    before = cast.text[begin : source.start].rstrip(" ,—–-")
    before = _TIMED.sub("", before)
    if source.phrase == "that":
        before = _PLACED.sub("", before)
    if more := _AGAIN.search(before):  # `who sang and who` (8 rows)
        return by_relative(scene, source._replace(start=begin + more.start()))
    answer = _before_relative(scene, source, before, begin)
    evidence = f"relative: {source.phrase} is {any_of(answer.speakers)}"
    return answer._replace(kind="pronoun", evidence=evidence)


def _before_relative(scene: Scene, source: Source, before: str, begin: int) -> Answer:
    """Who stands before a relative clause, in the part of its sentence that begins there."""
    cast, end = scene.cast, begin + len(before)
    near = cast.names_in(begin, end)
    people = [name for name in near if cast.bearers(name)[0]]
    if near and near[-1].end == end and (near[-1] in people or source.phrase != "who"):
        return name_bearer(scene, near[-1])
    # `Ted Vark of Orr, who` (13 rows): the place does not speak; `Vark, the old Post editor who`.
    if people and end > people[-1].end and _BESIDE.fullmatch(cast.text, people[-1].end, end):
        return name_bearer(scene, people[-1])
    opening = find_opening(cast, before, begin, source.phrase)
    last = re.sub(r".*\W", "", before)
    subjects = [n for n in near if cast.salience(n) > 0 and n.end <= begin + opening]
    if subjects and singular(last) == last and _APPOSED.search(before[:opening]):
        return name_bearer(scene, subjects[-1])
    return scene.identify_span(begin + opening, end)


def by_pronoun(scene: Scene, source: Source) -> Answer | None:
    """`he`, `they`, `it`: the likeliest antecedent."""
    if source.kind != "pronoun":
        return None
    if source.phrase == "it" and _EXPLETIVE.match(scene.cast.text, source.end):
        return Answer("pronoun", "none", (), "no antecedent: it stands for what follows")
    found = None
    if source.gender in _NOTICED:
        scene.notice(source.start, _NOTICED[source.gender])
    if source.gender in ("m", "f", "plural", "thing", "person"):
        found = scene.past.find(source.start, source.gender)
    if not found and source.gender == "thing":
        return _unnamed_thing(scene, source)
    if not found:
        return Answer("pronoun", "none", (), f"no antecedent: {source.phrase}")
    status = status_of(found)
    means = " and " if status == "joint" else " or "
    evidence = f"pronoun: {source.phrase} is {means.join(s.name for s in found.speakers)}"
    score = _trust(scene, source, found)
    return Answer("pronoun", status, found.speakers, evidence, found.gender, score=score)


def _unnamed_thing(scene: Scene, source: Source) -> Answer:
    """`The machine came. It speaks`: the last thing that opens a sentence."""
    cast = scene.cast
    here = cast.sentence_of(source.start)
    for begin in reversed(cast.sentences[max(0, here - THINGS) : here + 1]):
        opened = _OPENS.match(cast.text, begin, source.start)
        if opened and not is_word(opened[1].split()[-1], *_HUMAN):
            speaker = cast.phrase(opened[1], "unknown", "", opened.start(1))
            evidence = f"pronoun: it is {speaker.name}"
            return Answer("pronoun", "resolved", (speaker,), evidence, score=_UNNAMED)
    return Answer("pronoun", "none", (), f"no antecedent: {source.phrase}")


def _trust(scene: Scene, source: Source, found: Sighting) -> float:
    """How often such an antecedent is the right one: by its place, its gender and its distance."""
    alone = found.margin == inf  # nobody else whom it could mean has come up
    opened = found.salience == SUBJECT or alone
    score = _SPOKE if found.salience > SUBJECT else _OPENED if opened else _ELSE
    if source.gender == "thing":
        score *= _THING
    elif source.gender in ("m", "f") and not (alone or found.gender or found.speakers[0].gender):
        score *= _UNKNOWN
    if not alone and scene.past.distance(found.start, source.start) >= _FAR:
        score *= _AFAR
    return score * _RIVALLED if found.margin < 1 else score
