"""From articles to tokens, counts and measures."""
