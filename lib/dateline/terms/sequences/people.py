"""From tokens and speakers to tokens in which a person's names are one term."""

from __future__ import annotations

import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.cells import take_tokens
from dateline.terms.queries.query import make_finder
from dateline.terms.tokenise.classes import CLASSES, find_term_classes
from dateline.terms.tokenise.mapping import map_terms


def join_surnames(tokens: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Count a person's surname under the full name, where only one speaker has it.

    Args:
        tokens: TOKENS in which full names are one term, as `find_phrases` makes them.
        speakers: SPEAKERS of the same articles.

    Returns:
        TOKENS in the same order. A surname that two people of `speakers` bear, whose full name is
        no term, or that is no name but a word ("strand") in these tokens, stays as it is.

    Raises:
        ValueError: A column is missing.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["Now Ada Quill spoke. “It is shut,” said Quill."])
        >>> tokens = dl.find_phrases(dl.find_tokens(articles), "Ada Quill")
        >>> joined = dl.join_surnames(tokens, dl.find_said(articles).speakers)
        >>> joined["term"].value_counts()["ada quill"]
        2
    """
    tokens = take_tokens(tokens, "term")
    speakers = take_frame(speakers, "speakers", "name", "kind")
    find_term = make_finder(tokens)
    bearers: dict[str, set[str | None]] = {}
    for name in speakers.loc[speakers["kind"] == "person", "name"]:
        _, space, last = name.rpartition(" ")
        surname = find_term(last)
        if space and surname:
            bearers.setdefault(surname, set()).add(find_term(name))
    only = {surname: names.pop() for surname, names in bearers.items() if len(names) == 1}
    full = {surname: name for surname, name in only.items() if name}
    surnames = pd.Index(sorted(full), dtype="str")
    is_name = find_term_classes(tokens, surnames) == CLASSES.index("name")
    joined = map_terms(tokens, {surname: full[surname] for surname in surnames[is_name]})
    note_method(joined, tokens, n_surnames_joined=int(is_name.sum()))
    return joined
