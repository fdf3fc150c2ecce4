"""From what stands before an interview to whom it is with: the one whom the answers are by."""

from __future__ import annotations

import re

from dateline.wordlists import load_words
from dateline.words import Span

_UPPER = r"[^\W\d_a-zß-ÿ]"
_WORD = rf"(?:{_UPPER}[\w’'‘.-]*|(?:al|el|d|o)[-’']{_UPPER}[\w’'-]*)"
_LAST = rf"(?:{_UPPER}[\w’'‘-]*|(?:al|el|d|o)[-’']{_UPPER}[\w’'-]*)"
_PARTICLE = r"(?:al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|van|von|zu|y)"
# Two words in capitals at least, which begin no sentence with a small word: Orla Venn, Ann de Rook.
_NAME = re.compile(
    rf"{_WORD}(?: {_PARTICLE}){{0,2}}(?: {_WORD}(?: {_PARTICLE}){{0,2}}){{0,3}} {_LAST}"
)
# What an interview is called before whom it is with, and what outlets do with him or her.
_BEFORE = re.compile(
    r"(?:\b(?:spoke|speaks|talked|talks|chatted|sat down|sits down|caught up|met|meets|exchange"
    r"|conversation|interview|Q&A|correspondence)\b(?: up| down)? (?:with|to)"
    r"|\b(?:interviews?|interviewed|asked|asks|questioned|questions (?:for|to)|met|meets)"
    r"|\b(?:Interview|Q&A|In conversation):?)"
    r"(?P<role> [^.?!:\n“”\"]{0,90}?)?[ *_]*$"
)
# What the one who is asked does: “Orla Venn spoke to the Courier”, “tells us”.
_AFTER = re.compile(
    r"(?:,[^.?!\n]{1,120},)?[ *_]+(?:(?:spoke|speaks|talked|talks|chatted) (?:to|with)|told|tells"
    r"|answers?|answered|explains?|explained|discuss(?:es|ed)|reflects|responds|responded|replies"
    r"|replied|took questions|takes questions|agreed to)\b"
)
_OUTLETS = re.compile(
    r"\b(?:Chronicle|Courier|Daily|Gazette|Herald|Journal|Magazine|Mirror|Monitor|News|Observer|Post"
    r"|Press|Radio|Review|Standard|Star|Sun|Telegraph|Times|Today|Tribune|TV|Weekly|Wire|World)\b|wire\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?im)^[*_]*(?:(?:interview|words|text|story) )?by .*$")


def find_interviewee(text: str, end: int) -> Span | None:
    """Find the name of the one whom an interview is with, in the words before its first turn.

    Args:
        text: The article's flat text.
        end: Where the first turn begins.

    Returns:
        The name's place: of the first who is said to be spoken with, or to answer; else of the
        only one who is named at all. None where nobody is, or several are.
    """
    intro, openers = text[:end], load_words("stopwords_en.txt")
    written = [m.span() for m in _BYLINE.finditer(intro)]
    names = [
        m
        for m in _NAME.finditer(intro)
        if m[0].split()[0].casefold() not in openers
        and not is_outlet(m[0])
        and not any(a <= m.start() < b for a, b in written)
    ]
    for name in names:
        before = _BEFORE.search(intro, max(0, name.start() - 160), name.start())
        if (before and not _names_another(before["role"])) or _AFTER.match(intro, name.end()):
            return name.span()
    surnames = {name[0].split()[-1] for name in names}
    return names[0].span() if len(surnames) == 1 else None


def is_outlet(words: str) -> bool:
    """Whether a name holds a word that outlets call themselves by: Courier, Radio, Northwire."""
    return _OUTLETS.search(words) is not None


def _names_another(role: str | None) -> bool:
    """Whether somebody is named between the verb and the name: met Ann Bell and Orla Venn."""
    return bool(role and _NAME.search(role))
