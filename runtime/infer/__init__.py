"""Guesses a schema from a file of leads."""
