import datetime
import random
import string

import pytest
from dateline.frames import empty_frame
from dateline.method import describe_method
from dateline.read import find_reprints, make_articles
from dateline.read.reprints.clusters import find_clusters
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal


def make_words(seed: int, n: int = 200) -> list[str]:
    letters = random.Random(seed)
    return ["".join(letters.choices(string.ascii_lowercase, k=5)) for _ in range(n)]


def write(words: list[str]) -> str:
    """A paragraph for each ten words."""
    lines = [words[i : i + 10] for i in range(0, len(words), 10)]
    return "\n".join(" ".join(line).capitalize() + "." for line in lines)


ONE, OTHER, THIRD = make_words(1), make_words(2), make_words(3)


def cluster(*texts: list[str], **options) -> list[int]:
    return find_clusters([write(text) for text in texts], **options).firsts


def change(words: list[str], every: int) -> list[str]:
    return [word if i % every else f"new{word}" for i, word in enumerate(words)]


def test_an_exact_reprint_joins_its_original():
    assert cluster(ONE, OTHER, ONE) == [0, 1, 0]


def test_a_reprint_cut_from_below_joins_its_original():
    assert cluster(ONE + OTHER, ONE[:60]) == [0, 0]


def test_capitals_and_punctuation_do_not_hide_a_reprint():
    assert find_clusters([write(ONE), ", ".join(ONE).upper()]).firsts == [0, 0]


def test_a_reprint_with_every_third_word_changed_joins_its_original():
    # Of three words in a row none is then unchanged but by chance: every fourth leaves a quarter.
    assert cluster(ONE, OTHER, change(ONE, 4)) == [0, 1, 0]
    assert cluster(ONE, OTHER, change(ONE, 2)) == [0, 1, 2]


def test_a_shared_quotation_does_not_make_a_reprint():
    assert cluster(ONE[:70] + OTHER[:130], ONE[:70] + THIRD[:130]) == [0, 1]


def test_identical_texts_match_at_any_length_and_in_any_script():
    assert cluster(ONE[:3], ONE[:3], ONE[:2]) == [0, 0, 2]
    assert find_clusters(["港口已关闭。", "船已开。", "港口已关闭。"]).firsts == [0, 1, 0]
    assert find_clusters([]).firsts == []
    assert find_clusters(["", "…", ""]).firsts == [0, 1, 2]


def test_words_without_spaces_between_are_compared_by_their_characters():
    letters = random.Random(5)
    signs = "".join(letters.choices([chr(i) for i in range(0x4E00, 0x5E00)], k=400))
    lines = [signs[i : i + 25] for i in range(0, 400, 25)]
    original, cut = "。".join(lines), "。".join(lines[:7])
    assert find_clusters([original, cut, original[::-1]]).firsts == [0, 0, 2]


def test_short_texts_that_differ_are_left_alone():
    assert cluster(ONE[:21], [*ONE[:20], "other"]) == [0, 1]
    assert cluster(ONE[:40], [*ONE[:39], "other"]) == [0, 0]


def test_a_chain_of_updates_is_one_cluster():
    later = [word if i > 60 else f"new{i}" for i, word in enumerate(ONE)]
    latest = [word if i < 140 else f"newer{i}" for i, word in enumerate(later)]
    assert cluster(ONE, later, latest) == [0, 0, 0]


def test_a_round_up_links_no_stories_and_is_told():
    stories = [ONE, OTHER, THIRD, make_words(4)]
    clusters = find_clusters(
        [write(story) for story in [*stories, [w for s in stories for w in s]]]
    )
    assert clusters.firsts == [0, 1, 2, 3, 4]
    assert clusters.round_ups == {4: [0, 1, 2, 3]}


def test_a_text_that_meets_several_parts_of_a_round_up_is_no_print_of_it():
    # As a live page of a day, which quotes ONE and OTHER among much else.
    page = [*make_words(5), *ONE[:80], *make_words(6), *OTHER[:80], *make_words(7)]
    clusters = find_clusters([write(text) for text in (ONE, OTHER, THIRD, page)])
    assert clusters.firsts == [0, 1, 2, 3]


def test_disjoint_cuts_of_one_story_that_are_linked_by_a_third_are_no_round_up():
    halves = [ONE[:110], ONE[90:]]
    assert cluster(ONE, *halves) == [0, 0, 0]


def test_two_prints_of_a_round_up_are_one_cluster():
    both = ONE + OTHER + THIRD
    assert cluster(ONE, OTHER, THIRD, both, change(both, 9)) == [0, 1, 2, 3, 3]


def test_a_story_with_a_borrowed_paragraph_stays_with_its_story():
    brief, story = OTHER[:40], ONE + OTHER[:20]
    clusters = find_clusters([write(text) for text in (ONE, brief, story)])
    assert clusters.firsts == [0, 1, 0]
    assert clusters.round_ups == {}


def test_a_text_that_holds_another_without_a_sentence_of_its_own_in_it_is_its_reprint():
    # Each sentence of ten words has got twelve more: it is less than half of what it was.
    longer = [
        word for i in range(0, 200, 10) for word in (*ONE[i : i + 10], *make_words(50 + i, 12))
    ]
    lines = [" ".join(longer[i : i + 22]) + "." for i in range(0, len(longer), 22)]
    assert find_clusters([write(ONE), "\n".join(lines)]).firsts == [0, 0]


def test_paragraphs_of_two_others_make_no_round_up_of_a_reprint():
    story = ONE + OTHER[:30] + THIRD[:30]
    others = [OTHER[:90], THIRD[:90]]
    clusters = find_clusters([write(text) for text in (story, *others, change(story, 7))])
    assert clusters.firsts == [0, 1, 2, 0]
    assert clusters.round_ups == {}


def test_what_an_outlet_prints_below_its_articles_is_not_shared():
    below = make_words(9, 90)
    briefs = [make_words(seed, 60) + below for seed in (21, 22, 23)]
    quay = {"outlets": ["Quay Post"] * 3}
    assert cluster(*briefs, **quay) == [0, 1, 2]
    # Two such articles tell nothing: one may be the other's update.
    assert cluster(*briefs[:2], outlets=["Quay Post"] * 2) == [0, 0]
    # Three versions of one story share what they share.
    versions = [make_words(seed, 10) + ONE[:150] for seed in (31, 32, 33)]
    assert cluster(*versions, **quay) == [0, 0, 0]
    # So does half of it in another outlet.
    half = [*OTHER[:100], *ONE[:80]]
    assert cluster(*versions, half, outlets=[*quay["outlets"], "Night Desk"]) == [0, 0, 0, 0]


def test_days_that_lie_too_far_apart_are_not_linked():
    days = [datetime.date(2025, 3, day) for day in (1, 4, 20)] + [None]
    texts = [ONE, change(ONE, 9), ONE, change(ONE, 8)]
    assert cluster(*texts, days=days) == [0, 0, 0, 0]
    assert cluster(*texts[:3], days=days[:3], within_days=7) == [0, 0, 2]
    assert cluster(*texts, days=days, within_days=7) == [0, 0, 0, 0]  # by the undated one


def test_many_reprints_and_their_neighbours_are_found_in_any_order():
    texts = [ONE[: 200 - i] for i in range(60)] + [ONE[:30] + make_words(i) for i in range(10, 40)]
    random.Random(4).shuffle(texts)
    firsts = cluster(*texts)
    is_reprint = [text[:60] == ONE[:60] for text in texts]
    assert len({first for first, of_one in zip(firsts, is_reprint, strict=True) if of_one}) == 1
    assert len(set(firsts)) == 31


def test_reprints_are_found_anew_by_day_and_named_by_the_earliest():
    texts = {"late": ONE, "early": change(ONE, 9), "other": OTHER, "undated": change(ONE, 8)}
    days = {"late": "2025-03-20", "early": "2025-03-01", "other": "2025-03-01", "undated": None}
    rows = [{"article_id": key, "text": write(texts[key]), "date": days[key]} for key in texts]
    articles = make_articles(rows)
    before = articles.copy(deep=True)
    found = find_reprints(articles)
    assert found["cluster_id"].tolist() == ["early", "early", "other", "early"]
    assert_frame_equal(found, articles)
    near = find_reprints(articles.iloc[:3], within_days=7)
    assert near["cluster_id"].tolist() == ["late", "early", "other"]
    assert describe_method(near) == "reprints linked: at most 7 days apart"
    assert_frame_equal(articles, before)
    assert_frame_equal(find_reprints(empty_frame("articles")), empty_frame("articles"))
    with pytest.raises(ValueError, match="within_days=-1, expected at least 0"):
        find_reprints(articles, within_days=-1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab .。港ก\n\u0130ß’", max_size=200), max_size=6))
def test_any_texts_have_clusters_whose_first_is_their_own(texts):
    firsts = find_clusters(texts).firsts
    assert all(first <= i and firsts[first] == first for i, first in enumerate(firsts))
    assert find_clusters(texts).firsts == firsts
