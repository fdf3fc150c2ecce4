"""From a parse to one with its commonest slips mended, by what news writes and the model misses."""

from __future__ import annotations

from dateline.attribution.cues.lemmas import list_lemmas
from dateline.attribution.cues.lexicon import load_rule_words
from dateline.attribution.parse import Parse, reattach

_BELOW_NOUNS = frozenset({"relcl", "acl", "ccomp", "advcl"})


def mend_parse(parse: Parse) -> Parse:
    """Mend coordinated infinitives, what is told to somebody, and what a colon announces."""
    return mend_announced(mend_told(mend_coordination(parse)))


def mend_coordination(parse: Parse) -> Parse:
    """Hang the bare verbs of “their plan to cut taxes, raise pay” on the infinitive before them.

    The small model hangs them on the noun, and the content would end at the first comma: 10 of
    18,000 rows in 960 real articles, 9 of them for the better by reading.
    """
    for i, tag in enumerate(parse.tags):
        head = parse.heads[i]
        if tag != "VB" or parse.deps[i] != "conj" or parse.tags[head] == "VB":
            continue
        if any(parse.deps[k] in ("aux", "nsubj", "mark") for k in parse.kids[i]):
            continue
        found = [
            k
            for k in range(head + 1, i)
            if parse.tags[k] == "VB" and _is_infinitive(parse, k) and parse.deps[k] != "conj"
        ]
        if found:
            parse = reattach(parse, i, found[-1])
    return parse


def _is_infinitive(parse: Parse, i: int) -> bool:
    return any(parse.deps[k] == "aux" and parse.tags[k] in ("TO", "MD") for k in parse.kids[i])


def mend_told(parse: Parse) -> Parse:
    """Hang the clause of “complained to the crowd in Marrin that ...” on the verb.

    The model hangs it on the noun before it, as if the crowd were *that*; only verbs that never
    say something to an accusation or a report are taken.
    """
    for i, word in enumerate(parse.words):
        if word.lower() != "that" or parse.deps[i] != "mark":
            continue
        clause = parse.heads[i]
        if parse.deps[clause] not in _BELOW_NOUNS or parse.pos[parse.heads[clause]] == "VERB":
            continue
        if (verb := _find_teller(parse, parse.heads[clause])) is not None:
            parse = _join(parse, clause, verb)
    return parse


def _find_teller(parse: Parse, noun: int) -> int | None:
    """The verb that tells a noun, or what this depends on, something."""
    for _ in range(4):
        head, dep = parse.heads[noun], parse.deps[noun]
        lemmas = set(list_lemmas(parse.words[head].lower(), "VERB"))
        if dep == "dobj" and parse.pos[head] == "VERB":
            return head if lemmas & load_rule_words("to_whom") else None
        if parse.words[head].lower() == "to" and parse.deps[head] in ("prep", "dative"):
            verb = parse.heads[head]
            lemmas = set(list_lemmas(parse.words[verb].lower(), "VERB"))
            is_verb = parse.pos[verb] == "VERB"
            return verb if is_verb and lemmas & load_rule_words("said_to") else None
        noun = head
    return None


def mend_announced(parse: Parse) -> Parse:
    """Hang what stands behind “writing: ...” on the verb before the colon."""
    for i in range(1, len(parse.words) - 1):
        if parse.words[i] != ":" or parse.pos[i - 1] != "VERB":
            continue
        clause = next((k for k in range(i + 1, len(parse.words)) if parse.pos[k] != "PUNCT"), i)
        while parse.heads[clause] > i and parse.heads[clause] != clause:
            clause = parse.heads[clause]
        if clause > i and parse.heads[clause] < i - 1:
            parse = _join(parse, clause, i - 1)
    return parse


def _join(parse: Parse, clause: int, verb: int) -> Parse:
    """The parse with a clause as what a verb says."""
    deps = [*parse.deps]
    deps[clause] = "ccomp"
    return reattach(parse, clause, verb)._replace(deps=tuple(deps))
