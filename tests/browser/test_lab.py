"""The notebooks in JupyterLab itself: opened, run from top to bottom, and looked at."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
TOKEN = "only-for-this-test"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
NEWS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy, because JupyterLab saves what it runs."""
    folder = tmp_path_factory.mktemp("lab") / "project"
    for name in ("notebooks", "corpus"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture
def lab(project, tmp_path):
    """Start JupyterLab with a folder as its root, and give its address."""
    servers = []

    def start(folder: Path) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = tmp_path / "settings" / NEWS
        settings.parent.mkdir(parents=True)
        settings.write_text('{"fetchNews": "false"}')
        environment = os.environ | {
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
            "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        }
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
        command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
        command += ["--LabApp.expose_app_in_browser=True"]
        command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
        log = (tmp_path / "lab.log").open("w")
        servers.append((subprocess.Popen(command, env=environment, stdout=log, stderr=log), log))
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api/status?token={TOKEN}")
        return address

    yield start
    for server, log in servers:
        server.terminate()
        server.wait(20)
        log.close()


def wait_for(url: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return json.load(answer)
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS, chromium_sandbox=False
        )
        page = chromium.new_page(viewport={"width": 1300, "height": 1000})
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        yield page
        chromium.close()


@pytest.mark.parametrize(
    ("name", "root"),
    [("term_frequency", "."), ("quote_attribution", "."), ("quote_attribution", "notebooks")],
)
def test_a_notebook_runs_in_jupyterlab(lab, page, project, name, root):
    address = lab((project / root).resolve())
    path = f"notebooks/{name}.ipynb" if root == "." else f"{name}.ipynb"
    page.goto(f"{address}/lab/tree/{path}?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.ready }")
    page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells') }")
    # The last cell's number appears only once all before it have run.
    n_cells = page.evaluate("() => jupyterapp.shell.currentWidget.content.model.cells.length")
    count = """n => {
        const cells = [...jupyterapp.shell.currentWidget.content.model.cells]
        const code = cells.filter(cell => cell.type === 'code')
        return cells.length === n && code.every(cell => cell.executionCount !== null)
    }"""
    page.wait_for_function(count, arg=n_cells, timeout=180_000)
    outputs = page.evaluate(
        """() => [...jupyterapp.shell.currentWidget.content.model.cells]
            .filter(cell => cell.type === 'code')
            .flatMap(cell => cell.outputs.toJSON())"""
    )
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    figures = [output for output in outputs if "image/svg+xml" in output["data"]]
    assert len(figures) >= 4 and all(figure["metadata"]["alt"] for figure in figures)
    assert [url for url in page.asked if not url.startswith((address, "data:", "blob:"))] == []
