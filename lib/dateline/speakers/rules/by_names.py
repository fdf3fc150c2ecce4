"""From a source that is a name to who bears it."""

from __future__ import annotations

import re

from dateline.speakers.mention import Source
from dateline.speakers.names.name import Name
from dateline.speakers.scene import Answer, Scene, one_of

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
    if len(answers) == 1:
        return answers[0]
    speakers = tuple(dict.fromkeys(s for answer in answers for s in answer.speakers))
    unsure = tuple(s for answer in answers if answer.status == "candidate" for s in answer.speakers)
    status = "joint" if len(speakers) > 1 else "resolved"
    evidence = "; ".join(answer.evidence for answer in answers)
    return Answer("name", status, speakers, evidence, open=unsure)


def name_bearer(scene: Scene, name: Name) -> Answer:
    """Who bears a name."""
    fitting, rule = scene.cast.bearers(name)
    if fitting:
        return one_of("name", scene.cast.narrow(name, fitting), rule, name.text)
    speaker = scene.cast.body(name)
    kind = "name" if speaker.kind == "person" else "organisation"
    return Answer(kind, "resolved", (speaker,), f"name: {name.text}")
