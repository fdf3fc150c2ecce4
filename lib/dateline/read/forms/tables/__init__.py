"""From tables in files to an article a row."""
