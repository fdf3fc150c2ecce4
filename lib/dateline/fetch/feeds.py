"""From addresses of feeds to the pages of their new entries, one file a page in a folder."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from dateline.fetch.polite import Client, NotHad, Reply
from dateline.read.forms.item import Item, Source, Unreadable
from dateline.read.forms.messages import feed as feed_forms
from dateline.read.forms.web.page import decode_page
from dateline.read.metadata.dates import find_field_date
from dateline.tabular import replaced

KEPT = Path(".dateline") / "fetched.json"
_PAGES = ("text/html", "application/xhtml+xml", "")
_MOST_LETTERS = 60  # of a title in a file's name


@dataclass
class Outcome:
    """What came of one feed: counts, and in words why not more."""

    outlet: str
    n_new: int = 0
    n_known: int = 0
    n_left: int = 0  # for the next run, because of `most`
    not_had: Counter[str] = field(default_factory=Counter)
    from_feed: Counter[str] = field(default_factory=Counter)  # of the new: why not the page
    wanted: list[str] = field(default_factory=list)  # what a dry run would ask for
    doubt: str = ""
    is_unchanged: bool = False
    why: str = ""  # why the feed itself was not had

    def __str__(self) -> str:
        if self.why:
            return f"{self.outlet}: not had ({self.why})"
        if self.is_unchanged:
            return f"{self.outlet}: 0 new, the feed is unchanged"
        parts = [f"{len(self.wanted)} to fetch" if self.wanted else f"{self.n_new} new"]
        parts[0] += _say("{} as the feed has them", self.from_feed)
        parts += [f"{self.n_known} known"]
        if self.not_had:
            parts.append(f"{self.not_had.total()} not had{_say('', self.not_had)}")
        parts += [f"{self.n_left} left for the next run"] if self.n_left else []
        return f"{self.outlet}: {', '.join([*parts, *filter(None, [self.doubt])])}"


def _say(words: str, reasons: Counter[str]) -> str:
    if not reasons:
        return ""
    told = "; ".join(f"{why}: {n}" if len(reasons) > 1 else why for why, n in reasons.most_common())
    return f" ({words.format(reasons.total())}{': ' if words else ''}{told})"


class Kept:
    """What was fetched already, in DIR/.dateline/fetched.json.

    `feeds` has by address what its server said of its state (etag, last-modified), the outlet and
    its folder; `items` by link and by id where each item is or why it was not had; `waits` by host
    until when it asked to be left alone.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / KEPT
        try:
            held = json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
            self.feeds: dict[str, dict[str, str]] = dict(held.get("feeds", {}))
            self.items: dict[str, dict[str, str]] = dict(held.get("items", {}))
            self.waits: dict[str, float] = dict(held.get("waits", {}))
        except (ValueError, AttributeError, TypeError) as error:
            raise ValueError(
                f"{self.path} does not hold what was fetched: move it away, and files that are"
                " there are still not fetched again"
            ) from error

    def write(self) -> None:
        """Write it, in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        held = {"feeds": self.feeds, "items": self.items, "waits": self.waits}
        with replaced(self.path) as staged:
            staged.write_text(json.dumps(held, ensure_ascii=False, indent=0), "utf-8")


class _Entry(NamedTuple):
    item: Item
    link: str  # "" where it has none
    keys: tuple[str, ...]  # by which it is known again, the best first
    path: Path  # where it is saved, below the folder


def fetch_feeds(
    addresses: Sequence[str],
    folder: Path,
    *,
    most: int = 50,
    client: Client | None = None,
    is_dry: bool = False,
    progress: bool = False,
) -> Iterator[Outcome]:
    """Fetch what is new in feeds, one feed after the other.

    The page of each new entry is saved as the server sent it, gzipped; where it cannot be had, the
    entry's own text is, if the feed has all of it. What was saved is written down after each item,
    so that a run that is stopped loses nothing and repeats nothing.

    Args:
        addresses: Of feeds (RSS, Atom, RDF, JSON feed).
        folder: Where the files go: OUTLET/DAY_TITLE_HASH.html.gz, of letters a to z and digits.
        most: Pages asked for in a run, of each feed.
        client: How servers are asked.
        is_dry: Ask for the feeds only, and write nothing.
        progress: Count the items of a feed on standard error.

    Yields:
        What came of each feed, in the order given.

    Raises:
        OSError: The folder cannot be written in.
        ValueError: What stands in fetched.json is not ours.
    """
    kept = Kept(folder)
    client = client or Client()
    client.waits.update(kept.waits)
    kept.waits = client.waits
    if not is_dry:
        kept.write()  # tells before the work that it can be written
    for address in dict.fromkeys(addresses):
        yield _Run(folder, kept, client, most, is_dry, progress).fetch(address)
        if not is_dry:
            kept.write()


class _Run(NamedTuple):
    folder: Path
    kept: Kept
    client: Client
    most: int
    is_dry: bool
    progress: bool

    def fetch(self, address: str) -> Outcome:
        """Fetch one feed and its new items."""
        known = self.kept.feeds.get(address, {})
        outcome = Outcome(known.get("outlet") or urlsplit(address).hostname or address)
        try:
            reply = self.client.get(address, known=_pick(known))
            if reply.status == 304:
                outcome.is_unchanged = True
                return outcome
            items = read_feed(reply.body)
        except NotHad as error:
            outcome.why = str(error)
            return outcome
        outlets = Counter(item.fields.get("outlet", "") for item in items)
        outlet = max(outlets, key=lambda name: outlets[name], default="") or outcome.outlet
        # A feed's words go to a terminal, which obeys some characters.
        outcome.outlet = "".join(filter(str.isprintable, outlet))[:80]
        place = known.get("folder") or make_slug(outcome.outlet) or make_slug(address) or "feed"
        outcome.doubt = next((doubt for i in items for doubt in i.doubts if "damaged" in doubt), "")
        entries = [_make_entry(item, address, reply.url, place) for item in items]
        is_whole = self._fetch_entries(entries, reply, outcome) and not outcome.doubt
        # A feed that was not read to its end is read again, though it should not have changed.
        state = _pick(reply.headers) if is_whole else {}
        self.kept.feeds[address] = {"outlet": outcome.outlet, "folder": place, **state}
        return outcome

    def _fetch_entries(self, entries: list[_Entry], reply: Reply, outcome: Outcome) -> bool:
        """Fetch what is new; say whether all is done for good."""
        n_asked, is_whole = 0, True
        for entry in _count(entries, outcome.outlet) if self.progress else entries:
            if any(key in self.kept.items for key in entry.keys):
                outcome.n_known += 1
            elif (self.folder / entry.path).exists():  # fetched.json was lost, or not yet written
                outcome.n_known += 1
                self._keep(entry, {"path": entry.path.as_posix(), "url": entry.link})
            elif n_asked >= self.most:
                outcome.n_left += 1
            elif self.is_dry:
                n_asked += 1
                wanted = "".join(filter(str.isprintable, entry.link))
                outcome.wanted.append(wanted or entry.path.as_posix())
            else:
                n_asked += bool(entry.link)
                is_whole &= self._fetch_entry(entry, reply, outcome)
        return is_whole and not outcome.n_left

    def _fetch_entry(self, entry: _Entry, reply: Reply, outcome: Outcome) -> bool:
        """Save one item; say whether that is settled, or to be tried again in the next run."""
        url = entry.link
        try:
            page, url = self._get_page(entry.link, only_public=reply.is_public)
            if (final := _make_key(url)) in self.kept.items:  # two links led to one page
                outcome.n_known += 1
                self._keep(entry, self.kept.items[final])
                return True
        except NotHad as error:
            if not entry.item.text or entry.item.left_out:
                outcome.not_had[str(error)] += 1
                if error.is_final:
                    self._keep(entry, {"why": f"summary only, page not had: {error}", "url": url})
                return error.is_final
            outcome.from_feed[str(error)] += 1
            page = make_page(entry.item, entry.link).encode()
        self._save(entry.path, page)
        outcome.n_new += 1
        self._keep(entry, {"path": entry.path.as_posix(), "url": url}, _make_key(url))
        return True

    def _get_page(self, link: str, *, only_public: bool) -> tuple[bytes, str]:
        if not link:
            raise NotHad("no link", is_final=True)
        reply = self.client.get(link, only_public=only_public)
        kind, _, rest = reply.headers.get("content-type", "").partition(";")
        if kind.strip().lower() not in _PAGES:
            raise NotHad(f"no page but {kind.strip()[:40]}", is_final=True)
        if not reply.body.strip():
            raise NotHad("an empty page")
        found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
        return _settle_charset(reply.body, found[1] if found else ""), reply.url

    def _save(self, path: Path, page: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with replaced(target) as staged:
            staged.write_bytes(gzip.compress(page, mtime=0))

    def _keep(self, entry: _Entry, record: dict[str, str], *more: str) -> None:
        if "at" not in record:
            record = {**record, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        self.kept.items.update(dict.fromkeys(filter(None, [*entry.keys, *more]), record))
        if not self.is_dry:
            self.kept.write()


def _pick(told: Any) -> dict[str, str]:
    return {name: told[name] for name in ("etag", "last-modified") if told.get(name)}


def _count(entries: Iterable[_Entry], outlet: str) -> Iterable[_Entry]:
    from tqdm import tqdm

    return tqdm(entries, desc=outlet[:30], unit=" items", leave=False, file=sys.stderr)


def read_feed(data: bytes) -> list[Item]:
    """Read a feed's entries as reading does: whole texts as articles, teasers as left out.

    Raises:
        NotHad: It is no feed, or none that can be read.
    """
    source = Source("feed", data=data)
    for form in feed_forms.FORMS:
        if form.fits(source.head(), source.name):
            try:
                return list(form.read(source).items)
            except (Unreadable, RecursionError, ValueError) as error:
                raise NotHad(" ".join(str(error).split())[:100]) from error
    raise NotHad("no feed is there")


def _make_entry(item: Item, address: str, base: str, place: str) -> _Entry:
    """An entry with its absolute link, the keys that it is known by, and its file's name."""
    try:
        link = urljoin(base, item.fields.get("url", ""))
    except ValueError:
        link = ""
    link = link if item.fields.get("url") else ""
    title, own = item.fields.get("title", ""), item.fields.get("source_id", "")
    keys = [_make_key(link)] if link else []
    # "4711" is an id of many feeds, so the feed's address goes before it.
    keys += [f"{address}#{own}"] if own else []
    keys = keys or [f"{address}#{title}#{item.fields.get('date', '')}"]
    stated = find_field_date(item.fields.get("date", ""))
    day = stated.day.isoformat() if stated and stated.day else "undated"
    digest = hashlib.sha256(keys[0].encode("utf-8", "replace")).hexdigest()[:8]
    name = "_".join(filter(None, [day, make_slug(title), digest]))
    return _Entry(item, link, tuple(keys), Path(place) / f"{name}.html.gz")


def _make_key(link: str) -> str:
    """A link without what does not change the page: scheme, fragment, where a click came from."""
    words = re.sub(r"^https?:", "", link.partition("#")[0])
    return re.sub(r"(?<=[?&])utm_[^&]*(?:&|$)", "", words).rstrip("?&")


def make_slug(words: str) -> str:
    """Words as a piece of a file's name: ASCII letters, digits and dashes, "" where none are in it.

    The length is bounded, at the end of a word where one ends in its second half.
    """
    plain = unicodedata.normalize("NFKD", words[:1000]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _MOST_LETTERS:
        cut = slug[: _MOST_LETTERS + 1].rpartition("-")[0]
        slug = cut if len(cut) > _MOST_LETTERS // 2 else slug[:_MOST_LETTERS]
    return slug.strip("-")


def _settle_charset(page: bytes, charset: str) -> bytes:
    """The page as sent; in UTF-8 with its mark where only the server said what its letters are."""
    if not charset or page.isascii():
        return page
    text, _, _ = decode_page(page, charset)
    return page if decode_page(page)[0] == text else b"\xef\xbb\xbf" + text.encode()


def make_page(item: Item, link: str) -> str:
    """An entry's own text as a small page, whose head states what the feed does."""
    fields = item.fields
    stated = find_field_date(fields.get("date", ""))
    metas = {
        "og:type": "article",
        "og:title": fields.get("title", ""),
        "og:site_name": fields.get("outlet", ""),
        "og:url": link,
        "author": fields.get("byline", ""),
        "article:published_time": stated.day.isoformat() if stated and stated.day else "",
    }
    head = "".join(
        f'<meta property="{name}" content="{escape(words)}">\n'
        for name, words in metas.items()
        if words
    )
    body = [item.text[part.start : part.end] for part in item.parts if part.kind != "heading"]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(fields.get("language", ""))}">\n<head>\n'
        f'<meta charset="utf-8">\n{head}<title>{escape(fields.get("title", ""))}</title>\n</head>\n'
        f"<body>\n<article>\n<h1>{escape(fields.get('title', ''))}</h1>\n"
        + "".join(f"<p>{escape(words)}</p>\n" for words in body)
        + "</article>\n</body>\n</html>\n"
    )
