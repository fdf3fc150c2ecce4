"""From a report's page to a PDF and to a message that can be sent."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_IMAGE = re.compile(r'src="data:image/([a-z]+)(?:\+xml)?;base64,([^"]+)"')


def write_copies(run: Path, manifest: dict, *, pdf: bool, email: bool) -> None:
    """Write report.pdf and report.eml beside report.html, where asked for.

    Raises:
        OSError: They cannot be written, or the browser failed.
    """
    if pdf:
        print_pdf(run / "report.html", run / "report.pdf")
    if email:
        (run / "report.eml").write_bytes(write_message(run, manifest))


def find_browser() -> str:
    """The Chromium of this machine.

    Raises:
        ValueError: There is none.
    """
    for name in _BROWSERS:
        if path := shutil.which(name):
            return path
    raise ValueError("a PDF needs Chromium or Chrome (apt install chromium)")


def print_pdf(page: Path, pdf: Path) -> None:
    """Print a page as Chromium does, without headers."""
    with tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        flags += [f"--user-data-dir={profile}", "--no-pdf-header-footer"]
        command = [find_browser(), *flags, f"--print-to-pdf={pdf}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not pdf.exists():
        raise OSError(f"Chromium made no PDF: {done.stderr.strip()[-300:]}")


def write_message(run: Path, manifest: dict) -> bytes:
    """The report as one message: text, the page with its figures inside, the tables attached.

    Mail programs do not show figures given as data: addresses, so they travel as parts.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{manifest['title']}, {manifest['started_at'][:10]}"
    changes = (manifest["changes"] or {}).get("lines", [])
    lines = [f"{line['table']}: {text}" for line in changes for text in line["texts"]]
    message.set_content("\n".join([manifest["title"], "", *lines, "", manifest["command"], ""]))
    images: list[tuple[str, bytes]] = []

    def attach(match: re.Match) -> str:
        images.append((match[1], base64.b64decode(match[2])))
        return f'src="cid:figure{len(images)}@dateline"'

    page = _IMAGE.sub(attach, (run / "report.html").read_text("utf-8"))
    message.add_alternative(page, subtype="html")
    html = message.get_payload()[1]
    for number, (kind, content) in enumerate(images, 1):
        subtype = "svg+xml" if kind == "svg" else kind
        html.add_related(content, "image", subtype, cid=f"<figure{number}@dateline>")
    for table in sorted((run / "data").glob("*.csv")):
        message.add_attachment(table.read_bytes(), "text", "csv", filename=table.name)
    return message.as_bytes()
