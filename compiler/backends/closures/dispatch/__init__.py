"""The dispatch index: rules are found by the values of a lead, instead of each being asked.

`accepted.py` says for which values of one variable a condition holds, `rows.py` takes rules apart into such conditions,
`choice.py` decides what is worth an index, `tables.py` and `searches.py` build it, `statements.py` writes the code that
looks into it.
"""
