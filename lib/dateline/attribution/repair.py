"""From a parse to a sounder one: what the parser hung in the wrong place is hung anew."""

from __future__ import annotations

from dateline.attribution.parse import Parse


def reattach(parse: Parse, i: int, head: int) -> None:
    """Hang a word, with all below it, on another head, and mend the edges above both.

    Nothing changes where the new head stands below the word itself.
    """
    above = head
    while parse.heads[above] != above:
        if above == i:
            return
        above = parse.heads[above]
    if above == i:
        return
    old = parse.heads[i]
    parse.kids[old].remove(i)
    parse.heads[i] = head
    parse.kids[head] = sorted([*parse.kids[head], i])
    for above in (old, head):
        while True:
            kids = parse.kids[above]
            parse.left[above] = min([above, *(parse.left[k] for k in kids)])
            parse.right[above] = max([above, *(parse.right[k] for k in kids)])
            if parse.heads[above] == above:
                break
            above = parse.heads[above]


def mend_coordination(parse: Parse) -> None:
    """Hang the bare verbs of “their plan to cut taxes, raise pay” on the infinitive before them."""
    for i, tag in enumerate(parse.tags):
        if tag != "VB" or parse.deps[i] != "conj" or parse.tags[parse.heads[i]] == "VB":
            continue
        if any(parse.deps[k] in ("aux", "nsubj", "mark") for k in parse.kids[i]):
            continue
        head = parse.heads[i]
        found = [
            k
            for k in range(head + 1, i)
            if parse.tags[k] == "VB" and _is_infinitive(parse, k) and parse.deps[k] != "conj"
        ]
        if found and head < i:
            reattach(parse, i, found[-1])


def _is_infinitive(parse: Parse, i: int) -> bool:
    return any(parse.deps[k] == "aux" and parse.tags[k] in ("TO", "MD") for k in parse.kids[i])
