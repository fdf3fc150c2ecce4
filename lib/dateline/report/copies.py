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
_IMAGE = re.compile(r'src="data:image/([a-z]+(?:\+xml)?);base64,([^"]+)"')


def find_browser() -> str:
    """The Chromium of this machine; ValueError where there is none."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        raise ValueError("a PDF needs Chromium or Chrome (apt install chromium)")
    return found


def print_pdf(run: Path) -> None:
    """Write report.pdf as Chromium prints the page; OSError where it fails."""
    page, pdf = run / "report.html", run / "report.pdf"
    with tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        flags += [f"--user-data-dir={profile}", "--no-pdf-header-footer"]
        command = [find_browser(), *flags, f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        except subprocess.TimeoutExpired as error:
            raise OSError("Chromium took longer than 120 seconds for the PDF") from error
    if not pdf.exists():
        raise OSError(f"Chromium made no PDF: {done.stderr.strip()[-300:]}")


def write_message(run: Path, manifest: dict) -> None:
    """Write report.eml: text, the page with its figures inside, the tables attached.

    Mail programs do not show figures given as data: addresses, so they travel as parts.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{manifest['title']}, {manifest['started_at'][:10]}"
    changes = (manifest["changes"] or {}).get("lines", [])
    lines = [f"{line['table']}: {text}" for line in changes for text in line["texts"]]
    message.set_content("\n".join([manifest["title"], "", *lines, "", manifest["command"], ""]))
    page = (run / "report.html").read_text("utf-8")
    images = _IMAGE.findall(page)
    numbers = iter(range(len(images)))
    page = _IMAGE.sub(lambda _: f'src="cid:figure{next(numbers)}@dateline"', page)
    message.add_alternative(page, subtype="html")
    html = message.get_payload()[1]
    for number, (kind, content) in enumerate(images):
        picture, cid = base64.b64decode(content), f"<figure{number}@dateline>"
        html.add_related(picture, "image", kind, cid=cid)
    for table in sorted((run / "data").glob("*.csv")):
        message.add_attachment(table.read_bytes(), "text", "csv", filename=table.name)
    (run / "report.eml").write_bytes(message.as_bytes())
