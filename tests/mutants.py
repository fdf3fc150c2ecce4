"""From a rule changed on purpose to the test that notices: `make mutants`, for hours, not in CI.

Each change of one number, comparison, condition or result is tried against the tests that mirror
its module. What survives them all is a rule that no test holds, unless tests/mutants.tsv says
why nothing can tell it apart.

cosmic-ray and mutmut were tried first. cosmic-ray starts a Python for each change: 2 to 13 seconds
for us, most of it imports and spaCy's model, and 3,241 changes for the formulas alone. mutmut
forks, but changes only what stands inside functions, and our numbers stand above them. Here all is
loaded once, parses are remembered, and each change is a fork, which takes about a second.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import csv
import functools
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "dateline"
EXPLAINED = ROOT / "tests" / "mutants.tsv"
# What is changed, unless modules are named, and the tests that follow those of the module's room.
TARGETS = (
    "attribution/*.py", "attribution/cues/*.py", "speakers/*.py", "speakers/names/*.py",
    "speakers/rules/*.py",
    "terms/formulas/measures.py", "report/parameters.py",
)  # fmt: skip
# The tests of a room that follow a module's own; those of runs start a kernel each, and of the
# term tests only these ask the measures.
FOLLOW = {
    "attribution": ["attribution_*", "accuracy"],
    "speakers": ["speakers_*", "accuracy"],
    "terms": ["terms_formulas_*", "terms_frames", "terms_keyness", "terms_sequences_*"],
    "report": [],
}
# They start processes, or read a megabyte or whatever: a second for each change, and no rule held.
SLOW = "hash_seed or megabyte or any_text or third_of_a_second"
OPPOSITE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Mutant(NamedTuple):
    """One change: where it is, the line before and after, and the whole module after."""

    module: str
    function: str
    before: str
    after: str
    line: int
    source: str

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by in tests/mutants.tsv: no line number, so that it outlives edits."""
        return self[:4]


def list_mutants(source: str, module: str = "") -> list[Mutant]:
    """List the changes to try in a module, in the order of its lines."""
    encoded = source.encode()
    lines = [0]
    for line in encoded.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    found = []
    for function, node, text in _walk(ast.parse(source), ""):
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[node.end_lineno - 1] + node.end_col_offset
        changed = (encoded[:start] + text.encode() + encoded[end:]).decode()
        before = source.splitlines()[node.lineno - 1].strip()
        after = changed.splitlines()[node.lineno - 1].strip()
        found.append(Mutant(module, function, before, after, node.lineno, changed))
    return sorted(found, key=lambda mutant: mutant.line)


def _walk(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST, str]]:
    """Each node that can be changed, the function it is in, and what to write instead."""
    yield from ((function, place, text) for place, text in _change(node))
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".strip(".")
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _says_nothing(child):
                yield from _walk(child, function)


def _says_nothing(node: ast.AST) -> bool:
    """Messages of errors, types, and what a name means to a type checker."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom)


def _change(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:  # noqa: C901
    """The changes of one node itself."""
    match node:
        case ast.Constant(value=bool()):
            yield node, str(not node.value)
        case ast.Constant(value=int() | float() as value):
            steps = (1.5, 0.5) if isinstance(value, float) and value else ()
            changed = [value * step for step in steps] or [value + 1, value - 1]
            yield from ((node, f"{number:g}") for number in changed)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for n, op in enumerate(ops):
                sides = ([left, *others][n], others[n])
                if type(op) in OPPOSITE and not _is_counted(op, sides):
                    new = [*ops[:n], OPPOSITE[type(op)](), *ops[n + 1 :]]
                    yield node, f"({ast.unparse(ast.Compare(left, new, others))})"
        case ast.BoolOp(values=values):  # each part left out in turn
            for part in values:
                rest = [value for value in values if value is not part]
                new = ast.BoolOp(node.op, rest) if rest[1:] else rest[0]
                yield node, f"({ast.unparse(new)})"
        case ast.UnaryOp(op=ast.Not()):
            yield node, f"({ast.unparse(node.operand)})"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPPOSITE:
            if not any(map(_is_text, (left, right))):
                yield node, f"({ast.unparse(ast.BinOp(left, OPPOSITE[type(op)](), right))})"
        case ast.Return(value=ast.AST() as value) if ast.unparse(value) != "None":
            yield node, "return None"
        case ast.Expr(value=ast.Call()):
            yield node, "pass"
        case ast.If() | ast.IfExp() | ast.While() if _is_plain(node.test):
            yield node.test, f"(not ({ast.unparse(node.test)}))"
        case ast.comprehension():
            for test in filter(_is_plain, node.ifs):
                yield test, f"(not ({ast.unparse(test)}))"


def _is_counted(op: ast.AST, sides: tuple[ast.AST, ast.AST]) -> bool:
    """Whether the order of whole numbers is compared: one more or less is tried there already."""
    return isinstance(op, ORDERS) and any(
        isinstance(side, ast.Constant) and isinstance(side.value, int) for side in sides
    )


def _is_plain(test: ast.AST) -> bool:
    """Whether a condition has no comparison, `and`, `or` or `not` that is changed by itself."""
    return not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant)


def _is_text(node: ast.AST) -> bool:
    """Whether it is a string: to subtract one fails at once, which says nothing about tests."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def find_tests(module: str) -> list[str]:
    """The tests of a module such as "terms/keyness.py": its own, its room's, and the gold's."""
    path = module.removesuffix(".py")
    wanted = [path.replace("/", "_"), *FOLLOW[path.partition("/")[0]]]
    found = [path for name in wanted for path in sorted(ROOT.glob(f"tests/test_{name}.py"))]
    return list(dict.fromkeys(map(str, found)))


def read_explained() -> dict[tuple[str, ...], str]:
    """The changes that are known to survive, with the reason why nothing can tell them apart."""
    with EXPLAINED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {tuple(row[:4]): row[4] for row in rows[1:]}


class Bench:
    """Copies of the library, one for each fork at work, and what all of them have loaded."""

    def __init__(self, home: Path, jobs: int) -> None:
        self.libraries = [home / str(n) / "lib" for n in range(jobs)]
        for library in self.libraries:
            shutil.copytree(ROOT / "lib", library, ignore=shutil.ignore_patterns("__pycache__"))
        sys.path.insert(0, str(self.libraries[0]))
        _remember_parses()

    def load(self, tests: list[str]) -> float:
        """Run the tests without a change, to load what they use; gives their seconds."""
        began = time.monotonic()
        if code := self._run(tests, self.libraries[0]):
            sys.exit(f"the tests fail without a change ({code}): {' '.join(tests)}")
        for name in list(sys.modules):
            if name.partition(".")[0] == "dateline" or _is_ours(sys.modules[name]):
                del sys.modules[name]
        for library in self.libraries:
            compileall.compile_dir(library, quiet=1)
        return time.monotonic() - began

    def start(self, mutant: Mutant, tests: list[str], slot: int) -> int:
        """Fork, and run the tests with the change; gives the process."""
        path = self.libraries[slot] / "dateline" / mutant.module
        path.write_text(mutant.source, "utf-8")
        if pid := os.fork():
            return pid
        os.setsid()
        sys.dont_write_bytecode = True
        for kept in path.parent.glob(f"__pycache__/{path.stem}.*"):
            kept.unlink()  # two changes within a second may have one size
        code = 0  # where pytest itself falls over nothing was noticed
        try:
            code = self._run(tests, self.libraries[slot])
        except BaseException:
            traceback.print_exc()
        finally:  # never back into the loop of the parent
            os._exit(code)

    def restore(self, mutant: Mutant, slot: int) -> None:
        """Take the change back."""
        kept = LIBRARY / mutant.module
        shutil.copy(kept, self.libraries[slot] / "dateline" / mutant.module)

    def _run(self, tests: list[str], library: Path) -> int:
        os.environ |= {"PYTHONPATH": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
        sys.path[0] = str(library)
        out, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        try:
            plain = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", f"not ({SLOW})"]
            # A folder for each fork: pytest warns where two clean one up at once.
            own = ["--hypothesis-seed=0", f"--basetemp={library.parent / 'tmp'}"]
            return int(pytest.main([*plain, *own, *tests]))
        finally:
            os.dup2(out, 1)
            os.close(null)


def _is_ours(module: object) -> bool:
    return str(getattr(module, "__file__", None) or "").startswith(str(ROOT / "tests"))


def _remember_parses() -> None:
    """Load spaCy's model once, and parse each text once, here and in all forks to come."""
    import spacy
    from spacy.language import Language

    parse, known = Language.pipe, {}

    def pipe(self: Language, texts: object, *, as_tuples: bool = False, **how: object) -> Iterator:
        pairs = list(texts) if as_tuples else [(text, None) for text in texts]
        new = list(dict.fromkeys(text for text, _ in pairs if text not in known))
        known.update(zip(new, parse(self, new, **how), strict=True))
        for text, context in pairs:
            yield (known[text], context) if as_tuples else known[text]

    Language.pipe = pipe
    load, models = spacy.load, {}

    def load_once(name: str, **how: object) -> Language:
        if name not in models:
            models[name] = load(name, **how)
        return models[name]

    spacy.load = load_once


def run_mutants(mutants: list[Mutant], tests: list[str], bench: Bench) -> Iterator[Mutant]:
    """Try each change, several at once; gives those that no test notices."""
    limit = 10 + 5 * bench.load(tests)
    waiting, running = list(reversed(mutants)), {}
    free = list(range(len(bench.libraries)))
    while waiting or running:
        while waiting and free:
            slot, mutant = free.pop(), waiting.pop()
            running[bench.start(mutant, tests, slot)] = (mutant, slot, time.monotonic())
        time.sleep(0.01)
        for pid, (mutant, slot, began) in list(running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done and time.monotonic() - began > limit:  # such as an endless loop
                os.killpg(pid, signal.SIGKILL)
                done, status = os.waitpid(pid, 0)
            if done:
                del running[pid]
                bench.restore(mutant, slot)
                free.append(slot)
                if status == 0:
                    yield mutant


def main() -> int:
    """Try the changes of the modules named, or of all; exit 1 where one survives unexplained."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="such as terms/keyness.py or speakers/*.py")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--every", type=int, default=1, help="try one change in so many")
    parser.add_argument("--out", type=Path, help="write what survives here, as mutants.tsv is")
    options = parser.parse_args()
    modules = [
        str(path.relative_to(LIBRARY))
        for pattern in options.modules or TARGETS
        for path in sorted(LIBRARY.glob(pattern))
        if path.name != "__init__.py"
    ]
    explained, tried, survived, known = read_explained(), 0, 0, 0
    say = functools.partial(print, flush=True)
    with tempfile.TemporaryDirectory() as home:
        bench = Bench(Path(home), options.jobs)
        for module in modules:
            source = (LIBRARY / module).read_text("utf-8")
            mutants = list_mutants(source, module)[:: options.every]
            began, left = time.monotonic(), []
            for mutant in run_mutants(mutants, find_tests(module), bench):
                if mutant.key in explained:
                    known += 1
                    continue
                left.append(mutant)
                where = f"lib/dateline/{module}:{mutant.line} {mutant.function}"
                say(f"{where}\n  - {mutant.before}\n  + {mutant.after}")
                if options.out:
                    with options.out.open("a", encoding="utf-8") as file:
                        file.write("\t".join([*mutant.key, "?"]) + "\n")
            tried, survived = tried + len(mutants), survived + len(left)
            took = time.monotonic() - began
            say(f"{module}: {len(mutants)} changes, {len(left)} unnoticed, {took:.0f} s")
    say(f"{tried} changes: {tried - survived - known} noticed, {known} explained, {survived} not")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
