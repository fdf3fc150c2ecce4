"""From the text of a robots.txt to what a site lets us have, and how fast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

MOST_BYTES = 512_000  # RFC 9309, 2.5: a crawler reads at least 500 kibibytes
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


class Rules(NamedTuple):
    """What one site says to us: patterns of paths with whether they are allowed, and a pause."""

    patterns: tuple[tuple[str, bool], ...] = ()
    delay: float = 0  # seconds between two requests

    def allow(self, path: str) -> bool:
        """Whether a path, with its query, may be asked for.

        The longest pattern that fits decides, and of two the one that allows (RFC 9309, 2.2.2).
        urllib.robotparser lets the first one decide and takes `*` and `$` as letters: it would
        fetch what most large sites forbid by `Disallow: /*?print=`.
        """
        plain = unquote(path)
        fits = [(len(p), is_allowed) for p, is_allowed in self.patterns if _fits(p, plain)]
        return max(fits)[1] if fits else True


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; by parts, so that no pattern takes long."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if whole and parts else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not whole or at == len(path)


def read_rules(text: str, agent: str) -> Rules:
    """Read what is said to an agent by its name, else to all (`*`).

    Args:
        text: The robots.txt.
        agent: Our name, without version.
    """
    named: dict[str, list[tuple[str, str]]] = {}
    for names, rules in _read_groups(text.splitlines()):
        for name in names:
            named.setdefault(name, []).extend(rules)
    ours = named.get(agent.lower(), named.get("*", []))
    patterns = [(unquote(words), key == "allow") for key, words in ours if key != "crawl-delay"]
    delays = [words for key, words in ours if key == "crawl-delay"]
    numbers = [float(words) for words in delays if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", words)]
    return Rules(tuple(p for p in patterns if p[0]), max(numbers, default=0))


def _read_groups(lines: Iterable[str]) -> Iterable[tuple[list[str], list[tuple[str, str]]]]:
    names: list[str] = []
    rules: list[tuple[str, str]] = []
    is_open = False  # whether the last line named an agent: several may share a group
    for line in lines:
        if not (match := _LINE.match(line.removeprefix("\ufeff"))):
            continue
        key, words = match[1].lower(), match[2].strip()
        if key == "user-agent":
            if not is_open:
                yield names, rules
                names, rules = [], []
            names.append(words.split("/")[0].strip().lower())
            is_open = True
        elif key in ("allow", "disallow", "crawl-delay"):
            rules.append((key, words))
            is_open = False
    yield names, rules
