"""From files, and from tables of one's own, to articles, blocks and problems."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.read.corpus import Corpus, read_articles, read_corpus
    from dateline.read.language import keep_language
    from dateline.read.own import make_articles
    from dateline.read.plain.blocks import find_blocks
    from dateline.read.reprints.clusters import find_reprints
    from dateline.read.reprints.copies import find_copies

__all__ = [
    "Corpus",
    "find_blocks",
    "find_copies",
    "find_reprints",
    "keep_language",
    "make_articles",
    "read_articles",
    "read_corpus",
]

# Loaded on first use: the process that reads forms, and a report that is about to begin, look at
# files without pandas.
_HOME = {
    "find_blocks": "plain.blocks",
    "find_copies": "reprints.copies",
    "find_reprints": "reprints.clusters",
    "keep_language": "language",
    "make_articles": "own",
}


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module(f"dateline.read.{_HOME.get(name, 'corpus')}"), name)
    raise AttributeError(f"module 'dateline.read' has no attribute {name!r}")
