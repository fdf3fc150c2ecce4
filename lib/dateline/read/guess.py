"""From bytes of no stated encoding to the one that makes the most likely words of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dateline.wordlists import read_table

# By how much less likely an encoding is than Windows-1252 before a byte is seen, in natural
# logarithms. Scripts other than Latin need no malus: their letters fit no other.
_MALUS = {
    "cp1250": 2, "iso8859_15": 4, "mac_roman": 3, "iso8859_2": 3, "cp1254": 3, "iso8859_9": 5,
    "cp1257": 3, "iso8859_13": 5, "cp850": 5, "cp852": 5, "koi8_r": 1, "koi8_u": 2, "iso8859_5": 2,
    "cp866": 2, "mac_cyrillic": 4, "iso8859_7": 1, "iso8859_8": 1, "iso8859_6": 2,
}  # fmt: skip
_MOST_BYTES = 6_000  # of different words beyond ASCII, of which a few dozen decide
# Natural logarithms of how often a thing stands in a sound text.
_OTHER_LETTER = -6.0  # of its script, but not of the language
_OTHER_SCRIPT = -9.0  # inside a word of another script
_NO_LETTER = -8.0  # a sign inside a word, a control character
_CAPITAL, _AMID = -1.5, -7.0  # a capital that begins a word; one inside it
_MARK, _SIGN = -2.5, -4.0  # quotation marks and dashes where they may stand; other signs
_BESIDE = -2.0  # a letter beyond ASCII beside another, in languages that have few
_LISTED, _WIDE, _RARE_WIDE = -5.5, -9.0, -14.0  # characters of two bytes
_OPEN, _CLOSED, _DASHES = "“„‘‚«¿¡", "”“’‘»…‰", "–—\xa0·"
_SIGNS = "€£¥¢§°©®™†‡•′″‹›½¼¾²³±×÷¶、。・「」￥"
# An encoding that is less likely than the first, but by less than this, a hundredfold, is a doubt.
_SURE = 4.6


class Guess(NamedTuple):
    """The likeliest encoding, and the next one by which some word reads otherwise, if it may be."""

    encoding: str
    rival: str = ""
    word: str = ""
    rival_word: str = ""

    @property
    def doubt(self) -> str:
        """What is to be said of it, in words."""
        words = f"not UTF-8: read as {self.encoding}, which is a guess"
        if self.rival:
            words += f"; as {self.rival} {self.word[:40]!r} would be {self.rival_word[:40]!r}"
        return words


class _Language(NamedTuple):
    letters: dict[str, float]  # logarithms
    is_wide: bool
    is_latin: bool


def guess_encoding(raw: bytes) -> Guess | None:
    """Guess the encoding of bytes that are no UTF-8.

    Each encoding in which all bytes are characters is tried on the different words that have bytes
    beyond ASCII, and scored by the letters of the language that fits it best. Latin letters amid
    ASCII are likelier than any other script, and few of them say little: then Windows-1252 is.

    Returns:
        The guess; None where the bytes are no text in any encoding.
    """
    words = _choose_words(raw)
    scored = []
    for codec, languages in _list_codecs().items():
        try:
            raw.decode(codec)
        except UnicodeDecodeError:
            continue
        decoded = [word.decode(codec, errors="replace") for word in words]
        scored.append((_score(decoded, languages) - _MALUS.get(codec, 0), codec, decoded))
    if not scored:
        return None
    # Of equal ones the first listed: the names are no reason.
    scored.sort(key=lambda one: -one[0])
    best, codec, taken = scored[0]
    for score, other, decoded in scored[1:]:
        if score < best - _SURE:
            break
        for word, rival_word in zip(taken, decoded, strict=True):
            if word != rival_word:
                return Guess(codec, other, word.strip(".,;:!?()"), rival_word.strip(".,;:!?()"))
    return Guess(codec)


def _choose_words(raw: bytes) -> list[bytes]:
    """Different words beyond ASCII; where no space parts them, a line is one."""
    size, chosen = 0, []
    for word in dict.fromkeys(word for word in raw.split() if not word.isascii()):
        if size and size + len(word) > _MOST_BYTES:
            break
        size += len(word)
        chosen.append(word)
    return chosen


@cache
def _list_codecs() -> dict[str, list[_Language]]:
    """By encoding, the languages that were written in it."""
    codecs: dict[str, list[_Language]] = {}
    for name, is_wide in (("letters.tsv", False), ("signs.tsv", True)):
        for row in read_table(name):
            letters = row["letters"]
            language = _Language(
                dict.fromkeys(letters, _LISTED) if is_wide else _rank(letters),
                is_wide,
                not is_wide and letters[0] < "Ͱ",
            )
            for codec in row["codecs"].split():
                codecs.setdefault(codec, []).append(language)
    return codecs


def _rank(letters: str) -> dict[str, float]:
    """Logarithms of the shares of letters that are listed by their frequency (after Zipf)."""
    weights = {letter: 1 / (rank + 2) for rank, letter in enumerate(dict.fromkeys(letters))}
    total = sum(weights.values())
    return {letter: math.log(weight / total) for letter, weight in weights.items()}


def _score(words: Iterable[str], languages: list[_Language]) -> float:
    """How likely the words are in the language of these that fits them best."""
    letters: Counter[str] = Counter()
    signs = beside = crowded = mixed = 0.0
    for word in words:
        for i, letter in enumerate(word):
            if letter.isascii():
                continue
            before, after = word[i - 1 : i], word[i + 1 : i + 2]
            if not letter.isalpha() and not _is_vowel_sign(letter):
                signs += _score_sign(letter, before, after)
                continue
            letters[letter.lower()] += 1
            is_capital = letter.isupper() and letter.lower() != letter
            if (after.isupper() and not word.isupper()) or (is_capital and before.islower()):
                signs += _AMID
            elif is_capital:
                signs += _CAPITAL
            beside += before > "\x7f" and before.isalpha()
            mixed += any(c.isascii() and c.isalpha() for c in (before, after))
        n_high = sum(c > "\x7f" and c.isalpha() for c in word)
        crowded += n_high if n_high > 3 and n_high > 0.6 * sum(map(str.isalpha, word)) else 0
    return signs + max(
        _score_letters(letters, language, beside, crowded, mixed) for language in languages
    )


def _score_letters(
    letters: Counter[str], language: _Language, beside: float, crowded: float, mixed: float
) -> float:
    if language.is_wide:
        score = sum(n * _score_wide(c, language) for c, n in letters.items())
        return score + _OTHER_SCRIPT * mixed
    score = sum(n * language.letters.get(c, _OTHER_LETTER) for c, n in letters.items())
    if language.is_latin:
        return score + _BESIDE * (beside + crowded)
    return score + _OTHER_SCRIPT * mixed


def _score_wide(letter: str, language: _Language) -> float:
    if letter in language.letters:
        return language.letters[letter]
    is_kana = "\u3041" <= letter <= "\u30fe"
    is_hangul = "\uac00" <= letter <= "\ud7a3"
    is_han = "\u4e00" <= letter <= "\u9fff"
    has_kana, has_hangul = "の" in language.letters, "이" in language.letters
    if (is_kana and has_kana) or (is_hangul and has_hangul) or (is_han and not has_hangul):
        return _WIDE
    return _RARE_WIDE


def _is_vowel_sign(letter: str) -> bool:
    """Thai, Hebrew and Arabic put vowels above and below their letters."""
    return "\u0591" <= letter <= "\u065f" or "\u0e31" <= letter <= "\u0e4e"


def _score_sign(sign: str, before: str, after: str) -> float:
    in_word = before.isalpha() and after.isalpha()
    if sign in "’‘" and in_word:
        return _MARK if sign == "’" else _SIGN
    is_wide = "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uff5e"
    if sign in _DASHES or is_wide:
        return _MARK
    opens = sign in _OPEN and not before.isalnum()
    closes = sign in _CLOSED and not after.isalnum()
    if opens or closes:
        return _MARK
    if not in_word and sign in _SIGNS:
        return _SIGN
    return _NO_LETTER
