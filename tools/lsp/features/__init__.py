"""What editors ask for, a file each: a view, a document and a position in, values of the protocol out."""
