"""Cuts a growing Markdown text into the pieces that are read aloud.

A piece is a sentence, a list item, a heading, a table row or a whole fenced code block. A piece is cut only when what
follows can no longer change it, so cutting while the text arrives gives the same pieces as cutting it whole. Only where
the voice waits for something to say, it gets the first clause of a sentence whose end is not there yet.
"""

import re

from assistant.turn.states import Sentence

SHORTEST = 16  # letters; "Yes." is not worth a breath of its own
LONGEST = 400  # characters; a run without a full stop is cut at a space
_JOINED = 40  # letters before an "and" at which a voice may breathe

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLOCK_BEGINS = re.compile(r"\s*([#>|]|[-*+]\s|\d{1,3}[.)]\s|`{3}|~{3})")
_BLOCK_LOOK_AHEAD = 12  # characters that decide _BLOCK_BEGINS
_ROW = re.compile(r"\s*[#|]")
_CLOSERS = r"""["'”’»)\]*_`]*"""
_STOP = re.compile(
    rf"\n|[.!?…؟۔।॥]+{_CLOSERS}(?=\s)|[。！？]+[」』”）]*(?=[^」』”）。！？])",
)
# Where a clause ends: at a mark, a dash, or (the last group) before a word that begins another clause. A digit before
# the mark may be in a list of numbers, a slash, dot or underscore in the word before it in a list of file names.
_CLAUSE = re.compile(
    rf"(?<![\d\s])[,;:،؛]{_CLOSERS}(?=\s)|[、，；：](?=[^」』”）])|(?<![\d\s])(?: [-–—]{{1,2}}(?=\s)|—(?=\w))"
    r"|(\s)(?=(?:and|but|because|und|aber|weil|mais|parce que|pero|porque)\s)"
)
_NAME_BEFORE = re.compile(r"\w*[./\\_@]\S*$")
_BRACKETS = {**dict.fromkeys("([{（「『", 1), **dict.fromkeys(")]}）」』", -1)}
_DOLLAR = re.compile(r"\$(?!\d)")
_GOES_ON = re.compile(r"[ \t]*\S")
_PAUSES = re.compile(rf"[.!?…؟۔।॥。！？,;:،؛、，；：]{_CLOSERS}[」』）]*$")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'“])(?:[A-Za-z]|\d{1,3}|mr|mrs|ms|dr|prof|st|vs|cf|fig|no|approx|ca|e\.g|i\.e|u\.s|z\.b|d\.h|bzw)\.$",
    re.IGNORECASE,
)


def cut(text: str, start: int, *, complete: bool, waiting: bool = False) -> tuple[Sentence, ...]:
    """The pieces of `text` from `start` on that are certain; with `complete` all of them.

    `start` is 0 or the end of the last piece cut before. Together the pieces hold every visible character, in order.
    When there is none and the voice is `waiting`, a first clause is a piece.
    """
    pieces: list[Sentence] = []
    begin = _skip_space(text, start)
    while begin < len(text):
        end = _end(text, begin, complete=complete)
        if end is None and waiting and not pieces:
            end = _end_of_clause(text, begin)
        if end is None:
            break
        pieces.append(Sentence(begin, begin + len(text[begin:end].rstrip())))
        begin = _skip_space(text, end)
    return tuple(pieces)


def wording(text: str, piece: Sentence) -> str:
    """What the voice is given of `text` for `piece`.

    Where the piece breaks off within a sentence this ends with a comma, at which a voice does not fall.
    """
    words = text[piece.start : piece.end]
    if not _GOES_ON.match(text, piece.end) or _PAUSES.search(words):
        return words
    return words.rstrip(" -–—") + ","


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _end(text: str, begin: int, *, complete: bool) -> int | None:
    """Where the piece that begins at `begin` ends, None while that is open."""
    line = text.rfind("\n", 0, begin) + 1
    if not text[line:begin].strip():
        rest = text[begin : begin + 3]
        if not complete and len(rest) < 3 and set(rest) in ({"`"}, {"~"}):
            return None
        fence = _FENCE.match(text, begin)
        if fence:
            return _end_of_code(text, fence, complete=complete)
    limit = begin + LONGEST
    for stop in _STOP.finditer(text, begin):
        if stop.start() >= limit:
            break
        if stop.group() != "\n":
            if _ends_sentence(text, begin, stop.end()):
                return stop.end()
        elif (ends := _line_ends_piece(text, stop.start(), complete=complete)) is None:
            return None
        elif ends:
            return stop.end()
    if len(text) > limit:
        return _forced_end(text, begin, limit)
    return len(text) if complete else None


def _end_of_clause(text: str, begin: int) -> int | None:
    """Where the first clause ends that is worth a breath; None in what is no running text."""
    line = text.rfind("\n", 0, begin) + 1
    if _BLOCK_BEGINS.match(text, line):
        return None
    for mark in _CLAUSE.finditer(text, begin):
        clause = text[begin : mark.end()]
        shortest = _JOINED if mark[1] else SHORTEST
        if _letters(clause) >= shortest and _is_running_text(clause, text[begin : mark.start()]):
            return mark.end()
    return None


def _is_running_text(clause: str, before_mark: str) -> bool:
    return (
        "\n" not in clause
        and clause.count("`") % 2 == 0
        and len(_DOLLAR.findall(clause)) % 2 == 0
        and sum(_BRACKETS.get(character, 0) for character in clause) == 0
        and not _NAME_BEFORE.search(before_mark)
    )


def _letters(text: str) -> int:
    """How much there is to say: a Chinese, Japanese or Korean character takes as long as three letters."""
    return sum(3 if "⺀" <= character <= "\uffdc" else 1 for character in text)


def _end_of_code(text: str, fence: re.Match[str], *, complete: bool) -> int | None:
    mark = fence.group(1)
    closing = re.compile(rf"^\s*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$\n?", re.MULTILINE)
    line_end = text.find("\n", fence.end())
    found = closing.search(text, line_end + 1) if line_end >= 0 else None
    if found and (complete or found.group().endswith("\n")):
        return found.end()
    return len(text) if complete else None


def _ends_sentence(text: str, begin: int, end: int) -> bool:
    piece = text[begin:end]
    return _letters(piece) >= SHORTEST and piece.count("`") % 2 == 0 and not _ABBREVIATED.search(piece)


def _line_ends_piece(text: str, newline: int, *, complete: bool) -> bool | None:
    """Does the line's end at `newline` end the piece? None while the next line is too short to tell."""
    if _ROW.match(text, text.rfind("\n", 0, newline) + 1, newline):
        return True
    ahead = text[newline + 1 : newline + 1 + _BLOCK_LOOK_AHEAD]
    known = complete or len(ahead) == _BLOCK_LOOK_AHEAD or "\n" in ahead
    first = ahead.split("\n", 1)[0]
    if "\n" in ahead and not first.strip():
        return True
    if not known:
        return None
    return bool(_BLOCK_BEGINS.match(first))


def _forced_end(text: str, begin: int, limit: int) -> int:
    space = max(text.rfind(" ", begin, limit), text.rfind("\n", begin, limit))
    return space + 1 if space > begin else limit
