"""From a narrator's I and we to who writes: the author, the one who signs, the outlet."""

from __future__ import annotations

from dateline.speakers.mention import Source
from dateline.speakers.names.name import Name
from dateline.speakers.scene import Answer, Scene, any_of, one_of


def by_first_person(scene: Scene, source: Source) -> Answer | None:
    """`I`, `we`: who says the words around it, else the author or the outlet."""
    if source.kind != "pronoun" or source.gender not in ("I", "we"):
        return None
    for answer in scene.around:
        evidence = f"first person: {any_of(answer.speakers)} speaks"
        return answer._replace(kind="pronoun", evidence=evidence)
    author = scene.article.byline if source.gender == "I" else scene.article.outlet
    if not author:
        return Answer("pronoun", "none", (), f"first person of nobody: {source.phrase}")
    kind = "person" if source.gender == "I" else "organisation"
    name = Name(0, 0, tuple(author.split()), "", kind)
    fitting, rule = scene.cast.bearers(name)
    fitting = scene.cast.narrow(name, fitting) if fitting else [scene.cast.body(name)]
    answer = one_of("pronoun", fitting, rule, source.phrase)
    return answer._replace(evidence=f"first person: {author} writes")
