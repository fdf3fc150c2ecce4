"""From the annotated articles and their hand-made gold to facts about every file and every row."""

import csv
import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from dateline.evaluation.evaluate import evaluate_attributions, read_gold
from dateline.evaluation.exchange import read_said
from dateline.evaluation.match import ENOUGH, compare_articles, list_overlaps, pair_best

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "gold"
FORMS = FOLDER / "forms"


def _list_texts(folder):
    paths = (path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md"))
    return {path.stem: path for path in paths if path.stem != "README"}


DETAILS = ("addressee", "medium", "via")


def _read_genres(folder):
    with (folder / "genres.tsv").open(encoding="utf-8", newline="") as file:
        return {row["article_id"]: row for row in csv.DictReader(file, delimiter="\t")}


CORPUS = _list_texts(ROOT / "corpus")
OTHERS = _list_texts(FORMS / "texts")
GOLD = sorted(FOLDER.glob("*.jsonl"))
FORM_GOLD = sorted(FORMS.glob("*.jsonl"))
FIELDS = [
    *("article_id", "kind", "content", "source", "source_text", "cue"),
    *("speaker", "speaker_candidates", "accept", "speaker_type", "how"),
    *("addressee", "addressee_spans", "medium", "medium_spans", "via", "via_spans", "negated"),
]
REPRINTS = {
    ("2025-02-06-marrin-port-strike", "2025-02-07-cranes-stop-in-marrin"),
    ("2025-02-06-marrin-port-strike", "2025-02-07-bread-for-nine-days"),
    ("2025-02-07-bread-for-nine-days", "2025-02-07-cranes-stop-in-marrin"),
}
PHENOMENA = {
    "no title, dateline without a year": ("2025-01-14", r"\AQUARN – .* on Jan\. 14 "),
    "dateline with a year": ("2025-02-06", r"\AMARRIN, Feb\. 6, 2025 \(Halyard\) - "),
    "caption, emphasis and credit": ("2025-01-14", r"(?m)^From left: .*_and_.*Photo credit: "),
    "plain subheading": ("2025-01-14", r"(?m)^What each side wants$"),
    "subheading that reads like a claim": ("2025-01-14", r"(?m)^Selland doubts Ruvenian figures$"),
    "markdown subheading": ("2025-03-19", r"(?m)^\*\*Calls for an inquiry\*\*$"),
    "date prefix": ("2025-01-30", r"\A date 2025-01-30 "),
    "trailer": ("2025-01-30", r" ///Marrin Tidings, 30 January 2025\Z"),
    "trailer glued to a closing mark": ("2025-03-11", r"’ ///Marrin Tidings, 11 March 2025\Z"),
    "front matter": ("2025-01-22", r"\A---\noutlet: .+\ntitle: .+\nbyline: .+\ndate: .+\nurl: "),
    "title, byline and date lines": ("2025-04-08", r"\A.+\nBy .+\nThe Ostrey Courier, 8 April"),
    "quotation split around the cue": ("2025-02-06", r"of it,\" said Mara Quill.*\. \"We ran"),
    "paragraphs reopened without closing": ("2025-10-09", r"they did not say\.\n\n“In February"),
    "paragraphs reopened, CRLF": ("2025-02-20", r"drawing on it\.\r\n\r\n“I have drawn"),
    "inverted cue": ("2025-01-14", r"said Josip Dravec, Ruvenia's water minister"),
    "participial cue": ("2025-02-06", r"the use of soldiers, telling parliament that"),
    "coordinated cues": ("2025-02-06", r"welcomed the offer but said"),
    "according to": ("2025-07-09", r"per cent, according to the waterworks"),
    "nominal cue, possessive noun": ("2025-03-19", r"Ilsa Marrow's promise to publish"),
    "nominal cue, pronoun": ("2025-05-15", r"Her warning that half the plain"),
    "letter as source": ("2025-01-30", r", the letter says, can be filled"),
    "message as source": ("2025-12-11", r"The message went on: \""),
    "statement by a body": ("2025-02-06", r"A statement issued by the union an hour later put"),
    "joint statement by two people": (
        "2025-02-06",
        r"issued a joint statement.*\n*.*the two women",
    ),
    "impersonal passive": ("2025-01-30", r"It is also stressed that"),
    "role resolved within the article": ("2025-05-15", r"“Laugh,” the president said"),
    "role resolved through another article": ("2025-01-30", r"the Chairman of the Council of Eld"),
    "two people of one surname": ("2025-01-22", r"(?s)Mara Quill.*Tobin Quill"),
    "bare surname left ambiguous": ("2025-01-14", r"past midnight, Torvik described"),
    "both leaders": ("2025-01-14", r"Both leaders said they hoped"),
    "scare quotes": ("2025-01-22", r"The “flexibility” has so far"),
    "title of a work": ("2025-03-27", r"“The Salt Clerk”, the first thriller"),
    "nickname in marks": ("2025-01-22", r"known on the quay as “Magpie”"),
    "motto": ("2025-11-05", r"The crew’s motto, ‘All of them or none of us’"),
    "straight double marks": ("2025-03-19", r"\"In the end I used a photocopier\.\""),
    "curly double marks": ("2025-06-10", r"“Nobody changed their mind\."),
    "curly single marks": ("2025-03-11", r"‘They are on different floors"),
    "straight single marks": ("2025-07-09", r"'But a dry hospital is worse"),
    "apostrophe inside single marks": ("2025-03-11", r"‘Two hours’ notice is no notice,’"),
    "double marks inside single ones": ("2025-01-30", r"‘[^‘’]*“thirst”[^‘’]*’ the Chairman"),
    "unclosed mark": ("2025-06-10", r"(?m)“We start with the hospitals[^”]*\.$"),
    "speaker labels": ("2025-04-08", r"(?m)^VELT: When did you[^\n]*\n\nVESK: "),
    "colon attribution": ("2025-03-27", r"Teo Marsh countered: “"),
    "quotation without a cue": ("2025-02-20", r"Wray shook his head\. “Not one\.”"),
    "first person of the reporter": ("2025-02-20", r"I said that I wanted her"),
    "markup in a quotation": ("2025-05-06", r"<script>alert\('drought'\)</script>,\" said"),
    "formula in a quotation": ("2025-05-06", r"\"=SUM\(A1:A9\)\""),
    "braces in a quotation": ("2025-05-06", r"\{name\} & \{surname\}"),
    "another spelling of a name": ("2025-07-09", r"Yosip Dravets, the Ruvenian water minister"),
    "letters to the editor": ("2025-09-04", r"Dr Imre Castell writes that"),
    "dated article in the last month": ("2025-12", r"(?m)^date: 2025-12-18$"),
    "role that changes": ("2025-06-25", r"Health Minister Elka Droste _and_"),
}
FORM_PHENOMENA = {
    "dateline of place, country and a day": (
        "wire-ferry",
        r"\AVELLAN, Selland, Jan\. 9 \(Halyard\) —",
    ),
    "dateline without a day": ("wire-quake", r"\AKARSA TOWN, Ilvar \(LPA\) —"),
    "person of one name": ("wire-quake", r"Wulandari, a cook .*uses one name"),
    "quotation of three paragraphs": ("speech", r"temporary’\.\n\n“It has .*\n\n“I am .*letter\.”"),
    "new person before a bare quotation": ("speech", r"Ramamoorthy was less forgiving\. “"),
    "spaced guillemets": ("translated", r"« I never look up\. »"),
    "speech after a dash": ("translated", r"(?m)^― It will fall on somebody, says"),
    "via a third person": ("wire-ferry", r"radioed .* that he had lost both pumps, according to"),
    "quoted by an outlet": ("war-pass", r"quoted a colonel as saying"),
    "reported by an outlet": ("war-pass", r"The Quarn Post reported, citing two"),
    "declined to comment": ("business-grain", r"Brackwater declined to comment"),
    "declined to be named": ("wire-rate", r"who declined to be named, denied"),
    "never said": ("analysis", r"“never said that the fund was empty”"),
    "claim that is no statement": ("sport-cup", r"claimed a second penalty"),
    "questioned by police": ("court-harbour", r"was questioned by police"),
    "analysts": ("business-grain", r"Analysts at Hale & Whitmore"),
    "labels Q and A": ("interview-qa", r"(?m)^Q: .*\n\nA: "),
    "answer of two paragraphs": ("interview-qa", r"furious\.\n\nYou can hear"),
    "bold labels and initials": (
        "interview-bold",
        r"(?m)^\*\*Ludo Fenn:\*\* .*\n(.*\n)+\*\*LF:\*\* ",
    ),
    "labels in capitals with brackets": ("transcript-chamber", r"Ms Hanna ÅKESDOTTER \(Vellan\): "),
    "stage direction": ("transcript-chamber", r"(?m)^\(Interruption\.\)$"),
    "time on its own line": ("liveblog", r"(?m)^18:42$"),
    "time and label on one line": ("liveblog", r"(?m)^17:31 Trains$"),
    "name and age after a dash": ("voxpop", r"(?m)^— Thi Lan Pham, 10, pupil$"),
    "name and age in brackets": ("voxpop", r"\(Hermine Aldous, 83, former seamstress\)"),
    "word broken at a line's end": ("wrapped", r"hec-\ntares"),
    "emphasis round a name": ("markdown", r"\*\*Fionnuala Brandt\*\* said"),
    "emphasis round a cue": ("markdown", r"\*thanked\* the museum"),
    "block quotation with a signature": ("markdown", r"(?m)^> .*”\n>\n> — Zdenka"),
    "boilerplate of a release": ("press-release", r"Forward-Looking Statements"),
    "two surnames": ("court-harbour", r"Tomas Echegaray Luna"),
    "family name first": ("business-grain", r"Szalkay Dorottya.*\n\nSzalkay, who"),
    "particles": ("wire-rate", r"Joris van der Aalst.*\n\nVan der Aalst would"),
    "initials": ("business-chip", r"K\. V\. Ranganathan"),
    "Irish names of a couple": ("court-inquest", r"(?s)Ó Fearghal, 44.*Ní Fhearghail"),
    "with X saying": ("wire-prison", r"no surprise, with its president, .*, saying that"),
    "relative clause that attributes": ("wire-prison", r"The ministry, which said last year"),
    "report with its date": ("wire-prison", r"According to the report, published on Monday, "),
    "quoted by a broadcaster": ("wire-prison", r"was quoted by the state broadcaster as saying"),
    "nickname in marks as a source": ("wire-prison", r"said \"Knuckles\"\. \""),
    "letters of Latin Extended Additional": ("wire-prison", r"Ọlábísí Adéwùmí, .*Trương|Trương Mỹ"),
    "wrapped paragraphs between blank lines": (
        "wrapped-council",
        r"since 1996\"\.\nShe .*\.\n\n\"",
    ),
    "hyphen of a name at a line's end": ("wrapped-council", r"Achebe-\nLund"),
    "marks with spaces": ("archive", r"off , \" said Anton Brill , the night watchman \. \" There"),
    "bold times and initials": ("liveblog-count", r"(?m)^\*\*8\.30pm\*\* Good evening.*\*DE\*$"),
    "list item with a label": ("liveblog-count", r"(?m)^- \*\*Harbour List\*\*: “too close"),
    "negated claim of the narrator": ("column-night", r"I do not claim that"),
    "narrator's question": ("obituary-ferryman", r"mostly alone\. Why\?\n\n“"),
    "al- and Abu": ("interview-qa", r"Nuha al-Bitar"),
}


# A cue that has one of these says that the source does not say, want or accept it.
NO = r"\b(not|never|no|neither|nor)\b|n['’]t\b|\b(deny|denie[sd]|declined?|refuse[sd]?)\b"


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


TEXTS = {stem: _read(path) for stem, path in CORPUS.items()}
FORM_TEXTS = {stem: _read(path) for stem, path in OTHERS.items()}
ALL_TEXTS = TEXTS | FORM_TEXTS
ROWS = [json.loads(line) for path in GOLD + FORM_GOLD for line in _read(path).splitlines()]


def _name(row):
    return f"{row['article_id']}:{row['content'][0][0]}"


def _is_quoted(text, start, end):
    """Whether a part opens with a mark and ends with one, or with its paragraph."""
    closes = text[end - 1] in "\"”’'»" or text[end : end + 1] in ("\n", "\r", "")
    return text[start] in "\"“‘'«" and closes


def _is_turn(text, row):
    """Whether a row is a turn: after a label, or a whole paragraph of an unlabelled interview."""
    start, end = row["content"][0]
    if row["source"] is None:
        whole = text[start - 2 : start] == "\n\n" and text[end : end + 2] == "\n\n"
        return row["article_id"].startswith("interview-") and whole
    before = text[max(0, row["source"][0][0] - 3) : row["source"][0][0]]
    return bool(re.fullmatch(r"(?s).?\n(\*\*)?|.*\n\n(\*\*)?", before)) and bool(
        re.fullmatch(r":?(\*\*)? ", text[row["source"][0][1] : start])
    )


def _kind(text, parts):
    if all(_is_quoted(text, start, end) for start, end in parts):
        return "direct"
    marks = re.compile(r"[\"“«]|(?<!\w)[‘'](?=\S)")
    return "mixed" if any(marks.search(text[slice(*part)]) for part in parts) else "indirect"


def _sentences(text):
    """Sentences of eight words or more, folded, so that two house styles can be compared."""
    text = re.sub(r"(?s)\A---\n.*?\n---\n", "", text)
    text = re.sub(r"\bper cent\b", "percent", text)
    for piece in re.split(r"(?<=[.?!])['\"’”]*\s+|\n+", text):
        words = re.findall(r"\w+", piece.lower())
        if len(words) >= 8:
            yield " ".join(words)


def test_the_corpus_has_its_size_its_outlets_and_its_year():
    assert len(CORPUS) >= 26
    assert {stem[:7] for stem in CORPUS} == {f"2025-{month:02}" for month in range(1, 13)}
    words = {stem: len(text.split()) for stem, text in TEXTS.items()}
    assert {stem: n for stem, n in words.items() if not 150 <= n <= 500} == {}
    outlets = ("(Halyard)", "The Ostrey Courier", "///Marrin Tidings")
    assert all(sum(outlet in text for text in TEXTS.values()) >= 7 for outlet in outlets)


def test_stems_are_unique():
    files = [p for p in (ROOT / "corpus").rglob("*") if p.suffix in (".txt", ".md")]
    stems = [p.stem for p in files if p.stem != "README"]
    assert sorted(stems) == sorted(set(stems)) == sorted(CORPUS)


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_corpus_holds(phenomenon):
    prefix, pattern = PHENOMENA[phenomenon]
    assert any(re.search(pattern, t) for stem, t in TEXTS.items() if stem.startswith(prefix))


def test_one_file_has_a_byte_order_mark_and_one_has_crlf():
    raw = {stem: path.read_bytes() for stem, path in CORPUS.items()}
    assert [s for s, b in raw.items() if b.startswith(b"\xef\xbb\xbf")] == [
        "2025-03-19-health-memo"
    ]
    assert [s for s, b in raw.items() if b"\r" in b] == ["2025-02-20-counting-the-snow"]
    crlf = raw["2025-02-20-counting-the-snow"]
    assert crlf.count(b"\r\n") == crlf.count(b"\n") == crlf.count(b"\r")


def test_no_sentence_stands_twice_but_in_reprints():
    where = defaultdict(list)
    for stem, text in TEXTS.items():
        for sentence in _sentences(text):
            where[sentence].append(stem)
    twice = {(a, b) for s in where.values() for i, a in enumerate(s) for b in s[i + 1 :]}
    assert {tuple(sorted(pair)) for pair in twice} == REPRINTS


def test_the_exact_reprint_is_exact_and_the_edited_one_is_not():
    original = TEXTS["2025-02-06-marrin-port-strike"]
    assert TEXTS["2025-02-07-cranes-stop-in-marrin"].endswith("---\n\n" + original)
    first, edited = (
        set(_sentences(text)) for text in (original, TEXTS["2025-02-07-bread-for-nine-days"])
    )
    assert 5 <= len(first & edited) < len(edited)


def test_the_gold_covers_every_article_but_the_reprints():
    copies = {copy for _, copy in REPRINTS}
    assert {path.stem for path in GOLD} == set(CORPUS) - copies
    assert {path.stem for path in FORM_GOLD} == set(OTHERS)
    lines = {path.stem: _read(path).splitlines() for path in GOLD + FORM_GOLD}
    assert all(json.loads(line)["article_id"] == stem for stem in lines for line in lines[stem])


def test_every_annotated_article_has_a_genre():
    assert _read_genres(FOLDER).keys() == {path.stem for path in GOLD}
    forms = _read_genres(FORMS)
    assert forms.keys() == set(OTHERS)
    assert len(OTHERS) >= 24
    assert len({row["genre"] for row in forms.values()}) >= 15
    assert Counter(row["aside"] for row in forms.values()) == {"no": len(OTHERS) - 8, "yes": 8}


def test_articles_in_other_forms_have_their_size():
    words = {stem: len(text.split()) for stem, text in FORM_TEXTS.items()}
    assert {stem: n for stem, n in words.items() if not 250 <= n <= 600} == {}
    assert max(map(len, FORM_TEXTS["wrapped-pear-blight"].splitlines())) <= 72


@pytest.mark.parametrize("phenomenon", FORM_PHENOMENA)
def test_the_other_forms_hold(phenomenon):
    prefix, pattern = FORM_PHENOMENA[phenomenon]
    assert any(re.search(pattern, t) for stem, t in FORM_TEXTS.items() if stem.startswith(prefix))


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_a_row_of_the_gold_fits_its_text(row):
    text = ALL_TEXTS[row["article_id"]]
    assert list(row) == FIELDS
    for role in ("content", "source", "cue", "addressee_spans", "medium_spans", "via_spans"):
        spans = row[role] or []
        assert spans or row[role] is None
        assert all(text[a:b] and text[a:b] == text[a:b].strip() for a, b in spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    texts = {"source_text": "source"} | {role: f"{role}_spans" for role in DETAILS}
    for role, places in texts.items():
        assert row[role] == _join(text, row[places])
    assert row["kind"] == ("direct" if _is_turn(text, row) else _kind(text, row["content"]))


def _join(text, spans):
    return " ".join(re.sub(r"\s+", " ", text[a:b]) for a, b in spans) if spans else None


@pytest.mark.parametrize("role", ["addressee", "medium", "via", "negated"])
def test_each_detail_is_annotated_and_stands_outside_the_content(role):
    assert sum(bool(row[role]) for row in ROWS) >= 5
    for row in ROWS:
        for a, b in row.get(f"{role}_spans") or []:
            assert all(b <= start or end <= a for start, end in row["content"])
        assert row["negated"] in (True, False)
        assert row["cue"] or not row["negated"]


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_a_speaker_of_the_gold_is_well_formed(row):
    assert row["speaker_type"] in ("person", "organisation", "group", "document", "unknown")
    assert row["how"] in ("name", "pronoun", "role", "alias", "other")
    assert row["speaker"] is None or row["speaker"]
    assert (row["speaker_type"] == "unknown") == (
        row["speaker"] is None and not row["speaker_candidates"]
    )
    assert row["speaker"] is None or not row["speaker_candidates"]
    assert len(row["speaker_candidates"]) != 1
    assert (row["source"] is None) == (row["how"] == "other")


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_a_row_of_the_gold_keeps_the_guideline(row):
    text = ALL_TEXTS[row["article_id"]]
    cue = _join(text, row["cue"]) or ""
    no = re.search(NO, cue) or re.match(r"(?i)neither\b", row["source_text"] or "")
    assert row["negated"] == bool(no or _join(text, row["content"]) == "nothing of the kind")
    assert row["addressee"] or not re.search(r"\b(told|tells?|telling|reminds?|reminded)\b", cue)
    for start, end in row["content"] + (row["source"] or []) + (row["cue"] or []):
        assert text[start] not in "*_" and text[end - 1] not in "*_,;"


def test_what_was_said_never_overlaps_within_an_article():
    spans = defaultdict(list)
    for row in ROWS:
        spans[row["article_id"]] += row["content"]
    for parts in spans.values():
        parts.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(parts))


def _measure_agreement(articles):
    """How alike the two passes are: contents, with sources, and the speakers' kappa."""
    first, second = (read_said(FORMS / "passes" / f"{n}.jsonl") for n in ("first", "second"))
    figures = evaluate_attributions(first, second, articles).set_index("kind").loc["all"]
    named = []
    for _, _, one, two in compare_articles(first, second, articles):
        overlaps = list_overlaps(one, two)
        for i, j in pair_best(overlaps).items():
            if overlaps[i, j] >= ENOUGH:
                named.append((str(one.rows[i]["speaker"]), str(two.rows[j]["speaker"])))
    share = sum(a == b for a, b in named) / len(named)
    one, two = (Counter(side) for side in zip(*named, strict=True))
    chance = sum(n * two[name] for name, n in one.items()) / len(named) ** 2
    kappa = (share - chance) / (1 - chance)
    counts = f"{len(articles)} | {figures['n_gold']:.0f} | {figures['n_found']:.0f}"
    shares = " | ".join(f"{100 * figures[name]:.1f}" for name in ("partial_f1", "joint_f1"))
    return f"{counts} | {shares} | {kappa:.3f}"


def test_the_agreement_that_the_page_states_is_what_the_two_passes_give():
    articles = read_gold(FORMS, corpus=FORMS / "texts").articles
    forms = defaultdict(list)
    for stem, row in _read_genres(FORMS).items():
        forms[row["genre"]].append(stem)
    measured = [
        f"| {form} | {_measure_agreement(articles[articles['article_id'].isin(members)])} |"
        for form, members in [*sorted(forms.items()), ("all", list(OTHERS))]
    ]
    stated = re.findall(r"(?m)^\| .* \d+ \| \d+ \| [\d.]+ \| .*", _read(FOLDER / "README.md"))
    assert stated == measured
