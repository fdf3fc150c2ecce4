"""From a source that is a name to who bears it."""

from __future__ import annotations

import re

from dateline.speakers.mention import Source, classify_source
from dateline.speakers.names.listed import is_word
from dateline.speakers.names.name import Name
from dateline.speakers.scene import Answer, Scene, one_of

# How often a name leads to the right one by how it is known (see rules).
_SHARES = {"full name": 0.99, "surname": 0.96, "given name": 0.9, "part": 0.85}
_SPEAKS = ("role", "relation", "person", "group", "title", "epithet", "organisation")
_NAME = 0.88  # a body's, or one of which nothing else is known

_AND_MORE = re.compile(r"(?: \([^()]{1,12}\))?,? (?:and|&) ((?:(?:some|many) )?(?:other )?)(?=\w)")
_HIS = re.compile(r"(?:his|her|its|their) ")
_AND_NAME = re.compile(r"((?:the|his|her|its|their) [\w’'-]+(?: [\w’'-]+)?) and ", re.IGNORECASE)


def by_name(scene: Scene, source: Source) -> Answer | None:
    """`Ann Bell`, `Bell and the mayor`: who bears the names."""
    if source.kind != "name":
        return None
    answers = [name_bearer(scene, name) for name in source.names]
    # `the mayor and Ann Bell` (1 row): the first of the two has no name.
    both = _AND_NAME.match(scene.cast.text, source.start, source.end)
    if both and source.names[0].start >= both.end():
        answers.insert(0, scene.identify_span(*both.span(1)))
    elif more := _read_more(scene, source, answers[-1]):
        answers.append(more)
    if len(answers) == 1:
        return answers[0]
    speakers = tuple(dict.fromkeys(s for answer in answers for s in answer.speakers))
    unsure = tuple(s for answer in answers if answer.status == "candidate" for s in answer.speakers)
    status = "joint" if len(speakers) > 1 else "resolved"
    evidence = "; ".join(answer.evidence for answer in answers)
    score = min(answer.score for answer in answers)
    return Answer("name", status, speakers, evidence, open=unsure, score=score)


def _read_more(scene: Scene, source: Source, last: Answer) -> Answer | None:
    """`Ann Bell and her aides`, `Ann Bell and other divers`: who speaks beside the last name."""
    text = scene.cast.text
    joined = _AND_MORE.match(text, source.names[-1].end, source.end)
    if not joined or last.status != "resolved":
        return None
    more = classify_source(scene.cast, joined.end(), source.end)
    others = more.kind == "group" and "other" in joined[1]
    told = more.kind in ("group", "role", "organisation") and is_word(more.head, *_SPEAKS)
    if not (others or told):
        return None
    words = more.phrase
    if his := _HIS.match(text, joined.end(), source.end):
        words = f"{last.speakers[0].name}'s {words.removeprefix(his.group())}"
    elif others:
        words = f"other {words}"
    elif more.kind != "group":
        return scene.identify(more)
    speaker = scene.cast.phrase(words, more.kind, more.gender, more.start)
    return Answer(more.kind, "resolved", (speaker,), f"joint: {words}", score=_NAME)


def name_bearer(scene: Scene, name: Name) -> Answer:
    """Who bears a name."""
    fitting, rule = scene.cast.bearers(name)
    if fitting:
        answer = one_of("name", scene.cast.narrow(name, fitting), rule, name.text)
        return answer._replace(score=_SHARES[rule])
    speaker = scene.cast.body(name)
    kind = "name" if speaker.kind == "person" else "organisation"
    return Answer(kind, "resolved", (speaker,), f"name: {name.text}", score=_NAME)
