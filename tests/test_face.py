"""What `dl` shows: all that a notebook uses, in one order; results tell what they are."""

import inspect
import re
from pathlib import Path

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import SCHEMAS, take_frame
from IPython.core.formatters import DisplayFormatter

ROOT = Path(__file__).parents[1]
TEXT = "“The ferry is late,” said Orla Venn.\n\nShe and Tomas Reik said “it often is”."


@pytest.fixture(scope="module")
def corpus():
    """Six articles of the corpus, three with front matter, and two added columns."""
    articles = dl.read_articles(ROOT / "corpus").iloc[1:7].reset_index(drop=True)
    assert articles["text"].str.startswith("---").any()
    return articles.assign(desk=["sea", "land"] * 3, pages=range(6))


def test_a_notebook_finds_all_that_it_uses():
    used = {
        name
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for name in re.findall(r"\bdl\.(\w+)", path.read_text("utf-8"))
    }
    wanted = "read_decisions evaluate read_gold write_said read_said make_articles write_table"
    wanted += " WORD NARRATOR UNDECIDED check_frame draw_terms show_table count_speakers"
    assert (used | set(wanted.split())) <= set(dir(dl))


def test_every_name_that_is_shown_is_there():
    for name in dl.__all__:
        assert getattr(dl, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'count_words'"):
        getattr(dl, "count_words")  # noqa: B009  # so that it is no useless expression


# What a function looks at, in the order that the data is made; articles stand last.
ORDER = ["gold", "found", "tokens", "quotations", "attributions", "mentions", "said", "speakers"]


def test_what_is_looked_at_stands_before_articles_and_options_have_names():
    for name in dl.__all__:
        shown = getattr(dl, name)
        if not inspect.isfunction(shown):
            continue
        places = [
            parameter.name
            for parameter in inspect.signature(shown).parameters.values()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        frames = [place for place in places if place in (*ORDER, *SCHEMAS) and place != "articles"]
        if "articles" in places and frames:
            assert places.index("articles") > max(map(places.index, frames)), name


def test_one_idea_has_one_name():
    options = {
        parameter
        for name in dl.__all__
        if inspect.isfunction(getattr(dl, name))
        for parameter in inspect.signature(getattr(dl, name)).parameters
    }
    assert {"of", "under", "leave_out", "labels"} & options == set()


def test_named_results_tell_what_they_hold_and_not_all_of_it(corpus, tmp_path):
    (tmp_path / "ferry.txt").write_text(TEXT, "utf-8")
    read = dl.read_corpus(tmp_path)
    assert repr(read) == (
        "Corpus:\n  articles, 1 row: an article as read\n"
        "  blocks, 2 rows: a stretch of an article\n"
        "  problems, 0 rows: something left out or doubtful\n"
        "  files, 1 row: a file that was found\n"
        "  metadata, 1 row: a value that is stated for an article"
    )
    found = dl.find_said(read.articles)
    shown, _ = DisplayFormatter().format(found)
    assert shown["text/plain"].startswith("Found:\n  attributions, 2 rows: who said what\n")
    assert set(shown) == {"text/plain"}
    figures = dl.evaluate(found.said, found.said, read.articles)
    assert repr(figures).startswith("Figures:\n  accuracy, 5 rows")


def test_a_frame_is_described_wherever_it_has_been(corpus):
    counts = dl.count_terms(dl.find_tokens(corpus), corpus, by="desk")
    said = dl.describe_frame(counts[counts["n"] > 3])
    assert re.match(r"term_counts, \d+ rows: a term in a group\. Words: .*counted by desk", said)
    merged = pd.concat([counts, counts]).merge(counts[["term"]].drop_duplicates())
    assert dl.describe_frame(merged).startswith("term_counts, ")
    assert dl.describe_frame(pd.DataFrame({"a": [1]})) == "table, 1 row"


def test_what_is_shown_has_words_in_a_terminal(corpus):
    counts = dl.count_terms(dl.find_tokens(corpus), corpus)
    assert repr(dl.draw_terms(counts, corpus, top_n=3)).startswith("Bar chart of the 3 most")
    table = dl.show_table(counts, "term n", caption="Terms", top_n=2)
    assert repr(table).splitlines()[0] == "Terms" and "<" not in repr(table)


# --- saved and read back


def save_parquet(frame, path):
    frame.to_parquet(path)
    return pd.read_parquet(path)


def save_ours(frame, path):
    dl.write_table(frame, path.with_suffix(".parquet"))
    return pd.read_parquet(path.with_suffix(".parquet"))


def save_csv(frame, path):
    frame.to_csv(path, index=False)
    return pd.read_csv(path, keep_default_na=False)


def save_safe_csv(frame, path):
    dl.write_table(frame, path.with_suffix(".csv"))
    return pd.read_csv(path.with_suffix(".csv"))


def save_dates(frame, path):
    dl.write_table(frame, path.with_suffix(".csv"))
    days = [column for column in frame if column.endswith("_on")]
    return pd.read_csv(path.with_suffix(".csv"), parse_dates=days)


def save_merged(frame, path):
    """Not saved, but without `attrs`, as a merge leaves it."""
    return frame.merge(frame[[frame.columns[0]]].drop_duplicates())


@pytest.fixture(scope="module")
def steps(corpus):
    """Each frame on the way from articles to said."""
    attributions = dl.find_attributions(corpus)
    mentions, speakers = dl.resolve_speakers(attributions, corpus)
    return {
        "articles": corpus,
        "blocks": dl.find_blocks(corpus),
        "tokens": dl.find_tokens(corpus),
        "quotations": dl.find_quotations(corpus),
        "attributions": attributions,
        "mentions": mentions,
        "speakers": speakers,
        "said": dl.attribute_speakers(attributions, mentions, speakers, corpus),
    }


def use(articles, blocks, tokens, quotations, attributions, mentions, speakers, said):
    """What each function makes of these frames, as text."""
    resolved = dl.resolve_speakers(attributions, articles)
    results = {
        "blocks": dl.find_blocks(articles),
        "tokens": dl.find_tokens(articles, blocks=blocks),
        "quotations": dl.find_quotations(articles),
        "contents": dl.find_contents(attributions, articles),
        "mentions": resolved.mentions,
        "speakers": resolved.speakers,
        "said": dl.attribute_speakers(attributions, mentions, speakers, articles),
        "counts": dl.count_terms(tokens, articles, by=["desk", "month"], once_per_cluster=True),
        "trends": dl.count_trend(tokens, articles, ["port", "strike"], by="desk"),
        "keywords": dl.rank_keywords(tokens, articles, by="desk"),
        "collocations": dl.find_collocations(tokens, "port"),
        "concordance": dl.concordance(articles, "port*", tokens=tokens, sort="left"),
        "ngrams": dl.find_ngrams(tokens, sizes=2),
        "voices": dl.count_terms(
            dl.add_voice(tokens, said, attributions), articles, by=["voice", "desk"]
        ),
        "outlets": dl.count_outlets(articles, blocks=blocks),
        "left_out": dl.count_left_out(articles, blocks=blocks),
        "speaker_counts": dl.count_speakers(said, speakers, by=["desk", "month"]),
        "chosen": take_frame(dl.choose_said(said, once_per_cluster=True), "said"),
        "named": dl.count_named(said),
        "cue_counts": dl.count_cues(said),
        "together": dl.count_together(said, speakers),
        "unsaid": dl.find_unsaid(quotations, said, articles),
        "accuracy": dl.evaluate(said, attributions, articles).accuracy,
    }
    shown = {name: frame.to_csv(index=False) for name, frame in results.items()}
    shown["passages"] = dl.show_quotations(said, speakers, articles).html
    shown["lines"] = dl.show_lines(tokens, articles, ["port"]).plain  # a note is left to attrs
    shown["strip"] = dl.draw_dispersion(tokens, articles, ["Port"]).svg
    return shown


@pytest.fixture(scope="module")
def expected(steps):
    return use(**steps)


@pytest.mark.parametrize(
    "save", [save_parquet, save_ours, save_csv, save_safe_csv, save_dates, save_merged]
)
def test_frames_that_were_saved_give_the_same_everywhere(save, steps, expected, tmp_path):
    saved = {name: save(frame, tmp_path / name) for name, frame in steps.items()}
    before = {name: frame.copy() for name, frame in saved.items()}
    found = use(**saved)
    assert {name for name in expected if found[name] != expected[name]} == set()
    for name, frame in saved.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_articles_of_two_columns_go_the_whole_way():
    own = pd.DataFrame({"article_id": [1, 2], "text": [TEXT, "The ferry came."]})
    tokens, blocks = dl.find_tokens(own), dl.find_blocks(own)
    assert len(blocks) == 3 and len(dl.concordance(own, "ferry", tokens=tokens)) == 2
    assert dl.count_terms(tokens, own, once_per_cluster=True)["n"].sum() == len(tokens)
    found = dl.find_said(own)
    assert found.said["speaker"].tolist() == ["Orla Venn", "Tomas Reik"]
    assert dl.count_outlets(own)["n_articles"].tolist() == [2]
    assert "Orla Venn" in dl.show_quotations(found.said, found.speakers, own).html


def test_added_columns_group_every_count(steps):
    tokens, articles, said = steps["tokens"], steps["articles"], steps["said"]
    assert set(dl.count_terms(tokens, articles, by="pages")["group"]) == set("012345")
    assert set(dl.rank_groups(tokens, articles, by="desk")["group"]) == {"sea", "land"}
    counts = dl.count_speakers(said, steps["speakers"], by="desk")
    assert set(counts["desk"]) == {"sea", "land"} == set(counts["group"])
    assert dl.draw_speakers_by(counts, by="desk").svg
    terms = dl.count_terms(tokens, articles, by="desk")
    assert set(terms["group"]) == {"sea", "land"}
    assert "two desks" in dl.draw_terms_by_group(terms, by="desk").alt  # of too few words to draw


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: dl.count_speakers(s["said"], s["speakers"], by="nosuch"), "by='nosuch' is no"),
        (
            lambda s: dl.show_table(s["said"], "who n", caption="x"),
            "no column 'who' to show; there",
        ),
        (lambda s: dl.show_table(s["said"], "text", caption="x", by="who"), "no column 'who'"),
        (lambda s: dl.show_table(s["said"], "text", caption="x", top_n=0), "top_n=0, expected 1"),
        (lambda s: dl.rank_voices(s["tokens"], s["articles"]), "'voice': add_voice adds it"),
        (
            lambda s: dl.show_lines(s["articles"], s["tokens"], ["port"]),
            "`tokens` lacks the columns",
        ),
        (lambda s: dl.resolve_speakers(s["articles"], s["attributions"]), "`attributions` lacks"),
        (lambda s: dl.count_together(s["speakers"], s["said"]), "`said` lacks the columns"),
        (lambda s: dl.choose_said(s["said"], speaker="Kit Varro"), "there are .*Mara Quill"),
        (
            lambda s: dl.draw_timeline(dl.count_speakers(s["said"], s["speakers"])),
            "no column 'published_on': count_speakers",
        ),
        (
            lambda s: dl.find_unsaid(s["quotations"], s["said"], s["articles"].head(1)),
            "lacks the ar",
        ),
        (
            lambda s: dl.show_quotations(s["said"], s["speakers"], s["articles"].head(1)),
            "`articles` lacks the article",
        ),
    ],
)
def test_a_mistake_is_told_with_its_value_and_the_choices(ask, message, steps):
    with pytest.raises(ValueError, match=message):
        ask(steps)


def test_a_table_with_a_broken_cell_is_refused_by_row(steps):
    contents = pd.Series([[[1, 2]], "[[1, 2"], dtype="object")
    broken = steps["said"].head(2).assign(content=contents)
    with pytest.raises(ValueError, match=r"`said.content` is '\[\[1, 2' in row 1, expected a"):
        dl.show_quotations(broken, steps["speakers"], steps["articles"])
