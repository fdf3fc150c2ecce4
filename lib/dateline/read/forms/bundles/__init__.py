"""From files that hold other files (zip, tar, EPUB) or pages (dumps of wikis) to articles."""
