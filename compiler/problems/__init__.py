"""The mistakes that rules can have, as diagnostics: a function for each mistake, a file for each subject.

The phase that finds a mistake calls one of these functions, which has its code, its words and its help.
"""
