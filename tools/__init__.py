"""The doors people use: the command line, and how things look on paper and screen."""
