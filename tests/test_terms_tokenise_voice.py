import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import add_voice, count_terms, find_tokens

TEXT = "Orrin said she hated what Lund called “a sad port”. Rain fell."
ARTICLES = build_frame("articles", [{"article_id": "a0", "outlet": "o", "text": TEXT}])
TOKENS = find_tokens(ARTICLES)


def find_span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def make_attributions() -> pd.DataFrame:
    contents = {
        "inner": [find_span("a sad port")],
        "outer": [find_span("she hated"), find_span("what Lund called “a sad port”")],
        "twin": [find_span("a sad port")],
        "nobody": [find_span("fell")],
        "elsewhere": [[0, 9]],
    }
    return pd.DataFrame(
        {
            "attribution_id": list(contents),
            "article_id": ["a0"] * 4 + ["b"],
            "content": list(contents.values()),
        }
    )


SAID = pd.DataFrame(
    {
        "attribution_id": ["outer", "inner", "twin", "nobody", "elsewhere"],
        "speaker": ["Ada Orrin", "Bo Lund", "Cy Marr", None, "Di Nash"],
    }
)


def test_the_inner_content_speaks_and_of_equal_ones_the_first() -> None:
    voiced = add_voice(TOKENS, SAID, make_attributions())
    heard = voiced.groupby("voice", observed=True)["term"].agg(" ".join).to_dict()
    assert heard == {
        "Ada Orrin": "she hated what lund called",
        "Bo Lund": "a sad port",
        "narrator": "orrin said rain",
        "undecided speaker": "fell",
    }
    assert voiced["attribution_id"].isna().sum() == 3
    assert "voice" not in TOKENS


def test_voices_count_whatever_the_order_of_the_tokens() -> None:
    forward = add_voice(TOKENS, SAID, make_attributions())
    backward = add_voice(TOKENS.iloc[::-1], SAID, make_attributions())
    counts = [count_terms(tokens, ARTICLES, by="voice") for tokens in (forward, backward)]
    pd.testing.assert_frame_equal(*counts)
    assert counts[0].groupby("group")["n"].sum().to_dict() == {
        "Ada Orrin": 5,
        "Bo Lund": 3,
        "narrator": 3,
        "undecided speaker": 1,
    }


def test_without_attributions_all_is_narrated() -> None:
    voiced = add_voice(TOKENS, SAID.head(0), make_attributions().head(0))
    assert voiced["voice"].unique().tolist() == ["narrator"]


def test_an_attribution_that_said_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="'nobody'"):
        add_voice(TOKENS, SAID[SAID["attribution_id"] != "nobody"], make_attributions())
