"""False findings: keywords and titles where outlets, months and speakers mean nothing.

    python benchmarks/nulls.py [FOLDER] [--runs 50] [--sizes 30 90 300] [--seed 1] [--only outlets]

Articles of FOLDER (../shared/bench/polnear/train, in the layout of PolNeAR 1.0) are dealt at random
to three outlets, to three months, and their sentences to a narrator and three speakers, so that
there is nothing to find; and once more with one outlet's articles cut to half, or thinned to every
second word. Counted are the runs with any keyword at p_bh < .05 and those in which the title of a
figure states a finding. Beside them stand the keywords of three true outlets, and how many of these
the outlet with the longer articles uses more: of a test that sees words and not lengths about half.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from dateline.show.vocabulary.keyness_charts import draw_keyness
from dateline.show.vocabulary.keywords import rank_groups, rank_new_terms, rank_voices
from dateline.show.vocabulary.term_charts import draw_terms_by_group
from dateline.show.vocabulary.time_charts import draw_trend
from dateline.terms import count_terms, count_trend, find_tokens, rank_keywords
from terms import POLNEAR, read_texts

MIN_N = 3  # as the report's
LEVEL = 0.05
NO_FINDING = ("No term", "There are too few", "Nothing can be compared", "There is nothing")


class Corpus:
    """Articles with their tokens, found once; draws take some of both."""

    def __init__(self, articles):
        self.articles = articles
        self.tokens = find_tokens(articles)
        self.outlets = articles["outlet"].unique()
        self.place = self.tokens["article_id"].cat.codes.to_numpy()
        sizes = np.bincount(self.place, minlength=len(articles))
        self.index = np.arange(len(self.tokens)) - (np.cumsum(sizes) - sizes)[self.place]
        self.sizes = sizes

    def take(self, rows, outlets, shorten=None):
        """The articles at these rows as of these outlets, those of the first one shortened."""
        articles = self.articles.iloc[rows].assign(outlet=outlets).reset_index(drop=True)
        kept = np.zeros(len(self.articles), bool)
        kept[rows] = True
        used = kept[self.place]
        if shorten:
            first = np.zeros(len(self.articles), bool)
            first[rows[np.array(outlets) == outlets[0]]] = True
            half = self.index < (self.sizes[self.place] + 1) // 2
            used &= ~first[self.place] | (half if shorten == "cut" else self.index % 2 == 0)
        tokens = self.tokens[used].reset_index(drop=True)
        return tokens.assign(term=tokens["term"].cat.remove_unused_categories()), articles


def deal(n):
    """Three names, each for a third of the articles."""
    return np.repeat(["A", "B", "C"], n // 3)


def is_finding(drawing):
    """Whether the title of a figure states one; it stands in the words beside the figure."""
    return not any(words in drawing.alt for words in NO_FINDING)


def try_outlets(tokens, articles, titles):
    keywords = rank_groups(tokens, articles, by="outlet", min_n=MIN_N)
    found = {"a keyword": (keywords["p_bh"] < LEVEL).any()}
    if titles:
        counts = count_terms(tokens, articles, by="outlet", min_n=MIN_N)
        found["title of draw_keyness"] = is_finding(draw_keyness(keywords))
        found["title of draw_terms_by_group"] = is_finding(draw_terms_by_group(counts, keywords))
    return found


def try_months(random, tokens, articles, titles):
    months = pd.to_datetime(["2025-01-10", "2025-02-10", "2025-03-10"]).astype("datetime64[s]")
    dated = articles.assign(published_on=random.permutation(np.resize(months, len(articles))))
    new = rank_new_terms(tokens, dated, min_n=MIN_N)
    found = {"a new term": ((new["p_bh"] < LEVEL) & (new["log_ratio"] > 0)).any()}
    if titles:
        by_month = rank_groups(tokens, dated, by="month", min_n=MIN_N)
        top = tokens["term"].value_counts().index[:20:3].tolist()
        trends = count_trend(tokens, dated, top, every="month")
        found["title of draw_trend"] = is_finding(draw_trend(trends, by_month))
    return found


def try_speakers(random, tokens, articles):
    """Sentences dealt to the narrator or to one of two speakers of three that the article has."""
    place = tokens["article_id"].cat.codes.to_numpy()
    sentence = np.r_[0, np.cumsum((np.diff(place) != 0) | (np.diff(tokens["sentence_index"]) != 0))]
    absent = random.integers(0, 3, place.max() + 1)[place]
    speaker = (absent + 1 + random.integers(0, 2, sentence[-1] + 1)[sentence]) % 3
    names = np.array(["Ada Quill", "Bo Lund", "Kit Varro"])[speaker]
    spoken = (random.random(sentence[-1] + 1) < 0.4)[sentence]
    voiced = tokens.assign(voice=np.where(spoken, names, "narrator"))
    return {
        "a keyword of voices": (rank_voices(voiced, articles, min_n=MIN_N)["p_bh"] < LEVEL).any()
    }


def try_true(random, corpus, n):
    """Keywords of three true outlets, and how many the one with longer articles uses more."""
    outlets = random.choice(corpus.outlets, 3, replace=False)
    by_outlet = corpus.articles["outlet"].to_numpy()
    rows = [
        random.choice(np.flatnonzero(by_outlet == name), n // 3, replace=False) for name in outlets
    ]
    tokens, articles = corpus.take(np.concatenate(rows), np.repeat(outlets, n // 3))
    keywords = rank_keywords(tokens, articles, by="outlet", min_n=MIN_N)
    # The same with Mann-Whitney's test of rates, over the same terms.
    tested = keywords[keywords["p"].notna()]
    ranks = tested["article_p"].rank(method="max") / len(tested)
    by_ranks = (
        tested["article_p"] <= tested["article_p"][tested["article_p"] <= LEVEL * ranks].max()
    )
    longer = keywords["n_tokens"] > keywords["n_tokens_reference"] / 2
    agrees = (keywords["log_ratio"] > 0) == longer
    sure = keywords["p_bh"] < LEVEL
    return {
        "keywords": sure.sum(),
        "longer uses more": agrees[sure].sum(),
        "by Mann-Whitney": by_ranks.sum(),
        "longer uses more (MW)": agrees[tested.index][by_ranks].sum(),
    }


def count_runs(runs, run):
    """How many of the runs found each, as text."""
    results = pd.DataFrame([run() for _ in range(runs)])
    return ", ".join(f"{name} {n} of {runs}" for name, n in results.sum().items())


def list_trials(corpus, random, n, titles):
    """What to try on n articles, by name."""

    def draw(shorten=None):
        rows = random.permutation(len(corpus.articles))[:n]
        return corpus.take(rows, deal(n), shorten)

    return {
        "outlets": lambda: try_outlets(*draw(), titles),
        "outlets, one cut to half": lambda: try_outlets(*draw("cut"), titles),
        "outlets, one thinned to half": lambda: try_outlets(*draw("thinned"), titles),
        "months": lambda: try_months(random, *draw(), titles),
        "speakers": lambda: try_speakers(random, *draw()),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=POLNEAR)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--sizes", type=int, nargs="+", default=[30, 90, 300])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="outlets, months, speakers or true")
    parser.add_argument("--no-titles", action="store_true", help="leave out the figures")
    arguments = parser.parse_args()
    if not arguments.folder.exists():
        sys.exit(f"not measured: {arguments.folder} is not there")
    corpus, titles = Corpus(read_texts(arguments.folder)), not arguments.no_titles
    random = np.random.default_rng(arguments.seed)
    print("Runs with a false finding, where there is nothing to find (to reach: 5 % at most)")
    for n in arguments.sizes:
        for name, run in list_trials(corpus, random, n, titles).items():
            if arguments.only in name:
                print(f"{n} articles, {name}: {count_runs(arguments.runs, run)}", flush=True)
    for n in arguments.sizes if arguments.only in "true outlets" else ():
        found = pd.DataFrame([try_true(random, corpus, n) for _ in range(min(arguments.runs, 20))])
        print(f"{n} articles of three true outlets:", found.mean().round(1).to_dict(), flush=True)


if __name__ == "__main__":
    main()
