"""A text box that is as high as its text, up to a limit, and shows something while it is empty."""

import math

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from assistant.window.live_text import WRAP, LiveText, right_to_left
from assistant.window.look import Look, Text

_LOOKED_AT = 200  # characters, for the direction of the text
_MOST = 200  # px at 100 %, until somebody says how much room there is


class GrowingBox(QPlainTextEdit):
    """`resized` is emitted when it has become higher or lower.

    What is shown while it is empty, a hint or what is understood so far, is no part of the text.
    """

    resized = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hint = ""
        self._most = look.px(_MOST)
        self.setFont(look.font(Text.BODY))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(WRAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.live = LiveText(look, self.viewport())
        self.textChanged.connect(self._fit)
        self._fit()

    def hint(self, text: str) -> None:
        """Show this while it is empty and nobody speaks."""
        self._hint = text
        self.setPlaceholderText("" if self.live.words else text)
        self._fit()

    def show_live(self, words: str, firm: int) -> None:
        """Show what is understood so far, of which the first `firm` characters no longer change."""
        self.live.show_words(words, firm)
        self.hint(self._hint)

    def limit(self, most_px: int) -> None:
        """It grows no higher than this."""
        self._most = most_px
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.live.setGeometry(self.viewport().rect())
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._lean()
        first = self.document().firstBlock()
        line = math.ceil(self.blockBoundingRect(first).height() / max(1, first.layout().lineCount()))
        slack = self._look.px(2)
        wanted = max(line, self._text_height()) + slack
        most = max(1, (self._most - slack) // line) * line  # whole lines
        height = min(wanted, most + slack)
        policy = Qt.ScrollBarPolicy
        over = wanted > height and not self.document().isEmpty()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff)
        if height != self.height():
            self.setFixedHeight(height)
            self.resized.emit()

    def _lean(self) -> None:
        """What is read from the right begins there."""
        option = self.document().defaultTextOption()
        from_right = right_to_left(self.document().firstBlock().text()[:_LOOKED_AT])
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

    def _text_height(self) -> int:
        """Height of what is shown, in px; counted no further than the limit."""
        if self.document().isEmpty():
            return math.ceil(self.live.wanted_height) or self._wrapped_height(self._hint)
        height = 0.0
        block = self.document().begin()
        while block.isValid() and height <= self._most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return int(height)

    def _wrapped_height(self, text: str) -> int:
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        room = QRect(0, 0, self.viewport().width(), 1 << 20)
        return self.fontMetrics().boundingRect(room, int(flags), text).height() if text else 0
