"""From terms to how they stand in the text: a name with its capitals."""

from __future__ import annotations

import pandas as pd

from dateline.frames import take_frame
from dateline.terms.cells import find_articles, take_tokens
from dateline.words import join_lines


def add_written(counts: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Say how each term is written most often, since terms are counted in lower case.

    Args:
        counts: A frame with the column `term`, such as TERM_COUNTS.
        tokens: TOKENS that were counted.
        articles: ARTICLES, for their text.

    Returns:
        The frame with a column `written`; of two forms as frequent the first in the alphabet. NA
        for a term that no token has.

    Raises:
        ValueError: A column is missing, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["A storm hit Quay Bay. QUAY BAY woke. Quay Bay slept."])
        >>> tokens = dl.find_phrases(dl.find_tokens(articles), "quay bay")
        >>> counts = dl.count_terms(tokens, articles, min_n=2)
        >>> dl.add_written(counts, tokens, articles)[["term", "written", "n"]].values.tolist()
        [['quay bay', 'Quay Bay', 3]]
    """
    if "term" not in counts:
        raise ValueError(f"there is no column 'term'; there are {', '.join(map(str, counts))}")
    tokens = take_tokens(tokens, "article_id", "start", "end", "term")
    articles = take_frame(articles, "articles", "article_id", "text")
    asked = tokens["term"].isin(set(counts["term"])).to_numpy()
    texts, article = articles["text"].tolist(), find_articles(tokens, articles)[asked]
    own = tokens[asked]
    places = zip(article.tolist(), own["start"].tolist(), own["end"].tolist(), strict=True)
    forms = [join_lines(texts[number][start:end]) for number, start, end in places]
    found = pd.DataFrame({"term": own["term"].astype("str").to_numpy(), "form": forms}, dtype="str")
    # Without the possessive: "Velt's" is counted as "velt".
    found["form"] = found["form"].str.replace(r"['’][sS]$", "", regex=True)
    times = found.groupby(["term", "form"]).size().reset_index(name="n")
    times = times.sort_values(["term", "n", "form"], ascending=[True, False, True])
    written = times.drop_duplicates("term").set_index("term")["form"]
    return counts.assign(written=counts["term"].map(written))
