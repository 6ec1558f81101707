"""What may be put into another program: text, and nothing that a program could take for a command."""

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


def plain_text(text: str, *, one_line: bool) -> str:
    """`text` without control characters, and without newlines at its ends.

    Newlines within stay, a tab is a space. With `one_line`, for programs that act on a newline, newlines are spaces.
    """
    text = _NEWLINES.sub("\n", text).replace("\t", " ")
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    kept = kept.strip("\n")
    return re.sub(r" *\n+ *", " ", kept) if one_line else kept
