import csv
import subprocess
import sys
from pathlib import Path

import dateline as dl
import pandas as pd
import pytest
from click.testing import CliRunner
from dateline.cli import cli
from dateline.read.language import find_language, keep_language, name_code
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]


def read_texts(name):
    lines = (ROOT / "tests" / "data" / name).read_text("utf-8").splitlines()
    return {row["language"]: row["text"] for row in csv.DictReader(lines[1:], delimiter="\t")}


TEXTS = read_texts("languages.tsv")
OTHERS = read_texts("more_languages.tsv")  # that nothing was tuned on
FOREIGN = sorted(set(TEXTS) - {"en"})
# The same in two languages that are one in short texts.
SAME = {"bs": "hr", "sr": "hr", "zh-tw": "zh"}

NAMES = (
    "Mette Frisk Sørensen, Jürgen Weiß-Hohenlohe, Agnieszka Wąsowicz, Tomáš Dvořák and Sinéad Ní "
    "Mhaonaigh join the board, the ferry line said. Also named were Ngozi Okonjo, Nguyễn Văn "
    "Thanh, María José Peña de la Cruz, Ólafur Ragnarsson, Þóra Jónsdóttir and Władysław Żuk."
)
QUOTED = (
    "“Wir schaffen das nicht allein, und wir haben es nie allein geschafft”, he said, and then, in "
    "English, that it could not be done alone. “Das ist die Wahrheit, und wir müssen sie sagen”, "
    "the mayor of Lindquarn added before she left the hall by a side door."
)
SCORES = (
    "Marrin 3 Velt 1 (Orsk 12, Lindqvist 40, Doro 77; Haas 55). Selland 0 Ostrey 0. Tarnhold 2 "
    "Quarn 2 (Ibáñez 9, Šarić 80; Müller 15, Nowak 90). Ilvar 1 Brennick 4 (Petrenko 3; Oyelaran "
    "12, 33, da Costa 54, Yıldız 71). Kestrel 5 Tarnov 0 (van Dijken 1, 2, 30, Fauré 60, 89)."
)
CAPITALS = (
    "MINISTER SAYS HARBOUR WILL OPEN ON FRIDAY AFTER THREE WEEKS OF STRIKE; UNION LEADER ILSE TARN "
    "CALLS THE DEAL A START AND NO MORE, AND SAYS HER MEMBERS WILL VOTE ON IT"
)
PLACES = (
    "The road from São Brento to Świerkowa runs by Åsgård, Château-Livry and Bad Möllnitz, where "
    "the Straße der Freiheit meets the Rue des Écoles; all of it is shut, the police said."
)


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("start", [0, 40])
def test_two_hundred_characters_show_what_is_not_english(language, start):
    found = find_language(TEXTS[language][start : start + 200]).code
    assert SAME.get(found, found) == SAME.get(language, language)


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("language", sorted(OTHERS))
def test_a_hundred_characters_that_nothing_was_tuned_on_show_english_or_not(language, size):
    text = OTHERS[language]
    parts = [text[i : i + size] for i in range(0, max(len(text) - size, 1), 40)]
    assert {find_language(part).code == "en" for part in parts} == {language == "en"}


@pytest.mark.parametrize("size", [200, 300, 2000])
def test_two_hundred_characters_of_english_are_english(size):
    texts = dl.read_articles(ROOT / "corpus").text
    parts = [t[i : i + size] for t in texts for i in range(0, max(len(t) - size, 1), size)]
    found = [find_language(part).code for part in parts]
    assert set(found) <= {"en", ""}
    assert found.count("en") >= 0.99 * len(parts)


@pytest.mark.parametrize("text", [NAMES, QUOTED, CAPITALS, PLACES, TEXTS["en"]])
def test_foreign_names_and_quotations_leave_english_english(text):
    assert find_language(text).code == "en"


def test_capitals_of_another_language_are_that_language():
    assert find_language(TEXTS["de"].upper()).code == "de"


@pytest.mark.parametrize("text", ["", "3-1", "Marrin", "Ja, nein, vielleicht.", SCORES, "?" * 300])
def test_what_is_too_short_or_no_prose_is_undecided(text):
    assert find_language(text).code == ""


@given(st.text(max_size=400))
def test_any_text_is_undecided_or_of_a_language(text):
    code, n_words = find_language(text)
    assert code == name_code(code)
    assert n_words >= 0


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en-GB", "en"),
        ("ENGLISH", "en"),
        ("Deutsch", "de"),
        ("fr_FR", "fr"),
        ("eng", "en"),
        ("English; French", "en"),
        ("nb-NO", "no"),
        ("xx", "xx"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_a_stated_language_is_known_by_its_code_or_name(stated, code):
    assert name_code(stated) == code


def test_articles_of_one_language_are_kept_with_their_index():
    articles = dl.make_articles([TEXTS["de"], TEXTS["en"], TEXTS["fr"]])
    assert list(articles.language) == ["de", "en", "fr"]
    assert list(keep_language(articles).index) == [1]
    assert list(keep_language(articles, "de").index) == [0]
    with pytest.raises(ValueError, match="no article is in English: 2 in German, 1 in French"):
        keep_language(articles.iloc[[0, 2, 0]])
    assert len(keep_language(articles.iloc[:0])) == 0
    assert len(keep_language(articles.drop(columns="language"))) == 3


@pytest.fixture
def folder(tmp_path):
    for language in ("de", "fr", "en", "ja"):
        (tmp_path / f"{language}.txt").write_text(TEXTS[language], "utf-8")
    (tmp_path / "brief.txt").write_text("Nein.", "utf-8")
    return tmp_path


def test_the_language_is_a_column_with_its_evidence(folder):
    corpus = dl.read_corpus(folder)
    assert list(corpus.articles.language) == ["de", "de", "en", "fr", "ja"]
    rows = corpus.metadata[corpus.metadata.column == "language"].set_index("article_id")
    assert rows.value.to_dict() == dict(brief="de", de="de", en="en", fr="fr", ja="ja")
    assert rows.evidence["brief"] == "too little to tell: as most of what was read"
    assert rows.evidence["de"] == "as its first 35 words read"
    assert rows.is_taken.all()


def test_a_stated_language_counts_where_the_words_do_not_tell(folder):
    (folder / "brief.txt").write_text("---\nlanguage: fr-FR\n---\nNon.", "utf-8")
    (folder / "en.txt").write_text(f"---\nlanguage: de\n---\n{TEXTS['en']}", "utf-8")
    corpus = dl.read_corpus(folder)
    articles = corpus.articles.set_index("article_id")
    assert (articles.language["brief"], articles.language["en"]) == ("fr", "en")
    doubts = corpus.problems[corpus.problems.path == "en.txt"].problem
    assert list(doubts) == ["states 'de', but reads as English"]


def test_what_is_not_english_is_counted_and_left_out(folder):
    corpus = dl.read_corpus(folder)
    told = corpus.problems[corpus.problems.path == "."].problem
    assert list(told) == [
        f"{n}: left out, only English is understood"
        for n in ("2 in German", "1 in French", "1 in Japanese")
    ]
    tokens = dl.find_tokens(corpus.articles)
    assert set(tokens.article_id) == {"en"}
    assert "4 articles in other languages left out" in dl.describe_method(tokens)
    assert len(set(dl.find_tokens(corpus.articles, language=None).article_id)) == 5
    found = dl.find_said(corpus.articles)
    assert set(found.said.article_id) == {"en"}
    assert list(found.problems.problem) == list(told)


def test_only_english_is_parsed_and_the_result_is_that_of_english_alone(folder):
    articles = dl.read_articles(folder / "en.txt")
    alone = dl.find_attributions(articles)
    beside = dl.find_attributions(dl.read_corpus(folder).articles)
    pd.testing.assert_frame_equal(alone, beside)


@pytest.mark.parametrize("command", ["quotes", "terms"])
def test_a_corpus_without_english_ends_with_2_and_one_sentence(command, folder, tmp_path):
    (folder / "en.txt").unlink()
    run = CliRunner().invoke(cli, [command, str(folder), "-o", str(tmp_path / "x.csv")])
    assert run.exit_code == 2
    last = run.stderr.splitlines()[-1]
    assert last == "Error: no article is in English: 2 in German, 1 in French, 1 in Japanese"


def test_a_report_on_a_corpus_without_english_is_refused_before_it_begins(folder):
    from dateline.read.intake.load import find_unreadable

    assert find_unreadable(folder) == ""
    (folder / "en.txt").unlink()
    told = "no article is in English: 1 in German, 1 in French, 1 in Japanese"
    assert find_unreadable(folder) == told
    table = pd.DataFrame({"text": [TEXTS["de"], TEXTS["en"]]})
    table.to_csv(folder / "mixed.csv", index=False)
    assert find_unreadable(folder) == ""


def test_english_is_told_without_the_model():
    code = (
        "import sys; from dateline.read import read_corpus; corpus = read_corpus('corpus'); "
        "print(set(corpus.articles.language), 'py3langid' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout == "{'en'} False\n"
