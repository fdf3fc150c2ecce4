"""From tokens and attributions to tokens with a voice: who speaks each word."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.terms.cells import make_codes, take_tokens
from dateline.terms.formulas.measures import Array

NARRATOR = "narrator"
UNDECIDED = "undecided speaker"
DISCOURSES = ["narration", "speech"]


def add_voice(tokens: pd.DataFrame, said: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Say for each word who speaks it, so that `count_terms(..., by="voice")` works.

    Args:
        tokens: TOKENS.
        said: SAID, for the `speaker` of each attribution.
        attributions: ATTRIBUTIONS of the same articles, for their `content`.

    Returns:
        TOKENS in the same order with three more columns: `voice` (category: the speaker's name,
        "narrator" outside all content, "undecided speaker" where nobody is named), `discourse`
        ("narration" or "speech") and `attribution_id` (category, NA for the narrator). Where one
        content lies in another the inner one speaks; of two equal ones the first row.

    Raises:
        ValueError: A column is missing, an attribution is missing from `said` or twice there, or
            a content is no list of (start, end).

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> found = dl.find_said(articles)
        >>> voiced = dl.add_voice(dl.find_tokens(articles), found.said, found.attributions)
        >>> dl.count_terms(voiced, articles, by="voice").groupby("group")["n"].sum().to_dict()
        {'Ada Quill': 4, 'narrator': 5}
    """
    tokens = take_tokens(tokens, "article_id", "start")
    said = take_frame(said, "said", "attribution_id", "speaker")
    speakers = said.set_index("attribution_id")["speaker"]
    needed = ("attribution_id", "article_id", "content")
    attributions = take_frame(attributions, "attributions", *needed)
    missing = attributions.loc[~attributions["attribution_id"].isin(speakers.index)]
    if len(missing):
        raise ValueError(f"`said` lacks the attribution {missing['attribution_id'].iloc[0]!r}")
    owner = _find_owner(tokens, attributions)
    names = speakers.reindex(attributions["attribution_id"]).fillna(UNDECIDED).tolist()
    voices = sorted({*names, NARRATOR})
    number = {voice: i for i, voice in enumerate(voices)}
    # The last entry serves the -1 of tokens without an attribution.
    codes = np.array([number[name] for name in [*names, NARRATOR]], np.int32)
    voiced = tokens.copy(deep=False)
    voiced["voice"] = make_codes(codes[owner], voices)
    voiced["discourse"] = make_codes((owner >= 0).astype(np.int8), DISCOURSES)
    voiced["attribution_id"] = make_codes(owner, attributions["attribution_id"].tolist())
    return voiced


def _find_owner(tokens: pd.DataFrame, attributions: pd.DataFrame) -> Array:
    """Row of the attribution whose content holds each token, -1 for none."""
    home = tokens["article_id"].cat.codes.to_numpy(np.int64) << 32
    keys = home + tokens["start"].to_numpy()
    order = np.argsort(keys, kind="stable")
    names = tokens["article_id"].cat.categories
    articles = names.get_indexer(pd.Index(attributions["article_id"])).tolist()
    contents = zip(articles, attributions["content"], strict=True)
    spans = [
        (end - start, row, (article << 32) + start, (article << 32) + end)
        for row, (article, content) in enumerate(contents)
        for start, end in content
        if article >= 0
    ]
    # Long spans first, so that inner ones overwrite them; of equal ones the first row comes last.
    spans.sort(key=lambda span: (-span[0], -span[1]))
    bounds = np.searchsorted(keys[order], np.array([span[2:] for span in spans]).reshape(-1, 2))
    owner = np.full(len(tokens), -1, np.int32)
    for (_, row, _, _), (first, last) in zip(spans, bounds.tolist(), strict=True):
        owner[first:last] = row
    unsorted = np.empty_like(owner)
    unsorted[order] = owner
    return unsorted
