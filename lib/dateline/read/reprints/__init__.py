"""From many articles to what they share: reprint clusters and copied stretches."""
