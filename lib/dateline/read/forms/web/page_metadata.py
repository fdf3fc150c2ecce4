"""From a page's JSON-LD and meta tags to the fields of an article, as the page states them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from dateline.read.forms.item import split_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Record = dict[str, Any]

# Names of meta tags (property, name or itemprop, in small letters), best first. They are those of
# Open Graph, Dublin Core, Highwire (citation_), PRISM, Parse.ly, Sailthru and Cxense.
_METAS_BY_FIELD = {
    "title": """og:title citation_title dc.title dcterms.title parsely-title sailthru.title
        cxenseparse:title twitter:title headline""",
    "byline": """article:author_name author authors byl parsely-author sailthru.author
        citation_author dc.creator dc:creator dcterms.creator cxenseparse:author rbauthors
        article:author og:article:author og:author""",
    "date": """article:published_time og:article:published_time og:published_time datepublished
        parsely-pub-date sailthru.date citation_publication_date citation_online_date
        dc.date.issued dcterms.issued prism.publicationdate cxenseparse:recs:publishtime
        cxenseparse:publishtime article.published pubdate publish-date publishdate
        publication_date date dc.date dcterms.date dcterms.created dc.date.created datecreated""",
    "updated": """article:modified_time og:updated_time datemodified dcterms.modified
        dc.date.modified cxenseparse:recs:modifiedtime lastmod last-modified lastupdate
        article.updated""",
    "section": "article:section og:section parsely-section articlesection prism.section",
    "language": "content-language inlanguage dc.language og:locale",
    "url": "og:url twitter:url parsely-link",
    "site": "citation_journal_title application-name publisher dc.publisher",
    "summary": "og:description description",
}
_METAS = {field: names.split() for field, names in _METAS_BY_FIELD.items()}
_LD_FIELDS = {
    "date": "datePublished",
    "updated": "dateModified",
    "section": "articleSection",
    "language": "inLanguage",
    "n_words_stated": "wordCount",
}
# Subtypes of schema.org's Article end so; a live blog's entries stand inside it and are not read.
_ARTICLE = re.compile(r"(?:article|blogposting|report|socialmediaposting)$", re.IGNORECASE)
# Keys under which pages nest what they are about. Lists of other articles stand under other keys.
_NESTS = ("@graph", "mainEntity", "mainEntityOfPage")
_COMMENTS = re.compile(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")
_SPLITS = re.compile(r"\s+[|–—·•»«:-]{1,2}\s+|\s*[｜：]\s*|\s*\|\s*")
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d")
_BY = re.compile(r"^(?:(?:written|words|story|reporting|posted)\s+)?by:?\s+", re.IGNORECASE)
# What is found in the page's text is believed where it looks like a name: by class names alone
# one page gave "The Russian; Syrian defense ministries".
_NAME = re.compile(
    r"(?!The\b)[^\W\d_][\w.’'-]*(?: (?:de|da|dos|del|della|di|du|den|der|ten|van|von|bin|al|el|la"
    r"|le|y|and|of|·|[^\W\da-z_][\w.’'-]*)){0,8}"
)
_PUBLISHED = "datePublished"
_YEAR = re.compile(r"\d{4}")
# Content systems write these where nobody set a date.
_NO_DATE = re.compile(r"^(?:0000|0001|1970-01-01|1969-12-31)|^(?!.*\d)|^\d{1,3}$")


class Metadata(NamedTuple):
    """What a page says of its article: fields, types, and what only the reader of it needs."""

    fields: dict[str, str]
    types: frozenset[str]  # JSON-LD types and og:type, in small letters
    body: str  # articleBody
    summary: str  # its description, which may be the standfirst
    is_article: bool  # whether the page says so
    is_free: bool  # False where it says that one must pay


def squeeze(words: str) -> str:
    """The letters and digits of some words, for comparing what differs in layout only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def read_metadata(tree: HtmlElement, url: str = "") -> Metadata:
    """Read what a page states: JSON-LD first, then its meta tags; `url` is where it was got."""
    records, metas = list(_read_records(tree)), _read_metas(tree)
    address = _find_address(tree, metas, url)
    article = _choose_article(records, tree, address) or {}
    ids = {str(r["@id"]): r for r in records if "@id" in r and len(r) > 1}
    sites = _find_sites(article, metas, ids, address)
    fields = {name: _first(metas, _METAS[name]) for name in _LD_FIELDS if name in _METAS}
    fields |= {name: said for name, key in _LD_FIELDS.items() if (said := _say(article.get(key)))}
    fields["language"] = tree.get("lang") or fields["language"]
    host = (split_address(address).hostname or "").removeprefix("www.")
    labels = [host, host.split(".")[0], *fields["section"].split(", ")]
    fields |= _find_titles(tree, article, metas, (sites, labels))
    fields["byline"] = _find_byline(article, metas, ids, sites)
    fields |= {"url": address, "outlet": sites[0] if sites else ""}
    _settle_dates(fields, tree)
    types = [t for record in records for t in _list(record.get("@type"))] + metas.get("og:type", [])
    summary = _say(article.get("description")) or _first(metas, _METAS["summary"])
    free = str(article.get("isAccessibleForFree", True)).strip().lower()
    return Metadata(
        {name: unescape(words) for name, words in fields.items() if words},
        frozenset(map(str.lower, types)),
        _say(article.get("articleBody")),
        " ".join(unescape(summary).split()),
        bool(article) or "article" in metas.get("og:type", []),
        free not in ("false", "no", "0"),
    )


def find_in_text(tree: HtmlElement, fields: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Find title, byline and day in the page's text where no tag states them."""
    from htmldate import find_date
    from trafilatura.metadata import extract_author, extract_title

    found, doubts = dict(fields), []
    if "title" not in found:
        found["title"] = extract_title(tree) or ""
    if "byline" not in found:
        names = (extract_author(tree) or "").split("; ")
        found["byline"] = "; ".join(names) if all(map(_NAME.fullmatch, names)) else ""
    if "date" not in found:
        found["date"] = find_date(tree, original_date=True, url=found.get("url")) or ""
        if found["date"]:
            doubts.append(f"no tag states its date: {found['date']} stands in the page's words")
    return {name: words for name, words in found.items() if words}, doubts


def _read_records(tree: HtmlElement) -> Iterator[Record]:
    """The JSON-LD records of a page that may be its own, without what they only point to."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        heap = [_read_json(script.text or "")]
        while heap:
            value = heap.pop()
            if isinstance(value, list):
                heap.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                heap.extend(value[key] for key in _NESTS if isinstance(value.get(key), list | dict))


def _read_json(text: str) -> Any:
    text = _COMMENTS.sub("", text).strip().rstrip(";")
    for tried in (text, unescape(text)):
        try:
            return json.loads(tried, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _read_metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        words = " ".join((meta.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            if words and (name := meta.get(key)):
                values = metas.setdefault(name.lower(), [])
                if words not in values:
                    values.append(words)
    return metas


def _first(metas: Mapping[str, list[str]], names: Iterable[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _list(value: Any) -> list[str]:
    return [str(v) for v in (value if isinstance(value, list) else [value]) if v]


def _say(value: Any, deep: int = 3) -> str:
    """The words of a JSON-LD value, which may be a list or a thing with a name."""
    if isinstance(value, list) and deep:
        return ", ".join(filter(None, (_say(v, deep - 1) for v in value[:20])))
    if isinstance(value, dict) and deep:
        named = value.get("name") or value.get("alternateName") or value.get("@value")
        return _say(named, deep - 1)
    return str(value).strip() if isinstance(value, str | int | float) and value is not True else ""


def _choose_article(records: list[Record], tree: HtmlElement, url: str) -> Record | None:
    """The record of the article that the page is about: of several, the one it names itself by."""
    articles = [r for r in records if any(_ARTICLE.search(t) for t in _list(r.get("@type")))]
    if len(articles) < 2:
        return articles[0] if articles else None
    heads = {squeeze(h.text_content()) for h in tree.iter("h1", "title")}
    for article in articles:
        if squeeze(_say(article.get("headline"))) in heads - {""}:
            return article
    for article in articles:
        places = (article.get("url"), article.get("mainEntityOfPage"), article.get("@id"))
        if url and any(
            url in (_say(p), p.get("@id") if isinstance(p, dict) else p) for p in places
        ):
            return article
    # Equal headlines are versions of one record (some sites state it twice, once without a body).
    if len({squeeze(_say(a.get("headline"))) for a in articles}) == 1:
        return max(articles, key=len)
    return None


def _find_address(tree: HtmlElement, metas: Mapping[str, list[str]], url: str) -> str:
    canonical = (e for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical")
    links = [e.get("href") for e in canonical]
    for words in [*links, *(w for name in _METAS["url"] for w in metas.get(name, [])), url]:
        try:
            address = urljoin(url, (words or "").strip())
            if split_address(address).hostname and address.startswith("http"):
                return address
        except ValueError:  # such as an address with a broken bracket
            continue
    return url


def _find_sites(
    article: Record, metas: Mapping[str, list[str]], ids: Mapping[str, Record], url: str
) -> list[str]:
    """The names that the site gives itself, best first.

    og:site_name comes before the publisher, who may be a group with several papers; but a slogan
    that holds the publisher's name ("Breaking news - 9 News") gives way to it.
    """
    host = (split_address(url).hostname or "").removeprefix("www.")
    names = list(metas.get("og:site_name", []))
    publisher = _say(_resolve(article.get("publisher"), ids))
    slogan = names and publisher and squeeze(publisher) in squeeze(names[0])
    if slogan and len(names[0].split()) > len(publisher.split()) + 2:
        names = []
    names += [publisher, *(w for name in _METAS["site"] for w in metas.get(name, []))]
    names = [" ".join(n.split()) for n in names if n and not n.startswith(("http", "@"))]
    # A section may call itself the site ("U.S." at reuters.com): the host's own name comes first.
    label = squeeze(host.split(".")[0])
    names.sort(key=lambda n: not (label and (label in squeeze(n) or squeeze(n) in squeeze(host))))
    return names or ([host] if host else [])


def _resolve(value: Any, ids: Mapping[str, Record]) -> Any:
    """The record that an @id points to; one step, so that circles end."""
    if isinstance(value, dict) and not value.get("name"):
        return ids.get(str(value.get("@id")), value)
    return value


def _find_titles(
    tree: HtmlElement,
    article: Record,
    metas: Mapping[str, list[str]],
    names: tuple[list[str], list[str]],
) -> dict[str, str]:
    """The title without the site's name, and the headline that the page shows if it is another.

    og:title comes first: on pages with a stated truth it was the headline where JSON-LD's was cut
    for search results, or written for them.
    """
    shown = [h for h in (" ".join(e.text_content().split()) for e in tree.iter("h1")) if h]
    whole = next((e.text_content() for e in tree.iter("title")), "")
    stated = [_first(metas, _METAS["title"]), _say(article.get("headline")), *shown[:1], whole]
    sites, labels = names
    titles = [cut_site(" ".join(unescape(words).split()), sites, labels) for words in stated]
    own = {"", *map(squeeze, sites)}
    title = next((t for t in titles if squeeze(t) not in own), "")
    if title.endswith(("…", "...")):
        longer = [
            t for t in titles if len(t) > len(title) and squeeze(t).startswith(squeeze(title))
        ]
        title = longer[0] if longer else title
    # "Headline - National" where the page shows "Headline": what follows is the site's own label.
    heads = [t for t in titles[1:3] if len(t) > 14 and title.startswith(t)]
    title = next((t for t in heads if _SPLITS.match(title, len(t))), title)
    other = shown[0] if len(shown) == 1 and squeeze(shown[0]) != squeeze(title) else ""
    same = set(other.casefold().split()) & set(title.casefold().split())
    return {"title": title, "headline_shown": other if len(same) > 2 else ""}


def cut_site(title: str, sites: Iterable[str], labels: Iterable[str] = ()) -> str:
    """Take the site's name off the ends of a title.

    Args:
        title: The title as a tag states it.
        sites: Names of the site; "BBC News" is cut for "BBC" too.
        labels: What is cut only where it stands exactly: the section, the host.
    """
    near = [site.casefold().removeprefix("the ").split() for site in sites]
    exact = {squeeze(name) for name in (*sites, *labels)} - {""}

    def is_site(words: str) -> bool:
        said = words.casefold().removeprefix("the ").split()
        alike = (
            n[: len(said)] == said[: len(n)] and abs(len(n) - len(said)) < 3 for n in near if n
        )
        return bool(said) and (squeeze(words) in exact or any(alike))

    while marks := list(_SPLITS.finditer(title)):
        last = title[marks[-1].end() :]
        if is_site(last) or _DAY.fullmatch(last):
            title = title[: marks[-1].start()]
        elif is_site(title[: marks[0].start()]):
            title = title[marks[0].end() :]
        else:
            break
    return title.strip()


def _find_byline(
    article: Record, metas: Mapping[str, list[str]], ids: Mapping[str, Record], sites: list[str]
) -> str:
    """Who wrote it, parted by semicolons: people before the site's own name."""
    authors = article.get("author") or article.get("creator")
    listed = [_say(_resolve(a, ids)) for a in (authors if isinstance(authors, list) else [authors])]
    offered = [listed, *(metas.get(name, []) for name in _METAS["byline"])]
    cleaned = [_clean_names(names) for names in offered]
    own = set(map(squeeze, sites))
    best = next((n for n in cleaned if any(squeeze(name) not in own for name in n)), None)
    return "; ".join(best or next(filter(None, cleaned), []))


def _clean_names(names: Iterable[str]) -> list[str]:
    cleaned = [_BY.sub("", " ".join(unescape(name).split())).strip(" ,;|") for name in names]
    kept = [n for n in cleaned if n and "://" not in n and not n.startswith(("@", "www."))]
    return list(dict.fromkeys(n for n in kept if any(c.isalpha() for c in n) and len(n) < 200))


def _settle_dates(fields: dict[str, str], tree: HtmlElement) -> None:
    """Drop what is no date, read `<time>` where no tag states one, and say `updated` once."""
    for name in ("date", "updated"):
        if _NO_DATE.search(fields.get(name, "")):
            fields[name] = ""
    if not fields.get("date"):
        fields["date"] = _find_time(tree)
    if fields.get("updated") == fields.get("date"):
        fields["updated"] = ""
    count = fields.get("n_words_stated", "")
    fields["n_words_stated"] = count if count.isdigit() and int(count) else ""


def _find_time(tree: HtmlElement) -> str:
    """The element that says it is the time of publication, or the only time of the page."""
    times = [e for e in tree.iter("time") if _YEAR.search(e.get("datetime") or "")]
    marked = [e for e in tree.iter() if "pubdate" in e.attrib or e.get("itemprop") == _PUBLISHED]
    if len({e.get("datetime") for e in times}) == 1:
        marked += times
    said = (e.get("datetime") or e.get("content") or e.get("title") or "" for e in marked)
    return next((words for words in said if _YEAR.search(words)), "")
