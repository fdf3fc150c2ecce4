"""Count the cue lexicon: which words attribute, in which constructions, and how far to trust that.

    python benchmarks/count_cues.py [POLNEAR] [--half develop|all] [-o FOLDER]

POLNEAR is a folder in the layout of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018). Only
counts leave it: cues.tsv, constructions.tsv and traits.tsv, which attribution/cues reads. The
develop half: the first hex digit of md5(article_id) is even; the check half, on which accuracy is
measured, is never counted unless with --half all.

traits.tsv comes from five folds: the articles of one are attributed with the words counted in the
others, so that what is right and wrong is judged fairly. Two would leave the words half as well
known as they are in the end, and the scores too sure.
"""

import argparse
import hashlib
import math
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from counting.fit_traits import fit_traits
from counting.fit_weights import fit_weights
from dateline.attribution.argument import find_arguments
from dateline.attribution.cues.lemmas import list_lemmas
from dateline.attribution.cues.lexicon import (
    CUE_POS,
    OPEN_POS,
    list_features,
    load_lexicon,
    shift_of,
)
from dateline.attribution.cues.senses import list_listed, name_class
from dateline.attribution.draft import find_mark
from dateline.attribution.parse import WORD, cut_paragraphs, parse_paragraphs
from dateline.attribution.passage import find_particle, make_passage, mark_of
from dateline.attribution.quoted import find_beside
from dateline.attribution.source import find_source
from dateline.evaluation.standoff import Standoff, read_standoff
from dateline.read.plain.blocks import lay_out
from dateline.wordlists import read_table

POLNEAR = Path("../shared/bench/polnear/train")
OUTPUT = Path("build")  # to ship: --half all -o lib/dateline/wordlists
MIN_CUES = 3  # a word that was seen as a cue less often is left out, unless it is listed by hand
MIN_RATE = 0.1  # and so is a word that is a cue less often than this
LISTED = (4, 5)  # right, n: what a listed word that was seen less than five times counts as
N_FOLDS = 5
MIN_EXPECTED = 0.3  # a construction of a word that was never content is left out below this
MIN_FEATURE = 3  # phrases that have a feature of the general estimate
USUAL = 50  # phrases of one word that count whole for what holds for any word
PENALTY = 3.3  # how strongly weights of features are held near nought
HEADER = (
    "# {} Counted in PolNeAR 1.0 train ({}; Newell, Margolin and Ruths, LREC 2018),\n"
    "# {} articles, by benchmarks/count_cues.py. Counts are cues / occurrences, or contents /\n"
    "# phrases / contents as expected from words like it; weights are log-odds.\n"
)


class Phrase(NamedTuple):
    """A phrase beside a word: how it stands to it, what heads it, and whether it is content."""

    construction: str
    mark: str
    head: str
    is_content: bool


class Occurrence(NamedTuple):
    """A word that could be a cue: whether it is one, and which of its phrases are content."""

    article_id: str
    lemma: str
    particle: str
    pos: str
    is_cue: bool
    phrases: list[Phrase]
    is_unsourced: bool | None


def digit(article_id, place):
    return int(hashlib.md5(article_id.encode()).hexdigest()[place], 16)


def place(article_id):
    """The fold of an article, by the third and fourth hex digit of its md5."""
    return int(hashlib.md5(article_id.encode()).hexdigest()[2:4], 16) % N_FOLDS


def parse_articles(layouts):
    """{article_id: [(paragraph, parse), ...]} of what can be said in each article."""
    parsed = {article_id: [] for article_id in layouts}
    paragraphs = (
        (layout.flat.text, paragraph)
        for article_id, layout in layouts.items()
        for paragraph in cut_paragraphs(article_id, layout)
    )
    for paragraph, parse in parse_paragraphs(paragraphs):
        parsed[paragraph.article_id].append((paragraph, parse))
    return parsed


def flatten_gold(rows, flat):
    """Gold rows whose spans are into the flat text, as those of a parse are."""
    spans = ("content", "source_spans", "cue_spans")
    return [
        row | {name: [list(flat.to_flat(*span)) for span in row[name]] for name in spans}
        for row in rows
    ]


def find_base_forms(parsed):
    """How often each word stands in its base form, to tell hoping (hope) from hopping (hop)."""
    return Counter(
        (word.lower(), pos)
        for pairs in parsed.values()
        for _, parse in pairs
        for word, tag, pos in zip(parse.words, parse.tags, parse.pos, strict=True)
        if tag in ("VB", "VBP", "NN")
    )


def choose_lemma(word, pos, base_forms):
    *candidates, form = list_lemmas(word.lower(), pos)
    seen = [lemma for lemma in candidates if base_forms[lemma, pos]]
    return max(seen, key=lambda lemma: base_forms[lemma, pos]) if seen else (*candidates, form)[0]


def list_members(spans_of, passage):
    """For each token, which attributions have it in these spans."""
    members = [set() for _ in passage.parse.words]
    for index, spans in enumerate(spans_of):
        for start, end in spans:
            for i, (s, e) in enumerate(zip(passage.parse.starts, passage.parse.ends, strict=True)):
                if start <= s and e <= end:
                    members[i].add(index)
    return members


def drop_function_words(cues, parse):
    """Of "according to" or "was clear that" only the word with a meaning counts as the cue."""
    for i, members in enumerate(cues):
        if members and parse.pos[i] in ("ADP", "ADV", "AUX", "SCONJ"):
            near = [parse.heads[i], *(parse.kids[i] if parse.pos[i] == "AUX" else ())]
            if any(
                k != i and cues[k] & members and parse.pos[k] in ("VERB", "NOUN", "ADJ", "PROPN")
                for k in near
            ):
                cues[i] = set()


def find_occurrences(text, gold, pairs, base_forms):
    """List what can be counted in one article: no word inside another's content or a quotation."""
    for paragraph, parse in pairs:
        passage = make_passage(text, paragraph, parse, None)
        cues = list_members([row["cue_spans"] for row in gold], passage)
        contents = list_members([row["content"] for row in gold], passage)
        drop_function_words(cues, parse)
        beside = find_phrases_beside(passage, cues, contents)
        for i, pos in enumerate(parse.pos):
            if pos in CUE_POS and not passage.marks[i] and not contents[i]:
                phrases = [*find_phrases(passage, i, cues[i], contents), *beside[i]]
                lemma = choose_lemma(parse.words[i], pos, base_forms)
                particle = find_particle(parse, i)
                unsourced = None
                if any(phrase.is_content for phrase in phrases):
                    unsourced = is_unsourced(passage, i, gold[min(cues[i])])
                yield Occurrence(
                    paragraph.article_id, lemma, particle, pos, bool(cues[i]), phrases, unsourced
                )


def find_phrases(passage, i, members, contents):
    for argument in find_arguments(passage.parse, i):
        tokens = list_tokens(passage, argument.pieces)
        if tokens:
            mark, head = find_mark(passage, argument), passage.name_head(argument.head)
            is_content = lies_in(tokens, members, contents)
            yield Phrase(argument.construction, mark, head, is_content)


def find_phrases_beside(passage, cues, contents):
    """The quotations beside a verb that are none of its phrases."""
    beside = defaultdict(list)
    for quotation in passage.quotations:
        first, last = passage.find_token(quotation.start), passage.find_token(quotation.end) - 1
        tokens = list_tokens(passage, [(first, last)])
        for token, construction in find_beside(passage, quotation) if tokens else ():
            held = {
                k
                for argument in find_arguments(passage.parse, token)
                for k in list_tokens(passage, argument.pieces)
            }
            if not held & set(tokens):
                is_content = lies_in(tokens, cues[token], contents)
                beside[token].append(Phrase(construction, mark_of(quotation), "", is_content))
    return beside


def list_tokens(passage, phrases):
    words = passage.parse.words
    return [i for a, b in phrases for i in range(a, b + 1) if WORD.search(words[i])]


def lies_in(tokens, members, contents):
    return any(sum(m in contents[i] for i in tokens) >= len(tokens) / 2 for m in members)


def is_unsourced(passage, i, row):
    """Whether nobody is named though a source would be found; None where none would be."""
    owned = any(passage.parse.deps[k] == "poss" for k in passage.parse.kids[i])
    return None if owned or find_source(passage.parse, i) is None else not row["source_spans"]


def join_particles(occurrences):
    """Make a word of each verb with a particle that is a cue often enough or listed by hand."""
    right = Counter((o.lemma, o.particle) for o in occurrences if o.is_cue and o.particle)
    for o in occurrences:
        joined = f"{o.lemma}_{o.particle}"
        if right[o.lemma, o.particle] >= MIN_CUES or name_class(joined, o.pos):
            o = o._replace(lemma=joined)
        yield o


def count_lexicon(occurrences):
    """Count words and fit what holds for all of them: rows of cues.tsv and constructions.tsv."""
    occurrences = list(join_particles(occurrences))
    words, unsourced = defaultdict(Counter), defaultdict(Counter)
    for occurrence in occurrences:
        key = occurrence.lemma, occurrence.pos
        words[key].update(n=1, right=int(occurrence.is_cue))
        if occurrence.is_unsourced is not None:
            unsourced[key].update(n=1, right=int(occurrence.is_unsourced))
    weights, own = {}, {key: {} for key in list_listed() if key not in words}
    for pos in sorted(CUE_POS):
        weights[pos], counted = count_phrases([o for o in occurrences if o.pos == pos], pos)
        own |= counted
    rows = [
        (*key, *write_word(key, words[key]), write_counts(unsourced[key]), write_phrases(phrases))
        for key, phrases in own.items()
        if is_worth_keeping(key, words[key], phrases)
    ]
    rows.sort(key=lambda row: (-words[row[:2]]["right"], row[:2]))
    features = [
        (pos, feature, weight)
        for pos, of_pos in weights.items()
        for feature, weight in of_pos.items()
        if weight
    ]
    return rows, features


def count_phrases(occurrences, pos):
    """Fit the weights of one part of speech, and count what each word adds to them.

    Returns:
        {feature: weight} and {(lemma, pos): {construction: [right, n, expected]}}.
    """
    pairs = [(o, phrase) for o in occurrences for phrase in o.phrases]
    rows = [
        dict.fromkeys(list_features(o.lemma, pos, p.construction, p.mark, p.head), 1)
        for o, p in pairs
    ]
    seen, often = Counter(o.lemma for o, _ in pairs), Counter(f for row in rows for f in row)
    rows = [{f: 1 for f in row if often[f] >= MIN_FEATURE} for row in rows]
    # So that what holds for all words is not what holds for “say”.
    importance = [min(1, USUAL / seen[o.lemma]) for o, _ in pairs]
    weights = fit_weights(rows, [p.is_content for _, p in pairs], importance, penalty=PENALTY)
    odds = [sum(map(weights.__getitem__, row)) for row in rows]
    own = {(o.lemma, pos): {} for o in occurrences}
    count_shifts(own, [((o.lemma, pos), "any", p.is_content) for o, p in pairs], odds)
    odds = [
        x + shift_of(*(own[o.lemma, pos]["any"][i] for i in (0, 2, 1)))
        for x, (o, _) in zip(odds, pairs, strict=True)
    ]
    names = [((o.lemma, pos), p.construction, p.is_content) for o, p in pairs]
    count_shifts(own, names, odds)
    return weights, own


def count_shifts(own, rows, odds):
    """Add to each word's counts [right, n, expected] of what its rows name."""
    for (key, name, is_right), x in zip(rows, odds, strict=True):
        cell = own[key].setdefault(name, [0, 0, 0.0])
        cell[0] += is_right
        cell[1] += 1
        cell[2] += 1 / (1 + math.exp(-x))


def is_worth_keeping(key, counts, phrases):
    """Listed words, cues, and words that look like cues but are none; the rest is as expected."""
    if name_class(*key):
        return True
    if key[1] not in OPEN_POS:
        return counts["right"] >= max(MIN_CUES, MIN_RATE * counts["n"])
    right, _, expected = phrases.get("any", (0, 0, 0))
    return right >= 1 or expected >= MIN_EXPECTED


def write_word(key, counts):
    if name_class(*key) and counts["n"] < LISTED[1]:
        counts = counts + Counter(right=LISTED[0], n=LISTED[1])
    return (write_counts(counts),)


def write_phrases(phrases):
    ordered = sorted(phrases.items(), key=lambda item: (item[0] != "any", -item[1][1], item[0]))
    return "; ".join(
        f"{name} {right}/{n}/{expected:.2g}"
        for name, (right, n, expected) in ordered
        if right or expected >= MIN_EXPECTED
    )


def write_counts(counts):
    return f"{counts['right']}/{counts['n']}"


def write_table(path, columns, rows, note):
    lines = ["\t".join(map(str, row)) for row in (columns, *rows)]
    path.write_text(note + "\n".join(lines) + "\n", encoding="utf-8")


def write_lexicon(folder, occurrences, note):
    cues, features = count_lexicon(occurrences)
    columns = ("lemma", "pos", "counts", "unsourced", "constructions")
    write_table(folder / "cues.tsv", columns, cues, note)
    write_table(folder / "constructions.tsv", ("pos", "feature", "weight"), features, note)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("polnear", nargs="?", type=Path, default=POLNEAR)
    parser.add_argument("--half", choices=("develop", "all"), default="develop")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    if not options.polnear.is_dir():
        sys.exit(f"nothing to count: {options.polnear} is not there")
    standoff = read_standoff(options.polnear)
    wanted = [
        a for a in standoff.articles["article_id"] if options.half == "all" or digit(a, 0) % 2 == 0
    ]
    articles = standoff.articles[standoff.articles["article_id"].isin(wanted)]
    records = standoff.said[standoff.said["article_id"].isin(wanted)]
    layouts = lay_out(articles)
    gold = {a: [] for a in wanted} | {
        a: flatten_gold(rows.to_dict("records"), layouts[a].flat)
        for a, rows in records.groupby("article_id")
    }
    parsed = parse_articles(layouts)
    base_forms = find_base_forms(parsed)
    texts = {a: layout.flat.text for a, layout in layouts.items()}
    occurrences = [
        o for a in wanted for o in find_occurrences(texts[a], gold[a], parsed[a], base_forms)
    ]
    note = HEADER.format("{}", options.half, len(wanted)).format
    write_lexicon(options.output, occurrences, note("Words that attribute."))
    folds = []
    for fold in range(N_FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            others = [o for o in occurrences if place(o.article_id) != fold]
            write_lexicon(Path(folder), others, "")
            ids = [article_id for article_id in wanted if place(article_id) == fold]
            folds.append((ids, load_lexicon(folder)))
    traits = fit_traits(Standoff(records, articles, standoff.problems), layouts, parsed, folds)
    columns = ("kind", "trait", "weight", "n")
    write_table(options.output / "traits.tsv", columns, traits, note("Traits."))
    print(f"{len(read_table('cues.tsv', options.output))} words, from {len(wanted)} articles")


if __name__ == "__main__":
    main()
