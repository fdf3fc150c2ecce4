"""From what agencies and publishing systems exchange (NITF, NewsML, ninjs, WXR) to articles."""
