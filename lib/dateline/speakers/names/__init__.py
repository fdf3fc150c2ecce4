"""From a text to the names in it: how they are written, and of whom they can be."""
