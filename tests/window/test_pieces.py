"""An answer is cut into pieces that do not depend on how it arrived."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.window.pieces import LONGEST, Piece, Pieces

_LINES = st.sampled_from(
    [
        "word ",
        "\n",
        "\n\n",
        "- item\n",
        "1. one\n",
        "```python\n",
        "```\n",
        "| a | b |\n|---|---|\n",
        "| 1 | 2 |\n" * 90,
        "    indented\n",
        "> quoted\n",
        "# heading\n",
        "x" * 500,
        "y " * 2 * LONGEST,
        "long line of text\n" * 120,
    ]
)


def _pieces(text: str) -> list[Piece]:
    pieces = Pieces()
    pieces.grow(text)
    return pieces.all()


@given(st.lists(_LINES, max_size=20), st.lists(st.integers(1, 3000), min_size=1, max_size=20))
@settings(max_examples=150)
def test_growing_gives_the_same_pieces_as_the_whole_text(lines: list[str], steps: list[int]) -> None:
    text = "".join(lines)
    growing, at, step = Pieces(), 0, 0
    while at < len(text):
        at += steps[step % len(steps)]
        step += 1
        growing.grow(text[:at])
    growing.grow(text)
    assert growing.all() == _pieces(text)


@given(st.lists(_LINES, max_size=20))
@settings(max_examples=150)
def test_pieces_are_the_whole_text_and_none_is_long(lines: list[str]) -> None:
    text = "".join(lines)
    pieces = _pieces(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.end - piece.start <= 4 * LONGEST for piece in pieces)


def test_only_the_last_piece_changes_while_text_arrives() -> None:
    pieces = Pieces()
    assert pieces.grow("One.\n\nTwo.\n\nThree and more, ") == 0
    assert pieces.grow("One.\n\nTwo.\n\nThree and more, and") == 2
    assert len(pieces.all()) == 3


@pytest.mark.parametrize(
    "text",
    [
        "```\na\n\nb\n```\n",
        "- a\n\n  more of a\n\n- b\n",
        "1. a\n\n1. b\n",
        "> a\n> b\n",
    ],
)
def test_what_belongs_together_stays_together(text: str) -> None:
    assert len(_pieces(text)) == 1


def test_long_code_goes_on_as_code() -> None:
    text = "```python\n" + "x = 1\n" * LONGEST + "```\nafter\n"
    pieces = _pieces(text)
    assert all(piece.before == "```python\n" and piece.joins for piece in pieces[1:-1])


def test_a_long_table_goes_on_under_its_heading() -> None:
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * LONGEST
    assert all(piece.before == "| a | b |\n|---|---|\n" for piece in _pieces(text)[1:])


def test_plain_text_is_cut_only_for_its_length() -> None:
    pieces = Pieces(plain=True)
    pieces.grow("a\n\nb\n\nc")
    assert len(pieces.all()) == 1


class _Watched(str):  # noqa: SLOT000
    """A text that counts how many of its characters are looked at."""

    seen = 0

    def find(self, what: str, start: int = 0) -> int:  # type: ignore[override]
        found = super().find(what, start)
        self.seen += (found if found >= 0 else len(self)) - start
        return found

    def rfind(self, what: str, start: int, end: int) -> int:  # type: ignore[override]
        self.seen += end - start
        return super().rfind(what, start, end)

    def __getitem__(self, at: slice) -> str:  # type: ignore[override]
        found = super().__getitem__(at)
        self.seen += len(found)
        return found


def test_what_was_cut_is_not_looked_at_again_while_a_long_answer_grows() -> None:
    text = ("some words " * 30 + "\n\n") * 600
    pieces, seen = Pieces(), 0
    for length in range(0, len(text), 100):
        watched = _Watched(text[:length])
        pieces.grow(watched)
        seen += watched.seen
    assert len(pieces.all()) == 600
    assert len(text) < seen < 10 * len(text)
