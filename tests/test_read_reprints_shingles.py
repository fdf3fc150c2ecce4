import numpy as np
from dateline.read.reprints.shingles import Shingles, code_words


def count_shared(*texts: str) -> dict[tuple[int, int], int]:
    pairs = Shingles(code_words(texts)).count_shared()
    columns = (pairs.one.tolist(), pairs.other.tolist(), pairs.n_shared.tolist())
    return {(one, other): n for one, other, n in zip(*columns, strict=True)}


def test_equal_words_have_one_number_whatever_their_case():
    words = code_words(["The port, the PORT", "", "port"])
    assert words.of(0).tolist() == [0, 1, 0, 1]
    assert words.of(1).tolist() == []
    assert words.of(2).tolist() == [1]


def test_a_sign_of_a_script_without_spaces_is_a_word():
    words = code_words(["港口 shut 港"])
    assert list(words.known) == ["港", "口", "shut"]
    assert words.of(0).tolist() == [0, 1, 2, 0]


def test_some_of_the_texts_keep_their_numbers():
    words = code_words(["a b", "c", "b c"]).take(np.array([0, 2]))
    assert (words.of(0).tolist(), words.of(1).tolist()) == ([0, 1], [1, 2])


def test_shared_runs_of_three_words_are_counted_once_a_text():
    # "a b c", "b c d" and "c d a" are shared; the first text's second "a b c" adds none.
    assert count_shared("a b c d a b c", "x", "a b c d a") == {(0, 2): 3 + 0}
    assert count_shared("a b", "a b") == {}
    assert count_shared() == {}


def test_no_run_of_words_reaches_into_the_next_text():
    assert count_shared("a b", "c d e", "b c d") == {}


def test_of_many_texts_each_is_paired_with_the_first_and_with_its_neighbour():
    pairs = count_shared(*["a b c"] * 7)
    assert set(pairs) == {(0, i) for i in range(1, 7)} | {(i, i + 1) for i in range(6)}
    assert set(pairs.values()) == {1}
    assert len(count_shared(*["a b c"] * 5)) == 10


def test_a_pair_is_proposed_with_the_share_of_the_shorter_ones_shingles():
    letters = [f"w{i}" for i in range(62)]
    longer = " ".join([*letters, "x", "y", "z"])
    shorter = " ".join([*letters[:12], *[f"v{i}" for i in range(20)]])  # 10 of its 30 are shared
    assert Shingles(code_words([longer, shorter])).propose().shares == {(0, 1): 10 / 30}
    # 21 words have 19 shingles: too short.
    assert Shingles(code_words([longer, " ".join(letters[:21])])).propose().shares == {}
