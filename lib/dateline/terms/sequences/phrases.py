"""From tokens to multi-word terms that count as one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.method import note_method
from dateline.terms.cells import list_words, make_categorical, take_tokens
from dateline.terms.formulas.measures import Array
from dateline.terms.queries.hits import Hits, find_hits
from dateline.terms.queries.query import Meaning, Reader
from dateline.terms.sequences.ngrams import NEEDED


def find_phrases(tokens: pd.DataFrame, phrases: str | Iterable[str]) -> pd.DataFrame:
    """Count multi-word terms as one: "New Haven" becomes the term "new haven".

    Args:
        tokens: TOKENS.
        phrases: Words with spaces between them, each folded as the tokens were; wildcards and
            sets are taken too (see `concordance`). Of two that begin at one place the longer is
            taken, and no word belongs to two.

    Returns:
        TOKENS with a row for each phrase in place of the rows of its words; those of one word, or
        that do not occur, change nothing.

    Raises:
        ValueError: A phrase is no query, or empty.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.find_phrases(tokens, ["the port"])["term"].tolist()
        ['the port', 'is', 'shut', 'the port', 'opens']
    """
    tokens = take_tokens(tokens, *NEEDED)
    listed = list_words(phrases, "phrases")
    reader = Reader(tokens)
    either = [places for phrase in listed for places in reader.read(phrase).either]
    hits = find_hits(tokens, [Meaning("", [places for places in either if len(places) > 1])])[0]
    length = np.ones(len(tokens), np.int32)  # 0 for a word inside a phrase
    for step in range(1, hits.size.max(initial=1)):
        length[hits.first[hits.size > step] + step] = 0
    length[hits.first] = hits.size
    kept = length > 0
    merged = tokens[kept].reset_index(drop=True)
    last = np.flatnonzero(kept) + length[kept] - 1
    merged["end"] = tokens["end"].to_numpy()[last]
    dropped = pd.Series(~kept).groupby(tokens["article_id"].cat.codes.to_numpy()).cumsum()
    merged["token_index"] -= dropped[kept].to_numpy(np.int32)
    if "class" in merged:
        # "9/11 attacks" begins with a figure, and in "prime Minister Velt" a title with a name.
        is_name = tokens["class"].eq("name").to_numpy()
        is_name = is_name[last] & is_name[kept]
        merged.loc[length[kept] > 1, "class"] = np.where(is_name, "name", "word")[length[kept] > 1]
    merged["term"] = _name_runs(tokens["term"], hits, kept)
    note_method(merged, tokens, phrases=listed)
    return merged


def _name_runs(terms: pd.Series, hits: Hits, kept: Array) -> pd.Categorical:
    """The terms of the rows kept: of a phrase its words, with spaces between them."""
    names, codes = list(terms.cat.categories), terms.cat.codes.to_numpy(np.int64)
    runs = [
        tuple(codes[row : row + n].tolist())
        for row, n in zip(hits.first.tolist(), hits.size.tolist(), strict=True)
    ]
    number = {run: len(names) + i for i, run in enumerate(dict.fromkeys(runs))}
    codes[hits.first] = [number[run] for run in runs]
    phrases = [" ".join(names[code] for code in run) for run in number]
    return make_categorical(codes[kept], names + phrases)
