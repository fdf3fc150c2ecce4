"""Invented articles and their attributions, for the tests of speakers."""

import dateline as dl
from dateline.frames import build_frame


def build_articles(days=None, **texts):
    """ARTICLES of these texts, by article_id; `days` maps some of them to a day."""
    rows = [
        {"article_id": key, "text": text, "published_on": (days or {}).get(key)}
        for key, text in texts.items()
    ]
    return build_frame("articles", rows)


def mark(articles, *rows):
    """ATTRIBUTIONS from (article_id, source, content) in words.

    A source may be None; `before|source` tells which of several equal words is meant.
    """
    text_of = dict(zip(articles.article_id, articles.text, strict=True))
    attributions = []
    for i, (article_id, source, content) in enumerate(rows):
        text = text_of[article_id]
        start = text.index(content)
        row = {
            "attribution_id": f"{article_id}-{i}",
            "article_id": article_id,
            "kind": "direct" if content[0] in "“‘" else "indirect",
            "start": start,
            "end": start + len(content),
            "content": [[start, start + len(content)]],
            "rule": "test",
            "score": 1.0,
        }
        if source:
            lead, _, words = source.rpartition("|")
            at = text.index(lead + words) + len(lead)
            row |= {"source_start": at, "source_end": at + len(words), "source": words}
        attributions.append(row)
    return build_frame("attributions", attributions)


def say(articles, *rows, **options):
    """SAID of these articles, whose attributions are given in words."""
    attributions = mark(articles, *rows)
    mentions, speakers = dl.resolve_speakers(attributions, articles, **options)
    return dl.attribute_speakers(attributions, mentions, speakers, articles)


def name_speakers(text, *rows, **options):
    """The speaker of each (source, content) of one article; candidates as a list."""
    said = say(build_articles(a=text), *(("a", *row) for row in rows), **options)
    return [
        row.speaker_candidates or (row.speaker if isinstance(row.speaker, str) else None)
        for row in said.itertuples()
    ]
