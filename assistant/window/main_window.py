"""The window: connects what is seen with the program's controls, and keys with what they do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from assistant.settings import Settings
from assistant.turn.conversation import Role
from assistant.turn.events import Remedy
from assistant.turn.states import Session, Stage
from assistant.window.bridge import Bridge
from assistant.window.clipboard import Clipboard
from assistant.window.commands import DEVELOPER_PANEL, WHAT_THE_MODEL_SEES, Command, give_commands
from assistant.window.desk import Desk
from assistant.window.panels import Panels
from assistant.window.place import Place
from assistant.window.style import palette, sheet
from assistant.window.talk_page import TalkPage
from assistant.window.wishes import Wishes
from assistant.window.words import keys_in_use
from assistant.window.writing import Writing

if TYPE_CHECKING:
    from assistant.window.finder import Entry, Finder
    from assistant.window.keys_sheet import KeysSheet
    from assistant.window.settings_page import SettingsPage

_SECTION_OF = {
    Remedy.CONNECT_MODEL: "model",
    Remedy.GET_RECOGNISER: "recogniser",
    Remedy.CHOOSE_MICROPHONE: "microphone",
    Remedy.CHOOSE_VOICE: "voice",
    Remedy.CHOOSE_KEY: "keys",
    Remedy.LOOK_AT_RULE: "rules",
}
_SMALLEST = (340, 420)  # px, whatever the size of text


class MainWindow(QMainWindow):
    """`closed` is emitted when the user closes it; `quit_asked` when the program is to end.

    The settings, the finder and the sheet of keys are made when they are first asked for: the window does not wait.
    """

    closed = Signal()
    quit_asked = Signal()
    shown = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, place_file: Path) -> None:
        super().__init__()
        self._desk = desk
        self._wishes = Wishes(desk, self)
        self._clipboard = Clipboard(desk, self)
        self._place = Place(self, place_file)
        self.session: Session | None = None
        self.talk = TalkPage(desk)
        doubt_below = desk.preferences.settings.window.doubt_below
        self._writing = Writing(self.talk.card, self._wishes, bridge, doubt_below)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.talk)
        self.setCentralWidget(self._pages)
        self.panels = Panels(desk, self._pages, self._writing.draft)
        self._commands = self._give_commands()
        self._dress()
        self.setWindowTitle("Aloud")
        self.setMinimumSize(*_SMALLEST)
        self._place.restore(desk.look)
        self._connect_bridge(bridge)
        self._connect_parts()
        self.talk.card.composer.setFocus()
        desk.errands.run(desk.controls.unfinished, self.talk.recovery.offer)

    def _connect_bridge(self, bridge: Bridge) -> None:
        bridge.session.connect(self.show_session)
        bridge.raised.connect(self.come_forward)
        bridge.quitting.connect(self.quit_asked)

    def _connect_parts(self) -> None:
        talk, desk, wishes = self.talk, self._desk, self._wishes
        desk.look.changed.connect(self._dress)
        desk.preferences.changed.connect(self._follow_settings)
        desk.errands.failed.connect(wishes.notice)
        talk.header.list.clicked.connect(self._find_conversation)
        talk.header.new.clicked.connect(self._new_conversation)
        talk.header.more.clicked.connect(self._open_settings)
        talk.missing.remedied.connect(self._remedy)
        talk.missing.download_stopped.connect(wishes.stop_download)
        talk.notice.remedied.connect(self._remedy)
        talk.notice.dismissed.connect(wishes.dismiss)
        talk.recovery.wanted.connect(wishes.take_up)
        talk.card.stopped.connect(wishes.cancel)
        talk.card.mic.talk.connect(wishes.talk)
        talk.chips.settings_wanted.connect(self.open_section)
        talk.read_aloud.connect(wishes.read_aloud)
        talk.reading_stopped.connect(wishes.stop_speaking)
        talk.answer_again.connect(wishes.answer_again)
        talk.edit.connect(self._edit)
        talk.request_wanted.connect(self.panels.show_request_at)
        talk.timeline_hidden.connect(self._toggle_timeline)

    # what is made when it is asked for

    @cached_property
    def settings(self) -> SettingsPage:
        from assistant.window.settings_page import SettingsPage

        page = SettingsPage(self._desk)
        self._pages.addWidget(page)
        page.left.connect(self.back)
        page.score_wanted.connect(self.panels.take_score)
        if self.session is not None:
            page.show_session(self.session)
        return page

    @cached_property
    def finder(self) -> Finder:
        from assistant.window.finder import Finder

        finder = Finder(self._desk, self._pages, self._entries)
        finder.opened.connect(self._open_conversation)
        return finder

    @cached_property
    def keys(self) -> KeysSheet:
        from assistant.window.keys_sheet import KeysSheet

        return KeysSheet(self._desk.look, self._pages)

    @property
    def _in_settings(self) -> bool:
        return self._pages.currentWidget() is not self.talk

    # what comes from the engine

    @Slot(object)
    def show_session(self, session: Session) -> None:
        self.session = session
        self._writing.show_session(session)
        self._clipboard.show_session(session)
        title = session.conversation.title
        self.setWindowTitle(f"{title} – Aloud" if title else "Aloud")
        self.talk.show_session(session)
        self.panels.show_session(session)
        if "settings" in vars(self):
            self.settings.show_session(session)
        self.shown.emit(session)

    @Slot()
    def come_forward(self) -> None:
        """To the front, from wherever it is."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # what is asked for

    @Slot(object)
    def _remedy(self, remedy: Remedy) -> None:
        """Do what the button of a notice promises."""
        if remedy is Remedy.ANSWER_AGAIN:
            self._wishes.answer_again()
        elif remedy is Remedy.TRANSCRIBE_AGAIN:
            self._wishes.transcribe_again()
        elif remedy is Remedy.OPEN_CONVERSATION:
            self._find_conversation()
        else:
            if remedy is Remedy.LOOK_AT_RULE:
                self._wishes.dismiss()  # nothing is amiss
            self.open_section(_SECTION_OF[remedy])

    @Slot(str)
    def _open_conversation(self, identifier: str) -> None:
        self.back()
        self._wishes.open_conversation(identifier)

    @Slot()
    def _new_conversation(self) -> None:
        self._open_conversation("")

    # commands

    def _give_commands(self) -> list[Command]:
        commands = (
            ("New conversation", "note-pencil", "Ctrl+N", self._new_conversation),
            ("Stop speaking", "stop-circle", "Ctrl+.", self._wishes.stop_speaking),
            ("Edit the last message", "pencil-simple", "Ctrl+Up", self._edit_last),
            ("Correct the last dictation", "pencil-simple", "Ctrl+Shift+Up", self._wishes.correct_dictation),
            ("Settings", "gear", "Ctrl+,", self._open_settings),
            ("What the model sees", "eye", WHAT_THE_MODEL_SEES, self.panels.show_request),
            ("A score of your own", "gauge", "", self.panels.take_score),
            ("Developer panel", "timer", DEVELOPER_PANEL, self._toggle_timeline),
            ("Every key", "keyboard", "Ctrl+/", self._show_keys),
            ("Quit", "sign-out", "Ctrl+Q", self.quit_asked.emit),
            ("Find anything", "", "Ctrl+K", self._find_anything),
            ("Stop, cancel, dismiss", "", "Esc", self._escape),
        )
        return give_commands(self, commands)

    @Slot()
    def _escape(self) -> None:
        """Leave what lies over the conversation; else stop and cancel; else dismiss."""
        for panel in filter(None, map(vars(self).get, ("finder", "keys"))):
            if not panel.isHidden():
                panel.close_()
                return
        if self.panels.escape() or (self._in_settings and self.settings.capturing):
            return
        self._writing.cancel()
        if self.session and self.session.stage not in (Stage.IDLE, Stage.EDITING):
            self._wishes.cancel()
        elif self._in_settings:
            self.settings.leave()
        elif self.session and self.session.looks:
            self._wishes.listen_no_more()
        elif self.session and self.session.notices:
            self._wishes.dismiss()

    @Slot()
    def _edit_last(self) -> None:
        messages = self.session.conversation.messages if self.session else ()
        mine = [message.text for message in messages if message.role is Role.USER]
        if mine:
            self._edit(mine[-1])

    @Slot(str)
    def _edit(self, text: str) -> None:
        self.back()
        self._writing.edit(text)

    @Slot()
    def _find_anything(self) -> None:
        self.finder.search(everything=True)

    @Slot()
    def _find_conversation(self) -> None:
        self.finder.search(everything=False)

    @Slot()
    def _toggle_timeline(self) -> None:
        self.back()
        wanted = not self.talk.timeline_wanted
        self.talk.show_timeline(wanted)
        self._desk.preferences.change("window", "developer_panel", wanted)

    @Slot()
    def _show_keys(self) -> None:
        parts = self.session.parts if self.session else ()
        self.keys.show_keys(*keys_in_use(self._desk.preferences.settings, parts))

    def _entries(self) -> Sequence[Entry]:
        """What can be found besides conversations."""
        from assistant.window.finder import Entry

        commands = (Entry(do.text(), icon, do.trigger, keys) for do, icon, keys in self._commands if icon)
        settings = (
            self._setting(name, section.title, sheet.title)
            for sheet in self.settings.sheets
            for name, section in sheet.sections.items()
        )
        return [*commands, *settings]

    def _setting(self, name: str, title: str, sheet: str) -> Entry:
        from assistant.window.finder import Entry

        def act() -> None:
            self.open_section(name)

        return Entry(title, "gear", act, sheet, words=f"settings {sheet}")

    # pages

    @Slot()
    def _open_settings(self) -> None:
        self._pages.setCurrentWidget(self.settings)
        self.settings.go_home()
        self.settings.setFocus()

    @Slot(str)
    def open_section(self, name: str) -> None:
        """The settings, at one of their sections."""
        self._open_settings()
        self.settings.go_to(name)

    @Slot()
    def back(self) -> None:
        self._pages.setCurrentWidget(self.talk)
        self.talk.card.composer.setFocus()

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        self._desk.look.use(settings.window.theme)

    @Slot()
    def _dress(self) -> None:
        look = self._desk.look
        self.setPalette(palette(look))
        self.setStyleSheet(sheet(look))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._place.keep()
        event.accept()
        self.closed.emit()
