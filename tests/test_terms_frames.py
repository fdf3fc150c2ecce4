"""Every table of terms has its schema, repeats no key, and leaves what it was made of unchanged."""

import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from dateline import terms
from dateline.frames import build_frame, check_frame
from dateline.read import find_blocks, read_articles
from dateline.terms.tokenise.folding import Folding, fold_word
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
    "multiword_terms": lambda tokens, articles: terms.find_multiword_terms(
        tokens, min_n=2, min_articles=1
    ),
    "followed": lambda tokens, articles: terms.count_followed(tokens, articles, ["p*", "zebra"]),
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


CORPUS = read_articles(Path(__file__).parents[1] / "corpus")
CORPUS["published_on"] = CORPUS["published_on"].fillna(pd.Timestamp("2025-06-01"))
TOKENS = terms.find_tokens(CORPUS)
TIMES = TOKENS["term"].value_counts().to_dict()
CASES = (str, str.lower, str.upper, str.title, str.swapcase)
ENDINGS = ("", "", "'s", "’s", "’S", ",", "”")


def count_everywhere(tokens: pd.DataFrame, articles: pd.DataFrame, word: str) -> set[int]:
    """How often a word occurs, as each function has it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a word that does not occur
        counts = terms.count_terms(tokens, articles, include=word)
        trend = terms.count_trend(tokens, articles, word)
    left = terms.count_terms(tokens, articles, exclude=word, classes=None)
    near = terms.find_collocations(tokens, word, left=50, right=50)
    return {
        int(counts["n"].sum()),
        len(tokens) - int(left["n"].sum()),
        int(trend["n"].sum()),
        len(terms.concordance(articles, word, tokens=tokens)),
        *near["n_node"].unique().tolist(),
    }


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, len(TOKENS) - 1),
    st.sampled_from(CASES),
    st.sampled_from(["'", "’", "ʼ"]),
    st.sampled_from(ENDINGS),
    st.booleans(),
)
def test_a_word_counts_alike_wherever_it_is_asked_for(
    row: int, change_case: object, apostrophe: str, ending: str, keeps_method: bool
) -> None:
    token = TOKENS.iloc[row]
    text = CORPUS.set_index("article_id")["text"][token["article_id"]]
    word = text[token["start"] : token["end"]]
    if ending[:1] in "'’" and word[-1] in "'’sS":
        ending = ""  # not written so: "the ports's"
    word = change_case(word.replace("’", apostrophe).replace("'", apostrophe)) + ending
    tokens = TOKENS.copy()
    tokens.attrs = TOKENS.attrs if keeps_method else {}
    expected = TIMES.get(fold_word(word.rstrip(",”"), Folding()), 0)  # "it's" is not "it"
    assert count_everywhere(tokens, CORPUS, word) == {expected}


def test_a_word_is_folded_as_its_tokens_were() -> None:
    articles = make_articles(["The Port’s vote: voting, votes. The port’s voters"])
    articles["published_on"] = pd.Timestamp("2025-05-01")
    tokens = terms.find_tokens(articles, kinds=None)
    assert count_everywhere(terms.stem_terms(tokens), articles, "Voted") == {3}
    assert count_everywhere(terms.lemmatise_terms(tokens), articles, "Votes") == {2}
    for options, word, n in (
        ({"lower": False}, "The", 2),
        ({"lower": False}, "port", 1),
        ({"lower": False}, "Port’s", 1),
        ({"possessives": "keep"}, "PORT'S", 2),
        ({"possessives": "keep", "typography": False}, "Port’s", 2),
    ):
        tokens = terms.find_tokens(articles, kinds=None, **options)
        assert count_everywhere(tokens, articles, word) == {n}, (options, word)
    pairs = terms.find_ngrams(terms.find_tokens(articles, kinds=None), across=True)
    with pytest.warns(UserWarning, match="no token has the term 'the wall'"):
        assert terms.count_terms(pairs, articles, include=["The Wall’s"]).empty
    assert terms.count_terms(pairs, articles, include=["Port’s vote"])["n"].tolist() == [1]
    left = terms.count_terms(pairs, articles, exclude="The")["term"].tolist()
    assert left == ["port vote", "port voters", "vote voting", "voting votes"]


def test_a_word_that_is_not_there_is_no_other_word() -> None:
    for word in ("zebra", "zebra*", "har?our?", "harbour zebra"):
        told = f"no token has the term {word!r}: counted 0 times"
        with pytest.warns(UserWarning, match=re.escape(told)):
            counts = terms.count_terms(TOKENS, CORPUS, include=word)
        assert counts.empty and counts.attrs["method"]["terms_not_found"] == [word]
        with pytest.warns(UserWarning, match=re.escape(told)):
            assert terms.count_trend(TOKENS, CORPUS, word)["n"].sum() == 0
    assert terms.find_collocations(TOKENS, "zebra").empty


def test_a_string_is_one_word_and_not_its_letters() -> None:
    articles = make_articles(["the t h e port"])
    tokens = terms.find_tokens(articles)
    counts = terms.count_terms(tokens, articles, exclude="the")
    assert counts["term"].tolist() == ["e", "h", "port", "t"]
    assert counts.attrs["method"]["left_out"]["excluded_terms"] == 1
    found = terms.find_phrases(tokens, "the port")
    assert found["term"].tolist() == ["the", "t", "h", "e", "port"]
    assert terms.find_collocations(tokens, exclude="the")["node"].tolist() == ["e", "h", "t"]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_may_be_in_any_unit(unit: str) -> None:
    articles = CORPUS.assign(published_on=CORPUS["published_on"].astype(f"datetime64[{unit}]"))
    for count in (
        lambda a: terms.count_terms(TOKENS, a, by=["week", "outlet"]),
        lambda a: terms.count_trend(TOKENS, a, "port", every="week"),
        lambda a: terms.concordance(a, "port", tokens=TOKENS),
        lambda a: terms.keep_first_prints(TOKENS, a)[0],
    ):
        pd.testing.assert_frame_equal(count(articles), count(CORPUS))


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_frames_from_files_count_as_before(suffix: str, tmp_path: Path) -> None:
    articles = CORPUS.copy()
    articles.loc[3, "published_on"] = pd.NaT
    back = []
    for name, frame in {"tokens": TOKENS, "articles": articles}.items():
        path = tmp_path / f"{name}.{suffix}"
        if suffix == "csv":
            frame.to_csv(path, index=False)
            back.append(pd.read_csv(path))
        else:
            frame.to_parquet(path, index=False)
            back.append(pd.read_parquet(path))
    for count in (
        lambda t, a: terms.count_terms(t, a, by=["month", "outlet"], once_per_cluster=True),
        lambda t, a: terms.rank_keywords(t, a, by="outlet", min_n=3, exclude="The"),
        lambda t, a: terms.count_trend(t, a, ["Port", "treaty"], every="day"),
        lambda t, a: terms.find_collocations(t, "Port"),
        lambda t, a: terms.concordance(a, "Port", tokens=t),
        lambda t, a: terms.count_terms(terms.find_ngrams(t), a, min_n=2),
        lambda t, a: terms.count_terms(terms.find_phrases(t, "Prime Minister"), a, min_n=2),
    ):
        pd.testing.assert_frame_equal(count(*back), count(TOKENS, articles))


def test_words_that_csv_reads_as_unknown_are_told() -> None:
    articles = make_articles(["null port"])
    tokens = terms.find_tokens(articles)
    with pytest.raises(
        ValueError, match=r"`tokens\.term` is unknown in row 0, expected text .*keep_default"
    ):
        terms.count_terms(tokens.assign(term=[None, "port"]), articles)
    with pytest.raises(ValueError, match=r"`tokens\.term` is unknown in row 1"):
        terms.count_terms(tokens.assign(term=pd.Categorical(["port", None])), articles)
    backwards = pd.Categorical(["null", "port"], categories=["port", "null"])
    assert terms.count_terms(tokens.assign(term=backwards), articles)["term"].tolist() == [
        "null",
        "port",
    ]


@pytest.mark.parametrize(
    ("values", "groups"),
    [
        ([1, 2], ["1", "2"]),
        ([True, None], ["True", "unknown"]),
        ([0.5, None], ["0.5", "unknown"]),
        (pd.Categorical(["left", None]), ["left", "unknown"]),
        (pd.to_datetime(["2025-05-01", None]), ["2025-05-01", "unknown"]),
    ],
)
@pytest.mark.parametrize("name", ["slant", "group", "n", "period", "published in print", "day"])
def test_any_column_added_to_articles_groups(name: str, values: object, groups: list[str]) -> None:
    articles = make_articles(["port sea", "port"]).assign(**{name: values})
    articles["published_on"] = pd.Timestamp("2025-05-01")
    tokens = terms.find_tokens(articles)
    counts = terms.count_terms(tokens, articles, by=name)
    assert counts["group"].unique().tolist() == groups
    compared = terms.rank_keywords(tokens, articles, by=name)["group"].unique().tolist()
    assert compared == (groups if "unknown" not in groups else [])  # unknown is no group
    trends = terms.count_trend(tokens, articles, "port", by=name, every="day")
    assert trends["group"].tolist() == groups
    both = terms.count_terms(tokens, articles, by=[name, "outlet"])
    assert both["group"].unique().tolist() == [
        f"{groups[0]} · Harbour Post",
        f"{groups[1]} · unknown",
    ]


def test_the_months_of_a_trend_are_those_of_publication() -> None:
    articles = make_articles(["port"]).assign(month="Floréal", outlet="May")
    trends = terms.count_trend(terms.find_tokens(articles), articles, "port", by="month")
    assert trends[["group", "period", "n"]].to_numpy().tolist() == [
        ["Floréal", pd.Timestamp("2025-05-01"), 1]
    ]


ARTICLES = make_articles(["port sea wall", "sea port"])
FOUND = terms.find_tokens(ARTICLES)
SAID = pd.DataFrame({"attribution_id": ["x"], "speaker": ["Ada Orrin"]})
ATTRIBUTIONS = pd.DataFrame({"attribution_id": ["x"], "article_id": ["a0"], "content": [[(0, 4)]]})
MISTAKES = [
    (lambda: terms.find_tokens(5), "`articles` must be a DataFrame, not int"),
    (lambda: terms.find_tokens(ARTICLES[["text"]]), "`articles` lacks the columns article_id"),
    (
        lambda: terms.find_tokens(ARTICLES.assign(text=["sea", None])),
        "`articles.text` is unknown in row 1, expected text",
    ),
    (lambda: terms.find_tokens(pd.concat([ARTICLES] * 2)), "`articles` repeats a key of"),
    (lambda: terms.find_tokens(ARTICLES, pattern="("), "pattern='\\(' is no regular expression"),
    (lambda: terms.find_tokens(ARTICLES, pattern=5), "pattern=5"),
    (
        lambda: terms.find_tokens(ARTICLES, pattern=lambda text: [(3, 1)]),
        "expected places in order",
    ),
    (lambda: terms.find_tokens(ARTICLES, pattern=lambda text: [(0, "b")]), "expected places in"),
    (lambda: terms.find_tokens(ARTICLES, kinds=5), "kinds=5"),
    (lambda: terms.find_tokens(ARTICLES, kinds=[]), "expected some of header"),
    (
        lambda: terms.find_tokens(ARTICLES, blocks=ARTICLES),
        "`blocks` lacks the columns kind, start",
    ),
    (
        lambda: terms.count_terms(FOUND["term"], ARTICLES),
        "`tokens` must be a DataFrame, not Series",
    ),
    (lambda: terms.count_terms(FOUND, FOUND), "`articles` repeats a key of"),
    (
        lambda: terms.count_terms(FOUND, ARTICLES, by="paper"),
        "no column 'paper' to count by; there",
    ),
    (lambda: terms.count_terms(FOUND, ARTICLES, by=5), "by=5, expected words"),
    (lambda: terms.count_terms(FOUND, ARTICLES, by=["outlet", 5]), "by holds 5"),
    (lambda: terms.count_terms(FOUND, ARTICLES, exclude=["sea", None]), "exclude holds None"),
    (lambda: terms.count_terms(FOUND, ARTICLES, include=" "), "include holds ' '"),
    (lambda: terms.count_terms(FOUND, ARTICLES, min_n=0), "min_n=0, expected a whole number of 1"),
    (lambda: terms.count_terms(FOUND, ARTICLES, min_length=1.5), "min_length=1.5"),
    (
        lambda: terms.count_terms(FOUND, ARTICLES.drop(columns="published_on"), by="day"),
        "`articles` lacks the columns published_on",
    ),
    (
        lambda: terms.count_terms(FOUND, ARTICLES.assign(published_on="May Day"), by="day"),
        "`articles.published_on` is 'May Day' in row 0, expected a day",
    ),
    (lambda: terms.count_terms(FOUND.assign(end="x"), ARTICLES[:1]), "'a1' of `tokens`"),
    (
        lambda: terms.find_ngrams(FOUND.assign(end="x")),
        "`tokens.end` is 'x' in row 0, expected a whole number",
    ),
    (lambda: terms.find_ngrams(FOUND, sizes="2"), "sizes='2'"),
    (lambda: terms.find_phrases(FOUND, ["sea", ""]), "phrases holds ''"),
    (lambda: terms.map_terms(FOUND, "lemma"), "mapping='lemma'"),
    (
        lambda: terms.keep_first_prints(FOUND, ARTICLES.drop(columns="article_id")),
        "lacks the columns article_id",
    ),
    (lambda: terms.rank_keywords(FOUND, ARTICLES, by="outlet", min_n=-1), "min_n=-1"),
    (lambda: terms.rank_keywords(FOUND, ARTICLES, reference="list"), "by=None makes one group"),
    (
        lambda: terms.rank_keywords(FOUND, ARTICLES, reference=ARTICLES),
        "lacks the columns term, n, n_tokens",
    ),
    (
        lambda: terms.rank_keywords(
            FOUND, ARTICLES, reference=pd.DataFrame({"term": ["a"], "n": [3], "n_tokens": [2]})
        ),
        "has 3 words, expected 2 in all",
    ),
    (lambda: terms.find_collocations(FOUND, ["sea", 5]), "node holds 5, expected words"),
    (lambda: terms.find_collocations(FOUND, 5), "node=5, expected words"),
    (lambda: terms.find_collocations(FOUND, "sea", left=-1), "left=-1, expected a whole number"),
    (lambda: terms.find_collocations(FOUND, "sea", min_n=0), "min_n=0"),
    (lambda: terms.find_collocations(FOUND, measure="luck"), "measure='luck', expected log_dice"),
    (lambda: terms.concordance(ARTICLES, 5), "query=5, expected a word"),
    (lambda: terms.concordance(ARTICLES, "sea", width=-1), "width=-1"),
    (lambda: terms.concordance(ARTICLES, "sea", timeout=0), "timeout=0"),
    (lambda: terms.concordance(ARTICLES[:1], "sea", tokens=FOUND), "'a1' of `tokens`"),
    (lambda: terms.count_trend(FOUND, ARTICLES, "sea", every=["day"]), "every="),
    (lambda: terms.count_trend(FOUND, ARTICLES, [5]), "terms holds 5"),
    (lambda: terms.add_voice(FOUND, SAID[["speaker"]], ATTRIBUTIONS), "lacks the columns attrib"),
    (
        lambda: terms.add_voice(FOUND, pd.concat([SAID] * 2), ATTRIBUTIONS),
        "`said` repeats a key of",
    ),
    (
        lambda: terms.add_voice(FOUND, SAID, ATTRIBUTIONS.assign(content="0-4")),
        "`attributions.content` is '0-4' in row 0",
    ),
    (lambda: terms.to_matrix(FOUND, ARTICLES[:1]), "'a1' of `tokens`"),
    (lambda: terms.from_matrix([[1]], ARTICLES[:1], 5), "terms=5, expected a name"),
    (lambda: terms.to_nltk_text(ARTICLES[:1], tokens=FOUND), "'a1' of `tokens`"),
    (lambda: terms.save_reference(FOUND, "list.tsv"), "lacks the columns group, n, n_tokens"),
    (lambda: terms.measures["g2"], "there is no measure 'g2'; there are part_range"),
    (lambda: terms.measures["dp"].compute("many", [1]), "could not convert string to float"),
]


@pytest.mark.parametrize(("make", "message"), MISTAKES)
def test_a_mistake_is_named(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_only_the_columns_that_are_used_are_needed() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Port sea.", "Port."]})
    tokens = terms.find_tokens(articles)
    lines = terms.concordance(articles, "port", tokens=tokens[[*tokens.columns[:7]]])
    check_frame(lines, "concordance")
    assert lines["keyword"].tolist() == ["Port", "Port"]
    assert lines["published_on"].isna().all()
    needed = tokens[["article_id", "term"]]
    assert terms.count_terms(needed, articles)["n"].tolist() == [2, 1]
    assert terms.rank_keywords(needed, articles, by="article_id")["n"].sum() == 3
    assert terms.to_matrix(needed, articles).counts.sum() == 3
    dated = articles.assign(published_on="2025-05-01")
    assert terms.count_trend(needed, dated, "port")["n"].tolist() == [2]


def test_tokens_joined_from_several_corpora_count() -> None:
    articles = make_articles(["port sea", "Wall port"])
    parts = [terms.find_tokens(articles[i : i + 1]) for i in (0, 1)]
    joined = pd.concat(parts, ignore_index=True)
    pd.testing.assert_frame_equal(
        terms.count_terms(joined, articles, include="PORT"),
        terms.count_terms(terms.find_tokens(articles), articles, include="PORT"),
    )
    merged = joined.merge(articles[["article_id", "outlet"]])
    assert terms.count_terms(merged, articles, by="outlet")["n"].sum() == 4
