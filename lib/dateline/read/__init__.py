"""From files, and from tables of one's own, to articles, blocks and problems."""

from dateline.read.blocks import find_blocks
from dateline.read.corpus import Corpus, read_articles, read_corpus
from dateline.read.own import make_articles

__all__ = ["Corpus", "find_blocks", "make_articles", "read_articles", "read_corpus"]
