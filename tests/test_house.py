"""What holds for the whole house: who may import whom, what is heavy, how long things are."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from dateline.frames import SCHEMAS, frames_markdown

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "dateline"
MODULES = sorted(LIBRARY.rglob("*.py"))

# A room imports from rooms of lower rank only; rooms of one rank know nothing of each other.
RANK = {
    "wordlists": 0,
    "words": 1,
    "method": 0,
    "tabular": 0,
    "conversion": 1,
    "frames": 2,
    "read": 3,
    "terms": 4,
    "quotations": 4,
    "attribution": 5,
    "speakers": 6,
    "evaluation": 7,
    "show": 8,
    "report": 9,
    "fetch": 9,
    "inputs": 10,
    "cli": 11,
    "__main__": 12,
}
# Rooms whose modules each have a test file of their own, and the modules that another one holds.
MIRRORED = ("read", "quotations", "attribution", "speakers", "evaluation", "terms", "show", "fetch")
HELD_BY = {
    "read/forms/bundles/packed": "forms_archive",
    "read/forms/rich_text": "forms_document",  # and by the exports in RTF
    "read/forms/exports/nexis_article": "forms_nexis",
    "read/forms/web/page_body": "forms_page",
    "read/forms/web/page_furniture": "forms_page",
    "read/forms/web/page_metadata": "forms_page",
    "read/forms/tables/table_columns": "forms_row_files",
    "read/intake/reader": "read_intake_serve",  # the two ends of one pipe
    "read/plain/shapes": "read_metadata_stated",  # the patterns that metadata are read by
    "read/reprints/links": "read_reprints_clusters",  # what clusters are made of
    "read/reprints/round_ups": "read_reprints_clusters",
    "show/drawing": "show_charts",  # what all figures share
    "show/in_context": "show_tables",
    "show/vocabulary/keywords": "show_tables",
    "show/outlets": "show_tables",
    "show/speaker_charts": "show_charts",
    "show/speaker_tables": "show_tables",
    "show/table": "show_tables",
    "show/vocabulary/keyness_charts": "show_charts",
    "show/vocabulary/term_charts": "show_charts",
    "show/vocabulary/time_charts": "show_charts",
    "speakers/rules/by_documents": "speakers_rules",
    "speakers/rules/by_names": "speakers_rules",  # the rules are one list, tried in its order
    "speakers/rules/by_phrases": "speakers_rules",
    "speakers/rules/by_pronouns": "speakers_rules",
    "terms/cells": "terms_counts",  # what all counts are made of
    "terms/tokenise/english": "terms_tokenise_folding",
    "terms/periods": "terms_counts",
    "terms/trends": "terms_counts",
    "evaluation/match": "evaluation_evaluate",  # what figures are counted from
    "evaluation/standoff": "evaluation_exchange",  # both are ways out of the house and back
}
# What only one room may use, and what none may import at its top: each costs 0.2 to 3 seconds.
HOME_OF = {"matplotlib": {"show"}, "papermill": {"report"}, "spacy": {"attribution"}}
# Reading never touches the network, nor does anything else but what was made for it.
HOME_OF |= {name: {"fetch"} for name in ("urllib.request", "http", "socket", "ssl", "ftplib")}
CHARTS = {"drawing", "keyness_charts", "speaker_charts", "term_charts", "time_charts"}  # what draws
HEAVY = {
    "spacy",
    "nltk",
    "matplotlib",
    "papermill",
    "nbconvert",
    "nbclient",
    "nbformat",
    "scipy.stats",
    "sklearn",
    "itables",
    "ipywidgets",
    "IPython",
    "dask",
    "distributed",
}


def name_of(path):
    return str(path.relative_to(LIBRARY))


def room_of(path):
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def list_imports(nodes, path):
    """The dotted names that some statements import."""
    package = ["dateline", *path.relative_to(LIBRARY).parent.parts]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def list_top_statements(tree):
    """What runs when a module is imported: all but the bodies of functions and typing blocks."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [
                child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)
            ]


@pytest.fixture(scope="module")
def trees():
    return {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def test_imports_run_one_way(trees):
    wrong = []
    for path, tree in trees.items():
        room = room_of(path)
        if room == "__init__":
            continue
        for imported in list_imports(ast.walk(tree), path):
            parts = imported.split(".")
            if parts[0] != "dateline" or len(parts) < 2 or parts[1] not in RANK:
                continue
            if parts[1] != room and RANK[parts[1]] >= RANK[room]:
                wrong.append(f"{name_of(path)} imports {imported}")
    assert wrong == []


def test_every_room_has_its_place():
    assert {room_of(path) for path in MODULES} - {"__init__"} <= set(RANK)


def test_heavy_packages_are_imported_where_they_are_used(trees):
    wrong = [
        f"{name_of(path)} imports {imported}"
        for path, tree in trees.items()
        for imported in list_imports(list_top_statements(tree), path)
        if any(imported == heavy or imported.startswith(f"{heavy}.") for heavy in HEAVY)
        and path.stem not in CHARTS
    ]
    assert wrong == []


def test_one_room_only_draws_one_runs_notebooks_and_one_uses_the_network(trees):
    wrong = [
        f"{name_of(path)} imports {imported}"
        for path, tree in trees.items()
        for imported in list_imports(ast.walk(tree), path)
        for package, homes in HOME_OF.items()
        if f"{imported}.".startswith(f"{package}.") and room_of(path) not in homes
    ]
    assert wrong == []


def test_importing_dateline_is_quick_and_loads_nothing():
    code = (
        "import sys, time; before = set(sys.modules); started = time.perf_counter(); "
        "import dateline; seconds = time.perf_counter() - started; "
        "print(seconds, *{m.partition('.')[0] for m in set(sys.modules) - before})"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    figures = [run.stdout.split() for run in runs]
    assert min(float(seconds) for seconds, *_ in figures) < 0.15
    assert not {"pandas", "numpy", "spacy", "matplotlib"} & set(figures[0])


def test_nothing_is_evaluated_or_executed(trees):
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("eval", "exec", "__import__")
    ]
    assert wrong == []


def test_no_function_is_longer_than_60_lines(trees):
    wrong = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                has_docstring = ast.get_docstring(node) is not None
                first = node.body[1 if has_docstring and len(node.body) > 1 else 0].lineno
                if node.end_lineno - first + 1 > 60:
                    wrong.append(f"{name_of(path)}: {node.name}")
    assert wrong == []


def test_no_file_is_longer_than_350_lines():
    # Examples in docstrings are for the reader of `help`, and do not make a module larger.
    example = re.compile(r"\n    +Example:\n.*?(?=\"\"\")", re.DOTALL)
    texts = {name_of(path): example.sub("", path.read_text("utf-8")) for path in MODULES}
    lengths = {name: len(text.splitlines()) for name, text in texts.items()}
    lengths.pop("frames.py")  # the data dictionary is one table, which grows with its columns
    assert {name: n for name, n in lengths.items() if n > 350} == {}


def test_no_module_has_a_name_for_everything():
    assert {path.stem for path in MODULES} & {"utils", "util", "helpers", "common", "misc"} == set()


def test_a_room_has_at_most_ten_modules():
    rooms = Counter(path.parent for path in MODULES if path.stem != "__init__")
    assert {name_of(room): n for room, n in rooms.items() if n > 10} == {}


def test_no_two_modules_have_one_name():
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    rooms = Counter(path.name for path in LIBRARY.rglob("*") if path.is_dir())
    assert [name for name, n in (names + rooms).items() if n > 1 and name != "__pycache__"] == []


def test_each_module_says_in_one_line_what_it_does(trees):
    wrong = []
    for path, tree in trees.items():
        first, *rest = (ast.get_docstring(tree) or "").splitlines() or [""]
        if not re.fullmatch(r"[A-Z`].{10,}\.", first) or (rest and rest[0]):
            wrong.append(f"{name_of(path)}: {first}")
    assert wrong == []


def test_each_module_has_a_test_file_of_its_name_or_is_held_by_another():
    tests = {path.stem.removeprefix("test_") for path in ROOT.glob("tests/test_*.py")}
    modules = {
        name_of(path).removesuffix(".py")
        for path in MODULES
        if room_of(path) in MIRRORED and path.stem != "__init__"
    }
    # A form's module has a name of its own; its test leaves the folders between out.
    names = {m: {m.replace("/", "_"), re.sub(r"^read/forms/(.*/)?", "forms_", m)} for m in modules}
    own = {module for module, either in names.items() if either & tests}
    assert sorted(modules - own - set(HELD_BY)) == []
    assert sorted(set(HELD_BY) - modules) == [], "gone: take it out of HELD_BY"
    assert sorted(set(HELD_BY) & own) == [], "has its own by now: take it out of HELD_BY"
    assert set(HELD_BY.values()) <= tests


def test_docs_show_the_data_dictionary():
    docs = (ROOT / "docs" / "frames.md").read_text("utf-8")
    assert docs.partition("<!-- frames -->\n")[2].strip() == frames_markdown().strip(), "make docs"


def test_pages_lead_to_files_that_are_there():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
    wrong = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
        if not re.match("https?:", link) and not (page.parent / link).exists()
    ]
    assert wrong == []


def test_the_readme_is_read_in_five_minutes():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_the_data_dictionary_names_each_frame_and_column():
    shown = frames_markdown()
    for schema in SCHEMAS.values():
        assert f"**`{schema.name}`**: {schema.row}" in shown
        for column, meaning in schema.columns.items():
            assert f"| {column} | {meaning.type} | {meaning.meaning} |" in shown
