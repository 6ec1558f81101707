"""A sheet of the settings: a heading with the way back, and sections below each other."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assistant.settings import Settings
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.mirrored import backwards, set_margins
from assistant.window.settings_page.parts import Section, label
from assistant.window.strip import QuietButton

_MEASURE = 520  # px at 100 %


class Sheet(QWidget):
    """`left` is emitted when the user goes back."""

    left = Signal()

    def __init__(self, desk: Desk, title: str, kinds: Mapping[str, type[Section]]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.title = title
        self._desk = desk
        self.sections = {name: section(desk) for name, section in kinds.items()}
        self._back = QuietButton(self, desk.look, "Back", backwards(self), 36)
        self._back.clicked.connect(self.left)
        self._body = QWidget()
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._goal: Section | None = None  # until somebody goes on from there
        self._focused = False  # whether the goal has been given the focus
        self._session: Session | None = None
        self._arrange()
        self._body.installEventFilter(self)
        self._area.verticalScrollBar().actionTriggered.connect(self._forget_goal)
        QApplication.instance().focusChanged.connect(self._move_on)  # type: ignore[union-attr]
        for section in self.sections.values():
            section.in_sight.connect(self._bring_into_sight)
            section.concerns_others.connect(self._look_anew)

    def _arrange(self) -> None:
        px = self._desk.look.px
        head = QHBoxLayout()
        set_margins(self, head, px(6), px(6), px(16), px(6))
        head.setSpacing(px(8))
        head.addWidget(self._back)
        head.addWidget(label(self.title, "strong"), 1)
        body = self._body
        body.setObjectName("page")
        column = self._column = QVBoxLayout(body)
        column.setSpacing(px(36))
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self._area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._desk.look.px
        side = max(px(16), (self.width() - px(_MEASURE)) // 2)
        set_margins(self, self._column, side, px(8), side - px(10), px(32))  # 10 for the scroll bar

    def fill(self, settings: Settings) -> None:
        for section in self.sections.values():
            section.fill(settings)

    def show_session(self, session: Session) -> None:
        self._session = session
        if self.isVisible():
            for section in self.sections.values():
                section.show_session(session)

    def go_to(self, name: str) -> None:
        """Bring a section to the top, and keep it there while those above it are still being filled."""
        self._goal = self.sections[name]
        self._focused = False
        self._scroll_to_goal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() is QEvent.Type.Wheel:
            self._forget_goal()
        elif event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._scroll_to_goal)
        return False

    @Slot()
    def _forget_goal(self) -> None:
        self._goal = None

    @Slot(QWidget, QWidget)
    def _move_on(self, _: QWidget | None, focused: QWidget | None) -> None:
        """Whoever goes to another control of the sheet has seen the goal."""
        if self._focused and focused is not None and self.isAncestorOf(focused):
            self._forget_goal()

    @Slot()
    def _scroll_to_goal(self) -> None:
        layout = self._body.layout()
        if layout is not None and self._goal is not None:
            layout.activate()
            self._area.verticalScrollBar().setValue(self._goal.y() - self._desk.look.px(8))
            if not self._focused:
                self._focused = self._goal.focus_first()

    @Slot(object)
    def _bring_into_sight(self, part: QWidget) -> None:
        self._forget_goal()
        layout = self._body.layout()
        if layout is not None:
            layout.activate()
        self._area.ensureWidgetVisible(part, 0, self._desk.look.px(16))

    @Slot()
    def _look_anew(self) -> None:
        for section in self.sections.values():
            section.opened()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._forget_goal()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_anew()
        if self._session is not None:
            self.show_session(self._session)
