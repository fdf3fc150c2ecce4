"""From an executed notebook and its run to one page that needs no network and no script."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

TEMPLATE = Path(__file__).parent / "template"
_PRIORITY = [
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
]
_NUMBER = re.compile(r"[-−+]?[\d,. ]*\d(\.\d+)?( ?%)?|[–—-]?")
_PROCESS = re.compile(r"/\S*/ipykernel_\d+/\d+\.py")  # differs from run to run


def render_report(notebook: Path, manifest: dict) -> str:
    """Make the page of a run.

    Args:
        notebook: The executed notebook.
        manifest: Of its run; the page shows nothing that is not in the notebook or here, so
            the same two give the same bytes.

    Returns:
        HTML with a title, a table of contents and the run's facts after the first cell.
    """
    import nbformat
    from bs4 import BeautifulSoup
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    cells = nbformat.read(notebook, as_version=4)
    cells.metadata.pop("widgets", None)
    title = find_title(cells, manifest["report"])
    language = cells.metadata.get("language", "en")
    exporter = HTMLExporter(
        config=Config({"NbConvertBase": {"display_data_priority": _PRIORITY}}),
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_anchor_links=True,
        language_code=language,
    )
    resources = {"page": {"title": title, "language": language}}
    page, _ = exporter.from_notebook_node(cells, resources=resources)
    soup = BeautifulSoup(page, "html.parser")
    _tidy_tables(soup)
    _frame_page(soup, title, manifest)
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
        for corner in table.select("thead th"):
            if not corner.get_text(strip=True):
                corner.name = "td"
            corner.parent.attrs.pop("style", None)
        _align_numbers(table)
        caption = table.find("caption") or table.find_previous(["h2", "h3"])
        label = caption.get_text(" ", strip=True) if caption else "Table"
        if not table.find_parent(class_="scroll"):
            table.wrap(soup.new_tag("div", attrs={"class": "scroll"}))
        # A region that scrolls must be reached by keyboard, and have a name.
        table.find_parent(class_="scroll").attrs |= {
            "tabindex": "0",
            "role": "group",
            "aria-label": label,
        }


def _align_numbers(table: Tag) -> None:
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.select("tbody tr")]
    heads = [row.find_all(["td", "th"], recursive=False) for row in table.select("thead tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows + heads for cell in row):
        return
    for column in zip(*rows, strict=False):
        texts = [cell.get_text(strip=True) for cell in column if cell.name == "td"]
        if any(texts) and all(map(_NUMBER.fullmatch, texts)):
            index = rows[0].index(column[0])
            for cell in [*column, *(head[index] for head in heads if index < len(head))]:
                cell["class"] = [*cell.get("class", []), "number"]


def _frame_page(soup: BeautifulSoup, title: str, manifest: dict) -> None:
    """Put the masthead, the run's facts and the table of contents around the cells."""
    main, body = soup.new_tag("main"), soup.body
    for child in list(body.contents):
        main.append(child.extract())
    made = datetime.fromisoformat(manifest["started_at"])
    masthead = f"<header class=masthead><p><b>Dateline</b><span>{format_day(made)}</span></p>"
    body.append(_parse(masthead + "</header>"))
    body.append(main)
    if not main.find("h1"):
        main.insert(0, soup.new_tag("h1", string=title))
    contents = _number_headings(soup, main)
    first = main.find("h1").find_parent("section") or main.find("h1")
    first.insert_after(_parse(_render_run(manifest) + contents))
    end = f"<footer class=colophon><p>Made by Dateline {manifest['versions']['dateline']} · "
    body.append(_parse(f"{end}run {manifest['run']}</p></footer>"))


def _parse(html: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "html.parser")


def _number_headings(soup: BeautifulSoup, main: Tag) -> str:
    """Give each heading an id of its own, and list them."""
    from markupsafe import escape

    taken, lines = {"changes"}, []
    for heading in main.select("h1, h2, h3"):
        words = heading.get_text(" ", strip=True)
        base = re.sub(r"\W+", "-", words.lower()).strip("-") or "part"
        anchor = next(
            a for n in range(1, 9999) if (a := f"{base}-{n}" if n > 1 else base) not in taken
        )
        taken.add(anchor)
        heading["id"] = anchor
        if heading.name != "h1":
            line = f'<li class="{heading.name}"><a href="#{anchor}">{escape(words)}</a></li>'
            lines.append(line)
    if len(lines) < 2:
        return ""
    return (
        f'<nav class="toc" aria-label="Contents"><h2>Contents</h2><ol>{"".join(lines)}</ol></nav>'
    )


def _render_run(manifest: dict) -> str:
    from jinja2 import Environment, FileSystemLoader

    page = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template(
        "run.html.j2"
    )
    declared = manifest["declared"]
    parameters = [
        {
            "name": name,
            "value": _show(value),
            "help": declared.get(name, ""),
            "given": name in manifest["given"],
        }
        for name, value in manifest["parameters"].items()
    ]
    tables = [{"name": name} | table for name, table in manifest["tables"].items()]
    return page.render(
        error=_describe_error(manifest),
        facts=list_facts(manifest),
        changes=manifest["changes"],
        parameters=parameters,
        command=manifest["command"],
        tables=tables,
        warnings=[_PROCESS.sub("the cell", line) for line in manifest["warnings"]],
    )


def _show(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "(none)"
    return {None: "(none)", True: "yes", False: "no"}.get(value, str(value))


def _describe_error(manifest: dict) -> dict | None:
    error, words = manifest["error"], describe_status(manifest)
    return error and {
        "text": f"{words[0].upper()}{words[1:]}.",
        "traceback": "\n".join(error.get("traceback") or []),
    }


def describe_status(manifest: dict) -> str:
    """Say in one line how a run went, and where it stopped."""
    error = manifest["error"] or {}
    words = {
        "ok": "made",
        "failed": "failed",
        "cannot_write": "cannot write",
        "timeout": "out of time",
        "kernel_died": "the kernel died",
        "cancelled": "cancelled",
    }[manifest["status"]]
    place = ""
    if error.get("cell"):
        heading = f" (“{error['heading']}”)" if error.get("heading") else ""
        line = f", line {error['line']}" if error.get("line") else ""
        place = f" in cell {error['cell']}{heading}{line}"
    message = f": {error['message'].strip().splitlines()[0][:300]}" if error.get("message") else ""
    return f"{words}{place}{message}"


def list_facts(manifest: dict) -> list[tuple[str, str]]:
    """When a report was made and what it read, in words."""
    made = datetime.fromisoformat(manifest["started_at"])
    facts = [("Made", f"{made.day} {made:%b %Y, %H:%M} UTC")]
    for name, entry in manifest["inputs"].items():
        files = f"{entry['files']:,} file" + "s" * (entry["files"] != 1)
        facts.append((name.replace("_", " ").capitalize(), f"{entry['path']} ({files})"))
    return facts + describe_corpus(manifest["corpus"])


def describe_corpus(corpus: dict) -> list[tuple[str, str]]:
    """The facts of a corpus in words: articles, words, days, problems."""
    days = [date.fromisoformat(corpus[k]) for k in ("first_on", "last_on") if corpus.get(k)]
    facts = [(k.capitalize(), f"{corpus[k]:,}") for k in ("articles", "words") if k in corpus]
    if days:
        facts.append(
            ("Dated", " to ".join(dict.fromkeys(f"{day.day} {day:%b %Y}" for day in days)))
        )
    if corpus.get("problems"):
        facts.append(("Not read, or doubtful", f"{corpus['problems']:,}"))
    return facts


def format_day(moment: date) -> str:
    """A day as a reader writes it."""
    return f"{moment.day} {moment:%B %Y}"
