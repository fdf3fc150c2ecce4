"""From counts to measures."""

import numpy as np


def tf_idf_log10(n, n_articles_with_term, n_articles):
    return n * np.log10(n_articles / np.maximum(n_articles_with_term, 1))
