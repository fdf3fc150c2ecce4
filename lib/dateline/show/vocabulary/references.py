"""From a corpus to what it has more of than another one, or than a list of counts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from dateline.frames import empty_frame, take_frame
from dateline.read import keep_language, read_corpus
from dateline.terms import load_reference, rank_keywords
from dateline.terms.joined import find_terms_alike

HERE, THERE = "these articles", "the reference"
_SIDE = "side"  # of an article


def rank_against(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    reference: str | Path | None,
    *,
    speakers: pd.DataFrame | None = None,
    exclude: Collection[str] = (),
    min_n: int = 1,
) -> pd.DataFrame:
    """Rank the terms of a corpus against another one, or against a list of counts.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES.
        reference: A folder of articles, whose terms are tested with the article as the case; or a
            file that `load_reference` reads, which has no articles, so that nothing is tested.
            None compares with nothing.
        speakers: SPEAKERS whose surnames are joined to their names, as in `find_terms`.
        exclude: Terms to leave out.
        min_n: Leave out terms seen fewer times in both together.

    Returns:
        KEYWORDS of the one group "these articles", as `rank_keywords` gives them; an article of
        the folder that is among `articles` counts here. None in, no rows.

    Raises:
        ValueError: The file is no list of counts.

    Example:
        >>> import dateline as dl
        >>> _ = (folder / "before").mkdir()
        >>> _ = (folder / "before" / "sea.txt").write_text("Sea wall.")
        >>> articles = dl.make_articles(["Port and sea."])
        >>> ranked = dl.rank_against(dl.find_terms(articles), articles, folder / "before")
        >>> ranked[["term", "n", "n_reference"]].values.tolist()
        [['and', 1, 0], ['port', 1, 0], ['sea', 1, 1], ['wall', 0, 1]]
    """
    if reference is None:
        return empty_frame("keywords")
    path = Path(reference)
    if path.is_file():
        counts = load_reference(path)
        ranked = rank_keywords(tokens, articles, reference=counts, exclude=exclude, min_n=min_n)
        return ranked.assign(group=HERE)
    here = take_frame(articles, "articles", "article_id", "text").assign(**{_SIDE: HERE})
    corpus = read_corpus(path)
    there = keep_language(corpus.articles)
    there = there[~there["text"].isin(set(here["text"]))].reset_index(drop=True)
    found = find_terms_alike(tokens, there, blocks=corpus.blocks, speakers=speakers)
    # Two folders may give one name to two articles, and so to two clusters.
    named = {name: "reference/" + there[name] for name in ("article_id", "cluster_id")}
    there = there.assign(**named, **{_SIDE: THERE})
    found = found.assign(article_id="reference/" + found["article_id"].astype("str"))
    names = ["article_id", _SIDE, "cluster_id", "published_on"]
    both = pd.concat([frame.reindex(columns=names) for frame in (here, there)], ignore_index=True)
    columns = [name for name in tokens if name in found]
    joined = pd.concat(
        [frame[columns].astype({"article_id": "str", "term": "str"}) for frame in (tokens, found)],
        ignore_index=True,
    ).astype({"article_id": "category", "term": "category"})
    joined.attrs = tokens.attrs
    return rank_keywords(joined, both, by=_SIDE, target=HERE, exclude=exclude, min_n=min_n)
