"""From plain text to paragraphs and typed blocks, by the looks of its lines."""
