import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import find_ngrams, find_tokens
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.lists(
    st.text("ab .,:;()-–", max_size=30).map(lambda text: text.replace("-", " - ")), max_size=4
)


def make_tokens(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "text": text} for i, text in enumerate(texts)]
    return find_tokens(build_frame("articles", rows), kinds=None)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("In Velt, Times readers met", ["in velt", "times readers", "readers met"]),
        ("The prime (minister) left", ["the prime"]),
        ("care: and trade; so it", ["and trade", "so it"]),
        ("one – two—three -- four - five", []),
        ("long-term plan … then", ["long-term plan"]),
        ("the “prime” minister’s office", ["the prime", "prime minister", "minister office"]),
        ("Mr. Quill and/or Ms. Brack", ["mr quill", "quill and", "and or", "or ms", "ms brack"]),
        ("at 7 p.m. on 9/11", ["at 7 p.m.", "7 p.m. on", "on 9/11"]),
    ],
)
def test_pairs_stop_at_marks(text: str, pairs: list[str]) -> None:
    assert find_ngrams(make_tokens(text))["term"].tolist() == pairs


def test_pairs_cross_marks_when_asked_and_never_sentences() -> None:
    tokens = make_tokens("In Velt, Times met (all). It left")
    terms = find_ngrams(tokens, across=True)["term"].tolist()
    assert terms == ["in velt", "velt times", "times met", "met all", "it left"]


def test_a_run_is_of_the_class_that_all_its_words_have() -> None:
    runs = find_ngrams(make_tokens("so Ada Quill paid $5 9/11 24/7"), sizes=[1, 2])
    classes = dict(zip(runs["term"], runs["class"], strict=True))
    assert classes["ada quill"] == "name" and classes["quill paid"] == "word"
    assert classes["$5 9/11"] == "word" and classes["9/11 24/7"] == "number"
    assert classes["$5"] == "money"


@settings(deadline=None, max_examples=80)
@given(WORDS, st.sampled_from([1, 2, 3, [1, 2], [3, 1, 2]]), st.booleans())
def test_runs_are_those_of_a_plain_loop(
    texts: list[str], sizes: int | list[int], across: bool
) -> None:
    tokens = make_tokens(*texts)
    column = "sentence_index" if across else "stretch_index"
    rows = tokens.to_dict("records")
    expected = []
    for i in range(len(rows)):
        for size in sorted([sizes] if isinstance(sizes, int) else sizes):
            run = rows[i : i + size]
            if len(run) == size and len({(own["article_id"], own[column]) for own in run}) == 1:
                words = " ".join(own["term"] for own in run)
                expected.append([run[0]["article_id"], run[0]["start"], run[-1]["end"], words])
    found = find_ngrams(tokens, sizes=sizes, across=across)
    assert found[["article_id", "start", "end", "term"]].to_numpy().tolist() == expected
    for _, own in found.groupby("article_id", observed=True):
        assert own["token_index"].tolist() == list(range(len(own)))
    assert found["term"].cat.categories.is_monotonic_increasing
    assert list(found) == list(tokens)
