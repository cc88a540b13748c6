"""Text as the language sees it: its white space, its case, its ids. Written from the specification alone."""

import unicodedata

# PropList.txt, White_Space. (`str.isspace` also says yes to U+001C..U+001F, which the property does not hold.)
WHITE_SPACE = frozenset(
    "\u0009\u000a\u000b\u000c\u000d\u0020\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def trim(text: str) -> str:
    """Without white space at the ends."""
    while text and text[0] in WHITE_SPACE:
        text = text[1:]
    while text and text[-1] in WHITE_SPACE:
        text = text[:-1]
    return text


def fold(text: str) -> str:
    """Each character lower-cased by itself, `ς` as `σ`, `İ` as `i`."""
    return "".join({"ς": "σ", "İ": "i"}.get(character, character.lower()) for character in text)


def kebab(label: str) -> str:
    """A label as the second half of a rule's id: runs of anything but letters, marks and digits become one `-`."""
    words = [""]
    for character in fold(label):
        category = unicodedata.category(character)
        if category[0] in "LM" or category == "Nd":
            words[-1] += character
        elif words[-1]:
            words.append("")
    return "-".join(word for word in words if word)
