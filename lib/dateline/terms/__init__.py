"""From articles to tokens, counts and measures."""

from dateline.terms.counts import count_terms, keep_first_prints
from dateline.terms.folding import map_terms, stem_terms
from dateline.terms.lists import load_stopwords
from dateline.terms.method import describe_method
from dateline.terms.tokenise import WORD, WORD_WITHOUT_HYPHENS, find_tokens

__all__ = [
    "WORD",
    "WORD_WITHOUT_HYPHENS",
    "count_terms",
    "describe_method",
    "find_tokens",
    "keep_first_prints",
    "load_stopwords",
    "map_terms",
    "stem_terms",
]
