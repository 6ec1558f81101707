"""A panel over the window: a card on a veil. A click beside it closes it, as Esc does, and the focus goes back."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.window.elided import ElidedLabel
from assistant.window.look import Look
from assistant.window.mirrored import set_margins
from assistant.window.strip import QuietButton

_WIDEST = 520  # px at 100 %
_LOW = 320  # here a margin costs more than it gives


class Panel(QWidget):
    """Fills its parent; what is to be seen goes into `column`."""

    def __init__(self, look: Look, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._look = look
        self._over = parent
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QWidget(self)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(0, look.px(4), 0, look.px(4))
        self.column.setSpacing(0)
        parent.installEventFilter(self)
        self.hide()

    def head(self, title: str, *buttons: QWidget) -> QHBoxLayout:
        """A title, which gives way to the `buttons` and the one that closes the panel."""
        px, name = self._look.px, ElidedLabel(self.card)
        name.setProperty("kind", "title")
        name.say(title)
        leave = QuietButton(self.card, self._look, "Close (Esc)", "x")
        leave.clicked.connect(self.close_)
        row = QHBoxLayout()
        set_margins(self, row, px(16), px(8), px(10), px(4))
        row.setSpacing(px(4))
        row.addWidget(name, 1)
        for button in (*buttons, leave):
            row.addWidget(button)
        return row

    def open(self, focus: QWidget) -> None:
        self._before = self.window().focusWidget()
        self._fit()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def close_(self) -> None:
        """Close it, and give the focus back."""
        if not self.isHidden():
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def escape(self) -> None:
        """What Esc does here."""
        self.close_()

    def wanted_height(self) -> int:
        return self.card.sizeHint().height()

    def _fit(self) -> None:
        parent, px = self._over, self._look.px
        self.setGeometry(parent.rect())
        edge = px(16 if parent.height() > px(_LOW) else 4)
        width = min(px(_WIDEST), parent.width() - 2 * edge)
        height = min(self.wanted_height(), parent.height() - 2 * edge)
        top = min(px(56), (parent.height() - height) // 2)
        self.card.setGeometry((parent.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over and not self.isHidden():
            self._fit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab stays within the panel."""
        inside = [child for child in self.findChildren(QWidget) if _takes_tab(child)]
        if not inside:
            return True
        focused = self.window().focusWidget()
        at = inside.index(focused) if focused in inside else -1
        inside[(at + (1 if following else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        veil = self._look.colour("ink" if not self._look.dark else "ground")
        veil.setAlphaF(0.32 if not self._look.dark else 0.6)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("ground" if not self._look.dark else "raised"))
        radius = self._look.px(12)
        painter.drawRoundedRect(QRectF(self.card.geometry()), radius, radius)
        painter.end()


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
