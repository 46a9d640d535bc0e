"""The program's words in the languages of its people: catalogs beside the code that reads them."""
