"""The microphone button: the same as the talk key, and the one place that shows what is going on."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from assistant.turn.states import Session, Stage
from assistant.window.icons import paint_icon
from assistant.window.look import Look

_SIZE = 52  # px at 100 %, with room for the ring
_CORE = 36
_REPEATS_WITHIN_MS = 200  # a held key repeats at least so often
_SAME_MOMENT_MS = 40  # nobody lets go of a key and presses it again within so little
_HOLDING_KEYS = frozenset((Qt.Key.Key_Space, Qt.Key.Key_Select))
_STATES = {
    Stage.LISTENING: "Listening",
    Stage.TRANSCRIBING: "Writing down what you said",
    Stage.THINKING: "Waiting for the answer",
    Stage.SPEAKING: "Reading aloud",
}


class MicButton(QAbstractButton):
    """`talk` is emitted with True when it goes down and with False when it comes up."""

    talk = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._stage = Stage.IDLE
        self._live = False
        self._level = 0.0
        self._down = False
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Talk")
        # On X11 a held key repeats as releases and presses. Qt tells most of them from the last release, but now and then
        # takes that for a repeat's, or, on a busy machine, a repeat's for the last: what follows a release shows which it was.
        self._may_be_last = QTimer(self, singleShot=True)
        self._may_be_last.timeout.connect(self._let_go)
        self.pressed.connect(self._press)
        self.released.connect(self._release)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_SIZE), self._look.px(_SIZE))

    def show_session(self, session: Session) -> None:
        stage, listening = session.stage, session.listening
        if stage is not self._stage:
            self._stage = stage
            self.setAccessibleDescription(_STATES.get(stage, ""))
        self._live = listening is not None and listening.live
        self._level = listening.level if listening is not None else 0.0
        self.update()

    @Slot()
    def _press(self) -> None:
        self._down = True
        self.talk.emit(True)

    @Slot()
    def _release(self) -> None:
        if self._down:
            self._down = False
            self.talk.emit(False)

    @Slot()
    def _let_go(self) -> None:
        self.setDown(False)
        self._release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _HOLDING_KEYS and self._may_be_last.isActive():
            self._may_be_last.stop()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _HOLDING_KEYS and self._down:
            self._may_be_last.start(_REPEATS_WITHIN_MS if event.isAutoRepeat() else _SAME_MOMENT_MS)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isDown():
            self._release()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not self.isEnabled():
            self._release()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QRectF(self.rect()).center()
        core = self._look.px(_CORE) / 2
        listening = self._stage is Stage.LISTENING
        if listening and self._live:
            self._paint_level(painter, centre, core)
        self._paint_core(painter, centre, core)
        name, token = "microphone", "ink"
        if listening:
            name, token = "microphone-fill", "on_accent" if self._live else "accent"
        elif self._stage is Stage.TRANSCRIBING:
            name, token = "dots-three-outline-fill", "accent"
        size = self._look.px(18)
        where = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
        paint_icon(painter, name, where, self._look.colour(token))
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, core + self._look.px(4), core + self._look.px(4))
        painter.end()

    def _paint_level(self, painter: QPainter, centre: QPointF, core: float) -> None:
        """A ring as wide as the voice is loud."""
        room = self._look.px(_SIZE) / 2 - core
        ring = self._look.colour("accent")
        ring.setAlphaF(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ring)
        reach = core + room * min(1.0, self._level) ** 0.5
        painter.drawEllipse(centre, reach, reach)

    def _paint_core(self, painter: QPainter, centre: QPointF, core: float) -> None:
        look = self._look
        ground, edge = look.colour("hover" if self.underMouse() else "ground"), look.colour("line")
        if self._stage is Stage.LISTENING:
            edge = look.colour("accent")
            ground = edge if self._live else ground
        elif self._stage is Stage.TRANSCRIBING:
            edge = look.colour("accent")
        painter.setPen(QPen(edge, look.px(2)))
        painter.setBrush(ground)
        painter.drawEllipse(centre, core - 1, core - 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
