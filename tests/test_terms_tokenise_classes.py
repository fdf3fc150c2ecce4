import re

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import find_tokens, rank_keywords
from dateline.terms.tokenise.classes import CLASSES, TOKEN, classify, find_term_classes
from hypothesis import given, settings
from hypothesis import strategies as st

# One token each, as a whole, and its class.
SHAPES = {
    name: [word.replace("+", " ") for word in re.split(r"\s+", words)]
    for name, words in {
        "word": """AT&T H&M R&D P&G's U.S. U.S.'s U.S.’s Q&A long-term 10-year 1,000-strong F-35 G7
            5G covid-19 isn’t Hawaiʻi हिन्दी दिल्ली می\u200cرود Straße x2""",
        "number": """7 1,000 3.5 1,200.50 2025 9/11 24/7 1/2 50/50 3/8/2025 2025-03-08 8.3.2025
            2019-20 1990s 80s 5bn 20km 12:1 99:59 ½""",
        "money": """$5 €5 £1.2bn $1.2m 5€ US$50 A$3 NZ$9 ¥1,000 ₹500 $2,700 50¢ £5-10m $1.2BN $.50
            5+€ €+5 $1.2+bn""",
        "percent": "50% 3.5% 5-10% 12pc 1,000% 5‰ 50+%",
        "time": """14:32 9:05 23:59:59 7pm 2.30pm 10:30am 9:00AM 7+p.m. 10:30+a.m. 7+pm
            2.30+p.m. 2025-03-08T23:30:00Z""",
        "ordinal": "1st 22nd 1,000th first Third No.+10 no.+3 Nos.+4 №+7",
        "numeral": "two Twenty twenty-one million hundreds dozen",
        "weekday": "Monday SUNDAY tuesdays",
        "month": "January august DECEMBER",
        "address": """https://www.ovra.example/x?y=1&z=2 http://velt.test www.velt.example/a_b-c
            velt.com desk@velt.example a.b-c@news.velt.co.uk news.velt.co.uk velt.org/a/b.html
            VELT.COM ftp://x.y/z ovr.ly/4xYz https://velt.example/a_(b""",
        "handle": "@mayor_ruth @velt24 @ruth.velt.social @ruth@velt.social @R",
        "hashtag": "#PortStrike #port_2025 #हिन्दी #1000Ships ＃港",
    }.items()
}
# A space that is none of ASCII belongs to a figure as well.
SHAPES["percent"] += ["50\u00a0%", "3,5\u202f%"]
CASES = [(word, name) for name, words in SHAPES.items() for word in words]


def find(text: str, **options: object) -> pd.DataFrame:
    return find_tokens(build_frame("articles", [{"article_id": "a", "text": text}]), **options)


@pytest.mark.parametrize(("word", "name"), CASES)
@pytest.mark.parametrize("around", ["They met {} there", "({})", "“{}”, said she", "see: {}; then"])
def test_a_shape_is_one_token_of_its_class(word: str, name: str, around: str) -> None:
    if "_(" in word and around == "({})":
        word += "c"
    text = around.format(word)
    tokens = find(text, kinds=None)
    start = text.index(word)
    own = tokens[(tokens["start"] < start + len(word)) & (tokens["end"] > start)]
    assert [text[s:e] for s, e in zip(own["start"], own["end"], strict=True)] == [word]
    is_name = name == "word" and word[0].isupper() and around.startswith("They")
    assert own["class"].tolist() == ["name" if is_name else name]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See https://velt.example/a.", "See|https://velt.example/a"),
        ("(www.velt.example), then", "www.velt.example|then"),
        ("Write to desk@velt.example.", "Write|to|desk@velt.example"),
        ("the S&P 500 fell", "the|S&P|500|fell"),
        ("rock & roll", "rock|roll"),
        ("and/or 3 m/s", "and|or|3|m|s"),
        ("sold 5 $10 tickets", "sold|5|$10|tickets"),
        ("It ended.The end", "It|ended|The|end"),
        ("call 555-0123 now", "call|555-0123|now"),
        ("at 10 they are", "at|10|they|are"),
        ("a $5-a-day deal", "a|$5|a-day|deal"),
        ("the 100%-owned unit", "the|100%|owned|unit"),
        ("1-0, 2:1 and 3–2", "1-0|2:1|and|3|2"),
        ("on 9/11. Then", "on|9/11|Then"),
        ("He said no. They left", "He|said|no|They|left"),
        ("_bold_ **x** # Head #5", "bold|x|Head|5"),
        ("me@ home @ five", "me|home|five"),
        ("x = y@z", "x|y|z"),
    ],
)
def test_what_stands_around_is_no_part_of_it(text: str, words: str) -> None:
    tokens = find(text, kinds=None)
    spans = zip(tokens["start"], tokens["end"], strict=True)
    assert [text[start:end] for start, end in spans] == words.split("|")


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([word for word, _ in CASES]), min_size=1, max_size=8))
def test_tokens_between_spaces_come_back_as_they_were(words: list[str]) -> None:
    # After a figure a sign may belong to it, so a word of its own stands between.
    text = " so ".join(words)
    tokens = find(text, kinds=None)
    spans = zip(tokens["start"], tokens["end"], strict=True)
    assert [text[start:end] for start, end in spans][::2] == words
    expected = [dict(CASES)[word] for word in words]
    terms = tokens["term"].tolist()[::2]
    # The first may only have the capital of a sentence, unless it comes again.
    may_be = [terms[0] in terms[1:], *[True] * (len(words) - 1)]
    is_name = [may and word[0].isupper() for may, word in zip(may_be, words, strict=True)]
    found = tokens["class"].tolist()[::2]
    assert found == [
        "name" if name == "word" and capital else name
        for name, capital in zip(expected, is_name, strict=True)
    ]


@settings(deadline=None, max_examples=300)
@given(st.text("ab1. ,:/@#$%€&-_w'’\n(){}é", max_size=60))
def test_every_letter_and_figure_is_in_a_token(text: str) -> None:
    covered = np.zeros(len(text), bool)
    tokens = find(text, kinds=None)
    for start, end in zip(tokens["start"], tokens["end"], strict=True):
        assert not covered[start:end].any()
        covered[start:end] = True
        assert text[start:end] == text[start:end].strip()
    assert all(covered[i] for i, letter in enumerate(text) if letter.isalnum())


@pytest.mark.parametrize(
    "text",
    ["http://" * 3000, "a@" * 9000, "ab.cd-" * 4000, "a.b." * 6000, "1,2" * 9000, "#" * 9000,
     "x-\n" * 9000, "http://" + "," * 20000, "@a." * 9000, "$5 " * 9000, "aa.bb." * 5000],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    import time

    started = time.process_time()
    re.compile(TOKEN).findall(text)
    assert time.process_time() - started < 1


def test_may_and_march_are_months_where_the_words_beside_say_so() -> None:
    text = "On May 3 we may march. Ruth May said in March, by 4 Dec, that May Velt came last May"
    tokens = find(text, kinds=None)
    months = tokens[tokens["class"] == "month"]
    found = [text[s:e] for s, e in zip(months["start"], months["end"], strict=True)]
    assert found == ["May", "March", "Dec", "May"]
    assert months["start"].tolist()[::3] == [3, len(text) - 3]


def test_a_capital_inside_a_sentence_is_a_name() -> None:
    text = "The port of Ovra, said “Ada Quill” – Then I left Velt. Selland: Nobody\nCame from NATO"
    tokens = find(text, kinds=None)
    names = tokens[tokens["class"] == "name"]
    found = [text[s:e] for s, e in zip(names["start"], names["end"], strict=True)]
    assert found == ["Ovra", "Quill", "Velt", "NATO"]  # where one is in doubt, it is a word


def test_a_heading_has_the_names_of_the_text_alone() -> None:
    text = "Port Strike Ends in Velt Harbour\n\nThe dockers of Velt went back to work on Monday."
    blocks = pd.DataFrame(
        {"article_id": ["a", "a"], "kind": ["heading", "body"], "start": [0, 34], "end": [32, 82]}
    )
    tokens = find(text, blocks=blocks)
    names = tokens[tokens["class"] == "name"]
    assert names["start"].tolist() == [text.index("Velt"), text.rindex("Velt")]


def test_a_capital_that_says_nothing_goes_with_those_that_do() -> None:
    tokens = find("Velt left. They saw Velt. Rain fell, and rain and rain. Then Rain Ltd. fell.")
    classes = tokens.groupby("term", observed=True)["class"].agg(lambda own: " ".join(own))
    assert classes["velt"] == "name name"
    assert classes["rain"] == "word word word name"  # two in small letters, one with a capital
    assert classes["then"] == "word"


def test_a_term_is_of_the_class_of_most_of_its_tokens() -> None:
    tokens = find("March 3, March 4 and they march. Then 5 Two", kinds=None)
    terms = pd.Index(["march", "they", "5", "two", "$9"])
    names = [CLASSES[i] for i in find_term_classes(tokens, terms)]
    assert names == ["month", "word", "number", "numeral", "money"]
    bare = [CLASSES[i] for i in find_term_classes(tokens.drop(columns="class"), terms)]
    assert bare == ["word", "word", "number", "numeral", "money"]


def test_figures_and_addresses_are_no_keywords_unless_asked() -> None:
    articles = build_frame(
        "articles",
        [
            {"article_id": "a", "outlet": "A", "text": "Port velt.com 9/11 9/11 @ruth Monday"},
            {"article_id": "b", "outlet": "B", "text": "Sea and sea 14:32 $5"},
        ],
    )
    tokens = find_tokens(articles)
    found = rank_keywords(tokens, articles, by="outlet", target="A")
    assert sorted(found["term"]) == ["and", "monday", "port", "sea"]
    assert "9/11" in set(rank_keywords(tokens, articles, by="outlet", classes=None)["term"])
    words = rank_keywords(tokens, articles, by="outlet", target="A", classes="word")
    assert sorted(words["term"]) == ["and", "port", "sea"]
    with pytest.raises(ValueError, match="classes='figure', expected some of word"):
        rank_keywords(tokens, articles, by="outlet", classes="figure")


def test_marks_of_other_tokenisers_have_a_class_too() -> None:
    assert [classify(word) for word in (",", "...", "n't", "5", "five")] == [
        "mark",
        "mark",
        "word",
        "number",
        "numeral",
    ]
