"""From an article's words to its language, and from articles to those of one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.wordlists import load_words, read_table

if TYPE_CHECKING:
    import pandas as pd

ENGLISH = "en"
_MOST_CHARACTERS = 2_000  # that are looked at: what follows is in the same language
_FEWEST_WORDS, _FEW_WORDS = (
    8,
    20,
)  # under the first nothing is decided; under the second, what is sure
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
# What is said in another language is no news in it.
_QUOTED = re.compile(r"“[^“”\n]{1,500}”|\"[^\"\n]{1,500}\"|«[^«»\n]{1,500}»|„[^„“\n]{1,500}“")
# Shares of words that hardly any other language has (the least English of 231 English articles, our
# own and PolNeAR's, has 5 %; others have none) and of words that only others have, but that names
# and quotations bring in: with many of them the model is asked.
_SHARE, _MOST_OTHERS = 0.05, 0.08
# What the model must be sure of: that it is not English, and what it is instead, neighbours taken
# together; of names and tables it is sure of nothing.
_MOST_ENGLISH, _LEAST_OTHER, _LEAST_OF_FEW = 0.02, 0.4, 0.9
# Languages that it often takes for one another.
_NEIGHBOURS = ("bs hr sr sl", "da no nn nb", "cs sk", "id ms", "es gl", "bg mk", "ru uk be")


class Language(NamedTuple):
    """A language by its code (ISO 639-1), "" where it is undecided, and of how many words."""

    code: str
    n_words: int


def find_language(text: str) -> Language:
    """Find the language of a text by its first 2,000 characters, quotations aside.

    Returns:
        The language; undecided under eight words of Latin letters, under twenty where it is not
        quite sure, and where names or figures are nearly all.
    """
    head = text[:_MOST_CHARACTERS]
    outside = _QUOTED.sub(" ", head)
    words = _WORD.findall(outside.lower())
    if len(words) < _FEW_WORDS:
        outside, words = head, _WORD.findall(head.lower())
    if len(words) >= _FEWEST_WORDS and _looks_english(words):
        return Language(ENGLISH, len(words))
    letters = sum(map(len, words))
    is_latin = len(_LATIN.findall(outside)) >= 0.5 * letters
    size = len(words) + len(_WIDE.findall(outside)) // 2
    if not letters or (is_latin and size < _FEWEST_WORDS):
        return Language("", size)
    ranked = dict(_load_model().rank(outside.lower() if outside.isupper() else outside))
    code = next(iter(ranked))
    sure = sum(ranked[one] for one in list_neighbours(code) if one in ranked)
    least = _LEAST_OTHER if size >= _FEW_WORDS else _LEAST_OF_FEW
    if code == ENGLISH:
        return Language(ENGLISH if sure > least else "", size)
    is_sure = ranked[ENGLISH] < _MOST_ENGLISH and (sure > least or not is_latin)
    return Language(name_code(code) if is_sure else "", size)


def _looks_english(words: Sequence[str]) -> bool:
    """Whether words show English without the model, which takes a second and a half to load."""
    of_english, of_others = load_words("words_of_english.txt"), load_words("words_of_others.txt")
    share = sum(map(of_english.__contains__, words)) / len(words)
    return share >= _SHARE and sum(map(of_others.__contains__, words)) / len(words) < _MOST_OTHERS


def list_neighbours(code: str) -> list[str]:
    """The languages that one may be taken for in a short text, with itself."""
    groups = [group.split() for group in _NEIGHBOURS]
    return next((group for group in groups if code in group), [code])


@cache
def _load_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Those without a code of two letters are dialects and creoles, in which names end up.
    model.set_languages([code for code in model.labels if len(code) == 2])
    return model


@cache
def _list_names() -> dict[str, tuple[str, str]]:
    """By each name and code, the code and the English name."""
    rows = read_table("language_names.tsv")
    return {
        name: (row["code"], row["name"])
        for row in rows
        for name in (row["code"], *row["names"].split("|"))
    }


def name_code(stated: str) -> str:
    """The code of a language as it is stated: en-GB, ENGLISH, Deutsch; "" where it is not known."""
    words = stated.strip().lower().replace("_", "-")
    first = re.split(r"[-;,/(]", words)[0].strip()
    known = _list_names().get(words) or _list_names().get(first)
    if known:
        return known[0]
    return first if re.fullmatch("[a-z]{2}", first) else ""


def say_language(code: str) -> str:
    """A language in words: "German", or its code where that is all that is known."""
    return _list_names()[code][1] if code in _list_names() else repr(code)


def keep_language(articles: pd.DataFrame, language: str = ENGLISH) -> pd.DataFrame:
    """Keep the articles of one language, as attribution and English terms need it.

    Args:
        articles: ARTICLES; only `language` is used, where it is there. An unknown one (NA) is
            taken for the language asked for.
        language: Its code, such as "en".

    Returns:
        Those of the language, in their order and with their index. Empty in, empty out.

    Raises:
        ValueError: There are articles, and none is in the language.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles([{"text": "Der Hafen ist zu.", "language": "de"}])
        >>> dl.keep_language(articles)
        Traceback (most recent call last):
        ValueError: no article is in English: 1 in German
    """
    kept, others = part_languages(articles, language)
    if len(others) and kept.empty:
        counts = count_languages(others)
        raise ValueError(f"no article is in {say_language(language)}: {counts}")
    return kept


def part_languages(
    articles: pd.DataFrame, language: str | None
) -> tuple[pd.DataFrame, Sequence[str]]:
    """The articles of a language, and the languages of the others; None keeps all."""
    if language is None or "language" not in articles:
        return articles, []
    codes = articles["language"].fillna(language).map(lambda stated: name_code(stated) or stated)
    is_kept = codes == language
    return (articles, []) if is_kept.all() else (articles[is_kept], codes[~is_kept].tolist())


def list_left_out(codes: Iterable[str], stage: str) -> list[dict[str, str]]:
    """Rows of PROBLEMS, one for each language: how many articles are in it, and left out.

    They are of the whole corpus, and so of its folder.
    """
    return [
        {"path": ".", "stage": stage, "problem": f"{count}: left out, only English is understood"}
        for count in count_languages(codes).split(", ")
        if count
    ]


def count_languages(codes: Iterable[str]) -> str:
    """How many articles are in each language, in words, the most first: "12 in German"."""
    counted = sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{n:,} in {say_language(code)}" for code, n in counted)
