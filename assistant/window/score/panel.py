"""A score of one's own, in a panel: one sentence after the other, then what was understood of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from assistant.ports_score import Scored, TakenScore
from assistant.turn.events import Fault, Goal
from assistant.turn.states import Session
from assistant.window.announce import announce
from assistant.window.desk import Desk
from assistant.window.panel import Panel
from assistant.window.score.course import Course
from assistant.window.score.foot import Foot
from assistant.window.score.readings import Readings
from assistant.window.score.views import Beginning, Result, Sentence
from assistant.window.words import key_name

TITLE = "A score of your own"

_TALL = 560  # px at 100 %
_SCROLLS = {
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
}


class ScorePanel(Panel):
    """While it is seen, the talk key reads a sentence."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.look, parent, TITLE)
        self._desk = desk
        self._session: Session | None = None
        self._known: tuple[Fault, ...] = ()
        self._fault: Fault | None = None
        self._hurry = False  # it was asked to start before the sentences were there
        self._announced = ""
        self.course = Course(desk, self)
        self._beginning = Beginning(desk.look)
        self._sentence = Sentence(desk.look)
        self._result = Result(desk.look)
        self._view: QWidget = self._beginning
        self._area = QScrollArea(widgetResizable=True)
        self._foot = Foot(desk.look)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        body = QWidget()
        body.setObjectName("body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        for view in (self._beginning, self._sentence, self._result):
            column.addWidget(view)
        self._area.setWidget(body)
        self._area.setObjectName("body")
        self._area.setStyleSheet("QWidget#body { background: transparent; }")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(TITLE)
        self._area.setMinimumHeight(1)
        self.column.addLayout(self.head(TITLE))
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self._foot)

    def _connect(self) -> None:
        self._foot.again.clicked.connect(self.course.again)
        self._foot.stop.clicked.connect(self.escape)
        self._foot.go.clicked.connect(self._go_on)
        for view in (self._sentence, self._result):
            view.again.connect(self._read_that)
        self.course.offered.connect(self._offer)
        self.course.compared.connect(self._show_compared)
        self.course.scored.connect(self._show_scored)
        self.course.failed.connect(self._complain)

    # opening and leaving

    def begin(self) -> None:
        """Open it, with the scores until now."""
        if self.isHidden():
            self._known = self._session.notices if self._session is not None else ()
            self._fault = None
            self._hurry = False
            self._show(self._beginning)
            self.open(self._foot.go)
            self._update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(self._beginning)
        self.course.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.course.close()

    @Slot()
    def escape(self) -> None:
        """Stop reading, and show what was understood; where nothing was, and where nobody reads, leave."""
        if not self._reading:
            self.close_()
            return
        self.course.stop()
        self._show(self._result if self.course.readings is not None else self._beginning)
        self._result.show_sentences(self.course.found)
        self._update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._reading:  # a stray click does not end it
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            if isinstance(focused, QAbstractButton):
                focused.click()
            else:
                self._go_on()
        elif event.key() == Qt.Key.Key_Backspace and self._reading:
            self.course.again()
        elif event.key() in _SCROLLS:
            self._area.verticalScrollBar().triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # what happens

    @property
    def _reading(self) -> bool:
        return self._view is self._sentence

    @Slot()
    def _go_on(self) -> None:
        """What the large button does."""
        course, readings = self.course, self.course.readings
        if readings is not None and readings.listening is not None:
            course.end_sentence()
            return
        if readings is None or (readings.complete and not self._reading):
            if not course.ready:
                self._hurry = True
                return
            self._start(None)
        elif readings.current == readings.count:
            return  # the last text is on its way
        self._show(self._sentence)
        course.read()
        self._update()

    def _start(self, first_turn: int | None) -> None:
        self.course.start(self._beginning.chosen, first_turn)
        self._sentence.show_before(None, ())
        self._show(self._sentence)

    @Slot(int)
    def _read_that(self, sentence: int) -> None:
        self._show(self._sentence)
        self.course.read_that(sentence)
        self._foot.go.setFocus()
        self._update()

    def show_session(self, session: Session) -> None:
        self._session = session
        if self.isHidden():
            self.course.show_session(session)
            return
        listening, readings = session.listening, self.course.readings
        if listening is not None and listening.goal is Goal.TRIAL and not self._reading and self.course.ready:
            if readings is None or readings.complete:  # the talk key
                self._start(listening.turn)
            self._show(self._sentence)
        new = [one for one in session.notices if one not in self._known]
        self._fault = new[-1] if new else None
        self.course.show_session(session)
        self._update()

    @Slot(object, object)
    def _offer(self, sets: Mapping[int, Sequence[str]], taken: Sequence[TakenScore]) -> None:
        self._beginning.show_scores(sets, taken)
        self._update()
        if self._hurry:
            self._go_on()

    @Slot(int)
    def _show_compared(self, sentence: int) -> None:
        if self._reading:
            self._sentence.show_before(sentence, self.course.found[sentence])
        else:
            self._result.show_sentences(self.course.found)

    @Slot(object)
    def _show_scored(self, scored: Scored) -> None:
        self._result.show_scored(scored)
        readings = self.course.readings
        if readings is not None and readings.complete and self._reading:
            self._show(self._result)
            self._result.show_sentences(self.course.found)
            announce(self, self._result.in_words)
            self._update()

    @Slot(object)
    def _complain(self, fault: Fault) -> None:
        self._fault = fault
        self._update()

    # what is seen

    def wanted_height(self) -> int:
        """The same for all that is shown in it, so that nothing jumps."""
        return self._look.px(_TALL)

    def _show(self, view: QWidget) -> None:
        for one in (self._beginning, self._sentence, self._result):
            one.setVisible(one is view)
        self._view = view
        self._area.verticalScrollBar().setValue(0)

    def _update(self) -> None:
        readings, reading = self.course.readings, self._reading
        if readings is not None and reading:
            self._show_sentence(readings)
        key = key_name(self._desk.preferences.settings.keys.talk)
        self._foot.show_state(readings, reading=reading, key=key)
        self._foot.complain(self._fault)

    def _show_sentence(self, readings: Readings) -> None:
        shown = min(readings.current, readings.count - 1)
        text = self.course.sentences[shown]
        self._sentence.show_sentence(shown, readings.count, text)
        if text != self._announced:
            self._announced = text
            self._area.verticalScrollBar().setValue(0)
            announce(self, text)
