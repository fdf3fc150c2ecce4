"""A corpus against another one, or against a list."""

from __future__ import annotations

import dateline as dl
import pytest

HERE = ["The port is shut. Cranes stand. River treaty."] * 2 + ["The port opens. Cranes move."] * 5
THERE = ["The sea wall holds."] * 4 + ["A wall is built."] * 4


def write_folder(folder, texts):
    folder.mkdir()
    for number, text in enumerate(texts):
        # Different articles: copies of one would be reprints.
        (folder / f"{number}.txt").write_text(f"{text} It is number {number}.", "utf-8")
    return folder


def test_a_folder_is_compared_with_the_article_as_the_case(tmp_path):
    here = dl.read_corpus(write_folder(tmp_path / "here", HERE)).articles
    here = here.assign(cluster_id=None)
    tokens = dl.find_terms(here, phrases=["river treaty"])
    ranked = dl.rank_against(tokens, here, write_folder(tmp_path / "there", THERE))
    assert set(ranked["group"]) == {"these articles"}
    assert set(ranked["reference"]) == {"rest"}
    rows = ranked.set_index("term")
    assert rows.loc["port", ["n", "n_reference"]].tolist() == [7, 0]
    assert rows.loc["wall", ["n", "n_reference"]].tolist()[0] == 0
    assert "river treaty" in rows.index and "river" not in rows.index
    assert rows.loc["port", "p_bh"] < 0.05


def test_files_of_one_name_in_both_folders_are_no_reprints(tmp_path):
    here = dl.read_corpus(write_folder(tmp_path / "here", ["The port is shut."])).articles
    there = write_folder(tmp_path / "there", ["The sea wall holds."])
    ranked = dl.rank_against(dl.find_terms(here, phrases=[]), here, there).set_index("term")
    assert ranked.loc["port", ["n", "n_reference"]].tolist() == [1, 0]
    assert ranked.loc["wall", ["n", "n_reference"]].tolist() == [0, 1]


def test_an_article_of_both_counts_here_alone(tmp_path):
    folder = write_folder(tmp_path / "both", HERE)
    here = dl.read_corpus(folder).articles
    ranked = dl.rank_against(dl.find_terms(here, phrases=[]), here, folder)
    assert ranked.empty  # nothing is left to compare with


def test_a_list_has_no_articles_to_test_by(tmp_path):
    (tmp_path / "list.tsv").write_text("term\tn\nthe\t500\nport\t1\nwall\t99\n")
    here = dl.make_articles([text + f" {i}" for i, text in enumerate(HERE)])
    tokens = dl.find_terms(here, phrases=[])
    ranked = dl.rank_against(tokens, here, tmp_path / "list.tsv")
    assert set(ranked["group"]) == {"these articles"} and ranked["p"].isna().all()
    shown = dl.show_groups(ranked, "term n", caption="More")
    assert "port" in shown.plain and "wall" not in shown.plain


def test_nothing_to_compare_with_is_no_row_and_a_bad_file_is_named(tmp_path):
    here = dl.make_articles(HERE)
    tokens = dl.find_terms(here, phrases=[])
    assert dl.rank_against(tokens, here, None).empty
    (tmp_path / "bad.tsv").write_text("word\ttimes\nthe\t5\n")
    with pytest.raises(ValueError, match=r"bad\.tsv needs the columns term and n"):
        dl.rank_against(tokens, here, tmp_path / "bad.tsv")
