"""Words that stand together."""
