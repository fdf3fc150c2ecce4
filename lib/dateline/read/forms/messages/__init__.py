"""From mail, newsletters and feeds to the articles that they carry."""
