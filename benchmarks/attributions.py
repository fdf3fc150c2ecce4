"""Attributions on PolNeAR: accuracy on the half that was not developed on, calibration, speed.

    python benchmarks/attributions.py [FOLDER] [--all] [--other OTHER]

FOLDER (../shared/bench/polnear/train) is in the layout of PolNeAR 1.0 (Newell, Margolin and Ruths,
LREC 2018). The check half: the first hex digit of md5(article_id) is odd; the rules were made on
the other half. The lexicon that ships is counted on both; here it is counted anew on the other
half alone. OTHER (../shared/bench/other_news): sets that others annotated, by other rules; they are
measured, never counted. With --all both halves are measured, and memory over the whole folder.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from dateline.attribution import find_attributions
from dateline.attribution.cues.score import DEFAULT_MIN_SCORE
from dateline.attribution.parse import BATCH_SIZE, load_model
from dateline.evaluation.evaluate import evaluate, read_gold, show_figures
from dateline.evaluation.match import match_attributions
from dateline.evaluation.standoff import Standoff, read_standoff
from dateline.read import read_corpus

POLNEAR = Path("../shared/bench/polnear/train")
OTHER_NEWS = Path("../shared/bench/other_news")
OWN = Path("tests/gold")
ENOUGH = 50  # rows of a rule whose scores are compared with what is right
N_TIMED = 120  # articles whose parsing and attributing are timed, in turns
MIN_SCORES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
# Joint F1 to compare with: the best published tool on PolNeAR's dev split (ATAP, GenderGapTracker
# and Citron, retrained, were measured), and a second human annotator against the first.
OTHERS = {"direct": (81, 93), "mixed": (64, 84), "indirect": (47, 64), "all": (54, 72)}
# Finds in a process of its own, so that its peak memory is that of the library alone.
FIND = """
import json, resource, sys, time
import dateline
from dateline.attribution import find as rules
from dateline.attribution.cues import lexicon, score
rules.load_lexicon = lambda: lexicon.load_lexicon(sys.argv[3])
rules.load_trust = lambda: score.load_trust(sys.argv[3])
started = time.perf_counter()
articles = dateline.read_corpus(sys.argv[1]).articles
articles = articles[articles["article_id"].isin(json.load(sys.stdin))]
attributions = dateline.find_attributions(articles)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
attributions.to_parquet(sys.argv[2])
"""


def is_check(article_id):
    return int(hashlib.md5(article_id.encode()).hexdigest()[0], 16) % 2 == 1


def read_polnear(folder):
    if not folder.is_dir():
        sys.exit(f"not measured: {folder} is not there (PolNeAR, in its own layout)")
    return read_standoff(folder)


def take_articles(gold, is_wanted):
    """The gold of some articles only."""
    articles = gold.articles[gold.articles["article_id"].map(is_wanted)].reset_index(drop=True)
    said = gold.said[gold.said["article_id"].map(is_wanted)].reset_index(drop=True)
    return Standoff(said, articles, gold.problems)


def find_apart(folder, articles, path):
    """Find the attributions in a process of its own; tell its time and peak memory."""
    ids = json.dumps(articles["article_id"].tolist())
    command = [sys.executable, "-c", FIND, str(folder), str(path), str(path.parent)]
    done = subprocess.run(command, input=ids, capture_output=True, text=True, check=True)
    seconds, peak = map(float, done.stdout.split())
    n_words = int(articles["text"].str.split().map(len).sum())
    print(
        f"\n{len(articles)} articles, {n_words} words: {seconds:.0f} s, peak memory {peak:.0f} MB"
    )
    return pd.read_parquet(path)


def show_others(joint_f1):
    """Our joint F1 beside the best published tool's and a second annotator's."""
    print(f"\n{'joint F1':9}{'Dateline':>9}{'best peer':>10}{'human':>6}")
    for kind, (peer, human) in OTHERS.items():
        print(f"{kind:9}{100 * joint_f1[kind]:9.1f}{peer:10}{human:6}")


def show_min_scores(gold, attributions):
    """What is right of what is left, by the score from which attributions are kept."""
    rows = []
    for min_score in MIN_SCORES:
        kept = attributions[attributions["score"] >= min_score]
        accuracy = evaluate(gold.said, kept, gold.articles).accuracy.set_index("kind")
        columns = ["joint_precision", "joint_recall", "joint_f1"]
        row = {"min_score": min_score}
        for kind in ("indirect", "all"):
            row |= {f"{kind} {c.removeprefix('joint_')}": accuracy.loc[kind, c] for c in columns}
        rows.append(row)
    print("\nJoint figures by min_score")
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def show_calibration(name, gold, attributions):
    """Scores against the share that is right: of all, of each kind, of each rule with 50 rows.

    Few rows differ from their scores by chance: beside each error stands the error that right
    scores would show on so many rows, on average.
    """
    matches = match_attributions(gold.said, attributions, gold.articles)
    found = matches[matches["side"] == "found"].set_index("attribution_id")
    found = attributions.set_index("attribution_id").join(found[["overlap", "is_source_right"]])
    found["is_right"] = (found["overlap"] >= 0.5) & found["is_source_right"].fillna(False)
    groups = [("all", found), *found.groupby("kind"), *found.groupby("rule")]
    rows = [
        {"what": what, "n": len(rows)} | measure_calibration(rows["score"], rows["is_right"])
        for what, rows in groups
        if len(rows) >= ENOUGH
    ]
    print(f"\nCalibration, {name}")
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def measure_calibration(scores, is_right, *, n_resamples=200):
    """Mean score, share that is right, expected error in ten bins, and that error by chance."""
    scores, is_right = scores.to_numpy(float), is_right.to_numpy(bool)
    drawn = np.random.default_rng(0).random((n_resamples, len(scores))) < scores
    return {
        "score": scores.mean(),
        "right": is_right.mean(),
        "error": find_error(scores, is_right),
        "by chance": np.mean([find_error(scores, right) for right in drawn]),
    }


def find_error(scores, is_right):
    """The expected calibration error: the gap in each bin of a tenth, weighed by its rows."""
    bins = np.minimum((scores * 10).astype(int), 9)
    return np.abs(np.bincount(bins, scores - is_right)).sum() / len(scores)


def show_other_news(folder, path):
    """Other sets, each by its own annotation and by the scorer that lies beside them."""
    scorer = folder.parent / "score_other_news.py"
    for part in sorted(folder.iterdir()) if scorer.is_file() else ():
        found = find_apart(part / "text", read_corpus(part / "text").articles, path)
        lines = path.with_suffix(".jsonl")
        lines.write_text("".join(map(write_line, found.to_dict("records"))), encoding="utf-8")
        for min_score in (DEFAULT_MIN_SCORE, 0.5):
            command = [sys.executable, scorer, part, lines, "--min-score", str(min_score)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"{part.name}, min_score {min_score}: {done.stdout.strip()}")


def write_line(row):
    """An attribution as the scorer of the other sets reads it."""
    line = {key: row[key] for key in ("article_id", "score")}
    line["content"] = [list(map(int, span)) for span in row["content"]]
    for name in ("cue", "source"):
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        line[name] = None if pd.isna(start) else [[int(start), int(end)]]
    return json.dumps(line) + "\n"


def time_against_parser(articles):
    """Words per second, end to end and of spaCy alone with the same components, in turns."""
    timed = articles.head(N_TIMED)
    texts = timed["text"].tolist()
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    n_words = sum(len(text.split()) for text in texts)
    model = load_model()

    def parse(pieces, batch_size):
        for _ in model.pipe(pieces, batch_size=batch_size):
            pass

    ways = {
        "dateline, end to end": lambda: find_attributions(timed),
        "spaCy alone, by article": lambda: parse(texts, 8),
        "spaCy alone, by paragraph": lambda: parse(lines, BATCH_SIZE),
    }
    seconds = {name: [] for name in ways}
    for _ in range(3):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - started)
    rates = {name: n_words / min(times) for name, times in seconds.items()}
    fastest = max(rate for name, rate in rates.items() if name.startswith("spaCy"))
    print(f"\nSpeed on {len(timed)} articles, {n_words} words (best of 3, in turns)")
    for name, rate in rates.items():
        print(f"{name:28}{rate:8.0f} words/s{rate / fastest:7.2f} of the faster spaCy")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=POLNEAR)
    parser.add_argument("--other", type=Path, default=OTHER_NEWS, help="folder of other sets")
    parser.add_argument("--all", action="store_true", help="both halves; takes twice as long")
    arguments = parser.parse_args()
    gold = read_polnear(arguments.folder)
    check = take_articles(gold, is_check)
    time_against_parser(check.articles)
    halves = {"check": check}
    if arguments.all:
        halves["develop"] = take_articles(gold, lambda article_id: not is_check(article_id))
    path = Path("build") / "polnear.parquet"
    path.parent.mkdir(exist_ok=True)
    counting = [sys.executable, "benchmarks/count_cues.py", str(arguments.folder)]
    subprocess.run([*counting, "--half", "develop", "-o", str(path.parent)], check=True)
    wanted = gold.articles if arguments.all else check.articles
    attributions = find_apart(arguments.folder / "text", wanted, path)
    for name, half in halves.items():
        found = attributions[attributions["article_id"].isin(half.articles["article_id"])]
        print(f"\nThe {name} half: {len(half.articles)} articles")
        figures = evaluate(half.said, found, half.articles)
        print(show_figures(figures))
        show_others(figures.accuracy.set_index("kind")["joint_f1"])
    found = attributions[attributions["article_id"].isin(check.articles["article_id"])]
    show_min_scores(check, found)
    show_calibration("PolNeAR's check half", check, found)
    own = read_gold(OWN, corpus=Path("corpus"))
    show_calibration("our own gold", own, find_apart(Path("corpus"), own.articles, path))
    if arguments.other.is_dir():
        print("\nOther news")
        show_other_news(arguments.other, path)


if __name__ == "__main__":
    main()
