"""From a cue to its arguments: the phrases of its sentence that may be what was said."""

from __future__ import annotations

from typing import NamedTuple

from dateline.attribution.cues.lexicon import load_rule_words
from dateline.attribution.parse import Parse, Phrase
from dateline.attribution.source import find_tail

_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl"})
_OBJECTS = {"dobj": "object", "oprd": "predicate", "attr": "predicate", "acomp": "predicate"}
_BESIDE_NOUNS = frozenset({"compound", "amod", "appos"})
_SET_IN = frozenset({"parataxis", "advcl", "ccomp", "dep", "relcl", "xcomp", "prep", "advmod"})


class Argument(NamedTuple):
    """A phrase beside a cue: how it is joined to it, its head, and its pieces (first, last)."""

    construction: str
    head: int
    pieces: tuple[Phrase, ...]


def find_arguments(parse: Parse, cue: int) -> list[Argument]:
    """List the phrases that may be the content of the cue, in the order of their heads."""
    first = parse.sentences.index(parse.sentences[cue])
    if first < cue - 2 and find_tail(parse, cue) is not None:
        return [Argument("tail", cue - 2, ((first, cue - 2),))]
    found = [a for kid in parse.kids[cue] if (a := _name_below(parse, cue, kid))]
    above = _name_above(parse, cue)
    return [*_join_predicate(parse, cue, found), *([above] if above else [])]


def find_followers(parse: Parse, cue: int, chosen: list[Argument]) -> list[Phrase]:
    """What is said of a chosen object, right behind it: “views the mayor | as a friend”.

    Where PolNeAR's develop half has an object or a prepositional object as content, it keeps the
    *as* behind it in 106 of 121 cases, *for* in 75 of 85, *to* in 35 of 46, *with* in 21 of 24 and
    *of* in all 26; but *in* and *at*, which often tell where it was said, and *on* with a name in
    half of them or fewer.
    """
    ends = {a.pieces[-1][1] for a in chosen if parse.deps[a.head] in ("dobj", "pobj")}
    behind = [k for k in parse.kids[cue] if parse.deps[k] == "prep" and parse.left[k] - 1 in ends]
    return [(parse.left[k], parse.right[k]) for k in behind if _is_follower(parse, k)]


def _is_follower(parse: Parse, preposition: int) -> bool:
    """Whether a phrase tells what is said of an object; *on* before a noun (14 of 21)."""
    word = parse.words[preposition].lower()
    objects = (k for k in parse.kids[preposition] if parse.deps[k] == "pobj")
    is_topic = word == "on" and any(parse.pos[k] == "NOUN" for k in objects)
    return is_topic or word in load_rule_words("followers")


def _join_predicate(parse: Parse, cue: int, found: list[Argument]) -> list[Argument]:
    """“calls him a friend”: the object belongs to what is said of it."""
    predicate = next((a for a in found if a.construction == "predicate"), None)
    if predicate is None:
        return found
    between = range(cue + 1, predicate.head)
    objects = [k for k in parse.kids[cue] if k in between and parse.deps[k] in ("dobj", "dative")]
    if not objects:
        return found
    whole = (parse.left[objects[0]], predicate.pieces[-1][1])
    rest = [a for a in found if a is not predicate and a.head not in objects]
    return [*rest, Argument("object and predicate", predicate.head, (whole,))]


def _name_below(parse: Parse, cue: int, kid: int) -> Argument | None:
    """What hangs on the cue, named by how it does."""
    dep, pos = parse.deps[kid], parse.pos[cue]
    if kid == _says_below(parse, cue) or (dep == "dobj" and _says_below(parse, kid) is not None):
        return None  # the verb between them is the cue
    if dep == "prep":
        return _name_prepositional(parse, kid) if kid > cue else None
    name = None
    if dep in _CLAUSES:
        name = _name_complement(parse, cue, kid)
    elif dep in _OBJECTS or (dep in ("dep", "parataxis") and pos == "VERB"):
        name = _OBJECTS.get(dep, "loose") + (" before" if kid < cue else "")
    elif dep in ("nsubj", "nsubjpass"):
        name = _name_subject(parse, cue, kid)
    elif pos == "NOUN" and (dep in _BESIDE_NOUNS or dep == "relcl"):
        name = dep
    return Argument(name, kid, _cut_around(parse, kid, cue)) if name else None


def _says_below(parse: Parse, noun: int) -> int | None:
    """The verb that tells what a statement says: “issued a letter | saying that ...”."""
    word = parse.words[noun].lower()
    if load_rule_words("issued").isdisjoint({word, word.removesuffix("s")}):
        return None
    for kid in parse.kids[noun]:
        is_verb = parse.deps[kid] == "acl" and parse.tags[kid] == "VBG"
        if is_verb and any(parse.deps[k] in ("ccomp", "xcomp") for k in parse.kids[kid]):
            return kid
    return None


def _name_subject(parse: Parse, cue: int, kid: int) -> str | None:
    if parse.words[kid].lower() in ("it", "there"):
        return None
    if parse.deps[kid] == "nsubjpass":
        return "passive subject"
    return "subject" if parse.pos[cue] in ("VERB", "AUX") else None


def _cut_around(parse: Parse, kid: int, cue: int) -> tuple[Phrase, ...]:
    """All that hangs on a word, without the cue where the parse put that in its midst."""
    first, last = parse.left[kid], parse.right[kid]
    if not first <= cue <= last:
        return ((first, last),)
    return tuple(p for p in ((first, cue - 1), (cue + 1, last)) if p[0] <= p[1])


def _name_complement(parse: Parse, cue: int, kid: int) -> str | None:
    dep, name = parse.deps[kid], _name_clause(parse, kid)
    if dep == "advcl":
        # “Noting that ..., she left”: what else she did, and content in 1 of 40 cases.
        is_time = name.removeprefix("mark ") in load_rule_words("beside_speech")
        return None if is_time or (name == "ing" and kid < cue) else f"adverbial {name}"
    if dep == "xcomp" and name == "clause":
        return "small clause"
    return "clause before" if name == "clause" and kid < cue else name


def _name_clause(parse: Parse, head: int) -> str:
    """A clause by its first word: that, whether, wh, to, ing, mark WORD, or plain clause."""
    for kid in parse.kids[head]:
        word = parse.words[kid].lower()
        if parse.deps[kid] == "mark":
            return {"that": word, "if": "whether", "whether": word}.get(word, f"mark {word}")
        if kid < head and parse.tags[kid] == "TO" and parse.deps[kid] == "aux":
            return "to"
    if parse.words[parse.left[head]].lower() in load_rule_words("wh"):
        return "wh"
    is_bare = not any(parse.deps[k] in ("nsubj", "aux") for k in parse.kids[head])
    return "ing" if parse.tags[head] == "VBG" and is_bare else "clause"


def _name_prepositional(parse: Parse, preposition: int) -> Argument | None:
    """What a preposition governs, named by it: called *for* | calm."""
    governed = ("pobj", "pcomp", "prep")
    objects = [k for k in parse.kids[preposition] if parse.deps[k] in governed]
    if not objects:
        return None
    whole = (min(parse.left[k] for k in objects), max(parse.right[k] for k in objects))
    return Argument(parse.words[preposition].lower(), objects[0], (whole,))


def _name_above(parse: Parse, cue: int) -> Argument | None:
    """The clause that a cue is set into: “The road, she noted, is closed”."""
    head, dep = parse.heads[cue], parse.deps[cue]
    if head == cue:
        return None
    if dep == "nsubj":
        return _name_equated(parse, head) if parse.pos[cue] == "NOUN" else None
    if dep == "amod":
        whole = (cue + 1, parse.right[head])
        return Argument("modified", head, (whole,)) if cue < head else None
    openers = ("mark", "advmod", "nsubj")
    opening = [k for k in parse.kids[cue] if k < cue and parse.deps[k] in openers]
    words = {parse.words[k].lower() for k in opening}
    if dep not in _SET_IN or (dep == "relcl" and not words & {"which", "as"}):
        return None
    is_as = "as" in words and dep not in ("prep", "advmod")
    behind = _skip_participles(parse, head, parse.right[cue] + 1)
    around = (parse.left[head], parse.left[cue] - 1), (behind, parse.right[head])
    name = f"around {dep}" + (" as" if is_as else "")
    return Argument(name, head, tuple(p for p in around if p[0] <= p[1]))


def _skip_participles(parse: Parse, head: int, first: int) -> int:
    """Where a clause begins behind what only describes a source: “, published on Monday, | ...”."""
    for kid in parse.kids[head]:
        is_bare = not any(parse.deps[k] in ("nsubj", "nsubjpass", "mark") for k in parse.kids[kid])
        if parse.left[kid] == first + 1 and parse.tags[kid] == "VBN" and kid < head and is_bare:
            first = parse.right[kid] + 1
    return first


def _name_equated(parse: Parse, verb: int) -> Argument | None:
    """What a noun is said to be: “her view is | that ...” (9 of 18,000 rows in 960 articles)."""
    deps = ("attr", "ccomp", "xcomp", "acomp")
    kid = next((k for k in parse.kids[verb] if parse.deps[k] in deps), None)
    if kid is None:
        return None
    name = "is" if parse.deps[kid] == "attr" else f"is {_name_clause(parse, kid)}"
    return Argument(name, kid, ((parse.left[kid], parse.right[kid]),))
