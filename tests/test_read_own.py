"""Articles from an analyst's own table: what it says is taken, and nothing is guessed."""

import datetime

import dateline as dl
import numpy as np
import pandas as pd
import pytest
from dateline.frames import SCHEMAS, check_frame
from dateline.read import make_articles

DAY = pd.Timestamp(2025, 3, 11)


def test_columns_are_known_by_their_usual_names_and_further_ones_are_kept():
    own = pd.DataFrame(
        {
            "Doc ID": [7, 8],
            "HEADLINE": ["Ferry late", None],
            "Publisher": ["The Quay", "The Quay"],
            "Author": [["A Lim", "Bo Ek"], None],
            "Link": ["https://quay.example/7", None],
            "Date": ["11 March 2025", None],
            "Body": ["The ferry is late.", "It came."],
            "desk": pd.Categorical(["sea", "land"]),
        }
    )
    before = own.copy()
    articles = check_frame(make_articles(own), "articles")
    assert articles["article_id"].tolist() == ["7", "8"]
    first = articles.iloc[0]
    assert first[["title", "outlet", "byline", "url"]].tolist() == [
        *("Ferry late", "The Quay", "A Lim, Bo Ek", "https://quay.example/7")
    ]
    assert articles["published_on"].tolist() == [DAY, pd.NaT]
    assert articles["language"].tolist() == ["en", "en"]
    assert articles.columns.tolist() == [*SCHEMAS["articles"].columns, "desk"]
    assert articles["desk"].dtype == "category"
    pd.testing.assert_frame_equal(own, before)


@pytest.mark.parametrize(
    ("value", "day", "precision", "evidence"),
    [
        (datetime.date(2025, 3, 11), DAY, "day", "2025-03-11"),
        (pd.Timestamp(2025, 3, 11), DAY, "day", "2025-03-11"),
        (pd.Timestamp("2025-03-11T23:30", tz="UTC"), DAY, "day", "2025-03-11 23:30:00+00:00"),
        (np.datetime64("2025-03-11"), DAY, "day", "2025-03-11"),
        ("2025-03-11T08:15:00+01:00", DAY, "day", "2025-03-11T08:15:00+01:00"),
        ("Tuesday, 11 March 2025", DAY, "day", "Tuesday, 11 March 2025"),
        ("March 2025", pd.NaT, "month", "March 2025"),
        ("3/11/2025", pd.NaT, "year", "3/11/2025"),
        ("yesterday", pd.NaT, None, "yesterday"),
        (None, pd.NaT, None, None),
        (float("nan"), pd.NaT, None, None),
        ("", pd.NaT, None, None),
    ],
)
def test_only_a_certain_day_is_a_date(value, day, precision, evidence):
    article = make_articles([{"text": "The ferry is late.", "date": value}]).iloc[0]
    expected = [day, precision, evidence]
    for found, wanted in zip(
        article[["published_on", "date_precision", "date_evidence"]], expected, strict=True
    ):
        assert found == wanted or (pd.isna(found) and pd.isna(wanted))


def test_two_columns_that_disagree_on_the_day_leave_it_open():
    rows = [
        {"text": "One.", "date": "2025-03-11", "published_at": "11 March 2025"},
        {"text": "Two.", "date": "2025-03-11", "published_at": "2025-03-12T00:10:00"},
    ]
    articles = make_articles(rows)
    assert articles["published_on"].tolist() == [DAY, pd.NaT]
    assert articles["date_evidence"].tolist() == [
        "2025-03-11; 11 March 2025",
        "2025-03-11; 2025-03-12T00:10:00",
    ]


def test_an_id_is_made_from_the_text_and_stays_the_same():
    texts = ["The ferry is late.", "It came.", "The ferry is late."]
    ids = make_articles(texts)["article_id"].tolist()
    assert ids[2] == f"{ids[0]}-2"
    assert make_articles(texts[1:])["article_id"].tolist() == [ids[1], ids[0]]


def test_reprints_are_one_cluster_of_the_earliest():
    words = " ".join(f"word{i}" for i in range(60))
    rows = [
        {"id": "later", "text": words + " end", "date": "2025-03-12"},
        {"id": "first", "text": words, "date": "2025-03-11"},
        {"id": "other", "text": "Something else."},
    ]
    assert make_articles(rows)["cluster_id"].tolist() == ["first", "first", "other"]


def test_articles_that_were_read_come_through_unchanged():
    articles = dl.read_articles("corpus").assign(desk="x")
    pd.testing.assert_frame_equal(make_articles(articles), articles)


def test_no_rows_give_no_articles():
    for nothing in ([], pd.DataFrame({"text": []})):
        assert check_frame(make_articles(nothing), "articles").empty


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ([{"text": "One."}, {"text": None}], "the text of row 1 is .*, expected a string"),
        ([{"text": 5}], "the text of row 0 is 5, expected a string"),
        ([{"id": "a", "text": "1"}, {"id": "a", "text": "2"}], "article_id 'a' is given 2 times"),
        ([{"title": "One."}], "no column is called text, body, .*: got title"),
        ([{"body": "One.", "content": "One."}], "'body' and 'content' may both be `text`"),
        ("One.", "expected a DataFrame or a list of texts, not str"),
        ({"text": "One."}, "expected a DataFrame or a list of texts, not dict"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_value(own, message):
    with pytest.raises(ValueError, match=message):
        make_articles(own)


def test_own_articles_go_the_whole_way():
    articles = make_articles(["“The ferry is late,” said Orla Venn."]).assign(desk="sea")
    assert dl.find_said(articles).said[["speaker", "desk"]].to_numpy().tolist() == [
        ["Orla Venn", "sea"]
    ]
    counts = dl.count_terms(dl.find_tokens(articles), articles, by="desk")
    assert set(counts["group"]) == {"sea"} and counts["n"].sum() == 7
