"""From a source that is a noun phrase to who or what that is."""

from __future__ import annotations

import re

from dateline.speakers.antecedents import status_of
from dateline.speakers.mention import Source
from dateline.speakers.names.listed import is_word
from dateline.speakers.names.opening import is_people
from dateline.speakers.names.roles import begin_of
from dateline.speakers.person import PAST, Sighting, Speaker, fold_role, is_role
from dateline.speakers.rules.by_names import name_bearer
from dateline.speakers.scene import Answer, Scene, any_of, one_of
from dateline.words import singular

_SPOKE_FOR = re.compile(r"\b(?:for|of|from|at) ")
_AGE_NOUN = re.compile(r"\d+-year-old\b")
_CALLED = re.compile(
    r"[^.;:!?“”\"\n]{3,60}\b"
    r"(?:goes by|went by|called|known|nam(?:ed|e)|identif(?:ied|ies)|nicknamed)\b"
    r"(?: (?:the|name|only|just|simply|as|himself|herself|to|be|by))* ?[“\"‘']?(?=[^\W\d_a-z])"
)
_BASED = re.compile(r"-[a-z]")  # `the Orrin-based company`
_MORE = re.compile(r"(?: [a-z]+){1,2}")
_COMMA = re.compile(r"(?: (?:who|whom|that|I|we|he|she|they) [^,.;:“”\"\n]{2,60})?, (?:the )?")
_TITLED = 60  # so far behind it a name begins at most, behind its title
# Words before a role that tell another holder of it.
_TELLING = (
    "passing",
    "under",
    "epithet",
    "role",
    "title",
    "relation",
    "group",
    "organisation",
    "label",
)
_APART = re.compile(
    r"\b(?:former|ex|new|next|future|first|second|third|last|previous|late|rival|fellow|opposing|local|"
    r"junior|senior|other|same|own|then)\b"
)
_CAMPAIGNS = ("campaign", "camp", "team")
_NEW = re.compile(r"(?:new|next|future|incoming)\b")  # nobody who held the role before
_MAKERS = ("airline", "automaker", "carmaker", "carrier", "chipmaker", "drugmaker", "lender")
_OTHER = re.compile(r"(?:the|this|that) (?:other|latter|second)\b", re.IGNORECASE)
_MADE = re.compile(r" (?:for|of|that|behind) ")  # `the group for riders` is no last one
_ANONYMOUS = (
    "source",
    "person",
    "individual",
    "somebody",
    "someone",
)  # who is so called has no name
_PAPERS = ("paper", "publication")  # what one reads, too
_FIRMS = ("agency", "business", "company", "corporation", "firm", "venture")
_BODIES = ("body", "group", "institution", "organisation", "organization", "outfit")
_ENDS = re.compile(r",|\.|;| ?[—–(]|\s+(?:who|said|says|told)\b")
_DUAL = re.compile(
    r"(?:both|the two|the (?:pair|couple|duo|brothers|sisters|twins))\b", re.IGNORECASE
)


def by_nothing(scene: Scene, source: Source) -> Answer | None:
    """Words without a noun: nobody."""
    if source.kind != "none":
        return None
    return Answer("role", "none", (), f"no noun: {source.phrase}")


def by_spokesperson(scene: Scene, source: Source) -> Answer | None:
    """`a spokeswoman for the board` speaks for the board (14 rows)."""
    speaks_for = _SPOKE_FOR.search(scene.cast.text, source.start, source.end)
    if not re.fullmatch(r"spokes(?:man|woman|person)", source.head) or not speaks_for:
        return None
    answer = scene.identify_span(speaks_for.end(), source.end)
    if not answer.speakers or answer.speakers[0].kind == "person":
        return None
    evidence = f"{source.head} for: {answer.speakers[0].name}"
    return answer._replace(kind="role", evidence=evidence, gender=source.gender)


def by_pair(scene: Scene, source: Source) -> Answer | None:
    """`both leaders`, `the two women`: the two who were spoken of."""
    if not _is_human_group(source) or not _is_dual(scene, source):
        return None
    leaders = is_word(singular(source.head), "leader")

    def fits(speaker: Speaker) -> bool:
        alike = not source.gender or speaker.gender in ("", source.gender)
        return alike and (not leaders or scene.registry.leads(speaker))

    pair = scene.past.pair(source.start, fits)
    if not pair:
        return None
    evidence = f"two: {source.phrase} are {' and '.join(map(any_of, pair))}"
    speakers = tuple(dict.fromkeys(speaker for one in pair for speaker in one))
    unsure = tuple(speaker for one in pair if len(one) > 1 for speaker in one)
    return Answer("group", "joint", speakers, evidence, open=unsure)


def by_joint_speech(scene: Scene, source: Source) -> Answer | None:
    """`the friends`, `the companies`, right after several spoke jointly: they (2 rows)."""
    if source.kind != "group" or _is_dual(scene, source):
        return None
    speakers, head = scene.past.last_joint(source.start), singular(source.head)
    kind = "person" if is_word(head, "relation", "person") else "organisation"
    kind = kind if kind == "person" or head in (*_FIRMS, *_BODIES) else ""
    bare = source.definite and not source.owner and len(source.phrase.split()) == 1
    if not bare or not speakers or any(speaker.kind != kind for speaker in speakers):
        return None
    evidence = f"joint: {source.phrase} are {' and '.join(s.name for s in speakers)}"
    return Answer("group", "joint", speakers, evidence)


def _is_human_group(source: Source) -> bool:
    head = singular(source.head)
    return source.kind == "group" and is_word(head, "role", "relation", "person", "group")


def _is_dual(scene: Scene, source: Source) -> bool:
    # Not `both` within a sentence: of 7 real rows that this makes pairs, 3 were wrong.
    dual = _DUAL.match(scene.cast.text, source.start)
    return bool(dual) and not source.phrase.startswith("both ")


def by_named_kind(scene: Scene, source: Source) -> Answer | None:
    """`the Interfeld agency` is Interfeld; not a people's (`the Ruvian agency`) or a person's."""
    if source.kind != "organisation" or source.owner or not is_word(source.head, "generic"):
        return None
    named, _, head = source.phrase.rpartition(" ")
    inside = scene.cast.names_in(source.start, source.start + len(named) + 5)
    # `the Interfeld news agency`
    names = [n for n in inside if named == n.text or _MORE.fullmatch(named.removeprefix(n.text))]
    if not names or head.casefold() != source.head or is_people(named) or _BASED.search(named):
        return None
    if scene.cast.bearers(names[0])[0]:
        return None
    return name_bearer(scene, names[0])._replace(kind="organisation")


def by_called(scene: Scene, source: Source) -> Answer | None:
    """`a man who goes by the name “Stubb”`: whom the words behind a phrase give a name."""
    if source.kind != "role" or not is_word(source.head, "person", "role"):
        return None
    text = scene.cast.text
    called = _CALLED.match(text, source.start)
    if not called or source.end > called.end():
        return None
    names = scene.cast.names_in(called.end(), called.end() + 1)
    if not names or text[called.start() : called.end()].count(",") > 1:
        return None
    return name_bearer(scene, names[0]._replace(kind="person"))


def by_apposed(scene: Scene, source: Source) -> Answer | None:
    """`her manager, Ann Bell, said`, `A teacher, Melo, said`: whom the name behind a role is."""
    text = scene.cast.text
    comma = _COMMA.match(text, source.end)
    one = source.kind == "group" and text[source.start : source.end].casefold().startswith("one of")
    if not (one or source.kind in ("role", "organisation")) or not comma:
        return None
    names = scene.cast.names_in(comma.end(), comma.end() + _TITLED)
    if not names or begin_of(names[0]) != comma.end() or not _ENDS.match(text, names[0].end):
        return None
    name, human = names[0], is_word(source.head, "role", "person", "relation", "title")
    if source.kind == "organisation":  # `the newspaper, the Orrin Post,`
        return name_bearer(scene, name)._replace(kind=source.kind)
    bearers, rule = scene.cast.bearers(name)
    if not bearers and human and text.startswith(",", name.end):
        bearers, rule = [scene.cast.body(name._replace(kind="person"))], "name"
    if not bearers:
        return None
    return one_of("role", scene.cast.narrow(name, bearers), f"apposed, {rule}", source.phrase)


def by_campaign(scene: Scene, source: Source) -> Answer | None:
    """`his campaign`, `the Orr campaign`, `Tom Orr's presidential campaign`: Tom Orr's campaign."""
    if source.kind != "organisation" or source.head not in _CAMPAIGNS:
        return None
    owner = scene.owner_of(source)
    if not owner and not source.owner:
        names = scene.cast.names_in(source.start, source.end)
        owner = name_bearer(scene, names[0]) if names and scene.cast.bearers(names[0])[0] else None
    if not owner or owner.status != "resolved" or owner.speakers[0].kind != "person":
        return None
    words = f"{owner.speakers[0].name}'s {source.head}"
    speaker = scene.cast.phrase(words, "organisation", "", source.start)
    return Answer("organisation", "resolved", (speaker,), f"whose: {source.phrase} is {words}")


def by_role_here(scene: Scene, source: Source) -> Answer | None:
    """`the mayor`: whom this article shows with the role, in whichever of its sentences."""
    if not source.definite or source.kind not in ("role", "organisation"):
        return None
    phrase = source.whole
    own = scene.cast.holders(phrase) or _find_kin(scene, source) or _find_described(scene, source)
    # Of two that are only called `the company` the second can be a firm named between them.
    if not own or (source.head in _FIRMS and not own[0].named):
        return None
    former = "former" in phrase.casefold()
    alike = [s for s in own if any(("former" in r.words.casefold()) == former for r in s.roles)]
    if former and not alike:
        return None
    speaker = scene.past.latest(alike or own, source.start)
    shown = (r.words for r in speaker.roles if is_role(fold_role(phrase), fold_role(r.words)))
    where = "".join(f": “{words}”" for words in [*shown][:1])
    evidence = f"role: {source.phrase} is {speaker.name}{where}"
    return Answer(source.kind, "resolved", (speaker,), evidence)


def _find_described(scene: Scene, source: Source) -> list[Speaker]:
    """`the two-term president` where one person is shown as president; no place tells another."""
    *before, head = source.phrase.split()
    plain = before and head == source.head and not source.owner and source.kind == "role"
    if not plain or not all(word.islower() and not is_word(word, *_TELLING) for word in before):
        return []
    found = [s for s in scene.cast.holders(head) if s.named]
    return found if len(found) == 1 and not _APART.search(source.phrase) else []


def _find_kin(scene: Scene, source: Source) -> list[Speaker]:
    """Of `Orr's son` the one whom the article shows as a son and who is named Orr too (1 row)."""
    owner = scene.owner_of(source) if is_word(source.head, "relation") else None
    if not owner or owner.status != "resolved":
        return []
    surname = owner.speakers[0].name.split()[-1]
    kin = [s for s in scene.cast.holders(source.head) if s.name.split()[-1] == surname]
    return kin if len(kin) == 1 and kin[0] not in owner.speakers else []


def by_role_elsewhere(scene: Scene, source: Source) -> Answer | None:
    """`the premier of Ruvia`: whom another article shows with the role."""
    if not source.definite or source.kind != "role" or _NEW.match(source.phrase):
        return None
    words = source.whole.casefold().split()
    if is_word(source.head, "epithet") and (words == [source.head] or "former" in words):
        return None  # every article has candidates of its own
    article = scene.article
    held = scene.registry.holders(source.whole, article.text, article.article_id)
    if not held:
        return None
    answer = one_of("role", (scene.bring(i) for i, _ in held), "role", source.phrase)
    return answer._replace(evidence=f"{answer.evidence}: {'; '.join(w for _, w in held)}")


def by_last_such(scene: Scene, source: Source) -> Answer | None:
    """`the group`, `the man`, `the billionaire`, `the 81-year-old`: the last one of that kind."""
    if not source.definite or source.owner:
        return None
    found = None
    text = scene.cast.text[source.start : source.end]
    if _OTHER.match(text) or (source.kind == "organisation" and _MADE.search(source.phrase)):
        return None
    if source.kind == "organisation" and is_word(source.head, "generic"):
        wanted = "body" if source.head in _FIRMS else "thing" if source.head in _PAPERS else "group"
        found = scene.past.find(source.start, wanted)
    elif source.head in _MAKERS:
        found = scene.past.find(source.start, "body")
    elif source.kind == "role" and (_is_anaphor(scene, source) or _is_described(source)):
        found = scene.past.find(source.start, source.gender or "person")
        # Without a gender only who speaks, or is a subject, is taken up.
        found = found if found and (source.gender or found.salience >= 1) else None
        if found and source.head in _ANONYMOUS and found.speakers[0].named:
            return None
        if found and not (_is_anaphor(scene, source) or _is_known_as(scene, source, found)):
            return None
    if not found or _is_other(source.head, found.speakers[0]):
        return None
    evidence = f"last such: {source.phrase} is {any_of(found.speakers)}"
    return Answer(source.kind, status_of(found), found.speakers, evidence)


def _is_anaphor(scene: Scene, source: Source) -> bool:
    """Whether a phrase takes up who was spoken of: no `a man` has come up before `the man`."""
    first = source.phrase.partition(" and ")[0].split()[-1]  # `the front-runner and senator`
    if not any(is_word(head, "person", "epithet") for head in (source.head, first)):
        return bool(_AGE_NOUN.match(source.phrase))
    # A party has many, so that only `a Velt Green` keeps `the Velt Green` from whom it follows.
    told = source.phrase if is_word(source.head, "label") else source.head
    new = re.compile(rf"\b(?:an?|another) (?:[\w-]+ ){{0,3}}{re.escape(told)}\b", re.I)
    return not new.search(scene.cast.text, max(0, source.start - PAST), source.start)


def _is_described(source: Source) -> bool:
    """`the longtime Velt senator`: more is said of the one who was spoken of, but not of what."""
    *before, head = source.phrase.casefold().split()
    return bool(before) and head == source.head and not _APART.search(source.phrase)


def _is_known_as(scene: Scene, source: Source, found: Sighting) -> bool:
    """Whether whoever is found, and nobody else, is shown with the head noun, of no other place."""
    one, *others = found.speakers
    shown = [role.words for role in one.roles]
    if identity := scene.registry.of.get(one):
        shown += [words for role in identity.roles.values() for words in role.values()]
    shown = [words for words in shown if fold_role(words).head == source.head]
    if not shown or others or not one.named or one.name.casefold() == source.head:
        return False
    places, own = _find_places(source.phrase), _find_places(" ".join(shown))
    return not places or not own or bool(own & places)


def _find_places(words: str) -> set[str]:
    """The words of a role that name its place or body: no party, no title."""
    proper = re.findall(r"\b[^\W\d_a-zß-ÿ]\w+", words)
    return {w for w in proper if not is_word(w, "label", "title", "role")}


def _is_other(head: str, body: Speaker) -> bool:
    """Whether a body is called another kind of thing: no ministry is `the newspaper`."""
    kind = body.name.split()[-1].casefold()
    called = is_word(kind, "organisation") and not is_word(kind, "generic")
    return called and head not in (*_FIRMS, *_BODIES)


def by_whose_it_is(scene: Scene, source: Source) -> Answer | None:
    """`the campaign` is `the Orr campaign` where the article calls one campaign so (5 rows)."""
    if not source.definite or source.owner or source.kind != "organisation":
        return None
    if is_word(source.head, "generic") or source.phrase.casefold() != source.head:
        return None
    tail = re.compile(rf" {re.escape(source.head)}\b(?! [A-Z])")
    named = [n for n in scene.cast.names if tail.match(scene.cast.text, n.end)]
    if len({n.words[-1] for n in named}) != 1 or not scene.cast.bearers(named[0])[0]:
        return None
    whose = name_bearer(scene, named[0]).speakers[0].name
    words = f"{whose}'s {source.head}"
    speaker = scene.cast.phrase(words, "organisation", "", named[0].start)
    return Answer("organisation", "resolved", (speaker,), f"name: {source.phrase} is {words}")


def as_it_stands(scene: Scene, source: Source) -> Answer:
    """A speaker without a name, called by these words; `his wife` becomes `Tom Vark's wife`."""
    phrase, owner = source.phrase, scene.owner_of(source)
    if owner and owner.kind in ("name", "pronoun") and owner.status == "resolved":
        told = source.kind != "document" and owner.speakers[0].kind in ("person", "unknown")
        own = phrase.removeprefix(source.owner).strip()
        phrase = f"{owner.speakers[0].name}'s {own}" if told else phrase
    human = is_word(source.head, "role", "person", "relation", "title")
    kind = ("person" if human else "unknown") if source.kind == "role" else source.kind
    speaker = scene.cast.phrase(phrase, kind, source.gender, source.start)
    return Answer(source.kind, "resolved", (speaker,), f"as it stands: {phrase}", source.gender)
