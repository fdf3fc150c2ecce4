"""The pages as a reader has them: in Chromium, from file://, with the network watched."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
from report_project import add_notebook, make_project, run_dateline

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
AXE = Path(find_spec("axe_playwright_python").submodule_search_locations[0]) / "axe.min.js"
PAGES = ("term_frequency", "quote_attribution", "index", "failed")
LOOKS = {
    "wide": {"viewport": {"width": 1360, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "dark"},
}


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Both reports on the shipped corpus, a failed one, and the index over them."""
    reports = tmp_path_factory.mktemp("browser") / "reports"
    for _ in range(2):  # the second has something to compare with
        done = run_dateline(ROOT, "report", "--out", reports)
        assert done.returncode == 0, done.stderr
    project = make_project(tmp_path_factory.mktemp("failed") / "project")
    add_notebook(project, "failed", ["# ## Sums", "1 / 0"])
    assert run_dateline(project, "report", "--out", reports).returncode == 1
    found = {name: reports / name / "latest" / "report.html" for name in PAGES[:2]}
    (failed,) = (reports / "failed").glob("[0-9]*/report.html")
    return found | {"index": reports / "index.html", "failed": failed}


@pytest.fixture
def visit(browser, pages):
    """Open a page; give it with everything that it asked for and complained of."""
    contexts = []

    def open_page(name, **how):
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(pages[name].as_uri())
        page.wait_for_load_state("load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself(visit, pages, name):
    page = visit(name)
    assert [url for url in page.asked if not url.startswith("data:")] == [pages[name].as_uri()]
    assert page.complaints == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(visit, name, look):
    page = visit(name, bypass_csp=True, **LOOKS[look])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.add_script_tag(path=AXE)
    faults = page.evaluate("axe.run().then(found => found.violations)")
    told = [(f["id"], [n["html"][:200] for n in f["nodes"][:3]]) for f in faults]
    assert told == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_not_wider_than_a_phone(visit, name):
    page = visit(name, **LOOKS["phone"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_without_script(visit, name):
    page = visit(name, java_script_enabled=False)
    assert page.locator("h1").inner_text()
    assert page.locator("input, button").count() == 0


@pytest.mark.parametrize("name", PAGES[:2])
def test_a_usual_report_is_small_and_its_figures_are_described(visit, pages, name):
    page = visit(name)
    figures = page.locator("figure img").all()
    assert len(figures) >= 3
    assert all(len(figure.get_attribute("alt")) > 20 for figure in figures)
    assert pages[name].stat().st_size < 400_000


@pytest.mark.parametrize("name", PAGES[:2])
def test_every_entry_of_the_contents_leads_to_its_heading(visit, name):
    page = visit(name)
    links = page.locator("nav.toc a").all()
    assert len(links) >= 5
    for link in links:
        target = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
        assert target.inner_text() == link.inner_text()


def test_the_index_leads_to_every_report(visit, pages):
    page = visit("index")
    for link in page.locator("a").all():
        assert (pages["index"].parent / link.get_attribute("href")).is_file()


def test_the_index_is_searched_and_sorted(visit):
    page = visit("index")
    rows = page.locator("#all tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Search").fill("quote_attribution ok")
    assert rows.count() == 2
    assert page.get_by_role("status").inner_text().strip() == f"2 of {everything} runs"
    page.get_by_label("Search").fill("")
    page.get_by_role("button", name="Report").click()
    names = [row.locator("td").nth(1).inner_text() for row in rows.all()]
    assert names == sorted(names) and len(names) == everything
    page.get_by_role("button", name="Report").click()
    assert rows.first.locator("td").nth(1).inner_text() == "term_frequency"


def test_a_pdf_is_printed_where_asked_for(tmp_path):
    project = make_project(tmp_path / "project", small=["# ## Tide", "print('ebb')"])
    done = run_dateline(project, "report", "--pdf")
    assert done.returncode == 0, done.stderr
    pdf = project / "reports" / "small" / "latest" / "report.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
        assert "ebb" in text.stdout
