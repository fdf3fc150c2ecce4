"""From a file of any form to the articles in it; one module a form, registered in one table."""
