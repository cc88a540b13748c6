"""The command line: a file for each command in `commands/`, and beside that folder what commands do."""
