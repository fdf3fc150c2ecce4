"""Speakers on PolNeAR: who is right, and how long it takes to resolve them.

    python benchmarks/speakers.py [GOLD.jsonl] [FOLDER]

GOLD.jsonl (../shared/bench/speakers/train.jsonl) names the speakers of the attributions of some
articles; FOLDER (../shared/bench/polnear/train) has their texts. Attributions are found, not
given: speaker accuracy is over those that are paired with a gold one.
"""

import argparse
import sys
import time
from pathlib import Path

import dateline
from dateline.evaluation.evaluate import Figures, evaluate_speakers, show_figures
from dateline.evaluation.exchange import read_said
from dateline.frames import empty_frame

BENCH = Path("../shared/bench")
N_TIMED = 150  # articles more, for the time


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", nargs="?", type=Path, default=BENCH / "speakers" / "train.jsonl")
    parser.add_argument("folder", nargs="?", type=Path, default=BENCH / "polnear" / "train")
    arguments = parser.parse_args()
    if not arguments.gold.exists():
        sys.exit(f"not measured: {arguments.gold} is not there")
    gold = read_said(arguments.gold)
    corpus = dateline.read_corpus(arguments.folder / "text").articles
    annotated = corpus["article_id"].isin(gold["article_id"])

    found, _, _ = find_said(corpus[annotated])
    figures = evaluate_speakers(gold, found, corpus[annotated])
    print(f"{annotated.sum()} articles with named speakers")
    print(show_figures(Figures(empty_frame("accuracy"), figures)))

    _, finding, resolving = find_said(corpus[~annotated].head(N_TIMED))
    print(f"\n{N_TIMED} articles: attributions {finding:.1f} s, their speakers {resolving:.1f} s")
    print(f"speakers take {resolving / finding:.0%} of the time of the attributions")


def find_said(articles):
    """SAID, and the seconds for attributions and for speakers."""
    articles = articles.reset_index(drop=True)
    started = time.perf_counter()
    attributions = dateline.find_attributions(articles)
    found = time.perf_counter()
    mentions, speakers = dateline.resolve_speakers(attributions, articles)
    said = dateline.attribute_speakers(attributions, mentions, speakers, articles)
    resolved = time.perf_counter()
    return said, found - started, resolved - found


if __name__ == "__main__":
    main()
