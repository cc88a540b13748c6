"""What scoring costs: Scoreline, other rule engines and hand-written Python, measured on the same rules and leads."""
