from itertools import pairwise

import numpy as np
import pytest
from dateline.read.reprints.sentences import Shelf, join_pairs, weigh_words
from dateline.read.reprints.shingles import code_words


def make_shelf(*texts: str) -> Shelf:
    words = code_words(texts)
    return Shelf(texts, words, np.ones(len(words.known)))  # each word weighs one


def test_pairs_join_groups_named_by_their_first_member():
    assert join_pairs(6, [(4, 5), (1, 4), (2, 0)]).tolist() == [0, 1, 0, 3, 1, 1]


def test_a_word_weighs_more_the_fewer_stories_have_it():
    # 25 stories; the copies of one story count as one, and each function word is in all of them.
    texts = [f"the port word{i}" for i in range(24)] + ["the quay"] * 3
    words = code_words(texts)
    weights = weigh_words(words, [(24, 25), (25, 26)])
    weight = {word: float(weights[code]) for word, code in words.known.items()}
    assert weight["port"] == pytest.approx(np.log(26 / 24))
    assert weight["quay"] == weight["word3"] == pytest.approx(np.log(26))
    assert weight["the"] == pytest.approx(np.log(26 / 25))


def test_in_a_few_stories_any_word_is_rare_but_function_words():
    words = code_words(["the port", "the quay"])
    weights = weigh_words(words, []).tolist()
    assert weights == pytest.approx([np.log(21 / 20), np.log(21), np.log(21)])


def test_sentences_keep_their_places_and_words():
    text = "The port is shut. It stays so!\nFor nine days."
    sentences = make_shelf(text).split(0)
    starts = sentences.starts.tolist()
    pieces = [text[start:end] for start, end in pairwise(starts)]
    assert pieces == ["The port is shut. ", "It stays so!\n", "For nine days."]
    assert sentences.n_words.tolist() == [4, 3, 3]
    assert sentences.weight.tolist() == [4, 3, 3]


def test_a_text_without_full_stops_is_cut_into_pieces():
    assert make_shelf("word " * 130).split(0).n_words.tolist() == [60, 60, 10]
    assert make_shelf("港口已关闭。船已开！").split(0).n_words.tolist() == [5, 3]
    assert make_shelf("").split(0).n_words.tolist() == []


def test_a_sentence_stands_in_another_text_with_half_of_its_weight():
    one = "Four cranes stood still. Nobody came."
    other = "In rain four cranes moved. Nobody knew why it was. Four cranes stood."
    match = make_shelf(one, other).match(0, 1)
    # "four cranes stood still" has three of four words in the last, two of four in the first;
    # "nobody came" one of two. Back: two of five, one of five, three of three.
    assert match.one.tolist() == [2, 1]
    assert match.other.tolist() == [-1, -1, 0]


def test_a_word_of_very_many_sentences_of_a_text_does_not_count():
    many = "".join(f"Ship number word{i} came. " for i in range(50))
    match = make_shelf(many, "Ship number word7 came. Ship number nine came.").match(0, 1)
    assert match.other.tolist() == [7, -1]
    assert np.flatnonzero(match.one >= 0).tolist() == [7]


def test_matching_works_both_ways_and_of_equal_partners_the_first_is_taken():
    shelf = make_shelf("Cranes stood. Cranes stood.", "Cranes stood.")
    assert shelf.match(1, 0).one.tolist() == [0]
    assert shelf.match(0, 1).one.tolist() == [0, 0]
    assert make_shelf("", "Cranes stood.").match(0, 1).other.tolist() == [-1]
