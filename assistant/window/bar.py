"""A bar that says one thing, with a button that helps: what went wrong, what is missing, what was left unfinished."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistant.window.announce import announce
from assistant.window.icons import paint_icon
from assistant.window.look import Look
from assistant.window.mirrored import beginning, mirrored, set_margins
from assistant.window.strip import QuietButton


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
        for line in (self._message, self._hint):
            line.setAlignment(beginning(self) | Qt.AlignmentFlag.AlignVCenter)
        self._hint.setProperty("kind", "secondary")
        self._progress = QProgressBar(self, textVisible=False, maximum=1000)
        self._button = QPushButton(self)
        self._button.setProperty("kind", "link")
        self._close = QuietButton(self, look, "Dismiss", "x", 24)
        self._button.clicked.connect(self.acted)
        self._close.clicked.connect(self.dismissed)
        self._brief = False
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        px = self._look.px
        below = QVBoxLayout()
        below.setSpacing(px(6))
        below.addWidget(self._hint)
        below.addWidget(self._progress)
        self._grid = QGridLayout(self)
        set_margins(self, self._grid, px(40), px(8), px(8), px(8))
        self._grid.setHorizontalSpacing(px(4))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(below, 1, 0)
        self._fit()

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
        self._hint.setVisible(bool(hint) and not self._brief)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._progress.setVisible(progress is not None)
        if progress is not None:
            self._progress.setValue(round(progress * 1000))
        self._close.setVisible(dismiss)
        told, text = self.accessibleName(), f"{message} {hint}".strip()
        self.setAccessibleName(text)
        if progress is None and text != told:
            announce(self, text)
        self.show()
        self._fit()

    def brief(self, brief: bool) -> None:
        """Leave out the hint and the icon, where there is little room; the hint is told under the pointer."""
        if brief == self._brief:
            return
        self._brief = brief
        for widget in (self._message, self._button):
            widget.setProperty("brief", brief)
            widget.style().polish(widget)
        px = self._look.px
        side, above = (12, 2) if brief else (40, 8)
        set_margins(self, self._grid, px(side), px(above), px(8), px(above))
        self._hint.setVisible(bool(self._hint.text()) and not brief)
        self.setToolTip(self._hint.text() if brief else "")
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        """The button stands beside both lines, or under them where they would be squeezed, with the cross in brief."""
        text = max(
            label.fontMetrics().horizontalAdvance(label.text()) for label in (self._message, self._hint)
        )
        beside = self._look.px(40 + 8 + 4) + (self._close.width() if self._close.isVisibleTo(self) else 0)
        room = self.width() - self._button.sizeHint().width() - beside
        squeezed = text > room and self._button.isVisibleTo(self)
        row, column, rows = (2, 0, 1) if squeezed else (0, 1, 2)
        for widget in (self._message, self._button, self._close):
            self._grid.removeWidget(widget)
        side = Qt.AlignmentFlag.AlignRight if squeezed else Qt.AlignmentFlag(0)
        span = 1 if not squeezed else 2 if self._brief else 3
        self._grid.addWidget(self._message, 0, 0, 1, 3 if squeezed and self._brief else 1)
        self._grid.addWidget(self._button, row, column, rows, span, side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self._close, 2 if squeezed and self._brief else 0, 2, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(10), look.px(10))
        if self._brief:
            painter.end()
            return
        middle = self._message.geometry().top() + self._message.fontMetrics().height() / 2
        where = QRectF(look.px(12), middle - look.px(9), look.px(18), look.px(18))
        paint_icon(painter, self._icon, mirrored(self, where), look.colour(self._colour))
        painter.end()
