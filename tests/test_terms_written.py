"""How terms stand in the text."""

from __future__ import annotations

import dateline as dl
import pandas as pd
import pytest

TEXT = "We saw Ada Quill. “No,” said Ada\nQuill. VELT AND NATO. Velt’s men and Velt left NATO’s."


def find(text: str = TEXT):
    articles = dl.make_articles([text])
    tokens = dl.find_phrases(dl.find_tokens(articles, kinds=None), "ada quill")
    return dl.count_terms(tokens, articles), tokens, articles


def test_a_term_is_written_as_it_mostly_is():
    counts, tokens, articles = find()
    written = dl.add_written(counts, tokens, articles).set_index("term")["written"]
    assert written["ada quill"] == "Ada Quill"  # also over a line's end
    assert written["velt"] == "Velt" and written["nato"] == "NATO"
    assert written["men"] == "men"
    assert written["and"] == "AND"  # once each: capitals come first


def test_inputs_stay_and_what_is_missing_is_told():
    counts, tokens, articles = find()
    before = counts.copy()
    dl.add_written(counts, tokens, articles)
    pd.testing.assert_frame_equal(counts, before)
    none = dl.add_written(counts.assign(term="absent"), tokens, articles)
    assert none["written"].isna().all()
    assert dl.add_written(counts.head(0), tokens, articles).empty
    with pytest.raises(ValueError, match="there is no column 'term'; there are n"):
        dl.add_written(counts[["n"]], tokens, articles)
