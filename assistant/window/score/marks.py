"""What went wrong in a sentence: struck out what was understood, underlined what stands there. Never by colour alone."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel

from assistant.ports_score import ReadPiece
from assistant.window.look import Look
from assistant.window.mirrored import beginning

NOTHING = "No speech was heard."


class Marked(QLabel):
    """A sentence as it was understood, with its marks; screen readers are told them in words."""

    def __init__(self, look: Look) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._look = look
        self._pieces: Sequence[ReadPiece] = ()
        self.setAlignment(beginning(self) | Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self._draw)

    def show_pieces(self, pieces: Sequence[ReadPiece]) -> None:
        self._pieces = pieces
        self.setAccessibleName(in_words(pieces))
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.setText(marked(self._pieces, self._look.tokens.danger))


def marked(pieces: Sequence[ReadPiece], colour: str) -> str:
    """HTML; `colour` is that of what is wrong."""
    return " ".join(_marked(piece, colour) for piece in pieces)


def in_words(pieces: Sequence[ReadPiece]) -> str:
    sentence = " ".join(piece.heard for piece in pieces if piece.heard)
    wrong = [_in_words(piece) for piece in pieces if not piece.right]
    return f"{sentence} {'; '.join(wrong) if wrong else 'All right'}."


def _marked(piece: ReadPiece, colour: str) -> str:
    if piece.right:
        return escape(piece.heard)
    heard = f'<s style="color: {colour}">{escape(piece.heard)}</s>' if piece.heard else ""
    read = f"<b><u>{escape(piece.read)}</u></b>" if piece.read else ""
    return f"{heard} {read}".strip()


def _in_words(piece: ReadPiece) -> str:
    if not piece.heard:
        return f"“{piece.read}” is missing"
    return f"“{piece.heard}” instead of “{piece.read}”" if piece.read else f"“{piece.heard}” is too much"
