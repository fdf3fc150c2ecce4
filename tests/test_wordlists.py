"""Lists: comments and blank lines are no data, and every list says where it comes from."""

from pathlib import Path

import pytest
from dateline.wordlists import load_words, read_lines, read_table, split_words

LISTS = sorted((Path(__file__).parents[1] / "lib/dateline/wordlists").glob("*.[tc][sx][vt]"))


def test_comments_and_blank_lines_are_left_out(tmp_path):
    (tmp_path / "a.tsv").write_text("# from nowhere\n\nword\tn\nport\t3\n", encoding="utf-8")
    assert read_lines("a.tsv", tmp_path) == ["word\tn", "port\t3"]
    assert read_table("a.tsv", tmp_path) == [{"word": "port", "n": "3"}]


def test_a_csv_list_is_parted_by_commas(tmp_path):
    (tmp_path / "a.csv").write_text('# note\nname,gender\n"Orr, Ann",f\n', encoding="utf-8")
    assert read_table("a.csv", tmp_path) == [{"name": "Orr, Ann", "gender": "f"}]


def test_words_are_in_lower_case_with_straight_apostrophes():
    assert split_words("The Isn’t # a comment\nof") == {"the", "isn't", "of"}
    assert {"the", "isn't"} <= load_words("stopwords_en.txt")


def test_a_list_that_is_not_there_is_an_error():
    with pytest.raises(OSError):
        read_lines("nothing.txt")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_list_opens_with_its_source_and_year(path):
    head = [line for line in path.read_text("utf-8").splitlines()[:8] if line.startswith("#")]
    assert any(year in line for line in head for year in ("2016", "2018", "2026"))
