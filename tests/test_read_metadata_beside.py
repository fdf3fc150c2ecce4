import os
from pathlib import Path

import pytest
from dateline.read.files import find_files
from dateline.read.metadata.beside import read_tables
from dateline.read.metadata.statement import Statement


def lay(folder: Path, **tables: str) -> Path:
    """A corpus of three files, with tables by folder."""
    for name in ("a.txt", "sea/b.txt", "sea/c.md"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("The ferry is late.", "utf-8")
    for place, text in tables.items():
        (folder / place.replace("root", ".") / "metadata.csv").write_bytes(text.encode())
    return folder


def read(folder, several=()):
    stated, problems = read_tables(find_files(folder), several)
    values = {
        name: [{one.column: one.value for one in row.statements} for row in rows]
        for name, rows in stated.items()
    }
    return values, problems


def test_each_row_states_what_its_columns_say_of_its_file(tmp_path):
    lay(tmp_path, root="file,Date,Newspaper,Headline,desk\na.txt,4 March 2025,Quay Post,Late,Sea\n")
    stated, problems = read_tables(find_files(tmp_path))
    assert problems == []
    assert stated == {
        "a.txt": [
            (
                (
                    Statement("published_on", "2025-03-04", "4 March 2025", "table"),
                    Statement("outlet", "Quay Post", "Quay Post", "table"),
                    Statement("title", "Late", "Late", "table"),
                ),
                {"desk": "Sea"},
            )
        ]
    }


@pytest.mark.parametrize(
    "raw",
    [
        "\ufefffile;title\nsea/b.txt;Späte Fähre\n".encode(),
        "file\ttitle\r\nsea\\b.txt\tSpäte Fähre\r\n".encode("cp1252"),
        "file,title\n./sea/B.TXT,Späte Fähre\n".encode("utf-16"),
        'FILE|"Title"\nb.txt|"Späte Fähre"\n'.encode(),
        "Filename,title,\nb,Späte Fähre,\n".encode(),
        "article_id,title\nsea/b,Späte Fähre\n\n".encode(),
    ],
)
def test_a_table_is_read_as_people_save_it(raw, tmp_path):
    lay(tmp_path)
    (tmp_path / "Metadata.CSV").write_bytes(raw)
    assert read(tmp_path)[0] == {"sea/b.txt": [{"title": "Späte Fähre"}]}


def test_the_nearest_table_comes_first(tmp_path):
    lay(tmp_path, root="file,title\nsea/b.txt,Far\n", sea="file,title\nb.txt,Near\n")
    assert read(tmp_path)[0] == {"sea/b.txt": [{"title": "Near"}, {"title": "Far"}]}


def test_a_table_lists_only_what_lies_beside_and_below_it(tmp_path):
    lay(tmp_path, sea="file,title\na.txt,Late\n")
    stated, problems = read(tmp_path)
    assert stated == {}
    assert problems == [("sea/metadata.csv", "row 2: 'a.txt' fits no file that was read")]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("file,title\nz.txt,Late\n", "row 2: 'z.txt' fits no file that was read"),
        ("file,title\n,Late\n", "row 2: '' fits no file that was read"),
        (
            "file,title\na.txt,Late\na.txt,Early\n",
            "row 3: 'a.txt' is listed twice: the first row counts",
        ),
        ("file,date\na.txt,soon\n", "row 2: no date: 'soon'"),
        ("file,date\na.txt,03/04/2025\n", "row 2: 03/04/2025 may be day/month or month/day"),
        ("title,date\nLate,soon\n", "no column is called file, so its rows fit no article"),
        (
            "file,title\n\na.txt,Late, again\n",
            "row 3: it has more cells than columns, and is left out",
        ),
        ("", "not read: empty"),
        ("\0\0\0", "not read: binary (it holds NUL bytes)"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(table, problem, tmp_path):
    lay(tmp_path, root=table)
    assert ("metadata.csv", problem) in read(tmp_path)[1]


def test_a_table_that_is_no_file_or_leads_out_of_the_corpus_is_passed_over(tmp_path):
    corpus = lay(tmp_path / "corpus")
    (tmp_path / "metadata.csv").write_text("file,title\na.txt,Late\n")
    (corpus / "metadata.csv").symlink_to(tmp_path / "metadata.csv")
    os.mkfifo(corpus / "sea" / "metadata.csv")
    assert read(corpus) == ({}, [])


def test_a_name_that_two_files_have_is_neither(tmp_path):
    lay(tmp_path, root="file,title\nb.txt,Late\n")
    (tmp_path / "land").mkdir()
    (tmp_path / "land" / "b.txt").write_text("x")
    stated, problems = read(tmp_path)
    assert (stated, problems) == ({}, [("metadata.csv", "row 2: 'b.txt' fits 2 files")])


def test_of_a_file_of_several_articles_only_what_is_true_of_all_is_taken(tmp_path):
    lay(tmp_path, root="file,title,outlet\na.txt,Late,Quay Post\n")
    stated, problems = read(tmp_path, ["a.txt"])
    assert stated == {"a.txt": [{"outlet": "Quay Post"}]}
    assert problems == [
        ("metadata.csv", "row 2: title 'Late' is of one article, and the file holds several")
    ]


def test_a_table_beside_a_file_that_is_read_alone_counts(tmp_path):
    lay(tmp_path, sea="file,title\nb.txt,Late\n")
    assert read(tmp_path / "sea" / "b.txt")[0] == {"b.txt": [{"title": "Late"}]}
