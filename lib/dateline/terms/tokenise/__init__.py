"""Words and the terms that they count as."""
