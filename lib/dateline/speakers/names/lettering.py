"""From how names are lettered in the world to the patterns that find them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby


def _compact(codes: Iterable[int]) -> str:
    """Characters as the ranges of a pattern's class, which is searched faster than a list."""
    ranges = []
    for _, group in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        run = [code for _, code in group]
        ranges.append(f"{chr(run[0])}-{chr(run[-1])}" if len(run) > 1 else chr(run[0]))
    return "".join(ranges)


# Capitals of Latin, Greek, Cyrillic and Armenian: Vietnamese and Yoruba have theirs past U+1E00.
_SCRIPTS = (range(0x530), range(0x1E00, 0x2000), range(0x2C60, 0x2C80), range(0xA720, 0xA800))
UPPER = _compact(code for codes in _SCRIPTS for code in codes if chr(code).isupper())
_LETTER = r"[\w&\u0300-\u036f]"
_ABBREVIATION = (
    r"(?:Mrs?|Ms|Mx|Dr|Jr|Sr|Sens?|Reps?|Gov|Rev|Gen|Col|Lt|Sgt|Capt|Cmdr|Prof|St|Ste|Hon)\."
)
# `al-Rashid`, `d’Arc`, `kaBell`: a small letter begins the word, and a capital follows at once.
_ARTICLE = r"(?:(?:a[ldnrstz]|ash|ba[rt]|ben|e[ls]|ul)-|[dlD]['’](?=\w\w)|[a-z]{1,3}(?=[A-Z][a-z]))"
# `Tovey’s said no`: of no owner.
_OWN = r"['’]s(?= (?:said|says|told|announced|reported)\b)"
WORD = (
    rf"(?:{_ABBREVIATION}|(?<!, )(?:Ma|Md|Mohd)\.(?= [{UPPER}])|"  # not `Velt, Md. A diver`
    rf"(?:[{UPPER}]\.)+|{_ARTICLE}?[{UPPER}]"
    rf"(?:{_LETTER}|[-.](?=\w)|(?<=\w\w\w)- (?=[{UPPER}][a-z])|['’‘](?!s\b)(?=\w))*(?:{_OWN})?)"
)
# What stands between the capitals of a name. `in` and `op` only as Dutch has them; no `do`, which
# asks a question (`What do Democrats`), and no `an`, which counts (`told Bell an Orrin poll`).
PARTICLE = (
    r"(?:á|af|ag|al|am|ap|arap|bat|ben|bin|bint[ei]?|da|dal|dalla|das|de|dei|del|dela|dell|della|"
    r"delle|delos|den|der|des|di|dos|du|e|el|ferch|í|ibn|in(?= ['’]t | den )|ka|la|las|le|los|mint|"
    r"ole|op(?= ['’]t | den? )|ould|ten|ter|und(?= zu )|van|vom|von|wa|y|zu|zum|zur|['’]t)"
)
# A surname that a particle opens, where nobody is so called in full.
_OPENING = r"(?:(?:al|bin|d[aeiu]|del|della|dos|el|ibn|l[ae]|ten|ter|van|von|zu)(?: de[nr]?| la)? )"
# `Zhapar uulu`: son or daughter of, behind the name.
_DESCENT = r"(?: (?:kizi|kyzy|o['‘’]?g['‘’]?li|ogl[iuy]|qizi|ugli|ul[iuy]|uulu))?"
_JOIN = rf"(?:[ \u00a0](?:{PARTICLE} )*|, (?=[JS]r\b)| [“\"'‘]\w+[”\"'’] )"
_BEFORE = r"(?<![\w'’@#/.])(?<!\w-)"
# `of Orrin, N.C. The ferry`: a sentence begins behind that full stop.
_NEXT = r"(?!I\b)(?!(?<=\. )(?:An?|But|He|In|It|On|She|The|They)\b)"
_BODY = rf"{WORD}(?:{_JOIN}{_NEXT}{WORD})*{_DESCENT}"
RUN = re.compile(rf"{_BEFORE}{_OPENING}?{_BODY}")
_PARTICLES = re.compile(
    rf"(?:{PARTICLE}|abu|an|ap|bar|bat|bel|bet|de|den|el|la|le|lo|mac|mc|mhic|ni|nic|of|op|in|"
    r"o|san|santa|st|'t|ui|umm|uulu|ugli|ogli|oglu|kyzy|und)"
)
_TAIL = re.compile(rf"(?<= ){PARTICLE} (?:.* )?{WORD}{_DESCENT}$")


def find_runs(text: str) -> list[re.Match]:
    """Find the runs of capitalised words, with the particles inside and before them.

    Whoever is `Ana von der Linde` in full is `von der Linde` and `Von der Linde` elsewhere: what
    is a particle before a surname can be another word where nobody is called so.
    """
    runs = list(RUN.finditer(text))
    tails = {m.group() for run in runs if (m := _TAIL.search(run.group()))}
    if not tails:
        return runs
    either = "|".join(_either_case(tail) for tail in sorted(tails, key=lambda t: (-len(t), t)))
    tail = re.compile(rf"(?<![\w’@#/.])(?:{either})\b(?! [{UPPER}]\w)")
    found, run, short = [], RUN.search(text), tail.search(text)
    while first := min(filter(None, (short, run)), key=lambda match: match.start(), default=None):
        found.append(first)
        run = RUN.search(text, first.end()) if run and run.start() < first.end() else run
        short = tail.search(text, first.end()) if short and short.start() < first.end() else short
    return found


def _either_case(tail: str) -> str:
    at = 1 if tail[0] in "'’" else 0  # `’t`
    return rf"{re.escape(tail[:at])}[{tail[at].upper()}{tail[at]}]{re.escape(tail[at + 1 :])}"


def is_particle(word: str) -> bool:
    """Whether a folded word is one that surnames begin with: `von`, `abu`, `o`."""
    return bool(_PARTICLES.fullmatch(word))
