import os
import signal
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from click.testing import CliRunner
from dateline.cli import cli
from dateline.fetch.command import read_addresses
from feed_server import feed, item, page, serve
from filelock import FileLock


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def site():
    with serve() as made:
        made.pages |= {"/rss": feed(item("Ferry", "/a")), "/a": page("Ferry")}
        yield made


def run(*arguments):
    return CliRunner().invoke(cli, ["fetch", *map(str, arguments)])


def test_feeds_of_a_file_are_fetched_a_second_apart(site, tmp_path):
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# our town\n\n{site.url}/rss  # the only one\n{site.url}/none\n")
    result = run(feeds, "-o", tmp_path / "articles")
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines() == [
        "The Quay Post: 1 new, 0 known",
        "127.0.0.1: not had (HTTP 404)",
    ]
    times = [when for _, when, _ in site.asked]
    assert site.paths == ["/robots.txt", "/rss", "/a", "/none"]
    assert min(b - a for a, b in pairwise(times)) >= 0.95


def test_a_dry_run_lists_on_standard_output(site, tmp_path):
    result = run(f"{site.url}/rss", "-o", tmp_path / "articles", "--dry-run")
    assert result.stdout == f"{site.url}/a\n"
    assert not (tmp_path / "articles").exists()


def test_no_feed_at_all_is_1(tmp_path):
    with serve() as gone:
        pass
    result = run(f"{gone.url}/rss", "-o", tmp_path)
    assert result.exit_code == 1
    assert "Connection refused" in result.stderr


@pytest.mark.parametrize(
    "text, told",
    [
        (None, "is no address (https://...) and no file of addresses"),
        ("# nothing\n", "no address of a feed is in"),
        ("https://a.example/rss\nfile:///etc/passwd\n", "line 2: 'file:///etc/passwd'"),
        ("https://a.example/rss two\n", "line 1: 'https://a.example/rss two'"),
    ],
)
def test_a_mistake_is_2(text, told, tmp_path):
    feeds = tmp_path / "feeds.txt"
    if text is not None:
        feeds.write_text(text)
    result = run(feeds, "-o", tmp_path / "articles")
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "articles").exists()


def test_addresses_and_files_may_be_mixed(tmp_path):
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("\ufeffhttps://b.example/#x\r\n", encoding="utf-8")
    given = ("https://a.example/rss", str(feeds))
    assert read_addresses(given) == ["https://a.example/rss", "https://b.example/#x"]


def test_a_folder_that_cannot_be_written_is_74(site, tmp_path):
    (tmp_path / "file").write_text("")
    result = run(f"{site.url}/rss", "-o", tmp_path / "file" / "articles")
    assert result.exit_code == 74
    assert "cannot write" in result.stderr
    assert site.asked == []


def test_two_runs_at_once_are_75(site, tmp_path):
    (tmp_path / ".dateline").mkdir()
    with FileLock(tmp_path / ".dateline" / ".lock-fetch"):
        result = run(f"{site.url}/rss", "-o", tmp_path)
    assert result.exit_code == 75
    assert site.asked == []


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_with_130_and_what_was_fetched(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry", "/a"), item("Slow", "/slow"))
    site.pages["/slow"] = lambda handler: time.sleep(5)
    # A job in the background of a shell is started with SIGINT ignored.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from dateline.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "fetch", f"{site.url}/rss", "-o", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while "/slow" not in site.paths and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert told == "stopped: what was fetched stays, and the next run goes on\n"
    assert len(list(tmp_path.rglob("*.html.gz"))) == 1
