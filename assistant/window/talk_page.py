"""The page that is looked at all day: the conversation above, the composer below."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from assistant.settings import Settings
from assistant.turn.states import Session
from assistant.window.chips import Chips
from assistant.window.column import MARGIN, measure
from assistant.window.composer_card import ComposerCard
from assistant.window.desk import Desk
from assistant.window.header import Header
from assistant.window.icons import paint_icon
from assistant.window.look import Look
from assistant.window.notices import MissingBar, NoticeBar, RecoveryBar
from assistant.window.words import key_name

if TYPE_CHECKING:
    from assistant.turn.timeline import Timeline
    from assistant.window.conversation import ConversationView
    from assistant.window.timeline_strip import TimelineStrip

_COMPOSER_SHARE = 0.4  # of the window's height
_TIMELINE_SHARE = 0.25
_ROOM_FOR_CHIPS = 320  # px at 100 %; where the window is lower, the settings have what the chips have
_LOW = 290  # here the conversation is given what others can do without


class TalkPage(QWidget):
    """Arranges its parts; `MainWindow` connects them.

    The conversation and the developer panel are made when there is something to show: the window does not wait.
    """

    read_aloud = Signal(str)
    reading_stopped = Signal()
    answer_again = Signal()
    edit = Signal(str)
    request_wanted = Signal(str)
    timeline_hidden = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self._look = look
        self.setObjectName("page")
        self.header = Header(look, self)
        self.missing = MissingBar(look)
        self.recovery = RecoveryBar(look)
        self.notice = NoticeBar(look)
        self.card = ComposerCard(look)
        self.chips = Chips(desk)
        self._timeline: Timeline | None = None
        self.timeline_wanted = False
        self._empty = _Empty(look)
        self._middle = _Middle(self)
        self._middle.addWidget(self._empty)
        self._top = QVBoxLayout()
        self._bottom = QVBoxLayout()
        self._arrange()
        desk.preferences.changed.connect(self._follow_settings)
        self._follow_settings(desk.preferences.settings)

    def _arrange(self) -> None:
        px = self._look.px
        self._top.addWidget(self.missing)
        self._bottom.setSpacing(px(8))
        for widget in (self.recovery, self.notice, self.card, self.chips):
            self._bottom.addWidget(widget)
        self._bottom.setSpacing(px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._top)
        column.addWidget(self._middle, 1)
        column.addLayout(self._bottom)
        order = (
            self.header.list,
            self.header.new,
            self.header.more,
            self.card.composer,
            self.card.mic,
            self.card.send,
            *(self.chips.microphone, self.chips.recogniser, self.chips.model, self.chips.voice),
        )
        for one, following in itertools.pairwise(order):
            QWidget.setTabOrder(one, following)

    @cached_property
    def conversation(self) -> ConversationView:
        from assistant.window.conversation import ConversationView

        view = ConversationView(self._look)
        view.read_aloud.connect(self.read_aloud)
        view.reading_stopped.connect(self.reading_stopped)
        view.answer_again.connect(self.answer_again)
        view.edit.connect(self.edit)
        view.request_wanted.connect(self.request_wanted)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._middle.addWidget(view)
        QWidget.setTabOrder(self.header.more, view)
        QWidget.setTabOrder(view, self.card.composer)
        return view

    @cached_property
    def timeline(self) -> TimelineStrip:
        from assistant.window.timeline_strip import TimelineStrip

        strip = TimelineStrip(self._look)
        strip.hidden.connect(self.timeline_hidden)
        strip.show_timeline(self._timeline)
        strip.hide()
        self._bottom.addWidget(strip)
        QWidget.setTabOrder(self.chips.voice, strip.close_)
        return strip

    def show_session(self, session: Session) -> None:
        self.header.name(session.conversation.title or "New conversation")
        self.missing.show_session(session)
        self.notice.show_session(session)
        self.card.show_session(session)
        self.chips.show_session(session)
        self._show_timeline(session.timeline)
        self._fit()
        empty = not session.conversation.messages and session.reply is None
        self._middle.setCurrentWidget(self._empty if empty else self.conversation)
        if "conversation" in vars(self):
            self.conversation.show_turn(session.conversation, session.reply, session.speech)

    def _show_timeline(self, line: Timeline | None) -> None:
        if line != self._timeline:
            self._timeline = line
            if "timeline" in vars(self):
                self.timeline.show_timeline(line)

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        self.card.name_key(settings.keys.talk)
        self.card.composer.talk_key.use(settings.keys)
        self._empty.name_key(settings.keys.talk)
        self.show_timeline(settings.window.developer_panel)

    def show_timeline(self, wanted: bool) -> None:
        """Show the developer panel, where the window is high enough for it."""
        self.timeline_wanted = wanted
        self._fit()

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        self.header.line(value > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep bars and composer in the conversation's column, a little wider than its text."""
        px = self._look.px
        room = self.width()
        column = int(measure(self._look)) + 2 * px(MARGIN)
        side = max(px(12), (room - column) // 2)
        low = self.height() <= px(_LOW)
        bars = (self.missing, self.recovery, self.notice)
        self.header.slim(low)
        for bar in bars:
            bar.brief(low)
        gap = 8 if self.missing.isVisibleTo(self) or not low else 0
        self._top.setContentsMargins(side, 0, side, px(gap))
        self._bottom.setContentsMargins(side, px(4), side, px(8))
        left = self.height() - self._fit_timeline(low=low)
        self.chips.setVisible(left > px(_ROOM_FOR_CHIPS))
        share = _COMPOSER_SHARE
        if low:
            share /= 4 if any(bar.isVisibleTo(self) for bar in bars) else 2
        self.card.limit(int(self.window().height() * share))

    def _fit_timeline(self, *, low: bool) -> int:
        """Show it or not; the height that it takes, in px."""
        shown = self.timeline_wanted and not low
        if not shown and "timeline" not in vars(self):
            return 0
        self.timeline.limit(int(self.window().height() * _TIMELINE_SHARE))
        self.timeline.setVisible(shown)
        return self.timeline.sizeHint().height() if shown else 0


class _Middle(QStackedWidget):
    """What gives way where there is little room."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Empty(QWidget):
    """What to do, while there is no conversation."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._title.setProperty("kind", "title")
        self._more = QLabel("Or type below. Ctrl+/ shows every key.", self, wordWrap=True)
        self._more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more.setProperty("kind", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(48), look.px(24), 0)
        column.setSpacing(look.px(8))
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._more)
        column.addStretch(1)
        look.changed.connect(self.update)

    def name_key(self, talk: str) -> None:
        self._title.setText(f"Hold {key_name(talk)} and speak")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._title.setVisible(self.height() > self._look.px(100))
        self._more.setVisible(self.height() > self._look.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        size = self._look.px(32)
        top = self._title.geometry().top() - self._look.px(16) - size
        if top < 0 or self._title.isHidden():
            return
        painter = QPainter(self)
        where = QRectF((self.width() - size) / 2, top, size, size)
        paint_icon(painter, "microphone", where, self._look.colour("accent"))
        painter.end()
