"""A person's names as one term."""

from __future__ import annotations

import pandas as pd

import dateline as dl
from dateline.frames import build_frame


def name_speakers(*names: str, kind: str = "person") -> pd.DataFrame:
    rows = [{"speaker_id": name, "name": name, "kind": kind} for name in names]
    return build_frame("speakers", rows)


def list_terms(text: str, speakers: pd.DataFrame) -> list[str]:
    tokens = dl.find_tokens(dl.make_articles([text]))
    tokens = dl.find_phrases(tokens, [*speakers["name"]])
    return dl.join_surnames(tokens, speakers)["term"].tolist()


def test_a_surname_that_one_speaker_bears_is_the_full_name():
    text = "Today Ada Quill came, and Quill left."
    assert list_terms(text, name_speakers("Ada Quill")) == [
        *("today", "ada quill", "came", "and", "ada quill", "left")
    ]


def test_a_surname_of_two_stays_whoever_of_them_is_named_here():
    text = "Today Ada Quill came, and Quill left."
    speakers = name_speakers("Ada Quill", "Tobin Quill")
    assert list_terms(text, speakers).count("quill") == 1


def test_a_word_is_no_surname_and_a_body_has_none():
    text = "Today Abel Strand walked on the strand, and a strand of hair lay on a strand."
    assert list_terms(text, name_speakers("Abel Strand")).count("strand") == 3
    text = "Today Quay Bank shut, and Bank shares fell."
    assert "bank" in list_terms(text, name_speakers("Quay Bank", kind="organisation"))


def test_the_method_says_how_many_were_joined_and_inputs_stay():
    tokens = dl.find_tokens(dl.make_articles(["Today Ada Quill came, and Quill left."]))
    tokens = dl.find_phrases(tokens, ["Ada Quill"])
    before = tokens.copy()
    joined = dl.join_surnames(tokens, name_speakers("Ada Quill"))
    pd.testing.assert_frame_equal(tokens, before)
    assert "1 surnames counted under the full name" in dl.describe_method(joined)
    assert dl.join_surnames(tokens.head(0), name_speakers()).empty
