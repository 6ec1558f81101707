"""What the language model sees: the request of the present conversation, word for word."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFont, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from assistant.ports_controls import Request, SentMessage
from assistant.settings import Settings
from assistant.turn.events import Fault
from assistant.turn.states import Session
from assistant.turn.transcript import Word
from assistant.window.desk import Desk
from assistant.window.elided import ElidedLabel
from assistant.window.look import Text
from assistant.window.panel import Panel
from assistant.window.settings_page.switch import Switch
from assistant.window.strip import Action, ActionButton
from assistant.window.units import units

_CHARACTERS_PER_TOKEN = 4  # of English; nobody but the server knows better
_WHO = {"system": "Instructions", "user": "You", "assistant": "Answer"}
_TALL = 2000  # px at 100 %; as high as there is room for

Draft = Callable[[], tuple[str, tuple[Word, ...]]]


class RequestPanel(Panel):
    """`draft` tells what stands in the composer, which would be the next question."""

    def __init__(self, desk: Desk, parent: QWidget, draft: Draft) -> None:
        super().__init__(desk.look, parent, "What the model sees")
        self._desk = desk
        self._draft = draft
        self._asked = 0
        self._request: Request | None = None
        self._wanted = ""
        self._session: Session | None = None
        copy = Action("Copy as JSON", "copy", self._copy, confirms=True)
        self._copied = ActionButton(self.card, desk.look, copy)
        self._about = ElidedLabel()
        self._about.setProperty("kind", "secondary")
        self._tell = Switch(desk.look, "Tell the model what was dictated")
        self._tell.clicked.connect(self._choose)
        self._text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.setAccessibleName("The request")
        self._text.document().setDocumentMargin(desk.look.px(16))
        self._arrange()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._ask)
        desk.preferences.changed.connect(self._follow_settings)
        desk.look.changed.connect(self._fill)

    def _arrange(self) -> None:
        px = self._look.px
        top = QVBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), px(8))
        top.setSpacing(px(4))
        top.addWidget(self._about)
        top.addWidget(self._tell)
        self.column.addLayout(self.head("What the model sees", self._copied))
        self.column.addLayout(top)
        self.column.addWidget(self._text, 1)
        self._text.setMinimumHeight(px(24))
        QWidget.setTabOrder(self._text, self._tell)

    def show_request(self, at: str = "") -> None:
        """Open it, at the message with the text `at`, else at the newest."""
        self._wanted = at
        self._request = None
        self._text.clear()
        self._about.say("")
        self._tell.setChecked(self._desk.preferences.settings.terms.tell_model)
        self.open(self._text)
        self._ask()

    def show_session(self, session: Session) -> None:
        """What is shown follows the conversation."""
        before, self._session = self._session, session
        same = before is not None and before.conversation is session.conversation
        if self.isVisible() and not (before and same and (before.reply is None) == (session.reply is None)):
            self._later.start()

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        self._tell.setChecked(settings.terms.tell_model)
        if self.isVisible():
            self._later.start()

    @Slot()
    def _choose(self) -> None:
        self._desk.preferences.change("terms", "tell_model", self._tell.isChecked(), self._failed)

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        number, controls, (draft, words) = self._asked, self._desk.controls, self._draft()
        self._desk.errands.run(
            lambda: controls.what_the_model_sees(draft, words),
            lambda request: self._take(number, request),
            self._failed,
        )

    def _failed(self, fault: Fault) -> None:
        self._about.say(f"{fault.message} {fault.hint}".strip())

    def _take(self, number: int, request: Request) -> None:
        if number == self._asked and request != self._request:
            self._request = request
            self._about.say(_about(request))
            self._fill()

    @Slot()
    def _fill(self) -> None:
        request = self._request
        if request is None:
            return
        text, places = written(request.messages)
        scrolled = self._text.verticalScrollBar().value() if self._text.toPlainText() else None
        self._text.setPlainText(text)
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        for start, end in places:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(self._heading())
        cursor.endEditBlock()
        if scrolled is not None:
            self._text.verticalScrollBar().setValue(scrolled)
        elif places:
            self._go_to(_place_of(self._wanted, request.messages, places))

    def _heading(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold)
        form.setProperty(QTextCharFormat.Property.FontPixelSize, self._look.font(Text.SECONDARY).pixelSize())
        form.setForeground(self._look.colour("muted"))
        return form

    def _go_to(self, place: int) -> None:
        """With the heading at `place` at the top, as far as there is text below it."""
        cursor = self._text.textCursor()
        cursor.setPosition(place)
        self._text.setTextCursor(cursor)
        self._text.verticalScrollBar().setValue(cursor.block().firstLineNumber())

    def _copy(self) -> None:
        if self._request is not None:
            QGuiApplication.clipboard().setText(self._request.body)

    def wanted_height(self) -> int:
        return self._look.px(_TALL)


def written(messages: tuple[SentMessage, ...]) -> tuple[str, list[tuple[int, int]]]:
    """The messages below each other, each under a heading; and where the headings begin and end, as Qt counts."""
    text, places, at = [], [], 0
    for message in messages:
        heading = f"{_WHO.get(message.role, message.role)} · {_size(len(message.text))}"
        body = f"\n{_whole(message.text)}\n\n"
        places.append((at, at + units(heading)))
        text += [heading, body]
        at += units(heading) + units(body)
    return "".join(text).rstrip("\n"), places


def _about(request: Request) -> str:
    what, where = _size(sum(len(one.text) for one in request.messages)), urlsplit(request.server).netloc
    if not where:
        return f"No model is connected: {what}"
    model = request.model or "The model"
    return f"{'Sent to ' if request.sent else ''}{model}: {what}, at {where}"


def _size(characters: int) -> str:
    tokens = round(characters / _CHARACTERS_PER_TOKEN)
    return f"{characters:,} characters, about {tokens:,} token{'' if tokens == 1 else 's'}"


def _place_of(text: str, messages: tuple[SentMessage, ...], places: list[tuple[int, int]]) -> int:
    """Where the heading of the newest message with this text is."""
    found = [start for message, (start, _) in zip(messages, places, strict=True) if text in message.text]
    return found[-1] if found else places[-1][0]


def _whole(text: str) -> str:
    """As Qt can show it: no half of a surrogate pair, one way to end a line."""
    return "\n".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").splitlines())
