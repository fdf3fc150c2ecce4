"""Who a transcript's label names, and who the narrator is that says I."""
