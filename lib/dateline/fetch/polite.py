"""From an address to the bytes there, as a guest who asks first and waits."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Any, NamedTuple
from urllib import request
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from dateline import __version__
from dateline.fetch.robots import MOST_BYTES, Rules, read_rules

NAME = "dateline"  # as robots.txt calls us
_MOST_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_WAIT = 60  # seconds; who wants a longer one is left alone in this run
# What stands for good: the page is not asked for again.
_FINAL = (400, 401, 402, 403, 404, 405, 406, 410, 414, 451)


class NotHad(Exception):
    """Why something was not had, in few words, and whether asking again would be of no use."""

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        super().__init__(why)
        self.is_final = is_final


class Reply(NamedTuple):
    """What a server gave: its status, where that was in the end, its head (small letters), bytes.

    `is_public` says that each server on the way stands in the open net.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    is_public: bool


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, and not of this machine or its neighbours."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def name_agent() -> str:
    """Who we say we are: name, version and where to read about it."""
    try:
        told = metadata.metadata(NAME).get_all("Project-URL") or []
    except metadata.PackageNotFoundError:  # run from a folder, without pip
        told = []
    page = next((line.partition(", ")[2] for line in told if line.startswith("Repository,")), "")
    return f"{NAME}/{__version__}" + (f" (+{page})" if page else "")


class Client:
    """Asks servers: one request a pause and host, nothing that robots.txt forbids, no cookies.

    Args:
        pause: Seconds between the starts of two requests of one host; a crawl-delay of the site
            that is longer holds instead, up to a minute.
        timeout: Seconds that a server may be silent; a whole answer may take three times that.
        most_bytes: An answer that is longer, as sent or unpacked, is not taken.
        is_public: Whether an IP address is of the open net. What such a server sends us on to, or
            lists in its feed, must be there too: no feed makes us ask the machines of a newsroom.
        waits: By host, the time (seconds since 1970) before which it asked not to be asked.
    """

    def __init__(
        self,
        *,
        pause: float = 1.0,
        timeout: float = 20.0,
        most_bytes: int = 10_000_000,
        is_public: Callable[[str], bool] = is_public,
        waits: dict[str, float] | None = None,
    ) -> None:
        self.pause, self.timeout, self.most_bytes = pause, timeout, most_bytes
        self.waits: dict[str, float] = {} if waits is None else waits
        self._is_public = is_public
        self._agent = name_agent()
        self._next: dict[str, float] = {}
        self._rules: dict[str, Rules | NotHad] = {}

    def get(
        self, url: str, *, only_public: bool = False, known: Mapping[str, str] | None = None
    ) -> Reply:
        """Get what stands at an address, after asking the robots.txt of each site on the way.

        Args:
            url: http or https.
            only_public: Whether a server that is not in the open net is refused.
            known: `etag` and `last-modified` of what is at hand already.

        Returns:
            The answer: 200, or 304 with no bytes where what is at hand still holds.

        Raises:
            NotHad: Everything else, in words.
        """
        validators = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        asked = {validators[name]: words for name, words in (known or {}).items() if words}
        return self._follow(url, asked, only_public=only_public, obeys=True, most=self.most_bytes)

    def _follow(
        self, url: str, asked: dict[str, str], *, only_public: bool, obeys: bool, most: int
    ) -> Reply:
        for _ in range(_MOST_HOPS + 1):
            url = check_address(url)
            pause = self._ask_robots(url, only_public) if obeys else self.pause
            reply = self._ask(url, asked, only_public=only_public, pause=pause, most=most)
            if reply.status not in _REDIRECTS:
                break
            url = urljoin(url, reply.headers.get("location", ""))
            only_public = reply.is_public
        else:
            raise NotHad("redirected too often", is_final=True)
        if reply.status not in (200, 304) or (reply.status == 304 and not asked):
            raise NotHad(f"HTTP {reply.status}", is_final=reply.status in _FINAL)
        return reply

    def _ask_robots(self, url: str, only_public: bool) -> float:
        """The pause of a site, where it lets us have this; its robots.txt is read once a run."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._read_robots(f"{site}/robots.txt", only_public)
        rules = self._rules[site]
        if isinstance(rules, NotHad):
            raise rules
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if not rules.allow(path):
            raise NotHad("robots.txt", is_final=True)
        return max(self.pause, min(rules.delay, _LONGEST_WAIT))

    def _read_robots(self, url: str, only_public: bool) -> Rules | NotHad:
        try:
            reply = self._follow(
                url, {}, only_public=only_public, obeys=False, most=max(MOST_BYTES, self.most_bytes)
            )
        except NotHad as error:
            # RFC 9309, 2.3.1: where there is none all is allowed; where it cannot be had, nothing.
            if re.fullmatch("HTTP 4(?!29)..", str(error)):
                return Rules()
            return NotHad(f"robots.txt not had: {error}")
        text = reply.body[:MOST_BYTES].decode("utf-8", errors="replace")
        return read_rules(text, NAME) if "<html" not in text[:1000].lower() else Rules()

    def _ask(
        self, url: str, asked: dict[str, str], *, only_public: bool, pause: float, most: int
    ) -> Reply:
        """Make one request, and a second one where the server asks for a short wait."""
        host = urlsplit(url).hostname or ""
        for is_last in (False, True):
            if self.waits.get(host, 0) - time.time() > _LONGEST_WAIT:
                until = datetime.fromtimestamp(self.waits[host], UTC)
                raise NotHad(f"the server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC")
            due = max(
                self._next.get(host, 0) - time.monotonic(), self.waits.get(host, 0) - time.time()
            )
            time.sleep(max(due, 0))
            self._next[host] = time.monotonic() + pause
            reply = self._open(url, asked, only_public=only_public, most=most)
            wait = _read_wait(reply.headers.get("retry-after", ""))
            if reply.status not in (429, 503) or not wait:
                break
            self.waits[host] = time.time() + wait
            if is_last or wait > _LONGEST_WAIT:
                break
        return reply

    def _open(self, url: str, asked: dict[str, str], *, only_public: bool, most: int) -> Reply:
        peers: list[bool] = []

        def check_peer(address: str) -> None:
            peers.append(self._is_public(address))
            if only_public and not peers[-1]:
                raise NotHad("leads from the open net to a private address", is_final=True)

        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", "Accept": "*/*", **asked}
        try:
            with _make_opener(check_peer).open(
                request.Request(url, headers=headers), timeout=self.timeout
            ) as response:
                told = {name.lower(): words for name, words in response.headers.items()}
                body = b"" if response.status in _REDIRECTS else self._read(response, told, most)
                return Reply(response.status, url, told, body, all(peers))
        except TimeoutError:
            raise NotHad(f"no answer in {self.timeout:g} s") from None
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise NotHad(f"no answer in {self.timeout:g} s") from None
            words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise NotHad(" ".join(str(words).split())[:100]) from error

    def _read(
        self, response: http.client.HTTPResponse, told: Mapping[str, str], most: int
    ) -> bytes:
        """All bytes of an answer, unpacked; never more than may be, nor for longer."""
        packing = told.get("content-encoding", "identity").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise NotHad(f"packed as {packing[:20]!r}", is_final=True)
        unpacker = zlib.decompressobj(31) if packing.endswith("gzip") else None
        body, n_sent, until = bytearray(), 0, time.monotonic() + 3 * self.timeout
        while chunk := response.read1(65_536):
            n_sent += len(chunk)
            body += unpacker.decompress(chunk, most + 1 - len(body)) if unpacker else chunk
            if max(n_sent, len(body)) > most:
                raise NotHad(f"larger than {most / 1_000_000:g} MB", is_final=True)
            if time.monotonic() > until:
                raise NotHad(f"not all of it in {3 * self.timeout:g} s")
        if response.length or (unpacker and n_sent and not unpacker.eof):
            raise NotHad("the answer broke off")
        return bytes(body)


def check_address(url: str) -> str:
    """The address as it is asked for: http or https, with a host, in ASCII, without fragment.

    Raises:
        NotHad: It is none.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https"):
            raise NotHad(f"no address of http or https: {url[:60]!r}", is_final=True)
        if not host or parts.username is not None:
            raise NotHad(f"no address that is asked: {url[:60]!r}", is_final=True)
        name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise NotHad(f"no address: {url[:60]!r}", is_final=True) from error
    marks = "%/:=&?~#+!$,;'@()*[]"
    path = quote(parts.path, safe=marks) or "/"
    query = quote(parts.query, safe=marks)
    return urlunsplit((parts.scheme, name + (f":{port}" if port else ""), path, query, ""))


def _read_wait(words: str) -> float:
    """The seconds that Retry-After says, at most a day; 0 where it says nothing."""
    if words.strip().isdigit():
        return min(float(words.strip()[:9]), 86_400)
    try:
        until = parsedate_to_datetime(words)
    except ValueError:
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - datetime.now(UTC)).total_seconds(), 0), 86_400)


def _make_opener(check_peer: Callable[[str], None]) -> request.OpenerDirector:
    """What makes one request: without cookies, other schemes or redirects of its own.

    The address is checked where it is connected to, before a byte is sent: a name that is looked
    up twice may lead to two machines. Behind a proxy it is the proxy that connects.
    """
    opener = request.OpenerDirector()
    opener.addheaders = []
    for handler in (_Http(check_peer), _Https(check_peer), request.ProxyHandler()):
        opener.add_handler(handler)
    return opener


def _make_connection(
    kind: type[http.client.HTTPConnection], check_peer: Callable[[str], None]
) -> Callable[..., http.client.HTTPConnection]:
    def connect(*args: Any, **options: Any) -> socket.socket:
        made = socket.create_connection(*args, **options)
        try:
            check_peer(made.getpeername()[0])
        except NotHad:
            made.close()
            raise
        return made

    def make(*args: Any, **options: Any) -> http.client.HTTPConnection:
        connection = kind(*args, **options)
        connection._create_connection = connect  # type: ignore[attr-defined]  # the way in it has
        return connection

    return make


class _Http(request.HTTPHandler):
    def __init__(self, check_peer: Callable[[str], None]) -> None:
        super().__init__()
        self._check_peer = check_peer

    def http_open(self, req: request.Request) -> http.client.HTTPResponse:
        if req.has_proxy():
            return self.do_open(http.client.HTTPConnection, req)
        return self.do_open(_make_connection(http.client.HTTPConnection, self._check_peer), req)


class _Https(request.HTTPSHandler):
    def __init__(self, check_peer: Callable[[str], None]) -> None:
        super().__init__()
        self._check_peer = check_peer

    def https_open(self, req: request.Request) -> http.client.HTTPResponse:
        if req.has_proxy() or getattr(req, "_tunnel_host", None):
            return self.do_open(http.client.HTTPSConnection, req)
        return self.do_open(_make_connection(http.client.HTTPSConnection, self._check_peer), req)
