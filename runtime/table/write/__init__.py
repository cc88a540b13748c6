"""Results and rejects: the columns of the output, files, and the summary of a run."""
