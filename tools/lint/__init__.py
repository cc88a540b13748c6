"""The linter: what is right by the language and probably not meant, as warnings and hints with codes W2xx."""
