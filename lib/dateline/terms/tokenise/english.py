"""Which words are English, and what each is a form of: the shipped list of lemmas."""

from __future__ import annotations

from functools import cache

from dateline.wordlists import load_words, read_lines


@cache
def load_lemmas() -> dict[str, str]:
    """The lemma of each listed word, in lower case; a lemma's own is itself."""
    lines = [line.split() for line in read_lines("lemmas_en.txt")]
    return {form: words[0] for words in lines for form in words}


def is_known(word: str) -> bool:
    """Whether a word, or each part of a word with hyphens, is an English word or a form of one."""
    lemmas, stopwords = load_lemmas(), load_words("stopwords_en.txt")
    return all(part in lemmas or part in stopwords for part in word.lower().split("-"))
