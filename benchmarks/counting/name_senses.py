"""Name the senses of verbs and nouns: from WordNet's files to wordlists/senses.txt.

    python benchmarks/counting/name_senses.py [WORDNET] [-o FILE]

WORDNET is the folder of WordNet 3.0's files (Debian: wordnet-base). Each lemma gets the broad
class of its usual sense: WordNet's own lexicographer classes, some of them joined. A sense weighs
as often as it was tagged in WordNet's texts, and 1 / its rank beside that. Only what was tagged at
all is listed: rarer words and names are in no need of it.
"""

import argparse
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

WORDNET = Path("/usr/share/wordnet")
OUTPUT = Path("lib/dateline/wordlists/senses.txt")
POS = {"1": "NOUN", "2": "VERB"}
# The lexicographer files of WordNet 3.0 by their numbers, and what they are joined to here.
NOUNS = {
    3: "thing", 4: "act", 5: "thing", 6: "thing", 7: "attribute", 8: "thing", 9: "cognition",
    10: "communication", 11: "act", 12: "cognition", 13: "thing", 14: "person", 15: "thing",
    16: "cognition", 17: "thing", 18: "person", 19: "act", 20: "thing", 21: "possession",
    22: "act", 23: "quantity", 24: "attribute", 25: "thing", 26: "state", 27: "thing", 28: "time",
}  # fmt: skip
VERBS = {
    31: "cognition", 32: "communication", 37: "emotion", 39: "perception", 41: "social",
    42: "stative",
}  # fmt: skip
SAYING = ("communication", "cognition")
PURE = 0.75  # below this share of it a verb or noun of saying has other senses, too
BESIDE = 0.15  # from this share on a second class, of saying or thinking, is named
HEADER = """\
# The broad class of the usual sense of verbs and nouns, from WordNet 3.0 in 2026-11, by
# benchmarks/counting/name_senses.py. A line: class, part of speech, lemmas. “+communication”,
# “+cognition”: has that sense as well; “+other”: has other senses as well.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Its licence:
# WORDNET
"""


def weigh_senses(folder):
    """{(lemma, part of speech): Counter of classes} of all lemmas whose senses were tagged."""
    tagged = Counter()
    for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
        key, rank, count = line.split()
        lemma, _, rest = key.partition("%")
        if rest[0] in POS:
            tagged[lemma, POS[rest[0]], int(rank)] = int(count)
    wanted = {(lemma, pos) for lemma, pos, _ in tagged}
    weights = defaultdict(Counter)
    for pos, name, classes in (("NOUN", "noun", NOUNS), ("VERB", "verb", VERBS)):
        numbers = read_files(folder / f"data.{name}")
        for line in (folder / f"index.{name}").read_text("utf-8").splitlines():
            lemma, _, n, *rest = line.split() if line[0] != " " else ("", "", 0)
            word = lemma.replace("_", "") if pos == "VERB" else lemma  # rule_out
            if (lemma, pos) in wanted and word.isalpha():
                for rank, offset in enumerate(rest[-int(n) :], start=1):
                    name = classes.get(numbers[offset], "other")
                    weights[lemma, pos][name] += tagged[lemma, pos, rank] + 1 / rank
    return weights


def read_files(path):
    """{offset of a synset: number of its lexicographer file}."""
    lines = (line.split()[:2] for line in path.read_text("utf-8").splitlines() if line[0] != " ")
    return {offset: int(number) for offset, number in lines}


def name_class(weights):
    total = sum(weights.values())
    usual = max(sorted(weights), key=weights.get)
    if usual in SAYING and weights[usual] >= PURE * total:
        return usual
    for second in SAYING:
        if second != usual and weights[second] >= BESIDE * total:
            return f"{usual}+{second}"
    return f"{usual}+other" if usual in SAYING else usual


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("wordnet", nargs="?", type=Path, default=WORDNET)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    if not (options.wordnet / "data.verb").is_file():
        sys.exit(f"not made: WordNet's files are not in {options.wordnet}")
    members = defaultdict(list)
    for (lemma, pos), weights in sorted(weigh_senses(options.wordnet).items()):
        members[pos, name_class(weights)].append(lemma)
    lines = []
    for (pos, name), lemmas in sorted(members.items()):
        for row in textwrap.wrap(" ".join(lemmas), 4000, break_on_hyphens=False):
            lines.append(f"{name} {pos} {row}")
    top = HEADER.replace("WORDNET", read_licence(options.wordnet))
    options.output.write_text(top + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(map(len, members.values()))} lemmas in {len(members)} classes")


def read_licence(folder):
    """The licence that opens each of WordNet's files, as comment lines."""
    lines = (folder / "data.verb").read_text("utf-8").splitlines()
    texts = [line.lstrip().partition(" ")[2].strip() for line in lines if line[:2] == "  "]
    return "\n# ".join(text for text in texts if text and "Copyright" not in text)


if __name__ == "__main__":
    main()
