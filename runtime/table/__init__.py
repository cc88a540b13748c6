"""Tables of leads: read from files, scored row by row, written to a file."""
