"""From the words of a source to the kind of mention it is: a name, a role, a pronoun, a group."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.speakers.cast import Cast
from dateline.speakers.names.alike import is_full
from dateline.speakers.names.listed import is_word, load_kinds
from dateline.speakers.names.name import Name, find_names
from dateline.speakers.names.roles import begin_of
from dateline.words import singular

# Brackets end a source, but for a state or a party: `Ann Bell (Orr) and Tom Vark`.
_CLAUSE = re.compile(
    r"[,—–-]? ?\b(?:who|whose|whom|which|that|where|when|while)\b|\((?![^()]{1,12}\),? +and )|\[|"
    r"[,—–-]* ?\b(?:including|such as)\b"
)
_PREPOSITION = re.compile(
    r"(?:^|[\s(])(?:of|for|to|in|at|from|with|by|on|near|as|about|against|than)"
    r"(?: the| an?| his| her| their| its)?\s$",
    re.IGNORECASE,
)
# What stands between two who speak: `, head of the Orr board, a union, and`, ` of Orr and former`.
_JOINT = re.compile(
    r"(?:['’]s?)?(?: \([^()]{1,12}\)| (?:of|from) (?:the )?(?-i:[A-Z])[\w.]+)?"
    r"(?:(?:,[^,]{0,80}){1,3},|, [^,]{0,40})?,? +(?:and|&) (?:[\w’'-]+,? ){0,5}|"
    r", (?:the |[\w.]+['’]s )?",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:(?:the|an?|his|her|its|their|our|my|your|this|that|these|those|some|many|several|most|all|"
    r"other|another|various|numerous|few|at least|more than|about|nearly|almost|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|(?:dozens|hundreds|thousands)(?: and \w+s)?|\d[\d,.]*|each|"
    r"every|any|no|neither|either|of|even|only|just|perhaps|including)\s+)+"
    r"(?!(?:of|in|on|at|from|with|to|for|by|over|under|percent|per)\b)",
    re.IGNORECASE,
)
_NOBODY = ("nobody", "no one", "none", "neither", "nothing", "everything")
_NUMERAL = re.compile(
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|\w+teen|eleven|twelve|\d[\d,.]*|"
    r"(?:hundred|thousand|dozen)s?",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"(?:.*?[\w-]['’]s|.*?s['’]|his|her|its|their|my|our|whose)\s(?=\w)", re.IGNORECASE
)
# What follows its noun: `a diver familiar with the talks`.
_BEHIND = ("familiar", "close", "involved", "aware", "responsible", "present", "opposed", "briefed")
# `unions, green groups, and many riders`, `divers — and some pilots`: groups that speak together.
_LIST = re.compile(
    r"[^,;:()“”\"—–]{3,50}?(?:(?:, [^,;:()“”\"—–]{3,50}?){1,4},?| —) "
    r"(?:and|or) [^,;:()“”\"—–]{3,60}"
)
LISTED = "groups"  # the head of a list of these
_HEAD_END = re.compile(
    r"\s(?:of|at|in|for|from|with|on|to|by|near|among|within|across|against|as|about|on)\s"
)
_PHRASE_END = re.compile(
    r"\s*(?:,(?! [A-Z]\w+,?$)|[;:()—“”\"\n]|\s[-–]\s|"
    r"\b(?:seen|issued|sent|written|signed|released|published|read) |"
    r"\b(?:an? \w+|\w+ \w+s) (?:later|earlier|ago)\b|\bin \d{4}\b|"
    r"\b(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$).*",
    re.DOTALL,
)
_ATTRIBUTIVE = re.compile(
    r"/| [“\"‘']?(?!(?:and|or|of|in|at|from|for|with|on|to|by|as|is|was|has|had|himself|herself|"
    r"itself|also|then|later|both|all|each|alone|together|too)\b)[a-z]"
)
_LISTED = re.compile(r",? (?:and |& )?(?:the )?")
# `One of them`, and then `, the diver Ann Bell, said`: the name that a source leaves out (4 rows of
# the real articles that the rules were counted on).
_APPOSED = re.compile(r", (?:the )?(?:[a-z-]+ ){0,3}(?=[^\W\d_a-z]\w+ [^\W\d_a-z])")
# `those surveyed`, `those close to the talks`: what follows says who they are.
_DESCRIBED = re.compile(
    r"those (?:(?:[a-z]+ed|present|known)\b(?! to)|"
    r"(?:close to|opposed to|familiar with|against|behind|in|at|from) (?:the )?[\w-]+)",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"an? ", re.IGNORECASE)
_BESIDE = re.compile(r"(?:[,—–-]|\band)\s*(?:the )?$")
_IN_PLACE = re.compile(r"\b(?:in|at|from|near) (?:[A-Z][\w.-]+ )*[A-Z][\w.-]+, $")
_WITHIN = re.compile(r"\w (?:of|for|in|at|from|with|by|about|across|like|among|on|over) ")
# What may bound a phrase: a verb behind its auxiliary, a comma, or a word.
_BOUND = re.compile(
    r"(?P<verb>\b(?:can|could|di?d|do|does|ha[ds]|have|may|might|must|should|will|would) "
    r"(?!an?\b|the\b|no\b)[a-z]+ (?=\w)|\b(?:am|are|be|been|is|was|were) [a-z]+(?:ed|ing) (?=\w)|"
    r", (?:[a-z]+ing )?)|(?P<word>[\w’'-]+)"
)


class Source(NamedTuple):
    """A source, read: what kind of mention, its names, and its noun phrase.

    `names` are those of who speaks (several where they speak jointly), not of a place, an employer
    or an owner; `phrase` is the noun phrase without its determiners; `owner` is `her` or `Orr's`.
    """

    kind: str
    start: int
    end: int
    names: tuple[Name, ...] = ()
    phrase: str = ""
    head: str = ""
    owner: str = ""
    definite: bool = False
    gender: str = ""

    @property
    def whole(self) -> str:
        """The noun phrase with whose it is, as roles are compared."""
        return f"{self.owner} {self.phrase.removeprefix(self.owner).strip()}".strip()


def classify_source(cast: Cast, start: int, end: int) -> Source:
    """Tell what kind of mention the words of a source are.

    Args:
        cast: The people and bodies of the article.
        start: First character of the source.
        end: One past its last character.

    Returns:
        A Source; its kind is name, pronoun, role, organisation, document, group or none.
    """
    words = cast.text[start:end]
    start += len(words) - len(words.lstrip(" ,—–-*_“”\"'"))
    words = re.sub(r"(['’]s?) own$", r"\1", words.strip(" ,—–-*_“”\"'\n"))
    apposed = words.endswith(" of them") and _APPOSED.match(cast.text, start + len(words))
    if apposed and (name := cast.names_in(apposed.end(), apposed.end() + 1)):
        return Source("name", start, start + len(words), (name[0]._replace(kind="person"),), words)
    pronoun = _find_pronoun(words.casefold())
    if pronoun and not (pronoun == "those" and _DESCRIBED.match(cast.text, start)):
        sense = load_kinds()["pronoun"][pronoun]
        return Source("pronoun", start, start + len(words), phrase=words.casefold(), gender=sense)
    if described := _DESCRIBED.match(cast.text, start):
        phrase = described.group().casefold()
        return Source("group", start, described.end(), phrase=phrase, head="those")
    cut = _CLAUSE.search(words, 1)
    part = words[: cut.start()] if cut else words
    names = _find_speaking(cast, start, start + len(part))
    # `the Velt Coroner's Office`: an office has no name of its own.
    bare = len(names) == 1 and is_word(names[0].text, "organisation")
    if names and not (bare and cast.text[start : names[0].start].endswith(("'s ", "’s "))):
        return Source("name", start, start + len(part), tuple(names), part)
    return _classify_phrase(part, start)


def find_opening(cast: Cast, before: str, begin: int, pronoun: str) -> int:
    """Find where the noun phrase begins that a relative clause follows.

    Args:
        cast: The people and bodies of the article.
        before: The words of the sentence before the clause.
        begin: Where in the text these begin.
        pronoun: What the clause opens with; a human phrase is preferred before `who` and `that`.

    Returns:
        A place in `before`.
    """
    end = begin + len(before)
    bounds = [0]
    for found in _BOUND.finditer(before):
        word = found["word"]
        if not word:  # a list stays whole: `unions, greens and others who`
            bounds += [] if _LIST.fullmatch(before, bounds[-1]) else [found.end()]
        elif _is_bound(word):
            # A phrase begins behind a preposition, with an article.
            governs = is_word(word, "preposition", "auxiliary")
            after = governs and found.end() + 1 < len(before)
            bounds.append(found.end() + 1 if after else found.start())
    bounds = bounds[-4:]
    heads = {b: classify_source(cast, begin + b, end).head for b in bounds}
    human = [b for b in bounds if is_word(heads[b], "role", "person", "relation", "group")]
    return human[-1] if human and pronoun != "which" else bounds[-1]


def _is_bound(word: str) -> bool:
    """Whether a noun phrase begins with, or after, a word."""
    if word in ("and", "or") or is_word(word, "passing"):
        return False
    return is_word(word, "opener", "preposition", "cue", "verbal")


def _find_pronoun(words: str) -> str:
    """The pronoun that a source is: `he`, `she herself`, `several of them`."""
    first, *rest = words.split() or [""]
    pronouns = load_kinds()["pronoun"]
    if words in _NOBODY:
        return "there"  # which means nobody, too
    if first in pronouns and (not rest or rest in (["himself"], ["herself"], ["both"], ["all"])):
        return first
    return rest[-1] if rest[-2:-1] == ["of"] and rest[-1] in pronouns else ""


def _find_speaking(cast: Cast, start: int, end: int) -> list[Name]:
    """The names of a phrase that speak: no owners, employers, places or mere attributes."""
    names = _names_of(cast, start, end)
    speaking: list[Name] = []
    is_joint = False
    for name, aside in zip(names, _find_asides(cast, names, start, end), strict=True):
        between = cast.text[speaking[-1].end : begin_of(name)] if speaking else ""
        if not aside and (not speaking or _JOINT.fullmatch(between)):
            is_joint = is_joint or bool(speaking and re.search(r"\b(?:and|&) ", between))
            speaking.append(name)
    return speaking if is_joint else speaking[:1]


def _names_of(cast: Cast, start: int, end: int) -> list[Name]:
    """The names in a phrase; of one in a heading, which the cast did not read, its own."""
    inside, words = cast.names_in(start, end), cast.text[start:end]
    if inside or words.removeprefix("The").removeprefix("A").islower():
        return inside
    alone = Name(start, end, tuple(words.split()), "", "")
    if len(alone.words) == 1 and cast.bearers(alone)[0]:
        return [alone]
    kinds = ("organisation", "document", "generic")
    return [
        name._replace(start=name.start + start, end=name.end + start)
        for name in find_names(words)
        if len(name.words) > 1 or not is_word(name.text, *kinds)
    ]


def _find_asides(cast: Cast, names: list[Name], start: int, end: int) -> list[bool]:
    """Which names only say whose or where the speaker is: `a nurse in Orr`, `an Orr poll`.

    Of two that `and` joins the other is one as well: `the armies of Orr and Velt`, `the Orr Safety
    and Velt Board inspector`.
    """
    begins = [max(start, begin_of(name)) for name in names]
    asides = [
        _is_aside(cast, name, cast.text[start:begin], cast.text[name.end : end])
        for name, begin in zip(names, begins, strict=True)
    ]
    alike = [
        bool(_LISTED.fullmatch(cast.text, names[i].end, begins[i + 1]))
        and _is_bearer(cast, names[i]) == _is_bearer(cast, names[i + 1])
        for i in range(len(names) - 1)
    ]
    for i, same in enumerate(alike):
        asides[i + 1] |= same and asides[i] and not _is_owner(cast.text, names[i])
    for i, same in reversed([*enumerate(alike)]):
        asides[i] |= same and asides[i + 1] and not is_full(names[i].text)
    return asides


def _is_bearer(cast: Cast, name: Name) -> bool:
    return bool(name.title or cast.bearers(name)[0])


def _is_owner(text: str, name: Name) -> bool:
    return text.startswith(("'", "’"), name.end)


def _is_aside(cast: Cast, name: Name, before: str, after: str) -> bool:
    """Whether a name only says whose or where the speaker is, by the words beside it."""
    owns = re.match(r" ?['’]", after) and after.strip(" '’s")
    if _is_plural(name) or owns or _ATTRIBUTIVE.match(after) or _PREPOSITION.search(before):
        return True
    if _is_bearer(cast, name):
        return False
    if _BESIDE.search(before):
        return bool(_IN_PLACE.search(before))
    return bool(_INDEFINITE.match(before) or _WITHIN.search(before))


def _is_plural(name: Name) -> bool:
    """Whether a name is but a group with a capital: `Republicans`, `Police`, `Economists`."""
    word = name.words[-1].casefold()
    many = word != singular(word) and is_word(singular(word), "role", "group", "document")
    return len(name.words) == 1 and (many or is_word(word, "group", "person"))


def _classify_phrase(part: str, start: int) -> Source:
    """What a noun phrase is in which no name speaks."""
    listed = _LIST.fullmatch(part.rstrip(" —–"))
    if listed and all(
        _is_many(item) for item in re.split(r",? (?:and|or) |, | — ", listed.group())
    ):
        phrase = re.sub(r",(?= and )| —", "", _DETERMINER.sub("", listed.group()))
        return Source("group", start, start + len(part), phrase=phrase, head=LISTED)
    owned = _OWNER.match(part)
    if owned and re.search(r"\b(?:of|from|by|for|in|at)\b", owned.group()):
        owned = None
    definite = bool(owned or re.match(r"(?:the|this|that|these|those|both)\b", part, re.I))
    end = start + len(part)
    part = re.sub(r"['’]s?$", "", _PHRASE_END.sub("", part))
    part = re.sub(r" (?:(?:him|her|it|them)sel(?:f|ves)|in particular|alike)$", "", part)
    phrase = _DETERMINER.sub("", part).strip(" ,—–-")
    counted = _NUMERAL.fullmatch(phrase)  # `two of the forty`
    if counted or phrase in ("people", "others", "men", "women"):
        phrase = re.sub(r"^(?:the|these|those) ", "", part, flags=re.IGNORECASE)
    core = _HEAD_END.split(phrase + " ")[0]
    words = re.findall(r"[\w’'&-]+", core)
    while len(words) > 1 and words[-1] in _BEHIND:
        words.pop()
    head = words[-1].casefold() if words else ""
    # `a group of divers` are people, `the group` may be a firm.
    of_people = head == "group" and "group of" in phrase.casefold()
    is_group = of_people or counted
    kind, head, gender = ("group", head, "") if is_group else _classify_head(head)
    bare_title = phrase == part and phrase[:1].isupper() and is_word(head, "role", "title")
    return Source(
        kind if words else "none",
        start,
        end,
        phrase=phrase,
        head=head,
        owner=owned.group().strip() if owned else "",
        definite=definite or bare_title,
        gender=gender,
    )


def _is_many(item: str) -> bool:
    """Whether a part of a list is a group of people or bodies, by its head noun."""
    kind, head, _ = _classify_head(_HEAD_END.split(f"{item} ")[0].split()[-1].casefold())
    return kind == "group" and is_word(head, "group", "role", "relation", "person", "organisation")


def _classify_head(head: str) -> tuple[str, str, str]:
    """The kind of mention that a head noun makes, the noun as it is listed, and its gender."""
    single = singular(head)
    if is_word(head, "group"):
        return "group", single, load_kinds()["person"].get(single, "")
    for kind in ("document", "utterance", "relation", "person", "role", "epithet", "organisation"):
        for word in (head, single):
            if word in load_kinds()[kind]:
                if word != head and kind not in ("document", "utterance"):
                    return "group", word, load_kinds()[kind][word]
                own = {"document": "document", "utterance": "document", "organisation": kind}
                return own.get(kind, "role"), word, load_kinds()[kind][word]
    return ("group" if single != head else "role"), single, ""
