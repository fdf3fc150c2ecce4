"""People across articles: spellings, initials, families and bare surnames."""

import dateline as dl
from speaker_articles import build_articles, mark, say


def name_across(*texts):
    """The speaker of each article, whose source stands before ` said it rained`."""
    articles = build_articles(**{f"a{i}": text for i, text in enumerate(texts)})
    rows = []
    for key, text in zip(articles.article_id, articles.text, strict=True):
        source = text.split(" said it rained")[0].split("; ")[-1]
        rows.append((key, source, "it rained"))
    said = say(articles, *rows)
    return [row.speaker_candidates or row.speaker for row in said.itertuples()]


def test_accents_hyphens_and_transliterations_are_one_person():
    texts = [
        "Josip-Karel Dravec said it rained.",
        "Josip Karel Drávec said it rained.",
        "Yosip Karel Dravets said it rained.",
    ]
    assert len(set(name_across(*texts))) == 1


def test_an_initial_and_a_short_form_join_the_whole_name():
    texts = ["William Orrin said it rained.", "W. Orrin said it rained."]
    assert name_across(*texts) == ["William Orrin"] * 2
    texts = ["William Orrin said it rained.", "Bill Orrin said it rained."]
    assert len(set(name_across(*texts))) == 1


def test_two_of_one_family_are_never_merged():
    texts = [
        "Tom Vark said it rained.",
        "Tomas Vark said it rained.",
        "Tom Vark Jr. said it rained.",
    ]
    names = name_across(*texts)
    assert names[:2] == ["Tom Vark", "Tomas Vark"]
    article = "Tom Vark Jr. met Tom Vark Sr. in Orr; Tom Vark Sr. said it rained."
    assert name_across(article)[0].startswith("Tom Vark Sr")


def test_a_surname_of_one_person_of_the_corpus_is_theirs_with_that_evidence():
    articles = build_articles(a="Ilse Orrin said it rained.", b="Orrin said it rained.")
    said = say(
        articles,
        *((key, source, "it rained") for key, source in (("a", "Ilse Orrin"), ("b", "Orrin"))),
    )
    assert said["speaker"].tolist() == ["Ilse Orrin", "Ilse Orrin"]
    assert "in other articles: Ilse Orrin" in said["speaker_evidence"].iloc[1]


def test_a_surname_of_two_people_of_the_corpus_stays_open():
    texts = ["Ilse Orrin said it rained.", "Otto Orrin said it rained.", "Orrin said it rained."]
    assert name_across(*texts)[2] == ["Ilse Orrin", "Otto Orrin"]


def test_a_title_decides_between_two_people_of_the_corpus():
    texts = ["Ilse Orrin said it rained.", "Otto Orrin said it rained.", "Ms Orrin said it rained."]
    assert name_across(*texts)[2] == "Ilse Orrin"


def test_a_former_role_of_another_article_is_no_longer_held():
    articles = build_articles(
        old="Ilse Orrin, a former host of the Sallow Hour, slept.",
        new="Ilse Orrin came. The host said it rained.",
    )
    said = say(articles, ("old", "Ilse Orrin", "slept"), ("new", "The host", "it rained"))
    assert said["speaker"].tolist()[1] == "host"


def test_a_name_is_chosen_by_its_whole_words_and_not_by_its_initials():
    articles = build_articles(
        a="Ilse R. Orrin said it rained.",
        b="Ilse R. Orrin said it rained.",
        c="Ilse R.T. Orrin said it rained.",
    )
    rows = [
        (key, articles.text[i][: articles.text[i].index(" said")], "it rained")
        for i, key in enumerate("abc")
    ]
    assert set(say(articles, *rows)["speaker"]) == {"Ilse R. Orrin"}


def test_a_place_and_a_name_before_a_clause_have_no_role():
    articles = build_articles(
        one="In Orrin Dale, the warden of Ruvia, met Tom Vark. "
        "Like Anna Pell, the warden of Ruvia was glad of it.",
        two="Anna Pell of Orrin Dale left. The warden of Ruvia said it rained.",
    )
    rows = [("one", "Tom Vark", "met"), ("two", "The warden of Ruvia", "it rained")]
    assert say(articles, *rows).iloc[1]["speaker"] == "warden of Ruvia"


def test_two_initials_are_not_one():
    texts = ["J.J. Orrin said it rained.", "Jonas Orrin said it rained."]
    assert name_across(*texts) == ["J.J. Orrin", "Jonas Orrin"]


def test_a_role_is_local_where_all_words_of_its_body_stand():
    articles = build_articles(
        one="The chair of the Salt Council of Ruvia, Ottla Brenn, met Tom Vark.",
        part="The Salters of Ruvia met. The chair said it rained.",
        whole="The Salt Council met in Ruvia. The chair said it rained.",
    )
    rows = [(key, "The chair", "it rained") for key in ("part", "whole")]
    said = say(articles, ("one", "Tom Vark", "met"), *rows)
    assert said["speaker"].tolist()[1:] == ["chair", "Ottla Brenn"]


def test_a_surname_is_the_best_known_bearers_from_nine_in_ten_of_many_articles_on():
    def name_orrin(n_ilse, n_otto):
        texts = ["Ilse Orrin said it rained."] * n_ilse + ["Otto Orrin said it rained."] * n_otto
        return name_across(*texts, "Orrin said it rained.")[-1]

    both = ["Ilse Orrin", "Otto Orrin"]
    assert name_orrin(18, 2) == "Ilse Orrin"
    assert name_orrin(17, 2) == both
    assert name_orrin(10, 1) == "Ilse Orrin"
    assert name_orrin(9, 1) == both


def test_all_former_holders_of_a_role_are_meant_whatever_the_day():
    days = {"old": "2026-01-01", "new": "2026-06-01", "now": "2026-06-09"}
    articles = build_articles(
        days,
        old="The former premier of Ruvia, Ottla Brenn, met Tom Vark.",
        new="The former premier of Ruvia, Anna Pell, met Tom Vark.",
        now="The former premier of Ruvia said it rained.",
    )
    rows = [("old", "Tom Vark", "met"), ("new", "Tom Vark", "met")]
    said = say(articles, *rows, ("now", "The former premier of Ruvia", "it rained"))
    assert said["speaker_candidates"].tolist()[2] == ["Anna Pell", "Ottla Brenn"]


def test_a_role_seen_before_its_day_goes_before_one_of_an_unknown_day_and_one_seen_later():
    role = "The premier of Ruvia"
    texts = {
        "before": f"{role}, Ottla Brenn, met Tom Vark.",
        "later": f"{role}, Anna Pell, met Tom Vark.",
        "undated": f"{role}, Ilse Orrin, met Tom Vark.",
        "now": f"{role} said it rained.",
    }
    days = {"before": "2026-01-01", "later": "2026-06-10", "now": "2026-06-09"}

    def name_premier(*keys):
        articles = build_articles(days, **{key: texts[key] for key in (*keys, "now")})
        rows = [(key, "Tom Vark", "met") for key in keys]
        return say(articles, *rows, ("now", role, "it rained"))["speaker"].tolist()[-1]

    assert name_premier("before", "later", "undated") == "Ottla Brenn"
    assert name_premier("later", "undated") == "Ilse Orrin"
    assert name_premier("later") == "Anna Pell"


def test_an_initial_joins_nobody_where_two_fit_it():
    texts = ["W. Orrin said it rained.", "William Orrin said it rained."]
    assert name_across(*texts, "Walter Orrin said it rained.") == [
        "W. Orrin",
        "William Orrin",
        "Walter Orrin",
    ]


def test_two_of_one_name_in_one_article_are_two():
    articles = build_articles(
        a="Tom Vark Jr. met Tom Vark Sr. in Orr. It rained.",
        b="Tom Vark said it rained.",
    )
    said = say(articles, ("a", "Tom Vark Jr.", "in Orr"), ("b", "Tom Vark", "it rained"))
    assert said["speaker_id"].tolist() == ["tom-vark-jr", "tom-vark"]


def test_a_gender_is_shared_among_the_articles():
    articles = build_articles(
        a="Quill Sarre, a diver, came. She was late. She slept.",
        b="Tom Vark left. Quill Sarre, a diver, came. He said it rained.",
    )
    said = say(articles, ("a", "Quill Sarre", "came"), ("b", "He", "it rained"))
    assert said["speaker"].tolist()[1] == "Tom Vark"


def test_two_whose_names_sound_alike_in_one_article_are_two():
    text = "Hilary Vark met Hillary Vark. Hilary Vark said it rained."
    said = say(build_articles(a=text), ("a", "Hillary Vark. |Hilary Vark", "it rained"))
    assert said["speaker"].tolist() == ["Hilary Vark"]
    assert "in other articles" not in said["speaker_evidence"].iloc[0]
    articles = build_articles(a=text)
    mentions, _ = dl.resolve_speakers(mark(articles, ("a", "Hillary Vark", "met")), articles)
    assert sorted(set(mentions["speaker_id"])) == ["hilary-vark", "hillary-vark"]


def test_a_title_tells_which_of_the_corpus_a_surname_means():
    texts = ["Ilse Orrin, the mayor of Sallow, met; Ilse Orrin said it rained."]
    texts += ["Otto Orrin said it rained.", "Mayor Orrin said it rained."]
    assert name_across(*texts)[2] == "Ilse Orrin"


def test_who_is_named_here_holds_a_role_before_who_held_it_later_elsewhere():
    role = "The premier of Ruvia"
    days = {"old": "2026-01-01", "new": "2026-06-01", "now": "2026-06-09"}
    articles = build_articles(
        days,
        old=f"{role}, Ilse Orrin, met Tom Vark.",
        new=f"{role}, Anna Pell, met Tom Vark.",
        now=f"Ilse Orrin came. {role} said it rained.",
    )
    rows = [("old", "Tom Vark", "met"), ("new", "Tom Vark", "met"), ("now", role, "it rained")]
    assert say(articles, *rows)["speaker"].tolist()[2] == "Ilse Orrin"


def test_who_was_called_former_is_the_former_one_before_who_was_not():
    days = {"one": "2026-01-01", "two": "2026-01-02", "now": "2026-01-02"}
    articles = build_articles(
        days,
        one="Tom Vark met the former premier of Ruvia, Ilse Orrin.",
        two="Tom Vark met the premier of Ruvia, Anna Pell.",
        now="The former premier of Ruvia said it rained.",
    )
    rows = [("one", "Tom Vark", "met"), ("two", "Tom Vark", "met")]
    said = say(articles, *rows, ("now", "The former premier of Ruvia", "it rained"))
    assert said["speaker"].tolist()[2] == "Ilse Orrin"


def test_of_as_whole_names_the_more_frequent_is_chosen():
    texts = ["Ilse Zora Orrin said it rained."] * 2 + ["Ilse Bea Orrin said it rained."]
    assert name_across(*texts) == ["Ilse Zora Orrin"] * 2 + ["Ilse Bea Orrin"]
    texts = ["Zoltan Orrin said it rained."] * 2 + ["Soltan Orrin said it rained."]
    assert len(set(name_across(*texts))) == 2
    texts = ["Hillary Orrin said it rained."] * 2 + ["Hilary Orrin said it rained."]
    assert name_across(*texts) == ["Hillary Orrin"] * 3
