import gzip
import json
import re

import dateline as dl
import pytest
from dateline.fetch.feeds import fetch_feeds, make_slug
from dateline.fetch.polite import Client
from feed_server import PARAGRAPH, feed, item, page, serve


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def site():
    with serve() as made:
        made.pages |= {f"/{name}": page(name.title()) for name in "abc"}
        yield made


def run(site, folder, *paths, **options):
    client = Client(pause=0, timeout=2, most_bytes=100_000)
    addresses = [site.url + path for path in paths or ("/rss",)]
    return list(fetch_feeds(addresses, folder, client=client, **options))


def list_files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html.gz"))


def read_kept(folder):
    return json.loads((folder / ".dateline" / "fetched.json").read_text("utf-8"))


def test_new_pages_are_saved_as_sent_and_known_ones_not_asked_for(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry stays", "/a", "1"), item("Pier shut", "/b"))
    (outcome,) = run(site, tmp_path)
    assert str(outcome) == "The Quay Post: 2 new, 0 known"
    first, _ = list_files(tmp_path)
    assert re.fullmatch(r"the-quay-post/2025-03-04_ferry-stays_[0-9a-f]{8}\.html\.gz", first)
    assert gzip.decompress((tmp_path / first).read_bytes()) == page("A")
    site.pages["/rss"] = feed(item("Vote", "/c"), item("Ferry stays", "/a", "1"))
    site.asked.clear()
    (outcome,) = run(site, tmp_path)
    assert str(outcome) == "The Quay Post: 1 new, 1 known"
    assert site.paths == ["/robots.txt", "/rss", "/c"]
    assert len(list_files(tmp_path)) == 3


def test_what_was_fetched_is_read_with_title_outlet_and_day(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry stays", "/a"), item("Pier shut", "/b"))
    run(site, tmp_path)
    corpus = dl.read_corpus(tmp_path)
    assert corpus.articles.title.tolist() == ["A", "B"]
    assert corpus.articles.published_on.dt.date.astype(str).tolist() == ["2025-03-04"] * 2
    assert corpus.problems.empty
    assert PARAGRAPH.strip()[:50] in corpus.articles.text[0]


def test_an_unchanged_feed_costs_one_request(site, tmp_path):
    def answer(handler):
        is_held = handler.headers.get("If-None-Match") == '"7"'
        return (304, {}, b"") if is_held else (200, {"ETag": '"7"'}, feed(item("Ferry", "/a")))

    site.pages["/rss"] = answer
    run(site, tmp_path)
    site.asked.clear()
    (outcome,) = run(site, tmp_path)
    assert str(outcome) == "The Quay Post: 0 new, the feed is unchanged"
    assert site.paths == ["/robots.txt", "/rss"]


def test_a_feed_is_asked_for_whole_until_all_of_it_is_had(site, tmp_path):
    answers = [(500, {}, b""), page("A")]
    site.pages["/a"] = lambda handler: answers.pop(0)
    entries = feed(item("Ferry", "/a"), item("Pier", "/b"), item("Vote", "/c"))
    site.pages["/rss"] = lambda handler: (
        (304, {}, b"") if handler.headers.get("If-None-Match") else (200, {"ETag": "7"}, entries)
    )
    told = [str(run(site, tmp_path, most=2)[0]) for _ in range(3)]
    assert told == [
        "The Quay Post: 1 new, 0 known, 1 not had (HTTP 500), 1 left for the next run",
        "The Quay Post: 2 new, 1 known",
        "The Quay Post: 0 new, the feed is unchanged",
    ]


def test_what_robots_txt_forbids_is_taken_from_the_feed_where_it_has_all(site, tmp_path):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /a\nDisallow: /b\n"
    text = "".join(f"<p>{PARAGRAPH} Venn &amp; Reik, {n}.</p>" for n in range(4))
    site.pages["/rss"] = feed(
        item("Ferry &amp; <![CDATA[<i>pier</i>]]>", "/a", "", text), item("No", "/b")
    )
    (outcome,) = run(site, tmp_path)
    assert str(outcome) == (
        "The Quay Post: 1 new (1 as the feed has them: robots.txt), 0 known, 1 not had (robots.txt)"
    )
    assert site.paths == ["/robots.txt", "/rss"]
    (article,) = dl.read_corpus(tmp_path).articles.itertuples()
    assert (article.title, article.outlet) == ("Ferry & pier", "The Quay Post")
    assert str(article.published_on)[:10] == "2025-03-04"
    assert article.url == f"{site.url}/a"
    assert f"{PARAGRAPH.strip()} Venn & Reik, 3." in article.text
    assert str(run(site, tmp_path)[0]) == "The Quay Post: 0 new, 2 known"
    assert read_kept(tmp_path)["items"][f"//{site.url[7:]}/b"]["why"] == (
        "summary only, page not had: robots.txt"
    )


def test_two_feeds_with_one_page_fetch_it_once(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry", "/a?utm_source=rss&amp;utm_medium=x#top", "1"))
    site.pages["/a?utm_source=rss&utm_medium=x"] = page("A")
    site.pages["/two"] = feed(item("The ferry", "/a", "2"), item("Moved", "/moved", "1"))
    site.pages["/moved"] = 301, {"Location": "/a"}, b""
    told = run(site, tmp_path, "/rss", "/two", "/rss")
    assert [str(outcome) for outcome in told] == [
        "The Quay Post: 1 new, 0 known",
        "The Quay Post: 0 new, 2 known",
    ]
    assert len(list_files(tmp_path)) == 1


@pytest.mark.parametrize(
    "title, slug",
    [
        ("../../etc/passwd", "etc-passwd"),
        ("x\0y\n/..\\..\\c:", "x-y-c"),
        ("Ünïcode – “quoted”", "unicode-quoted"),
        ("Паром", ""),
        ("a" * 300, "a" * 60),
        ("word " * 60, "-".join(["word"] * 12)),
        ("-o=x", "o-x"),
        ("CON", "con"),
    ],
)
def test_file_names_are_letters_digits_and_dashes(title, slug):
    assert make_slug(title) == slug


def test_hostile_entries_stay_in_the_folder(site, tmp_path):
    folder = tmp_path / "deep" / "folder"
    entries = [
        item(t, f"/{n}") for n, t in enumerate(["../../x", "/etc/x", "t" * 300, "Паром", ""])
    ]
    entries += [item("Local", "file:///etc/passwd"), item("None", ""), item("Bad", "http://[bad")]
    site.pages |= {f"/{n}": page("T") for n in range(5)}
    site.pages["/rss"] = feed(*entries, title="../../up\\..")
    (outcome,) = run(site, folder)
    assert outcome.n_new == 5
    assert outcome.not_had.total() == 3
    files = list_files(folder)
    assert len(files) == 5
    assert all(
        re.fullmatch(r"up/2025-03-04_([a-z0-9-]{1,60}_)?[0-9a-f]{8}\.html\.gz", f) for f in files
    )
    assert [p.name for p in tmp_path.iterdir()] == ["deep"]


def test_a_feed_of_the_open_net_lists_no_page_of_the_newsroom(tmp_path):
    with serve() as public, serve("127.0.0.2") as private:
        private.pages["/a"] = page("Secret")
        public.pages["/rss"] = feed(item("Ferry", f"{private.url}/a"))
        client = Client(pause=0, is_public=lambda address: address == "127.0.0.1")
        (outcome,) = fetch_feeds([f"{public.url}/rss"], tmp_path, client=client)
        assert "private address" in str(outcome)
        assert private.asked == []


def test_what_is_no_page_is_not_saved(site, tmp_path):
    site.pages["/a"] = 200, {"Content-Type": "audio/mpeg"}, b"ID3"
    site.pages["/b"] = 200, {"Content-Type": "text/html"}, b"<html>" + b"a" * 100_001
    site.pages["/c"] = 200, {"Content-Type": "text/html"}, b" "
    site.pages["/rss"] = feed(*(item(name, f"/{name}") for name in "abc"))
    (outcome,) = run(site, tmp_path)
    assert dict(outcome.not_had) == {
        "no page but audio/mpeg": 1, "larger than 0.1 MB": 1, "an empty page": 1
    }  # fmt: skip
    assert list_files(tmp_path) == []
    site.asked.clear()
    run(site, tmp_path)
    assert site.paths == ["/robots.txt", "/rss", "/c"]  # the others stand as they are


def test_feeds_that_are_none_are_told_and_the_next_one_is_fetched(site, tmp_path):
    site.pages |= {"/html": page("No feed"), "/empty": b"", "/cut": feed(item("A", "/a"))[:-40]}
    site.pages["/json"] = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Qu\x1b[2Jay",
         "items": [{"id": "1", "url": "/b", "title": "B", "date_published": "2025-03-04"}]}
    ).encode()  # fmt: skip
    told = [str(o) for o in run(site, tmp_path, "/html", "/empty", "/none", "/cut", "/json")]
    assert told[:3] == [
        "127.0.0.1: not had (no feed is there)",
        "127.0.0.1: not had (no feed is there)",
        "127.0.0.1: not had (HTTP 404)",
    ]
    assert told[3].startswith("The Quay Post: 1 new, 0 known, damaged XML: ")
    assert told[4] == "Qu[2Jay: 1 new, 0 known"  # a terminal would have been wiped


def test_letters_are_those_that_only_the_server_names(site, tmp_path):
    markup = page("Паром", words="Порт закрыт, сказала Орла Венн, глава совета. " * 9)
    markup = markup.decode().replace('<meta charset="utf-8">', "")
    kind = {"Content-Type": "text/html; charset=windows-1251"}
    site.pages["/a"] = 200, kind, markup.encode("cp1251")
    site.pages["/rss"] = feed(item("Паром", "/a"))
    run(site, tmp_path)
    (article,) = dl.read_corpus(tmp_path).articles.itertuples()
    assert article.title == "Паром"
    assert "Порт закрыт" in article.text


def test_a_dry_run_lists_and_writes_nothing(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry", "/a"), item("Pier", "/b"))
    (outcome,) = run(site, tmp_path / "new", most=1, is_dry=True)
    assert outcome.wanted == [f"{site.url}/a"]
    assert str(outcome) == "The Quay Post: 1 to fetch, 0 known, 1 left for the next run"
    assert site.paths == ["/robots.txt", "/rss"]
    assert not (tmp_path / "new").exists()


def test_a_run_that_is_stopped_leaves_what_it_has_and_goes_on(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry", "/a"), item("Pier", "/b"), item("Vote", "/c"))

    class Stopped(Client):
        def get(self, url, **options):
            if url.endswith("/b"):
                raise KeyboardInterrupt
            return super().get(url, **options)

    with pytest.raises(KeyboardInterrupt):
        list(fetch_feeds([f"{site.url}/rss"], tmp_path, client=Stopped(pause=0)))
    assert len(list_files(tmp_path)) == 1
    assert len(dl.read_corpus(tmp_path).articles) == 1
    site.asked.clear()
    assert str(run(site, tmp_path)[0]) == "The Quay Post: 2 new, 1 known"
    assert "/a" not in site.paths


def test_files_are_known_without_the_list_of_them(site, tmp_path):
    site.pages["/rss"] = feed(item("Ferry", "/a"))
    run(site, tmp_path)
    (tmp_path / ".dateline" / "fetched.json").unlink()
    assert str(run(site, tmp_path)[0]) == "The Quay Post: 0 new, 1 known"
    (tmp_path / ".dateline" / "fetched.json").write_text("[1")
    with pytest.raises(ValueError, match=r"fetched\.json does not hold what was fetched"):
        run(site, tmp_path)


def test_a_wish_to_be_left_alone_is_kept_for_the_next_run(site, tmp_path):
    site.pages["/rss"] = 429, {"Retry-After": "7200"}, b""
    assert run(site, tmp_path)[0].why == "HTTP 429"
    site.asked.clear()
    assert "left alone until" in run(site, tmp_path)[0].why
    assert site.asked == []
