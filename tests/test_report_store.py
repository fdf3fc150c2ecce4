"""Runs are whole or not there, whatever kills them; nothing is left running."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from dateline.report import store
from report_project import (
    add_notebook,
    limit,
    make_project,
    read_manifest,
    run_dateline,
    start_dateline,
    wait_until,
)

SLOW = "import time\ntime.sleep({})"
HANGS = {
    "sleep": "import time\ntime.sleep(600)",
    "regular_expression": 'import re\nre.match(r"(a+)+$", "a" * 64 + "b")',
    "subprocess": 'import subprocess\nsubprocess.run(["sleep", "600"])',
    "thread": "import threading, time\nfor _ in range(3):\n"
    "    threading.Thread(target=time.sleep, args=(600,)).start()\ntime.sleep(600)",
    "multiprocessing": "import multiprocessing, time\n"
    'context = multiprocessing.get_context("fork")\nfor _ in range(2):\n'
    "    context.Process(target=time.sleep, args=(600,)).start()\ntime.sleep(600)",
}
MARK = "print('reached')\nimport pathlib; pathlib.Path('mark').write_text('')\n"


def find_processes(root):
    """Every process that works for this project, by its folder or its command."""
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get("TEST_PROJECT") == str(root)
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
            continue
    return found


def find_living(processes):
    """Those that still run; what is dead may stay a zombie until somebody collects it."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def start_hanging(root, code):
    add_notebook(root, "hang", [MARK + code])
    process = start_dateline(root, "report", "hang", TEST_PROJECT=str(root))
    assert wait_until((root / "mark").exists), process.communicate()
    return process


@pytest.fixture(autouse=True)
def started(tmp_path):
    """Whatever becomes of a test, nothing that it started goes on."""
    yield
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get("TEST_PROJECT", "").startswith(str(tmp_path)):
                process.kill()


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "project")


@pytest.fixture
def temporary():
    """A folder for temporary files with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="test-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_after_three_seconds(tmp_path, temporary, number):
    projects = {shape: make_project(tmp_path / shape) for shape in HANGS}
    for shape, code in HANGS.items():
        add_notebook(projects[shape], "hang", [MARK + code])
    running = {
        shape: start_dateline(root, "report", TEST_PROJECT=str(root), TMPDIR=str(temporary))
        for shape, root in projects.items()
    }
    assert all(wait_until((root / "mark").exists) for root in projects.values())
    time.sleep(2)  # five runners have begun at once; three seconds are measured from here
    for shape, process in running.items():
        processes = find_processes(projects[shape])
        assert len(processes) >= 3  # runner, worker, kernel
        process.send_signal(number)
        others = [other for other in processes if other.pid != process.pid]
        assert wait_until(lambda others=others: not find_living(others), seconds=limit(3)), shape
        left = [p.as_dict(["cmdline", "status"]) for p in find_processes(projects[shape])]
        assert [p for p in left if "report" not in p["cmdline"]] == [], shape
        process.communicate(timeout=limit(3))
        runs = list((projects[shape] / "reports" / "hang").glob("[0-9]*"))
        assert process.returncode == (143 if number == signal.SIGTERM else -9)
        assert len(runs) == (1 if number == signal.SIGTERM else 0)  # a cancelled run is kept
    assert list(temporary.iterdir()) == []


@pytest.mark.soak
@pytest.mark.parametrize("round_", range(10))
def test_no_process_is_left_in_many_rounds(tmp_path, temporary, round_):
    test_no_process_is_left_after_three_seconds(tmp_path, temporary, signal.SIGKILL)


def test_a_cancelled_run_names_the_cell_and_keeps_what_was_shown(project):
    process = start_hanging(project, HANGS["sleep"])
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    (run,) = (project / "reports" / "hang").glob("[0-9]*")
    assert process.returncode == 143
    assert "hang: cancelled in cell 3" in told
    assert "reached" in (run / "report.ipynb").read_text("utf-8")


def test_a_killed_worker_is_a_dead_kernel_and_its_kernel_dies_too(project):
    process = start_hanging(project, HANGS["regular_expression"])
    (worker,) = psutil.Process(process.pid).children()
    worker.kill()
    _, told = process.communicate(timeout=20)
    assert process.returncode == 138
    assert "its process was killed" in told
    assert find_processes(project) == []


def test_the_time_for_a_whole_run_is_kept(project):
    add_notebook(project, "hang", [SLOW.format(1), SLOW.format(600)])
    began = time.monotonic()
    done = run_dateline(project, "report", "hang", "--timeout", "3s")
    assert done.returncode == 124
    assert "longer than 3 seconds" in done.stderr
    assert time.monotonic() - began < limit(11)


def test_only_a_dead_kernel_is_tried_again(project):
    once = "import os, pathlib\nif not pathlib.Path('tried').exists():\n"
    once += "    pathlib.Path('tried').write_text('')\n    os._exit(9)"
    add_notebook(project, "dies", [once])
    add_notebook(project, "raises", ["pathlib = 1 / 0"])
    assert run_dateline(project, "report", "--retries", "2").returncode == 1
    runs = {path.name: next(path.glob("2*")) for path in (project / "reports").glob("[a-z]*/")}
    told = {name: read_manifest(run) for name, run in runs.items()}
    assert (told["dies"]["status"], told["dies"]["attempts"]) == ("ok", 2)
    assert (told["raises"]["status"], told["raises"]["attempts"]) == ("failed", 1)


def test_one_report_is_made_once_at_a_time(project):
    process = start_hanging(project, HANGS["sleep"])
    second = run_dateline(project, "report", "hang")
    assert (second.returncode, second.stderr) == (75, "hang: hang is being made already\n")
    process.terminate()
    process.communicate()


def catches_term(pid):
    """Whether a process has set what it does on SIGTERM: a slow machine takes its time."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_a_run_that_waits_can_be_stopped(project):
    first = start_hanging(project, HANGS["sleep"])
    second = start_dateline(project, "report", "hang", "--wait", TEST_PROJECT=str(project))
    assert wait_until(lambda: catches_term(second.pid))
    time.sleep(0.5)
    second.terminate()
    assert second.wait(limit(5)) == 75
    second.communicate()
    first.terminate()
    first.communicate()


def test_progress_is_told_on_a_terminal_only(project):
    add_notebook(project, "small", ["1", "2"])
    ours, theirs = os.openpty()
    plain = start_dateline(project, "report", "--out", project / "plain")
    command = [sys.executable, "-m", "dateline", "report"]
    subprocess.run(command, cwd=project, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    assert "small 4/5" in os.read(ours, 65536).decode()
    os.close(ours)
    assert (plain.communicate()[1], plain.returncode) == ("", 0)


def test_wait_lets_the_first_run_end(project):
    add_notebook(project, "slow", [MARK + SLOW.format(1)])
    first = start_dateline(project, "report", "slow", TEST_PROJECT=str(project))
    assert wait_until((project / "mark").exists)
    assert run_dateline(project, "report", "slow", "--wait").returncode == 0
    first.communicate()
    assert len(list((project / "reports" / "slow").glob("[0-9]*"))) == 2


def read_reports(reports, problems, seen, ended):
    """Read `latest` over and over, as a web server or an analyst would."""
    names = ("manifest.json", "report.html", "report.ipynb")
    while not ended.is_set():
        try:
            run = (reports / "small" / "latest").resolve(strict=True)
        except FileNotFoundError:
            continue
        texts = {name: (run / name).read_text("utf-8") for name in names}
        seen.append(run.name)
        for name, ending in zip(names, ("}\n", "</html>\n", "}\n"), strict=True):
            if not texts[name].endswith(ending):
                problems.append((run, name))
        json.loads(texts["manifest.json"])


def poll_while_runs_are_killed(project, kills, reads):
    """Kill runs at moments spread over their life, and read the reports all the while."""
    add_notebook(project, "small", ["print('tide ' * 20_000)"])
    assert run_dateline(project, "report").returncode == 0
    problems, seen, ended = [], [], threading.Event()
    args = (project / "reports", problems, seen, ended)
    reader = threading.Thread(target=read_reports, args=args)
    reader.start()
    for number in range(kills):
        process = start_dateline(project, "report", TEST_PROJECT=str(project))
        time.sleep(0.1 + 4 * number / kills)
        process.kill()
        process.communicate()
        assert wait_until(lambda: not find_processes(project), seconds=limit(3))
    wait_until(lambda: len(seen) >= reads, seconds=120)
    ended.set()
    reader.join()
    return problems, seen


def test_a_reader_never_sees_half_a_report(project):
    problems, seen = poll_while_runs_are_killed(project, kills=4, reads=1000)
    assert (problems, len(seen) >= 1000) == ([], True)
    assert run_dateline(project, "report").returncode == 0
    assert list((project / "reports" / "small").glob(".run-*")) == []


@pytest.mark.soak
def test_a_reader_never_sees_half_a_report_in_ten_thousand_reads(project):
    problems, seen = poll_while_runs_are_killed(project, kills=50, reads=10_000)
    assert (problems, len(seen) >= 10_000) == ([], True)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 2 MB, in a mount of its own where we may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True
    )
    if made.returncode:
        pytest.skip("only root can make a small disk to fill")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def read_all(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_full_disk_does_not_harm_an_earlier_report(project, small_disk):
    add_notebook(project, "small", ["print('ebb')"])
    assert run_dateline(project, "report", "--out", small_disk).returncode == 0
    before = read_all(small_disk)
    add_notebook(project, "small", ["print('ebb ' * 400_000)"])
    big = run_dateline(project, "report", "--out", small_disk)
    assert big.returncode == 74
    assert "small: cannot write: " in big.stderr and "No space left" in big.stderr
    assert read_all(small_disk) == before
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    full = run_dateline(project, "report", "--out", small_disk)
    assert full.returncode == 74
    (small_disk / "filler").unlink()
    assert read_all(small_disk) == before


def test_a_table_that_fills_the_disk_is_told_as_such(project, small_disk):
    code = "import pandas as pd, numpy as np\nfrom dateline.report import publish\n"
    code += "publish('noise', pd.DataFrame({'x': np.random.default_rng(1).random(400_000)}));"
    add_notebook(project, "small", [code])
    done = run_dateline(project, "report", "--out", small_disk)
    assert (done.returncode, "cannot write in cell 3" in done.stderr) == (74, True)
    assert list(small_disk.glob("*/[0-9]*")) == []


def test_a_read_only_folder_does_not_harm_an_earlier_report(project, small_disk):
    add_notebook(project, "small", ["print('ebb')"])
    assert run_dateline(project, "report", "--out", small_disk).returncode == 0
    before = read_all(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    began = time.monotonic()
    done = run_dateline(project, "report", "--out", small_disk)
    assert (done.returncode, "Read-only file system" in done.stderr) == (74, True)
    assert time.monotonic() - began < limit(2)  # told before anything is run
    assert read_all(small_disk) == before


def test_a_folder_that_cannot_be_made_is_told_at_once(project):
    add_notebook(project, "small", ["1"])
    (project / "file").write_text("")
    done = run_dateline(project, "report", "--out", project / "file")
    assert (done.returncode, "Not a directory" in done.stderr) == (74, True)


def make_run(reports, name, stamp, **changed):
    run = reports / name / f"{stamp}-00000000"
    run.mkdir(parents=True)
    manifest = {"status": "ok", "started_at": stamp, "parameters": {}} | changed
    (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return run


def test_prune_keeps_the_newest_and_the_latest_good_run(tmp_path):
    runs = [make_run(tmp_path, "terms", f"2025010{day}T000000Z") for day in range(1, 6)]
    store.point_latest(runs[0])
    gone = store.prune_runs(tmp_path, keep=2)
    assert gone == runs[1:3]
    left = [p.name for p in sorted((tmp_path / "terms").iterdir())]
    assert left == [runs[0].name, runs[3].name, runs[4].name, "latest"]


def test_prune_sweeps_what_killed_runs_left_but_no_run_that_is_being_made(tmp_path):
    home = make_run(tmp_path, "terms", "20250101T000000Z").parent
    for digest in ("aaaa", "bbbb"):
        (home / f".run-{digest}-1" / "data").mkdir(parents=True)
    with store.locked(home / ".lock-bbbb", wait=False):
        store.prune_runs(tmp_path, keep=1)
    assert [p.name for p in home.glob(".run-*")] == [".run-bbbb-1"]


@pytest.mark.parametrize("text", ["terms", "terms/latest", "terms/20250102", "20250102", "."])
def test_a_run_is_found_by_what_one_would_type(tmp_path, monkeypatch, text):
    make_run(tmp_path, "terms", "20250101T000000Z")
    run = make_run(tmp_path, "terms", "20250102T000000Z")
    store.point_latest(run)
    monkeypatch.chdir(run)
    assert store.find_run(tmp_path, text) == run


@pytest.mark.parametrize(("text", "words"), [("terms/2025", "2 runs"), ("quotes", "no run")])
def test_a_run_that_is_not_one_is_refused(tmp_path, text, words):
    make_run(tmp_path, "terms", "20250101T000000Z")
    make_run(tmp_path, "terms", "20250102T000000Z")
    with pytest.raises(ValueError, match=words):
        store.find_run(tmp_path, text)


def test_two_runs_of_one_second_have_two_names(tmp_path):
    first = store.free_name(tmp_path / "run")
    first.mkdir()
    second = store.free_name(tmp_path / "run")
    assert (first.name, second.name) == ("run", "run-2")


def test_runs_that_end_at_once_are_all_published_and_one_is_the_latest(tmp_path):
    stages = [make_run(tmp_path, "terms", f".run-{number}") for number in range(400)]
    runs = [tmp_path / "terms" / f"2025-{number}" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda stage, run: store.publish_run(stage, run, is_ok=True), stages, runs))
    assert all(run.is_dir() for run in runs)
    assert (tmp_path / "terms" / "latest").resolve() in runs


def test_a_lock_is_given_back_when_its_holder_dies(tmp_path):
    lock = tmp_path / "lock"
    pid = os.fork()
    if pid == 0:
        with store.locked(lock, wait=False):
            (tmp_path / "held").write_text("")
            time.sleep(600)
    assert wait_until((tmp_path / "held").exists)
    with pytest.raises(store.AlreadyRunning), store.locked(lock, wait=False):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with store.locked(lock, wait=False):
        assert Path(lock).exists()
