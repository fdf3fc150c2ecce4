"""Tokens as reports count them."""

from __future__ import annotations

import pytest

import dateline as dl
from dateline.terms.joined import find_terms_alike

TEXTS = [
    "The river treaty was signed, said Ada Quill. Quill left.",
    "River treaties are signed by those who strike. The river treaty holds.",
    "A river treaty was struck. Strikes followed, Ada Quill said.",
]


def count(tokens, articles):
    counts = dl.count_terms(tokens, articles)
    return dict(zip(counts["term"], counts["n"], strict=True))


def test_terms_of_several_words_then_names_then_forms_are_one():
    articles = dl.make_articles(TEXTS)
    speakers = dl.find_said(articles).speakers
    phrases = ["river treaty", "river treaties", "Ada Quill"]
    tokens = dl.find_terms(articles, speakers=speakers, phrases=phrases)
    counts = count(tokens, articles)
    assert counts["river treaty"] == 4
    assert counts["ada quill"] == 3  # "Quill" is the only one who is called so
    assert counts["strike"] == 3
    assert not {"river", "treaty", "quill", "struck", "strikes"} & set(counts)
    assert tokens.attrs["method"]["phrases"] == phrases


def test_forms_are_joined_as_asked():
    articles = dl.make_articles(TEXTS)
    words = dl.find_terms(articles, phrases=[], forms="word")
    assert {"struck", "strikes", "strike"} <= set(words["term"])
    stems = dl.find_terms(articles, phrases=[], forms="stem")
    assert count(stems, articles)["strike"] == 2  # a stemmer does not know "struck"
    pairs = dl.find_terms(articles, phrases=[], forms="word", sizes=[2])
    assert "river treaty" in set(pairs["term"])
    with pytest.raises(ValueError, match="forms='root', expected lemma, stem, word"):
        dl.find_terms(articles, forms="root")


def test_terms_of_several_words_are_found_where_none_are_given():
    articles = dl.make_articles(TEXTS * 3)
    found = set(dl.find_terms(articles)["term"])
    assert "river treaty" in found and "river" not in found


@pytest.mark.parametrize("forms", ["lemma", "stem", "word"])
def test_other_articles_are_counted_as_these_were(forms):
    articles = dl.make_articles(TEXTS)
    speakers = dl.find_said(articles).speakers
    given = {"phrases": ["river treaty"], "speakers": speakers, "forms": forms, "sizes": [1, 2]}
    tokens = dl.find_terms(articles, **given)
    again = find_terms_alike(tokens, articles, speakers=speakers)
    assert again["term"].tolist() == tokens["term"].tolist()
