"""Cuts what is to be said into portions that a synthesiser takes at once.

Portions are short, so that the first sound comes soon, a stop is soon obeyed, and no engine meets a text that it
cannot bear (pyttsx3's time grows with the square of the length).
"""

LONGEST = 300  # characters

_CUTS = (". ", "! ", "? ", "… ", "。", "！", "？"), ("; ", ": "), (", ", "，", "、"), (" ",)


def portions(speakable: str, longest: int = LONGEST) -> list[str]:
    """The portions of `speakable`, in order; none is longer than `longest` characters, and none is empty."""
    found = []
    for line in speakable.splitlines():
        rest = line.strip()
        while len(rest) > longest:
            at = _cut(rest, longest)
            found.append(rest[:at].rstrip())
            rest = rest[at:].lstrip()
        if rest:
            found.append(rest)
    return found


def _cut(text: str, longest: int) -> int:
    """Where the first portion of `text` ends: after a sentence, else a clause, else a word."""
    for marks in _CUTS:
        at = max(text.rfind(mark, 1, longest) + len(mark.rstrip()) for mark in marks)
        if at > longest // 4:
            return at
    return longest
