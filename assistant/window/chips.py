"""The chips under the composer: which microphone, recogniser, model and voice are in use, each with its menu."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from assistant.ports_controls import ChatServer, RecogniserOffer
from assistant.settings import Settings
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Part
from assistant.turn.states import Session
from assistant.window.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry of a chip's menu."""

    title: str
    act: Callable[[], None]
    chosen: bool = False
    divided: bool = False  # a line above it


class Chip(QToolButton):
    """An icon, a word, and a menu that is filled when it is opened. `look_up` finds out what to offer."""

    def __init__(
        self, desk: Desk, parent: QWidget, icon: str, name: str, fill: Callable[["Chip"], None]
    ) -> None:
        super().__init__(parent)
        self._desk, self._icon, self._name, self._fill = desk, icon, name, fill
        self._text = ""
        self.setProperty("chip", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(desk.look.px(14), desk.look.px(14)))
        self.setFixedHeight(desk.look.px(28))
        self.setMinimumWidth(desk.look.px(32))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._open)
        self.setMenu(self._menu)
        desk.look.changed.connect(self._draw)
        self._draw()

    def say(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(f"{self._name}: {text}")
            self.setToolTip(f"{self._name}: {text}")
            self._elide()

    def offer(self, offers: Iterable[Offer]) -> None:
        self._menu.clear()
        for offer in offers:
            if offer.divided:
                self._menu.addSeparator()
            action = QAction(offer.title.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(offer.chosen)
            if offer.chosen:
                action.setIcon(self._desk.look.icon("check", "accent"))
            action.triggered.connect(offer.act)
            self._menu.addAction(action)

    def tell(self, text: str) -> None:
        """Say something in the menu that cannot be chosen."""
        self._menu.clear()
        self._menu.addAction(text).setEnabled(False)

    @Slot()
    def _open(self) -> None:
        self.tell("Looking")
        self._fill(self)

    @Slot()
    def _draw(self) -> None:
        self.setIcon(self._desk.look.icon(self._icon))

    def sizeHint(self) -> QSize:
        room = self.fontMetrics().horizontalAdvance(self._text)
        return QSize(room + self._desk.look.px(34), self._desk.look.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._desk.look.px(32), self._desk.look.px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - self._desk.look.px(32)
        short = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, max(0, room))
        self.setText(" " + short if room > self._desk.look.px(14) else "")
        self.updateGeometry()


class Chips(QWidget):
    """`settings_wanted` carries the name of the settings' section that has more."""

    settings_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session: Session | None = None
        self.microphone = Chip(desk, self, "microphone", "Microphone", self._fill_microphones)
        self.recogniser = Chip(desk, self, "closed-captioning", "Recogniser", self._fill_recognisers)
        self.model = Chip(desk, self, "sparkle", "Model", self._fill_models)
        self.voice = Chip(desk, self, "speaker-high", "Voice", self._fill_voices)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.look.px(4))
        for chip in (self.microphone, self.recogniser, self.model, self.voice):
            row.addWidget(chip)
        row.addStretch(1)
        desk.preferences.changed.connect(self._show_settings)
        self._show_settings(desk.preferences.settings)

    def show_session(self, session: Session) -> None:
        self._session = session
        self._show_settings(self._desk.preferences.settings)

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        self.microphone.say(settings.hearing.microphone or self._label(Part.HEAR) or "Default")
        self.recogniser.say(self._label(Part.TRANSCRIBE) or settings.recogniser.model or "Best")
        self.model.say(settings.chat.model or self._label(Part.THINK) or "No model")
        voice = settings.speaking.voice or self._label(Part.SPEAK) or "Default"
        self.voice.say(voice if settings.speaking.replies else "Silent")

    def _label(self, part: Part) -> str:
        change = self._session.part(part) if self._session else None
        return change.label if change else ""

    def _look_up(self, chip: Chip, work: Callable[[], T], offers: Callable[[T], Iterable[Offer]]) -> None:
        self._desk.errands.run(
            work, lambda found: chip.offer(offers(found)), lambda fault: chip.tell(fault.message)
        )

    def _change(self, section: str, name: str, value: object) -> Callable[[], None]:
        return lambda: self._desk.preferences.change(section, name, value)

    def _more(self, title: str, section: str) -> Offer:
        return Offer(title, lambda: self.settings_wanted.emit(section), divided=True)

    def _fill_microphones(self, chip: Chip) -> None:
        chosen = self._desk.preferences.settings.hearing.microphone

        def offers(names: list[str]) -> list[Offer]:
            entries = [("", "The system's default"), *((name, name) for name in names)]
            found = [
                Offer(text, self._change("hearing", "microphone", name), name == chosen)
                for name, text in entries
            ]
            return [*found, self._more("Try it", "microphone")]

        self._look_up(chip, self._desk.controls.microphones, offers)

    def _fill_recognisers(self, chip: Chip) -> None:
        chosen = self._desk.preferences.settings.recogniser.model

        def offers(known: list[RecogniserOffer]) -> list[Offer]:
            entries = [
                ("", "The best that is here"),
                *((one.name, one.title) for one in known if one.installed),
            ]
            found = [
                Offer(text, self._change("recogniser", "model", name), name == chosen)
                for name, text in entries
            ]
            return [*found, self._more("Get another", "recogniser")]

        self._look_up(chip, self._desk.controls.recognisers, offers)

    def _fill_models(self, chip: Chip) -> None:
        chat = self._desk.preferences.settings.chat

        def offers(servers: list[ChatServer]) -> list[Offer]:
            found = []
            for server in servers:
                here = server.base_url == chat.base_url
                for model in server.models:
                    title = model if len(servers) == 1 else f"{model}  ({server.title})"
                    found.append(
                        Offer(title, self._choose_model(server, model), here and model == chat.model)
                    )
            return [*found, self._more("Connect another", "model")]

        self._look_up(chip, self._desk.controls.chat_servers, offers)

    def _choose_model(self, server: ChatServer, model: str) -> Callable[[], None]:
        desk = self._desk
        if server.base_url == desk.preferences.settings.chat.base_url:
            return self._change("chat", "model", model)

        def connect() -> None:
            desk.errands.run_in_order(
                lambda: desk.controls.connect(server.base_url, "", model), lambda _: desk.preferences.reload()
            )

        return connect

    def _fill_voices(self, chip: Chip) -> None:
        speaking = self._desk.preferences.settings.speaking

        def offers(names: list[str]) -> list[Offer]:
            entries = [("", "The system's default"), *((name, name) for name in names)]
            found = [
                Offer(text, self._change("speaking", "voice", name), name == speaking.voice)
                for name, text in entries
            ]
            toggle = self._change("speaking", "replies", not speaking.replies)
            return [
                Offer("Read answers aloud", toggle, speaking.replies),
                *(Offer(one.title, one.act, one.chosen, at == 0) for at, one in enumerate(found)),
                self._more("Speed", "voice"),
            ]

        self._look_up(chip, self._desk.controls.voices, offers)
