"""How the language is written: the grammar, its vocabulary, and the highlighter fed by it."""
