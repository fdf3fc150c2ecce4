"""From an article's first lines to their kinds: all of them are looked at before one is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.read.plain import bylines, shapes, stock
from dateline.read.plain.datelines import find_dateline, find_place_label, is_place

# So many lines may stand above any text; the samples that we know have at most eleven.
MOST_LINES = 15
# Longer than titles and the lines below them are, so that it is text.
_PROSE = 160
# So many lines that nothing tells of may stand above one that is certainly no text: headline,
# the one below it and a kicker. More are a story of short paragraphs.
_MOST_UNKNOWN = 3
_ITEM = re.compile(r"[-*•·–—▪●]\s+\S")
# What shows that the lines above are no text yet.
_EVIDENCE = frozenset(("byline", "author", "stamp"))
_KINDS = {"stamp": "header", "time": "header", "item": "heading", "author": "byline"}
_BETWEEN = frozenset(("header", "stamp", "byline", "author", "caption", "note"))
_ABOVE = _BETWEEN | {"heading"}
_PICTURE = re.compile(
    r"(?:image )?caption,$|getty images |(?:reuters|epa|pa media|afp|pa) an? ", re.IGNORECASE
)
# A turn of a transcript: who speaks, and two sentences; a headline with a colon has one.
_SPEECH = re.compile(r"[^:.]{1,40}: .*?[^\W\d_]{3}[.?!] .*[.?!][”\"]?$")
_TIME = re.compile(r"(?:\d{1,2}[:.]\d\d|\d{1,2}h\d\d)(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?")


def find_lead(lines: Sequence[str], top: int, bottom: int) -> tuple[list[str], int, int | None]:
    """Decide what stands above the text.

    Args:
        lines: An article's lines.
        top: The first that is not front matter.
        bottom: The first of its trailer; the line before it is always text.

    Returns:
        The kinds of the lines from `top` on, as far as the head may reach, "" where one is text;
        the index of the text's first line; and that of the line whose dateline is to be cut off.
    """
    window, looks = _look_down(lines, top, min(top + MOST_LINES, bottom))
    filed = _find_filed(window, looks)
    end = min(_find_end(window, looks, filed), bottom - top - 1)
    title = _find_title(window, looks, end)
    kinds = [_name_line(looks[i], i, title) for i in range(end)]
    end = _mark_own_dateline(window, kinds, end, lines)
    if filed is None and end:
        filed = _find_label(lines, top, end, kinds)
    return kinds, top + end, None if filed is None else top + filed


def _look_down(lines: Sequence[str], top: int, most: int) -> tuple[list[str], list[str]]:
    """The lines down to the first that is certainly text, and what each looks like."""
    window: list[str] = []
    looks: list[str] = []
    for line in lines[top:most]:
        window.append(line)
        looks.append(_look(line))
        if len(line) > _PROSE and not looks[-1]:
            break
    _look_beside(window, looks, lines)
    return window, looks


def _look(line: str) -> str:
    """What a line is by its form alone; "" where that does not tell."""
    if stock.is_note(line):
        return "note"
    if len(line) <= _PROSE:
        if bylines.read_byline(line) or shapes.is_agency(line) or bylines.is_staff(line):
            return "byline"
        if is_time(line):
            return "time"
        if (fields := stock.read_header(line)) is not None:
            return "stamp" if fields.keys() & {"date", "updated"} else "header"
        if stock.is_control(line) or stock.is_label(line) or line.isdecimal():
            return "header"
    if shapes.is_caption(line) and not find_dateline(line):
        return "caption"
    if len(line) <= _PROSE and _ITEM.match(line):
        return "item"
    return "heading" if shapes.is_marked_heading(line) else ""


def is_time(line: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    return line[0].isdigit() and _TIME.fullmatch(line) is not None


def _look_beside(window: list[str], looks: list[str], lines: Sequence[str]) -> None:
    """Mend the looks of those lines that only those around them tell of: captions and authors."""
    people = ""
    for i, line in enumerate(window):
        above = looks[i - 1] if i else ""
        if looks[i] == "byline":
            people = people or (bylines.read_byline(line) or {}).get("byline", "")
        elif looks[i] not in ("", "heading"):
            continue
        elif above == "caption" and follows_picture(window[i - 1], line):
            looks[i] = "caption"
        elif people and above in ("byline", "author") and _adds(line, people):
            looks[i] = "byline"
        elif not people and _is_author(window, looks, i, lines):
            looks[i] = "author"
            people = (bylines.read_bare(line) or {}).get("byline", line)


def _adds(line: str, people: str) -> bool:
    return bylines.read_below_byline(line, people) is not None


def follows_picture(above: str, line: str) -> bool:
    """Whether a line is the caption of the picture that the line above tells of."""
    if not _PICTURE.match(above):
        return False
    return len(line) <= _PROSE and not line.endswith((".", "?", "!", ":")) and line[0].isupper()


def _find_filed(window: Sequence[str], looks: list[str]) -> int | None:
    """The first line that opens with a dateline, or is one."""
    open_lines = (i for i, look in enumerate(looks) if look in ("", "heading"))
    return next((i for i in open_lines if find_dateline(window[i])), None)


def _find_end(window: Sequence[str], looks: list[str], filed: int | None) -> int:
    """The line before which all is head."""
    signs = [i for i, look in enumerate(looks) if look in _EVIDENCE]
    if "time" in looks:  # a live blog: below are entries
        signs = [i for i in signs if i < looks.index("time")]
    for last in sorted({*signs, *([filed - 1] if filed else [])}, reverse=True):
        above = [line for line, look in zip(window[: last + 1], looks, strict=False) if not look]
        n_sentences = sum(shapes.ends_sentence(line) for line in above)
        is_text = any(len(line) > _PROSE or _SPEECH.match(line) for line in above)
        if is_text or len(above) > _MOST_UNKNOWN:
            continue
        # A dateline opens the text; a name or a day may also stand below a text's first lines.
        most = 2 if looks[last] in ("byline", "stamp") else 1
        if filed == last + 1 or n_sentences <= most:
            is_titled = any(look in ("", "heading") for look in looks[: last + 1])
            return last + 1 if is_titled else _find_end_of_headlines(window, looks, last + 1)
    return _find_end_of_headlines(window, looks, 0)


def _find_end_of_headlines(window: Sequence[str], looks: list[str], start: int) -> int:
    """The same where nothing but a headline may stand above the text."""

    def skip(at: int, kinds: frozenset[str]) -> int:
        while at < len(window) and looks[at] in kinds:
            at += 1
        return at

    end = skip(start, _ABOVE)
    if "heading" not in looks[:end] and end < len(window) and not looks[end]:
        if not shapes.is_title(window[end]) or find_dateline(window[end]):
            return end
        end = skip(end + 1, _BETWEEN)
    elif looks[:end].count("heading") != 1 or looks[end - 1] != "heading":
        return end
    return skip(end + _runs_on(window, looks, end), _BETWEEN)


def _runs_on(window: Sequence[str], looks: list[str], at: int) -> bool:
    """Whether a line is a second headline, right below the first; Nexis has a semicolon there."""
    if not 0 < at < len(window) or looks[at] or find_dateline(window[at]):
        return False
    return window[at - 1].endswith(";") or shapes.is_short(window[at], most_words=20)


def _name_line(look: str, at: int, title: int | None) -> str:
    """The kind of a line of the head."""
    if at == title:
        return "heading"
    if look in ("", "heading") and title is not None and at < title:
        return "header"  # a series or a section above the headline
    return _KINDS.get(look, look) or "heading"


def _mark_own_dateline(
    window: Sequence[str], kinds: list[str], end: int, lines: Sequence[str]
) -> int:
    """Mark a dateline that has a line of its own; return the line below it."""
    if end >= len(window) - 1:
        return end
    line = window[end]
    found = find_dateline(line)
    if found is not None and found.end >= len(line):
        kinds.append("dateline")
        return end + 1
    is_after_name = bool(end) and kinds[end - 1] == "byline" and len(line.split(" ", 3)) <= 2
    if not end or not (is_place(line) or (is_after_name and shapes.is_name(line))):
        return end
    text = "\n".join(other for other in lines[:40] if other != line).casefold()
    before = "" if is_place(line) else "(?:in|of|from|near|at|to) "
    town = re.escape(line.partition(",")[0].casefold())
    if not re.search(rf"\b{before}{town}\b", text):
        return end
    kinds.append("dateline")
    return end + 1


def _find_title(window: Sequence[str], looks: list[str], end: int) -> int | None:
    """The best line of the head: not the first, but the first that can be one."""
    fit = [i for i in range(end) if looks[i] in ("", "heading") and not shapes.is_rule(window[i])]
    # A single word above a line of several is the name of a section or a series.
    long = [i for i in fit if len(window[i].split()) >= 4]
    if fit and long and len(window[fit[0]].split()) == 1:
        return long[0]
    return fit[0] if fit else None


def _is_author(window: Sequence[str], looks: list[str], at: int, lines: Sequence[str]) -> bool:
    """Whether a line below the headline is the name of whoever wrote the article, without "By"."""
    line = window[at]
    # Above it stands a headline, which may have the form of a name itself.
    if at + 1 >= len(window) or not {"", "heading"} & set(looks[:at]):
        return False
    fields = bylines.read_bare(line)
    if fields is None:
        return False
    below = window[at + 1]
    beside = {looks[at - 1], looks[at + 1]} & {"stamp", "header", "caption"}
    is_beside = bool(beside) or _adds(below, fields["byline"]) or len(below) > _PROSE
    if not (is_beside or shapes.has_given_name(fields["byline"])):
        return False
    # A town or a headline of two words stands in the text too; a writer's name only opens the
    # paragraph that tells who that is.
    text = "\n".join(k for k in lines[:60] if not k.startswith(fields["byline"]) and k != line)
    words = re.findall(r"[^\W\d_a-zß-ÿ]\w{2,}", fields["byline"])
    return fields["byline"] not in text and not any(f" {word.lower()} " in text for word in words)


def _find_label(lines: Sequence[str], top: int, end: int, kinds: list[str]) -> int | None:
    """The text's first line where it opens with a town, a colon, and no other line with a label."""
    line = lines[top + end]
    if find_place_label(line) is None or len(line.split()) < 12:
        return None
    has_head = bool({"header", "byline"} & set(kinds[:end]))
    is_one = sum(re.match(r"[A-Z][A-Z .’'-]{1,30}:\s", other) is not None for other in lines) == 1
    return end if has_head and is_one else None


def find_people(lines: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The authors that the head names, one by one."""
    people: list[str] = []
    for line, kind in zip(lines, kinds, strict=False):
        if kind == "byline":
            fields = bylines.read_byline(line) or bylines.read_bare(line)
            people += stock.split_people(fields["byline"]) if fields else []
    return people
