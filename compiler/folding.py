"""How texts are compared: trimmed of white space, then lower-cased character by character.

Every backend must agree with these two functions; they are the definition in code of the language's
meaning 2 (and of "white space" in meaning 1).
"""

# Unicode's White_Space property. Not `str.strip()`'s own idea, which adds U+001C to U+001F.
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


def trim(text: str) -> str:
    """The text without White_Space at its ends."""
    return text.strip(WHITE_SPACE)


def fold(text: str) -> str:
    """Lower-case each character by itself; `ς` becomes `σ` and `İ` becomes `i`. No accent is removed.

    `str.lower` looks at neighbours for one letter only, the capital sigma, and gives more than one
    character for one letter only, the dotted capital I; both are put right here.
    """
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ς", "σ")
