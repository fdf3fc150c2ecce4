import pandas as pd
import pytest
from dateline.evaluation.detail import evaluate_details
from dateline.evaluation.exchange import count_content
from dateline.frames import build_frame, empty_frame

TEXT = (
    "Orla Venn told the port council that it was late. In a letter she wrote that it was dear. "
    "The memo says that it was wet. Tomas Reik denied that it was his."
)
ARTICLES = build_frame("articles", [{"article_id": "a", "text": TEXT}])


def make_said(*rows):
    """SAID from the words of each content, and whatever else a row states."""
    return build_frame(
        "said",
        [
            {
                "attribution_id": f"a:{n}",
                "article_id": "a",
                "source_spans": [],
                "cue_spans": [],
                "speaker_candidates": [],
            }
            | count_content([[TEXT.index(words), TEXT.index(words) + len(words)]], None)
            | stated
            for n, (words, stated) in enumerate(rows)
        ],
    )


LATE, DEAR, WET, HIS = (f"that it was {word}" for word in ("late", "dear", "wet", "his"))
GOLD = make_said(
    (LATE, {"addressee": "the port council"}),
    (DEAR, {"medium": "a letter"}),
    (WET, {"source": "The memo"}),
    (HIS, {"source": "Tomas Reik"}),
).assign(negated=[False, False, False, True])


def list_counts(accuracy):
    columns = ["n_gold", "n_found", "n_right"]
    return accuracy.set_index("detail")[columns].apply(tuple, axis=1).to_dict()


def test_gold_agrees_with_itself():
    accuracy = evaluate_details(GOLD, GOLD, ARTICLES)
    assert list_counts(accuracy) == {
        "addressee": (1, 1, 1),
        "medium": (1, 1, 1),
        "negated": (1, 1, 1),
    }
    assert (accuracy[["precision", "recall", "f1"]] == 1).all(axis=None)


def test_a_word_in_common_is_enough_but_an_article_is_none():
    shorter = make_said((LATE, {"addressee": "council"}), (DEAR, {"medium": "a post"}))
    counts = list_counts(evaluate_details(GOLD, shorter, ARTICLES))
    assert counts == {"addressee": (1, 1, 1), "medium": (1, 1, 0), "negated": (1, 0, 0)}


def test_what_another_row_states_is_wrong_and_what_is_missed_is_missed():
    other = make_said((LATE, {}), (DEAR, {"addressee": "the port council"}))
    accuracy = evaluate_details(GOLD, other, ARTICLES).set_index("detail")
    assert list_counts(accuracy.reset_index()) == {
        "addressee": (1, 1, 0),
        "medium": (1, 0, 0),
        "negated": (1, 0, 0),
    }
    assert accuracy.loc["addressee", ["precision", "recall", "f1"]].tolist() == [0, 0, 0]
    assert pd.isna(accuracy.loc["medium", "precision"])


def test_half_of_what_is_found_right_and_all_of_gold_is_two_thirds():
    found = make_said((LATE, {"addressee": "the council"}), (HIS, {"addressee": "Reik"}))
    row = evaluate_details(GOLD, found, ARTICLES).iloc[0]
    assert (row["precision"], row["recall"]) == (0.5, 1)
    assert row["f1"] == pytest.approx(2 / 3)


def test_a_medium_that_is_the_source_itself_counts_for_nothing():
    found = make_said((WET, {"medium": "memo", "source": "The memo"}), (DEAR, {"medium": "letter"}))
    assert list_counts(evaluate_details(GOLD, found, ARTICLES))["medium"] == (1, 1, 1)


def test_a_negation_that_is_not_there_is_counted_as_found():
    found = GOLD.assign(negated=[True, False, False, True])
    assert list_counts(evaluate_details(GOLD, found, ARTICLES))["negated"] == (1, 2, 1)


def test_a_detail_that_one_side_lacks_is_left_out():
    assert "negated" not in list_counts(
        evaluate_details(GOLD, GOLD.drop(columns="negated"), ARTICLES)
    )
    assert evaluate_details(empty_frame("said"), GOLD, ARTICLES).empty
    assert list_counts(evaluate_details(GOLD, empty_frame("said"), ARTICLES))["medium"] == (1, 0, 0)


def test_a_detail_of_articles_that_are_not_measured_is_left_out():
    other = build_frame("articles", [{"article_id": "b", "text": TEXT}])
    assert evaluate_details(GOLD, GOLD, other).empty


def test_the_input_is_not_changed():
    before = GOLD.copy(deep=True)
    evaluate_details(GOLD, GOLD, ARTICLES)
    pd.testing.assert_frame_equal(GOLD, before)
