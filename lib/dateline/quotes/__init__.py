"""From articles to quotations, attributions and speakers."""
