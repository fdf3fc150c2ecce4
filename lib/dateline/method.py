"""From a result to how it was made: the method in `attrs`, and a sentence for a reader."""

from __future__ import annotations

import pandas as pd

_PHRASES = {
    "words": "Words: {}",
    "blocks": "of blocks: {}",
    "n_types_merged_by_typography": "{} spellings differed in typography only",
    "stems": "stems: {}",
    "lemmas": "forms of a word together, by the lemmas of {}",
    "n_types_lemmatised": "{} types that were no lemma",
    "n_gram_sizes": "runs of so many words: {}",
    "n_surnames_joined": "{} surnames counted under the full name",
    "n_reprints": "reprints counted once ({} left out)",
    "n_articles_in_other_languages": "{} articles in other languages left out",
    "n_articles_without_date": "{} articles without a date left out",
    "n_tokens": "{}",
    "interval": "interval: {}",
    "every": "by {}",
    "against": "compared with: {}",
}
# Kept for who reads `attrs`; their names say nothing to a reader, who has the tables' headings.
_UNSAID = {"measures", "parts", "zero_rule", "simple_maths_k"}
_SHOWN = 12  # terms of several words in a sentence; `attrs` has all
_FOLDING = {
    ("typography", True): "typography folded",
    ("lower", True): "in lower case",
    ("lower", False): "with capitals",
    ("possessives", "strip"): "without possessive 's",
    ("accents", "strip"): "without accents",
}
# Each with the value that leaves nothing out.
_LEFT_OUT = {
    "excluded_terms": (0, "{} listed words"),
    "terms_seen_less_than": (1, "terms seen fewer than {} times"),
    "terms_shorter_than": (1, "terms of fewer than {} characters"),
    "classes": ([], "the classes {}"),
    "articles_of_no_known_group": (0, "{} articles whose group is unknown"),
}


def note_method(result: pd.DataFrame, source: pd.DataFrame | None, **facts: object) -> None:
    """Put how a new frame was made into its `attrs["method"]`, after its source's own method.

    Facts are plain values that JSON can hold, so that Parquet files can keep them.
    """
    inherited = {} if source is None else source.attrs.get("method", {})
    result.attrs = {"method": {**inherited, **facts}}


def describe_method(result: pd.DataFrame) -> str:
    """Say in a sentence how a frame of this package was computed.

    Args:
        result: A frame that carries `attrs["method"]`.

    Returns:
        What was done, in the order in which it was; "" without a method.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut."])
        >>> ports = dl.concordance(articles, "port")
        >>> "query: port" in dl.describe_method(ports)
        True
    """
    facts = dict(result.attrs.get("method", {}))
    if "n_tokens" in facts:
        of = f" of {facts.pop('n_articles'):,} articles" if "n_articles" in facts else ""
        facts["n_tokens"] = f"{facts['n_tokens']:,} tokens{of}"
    phrases = (_say_fact(name, value) for name, value in facts.items())
    return "; ".join(phrase for phrase in phrases if phrase)


def _say_fact(name: str, value: object) -> str:
    if name == "folding" and isinstance(value, dict):
        return ", ".join(_FOLDING[fact] for fact in value.items() if fact in _FOLDING)
    if name == "left_out" and isinstance(value, dict):
        said = [
            _LEFT_OUT[key][1].format(_say(n)) for key, n in value.items() if n > _LEFT_OUT[key][0]
        ]
        return f"left out: {', '.join(said)}" if said else ""
    if name == "sets" and isinstance(value, dict):
        return "sets of terms: " + "; ".join(
            f"[{own}] {', '.join(terms)}" for own, terms in value.items()
        )
    if name in _UNSAID:
        return ""
    if name == "phrases" and isinstance(value, (list, tuple)):
        more = ", ..." if len(value) > _SHOWN else ""
        return f"{len(value):,} terms of several words: {_say(value[:_SHOWN])}{more}" * bool(value)
    if name == "by":
        return "" if value == "all" else f"counted by {_say(value)}"
    return _PHRASES.get(name, name.replace("_", " ") + ": {}").format(_say(value))


def _say(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
