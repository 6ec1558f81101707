"""What lies over the window's pages now and then: a score of one's own, what the model sees."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from assistant.turn.states import Session
from assistant.window.desk import Desk

if TYPE_CHECKING:
    from assistant.window.request_panel import Draft, RequestPanel
    from assistant.window.score.panel import ScorePanel


class Panels(QObject):
    """Each is made when it is first asked for. `over` is what they lie over."""

    def __init__(self, desk: Desk, over: QWidget, draft: "Draft") -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._draft = draft
        self._session: Session | None = None

    @cached_property
    def request(self) -> "RequestPanel":
        from assistant.window.request_panel import RequestPanel

        return RequestPanel(self._desk, self._over, self._draft)

    @cached_property
    def score(self) -> "ScorePanel":
        from assistant.window.score.panel import ScorePanel

        return ScorePanel(self._desk, self._over)

    @Slot()
    def show_request(self) -> None:
        """What the model sees, at its newest message."""
        self._use(self.request)
        self.request.show_request()

    @Slot(str)
    def show_request_at(self, text: str) -> None:
        """What the model sees, at the message with this text."""
        self._use(self.request)
        self.request.show_request(text)

    @Slot()
    def take_score(self) -> None:
        self._use(self.score)
        self.score.begin()

    def show_session(self, session: Session) -> None:
        self._session = session
        for panel in self._made():
            panel.show_session(session)

    def escape(self) -> bool:
        """Leave what is open, or what goes on in it; False where nothing is."""
        for panel in self._made():
            if not panel.isHidden():
                panel.escape()
                return True
        return False

    def _made(self) -> "list[ScorePanel | RequestPanel]":
        return [vars(self)[name] for name in ("score", "request") if name in vars(self)]

    def _use(self, panel: "ScorePanel | RequestPanel") -> None:
        """One at a time, and up to date."""
        for other in self._made():
            if other is not panel:
                other.close_()
        if self._session is not None:
            panel.show_session(self._session)
