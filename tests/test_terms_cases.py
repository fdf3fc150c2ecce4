import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import find_tokens
from dateline.terms.cases import (
    ARTICLES,
    PAIRS,
    TOO_FEW,
    choose_cases,
    inflate_ratios,
    split_sides,
)
from dateline.terms.cases import test_terms as compare_terms
from dateline.terms.cells import count_cells


def split(texts: list[str], voices: list[str] | None = None, target: int = 0):
    """The sides of one group: of outlets a, b, a, b ..., or of a voice for each token."""
    rows = [
        {"article_id": f"a{i:02}", "outlet": "ab"[i % 2], "text": text}
        for i, text in enumerate(texts)
    ]
    articles = build_frame("articles", rows)
    tokens = find_tokens(articles, kinds=None)
    by = "outlet"
    if voices is not None:
        tokens, by = tokens.assign(voice=voices), "voice"
    cells = count_cells(tokens, articles, by)
    return cells, next(split_sides(cells, [target]))


def test_each_cell_has_the_counts_of_both_sides() -> None:
    cells, sides = split(["port port sea", "sea wall"], ["x", "y", "x", "y", "x"])
    found = pd.DataFrame(
        {"article": sides.article, "term": cells.terms.take(sides.term)}
        | {"n": sides.n, "n_reference": sides.n_reference}
    )
    assert found.to_numpy().tolist() == [
        [0, "port", 1, 1],
        [0, "sea", 1, 0],
        [1, "sea", 0, 1],
        [1, "wall", 1, 0],
    ]
    assert sides.sizes.tolist() == [2, 1] and sides.sizes_reference.tolist() == [1, 1]


def test_articles_of_one_side_each_are_compared_as_articles() -> None:
    _, sides = split(["port"] * 10)
    how, cases = choose_cases(sides)
    assert how == ARTICLES
    assert len(cases.sizes) == 10
    assert choose_cases(split(["port"] * 9)[1])[0] == TOO_FEW  # five of a, four of b


def test_five_articles_of_both_sides_are_pairs_and_four_are_not() -> None:
    _, sides = split(["port sea"] * 5 + ["port"], ["x", "y"] * 5 + ["x"])
    how, cases = choose_cases(sides)
    assert how == PAIRS
    assert cases.sizes.tolist() == [1] * 5 and cases.sizes_reference.tolist() == [1] * 5
    _, sides = split(["port sea"] * 4, ["x", "y"] * 4)
    assert choose_cases(sides)[0] == TOO_FEW


def test_an_article_of_both_sides_is_a_case_of_the_target_alone() -> None:
    texts = ["port sea"] * 2 + ["port"] * 3 + ["sea"] * 5
    _, sides = split(texts, ["x", "y"] * 2 + ["x"] * 3 + ["y"] * 5)
    how, cases = choose_cases(sides)
    assert how == ARTICLES
    p = compare_terms(cases, how, np.array([True, True]), 1)
    # Of "port" and "sea" the target's five have the one, the others' five the other.
    assert p == pytest.approx([2 / 252, 2 / 252])


def test_only_candidates_are_tested() -> None:
    _, sides = split(["port", "sea"] * 5)
    how, cases = choose_cases(sides)
    p = compare_terms(cases, how, np.array([False, True]), 1)
    assert np.isnan(p[0]) and p[1] == pytest.approx(2 / 252)
    assert np.isnan(compare_terms(cases, TOO_FEW, np.array([True, True]), 1)).all()
    assert np.isnan(compare_terms(cases, how, np.array([False, False]), 1)).all()


def test_longer_articles_alone_are_no_finding() -> None:
    # Each article has "gull" once in forty words; those of the target are four times as long.
    line = "gull " + "wall " * 39
    texts = [line * 4, line] * 8
    _, sides = split(texts)
    how, cases = choose_cases(sides)
    p = compare_terms(cases, how, np.array([True, True]), 1)
    assert (p > 0.5).all()


def test_a_term_of_one_article_is_less_sure_than_one_of_many() -> None:
    texts = ["gull " * 6 + "lamp " + "wall " * 13] + ["wall " * 20] * 11
    texts[2:12:2] = ["lamp " + "wall " * 19] * 5
    cells, sides = split(texts)
    inflation = dict(zip(cells.terms, inflate_ratios(sides, len(cells.terms)), strict=True))
    assert inflation["lamp"] == pytest.approx(1)
    assert inflation["gull"] > 6
