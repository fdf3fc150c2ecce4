"""From a word form to the dictionary forms that it may belong to."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "say": "said says saith",
        "tell": "told",
        "think": "thought",
        "write": "wrote written",
        "know": "knew known",
        "find": "found",
        "see": "saw seen",
        "hear": "heard",
        "feel": "felt",
        "hold": "held",
        "speak": "spoke spoken",
        "swear": "swore sworn",
        "make": "made",
        "take": "took taken",
        "give": "gave given",
        "get": "got gotten",
        "go": "went gone goes",
        "come": "came",
        "keep": "kept",
        "leave": "left",
        "mean": "meant",
        "read": "read",
        "put": "put",
        "set": "set",
        "let": "let",
        "bet": "bet",
        "seek": "sought",
        "teach": "taught",
        "bring": "brought",
        "fight": "fought",
        "buy": "bought",
        "begin": "began begun",
        "understand": "understood",
        "forget": "forgot forgotten",
        "forgive": "forgave forgiven",
        "choose": "chose chosen",
        "foresee": "foresaw foreseen",
        "withdraw": "withdrew withdrawn",
        "draw": "drew drawn",
        "show": "shown",
        "lay": "laid",
        "pay": "paid",
        "send": "sent",
        "spend": "spent",
        "lead": "led",
        "plead": "pled",
        "deal": "dealt",
        "dream": "dreamt",
        "learn": "learnt",
        "spell": "spelt",
        "break": "broke broken",
        "strike": "struck stricken",
        "sing": "sang sung",
        "shoot": "shot",
        "cast": "cast",
        "forecast": "forecast",
        "broadcast": "broadcast",
        "quote": "quoth",
        "be": "is are was were been am 's 're 'm",
        "have": "has had",
        "do": "did done does",
        "run": "ran",
        "meet": "met",
        "lose": "lost",
        "win": "won",
        "stand": "stood",
        "sit": "sat",
        "throw": "threw thrown",
        "grow": "grew grown",
        "rise": "rose risen",
        "fall": "fell fallen",
        "drive": "drove driven",
        "bear": "bore borne",
        "tear": "tore torn",
        "wear": "wore worn",
        "bite": "bit bitten",
        "hit": "hit",
        "cut": "cut",
        "shut": "shut",
        "hurl": "hurled",
        "sell": "sold",
        "catch": "caught",
        "mislead": "misled",
        "rethink": "rethought",
        "undertake": "undertook undertaken",
        "overcome": "overcame",
        "become": "became",
        "uphold": "upheld",
        "withhold": "withheld",
        "rewrite": "rewrote rewritten",
        "foretell": "foretold",
        "retell": "retold",
        "lie": "lying lied",
        "die": "dying died",
        "analysis": "analyses",
    }.items()
    for form in forms.split()
}
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=20_000)
def list_lemmas(form: str, pos: str) -> tuple[str, ...]:
    """List the lemmas that a form may belong to, likeliest first; the form itself is the last.

    Args:
        form: A word in lower case.
        pos: Its part of speech (VERB, NOUN ...); only verbs and nouns are inflected.
    """
    form = form.replace("’", "'")
    if form in _IRREGULAR and pos in ("VERB", "AUX", "NOUN"):
        return (_IRREGULAR[form], form)
    found: list[str] = []
    if pos in ("VERB", "NOUN", "AUX"):
        found += _strip_s(form)
    if pos in ("VERB", "AUX", "NOUN") and form.endswith("ed") and len(form) > 4:
        found += ["be" + form[2:]] if False else _restore(form[:-2], past=True)
    if pos in ("VERB", "AUX", "NOUN") and form.endswith("ing") and len(form) > 5:
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
    elif stem.endswith(
        ("at", "iz", "is", "ut", "uc", "nc", "rg", "dg", "eg", "ag", "v", "u", "bl", "pl", "gu")
    ):
        found = [stem + "e", stem]
    return found
