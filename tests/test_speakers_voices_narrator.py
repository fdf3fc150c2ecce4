"""The narrator: whom I and we mean outside what others say."""

import dateline as dl
import pandas as pd


def speakers(text, **columns):
    said = dl.find_said(dl.make_articles([text]).assign(**columns)).said
    return [None if pd.isna(name) else name for name in said["speaker"]]


def test_i_is_the_author_and_we_the_outlet():
    assert speakers("I think that the bridge is safe.", byline="Bo Lund") == ["Bo Lund"]
    assert speakers("We think that the bridge is safe.", outlet="The Courier") == ["The Courier"]


def test_i_of_nobody_known_is_nobody():
    assert speakers("I think that the bridge is safe.") == [None]
