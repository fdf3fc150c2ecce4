import re

import dateline as dl
import pytest
from click.testing import CliRunner
from dateline.cli import cli
from dateline.show.check import check_corpus, say_sections, write_page

STORY = "The harbour of Brennick is shut since the storm of last week, and the islands wait. " * 4


@pytest.fixture
def folder(tmp_path):
    head = "---\ntitle: <b>Shut</b>\noutlet: {}\ndate: {}\n---\n\n"
    (tmp_path / "a.txt").write_text(head.format("Quay Post", "2025-03-04") + STORY)
    (tmp_path / "b.txt").write_text(head.format("Tidings", "2025-03-05") + STORY)
    (tmp_path / "c.txt").write_text("The ferry is late.")
    (tmp_path / "<d>.txt").write_text("")
    return tmp_path


def test_all_that_an_analyst_should_know_is_shown(folder):
    sections = check_corpus(dl.read_corpus(folder))
    plain = {section.heading: section.tables[-1].plain for section in sections}
    assert list(plain) == ["Files", "Outlets", "Dates", "Languages", "Duplicates", "Problems"]
    assert "not read: empty" in plain["Files"]
    assert plain["Dates"].startswith("2 of 3 articles have a day of publication")
    assert re.search(r"day +2025-03 +2", plain["Dates"])
    assert plain["Duplicates"].startswith(
        "Repeats of an earlier article: 1 article in 1 reprint cluster"
    )
    assert "Tidings" in plain["Outlets"]


def test_two_days_in_a_row_are_told_and_other_languages_are_counted_as_words(tmp_path):
    (tmp_path / "2025-03-05.txt").write_text(f"Date: 4 March 2025\n\n{STORY}")
    german = "Der Hafen ist seit dem Sturm der letzten Woche zu, und die Leute warten auf Brot. "
    (tmp_path / "2025-03-06.txt").write_text(f"Hafen zu\n\n{german * 3}", "utf-8")
    plain = {s.heading: s.tables[-1].plain for s in check_corpus(dl.read_corpus(tmp_path))}
    assert plain["Dates"].startswith(
        "2 of 2 articles have a day of publication; "
        "for 1 two places state days in a row (a time zone, mostly)"
    )
    assert re.search(r"unknown +2 +(?:1[01]\d) ", plain["Outlets"])
    assert re.search(r"de +1\n *en +1", plain["Languages"])


def test_the_page_is_whole_and_escaped(folder):
    sections = check_corpus(dl.read_corpus(folder))
    write_page(sections, "<script>", folder / ".page.html")
    page = (folder / ".page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;d&gt;.txt" in page and "<b>Shut" not in page
    assert not re.search(r"(?:src|href)=", page)


def test_an_empty_folder_is_said_not_shown(tmp_path):
    said = say_sections(check_corpus(dl.read_corpus(tmp_path)))
    assert "No file was read." in said and "No article." in said


def test_the_command_prints_and_writes_a_page(folder, tmp_path):
    page = tmp_path / "check.html"
    result = CliRunner().invoke(cli, ["check", str(folder), "-o", str(page)])
    assert result.exit_code == 0, result.output
    assert "FILES\nRead 3 articles in 4 files; 1 file not read" in result.stdout
    assert page.read_text("utf-8").startswith("<!doctype html>")
    result = CliRunner().invoke(cli, ["check", str(folder), "--strict"])
    assert result.exit_code == 2
