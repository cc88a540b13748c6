"""Text to tree and back: spans, sources, diagnostics, nodes, the parser. Knows no schema."""
