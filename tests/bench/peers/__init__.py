"""Bots of the libraries that we compare with, each the way its own documentation does it."""
