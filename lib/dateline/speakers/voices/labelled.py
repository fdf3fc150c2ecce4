"""From a transcript's label to who speaks: Q, A, initials, a surname in capitals, a role."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.attribution.cues.lexicon import load_rule_words
from dateline.attribution.turns.interview import find_interviewee, is_outlet
from dateline.speakers.mention import Source
from dateline.speakers.names.listed import fold_name, is_word
from dateline.speakers.names.name import Name
from dateline.speakers.names.roles import begin_of
from dateline.speakers.rules.by_names import name_bearer
from dateline.speakers.scene import Answer, Scene, one_of
from dateline.speakers.voices.narrator import find_author

LABEL = "label"  # the kind of a source that is a label
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.?){2,3}")
_HONORIFIC = re.compile(r"(?:the|mr|mrs|ms|madam|hon)\b\.? ", re.IGNORECASE)
_ASKS = re.compile(
    r" (?:[a-z]+ly )?(?:met|meets|(?:spoke|speaks|talked|talks) (?:with|to)|s[ai]ts? down with|"
    r"asked|asks|interviewed|interviews|questioned|questions|visited|visits) (?!by\b)"
)
_ANSWER, _MOST = ("a", "answer", "interviewee"), 3


class _Label(NamedTuple):
    """A label's place and its words without the title."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str


def by_label(scene: Scene, source: Source) -> Answer | None:
    """`Q:`, `A:`, `KD:`, `VENN:`, `The Mayor:`: whom of this article the label means."""
    if source.kind != LABEL:
        return None
    words = scene.article.text[source.start : source.end]
    key = fold_name(_HONORIFIC.sub("", words))
    if key in load_rule_words("interviewers"):
        return find_interviewer(scene)
    if key in _ANSWER:
        return _find_interviewee(scene, source)
    if is_role(key):
        return _by_role(scene, source, key)
    label = _read(words, source)
    return _by_initials(scene, label) or _by_words(scene, label)


def is_role(key: str) -> bool:
    """Whether a label is a role rather than a name: Moderator, the Prime Minister, Speaker 2."""
    words = [word for word in key.split() if not word.isdigit()]
    roles = load_rule_words("turn_roles")
    return bool(words) and (words[-1] in roles or (words[0] in roles and "for" in words))


def is_named(words: str) -> bool:
    """Whether a label may be a person's name, as far as its words tell."""
    key = fold_name(_HONORIFIC.sub("", words))
    named = len(key) > 1 and key not in (*_ANSWER, *load_rule_words("interviewers"))
    return named and not is_role(key) and not is_outlet(words) and not _INITIALS.fullmatch(words)


def _read(label: str, source: Source) -> _Label:
    words = label.split()
    titles = [i for i, word in enumerate(words[:-1]) if is_word(word.strip("."), "title", "role")]
    first = titles[-1] + 1 if titles else int(len(words) > 1 and words[0].casefold() == "the")
    # VENN is how labels are printed, not how he is called; KD stays.
    own = (w.capitalize() if w.isupper() and len(w) > 3 else w for w in words[first:])
    return _Label(source.start, source.end, tuple(own), " ".join(words[:first]))


def _by_role(scene: Scene, source: Source, key: str) -> Answer:
    """`THE MAYOR`: whom the article shows with the role; no pronoun's rule has a say here."""
    if named := _find_bracketed(scene, key, source.start):
        answer = name_bearer(scene, named._replace(kind="person"))
        return answer._replace(kind="role", evidence=f"label: {key} is {named.text}")
    if held := scene.cast.holders(key):
        return one_of("role", [scene.past.latest(held, source.start)], LABEL, key)
    speaker = scene.cast.phrase(key, "person", "", source.start)
    return Answer("role", "resolved", (speaker,), f"label: {key}")


def _find_bracketed(scene: Scene, key: str, start: int) -> Name | None:
    """The name that an earlier label gives a role: `The MAYOR (Ann Bell):`, `Ann BELL (Mayor):`."""
    role = re.escape(key.removeprefix("the "))
    form = re.compile(rf"{role} \((?=[^()\n]+\):?)|(?<= \()(?:the )?{role}\)", re.IGNORECASE)
    for match in form.finditer(scene.cast.text, 0, start):
        given = match.group().endswith("(")
        place = match.end() if given else match.start() - 2
        names = scene.cast.names_in(place - 1 + 2 * given, place + 60 * given)
        if names and (begin_of(names[0]) == match.end() or names[0].end == place):
            return names[0]
    return None


def find_interviewer(scene: Scene) -> Answer:
    """Who asks: the author of the article where it names one, else nobody known."""
    author = scene.article.byline or find_author(scene.article.text) or _find_asker(scene)
    if not author or re.search(r",|&|\band\b", author):
        return Answer("role", "none", (), "label: the interviewer, whom the article does not name")
    name = Name(0, 0, tuple(author.split()), "", "person")
    answer = one_of("role", scene.cast.bearers(name)[0] or [scene.cast.body(name)], LABEL, "Q")
    return answer._replace(evidence=f"label: {author} asks")


def _find_asker(scene: Scene) -> str | None:
    """Who is said to have met, or asked: `Bo Lund met her before the concert`."""
    for name in scene.cast.names:
        if name.start >= scene.first_turn:
            return None
        if _ASKS.match(scene.cast.text, name.end) and name.kind != "organisation":
            return name.text if len(name.words) > 1 and not is_outlet(name.text) else None
    return None


def _find_interviewee(scene: Scene, source: Source) -> Answer:
    """Who answers: whom the words before the interview name as asked, else one of its people."""
    text = scene.article.text
    if span := find_interviewee(text, scene.first_turn):
        words = text[slice(*span)]
        answer = _by_words(scene, _read(words, source))
        return answer._replace(evidence=f"label: {words} is asked ({answer.evidence})")
    asker = _find_asker(scene)
    people = [p for p in scene.cast.people() if p.first < scene.first_turn and p.name != asker]
    if not 0 < len(people) <= _MOST:
        return Answer("role", "none", (), "label: who answers, whom the article does not name")
    return one_of("role", people, LABEL, "A")


def _by_initials(scene: Scene, label: _Label) -> Answer | None:
    """`KD`: whose name begins so."""
    words = "".join(label.words)
    if not _INITIALS.fullmatch(words):
        return None
    key = fold_name(words)
    fitting = [p for p in scene.cast.people() if fold_name(_initials(p.name)) == key]
    return one_of("name", fitting, "initials", words) if fitting else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _by_words(scene: Scene, label: _Label) -> Answer:
    """Who bears the name that a label is; whoever it is speaks, so is a person or an outlet."""
    words = " ".join(label.words)
    outlet = fold_name(scene.article.outlet or "")
    named_so = re.compile(rf"\bthe {re.escape(words)}\b|\({re.escape(words)}\)", re.IGNORECASE)
    is_body = is_outlet(words) or fold_name(words) in outlet or named_so.search(scene.cast.text)
    name = Name(label.start, label.end, label.words, label.title, "" if is_body else "person")
    fitting, rule = scene.cast.bearers(name)
    if fitting:
        return one_of("name", scene.cast.narrow(name, fitting), rule, words)
    name = name._replace(kind="organisation" if is_body else "person")
    speaker = scene.cast.body(name)
    kind = "organisation" if is_body else "name"
    return Answer(kind, "resolved", (speaker,), f"label: {words}")
