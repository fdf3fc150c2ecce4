import random
import string

from dateline.read.reprints.clusters import find_clusters


def make_text(seed: int, n_words: int = 200) -> list[str]:
    letters = random.Random(seed)
    return ["".join(letters.choices(string.ascii_lowercase, k=5)) for _ in range(n_words)]


ONE, OTHER = make_text(1), make_text(2)


def cluster(*texts: list[str]) -> list[int]:
    return find_clusters([" ".join(text) for text in texts])


def test_an_exact_reprint_joins_its_original():
    assert cluster(ONE, OTHER, ONE) == [0, 1, 0]


def test_a_reprint_cut_from_below_joins_its_original():
    assert cluster(ONE + OTHER, ONE[:60]) == [0, 0]


def test_capitals_and_punctuation_do_not_hide_a_reprint():
    assert find_clusters([" ".join(ONE), ", ".join(ONE).upper()]) == [0, 0]


def test_an_edited_reprint_joins_where_two_fifths_of_its_runs_of_words_are_kept():
    # A changed word breaks the five runs that hold it: every 9th leaves 4 of 9, every 8th 3 of 8.
    edited = [word if i % 9 else "edited" for i, word in enumerate(ONE)]
    assert cluster(ONE, edited) == [0, 0]
    rewritten = [word if i % 8 else "edited" for i, word in enumerate(ONE)]
    assert cluster(ONE, rewritten) == [0, 1]


def test_a_shared_quotation_does_not_make_a_reprint():
    assert cluster(ONE[:70] + OTHER[:130], ONE[:70] + make_text(3, 130)) == [0, 1]


def test_short_texts_are_left_alone():
    assert cluster(ONE[:23], ONE[:23]) == [0, 1]
    assert find_clusters([]) == []
    assert find_clusters(["", ""]) == [0, 1]


def test_a_chain_of_edits_is_one_cluster():
    later = [word if i > 60 else f"new{i}" for i, word in enumerate(ONE)]
    latest = [word if i < 140 else f"newer{i}" for i, word in enumerate(later)]
    assert cluster(ONE, later, latest) == [0, 0, 0]


def test_many_reprints_and_their_neighbours_are_found_in_any_order():
    texts = [ONE[: 200 - i] for i in range(60)] + [ONE[:30] + make_text(i) for i in range(10, 40)]
    random.Random(4).shuffle(texts)
    roots = cluster(*texts)
    firsts = [text[:60] == ONE[:60] for text in texts]
    assert len({root for root, is_reprint in zip(roots, firsts, strict=True) if is_reprint}) == 1
    assert len(set(roots)) == 31
