"""What the sections of the settings are made of."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.settings import Settings
from assistant.turn.events import Fault
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.icons import paint_icon
from assistant.window.look import Look


class Section(QWidget):
    """A heading and fields. `fill` is called when settings are told, `opened` when the page comes into view.

    `led_to` carries the name of another section that is asked for, `in_sight` a part of it that is to be seen;
    `concerns_others` is emitted when something was changed that the other sections show, too.
    """

    title = ""
    led_to = Signal(str)
    in_sight = Signal(object)
    concerns_others = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(desk.look.px(12))
        self.column.addWidget(label(self.title, "title"))

    def fill(self, settings: Settings) -> None:
        """Show the settings in force."""

    def show_session(self, session: Session) -> None:
        """Show what is going on."""

    def opened(self) -> None:
        """Look up what there is to choose from."""

    def field(self, name: str, control: QWidget, help_text: str = "") -> "Field":
        field = Field(self.desk.look, name, control, help_text)
        self.column.addWidget(field)
        return field

    def focus_first(self) -> bool:
        """Give the focus to its first control; whether there is one yet."""
        takes = [
            child for child in self.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.ClickFocus
        ]
        shown = [child for child in takes if child.isEnabled() and child.isVisibleTo(self)]
        if shown:
            first = min(shown, key=lambda child: child.mapTo(self, QPoint(0, 0)).y())
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(shown)

    def change(self, section: str, name: str, value: object, field: "Field") -> None:
        field.complain(None)
        self.desk.preferences.change(section, name, value, field.complain)


class Field(QWidget):
    """A name, a control, a word of help, and what is wrong with it."""

    def __init__(self, look: Look, name: str, control: QWidget, help_text: str) -> None:
        super().__init__()
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        if name:
            heading = label(name, "secondary")
            heading.setBuddy(control)
            column.addWidget(heading)
            control.setAccessibleName(name)
        natural = isinstance(control, QPushButton)
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if natural else Qt.AlignmentFlag(0))
        self._help = label(help_text, "secondary")
        self._help.setVisible(bool(help_text))
        control.setAccessibleDescription(help_text)
        self._wrong = label("", "danger")
        self._wrong.hide()
        column.addWidget(self._help)
        column.addWidget(self._wrong)

    def help(self, text: str) -> None:
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self.control.setAccessibleDescription(text)

    def complain(self, fault: Fault | None) -> None:
        """Say what is wrong, here; None when nothing is any more."""
        text = f"{fault.message} {fault.hint}".strip() if fault else ""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))


def label(text: str, kind: str = "") -> QLabel:
    made = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    return made


class Choice(QComboBox):
    """One of several. `chosen` carries the value when the user chooses."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
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
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        _ground(painter, look, rect, focus=self.hasFocus(), hover=self.underMouse())
        if not self.isEditable():
            inner = rect.adjusted(look.px(10), 0, -look.px(32), 0)
            elide = Qt.TextElideMode.ElideRight
            text = self.fontMetrics().elidedText(self.currentText(), elide, int(inner.width()))
            painter.setPen(look.colour("ink"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        size = look.px(14)
        caret = QRectF(rect.right() - size - look.px(10), rect.center().y() - size / 2, size, size)
        paint_icon(painter, "caret-down", caret, look.colour("muted"))
        painter.end()


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
        height, width = look.px(20), look.px(36)
        track = QRectF(2, (self.height() - height) / 2, width, height)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), height / 2 + 2, height / 2 + 2)
            track.adjust(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if self.isChecked() else "muted"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = track.height() - look.px(4)
        left = track.right() - knob - look.px(2) if self.isChecked() else track.left() + look.px(2)
        painter.setBrush(look.colour("on_accent" if self.isChecked() else "ground"))
        painter.drawEllipse(QRectF(left, track.top() + look.px(2), knob, knob))
        painter.setPen(look.colour("ink"))
        rest = QRectF(width + look.px(12), 0, self.width() - width - look.px(12), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        painter.end()


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
        ring = QRectF(3, look.px(13) - look.px(8), look.px(16), look.px(16))
        on = self.isChecked()
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawEllipse(ring.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(look.colour("accent" if on else "muted"), look.px(5) if on else 1.5))
        inset = look.px(5) / 2 if on else 1
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
        painter.setPen(look.colour("ink"))
        left = look.px(28)
        painter.drawText(
            QRectF(left, 0, self.width() - left, look.px(26)), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setPen(look.colour("muted"))
        rest = QRectF(left, look.px(24), self.width() - left, self.height())
        painter.drawText(rest, Qt.TextFlag.TextWordWrap, self._explanation)
        painter.end()


class Level(QWidget):
    """How loud it is, 0..1."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._level = 0.0
        self.setFixedHeight(look.px(8))
        self.setAccessibleName("Level of the microphone")

    def show_level(self, level: float) -> None:
        if level != self._level:
            self._level = level
            self.setAccessibleDescription(f"{level:.0%}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        rect.setWidth(rect.width() * min(1.0, self._level) ** 0.5)
        painter.setBrush(look.colour("accent"))
        if rect.width() > 0:
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.end()


def _ground(painter: QPainter, look: Look, rect: QRectF, *, focus: bool, hover: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("accent"), 2) if focus else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("hover" if hover else "raised"))
    painter.drawRoundedRect(rect, look.px(8), look.px(8))
