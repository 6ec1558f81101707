"""The card at the bottom: the composer, the microphone button, what is going on, and send or stop."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from assistant.turn.events import Goal
from assistant.turn.states import Listening, Session, Stage, Transcribing
from assistant.turn.transcript import Transcript
from assistant.window.composer import Composer
from assistant.window.elided import ElidedLabel
from assistant.window.icons import paint_icon
from assistant.window.live_text import LiveText
from assistant.window.look import Look
from assistant.window.mic_button import MicButton
from assistant.window.words import clock, key_name

_RADIUS = 14
_ROOM_FOR_HINT = 60  # px at 100 %
_BESIDE_LINES = 2  # at the least, where the composer is full


class SendButton(QAbstractButton):
    """An arrow that sends, or a square that stops."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.stops = False
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_use(stops=False, enabled=False)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(36), self._look.px(36))

    def show_use(self, *, stops: bool, enabled: bool) -> None:
        self.stops = stops
        self.setEnabled(enabled)
        name = "Stop" if stops else "Send"
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({'Esc' if stops else 'Enter'})")
        shape = Qt.CursorShape.PointingHandCursor if enabled else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, mark = ("ink", "ground") if self.stops else ("accent", "on_accent")
        if not self.isEnabled():
            ground, mark = "hover", "muted"
        circle = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("ink" if ground == "accent" else "accent"), 2))
            painter.drawEllipse(circle.adjusted(-1, -1, 1, 1))
            circle.adjust(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawEllipse(circle)
        size = look.px(14 if self.stops else 16)
        where = QRectF(circle.center().x() - size / 2, circle.center().y() - size / 2, size, size)
        paint_icon(painter, "stop-fill" if self.stops else "arrow-up-bold", where, look.colour(mark))
        painter.end()


class ComposerCard(QWidget):
    """Shows what the user is saying; `submitted` and `stopped` are the button and Enter."""

    submitted = Signal(str)
    stopped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._session: Session | None = None
        self._key = ""
        self.composer = Composer(look, self)
        self.mic = MicButton(look, self)
        self._state = ElidedLabel(self)
        self._state.setProperty("kind", "secondary")
        self._beside = LiveText(look, self)
        self._placed = 0  # the turn whose words stand in the composer
        self._most = look.px(200)
        self.send = SendButton(look, self)
        self._arrange()
        self.composer.submitted.connect(self._submit)
        self.composer.textChanged.connect(self._update)
        self.composer.focused.connect(self._redraw)
        self.composer.doubted.connect(self._show_state)
        self.composer.resized.connect(self._fit_beside)
        self._beside.rewrapped.connect(self._fit_beside)
        self.send.clicked.connect(self._send_or_stop)
        look.changed.connect(self._redraw)

    def _arrange(self) -> None:
        px = self._look.px
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(self.mic)
        row.addWidget(self._state, 1)
        row.addWidget(self.send)
        text = QVBoxLayout()
        text.setContentsMargins(px(10), 0, px(4), 0)  # the microphone has a margin of its own, for its ring
        text.setSpacing(px(4))
        text.addWidget(self.composer)
        text.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(12), px(8), px(4))
        column.setSpacing(px(4))
        column.addLayout(text)
        column.addLayout(row)
        QWidget.setTabOrder(self.composer, self.mic)
        QWidget.setTabOrder(self.mic, self.send)

    def name_key(self, talk: str) -> None:
        """Say which key is to be held."""
        self._key = key_name(talk)
        self._say_hint()
        self._show_state()

    def _say_hint(self) -> None:
        roomy = self._most > self._look.px(_ROOM_FOR_HINT)
        self.composer.hint(f"Hold {self._key} and speak{', or type' if roomy else ''}")

    def show_session(self, session: Session) -> None:
        self._session = session = _without_trials(session)
        listening = session.listening
        heard = listening is not None and listening.live
        self.composer.islands.listen(
            *(listening.turn, listening.duration_s) if heard and listening else (0, 0.0)
        )
        self.composer.talk_key.talk(listening.since if listening is not None else None)
        self.composer.listens_again = bool(session.looks)
        self.mic.show_session(session)
        self._show_state()
        self._update()
        self.update()

    @Slot()
    def _redraw(self) -> None:
        self.update()

    @Slot()
    def _show_state(self) -> None:
        self._state.say(self.state_text())

    def state_text(self) -> str:
        session = self._session
        if session is None:
            return ""
        listening = session.listening
        if listening is not None:
            if not listening.live:
                return "Opening the microphone"
            what = "Dictating" if listening.goal is Goal.DICTATE else "Listening"
            return f"{what} {clock(listening.duration_s)}"
        if session.stage is Stage.TRANSCRIBING:
            return "Writing it down"
        if session.looks:
            return "Listening again, Esc stops"
        doubts = self.composer.doubts
        if doubts:
            return "Tab to the doubtful word" if doubts == 1 else f"Tab to {doubts} doubtful words"
        return f"Hold {self._key}" if self._key else ""

    def place(self, transcript: Transcript, doubt_below: float) -> None:
        """Put the transcript into the composer, where what was understood of it so far has no place any more."""
        self._placed = transcript.turn
        self.composer.place(transcript, doubt_below)

    def write_instead(self, transcript: Transcript, text: str) -> None:
        """The transcript spells what is to stand instead of the selected words."""
        self._placed = transcript.turn
        self.composer.write_instead(text)

    def limit(self, most_px: int) -> None:
        """The composer, and what is being said beside its text, grow no higher than this."""
        self._most = most_px
        self.composer.limit(most_px)
        self._say_hint()
        self._fit_beside()

    def _show_live(self, session: Session) -> None:
        """What is understood so far stands in the composer while that is empty, and below what stands there."""
        words, firm = "", 0
        said: list[Transcribing | Listening] = list(session.transcribing)
        if session.listening is not None:
            said.append(session.listening)
        for one in said:
            if one.tentative is not None and one.turn != self._placed:
                words, firm = one.tentative.text, len(one.tentative.first(one.firm))
        empty = self.composer.document().isEmpty()
        self.composer.show_live(words if empty else "", firm)
        self._beside.show_words("" if empty else words, firm)
        self._fit_beside()

    @Slot()
    def _fit_beside(self) -> None:
        room = self._most - self.composer.height()
        self._beside.setFixedHeight(self._beside.fitting(room, _BESIDE_LINES))

    @Slot()
    def _update(self) -> None:
        """Show what depends on both the session and the text."""
        if self._session is not None:
            self._show_live(self._session)
        stage = self._session.stage if self._session else Stage.IDLE
        text = not self.composer.blank
        saying = stage in (Stage.LISTENING, Stage.TRANSCRIBING)
        answering = self._session is not None and (self._session.reply or self._session.speech) is not None
        self.send.show_use(stops=answering and not text and not saying, enabled=text or saying or answering)
        self._show_state()

    @Slot()
    def _send_or_stop(self) -> None:
        if self.send.stops:
            self.stopped.emit()
        else:
            self._submit(self.composer.toPlainText())

    @Slot(str)
    def _submit(self, text: str) -> None:
        stage = self._session.stage if self._session else Stage.IDLE
        if text.strip() or stage in (Stage.LISTENING, Stage.TRANSCRIBING):
            self.submitted.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._look.colour("line")
        stage = self._session.stage if self._session else Stage.IDLE
        if stage in (Stage.LISTENING, Stage.TRANSCRIBING):
            edge = self._look.colour("accent")
        elif self.composer.hasFocus():
            edge = self._look.colour("muted")
            edge.setAlphaF(0.55)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(self._look.colour("raised"))
        radius = self._look.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()


def _without_trials(session: Session) -> Session:
    """What is said to try it has no place in the composer."""
    if not session.trials:
        return session
    listening, transcribing = session.listening, session.transcribing
    if listening is not None and listening.goal is Goal.TRIAL:
        listening = None
    others = tuple(one for one in transcribing if one.goal is not Goal.TRIAL)
    return replace(session, listening=listening, transcribing=others)
