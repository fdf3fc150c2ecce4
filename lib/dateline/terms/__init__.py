"""From articles to tokens, counts and measures."""

from dateline.terms.collocations import find_collocations
from dateline.terms.concordance import concordance, show_concordance
from dateline.terms.counts import count_terms, keep_first_prints
from dateline.terms.folding import map_terms, stem_terms
from dateline.terms.keyness import rank_keywords
from dateline.terms.lists import load_reference, load_stopwords, save_reference
from dateline.terms.matrix import from_matrix, to_matrix, to_nltk_text
from dateline.terms.measures import measures
from dateline.terms.sequences import find_ngrams, find_phrases
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
    "find_collocations",
    "find_ngrams",
    "find_phrases",
    "find_tokens",
    "from_matrix",
    "keep_first_prints",
    "load_reference",
    "load_stopwords",
    "map_terms",
    "measures",
    "rank_keywords",
    "save_reference",
    "show_concordance",
    "stem_terms",
    "to_matrix",
    "to_nltk_text",
]
