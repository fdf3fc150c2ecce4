"""From files to articles, blocks and problems."""

from dateline.read.blocks import find_blocks
from dateline.read.corpus import Corpus, read_articles, read_corpus

__all__ = ["Corpus", "find_blocks", "read_articles", "read_corpus"]
