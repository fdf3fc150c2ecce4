"""Whether the 95 % intervals of rates hold the true rate in 95 of 100 collections of articles.

    python benchmarks/coverage.py [FOLDER] [--draws N]

The articles of FOLDER (../shared/bench/polnear/train, in the layout of PolNeAR 1.0) stand for all
that there are, so their rates are the true ones. Collections are drawn from them with replacement.
Beside ours, by articles, stands the usual interval, which takes each word as drawn by itself.
"Where seen" counts only the draws that hold the term: a table has no row for the others.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from dateline.terms import count_terms, find_tokens, load_stopwords, to_matrix
from dateline.terms.formulas.intervals import find_inflation, measure_rates, sum_sizes
from terms import POLNEAR, read_texts

SIZES = (8, 15, 90, 300)
SEED = 20261125


def choose_terms(terms, counts):
    """The columns of some kinds of terms, twenty each: by frequency, and in one article."""
    n = np.asarray(counts.sum(axis=0)).ravel()
    n_articles = counts.getnnz(axis=0)
    order = np.argsort(-n, kind="stable")
    stop = load_stopwords()
    is_stop = np.array([term in stop for term in terms])
    is_word = ~is_stop & np.array([any(map(str.isalpha, term)) for term in terms])
    content, function = order[is_word[order]], order[is_stop[order]]
    return {
        "top 20": content[:20],
        "ranks 200-220": content[200:220],
        "ranks 1000-1020": content[1000:1020],
        "function words": function[:20],
        "rare": content[8000:8020],
        "in one article or two": content[n_articles[content] <= 2][:20],
    }


def draw_intervals(held, size, n_articles, draws):
    """Of each draw (a row) and term (a column): n, and both intervals per million."""
    rng = np.random.default_rng(SEED + n_articles)
    n_terms = held.shape[1]
    column = np.tile(np.arange(n_terms), n_articles)
    found = []
    for _ in range(draws):
        own = rng.integers(0, len(size), n_articles)
        v, s = held[own].ravel(), size[own].repeat(n_terms)
        n = np.bincount(column, v, n_terms)
        sizes = sum_sizes(size[own], np.zeros(n_articles, int), 1).take(np.zeros(n_terms, int))
        inflation = find_inflation(n, column, v, s, sizes)
        ours = measure_rates(n, sizes.total, inflation)
        usual = measure_rates(n, sizes.total)
        ends = ("per_million_low", "per_million_high")
        found.append([n, *(ours[end] for end in ends), *(usual[end] for end in ends)])
    return np.array(found).transpose(1, 0, 2)


def measure(counts, terms, draws):
    """A table of the coverage of each kind of term in collections of each size."""
    size = np.asarray(counts.sum(axis=1)).ravel().astype(float)
    rows = []
    for kind, columns in choose_terms(terms, counts).items():
        held = counts[:, columns].toarray().astype(float)
        true = 1e6 * held.sum(axis=0) / size.sum()
        for n_articles in SIZES:
            n, low, high, usual_low, usual_high = draw_intervals(held, size, n_articles, draws)
            holds = (low <= true) & (true <= high)
            usual = (usual_low <= true) & (true <= usual_high)
            seen = n > 0
            row = {"terms": kind, "articles": n_articles, "ours": holds.mean()}
            row |= {"lowest term": holds.mean(axis=0).min(), "where seen": holds[seen].mean()}
            row |= {"usual": usual.mean(), "usual, where seen": usual[seen].mean()}
            row["width to usual"] = np.median((high - low)[seen] / (usual_high - usual_low)[seen])
            rows.append(row)
    return pd.DataFrame(rows)


def check_tables(articles, tokens, counts, terms):
    """What is measured here is what `count_terms` gives."""
    table = count_terms(tokens, articles).set_index("term")
    columns = choose_terms(terms, counts)["top 20"]
    held = counts[:, columns].toarray().astype(float)
    size = np.asarray(counts.sum(axis=1)).ravel()
    n_terms = len(columns)
    column, n = np.tile(np.arange(n_terms), len(size)), held.sum(axis=0)
    sizes = sum_sizes(size, np.zeros(len(size), int), 1).take(np.zeros(n_terms, int))
    inflation = find_inflation(n, column, held.ravel(), size.repeat(n_terms), sizes)
    for name, values in measure_rates(n, sizes.total, inflation).items():
        np.testing.assert_allclose(values, table.loc[[terms[i] for i in columns], name])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=POLNEAR)
    parser.add_argument("--draws", type=int, default=400)
    options = parser.parse_args()
    articles = read_texts(options.folder)
    tokens = find_tokens(articles)
    matrix = to_matrix(tokens, articles)
    counts, terms = matrix.counts.tocsc(), matrix.terms
    check_tables(articles, tokens, counts, terms)
    table = measure(counts, terms, options.draws)
    print(table.to_string(index=False, float_format="{:.3f}".format))
    named = table["terms"].isin(["top 20", "ranks 200-220", "function words"])
    asked = table[named & table["articles"].ge(15)]["ours"]
    print(f"asked for: .90 to .98; these are {asked.min():.3f} to {asked.max():.3f}")


if __name__ == "__main__":
    main()
