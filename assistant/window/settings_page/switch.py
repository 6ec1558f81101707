"""On or off."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from assistant.window.look import Look
from assistant.window.mirrored import beginning, mirrored


class Switch(QCheckBox):
    """On or off, with its words beside it."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._look.px(48)), 1 << 20)
        text = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(self._look.px(28), text.height())

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(96), self._look.px(28))

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # a full stop stays where its letters end
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        height, width = look.px(20), look.px(36)
        track = mirrored(self, QRectF(2, (self.height() - height) / 2, width, height))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), height / 2 + 2, height / 2 + 2)
            track.adjust(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if self.isChecked() else "muted"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = track.height() - look.px(4)
        at_end = self.isChecked() is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        left = track.right() - knob - look.px(2) if at_end else track.left() + look.px(2)
        painter.setBrush(look.colour("on_accent" if self.isChecked() else "ground"))
        painter.drawEllipse(QRectF(left, track.top() + look.px(2), knob, knob))
        painter.setPen(look.colour("ink"))
        rest = QRectF(width + look.px(12), 0, self.width() - width - look.px(12), self.height())
        flags = beginning(self) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(mirrored(self, rest), flags, self.text())
        painter.end()
