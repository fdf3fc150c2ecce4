"""How many reprints are found, whatever was done to them, and how many of those found are none.

    python benchmarks/reprints.py [--texts FOLDER] [--half develop|check|all] [--scale N ...]

Each story of corpus/, and of FOLDER (../shared/bench/polnear/train/text), is edited in fifteen ways
by program: cut, with words changed for others of the corpus as often as they occur, with letters
misread, or put into a longer text. Every second story is kept out, as the text around. Edited and
original must be one cluster; any two different stories that are one count against precision. Then:
round-ups of several stories, and briefs of one outlet with the same paragraph below. Stories that
are linked unedited are listed: they were read by eye (see docs/reprints.md), and one of each is
left out. --scale times so many articles, made of the stories' sentences. The seed is fixed.
"""

import argparse
import hashlib
import random
import re
import time
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from dateline.read import find_copies, make_articles, read_corpus
from dateline.read.reprints.clusters import find_clusters

POLNEAR = Path("../shared/bench/polnear/train/text")
LEAST_WORDS = 80  # a shorter story cut to 30 % says too little
NOT_REQUIRED = ("8 % of letters", "three paragraphs inside")
Paragraphs = list[str]


class Editor:
    """Edits stories; every choice comes from one seed."""

    def __init__(self, stories: list[Paragraphs], around: list[Paragraphs]) -> None:
        self.random = random.Random(20261125)
        self.vocabulary = [word for s in stories for p in s for word in re.findall(r"\w+", p)]
        self.around, self.turn = around, 0

    def cut(self, story: Paragraphs, share: float) -> Paragraphs:
        """The first share of the words, with paragraphs kept."""
        left = int(share * n_words(story))
        kept = []
        for paragraph in story:
            words = paragraph.split(" ")
            kept.append(" ".join(words[:left]))
            left -= len(words)
            if left <= 0:
                break
        return kept

    def halve(self, story: Paragraphs) -> Paragraphs:
        """A random half of the sentences, in order."""
        sentences = [s for p in story for s in re.split(r"(?<=[.!?”])\s+", p)]
        chosen = sorted(self.random.sample(range(len(sentences)), (len(sentences) + 1) // 2))
        return [sentences[i] for i in chosen]

    def change(self, story: Paragraphs, share: float) -> Paragraphs:
        """Such a share of the words changed for others of the corpus."""

        def swap(word: re.Match[str]) -> str:
            changed = self.random.random() < share
            return self.random.choice(self.vocabulary) if changed else word[0]

        return [re.sub(r"\w+", swap, paragraph) for paragraph in story]

    def misread(self, story: Paragraphs, share: float) -> Paragraphs:
        """Such a share of the letters changed for others."""
        letters = "abcdefghijklmnopqrstuvwxyz"

        def swap(letter: re.Match[str]) -> str:
            return self.random.choice(letters) if self.random.random() < share else letter[0]

        return [re.sub(r"[A-Za-z]", swap, paragraph) for paragraph in story]

    def put_inside(self, story: Paragraphs) -> Paragraphs:
        """Amid another text, which no other story is put into; it may be shorter or longer."""
        around = self.around[self.turn % len(self.around)]
        self.turn += 1
        middle = len(around) // 2
        return around[:middle] + story + around[middle:]

    def take_three(self, story: Paragraphs) -> Paragraphs:
        """Three paragraphs in a row."""
        first = self.random.randrange(max(1, len(story) - 2))
        return story[first : first + 3]


def list_edits(editor: Editor) -> dict[str, Callable[[Paragraphs], Paragraphs]]:
    cut, change = editor.cut, editor.change
    return {
        "new headline": lambda s: [" ".join(editor.random.sample(editor.vocabulary, 8)), *s],
        "cut to 70 %": lambda s: cut(s, 0.7),
        "cut to 50 %": lambda s: cut(s, 0.5),
        "cut to 30 %": lambda s: cut(s, 0.3),
        "a random half": editor.halve,
        "10 % of words": lambda s: change(s, 0.1),
        "15 % of words": lambda s: change(s, 0.15),
        "20 % of words": lambda s: change(s, 0.2),
        "30 % of words": lambda s: change(s, 0.3),
        "cut to 50 %, 10 % of words": lambda s: change(cut(s, 0.5), 0.1),
        "a random half, 20 % of words": lambda s: change(editor.halve(s), 0.2),
        "3 % of letters": lambda s: editor.misread(s, 0.03),
        "8 % of letters": lambda s: editor.misread(s, 0.08),
        "whole inside a longer text": editor.put_inside,
        "half inside a longer text": lambda s: editor.put_inside(cut(s, 0.5)),
        "three paragraphs inside": lambda s: editor.put_inside(editor.take_three(s)),
    }


def n_words(story: Iterable[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in story)


def read_stories(folder: Path, half: str) -> dict[str, Paragraphs]:
    """The bodies of a folder's articles, of one half by a hash of their names."""
    corpus = read_corpus(folder)
    texts = dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))
    stories: dict[str, Paragraphs] = {}
    bodies = corpus.blocks[corpus.blocks["kind"].eq("body")]
    for article_id, start, end in zip(
        bodies["article_id"], bodies["start"], bodies["end"], strict=True
    ):
        stories.setdefault(article_id, []).append(texts[article_id][start:end])
    is_develop = {
        name: int(hashlib.md5(name.encode()).hexdigest()[0], 16) % 2 == 0 for name in stories
    }
    return {
        name: story
        for name, story in stories.items()
        if n_words(story) >= LEAST_WORDS
        and half in ("all", "develop" if is_develop[name] else "check")
    }


def cluster(stories: Iterable[Paragraphs]) -> list[int]:
    return find_clusters(["\n".join(story) for story in stories]).firsts


def drop_linked(stories: dict[str, Paragraphs]) -> list[Paragraphs]:
    """The stories, of those that are one cluster unedited the first only."""
    names = list(stories)
    firsts = cluster(stories.values())
    for i, first in enumerate(firsts):
        if first != i:
            print(f"  linked as they are: {names[first]}, {names[i]}")
    return [stories[names[first]] for i, first in enumerate(firsts) if first == i]


def count_pairs(firsts: list[int], story_of: list[int]) -> tuple[int, int]:
    """How many pairs of one cluster are of one story, and how many are not."""
    members: dict[int, list[int]] = {}
    for i, first in enumerate(firsts):
        members.setdefault(first, []).append(story_of[i])
    pairs = [one == other for each in members.values() for one, other in combinations(each, 2)]
    return sum(pairs), len(pairs) - sum(pairs)


def score_edits(stories: list[Paragraphs], around: list[Paragraphs]) -> None:
    n, right, wrong, found, asked = len(stories), 0, 0, 0, 0
    editor = Editor(stories, around)
    for name, edit in list_edits(editor).items():
        editor.turn = 0
        edited = [edit(story) for story in stories]
        firsts = cluster([*stories, *edited])
        n_found = sum(firsts[i] == firsts[n + i] for i in range(n))
        n_right, n_wrong = count_pairs(firsts, [*range(n)] * 2)
        right, wrong = right + n_right, wrong + n_wrong
        if name not in NOT_REQUIRED:
            found, asked = found + n_found, asked + n
        print(f"  {name:30} {n_found:4} of {n} ({100 * n_found / n:5.1f} %), wrong pairs {n_wrong}")
    print(f"  required edits: recall {100 * found / asked:.2f} %", end="; ")
    print(f"all: precision {100 * right / max(1, right + wrong):.2f} % ({wrong} wrong pairs)")


def score_copies(stories: list[Paragraphs], around: list[Paragraphs]) -> None:
    """What of the text that was put into a longer one `find_copies` finds there, by letters."""
    editor = Editor(stories, around)
    parts: dict[str, Callable[[Paragraphs], Paragraphs]] = {
        "whole stories": lambda s: s,
        "three paragraphs": editor.take_three,
        "three paragraphs, 20 % of words": lambda s: editor.change(editor.take_three(s), 0.2),
    }
    for name, take in parts.items():
        inside = ["\n\n".join(take(story)) for story in stories]
        longer = ["\n\n".join(editor.put_inside([part])) for part in inside]
        rows = [{"article_id": f"s{i}", "text": "\n\n".join(s)} for i, s in enumerate(stories)]
        rows += [{"article_id": f"l{i}", "text": text} for i, text in enumerate(longer)]
        copies = find_copies(make_articles(rows))
        put = {
            f"l{i}": (text.find(part), part)
            for i, (text, part) in enumerate(zip(longer, inside, strict=True))
        }
        found = wrong = 0
        for key, start, end in zip(
            copies["article_id"], copies["start"], copies["end"], strict=True
        ):
            if key in put:
                first, part = put[key]
                common = max(0, min(end, first + len(part)) - max(start, first))
                found, wrong = found + common, wrong + end - start - common
        n = sum(map(len, inside))
        print(f"  copies of {name:32} {100 * found / n:5.1f} % of their letters", end=", ")
        print(f"{100 * found / max(1, found + wrong):5.1f} % of what is found")


def score_round_ups(stories: list[Paragraphs], turns: int) -> None:
    """Round-ups of three to six stories: their first paragraphs, halves, or all of them."""
    n, editor = len(stories), Editor(stories, stories)
    kinds: dict[str, Callable[[Paragraphs], Paragraphs]] = {
        "first paragraphs": lambda s: s[:1],
        "three first paragraphs": lambda s: s[:3],
        "first halves": lambda s: editor.cut(s, 0.5),
        "whole stories": lambda s: s,
    }
    for kind, take in kinds.items():
        chosen = [editor.random.sample(range(n), editor.random.randint(3, 6)) for _ in range(turns)]
        round_ups = [[p for i in members for p in take(stories[i])] for members in chosen]
        merged = told = wrong = 0
        for round_up in round_ups:
            clusters = find_clusters(["\n".join(story) for story in [*stories, round_up]])
            merged += clusters.firsts[-1] != n
            told += n in clusters.round_ups
            wrong += count_pairs(clusters.firsts[:-1], [*range(n)])[1]
        print(f"  round-ups of {kind:23} {merged} of {turns} merged, {told} told", end=", ")
        print(f"{wrong} pairs of stories linked")


def score_boilerplate(stories: list[Paragraphs], around: list[Paragraphs], turns: int) -> None:
    """Briefs of one outlet, 25 to 100 words each, over the same 90 words; two are versions."""
    editor = Editor(stories, around)
    wrong = lost = all_pairs = 0
    for _ in range(turns):
        below = " ".join(" ".join(editor.random.choice(around)).split()[:90])
        chosen = editor.random.sample(stories, 5)
        briefs = [
            " ".join(" ".join(story).split()[: editor.random.randint(25, 100)]) for story in chosen
        ]
        version = " ".join(editor.change([briefs[0]], 0.1))
        texts = [f"{brief}\n{below}" for brief in [*briefs, version]]
        firsts = find_clusters(texts, ["Quay Post"] * len(texts)).firsts
        wrong += count_pairs(firsts[:5], [*range(5)])[1]
        all_pairs += 10
        lost += firsts[5] != firsts[0]
    print(f"  briefs over one paragraph: {wrong} of {all_pairs} pairs linked", end="; ")
    print(f"a version of one of them lost: {lost} of {turns}")


def make_many(stories: list[Paragraphs], n: int) -> list[str]:
    """Articles of the stories’ sentences, up to a third of the words changed; a tenth reprints."""
    editor = Editor(stories, stories)
    sentences = [s for story in stories for p in story for s in re.split(r"(?<=[.!?”])\s+", p)]
    texts: list[str] = []
    for i in range(n):
        if i % 10 == 9:
            texts.append("\n".join(editor.change([editor.random.choice(texts)], 0.1)))
        else:
            chosen = editor.random.choices(sentences, k=editor.random.randint(10, 50))
            texts.append("\n".join(editor.change(chosen, editor.random.random() / 3)))
    return texts


def measure_one(stories: list[Paragraphs], size: int) -> tuple[float, float, int, int]:
    """Seconds, MB at the peak above what the texts take, words, and how many were linked."""
    texts = make_many(stories, size)
    began = time.process_time()
    firsts = find_clusters(texts).firsts
    seconds = time.process_time() - began
    n_linked = sum(first != i for i, first in enumerate(firsts))
    tracemalloc.start()
    find_clusters(texts)  # once more, for to trace memory takes time
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak, sum(len(text.split()) for text in texts), n_linked


def measure_scale(stories: list[Paragraphs], sizes: list[int]) -> None:
    for size in sorted(sizes):
        seconds, peak, n, n_linked = measure_one(stories, size)
        print(f"{size:,} articles, {n:,} words: {seconds:.1f} s, {peak:,.0f} MB", end=", ")
        print(f"{n_linked} linked of {size // 10} reprints")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=POLNEAR)
    parser.add_argument("--half", choices=["develop", "check", "all"], default="check")
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--scale", type=int, nargs="*", default=[2500, 5000, 10000])
    options = parser.parse_args()
    for folder, half in ((Path("corpus"), "all"), (options.texts, options.half)):
        if not folder.is_dir():
            print(f"{folder} is not there: not measured")
            continue
        print(f"{folder}, {half}")
        stories = drop_linked(read_stories(folder, half))
        score_edits(stories[1::2], stories[::2])  # the larger half around
        score_copies(stories[1::2], stories[::2])
        score_round_ups(stories, options.turns)
        score_boilerplate(stories[::2], stories[1::2], options.turns)
    if options.scale:
        measure_scale(stories, options.scale)


if __name__ == "__main__":
    main()
