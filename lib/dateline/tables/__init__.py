"""From frames to what people read: counts of speakers, tables and passages in HTML."""
