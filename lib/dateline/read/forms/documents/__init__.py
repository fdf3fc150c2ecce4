"""From Word, RTF, OpenDocument and PDF files to the articles in them."""
