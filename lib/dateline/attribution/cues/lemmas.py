"""From word forms to lemmas: said to say, hoping to hop or hope."""

from __future__ import annotations

from functools import cache, lru_cache

from dateline.wordlists import read_lines

# Endings of stems that lost an e: announc(ed), argu(ing), believ(ed).
_LOST_E = tuple(
    ["at", "iz", "is", "ut", "uc", "nc", "rg", "dg", "eg", "ag", "v", "u", "bl", "pl", "gu"]
)
_VOWELS = frozenset("aeiou")


@cache
def _load_irregular() -> dict[str, str]:
    lines = (line.split() for line in read_lines("irregular_forms.txt"))
    return {form: lemma for lemma, *forms in lines for form in forms}


@lru_cache(maxsize=20_000)
def list_lemmas(form: str, pos: str) -> tuple[str, ...]:
    """List the lemmas that a form may belong to, likeliest first; the form itself is the last.

    Args:
        form: A word in lower case.
        pos: Its part of speech (VERB, NOUN ...); only verbs and nouns are inflected.
    """
    form = form.replace("’", "'")
    if pos not in ("VERB", "AUX", "NOUN"):
        return (form,)
    irregular = _load_irregular().get(form)
    if irregular:
        return (irregular, form)
    found = _strip_s(form)
    if form.endswith("ed") and len(form) > 4:
        found += _restore(form[:-2], past=True)
    if form.endswith("ing") and len(form) > 5:
        found += _restore(form[:-3], past=False)
    return (*dict.fromkeys(found), form)


def _strip_s(form: str) -> list[str]:
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return []
    if form.endswith("ies"):
        return [form[:-3] + "y", form[:-1]]
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return [form[:-2], form[:-1]]
    return [form[:-1]]


def _restore(stem: str, *, past: bool) -> list[str]:
    """Lemmas of a stem: announc(ed) -> announce, stopp(ed) -> stop, repl(ied) -> reply."""
    if past and stem.endswith("i"):
        return [stem[:-1] + "y", stem]
    found = [stem, stem + "e"]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        found.insert(0, stem[:-1])
        if stem[-1] in "lsz":
            found = [stem, stem[:-1], stem + "e"]
    elif stem.endswith(_LOST_E):
        found = [stem + "e", stem]
    return found
