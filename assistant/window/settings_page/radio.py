"""One of a few, each with a sentence that explains it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from assistant.window.look import Look
from assistant.window.mirrored import beginning, mirrored


class Radio(QRadioButton):
    """One of a few, with a sentence that explains it."""

    def __init__(self, look: Look, text: str, explanation: str = "") -> None:
        super().__init__(text)
        self._look, self._explanation = look, explanation
        self.setAccessibleDescription(explanation)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002
        return True

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._look.px(26) + self._explained(width)

    def _explained(self, width: int) -> int:
        if not self._explanation:
            return 0
        room = QRect(0, 0, max(1, width - self._look.px(28)), 1 << 20)
        metrics = self.fontMetrics()
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._explanation).height()

    def sizeHint(self) -> QSize:
        width = self._look.px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(96), self._look.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # a full stop stays where its letters end
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        ring = mirrored(self, QRectF(3, look.px(13) - look.px(8), look.px(16), look.px(16)))
        on = self.isChecked()
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawEllipse(ring.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(look.colour("accent" if on else "muted"), look.px(5) if on else 1.5))
        inset = look.px(5) / 2 if on else 1
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
        painter.setPen(look.colour("ink"))
        left = look.px(28)
        title = QRectF(left, 0, self.width() - left, look.px(26))
        painter.drawText(mirrored(self, title), beginning(self) | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(look.colour("muted"))
        rest = QRectF(left, look.px(24), self.width() - left, self.height())
        painter.drawText(mirrored(self, rest), beginning(self) | Qt.TextFlag.TextWordWrap, self._explanation)
        painter.end()
