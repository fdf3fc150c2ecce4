"""Hard-wrap texts as mail programs and wire services do, and follow the offsets."""

import re


def wrap(text, width, *, end="\n", blank_lines=True):
    """Break each line before the word that would pass a column.

    Returns the wrapped text and the new offset of each character. A space before such a word
    becomes a line's end; `blank_lines` False takes out those that stand between paragraphs.
    """
    pieces, offsets, length = [], [], 0

    def put(piece, n_old):
        nonlocal length
        offsets.extend(length + min(i, max(len(piece) - 1, 0)) for i in range(n_old))
        pieces.append(piece)
        length += len(piece)

    for raw in text.splitlines(keepends=True):
        line = raw.rstrip("\r\n")
        if not line.strip() and not blank_lines:
            put("", len(raw))
            continue
        words = re.split(r"( +)", line)
        column = 0
        for gap, word in zip(["", *words[1::2]], words[::2], strict=True):
            if gap and word and column and column + len(gap) + len(word) > width:
                put(end, len(gap))
                column = 0
            else:
                put(gap, len(gap))
                column += len(gap)
            put(word, len(word))
            column += len(word)
        if len(raw) > len(line):
            put(end, len(raw) - len(line))
    return "".join(pieces), [*offsets, length]


def shift(spans, offsets):
    """The same spans in the wrapped text."""
    return [[offsets[start], offsets[end - 1] + 1] for start, end in spans]
