"""A small site on loopback, for what is fetched: pages by path, and what was asked, when."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPH = (
    "The harbour board voted on Tuesday to keep the ferry until the autumn, said Orla Venn, who "
    "has led the board since spring. Boats will leave each hour, and a second crew is to be hired "
    "before the first storm, while the older pier stays shut for repairs that began in May. "
)


def page(title, day="2025-03-04", n=4, words=PARAGRAPH):
    body = "".join(f"<p>{words} Item {i}.</p>" for i in range(n))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{day}T09:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def item(title, link, guid="", text="", day="Tue, 04 Mar 2025 09:00:00 GMT"):
    whole = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    own = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return (
        f"<item><title>{title}</title><link>{link}</link>{own}<pubDate>{day}</pubDate>"
        f"<description>A teaser.</description>{whole}</item>"
    )


def feed(*items, title="The Quay Post"):
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>http://quay.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


class Site:
    """Pages by path: bytes, (status, headers, bytes), or a function of the handler."""

    def __init__(self, url):
        self.url = url
        self.pages = {}
        self.asked = []  # (path, when, headers)

    @property
    def paths(self):
        return [path for path, _, _ in self.asked]


@contextmanager
def serve(address="127.0.0.1"):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append((self.path, time.monotonic(), dict(self.headers)))
            found = site.pages.get(self.path, (404, {}, b"no"))
            if callable(found):
                found = found(self)
            if found is None:
                return
            if isinstance(found, bytes):
                kind = "text/html" if b"<html" in found[:100] else "application/xml"
                found = 200, {"Content-Type": kind}, found
            status, headers, body = found
            self.send_response(status)
            for name, words in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, words)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site = Site(f"http://{address}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
