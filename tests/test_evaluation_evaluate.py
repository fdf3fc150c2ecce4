import json
import re

import pandas as pd
import pytest
from dateline.evaluation.evaluate import (
    evaluate,
    evaluate_attributions,
    evaluate_genres,
    evaluate_speakers,
    normalise_names,
    read_gold,
    show_figures,
    write_figures,
)
from dateline.evaluation.exchange import count_content, read_said
from dateline.evaluation.match import Words, match_attributions
from dateline.frames import build_frame
from hypothesis import given
from hypothesis import strategies as st

TEXT = (
    "“The ferry is late,” said Orla Venn. “It often is.”\n"
    "Venn warned that “many boats” would follow. The council denied it had been told."
)


def make_articles(**texts):
    return build_frame("articles", [{"article_id": k, "text": v} for k, v in texts.items()])


def span(text, words):
    """[start, end] of these words in a text."""
    assert text.count(words) == 1
    return [text.index(words), text.index(words) + len(words)]


def make_said(*rows, text=TEXT):
    """SAID from (contents, source) in words."""
    return build_frame(
        "said",
        [
            {
                "attribution_id": f"a:{n}",
                "article_id": "a",
                "source_spans": [span(text, source)] if source else [],
                "source": source,
                "cue_spans": [],
                "speaker_candidates": [],
            }
            | count_content([span(text, words) for words in contents], None)
            for n, (contents, source) in enumerate(rows)
        ],
    )


GOLD = make_said(
    (["The ferry is late", "It often is"], "Orla Venn"),
    (["that “many boats” would follow"], "Venn warned"),
    (["it had been told"], "The council"),
)


def figures(found, gold=GOLD):
    return evaluate_attributions(gold, found, make_articles(a=TEXT)).set_index("kind")


def test_gold_against_itself_is_perfect():
    accuracy = figures(GOLD)
    assert accuracy["n_gold"].to_dict() == {
        "direct": 1,
        "mixed": 1,
        "indirect": 1,
        "quoted": 2,
        "all": 3,
    }
    scores = accuracy.filter(regex="precision|recall|f1|accuracy")
    assert (scores == 1).all(axis=None)


def test_exact_partial_and_joint_worked_by_hand():
    found = make_said(
        (["The ferry is late", "It often is"], "Orla Venn"),  # exact
        (["“many boats” would follow"], "The council"),  # 4 of 5 words, the wrong source
        (["late"], "Venn warned"),  # spurious: its overlap is with a gold that is paired better
    )
    everything = figures(found).loc["all"]
    assert everything[["n_gold", "n_found"]].tolist() == [3, 3]
    assert everything["exact_recall"] == pytest.approx(1 / 3)
    assert everything["partial_precision"] == pytest.approx(2 / 3)
    assert everything["partial_f1"] == pytest.approx(2 / 3)
    assert everything["joint_f1"] == pytest.approx(1 / 3)
    assert everything["source_accuracy"] == pytest.approx(1 / 2)


def test_several_found_parts_may_meet_one_gold_content():
    found = make_said((["The ferry is late"], "Orla Venn"), (["It often is"], None))
    direct = figures(found).loc["direct"]
    assert direct[["n_gold", "n_found"]].tolist() == [1, 2]
    assert direct[["exact_recall", "exact_precision", "joint_f1"]].tolist() == [1, 1, 1]


def test_a_part_with_another_source_spoils_the_source():
    found = make_said((["The ferry is late"], "Orla Venn"), (["It often is"], "The council"))
    direct = figures(found).loc["direct"]
    assert direct[["partial_f1", "joint_f1"]].tolist() == [1, 0]


def test_two_found_for_one_undivided_gold_are_one_right_and_one_spurious():
    found = make_said((["it had been told"], "The council"), (["been told"], "The council"))
    indirect = figures(found).loc["indirect"]
    assert indirect["joint_recall"] == 1
    assert indirect["joint_precision"] == 0.5


def test_no_source_is_right_only_where_gold_has_none():
    gold = make_said((["it had been told"], None))
    assert figures(gold, gold).loc["all", "joint_f1"] == 1
    assert figures(make_said((["it had been told"], "The council")), gold).loc[
        "all", ["partial_f1", "joint_f1"]
    ].tolist() == [1, 0]


def test_a_resolved_name_counts_by_its_last_word():
    found = make_said((["it had been told"], None))
    found["source"] = pd.Series(["the Brennick Council"], dtype="str")
    assert figures(found).loc["indirect", "joint_recall"] == 1


def test_punctuation_and_white_space_do_not_matter():
    gold = make_said((["The ferry is late"], "Orla Venn"))
    found = make_said((["“The ferry is late,” "], "said Orla Venn."))
    assert figures(found, gold).loc["all", "exact_f1"] == 1


def test_kinds_stated_by_gold_are_taken_as_they_are():
    gold = GOLD.assign(kind=pd.Series(["indirect"] * 3, dtype="str"))
    assert figures(gold, gold)["n_gold"].to_dict()["indirect"] == 3


def test_nothing_found_and_nothing_to_find():
    assert figures(GOLD.head(0)).loc["all", ["joint_recall", "joint_f1"]].tolist() == [0, 0]
    nothing = figures(GOLD.head(0), GOLD.head(0))
    assert nothing["joint_f1"].isna().all()
    assert nothing["joint_f1_low"].isna().all()


def test_articles_without_gold_do_not_count():
    stray = GOLD.assign(article_id="elsewhere", attribution_id=["x", "y", "z"])
    accuracy = figures(pd.concat([GOLD, stray], ignore_index=True))
    assert accuracy.loc["all", "n_found"] == 3


def test_intervals_hold_the_figure_and_repeat():
    articles = make_articles(a=TEXT, b=TEXT)
    both = pd.concat([GOLD, GOLD.assign(article_id="b", attribution_id=["x", "y", "z"])])
    found = both[both["article_id"] == "a"]
    first, second = (evaluate_attributions(both, found, articles) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    everything = first.set_index("kind").loc["all"]
    assert everything["joint_f1_low"] == 0
    assert everything["joint_f1"] == pytest.approx(2 / 3)
    assert everything["joint_f1_high"] == 1


def test_inputs_are_unchanged():
    before = GOLD.copy(deep=True)
    figures(GOLD)
    pd.testing.assert_frame_equal(GOLD, before)


def test_a_row_of_matches_for_each_attribution_of_each_side():
    found = make_said((["it had been told"], "The council"))
    matches = match_attributions(GOLD, found, make_articles(a=TEXT))
    assert matches["side"].tolist() == ["gold", "gold", "gold", "found"]
    assert matches["overlap"].tolist() == [0, 0, 1, 1]
    assert matches["is_source_right"].tolist() == [False, False, True, True]


@given(st.text("ab’'.- \n“”\"", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_words_are_within_a_span_where_half_of_them_is(text, start, end):
    words = Words(text)
    expected = {
        i
        for i, match in enumerate(re.finditer(r"\w+(?:[-.'’]\w+)*", text))
        if 2 * sum(start <= at < end for at in range(*match.span())) >= len(match[0])
        or sum(start <= at < end for at in range(*match.span())) >= (len(match[0]) + 1) // 2
    }
    assert words.within([[start, end]]) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“all of it”", "direct"),
        ("some “of it”", "mixed"),
        ("none of it", "indirect"),
        ('"straight marks"', "direct"),
        ("``ticks and quotes''", "direct"),
        ("“an open mark ends\nwith its line", "mixed"),
        ("“one “inside” another”", "mixed"),
        ("", "indirect"),
    ],
)
def test_kind_is_decided_from_the_marks(text, kind):
    words = Words(text)
    assert words.kind(words.within([[0, len(text)]])) == kind


@pytest.mark.parametrize(
    ("name", "same"),
    [
        (["Dr. Orla Venn"], ["Orla Venn"]),
        (["ORLA VÉNN’s"], ["Orla Venn"]),
        (["the former President Orla Venn (Brennick)"], ["Orla Venn"]),
        (["Orla Venn and Tomas Reik"], ["Tomas Reik", "Orla Venn"]),
        (["Orla Venn, Tomas Reik and Ada Moll"], ["Ada Moll", "Orla Venn", "Tomas Reik"]),
        (["J. O’Dell"], ["J O'Dell"]),
        ([], []),
    ],
)
def test_names_are_the_same_but_for_titles_accents_and_order(name, same):
    assert normalise_names(name) == normalise_names(same)


def test_names_of_different_people_stay_apart():
    assert normalise_names(["Orla Venn"]) != normalise_names(["Venn"])
    assert normalise_names(["Orla Venn"]) != normalise_names([])


def test_speakers_worked_by_hand():
    gold = GOLD.assign(
        speaker=["Orla Venn", "Orla Venn", None],
        accept=[[], ["O. Venn"], []],
        how=["name", "role", "other"],
    )
    found = GOLD.assign(speaker=["Mayor Orla Venn", "O Venn", "Brennick Council"])
    accuracy = evaluate_speakers(gold, found.head(3), make_articles(a=TEXT)).set_index("group")
    assert accuracy["n_right"].to_dict() == {
        "all": 2,
        "how: name": 1,
        "how: other": 0,
        "how: role": 1,
    }
    assert accuracy.loc["all", "speaker_accuracy"] == pytest.approx(2 / 3)
    missed = evaluate_speakers(gold, found.head(1), make_articles(a=TEXT)).set_index("group")
    assert missed.loc["all", ["n_gold", "n_paired", "n_right"]].tolist() == [3, 1, 1]
    assert missed.loc["all", "joint_recall"] == pytest.approx(1 / 3)


def test_identical_contents_go_to_the_right_speakers():
    twice = pd.concat([GOLD.head(1), GOLD.head(1).assign(attribution_id="a:9")])
    gold = twice.assign(speaker=["Orla Venn", "Tomas Reik"])
    found = twice.assign(speaker=["Tomas Reik", "Orla Venn"])
    accuracy = evaluate_speakers(gold, found, make_articles(a=TEXT))
    assert accuracy["n_right"].tolist() == [2]


def test_genres_are_measured_apart():
    text = "Orla Venn said that it rained."
    articles = make_articles(a=TEXT, b=text, c="Nothing.").assign(
        genre=["letter", "notice", "letter"]
    )
    row = make_said((["that it rained"], "Orla Venn"), text=text).assign(article_id="b")
    gold = pd.concat([GOLD, row.assign(attribution_id="b:0")], ignore_index=True)
    gold = gold.assign(speaker="Orla Venn")
    found = gold.assign(speaker=["Orla Venn", "Tomas Reik", None, "Orla Venn"]).drop(index=2)
    genres = evaluate_genres(gold, found, articles).set_index("genre")
    assert genres.index.tolist() == ["letter", "notice"]
    assert genres[["n_articles", "n_gold", "n_found"]].to_numpy().tolist() == [[2, 3, 2], [1, 1, 1]]
    assert genres["joint_precision"].tolist() == [1, 1]
    assert genres["joint_recall"].tolist() == [pytest.approx(2 / 3), 1]
    assert genres["speaker_accuracy"].tolist() == [0.5, 1]
    whole = evaluate(gold, found, articles)
    pd.testing.assert_frame_equal(whole.genre_accuracy, genres.reset_index())
    assert evaluate(gold, found, articles.drop(columns="genre")).genre_accuracy.empty
    assert "notice" in show_figures(whole)


def test_gold_brings_its_texts_and_their_genres(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"article_id": "a", "content": [[1, 18]]}\n', "utf-8")
    (tmp_path / "genres.tsv").write_text("article_id\tgenre\na\tvox pop\n", "utf-8")
    gold = read_gold(tmp_path, corpus=tmp_path / "no such folder")
    assert gold.articles[["article_id", "text", "genre"]].to_numpy().tolist() == [
        ["a", TEXT, "vox pop"]
    ]


def test_gold_in_json_lines_is_read_with_its_articles(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "corpus" / "b.txt").write_text("Not annotated.", encoding="utf-8")
    row = {"article_id": "a", "content": [[1, 18]], "source": None, "speaker": None, "how": "name"}
    gold_path = tmp_path / "gold.jsonl"
    gold_path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    gold = read_gold(gold_path, corpus=tmp_path / "corpus")
    assert gold.articles["article_id"].tolist() == ["a"]
    assert gold.said["how"].tolist() == ["name"]
    assert gold.said["source_spans"].tolist() == [[]]
    assert gold.said["speaker"].isna().all() and gold.said["n_words"].isna().all()


def test_gold_of_an_unknown_article_is_refused(tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    gold_path = tmp_path / "gold.jsonl"
    gold_path.write_text('{"article_id": "a", "content": [[1, 18]]}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the annotated article 'a'"):
        read_gold(gold_path, corpus=tmp_path)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"article_id": "a"}', '{"article_id": "a", "content": [[3, 1]]}']
)
def test_a_broken_line_of_gold_is_named(tmp_path, line):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"article_id": "a", "content": [[1, 2]]}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl:2 is no attribution"):
        read_said(path)


def test_figures_are_written_and_shown_in_per_cent(tmp_path):
    found = evaluate(GOLD, GOLD, make_articles(a=TEXT))
    assert found.speaker_accuracy.empty
    assert "100.0" in show_figures(found)
    write_figures(found, tmp_path / "accuracy.json")
    written = json.loads((tmp_path / "accuracy.json").read_text())
    assert written["accuracy"][0]["kind"] == "direct"
    assert written["accuracy"][0]["joint_f1"] == 1


def test_no_articles_are_refused():
    with pytest.raises(ValueError, match="`articles` is empty"):
        evaluate(GOLD, GOLD, make_articles())
