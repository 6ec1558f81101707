"""Spoken code: "n p dot zeros open paren" written as code is."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from assistant.terms.code_commands import commands_of
from assistant.terms.code_layout import Piece, lay_out
from assistant.terms.code_names import parts
from assistant.terms.code_numbers import is_number, number_in_groups
from assistant.terms.code_phrases import Capital, Command, Literal
from assistant.terms.code_signs import PROSE_SIGNS, Sign
from assistant.terms.code_tokens import Token, tokens_of
from assistant.turn.transcript import Alternative, Origin, Word

SOURCE = "spoken code"
_BESIDE_I = frozenset(("=", "==", "+=", "-=", "<", ">", "<=", ">=", "++", "+", "-", "*", "[", "]"))
_IN_NUMBERS = frozenset(("hundred", "thousand", "point"))


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
    lay_out(tokens, pieces)
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


def _pieces(tokens: Sequence[Token], commands: Sequence[Command]) -> list[Piece]:
    at = {one.start: one for one in commands}
    pieces: list[Piece] = []
    place = depth = 0
    while place < len(tokens):
        one = at.get(place)
        piece = _plain(tokens, place, at, within=depth > 0) if one is None else _commanded(tokens, one)
        if piece.sign is not None:
            depth += (piece.text in "([{") - (piece.text in ")]}")
        pieces.append(piece)
        place = piece.stop
    return pieces


def _plain(tokens: Sequence[Token], place: int, at: Mapping[int, Command], *, within: bool) -> Piece:
    """A word; beside a sign a number is written in digits. `within` brackets a comma is one, too."""
    token = tokens[place]
    digits, taken = _number(tokens, place, at)
    if digits and _code_beside(place, place + taken, at, within=within):
        stop, text = place + taken, digits
    else:
        stop, text, digits = place + 1, token.core, ""
        beside = _signs_beside(place, stop, at)
        if token.free and _code_beside(place, stop, at, within=False):
            text = _without_capital(tokens, place) if token.word.origin is Origin.SPOKEN else text
            text = "i" if text == "I" and any(sign.text in _BESIDE_I for sign in beside) else text
    command = at.get(stop)
    signed = command is not None and isinstance(command.what, Sign) and command.what.text != "\n"
    tail = "" if signed else tokens[stop - 1].after
    changed = stop > place + 1 or text != token.core or tail != token.after
    return Piece(place, stop, text, name=bool(digits), changed=changed, tail=tail)


def _number(tokens: Sequence[Token], place: int, at: Mapping[int, Command]) -> tuple[str, int]:
    """The number that begins there, in digits, and how many words it takes; ("", 0) where none does."""
    run: list[str] = []
    for token in tokens[place:]:
        if not token.free or place + len(run) in at or (run and token.before):
            break
        run.append(token.key)
        if token.after or not (is_number(token.key) or token.key in _IN_NUMBERS):
            break
    return number_in_groups(run)


def _signs_beside(start: int, stop: int, at: Mapping[int, Command]) -> list[Sign]:
    before = (one for one in at.values() if one.stop == start and not one.end)
    return [it.what for it in (*before, at.get(stop)) if it is not None and isinstance(it.what, Sign)]


def _code_beside(start: int, stop: int, at: Mapping[int, Command], *, within: bool) -> bool:
    """Whether what stands there is code, as a sign beside it tells."""
    return any(
        sign.text not in PROSE_SIGNS or (within and sign.text == ",")
        for sign in _signs_beside(start, stop, at)
    )


def _without_capital(tokens: Sequence[Token], place: int) -> str:
    """The word without the capital that only a sentence's beginning gave it."""
    core = tokens[place].core
    return core[0].lower() + core[1:] if tokens[place].begins and core[1:] == core[1:].lower() else core


def _commanded(tokens: Sequence[Token], one: Command) -> Piece:
    if isinstance(one.what, Sign):
        return Piece(one.start, one.stop, one.what.text, one.what, closes_next=one.what.right)
    if isinstance(one.what, Literal):
        text = " ".join(token.core for token in tokens[one.stop : one.end])
        return Piece(one.start, one.end, text, tail=tokens[one.end - 1].after)
    if isinstance(one.what, Capital):
        core = tokens[one.stop].core
        return Piece(
            one.start, one.stop + 1, core[:1].upper() + core[1:], name=True, tail=tokens[one.stop].after
        )
    said = [token.key.replace("'", "").replace("-", "") for token in tokens[one.stop : one.end]]
    return Piece(one.start, one.end, one.what(parts(said)), name=True, tail=tokens[one.end - 1].after)


def _joined(tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[Word, ...]:
    words: list[Word] = []
    run: list[Piece] = []
    for piece in pieces:
        fixed = not tokens[piece.start].free
        apart = fixed or piece.text == "\n" or not piece.close or bool(run and not tokens[run[-1].start].free)
        if run and apart:
            words += _written(tokens, run)
            run = []
        run.append(piece)
    return (*words, *(_written(tokens, run) if run else ()))


def _written(tokens: Sequence[Token], run: Sequence[Piece]) -> list[Word]:
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
