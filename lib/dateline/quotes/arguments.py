"""From a cue to its arguments: the phrases of its sentence that may be what was said."""

from __future__ import annotations

from typing import NamedTuple

from dateline.quotes.parse import Parse
from dateline.quotes.sources import find_tail

WH_WORDS = frozenset(["what", "who", "whom", "whose", "which", "when", "where", "why", "how"])
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl", "pcomp"})
_OBJECTS = {"dobj": "object", "oprd": "predicate", "attr": "predicate", "acomp": "predicate"}


class Argument(NamedTuple):
    """A phrase beside a cue: how it is joined to the cue, and its pieces as [first, last] tokens."""

    construction: str
    head: int
    pieces: tuple[tuple[int, int], ...]


def find_arguments(parse: Parse, cue: int) -> list[Argument]:
    """List the phrases that may be the content of the cue, in the order of their heads."""
    tail = find_tail(parse, cue)
    if tail is not None:
        first = parse.sentences.index(parse.sentences[cue])
        if first < cue - 2:
            return [Argument("tail", cue - 2, ((first, cue - 2),))]
    found = [a for kid in parse.kids[cue] if (a := _name_below(parse, cue, kid))]
    found = _join_predicate(parse, cue, found)
    above = _name_above(parse, cue)
    return [*found, above] if above else found


def _join_predicate(parse, cue, found):
    """“calls him a friend”: the object belongs to what is said of it."""
    predicate = next((a for a in found if a.construction == "predicate"), None)
    objects = [
        k
        for k in parse.kids[cue]
        if parse.deps[k] in ("dobj", "dative") and predicate and cue < k < predicate.head
    ]
    if not predicate or not objects:
        return found
    whole = (parse.left[objects[0]], predicate.pieces[-1][1])
    rest = [a for a in found if a is not predicate and a.head not in objects]
    return [*rest, Argument("object and predicate", predicate.head, (whole,))]


def _name_below(parse: Parse, cue: int, kid: int) -> Argument | None:
    dep, pos = parse.deps[kid], parse.pos[cue]
    if dep in ("nsubj", "nsubjpass", "expl") and parse.words[kid].lower() in ("it", "there"):
        return None
    whole = ((parse.left[kid], parse.right[kid]),)
    if dep in ("ccomp", "xcomp", "acl", "advcl") or (dep == "relcl" and pos == "NOUN"):
        name = _name_clause(parse, kid)
        if dep == "advcl":
            name = "adverbial " + name
        elif dep in ("relcl",):
            name = dep
        elif dep == "xcomp" and name == "clause":
            name = "small clause"
        if kid < cue and name in ("clause",):
            name = "clause before"
        return Argument(name, kid, _cut_around(whole[0], cue, parse))
    if dep in _OBJECTS:
        return Argument(
            _OBJECTS[dep] + (" before" if kid < cue else ""), kid, _cut_around(whole[0], cue, parse)
        )
    if dep == "prep":
        return _name_prepositional(parse, cue, kid)
    if dep == "prt" or dep == "agent":
        return None
    if dep == "nsubjpass" or (dep == "nsubj" and parse.pos[cue] in ("VERB", "AUX")):
        return Argument("subject" if dep == "nsubj" else "passive subject", kid, whole)
    if (
        dep in ("compound", "amod", "poss", "appos", "dative", "npadvmod", "advmod", "parataxis")
        and pos == "NOUN"
        and dep in ("compound", "amod", "appos")
    ):
        return Argument(dep, kid, whole)
    if (
        dep in ("dep", "intj", "parataxis", "meta", "npadvmod", "advmod")
        and parse.pos[cue] == "VERB"
        and (dep == "parataxis" or dep == "dep")
    ):
        return Argument(
            "loose" + (" before" if kid < cue else ""), kid, _cut_around(whole[0], cue, parse)
        )
    return None


def _cut_around(span, cue, parse):
    first, last = span
    if first <= cue <= last:
        left, right = parse.left[cue], parse.right[cue]
        return tuple(s for s in ((first, cue - 1), (cue + 1, last)) if s[0] <= s[1])
    return (span,)


def _name_clause(parse: Parse, head: int) -> str:
    for kid in parse.kids[head]:
        word = parse.words[kid].lower()
        if parse.deps[kid] == "mark":
            return {"that": "that", "if": "whether", "whether": "whether"}.get(word, "mark " + word)
        if kid < head and parse.tags[kid] == "TO" and parse.deps[kid] == "aux":
            return "to"
    first = parse.words[parse.left[head]].lower()
    if first in WH_WORDS:
        return "wh"
    if parse.tags[head] == "VBG" and not any(
        parse.deps[k] in ("nsubj", "aux") for k in parse.kids[head]
    ):
        return "ing"
    return "clause"


def _name_prepositional(parse: Parse, cue: int, kid: int) -> Argument | None:
    objects = [k for k in parse.kids[kid] if parse.deps[k] in ("pobj", "pcomp", "prep")]
    if not objects:
        return None
    first, last = min(parse.left[k] for k in objects), max(parse.right[k] for k in objects)
    if kid < cue:
        return (
            Argument("before " + parse.words[kid].lower(), kid, ((first, last),)) if False else None
        )
    return Argument(parse.words[kid].lower(), objects[0], ((first, last),))


def _name_above(parse: Parse, cue: int) -> Argument | None:
    """The clause that a cue is set into: “The road, she noted, is closed”."""
    head, dep = parse.heads[cue], parse.deps[cue]
    if head == cue:
        return None
    if dep == "prep" or dep == "advmod":
        name = "around " + dep
    elif dep in ("parataxis", "advcl", "ccomp", "dep", "relcl", "nsubj", "amod", "xcomp"):
        marks = [
            parse.words[k].lower()
            for k in parse.kids[cue]
            if parse.deps[k] in ("mark", "advmod", "nsubj") and k < cue
        ]
        if dep == "relcl" and "which" not in marks and "as" not in marks:
            return None
        if dep == "nsubj":
            if parse.pos[cue] != "NOUN":
                return None
            kids = [
                k for k in parse.kids[head] if parse.deps[k] in ("attr", "ccomp", "xcomp", "acomp")
            ]
            if not kids:
                return None
            k = kids[0]
            return Argument(
                "is " + _name_clause(parse, k) if parse.deps[k] != "attr" else "is",
                k,
                ((parse.left[k], parse.right[k]),),
            )
        name = f"around {dep}" + (" as" if "as" in marks else "")
        if dep == "amod":
            return (
                Argument("modified", head, ((cue + 1, parse.right[head]),)) if cue < head else None
            )
    else:
        return None
    first, last = parse.left[head], parse.right[head]
    a, b = parse.left[cue], parse.right[cue]
    return Argument(name, head, tuple(s for s in ((first, a - 1), (b + 1, last)) if s[0] <= s[1]))
