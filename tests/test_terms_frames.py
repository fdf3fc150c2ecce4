"""Every table of terms has its schema, repeats no key, and leaves what it was made of unchanged."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from dateline import terms
from dateline.frames import build_frame, check_frame
from dateline.read import find_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = ["port", "Port’s", "wall", "U.S.", "7", "sea.", "\n\n", "café", "he", "—"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=5)
TABLES = {
    "tokens": lambda tokens, articles: terms.find_ngrams(tokens, sizes=[1, 2]),
    "term_counts": lambda tokens, articles: terms.count_terms(
        tokens, articles, by=["voice", "outlet"]
    ),
    "keywords": lambda tokens, articles: terms.rank_keywords(
        tokens.assign(voice=tokens["voice"].astype("str")), articles, by="article_id"
    ),
    "collocations": lambda tokens, articles: terms.find_collocations(tokens),
    "concordance": lambda tokens, articles: terms.concordance(articles, "p*", tokens=tokens),
    "trends": lambda tokens, articles: terms.count_trend(tokens, articles, ["port"], by="voice"),
}


def make_articles(texts: list[str]) -> pd.DataFrame:
    days = pd.to_datetime(["2025-05-01", None, "2025-07-09"])
    rows = [
        {
            "article_id": f"a{i}",
            "outlet": ["Harbour Post", None][i % 2],
            "published_on": days[i % 3],
            "cluster_id": f"a{i}",
            "text": text,
        }
        for i, text in enumerate(texts)
    ]
    return build_frame("articles", rows)


@pytest.mark.parametrize("name", TABLES)
@settings(deadline=None, max_examples=15)
@given(texts=TEXTS)
def test_a_table_has_its_schema_and_repeats_no_key(name: str, texts: list[str]) -> None:
    articles = make_articles([*texts, "he saw port", "sea"])
    found = terms.find_tokens(articles)
    check_frame(found, "tokens")
    voices = ["narrator", "Ada Orrin", None]
    tokens = found.assign(voice=[voices[i % 3] for i in range(len(found))])
    before = articles.copy(), tokens.copy()
    check_frame(TABLES[name](tokens, articles), name)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(tokens, before[1])


def test_blocks_that_are_given_are_those_that_are_found() -> None:
    articles = make_articles(["By Ada Orrin\n\nThe port shut.\n\nPhoto: Bo Lund", "Sea wall."])
    given_blocks = terms.find_tokens(articles, blocks=find_blocks(articles))
    pd.testing.assert_frame_equal(given_blocks, terms.find_tokens(articles))


def test_any_hash_seed_gives_the_same_bytes() -> None:
    script = (
        "import dateline as dl; a = dl.read_articles('corpus'); t = dl.find_tokens(a)\n"
        "p = dl.find_phrases(t, ['prime minister', 'minister said'])\n"
        "for frame in (dl.count_terms(p, a, by='outlet', exclude=dl.load_stopwords()),\n"
        "    dl.rank_keywords(t, a, by='outlet', min_n=3), dl.find_collocations(t, min_n=3),\n"
        "    dl.concordance(a, 'port*', sort='left')):\n"
        "    print(frame.to_csv(), dl.describe_method(frame))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(runs) == 1
