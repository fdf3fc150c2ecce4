"""From articles to tokens, counts and measures."""

from dateline.terms.counts import count_terms, keep_first_prints
from dateline.terms.folding import map_terms, stem_terms
from dateline.terms.kwic import concordance, show_concordance
from dateline.terms.lists import load_stopwords
from dateline.terms.method import describe_method
from dateline.terms.tokenise import WORD, WORD_WITHOUT_HYPHENS, find_tokens
from dateline.terms.trend import count_trend
from dateline.terms.voice import NARRATOR, UNDECIDED, add_voice

__all__ = [
    "NARRATOR",
    "UNDECIDED",
    "WORD",
    "WORD_WITHOUT_HYPHENS",
    "add_voice",
    "concordance",
    "count_terms",
    "count_trend",
    "describe_method",
    "find_tokens",
    "keep_first_prints",
    "load_stopwords",
    "map_terms",
    "show_concordance",
    "stem_terms",
]
