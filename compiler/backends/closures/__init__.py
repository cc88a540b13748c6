"""The plan as Python functions: one that counts interactions, one for each model and each qualification.

The functions are built as syntax trees from the plan's data; no text of a rule, a schema or a file is ever
parsed as code: texts can only become constants of the tree, and every name in it is ours.
"""
