"""Terms on PolNeAR: the same counts as scikit-learn's CountVectorizer, and how fast, beside peers.

    python benchmarks/terms.py [FOLDER] [--turns N]

FOLDER (../shared/bench/polnear/train) is in the layout of PolNeAR 1.0. Times are CPU seconds, each
the median of N turns in which all methods follow one another; what counts is the ratio to
CountVectorizer in the same run. Peak memory is that of a process of its own, less what it held
with its libraries and texts.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from dateline.frames import build_frame
from dateline.read import find_blocks
from dateline.terms import (
    count_terms,
    find_ngrams,
    find_tokens,
    measures,
    rank_keywords,
    to_matrix,
)

ROOT = Path(__file__).parents[1]
POLNEAR = Path("../shared/bench/polnear/train")
# The plain scheme, which both count alike: runs of word characters in lower case, in all the text.
PLAIN = {"kinds": None, "pattern": r"\w+", "typography": False, "possessives": "keep"}
# VmHWM and not ru_maxrss, which a child inherits from its parent; writing 5 resets it (Linux).
MEMORY = """
import gc, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from terms import METHODS, PREPARE, read_texts
articles = read_texts(sys.argv[1])
texts = articles["text"].tolist()
given, few = map(PREPARE.get(sys.argv[2], lambda articles: articles), (articles, articles.head(2)))
def read_status(key):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(key))
METHODS[sys.argv[2]](few, texts[:2])
gc.collect()
before = read_status("VmRSS")
Path("/proc/self/clear_refs").write_text("5")
METHODS[sys.argv[2]](given, texts)
print(read_status("VmHWM") - before)
"""


def read_texts(folder):
    """ARTICLES of a folder, named as PolNeAR names them: outlet_date_title."""
    paths = sorted(Path(folder).rglob("*.txt"))
    texts = [path.read_bytes().decode() for path in paths]
    rows = [
        {"article_id": path.stem, "outlet": path.stem.split("_")[0], "text": text}
        for path, text in zip(paths, texts, strict=True)
    ]
    return build_frame("articles", rows)


def count_vectorizer(articles, texts):
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
    return vectorizer, vectorizer.fit_transform(texts)


def plain_tokens(articles, texts):
    return find_tokens(articles, **PLAIN)


def plain_counts(articles, texts):
    return count_terms(find_tokens(articles, **PLAIN), articles, classes=None)


def count_bigrams(articles, texts):
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(2, 2)).fit_transform(texts)


def plain_bigrams(tokens, texts):
    return find_ngrams(tokens)


def given_blocks(given, texts):
    articles, blocks = given
    return count_terms(find_tokens(articles, blocks=blocks), articles)


def default_counts(articles, texts):
    return count_terms(find_tokens(articles), articles)


def nltk_counts(articles, texts):
    from nltk import FreqDist, wordpunct_tokenize

    counts, holders = FreqDist(), FreqDist()
    for text in texts:
        words = wordpunct_tokenize(text.lower())
        counts.update(words)
        holders.update(set(words))
    return counts


METHODS = {
    "CountVectorizer": count_vectorizer,
    "find_tokens, plain scheme": plain_tokens,
    "find_tokens + count_terms, plain scheme": plain_counts,
    "find_tokens + count_terms, default (blocks, folding)": default_counts,
    "find_tokens + count_terms, blocks given": given_blocks,
    "NLTK wordpunct + FreqDist": nltk_counts,
    "CountVectorizer, bigrams": count_bigrams,
    "find_ngrams(2), tokens given, plain scheme": plain_bigrams,
}
# What a method is given in place of articles.
PREPARE = {
    "find_tokens + count_terms, blocks given": lambda articles: (articles, find_blocks(articles)),
    "find_ngrams(2), tokens given, plain scheme": lambda articles: find_tokens(articles, **PLAIN),
}


def check_counts(articles):
    """Whether all counts and article counts are CountVectorizer's."""
    vectorizer, matrix = count_vectorizer(articles, articles["text"].tolist())
    expected = pd.DataFrame(
        {
            "n": np.asarray(matrix.sum(axis=0)).ravel(),
            "n_articles": np.asarray((matrix > 0).sum(axis=0)).ravel(),
        },
        index=pd.Index(vectorizer.get_feature_names_out(), dtype="str"),
    )
    found = plain_counts(articles, None).set_index("term")[["n", "n_articles"]]
    pd.testing.assert_frame_equal(
        found.sort_index(), expected.sort_index(), check_names=False, check_dtype=False
    )
    ours = to_matrix(find_tokens(articles, **PLAIN), articles)
    order = vectorizer.get_feature_names_out().argsort()
    assert (ours.counts != matrix[:, order]).nnz == 0
    print(f"counts equal to CountVectorizer's: {len(found):,} terms, {found['n'].sum():,} tokens")


def check_corpus_vectors():
    """The published counts of PolNeAR, which need its texts."""
    sys.path.insert(0, str(ROOT / "tests"))
    from term_vectors import CORPUS_MEASURES, compute

    entries = json.loads((ROOT / "tests/data/term_vectors.json").read_text("utf-8"))
    for entry in entries:
        if entry["measure"] in CORPUS_MEASURES:
            found = compute(entry)
            right = all(
                found[key] == value
                if not isinstance(value, dict)
                else all(found[key][k] == n for k, n in value.items())
                for key, value in entry["expected"].items()
            )
            print(f"{entry['id']} {entry['measure']}: {'as published' if right else found}")


def time_all(articles, turns):
    """CPU seconds of each method: {name: median}."""
    texts = articles["text"].tolist()
    tokens = find_tokens(articles, **PLAIN)
    questions = {
        "count_terms again, same tokens": lambda: count_terms(tokens, articles),
        "count_terms by outlet, same tokens": lambda: count_terms(tokens, articles, by="outlet"),
        "rank_keywords, 7 outlets, all measures": lambda: rank_keywords(
            tokens, articles, by="outlet"
        ),
    }
    given = {name: PREPARE.get(name, lambda articles: articles)(articles) for name in METHODS}
    runs = {name: lambda name=name: METHODS[name](given[name], texts) for name in METHODS}
    runs |= questions
    seconds = {name: [] for name in runs}
    for turn in range(turns + 1):
        for name, run in runs.items():
            started = time.process_time()
            run()
            if turn:  # the first turn warms up
                seconds[name].append(time.process_time() - started)
    return {name: statistics.median(values) for name, values in seconds.items()}


def measure_memory(folder, name):
    """Peak MB of one method in its own process."""
    command = [sys.executable, "-c", MEMORY, str(folder), name, str(Path(__file__).parent)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return float(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=POLNEAR)
    parser.add_argument("--turns", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.folder.exists():
        sys.exit(f"not measured: {arguments.folder} is not there")
    articles = read_texts(arguments.folder)
    size = sum(len(text.encode()) for text in articles["text"]) / 2**20
    print(f"{len(articles)} articles, {size:.2f} MB; {len(measures)} measures\n")
    check_counts(articles)
    check_corpus_vectors()
    print(f"\n{'CPU seconds, median of ' + str(arguments.turns):55} seconds   ratio  peak MB")
    seconds = time_all(articles, arguments.turns)
    for name, value in seconds.items():
        memory = f"{measure_memory(arguments.folder, name):8.1f}" if name in METHODS else ""
        print(f"{name:55} {value:7.3f} {value / seconds['CountVectorizer']:7.2f} {memory}")
    print("Conc and textacy are not in this environment: ../shared/research/terms.md has theirs.")


if __name__ == "__main__":
    main()
