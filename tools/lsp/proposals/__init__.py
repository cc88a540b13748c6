"""What could be written at a cursor: words of the language, names, texts in quotes, whole statements."""
