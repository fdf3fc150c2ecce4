"""From articles to tokens as reports count them: terms of several words, names and forms joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dateline.frames import take_frame
from dateline.terms.sequences.multiword import find_multiword_terms
from dateline.terms.sequences.ngrams import find_ngrams
from dateline.terms.sequences.people import join_surnames
from dateline.terms.sequences.phrases import find_phrases
from dateline.terms.tokenise.mapping import lemmatise_terms, stem_terms
from dateline.terms.tokenise.tokens import find_tokens

FORMS = {"lemma": lemmatise_terms, "stem": stem_terms, "word": None}


def find_terms(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    speakers: pd.DataFrame | None = None,
    phrases: Iterable[str] | None = None,
    forms: str = "lemma",
    sizes: int | Iterable[int] = 1,
) -> pd.DataFrame:
    """Find the terms of articles, each counted as one whatever its form and however many words.

    Terms of several words are found first ("prime minister"), then a speaker's surname becomes the
    full name, then the forms of a word become one.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles; None finds them.
        speakers: SPEAKERS of the articles, whose names are terms; None joins no names.
        phrases: The terms of several words; None finds them in these articles.
        forms: "lemma" counts "strikes" and "struck" as "strike", "stem" counts Snowball stems,
            "word" counts each form by itself.
        sizes: Words of the runs that are counted, as in `find_ngrams`; 1 counts words.

    Returns:
        TOKENS, see `find_tokens`; their method lists the terms of several words.

    Raises:
        ValueError: `forms` is unknown, a size is not 1 to 5, or a frame lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The river treaty holds. River treaties hold."] * 5)
        >>> set(dl.find_terms(articles, phrases=["river treaty", "river treaties"])["term"])
        {'river treaty', 'the', 'hold'}
    """
    if forms not in FORMS:
        raise ValueError(f"forms={forms!r}, expected {', '.join(FORMS)}")
    tokens = find_tokens(articles, blocks=blocks)
    if phrases is None:
        phrases = find_multiword_terms(tokens, names=_list_names(speakers))["term"]
    tokens = find_phrases(tokens, phrases)
    tokens = tokens if speakers is None else join_surnames(tokens, speakers)
    join_forms = FORMS[forms]
    tokens = tokens if join_forms is None else join_forms(tokens)
    return tokens if sizes in (1, [1]) else find_ngrams(tokens, sizes=sizes)


def _list_names(speakers: pd.DataFrame | None) -> list[str]:
    if speakers is None:
        return []
    speakers = take_frame(speakers, "speakers", "name", "kind")
    return speakers.loc[speakers["kind"].isin(["person", "organisation"]), "name"].tolist()


def find_terms_alike(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    speakers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """TOKENS of other articles, with the terms of several words, and as these were found."""
    method: dict[str, Any] = tokens.attrs.get("method", {})
    forms = "lemma" if "lemmas" in method else "stem" if "stems" in method else "word"
    return find_terms(
        articles,
        blocks=blocks,
        speakers=speakers,
        phrases=method.get("phrases", []),
        forms=forms,
        sizes=method.get("n_gram_sizes", 1),
    )
