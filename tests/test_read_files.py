import os

import pytest
from dateline.read.files import find_files, name_articles
from hypothesis import given
from hypothesis import strategies as st


def names(source):
    return [found.name for found in find_files(source) if not found.why]


def reasons(source):
    return {found.name: found.why for found in find_files(source) if found.why}


def touch(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("text")
    return folder


def test_hidden_files_and_readmes_are_passed_over(tmp_path):
    touch(tmp_path, ".a.txt", "README.md", "readme.txt", ".hidden/a.txt", "b.TXT", "speakers.csv")
    assert [found.name for found in find_files(tmp_path)] == ["b.TXT"]


def test_one_file_is_found_whatever_its_name(tmp_path):
    touch(tmp_path, "README.md")
    assert names(tmp_path / "README.md") == ["README.md"]


def test_a_list_is_named_from_the_folder_that_all_have_in_common(tmp_path):
    touch(tmp_path, "a/x.txt", "a/y.txt", "b/deep/z.txt")
    listed = [tmp_path / "b", tmp_path / "a" / "x.txt", tmp_path / "a" / "x.txt"]
    assert names(listed) == ["a/x.txt", "b/deep/z.txt"]


def test_a_pattern_gives_what_fits_it(tmp_path):
    touch(tmp_path, "a/x.txt", "a/deep/y.docx", "b/z.docx", "b/README.docx", ".c/h.docx")
    assert names(str(tmp_path / "**" / "*.docx")) == ["a/deep/y.docx", "b/z.docx"]
    assert names(str(tmp_path / "a" / "*")) == ["deep/y.docx", "x.txt"]
    with pytest.raises(ValueError, match=r"no file fits .*\.pdf"):
        find_files(str(tmp_path / "*.pdf"))


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="no/such/folder"):
        find_files(["no/such/folder", tmp_path])
    with pytest.raises(ValueError, match="empty list"):
        find_files([])


def test_links_neither_leave_the_folder_nor_loop(tmp_path):
    touch(tmp_path, "secret.txt", "folder/a.txt")
    folder = tmp_path / "folder"
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "broken.txt").symlink_to("nothing.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "loop").symlink_to(folder)
    assert names(folder / "outside.txt") == ["outside.txt"]
    assert names(folder) == ["a.txt", "inside.txt"]
    assert list(reasons(folder)) == ["broken.txt", "loop", "outside.txt", "self.txt"]
    assert reasons(folder)["outside.txt"] == "a link that leads out of the folder"


def test_a_pipe_a_socket_and_a_device_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert reasons(tmp_path) == {"a.txt": "not a regular file"}
    assert reasons("/dev/zero") == {"zero": "not a regular file"}


def test_a_name_that_is_no_text_can_be_shown(tmp_path):
    touch(tmp_path, os.fsdecode(b"caf\xe9.txt"))
    assert names(tmp_path) == ["caf\\xe9.txt"]
    assert names(tmp_path)[0].encode()


def test_articles_are_named_by_their_file_and_by_their_number_where_there_are_several():
    sizes = {"a.docx": (12, [1, 3, 12]), "b.txt": (1, [1]), "c/b.txt": (1, [1]), "d.htm": (3, [2])}
    assert name_articles(sizes) == {
        "a.docx": ["a-01", "a-03", "a-12"],
        "b.txt": ["b"],
        "c/b.txt": ["c/b"],
        "d.htm": ["d-2"],
    }


def test_the_articles_of_two_files_of_one_stem_tell_them_apart():
    assert name_articles({"a.docx": (2, [1, 2]), "a.txt": (1, [1])}) == {
        "a.docx": ["a.docx-1", "a.docx-2"],
        "a.txt": ["a.txt"],
    }


NAMES = st.from_regex(r"([ab]/){0,2}[ab]{1,2}(-1)?(\.txt)?(\.(txt|md))?(-1)?", fullmatch=True)
SIZES = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.integers(1, n), min_size=1, max_size=3, unique=True)
    )
)


@given(st.dictionaries(NAMES, SIZES))
def test_article_ids_are_unique(sizes):
    ids = name_articles(sizes)
    listed = [one for name in sizes for one in ids[name]]
    assert {name: len(ids[name]) for name in sizes} == {
        name: 1 if n == 1 else len(numbers) for name, (n, numbers) in sizes.items()
    }
    assert len(set(listed)) == len(listed)
