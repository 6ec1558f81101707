"""Spoken code: "n p dot zeros open paren" written as code is."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.terms.code_commands import Capital, Command, Literal, commands_of
from assistant.terms.code_names import is_number, number, parts
from assistant.terms.code_signs import CALLED, DOT_FILES, OPENING_WORDS, PROSE_SIGNS, Left, Sign, Trust
from assistant.terms.code_tokens import Beside, Token, kind_of, tokens_of
from assistant.turn.transcript import Alternative, Origin, Word

SOURCE = "spoken code"
_AFTER_THESE_A_VALUE = frozenset("([{,=:<>!&|+-*/%")
_OPENING = frozenset("([{")
_FLAG_AT_MOST = 1


@dataclass(slots=True)
class _Piece:
    """What stands for the tokens from `start` up to `stop`; `close` tells that it has no space before it."""

    start: int
    stop: int
    text: str
    sign: Sign | None = None
    close: bool = False
    closes_next: bool = False
    name: bool = False
    changed: bool = True
    tail: str = ""


@dataclass(slots=True)
class _Open:
    """The brackets and quotes that are open."""

    brackets: list[str] = field(default_factory=list)
    quotes: set[str] = field(default_factory=set)


def write_code(words: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with what was said for signs and names of code as these are written.

    Only spoken and replaced words are changed. What closes up becomes one word, which has the origin REPLACED, the
    source "spoken code", and what was heard as its first alternative. Words that are no code stay as they are.
    """
    tokens = tokens_of(words)
    commands = commands_of(tokens)
    if not commands:
        return tuple(words)
    pieces = _pieces(tokens, commands)
    _lay_out(tokens, pieces)
    return _joined(tokens, pieces)


def put_right_around_commands(
    words: Sequence[Word], put_right: Callable[[Sequence[Word]], Sequence[Word]]
) -> tuple[Word, ...]:
    """`words` with each run that belongs to no command put right: so no term takes the words of a command.

    To be called before `write_code`.
    """
    commanded = {
        place for one in commands_of(tokens_of(words)) for place in range(one.start, max(one.stop, one.end))
    }
    runs = groupby(range(len(words)), key=lambda place: place in commanded)
    found: list[Word] = []
    for inside, places in runs:
        run = [words[place] for place in places]
        found += run if inside else put_right(run)
    return tuple(found)


def _pieces(tokens: Sequence[Token], commands: Sequence[Command]) -> list[_Piece]:
    at = {one.start: one for one in commands}
    pieces: list[_Piece] = []
    place = 0
    while place < len(tokens):
        one = at.get(place)
        piece = _plain(tokens, place, at) if one is None else _commanded(tokens, one)
        pieces.append(piece)
        place = piece.stop
    return pieces


def _plain(tokens: Sequence[Token], place: int, at: dict[int, Command]) -> _Piece:
    """A word; beside a sign a number is written in digits."""
    token = tokens[place]
    command = at.get(place + 1)
    tail = (
        token.after
        if command is None or not isinstance(command.what, Sign) or command.what.text == "\n"
        else ""
    )
    before = next((one for one in at.values() if one.stop == place and not one.end), None)
    beside = [it.what for it in (before, command) if it is not None and isinstance(it.what, Sign)]
    code = any(sign.text not in PROSE_SIGNS for sign in beside)
    if not token.free or not code:
        return _Piece(place, place + 1, token.core, changed=tail != token.after, tail=tail)
    run = [token.key]
    while not tokens[place + len(run) - 1].after and place + len(run) < len(tokens):
        following = tokens[place + len(run)]
        if not following.free or place + len(run) in at:
            break
        run.append(following.key)
    digits, taken = number(run) if is_number(token.key) else ("", 0)
    if digits:
        last = place + taken
        tail = "" if last in at and isinstance(at[last].what, Sign) else tokens[last - 1].after
        return _Piece(
            place, last, digits, name=True, changed=digits != token.core or tail != token.after, tail=tail
        )
    text = _without_capital(tokens, place) if token.word.origin is Origin.SPOKEN else token.core
    text = "i" if text == "I" and any(sign.text == "=" for sign in beside) else text
    return _Piece(place, place + 1, text, changed=text != token.core or tail != token.after, tail=tail)


def _without_capital(tokens: Sequence[Token], place: int) -> str:
    """The word without the capital that only a sentence's beginning gave it."""
    core = tokens[place].core
    return core[0].lower() + core[1:] if tokens[place].begins and core[1:] == core[1:].lower() else core


def _commanded(tokens: Sequence[Token], one: Command) -> _Piece:
    if isinstance(one.what, Sign):
        return _Piece(one.start, one.stop, one.what.text, one.what, closes_next=one.what.right)
    if isinstance(one.what, Literal):
        text = " ".join(token.core for token in tokens[one.stop : one.end])
        return _Piece(one.start, one.end, text, tail=tokens[one.end - 1].after)
    if isinstance(one.what, Capital):
        core = tokens[one.stop].core
        return _Piece(
            one.start, one.stop + 1, core[:1].upper() + core[1:], name=True, tail=tokens[one.stop].after
        )
    said = [token.key.replace("'", "").replace("-", "") for token in tokens[one.stop : one.end]]
    return _Piece(one.start, one.end, one.what(parts(said)), name=True, tail=tokens[one.end - 1].after)


def _lay_out(tokens: Sequence[Token], pieces: Sequence[_Piece]) -> None:
    """Decide what closes up with what stands before it."""
    opened = _Open()
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.sign is not None:
            if before is not None and before.sign is None and piece.text != "\n":
                before.tail = ""
            _lay_out_sign(tokens, piece, before, after, opened)
        if before is not None and before.closes_next:
            piece.close = True


def _lay_out_sign(
    tokens: Sequence[Token], piece: _Piece, before: _Piece | None, after: _Piece | None, opened: _Open
) -> None:
    sign = piece.sign
    if sign is None:
        return
    attaches = before is not None and _attaches(tokens, before, piece)
    piece.close = sign.left is Left.ALWAYS or (sign.left is Left.CLOSE and attaches)
    if before is not None and before.text == ":" and sign.text in {"/", "//", "\\"}:
        piece.close = True
    value = before is None or (
        before.sign is not None
        and before.text in _AFTER_THESE_A_VALUE
        and before.sign.trust is not Trust.QUOTES
    )
    if sign.trust is Trust.QUOTES:
        if sign.text in opened.quotes:
            opened.quotes.remove(sign.text)
            piece.close, piece.closes_next = True, False
        else:
            opened.quotes.add(sign.text)
            piece.closes_next = True
    elif sign.text in _OPENING:
        opened.brackets.append(sign.text)
    elif sign.text in ")]}" and opened.brackets:
        opened.brackets.pop()
    elif (sign.text == "=" and "(" in opened.brackets[-1:]) or (
        sign.text == ":" and "[" in opened.brackets[-1:]
    ):
        piece.close = piece.closes_next = True
    elif sign.text in {"*", "**", "&"} and sign.trust is not Trust.PLAIN:
        opening = before is not None and before.sign is None and _opens(tokens, before)
        piece.closes_next = value or opening
    elif sign.text == "-":
        _lay_out_dash(tokens, piece, after, value=value)
    elif sign.text == "." and after is not None and _hidden(tokens, before, after):
        piece.close = False


def _lay_out_dash(tokens: Sequence[Token], piece: _Piece, after: _Piece | None, *, value: bool) -> None:
    """A flag, the sign before a number, a subtraction, or the dash within a name."""
    if tokens[piece.start].key.startswith("minus"):
        piece.close, piece.closes_next = False, value
    elif after is not None and after.sign is None and len(after.text) <= _FLAG_AT_MOST:
        piece.close, piece.closes_next = False, True


def _hidden(tokens: Sequence[Token], before: _Piece | None, after: _Piece) -> bool:
    """Whether a dot begins the name of a hidden file."""
    if tokens[after.start].key not in DOT_FILES or before is None:
        return False
    return before.sign is None and not before.name and kind_of(tokens[before.stop - 1]) < Beside.NAME


def _opens(tokens: Sequence[Token], piece: _Piece) -> bool:
    last = tokens[piece.stop - 1]
    return not piece.name and last.free and last.key in OPENING_WORDS


def _attaches(tokens: Sequence[Token], before: _Piece, sign: _Piece) -> bool:
    """Whether a sign that closes up with a name closes up with this."""
    if before.sign is not None:
        if before.closes_next or before.text in {")", "]", ">"} or before.sign.trust is Trust.QUOTES:
            return True
        return before.sign.text == "}" and sign.text != "("
    if sign.text == "(" and not before.name and tokens[before.stop - 1].key in CALLED:
        return True
    if sign.text == "." and tokens[before.stop - 1].key in CALLED:
        return True
    return not _opens(tokens, before)


def _joined(tokens: Sequence[Token], pieces: Sequence[_Piece]) -> tuple[Word, ...]:
    words: list[Word] = []
    run: list[_Piece] = []
    for piece in pieces:
        fixed = not tokens[piece.start].free
        apart = fixed or piece.text == "\n" or not piece.close or bool(run and not tokens[run[-1].start].free)
        if run and apart:
            words += _written(tokens, run)
            run = []
        run.append(piece)
    return (*words, *(_written(tokens, run) if run else ()))


def _written(tokens: Sequence[Token], run: Sequence[_Piece]) -> list[Word]:
    """The one word for pieces that close up."""
    first, last = run[0], run[-1]
    token = tokens[first.start]
    if len(run) == 1 and (not token.free or not (first.changed or first.close)):
        return [token.word]
    heard_words = [it.word for it in tokens[first.start : last.stop]]
    heard = "".join(word.text for word in heard_words).strip()
    space = "" if first.close else token.space
    before = token.before if first.sign is None else ""
    text = "".join(piece.text + piece.tail for piece in run)
    told = heard_words[0].alternatives if len(heard_words) == 1 else ()
    return [
        dataclasses.replace(
            token.word,
            text=space + before + text,
            end_s=heard_words[-1].end_s,
            probability=min(word.probability for word in heard_words),
            origin=Origin.REPLACED,
            heard=heard,
            source=SOURCE,
            alternatives=(Alternative(heard), *told),
        )
    ]
