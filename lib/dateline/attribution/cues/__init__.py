"""From words to chances: the counted lexicon of cues, and how sure an attribution is."""
