"""What can be wrong with rules, as diagnostics: one function a mistake, one file a subject.

Who finds a mistake says what it is by calling one of these; here stand its code, its words and its remedy.
"""
