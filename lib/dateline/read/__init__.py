"""From files to articles, blocks and problems."""
