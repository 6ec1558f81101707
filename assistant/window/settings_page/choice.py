"""One of several, in a box that opens."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from assistant.window.icons import paint_icon
from assistant.window.look import Look
from assistant.window.mirrored import beginning, mirrored


class Choice(QComboBox):
    """One of several. `chosen` carries the value when the user chooses. `on_panel` tells that it lies on a panel, which is
    raised itself where it is dark.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, *, on_panel: bool = False) -> None:
        super().__init__()
        self._look, self._on_panel = look, on_panel
        self._values: list[object] = []
        self.setMinimumHeight(look.px(36))
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._tell)

    def offer(self, options: Sequence[tuple[object, str]], chosen: object) -> None:
        """Offer (value, title) pairs. A chosen value that is not among them is shown all the same."""
        known = [value for value, _ in options]
        extra = [] if chosen in known else [(chosen, str(chosen))]
        self._values = [value for value, _ in (*options, *extra)]
        self.blockSignals(True)
        self.clear()
        self.addItems([title for _, title in (*options, *extra)])
        self.setCurrentIndex(self._values.index(chosen))
        self.blockSignals(False)

    def edit(self) -> None:
        """Let other values be typed as well."""
        self.setEditable(True)
        line = self.lineEdit()
        if line is not None:
            line.setProperty("frameless", True)
            line.setTextMargins(self._look.px(2), 0, 0, 0)

    @Slot(int)
    def _tell(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a value is not changed by passing over it

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # a full stop stays where its letters end
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(look.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        lifted = self.underMouse() or (self._on_panel and look.dark)
        painter.setBrush(look.colour("hover" if lifted else "raised"))
        painter.drawRoundedRect(rect, look.px(8), look.px(8))
        if not self.isEditable():
            inner = rect.adjusted(look.px(10), 0, -look.px(32), 0)
            elide = Qt.TextElideMode.ElideRight
            text = self.fontMetrics().elidedText(self.currentText(), elide, int(inner.width()))
            painter.setPen(look.colour("ink"))
            painter.drawText(mirrored(self, inner), beginning(self) | Qt.AlignmentFlag.AlignVCenter, text)
        size = look.px(14)
        caret = QRectF(rect.right() - size - look.px(10), rect.center().y() - size / 2, size, size)
        paint_icon(painter, "caret-down", mirrored(self, caret), look.colour("muted"))
        painter.end()
