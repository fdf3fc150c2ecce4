"""Frames that were saved, and frames of one's own: taken where nothing is lost, else refused."""

import datetime
import io
import json
import random

import numpy as np
import pandas as pd
import pytest
from dateline.frames import SCHEMAS, build_frame, check_frame, empty_frame, take_frame
from dateline.tabular import write_table

# What a spreadsheet runs, what pandas takes for a separator, a quotation or an end of line.
ODD = ["=1+1", "---\ntitle", "@x", '"a", “b”', "\t", "Ferry’s\nend", "a,b;c", "port", "ä", "it's"]
# What pandas reads from a CSV as unknown, as a truth or as another number.
MISREAD = ["null", "NA", "True", "007", "'=1", "1e5", "a\rb"]
VALUES = {
    "int32": [0, -7, 2**31 - 1],
    "int64": [0, -7, 2**40],
    "Int64": [0, None, 2**40],
    "float64": [0.1, None, -1e-9, 3.0],
    "bool": [True, False],
    "date": [None, datetime.date(1871, 1, 1), datetime.date(2025, 3, 11)],
}
SPANS = [[], [[1, 2]]]
LISTS = {"content": [[[0, 4], [5, 9]]], "cue_spans": SPANS, "source_spans": SPANS}
each_schema = pytest.mark.parametrize("name", SCHEMAS)


def make_frame(name, odd=ODD, infinite=False):
    """Eight rows of odd values; what may be unknown is so in one row."""
    schema, pick = SCHEMAS[name], random.Random(name)

    def draw(key, kind, row):
        if kind == "list":
            return pick.choice(LISTS.get(key, [[], odd[:3], odd[5:]]))
        if kind in ("str", "category"):
            may_be_unknown = kind == "str" and key not in schema.known
            return None if may_be_unknown and row == 3 else pick.choice(odd)
        if kind == "float64" and infinite and row == 4:
            return pick.choice([float("inf"), float("-inf")])
        return row if key in schema.key and "int" in kind else pick.choice(VALUES[kind])

    rows = [{k: draw(k, c.type, row) for k, c in schema.columns.items()} for row in range(8)]
    return build_frame(name, rows).drop_duplicates(list(schema.key), ignore_index=True)


@each_schema
def test_a_frame_survives_parquet(name, tmp_path):
    kinds = {column.type for column in SCHEMAS[name].columns.values()}
    # Where no column tells Parquet from CSV, such words count as disarmed by `write_table`.
    odd = ODD + MISREAD if kinds & {"date", "list", "category"} else [*ODD, "null", "007"]
    frame = make_frame(name, odd, infinite=True)
    frame.to_parquet(tmp_path / "own.parquet")
    write_table(frame, tmp_path / "ours.parquet")
    for file in ("own.parquet", "ours.parquet"):
        same(take_frame(pd.read_parquet(tmp_path / file), name), frame, name)


@each_schema
def test_a_frame_survives_csv_and_json_lines_as_text(name, tmp_path):
    frame = make_frame(name, ODD + MISREAD, infinite=True)
    write_table(frame, tmp_path / "ours.csv")
    table = pd.read_csv(tmp_path / "ours.csv", dtype="str", keep_default_na=False)
    same(take_frame(table, name), frame, name)
    frame = make_frame(name, ODD, infinite=True)
    write_table(frame, tmp_path / "ours.jsonl")
    lines = (tmp_path / "ours.jsonl").read_text("utf-8").split("\n")
    rows = pd.DataFrame([json.loads(line) for line in lines if line])
    same(take_frame(rows, name), frame, name)


@each_schema
def test_a_frame_survives_the_types_that_pandas_guesses_for_csv(name, tmp_path):
    frame = make_frame(name)
    same(take_frame(pd.read_csv(io.StringIO(frame.to_csv(index=False))), name), frame, name)
    write_table(frame, tmp_path / "ours.csv")
    for options in ({}, {"keep_default_na": False}):
        same(take_frame(pd.read_csv(tmp_path / "ours.csv", **options), name), frame, name)


@each_schema
def test_no_row_survives_too(name, tmp_path):
    write_table(empty_frame(name), tmp_path / "none.csv")
    same(take_frame(pd.read_csv(tmp_path / "none.csv"), name), empty_frame(name), name)


def same(taken, frame, name):
    """Equal in values and types, but for the order and use of categories."""
    check_frame(taken, name)
    pd.testing.assert_frame_equal(taken, frame, check_categorical=False)


ARTICLES = build_frame(
    "articles",
    [
        {"article_id": "a", "published_on": datetime.date(2025, 3, 11), "text": "---\nOne."},
        {"article_id": "b", "text": "Two."},
    ],
)


@pytest.mark.parametrize(
    "days",
    [
        pd.Series(["2025-03-11", None], dtype="datetime64[ns]"),
        pd.Series(["2025-03-11", None], dtype="datetime64[us]"),
        pd.Series(["2025-03-11", None], dtype="str"),
        pd.Series(["2025-03-11T00:00:00", None], dtype="object"),
        pd.Series([datetime.date(2025, 3, 11), None]),
        pd.Series([pd.Timestamp(2025, 3, 11, tz="Europe/Paris"), pd.NaT]),
    ],
    ids=["ns", "us", "text", "time", "date", "zone"],
)
def test_a_day_is_taken_in_any_form(days):
    taken = take_frame(ARTICLES.assign(published_on=days), "articles")
    assert taken["published_on"].dtype == "datetime64[s]"
    assert taken["published_on"].tolist() == [pd.Timestamp(2025, 3, 11), pd.NaT]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("published_on", "3/11/2025", r"`articles.published_on` is '3/11/2025' in row 1, expected"),
        ("published_on", pd.Timestamp(2025, 3, 11, 14), "14:00.*expected a day as YYYY-MM-DD"),
        ("title", 1.5, r"`articles.title` is 1.5 in row 1, expected text"),
        ("text", None, r"`articles.text` is unknown in row 1, expected text"),
        ("article_id", "a", r"`articles` repeats a key of \(article_id\): {'article_id': 'a'}"),
        ("article_id", None, r"`articles.article_id` is unknown in row 1"),
    ],
)
def test_what_would_lose_something_is_refused_by_value(column, value, message):
    values = pd.Series([ARTICLES[column][0], value], dtype="object")
    with pytest.raises(ValueError, match=message):
        take_frame(ARTICLES.assign(**{column: values}), "articles")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.array([1, 2], dtype="int32"), "int64"),
        ([1.0, 2.0], "int64"),
        (["1", "2"], "int64"),
        (pd.array([1, 2], dtype="Int64"), "int64"),
    ],
)
def test_whole_numbers_are_taken_in_any_form(values, kind):
    blocks = pd.DataFrame({"article_id": "a", "block_index": values, "start": 0, "end": 1})
    taken = take_frame(blocks, "blocks", "article_id", "block_index")
    assert taken["block_index"].dtype == kind and taken["block_index"].tolist() == [1, 2]


@pytest.mark.parametrize("value", [1.5, "x", None, True, float("inf")])
def test_what_is_no_whole_number_is_refused(value):
    blocks = pd.DataFrame({"start": pd.Series([0, value], dtype="object")})
    with pytest.raises(ValueError, match=r"`blocks.start` is .* in row 1, expected a whole number"):
        take_frame(blocks, "blocks", "start")


def test_only_the_columns_that_are_used_are_asked_for():
    own = pd.DataFrame({"article_id": [1, 2], "text": ["One.", "Two."], "desk": ["x", "y"]})
    before = own.copy()
    taken = take_frame(own, "articles", "article_id", "text", optional=["published_on"])
    assert taken.columns.tolist() == ["article_id", "text", "desk", "published_on"]
    assert taken["article_id"].tolist() == ["1", "2"]
    assert taken["published_on"].isna().all() and taken["published_on"].dtype == "datetime64[s]"
    pd.testing.assert_frame_equal(own, before)
    with pytest.raises(
        ValueError, match="`articles` lacks the columns outlet; there are article_id"
    ):
        take_frame(own, "articles", "article_id", "outlet")


def test_no_value_of_a_frame_with_the_right_types_is_touched():
    articles = ARTICLES.assign(text=["'=a", "'- b"])
    assert take_frame(articles, "articles")["text"].tolist() == ["'=a", "'- b"]


def test_a_frame_of_two_equal_columns_is_refused():
    twice = pd.concat([ARTICLES, ARTICLES[["text"]]], axis=1)
    with pytest.raises(ValueError, match="two columns called 'text'"):
        take_frame(twice, "articles")


def test_what_is_no_frame_is_refused():
    with pytest.raises(ValueError, match="`articles` must be a DataFrame, not list"):
        take_frame([], "articles")
    with pytest.raises(ValueError, match="no frame is called 'letters'"):
        empty_frame("letters")
