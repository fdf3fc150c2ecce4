"""The notebooks as an analyst runs them: in JupyterLab, cell by cell, with nothing fetched."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
READY = "jupyterapp.shell.currentWidget.sessionContext.ready.then(() => true)"
# Not awaited: the page is asked below whether all has run.
RUN_ALL = "() => { jupyterapp.commands.execute('notebook:run-all-cells') }"
STATE = """() => {
    const cells = [...jupyterapp.shell.currentWidget.content.widgets]
        .filter(cell => cell.model.type === 'code');
    const outputs = cells.flatMap(cell => cell.model.outputs.toJSON());
    const failed = outputs.filter(output => output.output_type === 'error');
    return {
        left: failed.length ? 0 : cells.filter(cell => !cell.model.executionCount).length,
        failed: failed.map(output => output.ename + ': ' + output.evalue),
        figures: outputs.filter(output => output.data && output.data['image/svg+xml']).length,
    };
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on a copy of the project; gives its address for a path."""
    root = tmp_path_factory.mktemp("lab") / "project"
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    (root / "corpus").symlink_to(ROOT / "corpus")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    options = {
        "ServerApp.root_dir": root,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": "",
    }
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    env = os.environ | {name: str(root.parent / name) for name in folders}
    command = [sys.executable, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in options.items())]
    with (root.parent / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/{{}}?token={token}"
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address.format("api/status")).close()
            break
        except URLError:
            time.sleep(0.3)
    yield address
    server.terminate()
    server.wait(20)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_from_top_to_bottom_in_jupyterlab(lab, browser, name):
    context = browser.new_context()
    page = context.new_page()
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(lab.format(f"lab/tree/notebooks/{name}") + "&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext")
    assert page.evaluate(READY)
    page.evaluate(RUN_ALL)
    end = time.monotonic() + 120
    while (state := page.evaluate(STATE))["left"] and time.monotonic() < end:
        time.sleep(0.5)
    context.close()
    assert (state["left"], state["failed"]) == (0, [])
    assert state["figures"] >= 1
    assert hosts - {"127.0.0.1", "", None} == set()
