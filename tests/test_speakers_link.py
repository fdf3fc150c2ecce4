"""Sources within one article: names, pronouns, relative clauses and the first person."""

from dateline.frames import build_frame
from speaker_articles import mark, name_speakers

ORRIN = "Mayor Ilse Orrin met Tom Vark. "


def test_a_pronoun_leads_to_the_last_speaker_of_its_gender():
    text = "Anna Pell met Tom Vark. Vark said it rained. He said it would stop. She said no."
    rows = [("Vark. |Vark", "it rained"), ("He", "it would stop"), ("She", "no.")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Tom Vark", "Anna Pell"]


def test_who_is_named_inside_the_words_did_not_say_them():
    text = "Tom Vark came late. “Ask Otto Brenn, he has the keys,” he said."
    assert name_speakers(text, ("” |he", "“Ask Otto Brenn, he has the keys,”")) == ["Tom Vark"]


def test_gender_is_learnt_from_the_pronouns_of_the_article():
    text = "Quill Sarre, a diver, came. She was late. Tom Vark slept. “Sorry,” she said."
    assert name_speakers(text, ("” |she", "“Sorry,”")) == ["Quill Sarre"]


def test_a_title_tells_two_of_one_surname_apart():
    text = "Anna Vark met Tom Vark. “Yes,” Ms Vark said. “No,” said Mr Vark."
    rows = [("” |Ms Vark", "“Yes,”"), ("said |Mr Vark", "“No,”")]
    assert name_speakers(text, *rows) == ["Anna Vark", "Tom Vark"]


def test_whoever_bore_the_surname_alone_before_keeps_it():
    text = "Tom Vark came. Vark sat down. His sister Anna Vark slept. “No,” Vark said."
    assert name_speakers(text, ("” |Vark", "“No,”")) == ["Tom Vark"]


def test_who_leads_to_the_name_before_it_and_through_an_apposition():
    text = ORRIN + "Otto Brenn, a diver from Orr, who said it rained, left. Vark, who said no, too."
    rows = [("Orr, |who", "it rained"), ("Vark, |who", "no")]
    assert name_speakers(text, *rows) == ["Otto Brenn", "Tom Vark"]


def test_the_first_person_is_who_speaks_around_it():
    text = ORRIN + "“I think it rained,” Orrin said."
    rows = [("” |Orrin", "“I think it rained,”"), ("“|I", "it rained")]
    assert name_speakers(text, *rows) == ["Ilse Orrin", "Ilse Orrin"]


def test_the_first_person_outside_quotations_is_the_author():
    import dateline as dl

    row = {"article_id": "a", "text": "I said it rained.", "byline": "Ludo Hask"}
    articles = build_frame("articles", [row])
    attributions = mark(articles, ("a", "I", "it rained"))
    _, speakers = dl.resolve_speakers(attributions, articles)
    assert speakers["name"].tolist() == ["Ludo Hask"]


def test_an_owner_an_employer_or_a_place_does_not_speak():
    text = ORRIN + "A nurse from Sallow said no. Vark’s driver said yes. Orrin supporters did."
    rows = [("A nurse from Sallow", "no"), ("Vark’s driver", "yes"), ("Orrin supporters", "did")]
    assert name_speakers(text, *rows) == [
        "nurse from Sallow",
        "Tom Vark's driver",
        "Orrin supporters",
    ]


def test_a_title_of_the_other_gender_is_of_somebody_else():
    text = "Ilse Brenn came with Mr. Brenn. “No,” Ms. Brenn said. “Yes,” Mr. Brenn said."
    rows = [("” |Ms. Brenn", "“No,”"), ("” |Mr. Brenn", "“Yes,”")]
    assert name_speakers(text, *rows) == ["Ilse Brenn", "Brenn"]


def test_a_pronoun_that_fits_two_people_as_well_stays_open():
    text = "The storm passed over Otto Brenn and over Tom Vark. “It rained,” he said."
    assert name_speakers(text, ("” |he", "“It rained,”")) == [["Otto Brenn", "Tom Vark"]]


def test_the_name_that_a_source_leaves_out_is_read():
    text = "Three divers came. One of them, the pilot Otto Brenn, said it rained. Brenn left."
    assert name_speakers(text, ("One of them", "it rained")) == ["Otto Brenn"]
