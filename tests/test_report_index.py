import json
import time

import pytest
from bs4 import BeautifulSoup
from dateline.report.pages import render_index, write_index
from report_project import limit

HOSTILE = '<script>alert("tide")</script>'


def make_manifest(number, **changed):
    day = f"2025-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
    return {
        "report": ("terms", "quotes")[number % 2],
        "title": "What do they say?",
        "run": f"{day.replace('-', '')}T061500Z-{number:08d}",
        "status": "ok",
        "error": None,
        "parameters": {"outlet": "Quay Post", "top_n": 5},
        "given": ["outlet"],
        "started_at": f"{day}T06:15:00+00:00",
        "finished_at": f"{day}T06:15:09+00:00",
        "outputs": {"report.html": {"bytes": 200_000}},
        "corpus": {"articles": 31, "words": 8706},
        "changes": {"since": "Since then:", "lines": [], "also": ""},
    } | changed


def test_a_thousand_runs_are_listed_in_a_second_and_half_a_megabyte(tmp_path):
    for number in range(1000):
        manifest = make_manifest(number)
        run = tmp_path / manifest["report"] / manifest["run"]
        run.mkdir(parents=True)
        (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    began = time.perf_counter()
    page = write_index(tmp_path)
    assert time.perf_counter() - began < limit(1)
    assert page.stat().st_size < 500_000
    rows = BeautifulSoup(page.read_text("utf-8"), "html.parser").select("#all tbody tr")
    assert len(rows) == 1000


def test_the_newest_is_first_and_each_row_leads_to_its_page():
    soup = BeautifulSoup(render_index([make_manifest(0), make_manifest(2)]), "html.parser")
    assert [a["href"] for a in soup.select("#all a")] == [
        "terms/20250103T061500Z-00000002/report.html",
        "terms/20250101T061500Z-00000000/report.html",
    ]


def test_a_failed_run_is_told_beside_the_good_one_that_stands():
    failed = make_manifest(2, status="failed", error={"cell": 3, "message": "KeyError: 'n'"})
    card = BeautifulSoup(render_index([make_manifest(0), failed]), "html.parser").article
    assert card.h2.a["href"].startswith("terms/20250101")
    assert "is not complete: failed in cell 3: KeyError: 'n'." in card.get_text()


@pytest.mark.parametrize("field", ["title", "status_message", "parameters"])
def test_what_comes_from_outside_is_escaped(field):
    changed = {
        "title": {"title": HOSTILE},
        "status_message": {"status": "failed", "error": {"message": HOSTILE}},
        "parameters": {"parameters": {"outlet": HOSTILE}},
    }[field]
    soup = BeautifulSoup(render_index([make_manifest(0, **changed)]), "html.parser")
    assert len(soup.find_all("script")) == 1
    assert HOSTILE in soup.get_text() or HOSTILE in str([t.get("title") for t in soup("td")])


def test_only_its_own_script_may_run():
    soup = BeautifulSoup(render_index([make_manifest(0)]), "html.parser")
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "script-src 'sha256-" in policy and "unsafe-inline" not in policy.split("script-src")[1]


def test_without_runs_it_says_how_to_make_one():
    assert "No report has been made yet" in render_index([])
