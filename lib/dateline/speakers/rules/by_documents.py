"""From a source that is a document to who wrote it."""

from __future__ import annotations

import re

from dateline.speakers.mention import Source
from dateline.speakers.person import PAST
from dateline.speakers.scene import Answer, Scene, any_of

_LETTERS = (
    *("letter", "message", "note", "telegram", "memo", "email", "statement", "post", "reply"),
    *("tweet", "release", "communique", "communiqué", "dispatch", "cable", "card", "answer"),
)
_FROM = re.compile(r"[^,]*?\b(?<!seen )(?:from|by) (?=\S)")
_SENDER = re.compile(
    r"\s*([^\n.!?”\"]{3,140}?) (?:has |have |had )?(?:also )?"
    r"(?:sent|wrote|written|issued|published|released|signed|posted|delivered|addressed)\b"
)
# `The letter, signed by the warden of Sallow, Ann Bell, asked`: behind the words of the source.
_SIGNED = re.compile(r",? (?:sent|signed|written|issued) by (?=\S)")
_AUTHOR = re.compile(r"[^.;:“\"\n]*?(?=,? (?:[a-z]+ed|says?|has|is|was)\b|[.;:“\"\n]|$)")


def by_document(scene: Scene, source: Source) -> Answer | None:
    """`the letter`, `a statement by the union`: who wrote it."""
    if source.kind != "document":
        return None
    text = scene.cast.text
    by = _FROM.match(text, source.start, source.end) or _SIGNED.match(text, source.end)
    answer = None
    if source.owner:
        answer = scene.owner_of(source)
    elif by and source.head in _LETTERS:
        told = _AUTHOR.match(text, by.end())
        end = source.end if by.end() < source.end or not told else told.end()
        answer = scene.identify_span(by.end(), end)
    elif source.definite and source.head in _LETTERS:
        answer = _author(scene, source)
    if not answer or not answer.speakers or not (answer.speakers[0].named or by):
        return None
    evidence = f"document: {source.phrase} by {any_of(answer.speakers)} ({answer.evidence})"
    return answer._replace(kind="document", evidence=evidence)


def _author(scene: Scene, source: Source) -> Answer | None:
    """Who sent the letter that is spoken of: the subject where it comes up, or who speaks there."""
    text, sentences = scene.cast.text, scene.cast.sentences
    for words in ((source.head,), _LETTERS):
        named = rf"\b(?:an?|one|his|her|its|their) [^.\n]{{0,30}}?\b(?:{'|'.join(words)})\b"
        past = re.compile(named).finditer(text, max(0, source.start - PAST), source.start)
        found = [match.start() for match in past]
        if found:
            break
    else:
        return None
    here = scene.cast.sentence_of(found[-1])
    end = [*sentences, len(text)][here + 1]
    if sender := _SENDER.match(text, sentences[here], end):
        return scene.identify_span(*sender.span(1))
    speakers = scene.past.subject(sentences[here], source.start)
    return Answer("document", "resolved", speakers, "who speaks there") if speakers else None
