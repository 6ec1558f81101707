"""What a rule would change, in the words around: what was heard is struck out, what would be written stands behind it."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextEdit

from assistant.turn.corrections import Change
from assistant.window.look import Look, Text
from assistant.window.mirrored import from_right
from assistant.window.words import when

_HIGHEST = 240  # px at 100 %


class Preview(QTextEdit):
    """As high as what it shows, up to a limit."""

    def __init__(self, look: Look) -> None:
        super().__init__(readOnly=True, tabChangesFocus=True)
        self._look = look
        self._changes: Sequence[Change] = ()
        self.setProperty("kind", "card")
        self.setAccessibleName("What it would change")
        self.document().setDocumentMargin(look.px(8))
        look.changed.connect(self._write)
        self.hide()

    def show_changes(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self.setVisible(bool(changes))
        self._write()

    @Slot()
    def _write(self) -> None:
        now = dt.datetime.now().astimezone()
        self.document().setDefaultFont(self._look.font(Text.BODY))
        self.setHtml("".join(self._as_html(change, now) for change in self._changes))
        self._fit()

    def _as_html(self, change: Change, now: dt.datetime) -> str:
        colour = {name: self._look.colour(name).name() for name in ("muted", "ink", "heard")}
        marks = (
            f'<span style="color:{colour["muted"]}">{escape(when(change.at_s, now))} · </span>'
            f'{escape(change.before)}<s style="color:{colour["muted"]}">{escape(change.heard)}</s> '
            f'<b style="background:{colour["heard"]}">{escape(change.meant)}</b>{escape(change.after)}'
        )
        side = "right" if from_right(self.layoutDirection()) else "left"
        return f'<p align="{side}" style="margin:0 0 {self._look.px(6)}px 0">{marks}</p>'

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = int(self.document().size().height()) + 8
        self.setFixedHeight(min(wanted, self._look.px(_HIGHEST)))
