import json
import re

import pytest
from bs4 import BeautifulSoup
from dateline.report.pages import describe_status, render_report
from report_project import make_notebook

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'
MANIFEST = {
    "report": "small",
    "status": "ok",
    "error": None,
    "started_at": "2025-03-11T06:15:00+00:00",
    "run": "20250311T061500Z-12345678",
    "versions": {"dateline": "0.1.0"},
    "parameters": {"outlet": HOSTILE, "top_n": 5, "places": []},
    "given": ["outlet"],
    "declared": {"outlet": HOSTILE, "top_n": "rows"},
    "command": "dateline report small",
    "inputs": {"corpus": {"path": HOSTILE, "files": 1}},
    "corpus": {
        "articles": 1234,
        "words": 1,
        "first_on": "2025-01-02",
        "last_on": "2025-12-30",
        "problems": 2,
    },
    "tables": {"terms": {"key": ["term"], "rows": 1}},
    "changes": {
        "since": HOSTILE,
        "lines": [{"table": HOSTILE, "texts": [HOSTILE]}],
        "also": HOSTILE,
    },
    "warnings": [HOSTILE],
}
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def output(**data):
    metadata = data.pop("metadata", {})
    data = {kind.replace("_", "/").replace("svg/", "svg+"): value for kind, value in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": metadata}


@pytest.fixture
def page(tmp_path):
    def render(*outputs, cells=("# ## First", "x = 1", "# ## Second"), **changed):
        notebook = make_notebook(*cells)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        code[-1]["outputs"] = list(outputs)
        path = tmp_path / "report.ipynb"
        path.write_text(json.dumps(notebook), "utf-8")
        return render_report(path, MANIFEST | changed)

    return render


def test_the_page_has_a_title_a_language_and_contents_that_lead_somewhere(page):
    soup = BeautifulSoup(page(), "html.parser")
    assert (soup.title.string, soup.html["lang"]) == ("A small report", "en")
    links = [a["href"].removeprefix("#") for a in soup.select("nav a")]
    assert [soup.find(id=link).get_text() for link in links] == ["First", "Second"]
    assert [h.get_text() for h in soup.select("h1")] == ["A small report"]


def test_two_headings_of_one_name_have_two_ids(page):
    soup = BeautifulSoup(page(cells=("# ## Tide", "x = 1", "# ## Tide")), "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert [a["href"] for a in soup.select("nav a")] == ["#tide", "#tide-2"]


def test_no_code_is_shown(page):
    assert "x = 1" not in page()
    assert "top_n: int" not in page()


def test_the_page_asks_for_nothing_and_runs_nothing(page):
    text = page(output(image_png=PIXEL))
    soup = BeautifulSoup(text, "html.parser")
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert soup.find(["script", "link", "iframe"]) is None
    assert re.findall(r'(?:src|href)="https?://|url\(|@import', text) == []


def test_facts_parameters_and_changes_are_escaped(page):
    soup = BeautifulSoup(page(), "html.parser")
    assert soup.find("script") is None and soup.find("img") is None
    assert soup.aside.get_text().count("alert(1)") == 2 * 8


def test_the_facts_are_in_words(page):
    facts = BeautifulSoup(page(), "html.parser").dl.get_text("|", strip=True)
    assert "Made|11 Mar 2025, 06:15 UTC" in facts
    assert "Articles|1,234|Words|1|Dated|2 Jan 2025 to 30 Dec 2025" in facts


@pytest.mark.parametrize("place", ["image/png", None])
def test_a_figure_has_its_words(page, place):
    words = {"alt": 'Bars: "tide" leads', "caption": "All <articles>."}
    shown = output(image_png=PIXEL, metadata={place: words} if place else words)
    figure = BeautifulSoup(page(shown), "html.parser").figure
    assert figure.img["alt"] == 'Bars: "tide" leads'
    assert figure.figcaption.get_text() == "All <articles>."
    assert figure.img["src"].startswith("data:image/png;base64,iVBOR")


def test_no_alternative_text_is_made_up(page):
    assert "No description has been provided" not in page(output(image_png=PIXEL))


def test_an_svg_is_a_picture_that_cannot_run(page):
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    soup = BeautifulSoup(page(output(image_svg_xml=svg)), "html.parser")
    assert soup.find("script") is None
    assert soup.figure.img["src"].startswith("data:image/svg+xml;base64,")


TABLE = """<div><style scoped>.dataframe {}</style><table border="1" class="dataframe">
<thead><tr style="text-align: right;"><th></th><th>term</th><th>n</th></tr></thead>
<tbody><tr><th>0</th><td>tide</td><td>1,200</td></tr><tr><th>1</th><td>7</td><td>–</td></tr></tbody>
</table></div>"""


def test_a_table_of_pandas_reads_well(page):
    soup = BeautifulSoup(page(output(text_html=TABLE)), "html.parser")
    table = soup.select_one("div.output table")
    assert soup.find("style", {"scoped": True}) is None
    assert table.thead.find("td") is not None and "" not in [th.text for th in table("th")]
    numbers = [cell.text for cell in table.select(".number")]
    assert numbers == ["n", "1,200", "–"]
    assert table.parent["aria-label"] == "First" and table.parent["tabindex"] == "0"


def test_markdown_that_code_shows_is_part_of_the_contents(page):
    soup = BeautifulSoup(page(output(text_markdown="### By *code*\n\n- one")), "html.parser")
    assert [a.text for a in soup.select("nav a")] == ["First", "By code", "Second"]


def test_what_a_cell_prints_is_text(page):
    printed = {"output_type": "stream", "name": "stdout", "text": "<b>tide</b>"}
    assert BeautifulSoup(page(printed), "html.parser").pre.text == "<b>tide</b>"


def test_noise_on_standard_error_is_a_warning_not_a_result(page):
    noise = {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning: old"}
    assert "DeprecationWarning" not in page(noise)


def test_the_same_run_gives_the_same_bytes(page):
    shown = output(text_html=TABLE)
    assert page(shown) == page(shown)


def test_the_process_is_left_out_of_a_warning(page):
    warning = "/tmp/ipykernel_4711/1234567.py:1: UserWarning: low tide"
    assert "the cell:1: UserWarning: low tide" in page(warnings=[warning])


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        ("ok", None, "made"),
        ("failed", {"cell": 4, "heading": "Sums", "line": 2, "message": "KeyError: 'n'\nmore"},
         "failed in cell 4 (“Sums”), line 2: KeyError: 'n'"),
        ("cancelled", {"cell": None, "message": "the run was told to stop"},
         "cancelled: the run was told to stop"),
    ],
)  # fmt: skip
def test_a_status_is_one_line(status, error, words):
    assert describe_status({"status": status, "error": error}) == words
