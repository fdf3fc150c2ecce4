"""What a report does about articles that could not be read."""

import pytest
from report_project import make_project, read_manifest, run_dateline

READ = """import dateline as dl
articles, blocks, problems, files, *_ = dl.read_corpus(dl.from_root(corpus))
dl.publish("files", files, key="path")
dl.show_files(files)"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = make_project(tmp_path_factory.mktemp("reading") / "project", articles=[READ])
    done = run_dateline(root, "report", "articles")
    assert done.returncode == 0, done.stderr
    assert "read 1 article in 1 file" in done.stderr
    return root


def latest(root):
    return (root / "reports" / "articles" / "latest").resolve()


def runs(root):
    return sorted((root / "reports" / "articles").glob("[0-9]*"))


def test_a_corpus_of_which_nothing_can_be_read_starts_no_run(project, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 \0")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    before = latest(project), runs(project)
    done = run_dateline(project, "report", "articles", tmp_path)
    assert done.returncode == 2
    assert "no article can be read: a.pdf: " in done.stderr
    assert "(and 1 more)" in done.stderr
    assert (latest(project), runs(project)) == before


def test_what_was_left_out_is_told_and_shown_first(project, tmp_path):
    (tmp_path / "a.txt").write_text("The ferry is late.")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    done = run_dateline(project, "report", "articles", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "read 1 article in 2 files; 1 file not read" in done.stderr
    page = (latest(project) / "report.html").read_text("utf-8")
    assert "Read 1 article in 2 files; 1 file not read" in page
    assert read_manifest(latest(project))["reading"].endswith("1 file not read")


def test_strict_keeps_the_run_and_leaves_latest_alone(project, tmp_path):
    (tmp_path / "a.txt").write_text("The ferry is late.")
    (tmp_path / "b.txt").write_text("")
    before, n_runs = latest(project), len(runs(project))
    done = run_dateline(project, "report", "articles", tmp_path, "--strict")
    assert done.returncode == 2
    assert "incomplete: read 1 article in 2 files; 1 file not read" in done.stderr
    assert (latest(project), len(runs(project))) == (before, n_runs + 1)
    assert read_manifest(runs(project)[-1])["status"] == "incomplete"
