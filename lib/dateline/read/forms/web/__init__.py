"""From web pages, alone or in archives of pages, to the articles in them."""
