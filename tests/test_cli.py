import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from dateline.cli import cli

ROOT = Path(__file__).parents[1]
ARTICLE = (
    "BRENNICK, 3 May 2025 – “The ferry is late,” said Orla Venn, the harbour master.\n\n"
    "Venn warned that boats would wait until evening.\n"
)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "second.txt").write_text("“We wait,” Tomas Reik said.\n", encoding="utf-8")
    return folder


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def one_line(result, exit_code):
    """The message of a mistake: one line, no traceback."""
    assert result.exit_code == exit_code
    assert not isinstance(result.exception, Exception) or result.exc_info[0] is SystemExit
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error")]
    assert "Traceback" not in result.output
    return line


def test_quotes_are_written_with_offsets_of_the_file(corpus, tmp_path):
    path = tmp_path / "quotes.jsonl"
    result = run("quotes", corpus, "-o", path)
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    direct = next(row for row in rows if "The ferry is late" in row["content_text"])
    (start, end), (source_start, source_end) = direct["content"][0], direct["source"][0]
    assert ARTICLE[start:end] == direct["content_text"]
    assert ARTICLE[source_start:source_end] == direct["source_text"]
    assert direct["article_id"] == "ferry"
    assert direct["speaker"] == "Orla Venn"
    assert "2 articles" in result.stderr
    assert result.stdout == ""


def test_two_runs_write_the_same_bytes(corpus, tmp_path):
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "dateline", "quotes", corpus, "-o", tmp_path / f"{seed}.jsonl"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
        )
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_min_score_leaves_out_the_less_sure(corpus, tmp_path):
    assert run("quotes", corpus, "-o", tmp_path / "all.csv").exit_code == 0
    assert run("quotes", corpus, "-o", tmp_path / "none.csv", "--min-score", "1").exit_code == 0
    scores = pd.read_csv(tmp_path / "all.csv")["score"]
    assert len(pd.read_csv(tmp_path / "none.csv")) == (scores >= 1).sum() < len(scores)


def test_quotes_in_brat_standoff_evaluate_as_perfect(corpus, tmp_path):
    assert run("quotes", corpus, "-o", tmp_path / "brat", "--format", "brat").exit_code == 0
    assert (tmp_path / "brat" / "ferry.txt").read_bytes() == ARTICLE.encode("utf-8")
    result = run("evaluate", tmp_path / "brat", "-o", tmp_path / "figures.json")
    assert result.exit_code == 0, result.output
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["accuracy"][-1]["kind"] == "all"
    assert figures["accuracy"][-1]["joint_f1"] == 1


def test_predictions_are_scored_without_finding_anything(corpus, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"article_id": "second", "content": [[1, 8]], "source": [[11, 22]]}\n')
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"article_id": "second", "content": [[1, 8]], "source": null}\n')
    result = run("evaluate", gold, "--predictions", wrong, "--corpus", corpus)
    assert result.exit_code == 0, result.output
    everything = next(line for line in result.stdout.splitlines() if line.split()[:1] == ["all"])
    assert everything.split()[1:5] == ["1", "1", "100.0", "100.0"]
    assert everything.split()[7] == "0.0"


def test_terms_are_counted_by_a_column(corpus, tmp_path):
    path = tmp_path / "terms.csv"
    assert run("terms", corpus, "-o", path, "--by", "article_id").exit_code == 0
    counts = pd.read_csv(path, keep_default_na=False)
    assert set(counts["group"]) == {"ferry", "second"}
    assert counts.loc[counts["term"] == "reik", "n"].tolist() == [1]


def test_terms_that_are_asked_for_are_counted_alone(corpus, tmp_path):
    path = tmp_path / "terms.csv"
    (corpus / "terms.tsv").write_text("name\tterm\nboats\tferr*\n", "utf-8")
    options = ("--only", "[boats]", "--only", "reik", "--only", "zebra*")
    result = run("terms", corpus, "-o", path, *options)
    assert result.exit_code == 0
    assert "no token has the term 'zebra*': counted 0 times" in result.stderr
    counts = pd.read_csv(path, keep_default_na=False)
    texts = [file.read_text("utf-8").lower() for file in corpus.glob("*.txt")]
    n_boats = sum(len(re.findall(r"\bferr", text)) for text in texts)
    assert dict(zip(counts["term"], counts["n"], strict=True)) == {"[boats]": n_boats, "reik": 1}
    assert "no set of terms is called 'x'" in one_line(
        run("terms", corpus, "-o", path, "--only", "[x]"), 2
    )


def test_terms_are_counted_by_several_columns_without_stop_words(corpus, tmp_path):
    path = tmp_path / "terms.jsonl"
    options = ("--by", "article_id", "--by", "month", "--no-stopwords")
    assert run("terms", corpus, "-o", path, *options).exit_code == 0
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {(row["article_id"], row["month"]) for row in rows} >= {("ferry", "2025-05")}
    assert "the" not in {row["term"] for row in rows}


def test_speakers_are_written_corrected_and_obeyed(corpus, tmp_path):
    path = corpus / "speakers.csv"
    assert run("speakers", corpus, "-o", path).exit_code == 0
    decided = path.read_text("utf-8")
    assert {"Orla Venn", "Tomas Reik"} <= set(pd.read_csv(path)["name"])
    path.write_text(decided.replace("\nTomas Reik,", "\nTomas A. Reik,"), encoding="utf-8")
    assert run("quotes", corpus, "-o", tmp_path / "quotes.jsonl").exit_code == 0
    rows = map(json.loads, (tmp_path / "quotes.jsonl").read_text("utf-8").splitlines())
    assert "Tomas A. Reik" in [row["speaker"] for row in rows]


def test_decisions_are_not_overwritten_unasked(corpus, tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_text("decided")
    assert "--overwrite" in one_line(run("speakers", corpus, "-o", path), 2)
    assert path.read_text() == "decided"
    assert run("speakers", corpus, "-o", path, "--overwrite").exit_code == 0
    assert path.read_text() != "decided"


def test_decisions_with_a_mistake_are_refused(corpus, tmp_path):
    (corpus / "speakers.csv").write_text("name\nOrla Venn\n")
    assert "lacks the columns" in one_line(run("quotes", corpus, "-o", tmp_path / "q.jsonl"), 2)


def test_what_could_not_be_read_is_told(corpus, tmp_path):
    (corpus / "empty.txt").write_bytes(b"")
    result = run("quotes", corpus, "-o", tmp_path / "quotes.jsonl")
    assert result.exit_code == 0
    assert "empty.txt: " in result.stderr


def test_an_unknown_column_is_refused(corpus, tmp_path):
    result = run("terms", corpus, "-o", tmp_path / "terms.csv", "--by", "nosuch")
    assert "nosuch" in one_line(result, 2)
    assert not (tmp_path / "terms.csv").exists()


@pytest.mark.parametrize("command", ["quotes", "terms"])
def test_an_unknown_suffix_is_refused_before_the_work(command, corpus, tmp_path):
    started = time.perf_counter()
    result = run(command, corpus, "-o", tmp_path / "quotes.xlsx")
    assert "expected .jsonl, .csv, .parquet" in one_line(result, 2)
    assert time.perf_counter() - started < 2


def test_a_folder_without_articles_is_refused(tmp_path):
    assert "no articles" in one_line(run("quotes", tmp_path, "-o", tmp_path / "q.jsonl"), 2)


def test_an_input_that_is_not_there_is_refused(tmp_path):
    assert "nosuch" in one_line(run("quotes", "nosuch", "-o", tmp_path / "q.jsonl"), 2)


def test_a_place_that_cannot_be_written_ends_with_74(corpus, tmp_path):
    missing = tmp_path / "nosuch" / "quotes.jsonl"
    assert str(missing) in one_line(run("quotes", corpus, "-o", missing), 74)
    (tmp_path / "folder.csv").mkdir()
    assert "cannot write" in one_line(run("terms", corpus, "-o", tmp_path / "folder.csv"), 74)


def test_gold_that_is_none_is_refused(tmp_path):
    (tmp_path / "gold.jsonl").write_text("{}\n")
    assert "gold.jsonl:1" in one_line(run("evaluate", tmp_path / "gold.jsonl"), 2)


@pytest.mark.parametrize("command", ["quotes", "terms", "speakers", "evaluate"])
def test_help_explains_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"  dateline {command} " in result.output.split("Examples:")[1]


def test_help_of_dateline_lists_each_command_with_an_example():
    result = run("--help")
    assert "dateline quotes corpus -o quotes.jsonl" in result.output
    for command in ("report", "quotes", "terms", "speakers", "evaluate"):
        assert f"\n  {command} " in result.output


@pytest.mark.parametrize(
    "arguments", [["--help"], ["quotes", "nosuch", "-o", "x"], ["terms", "--nosuch"], ["nosuch"]]
)
def test_help_and_mistakes_answer_at_once(arguments):
    code = (
        "import sys, time, runpy; started = time.perf_counter(); sys.argv[0] = 'dateline'\n"
        "try: runpy.run_module('dateline', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(time.perf_counter() - started, 'pandas' in sys.modules, 'spacy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, *arguments]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
    figures = [run.stdout.splitlines()[-1].split() for run in runs]
    assert min(float(seconds) for seconds, *_ in figures) < 0.3
    assert all(rest == ["False", "False"] for _, *rest in figures)


def list_documented():
    """The command lines that the README and the help pages show."""
    shown = (ROOT / "README.md").read_text("utf-8")
    for name in cli.list_commands(None):
        shown += run(name, "--help").output
    for line in re.findall(r"(?m)^\s*(?:\.venv/bin/)?dateline (\w+ .*)", shown):
        yield re.split(r"\s{2,}|\s#|\s>", line)[0]


def test_documented_command_lines_name_real_commands_and_options():
    documented = list(list_documented())
    assert len(documented) >= 10
    for line in documented:
        name, *arguments = shlex.split(line)
        command = cli.get_command(None, name)
        assert command is not None, line
        options = {option for param in command.params for option in param.opts} | {"--help"}
        used = {word.partition("=")[0] for word in arguments if word.startswith("-")}
        assert used <= options, line


EXPORT = "".join(
    f"{n} of 3 DOCUMENTS\n\nThe Quay Post\n\nMarch {n}, 2025 Saturday\n\nFERRY {n}\n\n"
    f"BYLINE: Orla Venn\n\nLENGTH: 12 words\n\n{text}LOAD-DATE: May 1, 2025\n\n"
    for n, text in ((1, "“We wait,” Tomas Reik said.\n\n"), (2, "The ferry is late.\n\n"), (3, ""))
)


@pytest.fixture
def exports(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "quay.txt").write_text(EXPORT, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 \0")
    return folder


@pytest.mark.parametrize("command", ["quotes", "terms", "speakers"])
def test_each_command_tells_what_was_read_and_what_was_not(command, exports, tmp_path):
    result = run(command, exports, "-o", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    lines = result.stderr.splitlines()
    assert "read 2 of 3 articles in 2 files; left out: 1 (no text); 1 file not read" in lines, (
        result.stderr
    )
    assert "quay.txt: item 3 of 3: no text" in lines


@pytest.mark.parametrize("command", ["quotes", "terms", "speakers"])
def test_strict_ends_with_2_before_the_work_where_anything_was_left_out(command, exports, tmp_path):
    result = run(command, exports, "-o", tmp_path / "out.csv", "--strict")
    assert "not all was read, and --strict was asked for" in one_line(result, 2)
    assert not (tmp_path / "out.csv").exists()


def test_strict_says_nothing_where_all_was_read(corpus, tmp_path):
    result = run("terms", corpus, "-o", tmp_path / "out.csv", "--strict")
    assert result.exit_code == 0, result.output
    assert "read 2 articles in 2 files" in result.stderr


def test_several_inputs_and_patterns_are_one_corpus(corpus, exports, tmp_path):
    result = run("terms", corpus / "ferry.txt", exports / "q*", "-o", tmp_path / "out.csv")
    assert "read 3 of 4 articles in 2 files; left out: 1 (no text)" in result.stderr


def test_the_columns_of_a_table_can_be_named(tmp_path):
    (tmp_path / "a.csv").write_text("Absatz,outlet\nThe ferry is late.,Quay Post\n")
    out = tmp_path / "out.csv"
    named = ["--columns", "text:Absatz"]
    result = run("terms", tmp_path / "a.csv", "-o", out, *named, "--by", "outlet")
    assert "read 1 article in 1 file" in result.stderr
    assert "Quay Post" in out.read_text("utf-8-sig")
    result = run("terms", tmp_path / "a.csv", "-o", out, "--columns", "text")
    assert "expected such as 'title:Headline,text:Body'" in one_line(result, 2)


def test_only_unreadable_files_are_one_sentence(exports, tmp_path):
    result = run("quotes", exports / "scan.pdf", "-o", tmp_path / "out.csv")
    assert "no articles in" in one_line(result, 2)
    assert "scan.pdf: not read: " in result.stderr
