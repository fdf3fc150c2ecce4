"""From articles to tokens, counts and measures."""

from dateline.terms.counts import count_terms, keep_first_prints
from dateline.terms.formulas.diversity import measure_diversity
from dateline.terms.formulas.measures import measures
from dateline.terms.joined import find_terms
from dateline.terms.keyness import rank_keywords
from dateline.terms.matrix import (
    from_matrix,
    load_reference,
    save_reference,
    to_matrix,
    to_nltk_text,
)
from dateline.terms.queries.concordance import concordance
from dateline.terms.queries.follow import count_followed, find_sayings, split_queries
from dateline.terms.queries.sets import name_terms, read_terms
from dateline.terms.rates import choose_base, choose_period, scale_rates
from dateline.terms.sequences.collocations import find_collocations
from dateline.terms.sequences.multiword import find_multiword_terms
from dateline.terms.sequences.ngrams import find_ngrams
from dateline.terms.sequences.people import join_surnames
from dateline.terms.sequences.phrases import find_phrases
from dateline.terms.tokenise.classes import LISTED_CLASSES, TOKEN
from dateline.terms.tokenise.mapping import lemmatise_terms, map_terms, stem_terms
from dateline.terms.tokenise.tokens import find_tokens
from dateline.terms.tokenise.voice import NARRATOR, UNDECIDED, add_voice
from dateline.terms.trends import count_trend
from dateline.terms.written import add_written
from dateline.wordlists import load_stopwords
from dateline.words import WORD, WORD_WITHOUT_HYPHENS

__all__ = [
    "LISTED_CLASSES",
    "NARRATOR",
    "TOKEN",
    "UNDECIDED",
    "WORD",
    "WORD_WITHOUT_HYPHENS",
    "add_voice",
    "add_written",
    "choose_base",
    "choose_period",
    "concordance",
    "count_followed",
    "count_terms",
    "count_trend",
    "find_collocations",
    "find_multiword_terms",
    "find_ngrams",
    "find_phrases",
    "find_sayings",
    "find_terms",
    "find_tokens",
    "from_matrix",
    "join_surnames",
    "keep_first_prints",
    "lemmatise_terms",
    "load_reference",
    "load_stopwords",
    "map_terms",
    "measure_diversity",
    "measures",
    "name_terms",
    "rank_keywords",
    "read_terms",
    "save_reference",
    "scale_rates",
    "split_queries",
    "stem_terms",
    "to_matrix",
    "to_nltk_text",
]
