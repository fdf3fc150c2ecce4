"""Who the sources are: names, pronouns and roles, in one article and across several."""

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import build_frame, empty_frame


def build_articles(**texts):
    """ARTICLES of these texts, by article_id."""
    return build_frame("articles", [{"article_id": k, "text": v} for k, v in texts.items()])


def mark(articles, *rows):
    """ATTRIBUTIONS from (article_id, source, content[, nth]) in words; a source may be None."""
    text_of = dict(zip(articles.article_id, articles.text, strict=True))
    attributions = []
    for i, (article_id, source, content) in enumerate(rows):
        text = text_of[article_id]
        start = text.index(content)
        row = {
            "attribution_id": f"{article_id}-{i}",
            "article_id": article_id,
            "kind": "direct" if "“" in content else "indirect",
            "start": start,
            "end": start + len(content),
            "content": [[start, start + len(content)]],
            "rule": "test",
            "score": 1.0,
        }
        if source:
            # `before|source` tells which of several equal words is meant.
            lead, _, words = source.rpartition("|")
            at = text.index(lead + words) + len(lead)
            row |= {"source_start": at, "source_end": at + len(words), "source": words}
        attributions.append(row)
    return build_frame("attributions", attributions)


def say(articles, attributions, **options):
    mentions, speakers = dl.resolve_speakers(articles, attributions, **options)
    return dl.attribute_speakers(articles, attributions, mentions, speakers)


def test_a_surname_leads_to_the_full_name():
    articles = build_articles(a="Mayor Ilse Orrin came. “We are late,” Orrin said.")
    said = say(articles, mark(articles, ("a", "” |Orrin", "“We are late,”")))
    assert said["speaker"].tolist() == ["Ilse Orrin"]


def test_a_pronoun_leads_to_the_last_speaker_of_its_gender():
    text = "Anna Pell met Tom Vark. Vark said it rained. He said it would stop. She said no."
    articles = build_articles(a=text)
    attributions = mark(
        articles,
        ("a", "Vark. |Vark", "it rained"),
        ("a", "He", "it would stop"),
        ("a", "She", "no."),
    )
    assert say(articles, attributions)["speaker"].tolist() == ["Tom Vark", "Tom Vark", "Anna Pell"]


def test_two_names_speak_jointly():
    articles = build_articles(a="Anna Pell and Tom Vark said it rained.")
    attributions = mark(articles, ("a", "Anna Pell and Tom Vark", "it rained"))
    mentions, speakers = dl.resolve_speakers(articles, attributions)
    assert mentions["status"].tolist() == ["joint", "joint"]
    said = dl.attribute_speakers(articles, attributions, mentions, speakers)
    assert said["speaker"].tolist() == ["Anna Pell and Tom Vark"]


def test_an_attribution_without_source_has_no_speaker():
    articles = build_articles(a="It was said that it rained.")
    said = say(articles, mark(articles, ("a", None, "it rained")))
    assert said["speaker"].isna().all()
    assert said["text"].tolist() == ["it rained"]
    assert said["n_words"].tolist() == [2]


def test_nothing_in_nothing_out():
    articles, attributions = empty_frame("articles"), empty_frame("attributions")
    mentions, speakers = dl.resolve_speakers(articles, attributions)
    assert mentions.empty
    assert speakers.empty
    assert dl.attribute_speakers(articles, attributions, mentions, speakers).empty


def test_the_input_is_not_changed():
    articles = build_articles(a="Mayor Ilse Orrin came. “We are late,” Orrin said.")
    attributions = mark(articles, ("a", "” |Orrin", "“We are late,”"))
    before = articles.copy(deep=True), attributions.copy(deep=True)
    dl.resolve_speakers(articles, attributions)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(attributions, before[1])


def test_a_frame_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="lacks the columns"):
        dl.resolve_speakers(build_articles(a="x"), pd.DataFrame())
