"""From paragraphs to the turns of interviews and transcripts, and to names beside quotations."""
