"""From parameters to runs, manifests, the index and comparisons."""
