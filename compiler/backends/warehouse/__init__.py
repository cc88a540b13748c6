"""A query for the tables of a warehouse: what it reads there, and what each dialect needs before it is printed."""
