"""The analyst's sets of terms, from their file to their counts."""

from pathlib import Path

import pandas as pd
import pytest
from dateline import make_articles, read_corpus
from dateline.terms import (
    add_voice,
    concordance,
    count_terms,
    find_collocations,
    find_phrases,
    find_tokens,
    name_terms,
    read_terms,
)

FILE = """\ufeffname\tterm\tnote
weather\tstorm*\tof any kind
weather\t"heavy rain"|hail\t

weather\train
river works\thask gate*
"""
ARTICLES = make_articles(
    ["Storms at the Hask Gates: heavy rain, rain and hail. No Hask gate was shut in the storm."]
)


def write(folder: Path, text: str) -> Path:
    path = folder / "terms.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    sets = read_terms(write(tmp_path, FILE))
    assert sets.to_numpy().tolist() == [
        ["weather", "storm*", "of any kind"],
        ["weather", '"heavy rain"|hail', ""],
        ["weather", "rain", ""],
        ["river works", "hask gate*", ""],
    ]
    assert list(sets) == ["name", "term", "note"]


def test_a_set_counts_each_token_once(tmp_path: Path) -> None:
    tokens = find_tokens(ARTICLES)
    named = name_terms(tokens, read_terms(write(tmp_path, FILE)))
    queries = ["[weather]", "[river works]", "rain", "[weather]|shut"]
    counts = count_terms(named, ARTICLES, include=queries).set_index("term")["n"]
    # Storms, heavy rain, rain, hail, storm.
    assert counts.to_dict() == {"[weather]": 5, "[river works]": 2, "rain": 2, "[weather]|shut": 6}
    lines = concordance(ARTICLES, "[weather]", tokens=named)["keyword"].tolist()
    assert lines == ["Storms", "heavy rain", "rain", "hail", "storm"]
    near = find_collocations(named, "[river works]", left=1, right=0)
    assert near["term"].tolist() == ["no", "the"]
    assert "weather" not in named["term"].tolist() and "method" in tokens.attrs
    assert "sets" not in tokens.attrs["method"]
    merged = find_phrases(named, "[river works]")["term"].tolist()
    assert [term for term in merged if " " in term] == ["hask gates", "hask gate"]
    excluded = count_terms(named, ARTICLES, exclude="[weather]")["term"]
    assert not {"storms", "storm", "rain", "hail"} & set(excluded) and "heavy" in set(excluded)


def test_sets_stay_with_what_is_made_of_their_tokens() -> None:
    sets = pd.DataFrame({"name": ["a", "b"], "term": ["storm*", "rain"]})
    tokens = name_terms(find_tokens(ARTICLES), sets)
    later = name_terms(tokens, pd.DataFrame({"name": ["b"], "term": ["hail"]}))
    said = pd.DataFrame({"attribution_id": [], "speaker": []}, dtype=str)
    attributions = pd.DataFrame({"attribution_id": [], "article_id": [], "content": []}, dtype=str)
    voiced = add_voice(later, said, attributions)
    counts = count_terms(voiced, ARTICLES, by="voice", include=["[a]", "[b]"])
    assert counts[["group", "term", "n"]].to_numpy().tolist() == [
        ["narrator", "[a]", 2],
        ["narrator", "[b]", 1],
    ]
    with pytest.raises(ValueError, match="no set of terms is called 'c'; there are a, b"):
        count_terms(later, ARTICLES, include="[c]")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\tnote\n", "terms.tsv lacks the columns term, between tabs"),
        ("", "lacks the columns name, term"),
        ("name,term\na,b\n", "lacks the columns name, term, between tabs"),
        ("name\tterm\na\tb\tc\n", "row 2 has more cells than there are columns"),
        ("name\tterm\na\tb\n\n\tc\n", "row 4: the name is '', expected words"),
        ("name\tterm\na\n", "row 2: the term is '', expected words"),
        ("name\tterm\n[a]\tb\n", r"row 2: the name '\[a\]' has one of \[\]|\", expected"),
        ("name\tterm\na|b\tb\n", "row 2: the name 'a|b' has one of"),
        ("name\tterm\na\tb|\n", r"row 2: query='b\|', expected a word"),
        ("name\tterm\na\t[b]\n", r"row 2: '\[b\]' is a set, expected a word"),
    ],
)
def test_a_bad_row_is_named(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        read_terms(write(tmp_path, text))


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_bytes("name\tterm\nä\tb".encode("latin-1"))
    with pytest.raises(ValueError, match=r"terms\.tsv is not UTF-8"):
        read_terms(path)


def test_a_frame_by_hand_is_checked_too() -> None:
    tokens = find_tokens(ARTICLES)
    with pytest.raises(ValueError, match="`sets` lacks the columns term"):
        name_terms(tokens, pd.DataFrame({"name": ["a"]}))
    with pytest.raises(ValueError, match="row 1 of `sets`: the term is None"):
        name_terms(tokens, pd.DataFrame({"name": ["a", "b"], "term": ["x", None]}, dtype=object))


def test_the_file_is_found_beside_the_articles(tmp_path: Path) -> None:
    tokens = find_tokens(ARTICLES)
    (tmp_path / "a.txt").write_text("The storm came.")
    for place in (tmp_path, str(tmp_path / "a.txt")):
        pd.testing.assert_frame_equal(name_terms(tokens, place), tokens)
        assert "sets" not in name_terms(tokens, place).attrs["method"]
    write(tmp_path, FILE)
    for place in (tmp_path, str(tmp_path / "a.txt")):
        assert list(name_terms(tokens, place).attrs["method"]["sets"]) == ["weather", "river works"]


def test_the_file_is_no_article(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    (tmp_path / "a.txt").write_text("The storm came.")
    assert read_corpus(tmp_path).files["path"].tolist() == ["a.txt"]
