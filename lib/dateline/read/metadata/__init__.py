"""From what an article, its form, its name and its folder state to title, outlet, byline, date."""
