"""From executed notebooks and manifests to pages that need no network: reports and their index."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.report import store
from dateline.report.parameters import to_word
from dateline.tabular import replaced

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

TEMPLATE = Path(__file__).parent / "template"
# The first of these that an output holds is shown; scripts and widgets never.
_PRIORITY = "text/html text/markdown image/svg+xml image/png image/jpeg text/latex text/plain"
_NUMBER = re.compile(r"[-−+]?[\d,. ]*\d(\.\d+)?( ?%)?|[–—-]?")
_PROCESS = re.compile(r"/\S*/ipykernel_\d+/\d+\.py")  # differs from run to run
_WORDS = {"ok": "made", "timeout": "out of time", "kernel_died": "the kernel died"}
_LAST = 30  # runs in the small chart of durations


def render_report(notebook: Path, manifest: dict) -> str:
    """Make the page of a run, with a table of contents and its facts after the first cell.

    It shows nothing that is not in the executed notebook or the manifest of its run: the same
    two give the same bytes.
    """
    import nbformat
    from bs4 import BeautifulSoup
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    cells = nbformat.read(notebook, as_version=4)
    cells.metadata.pop("widgets", None)
    page = {
        "title": find_title(cells, manifest["report"]),
        "language": cells.metadata.get("language", "en"),
        "day": _format_day(datetime.fromisoformat(manifest["started_at"])),
        "version": manifest["versions"]["dateline"],
        "run": manifest["run"],
    }
    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": _PRIORITY.split()}}),
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_anchor_links=True,
        language_code=page["language"],
    )
    text, _ = exporter.from_notebook_node(cells, resources={"page": page})
    soup = BeautifulSoup(text, "html.parser")
    main = soup.select("main")[0]
    _tidy_tables(soup)
    if not soup.h1:
        main.insert(0, soup.new_tag("h1", string=page["title"]))
    title = soup.select("h1")[0]
    extra = _render_run(manifest) + _number_headings(main)
    (title.find_parent("section") or title).insert_after(BeautifulSoup(extra, "html.parser"))
    return f"{soup}\n"


def find_title(notebook: dict, name: str) -> str:
    """The notebook's own title: from its metadata, its first heading, or its name."""
    if title := notebook["metadata"].get("title"):
        return title
    for cell in notebook["cells"]:
        heading = re.search(r"^# +(.+)$", "".join(cell["source"]), re.MULTILINE)
        if cell["cell_type"] == "markdown" and heading:
            return heading[1].strip()
    return name.replace("_", " ").capitalize()


def _tidy_tables(soup: BeautifulSoup) -> None:
    """What pandas writes, as assistive technology wants it."""
    for style in soup.select("style[scoped]"):
        style.decompose()
    for text in soup.select("pre"):
        text["tabindex"] = "0"
    for table in soup.select("div.output table"):
        del table["border"]
        for row in table.select("thead tr"):
            row.attrs.pop("style", None)
        for corner in table.select("thead th"):
            if not corner.get_text(strip=True):
                corner.name = "td"
        _align_numbers(table)
        caption = table.find("caption") or table.find_previous(["h2", "h3"])
        label = caption.get_text(" ", strip=True) if caption else "Table"
        region = table.find_parent(class_="scroll")
        region = region or table.wrap(soup.new_tag("div", attrs={"class": "scroll"}))
        # A region that scrolls must be reached by keyboard, and have a name.
        region.attrs |= {"tabindex": "0", "role": "group", "aria-label": label}


def _align_numbers(table: Tag) -> None:
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.select("tbody tr")]
    heads = [row.find_all(["td", "th"], recursive=False) for row in table.select("thead tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows + heads for cell in row):
        return
    for index, column in enumerate(zip(*rows, strict=False)):
        texts = [cell.get_text(strip=True) for cell in column if cell.name == "td"]
        if any(texts) and all(map(_NUMBER.fullmatch, texts)):
            for cell in [*column, *(head[index] for head in heads if index < len(head))]:
                cell["class"] = [*cell.get("class", []), "number"]


def _number_headings(main: Tag) -> str:
    """Give each heading an id of its own, and list them."""
    from markupsafe import escape

    taken, lines = {"changes"}, []
    for heading in main.select("h1, h2, h3"):
        words = heading.get_text(" ", strip=True)
        anchor = base = re.sub(r"\W+", "-", words.lower()).strip("-") or "part"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        heading["id"] = anchor
        if heading.name != "h1":
            line = f'<li class="{heading.name}"><a href="#{anchor}">{escape(words)}</a></li>'
            lines.append(line)
    if len(lines) < 2:
        return ""
    listed = f"<h2>Contents</h2><ol>{''.join(lines)}</ol>"
    return f'<nav class="toc" aria-label="Contents">{listed}</nav>'


def _render(template: str, **values: object) -> str:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True)
    environment.filters["word"] = to_word
    return environment.get_template(template).render(**values)


def _render_run(manifest: dict) -> str:
    made = datetime.fromisoformat(manifest["started_at"])
    facts = [("Made", f"{made.day} {made:%b %Y, %H:%M} UTC")]
    for name, entry in manifest["inputs"].items():
        files = f"{entry['files']:,} file" + "s" * (entry["files"] != 1)
        facts.append((name.replace("_", " ").capitalize(), f"{entry['path']} ({files})"))
    shown = manifest | {
        "message": describe_status(manifest),
        "facts": facts + _describe_corpus(manifest["corpus"]),
        "warnings": [_PROCESS.sub("the cell", line) for line in manifest["warnings"]],
    }
    return _render("run.html.j2", **shown)


def describe_status(manifest: dict) -> str:
    """Say in one line how a run went, and where it stopped."""
    error, status = manifest["error"] or {}, manifest["status"]
    words = _WORDS.get(status, status.replace("_", " "))
    if error.get("cell"):
        words += f" in cell {error['cell']}"
        words += f" (“{error['heading']}”)" if error.get("heading") else ""
        words += f", line {error['line']}" if error.get("line") else ""
    message = f": {error['message'].strip().splitlines()[0][:300]}" if error.get("message") else ""
    return words + message


def _describe_corpus(corpus: dict) -> list[tuple[str, str]]:
    days = [date.fromisoformat(corpus[k]) for k in ("first_on", "last_on") if corpus.get(k)]
    facts = [(k.capitalize(), f"{corpus[k]:,}") for k in ("articles", "words") if k in corpus]
    if days:
        words = dict.fromkeys(f"{day.day} {day:%b %Y}" for day in days)
        facts.append(("Dated", " to ".join(words)))
    if corpus.get("problems"):
        facts.append(("Not read, or doubtful", f"{corpus['problems']:,}"))
    return facts


def _format_day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def write_index(reports: Path) -> Path:
    """Rebuild `index.html` from the manifests, whole and one process at a time."""
    page = reports / "index.html"
    with store.locked(reports / ".index.lock", wait=True), replaced(page) as staged:
        staged.write_text(render_index(store.read_manifests(reports)), "utf-8", newline="\n")
    return page


def render_index(manifests: list[dict]) -> str:
    """Make the page from manifests, oldest first: the newest of each report, then all runs."""
    script = (TEMPLATE / "runs.js").read_text("utf-8")
    rows = [_make_row(manifest) for manifest in reversed(manifests)]
    names = sorted({row["report"] for row in rows})
    return _render(
        "runs.html.j2",
        css=(TEMPLATE / "report.css").read_text("utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        newest=[_make_card([row for row in rows if row["report"] == name]) for name in names],
        rows=rows,
    )


def _make_row(manifest: dict) -> dict:
    made = datetime.fromisoformat(manifest["started_at"])
    took = datetime.fromisoformat(manifest["finished_at"]) - made
    given = [f"{name}={to_word(manifest['parameters'][name])}" for name in manifest["given"]]
    return {name: manifest[name] for name in ("report", "title", "status", "changes")} | {
        "folder": f"{manifest['report']}/{manifest['run']}",
        "message": "" if manifest["status"] == "ok" else describe_status(manifest),
        "parameters": ", ".join(given),
        "day": _format_day(made),
        "time": f"{made:%H:%M}",
        "sort": made.timestamp(),
        "seconds": took.total_seconds(),
        "kilobytes": sum(output["bytes"] for output in manifest["outputs"].values()) // 1000,
        "corpus": _describe_corpus(manifest["corpus"]),
    }


def _make_card(rows: list[dict]) -> dict:
    """The newest run of a report that is ok, and how long the last ones took."""
    good = [row for row in rows if row["status"] == "ok"]
    times = [row["seconds"] for row in good[:_LAST][::-1]]
    points = [f"{4 * x},{22 - 20 * y / max(*times, 1):.1f}" for x, y in enumerate(times)]
    chart = {"points": " ".join(points), "width": 4 * len(times)}
    return {"good": next(iter(good), None), "newest": rows[0]} | chart
