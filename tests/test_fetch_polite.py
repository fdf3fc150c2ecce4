import gzip
import time
from itertools import pairwise

import pytest
from dateline import __version__
from dateline.fetch.polite import Client, NotHad, check_address, is_public
from feed_server import page, serve


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def site():
    with serve() as made:
        yield made


def ask(site, path="/a", **options):
    return Client(**{"pause": 0, "timeout": 5, **options}).get(site.url + path)


def refusal(site, path="/a", **options):
    with pytest.raises(NotHad) as caught:
        ask(site, path, **options)
    return str(caught.value), caught.value.is_final


def redirect(to, status=302):
    return status, {"Location": to}, b""


def test_it_says_who_asks_and_sends_no_cookies(site):
    site.pages["/a"] = 200, {"Set-Cookie": "a=b"}, b"yes"
    client = Client(pause=0)
    for _ in range(2):
        assert client.get(f"{site.url}/a#part").body == b"yes"
    assert site.paths == ["/robots.txt", "/a", "/a"]
    for _, _, headers in site.asked:
        assert headers["User-Agent"].startswith(f"dateline/{__version__}")
        assert "Cookie" not in headers


def test_requests_of_one_host_are_a_pause_apart(site):
    site.pages |= {"/a": b"1", "/b": redirect("/c"), "/c": b"3"}
    client = Client(pause=0.15)
    for path in ("/a", "/b"):
        client.get(site.url + path)
    times = [when for _, when, _ in site.asked]
    assert site.paths == ["/robots.txt", "/a", "/b", "/c"]
    assert min(b - a for a, b in pairwise(times)) >= 0.13


def test_a_site_that_asks_for_longer_pauses_has_them(site):
    site.pages |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 0.3\n", "/a": b"1", "/b": b"2"}
    client = Client(pause=0)
    client.get(f"{site.url}/a")
    client.get(f"{site.url}/b")
    assert site.asked[2][1] - site.asked[1][1] >= 0.28


def test_what_robots_txt_forbids_is_not_asked_for(site):
    site.pages["/robots.txt"] = b"User-agent: dateline\nDisallow: /a\n"
    site.pages["/b"] = redirect("/a")
    assert refusal(site) == ("robots.txt", True)
    assert refusal(site, "/b") == ("robots.txt", True)
    assert "/a" not in site.paths


@pytest.mark.parametrize("status, had", [(404, True), (403, True), (500, False), (429, False)])
def test_a_robots_txt_that_cannot_be_had_forbids_all_and_one_that_is_not_there_nothing(
    status, had, site
):
    site.pages |= {"/robots.txt": (status, {}, b""), "/a": b"yes"}
    if had:
        assert ask(site).body == b"yes"
    else:
        assert refusal(site) == (f"robots.txt not had: HTTP {status}", False)


def test_what_is_at_hand_is_not_sent_again(site):
    def answer(handler):
        held = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        return (304, {}, b"") if held == ('"1"', "monday") else (200, {"ETag": '"1"'}, b"new")

    site.pages["/a"] = answer
    assert ask(site).headers["etag"] == '"1"'
    reply = Client(pause=0).get(f"{site.url}/a", known={"etag": '"1"', "last-modified": "monday"})
    assert (reply.status, reply.body) == (304, b"")


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://h/a", "data:text/html,a", "javascript:1"]
)
def test_a_redirect_leads_to_http_only(to, site):
    site.pages["/a"] = redirect(to)
    why, is_final = refusal(site)
    assert why.startswith("no address") and is_final


def test_redirects_end(site):
    site.pages["/a"] = redirect("/a")
    assert refusal(site) == ("redirected too often", True)
    assert site.paths.count("/a") == 6


def test_the_open_net_does_not_lead_to_private_addresses():
    def is_open(address):
        return address == "127.0.0.1"

    with serve() as public, serve("127.0.0.2") as private:
        private.pages["/a"] = b"secret"
        public.pages["/a"] = redirect(f"{private.url}/a")
        told = refusal(public, is_public=is_open)
        assert told == ("robots.txt not had: leads from the open net to a private address", False)
        assert private.asked == []  # connected to, and not one byte sent
        assert ask(private, is_public=is_open).body == b"secret"
        with pytest.raises(NotHad):
            Client(pause=0, is_public=is_open).get(f"{private.url}/a", only_public=True)
        private.pages["/b"] = redirect(f"{public.url}/b")
        public.pages["/b"] = b"open"
        assert ask(private, "/b", is_public=is_open).body == b"open"


@pytest.mark.parametrize(
    "address, public",
    [("127.0.0.1", False), ("10.0.0.8", False), ("169.254.169.254", False), ("::1", False),
     ("fe80::1%eth0", False), ("8.8.8.8", True), ("2606:4700::1111", True)],
)  # fmt: skip
def test_which_addresses_are_of_the_open_net(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_too_large_is_not_taken(packed, site):
    body = b"a" * 200_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    site.pages["/a"] = 200, headers, gzip.compress(body) if packed else body
    assert refusal(site, most_bytes=100_000) == ("larger than 0.1 MB", True)
    assert ask(site, most_bytes=200_000).body == body


def test_a_gzip_is_unpacked_and_a_broken_one_is_not_had(site):
    data = gzip.compress(page("Ferry"))
    site.pages["/a"] = 200, {"Content-Encoding": "gzip"}, data
    site.pages["/b"] = 200, {"Content-Encoding": "gzip"}, data[:-20]
    site.pages["/c"] = 200, {"Content-Encoding": "gzip"}, b"no gzip"
    site.pages["/d"] = 200, {"Content-Encoding": "br"}, b"..."
    assert ask(site).body == page("Ferry")
    assert refusal(site, "/b") == ("the answer broke off", False)
    assert refusal(site, "/c")[1] is False
    assert refusal(site, "/d") == ("packed as 'br'", True)


def test_an_answer_that_breaks_off_is_not_had(site):
    site.pages["/a"] = 200, {"Content-Length": "100", "Connection": "close"}, b"only this"
    assert refusal(site) == ("the answer broke off", False)


def test_a_server_that_is_silent_is_left(site):
    site.pages["/a"] = lambda handler: time.sleep(1)
    started = time.monotonic()
    assert refusal(site, timeout=0.2) == ("no answer in 0.2 s", False)
    assert time.monotonic() - started < 0.9


def test_a_server_that_drips_is_left(site):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            pass

    site.pages["/a"] = drip
    started = time.monotonic()
    assert refusal(site, timeout=0.2) == ("not all of it in 0.6 s", False)
    assert time.monotonic() - started < 1.5


def test_who_asks_for_a_short_wait_is_asked_again_after_it(site):
    answers = [(503, {"Retry-After": "1"}, b""), (200, {}, b"yes")]
    site.pages["/a"] = lambda handler: answers.pop(0)
    assert ask(site).body == b"yes"
    assert site.asked[2][1] - site.asked[1][1] >= 0.95


def test_who_asks_for_a_long_wait_is_left_alone_also_in_the_next_run(site):
    site.pages["/a"] = 429, {"Retry-After": "3600"}, b""
    waits = {}
    assert refusal(site, waits=waits) == ("HTTP 429", False)
    assert 3500 < waits["127.0.0.1"] - time.time() <= 3600
    assert "the server asked to be left alone until" in refusal(site, "/b", waits=waits)[0]
    assert "/b" not in site.paths


@pytest.mark.parametrize("status, final", [(404, True), (410, True), (500, False), (304, False)])
def test_which_refusals_stand(status, final, site):
    site.pages["/a"] = status, {}, b""
    assert refusal(site) == (f"HTTP {status}", final)


def test_no_server_and_no_http_are_told():
    with serve() as gone:
        pass
    assert refusal(gone) == ("robots.txt not had: Connection refused", False)


def test_an_address_is_asked_for_in_ascii():
    assert check_address(" HTTP://Bücher.example:81/ä b?q=é#x") == (
        "http://xn--bcher-kva.example:81/%C3%A4%20b?q=%C3%A9"
    )
    assert check_address("http://[::1]:8000") == "http://[::1]:8000/"


@pytest.mark.parametrize(
    "url", ["", "a", "/a", "file:///a", "http://", "http://u:p@h/", "http://[bad", "http://h:x/"]
)
def test_what_is_no_address_is_told(url):
    with pytest.raises(NotHad, match="no address"):
        check_address(url)
