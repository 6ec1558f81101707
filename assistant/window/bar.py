"""A bar that says one thing, with a button that helps: what went wrong, what is missing, what was left unfinished."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistant.window.icons import paint_icon
from assistant.window.look import Look
from assistant.window.strip import QuietButton

_NARROW = 300  # px at 100 %: below it the button goes under the hint


class Bar(QWidget):
    """Icon, sentence, hint, progress, button, and a cross where it can be dismissed."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, ground: str, icon: str, colour: str
    ) -> None:
        super().__init__(parent)
        self._look, self._ground, self._icon, self._colour = look, ground, icon, colour
        self._message = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._hint = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._hint.setProperty("kind", "secondary")
        self._progress = QProgressBar(self, textVisible=False, maximum=1000)
        self._button = QPushButton(self)
        self._button.setProperty("kind", "link")
        self._close = QuietButton(self, look, "Dismiss", "x", 24)
        self._button.clicked.connect(self.acted)
        self._close.clicked.connect(self.dismissed)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        px = self._look.px
        text = QVBoxLayout()
        text.setSpacing(px(4))
        text.addWidget(self._hint)
        text.addWidget(self._progress)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(px(4))
        self._below.addLayout(text, 1)
        self._below.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(40), px(8), px(8), px(8))
        grid.setHorizontalSpacing(px(4))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._message, 0, 0)
        grid.addWidget(self._close, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._below, 1, 0, 1, 2)

    def say(
        self,
        message: str,
        hint: str = "",
        button: str = "",
        *,
        progress: float | None = None,
        dismiss: bool = True,
    ) -> None:
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._progress.setVisible(progress is not None)
        if progress is not None:
            self._progress.setValue(round(progress * 1000))
        self._close.setVisible(dismiss)
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._look.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._below.setDirection(direction)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(10), look.px(10))
        middle = self._message.geometry().top() + self._message.fontMetrics().height() / 2
        where = QRectF(look.px(12), middle - look.px(9), look.px(18), look.px(18))
        paint_icon(painter, self._icon, where, look.colour(self._colour))
        painter.end()
