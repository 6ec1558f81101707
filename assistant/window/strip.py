"""The actions under a message: small quiet buttons, reachable by pointer and by Tab."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from assistant.turn.dataclass import dataclass
from assistant.window.look import Look

_SIZE = 28  # px at 100 %
_CONFIRMED_MS = 1200


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does. `confirms` shows a tick for a moment, as copying has nothing else to show."""

    name: str
    icon: str
    act: Callable[[], None]
    confirms: bool = False


class QuietButton(QToolButton):
    """An icon that says its name to pointers and screen readers."""

    def __init__(self, parent: QWidget, look: Look, name: str, icon: str, size: int = _SIZE) -> None:
        super().__init__(parent)
        self._look, self._icon_name, self._colour = look, icon, "muted"
        self.setProperty("quiet", True)
        self.setFixedSize(look.px(size), look.px(size))
        self.setIconSize(QSize(look.px(18), look.px(18)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.rename(name)
        look.changed.connect(self._draw)
        self._draw()

    def rename(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def show_icon(self, icon: str, colour: str = "muted") -> None:
        if (icon, colour) != (self._icon_name, self._colour):
            self._icon_name, self._colour = icon, colour
            self._draw()

    @Slot()
    def _draw(self) -> None:
        self.setIcon(self._look.icon(self._icon_name, self._colour))


class ActionButton(QuietButton):
    """One action of a strip, or of a code block."""

    def __init__(self, parent: QWidget, look: Look, action: Action) -> None:
        super().__init__(parent, look, action.name, action.icon)
        self.action_ = action
        self._confirmed = QTimer(self, singleShot=True, interval=_CONFIRMED_MS)
        self._confirmed.timeout.connect(self._settle)
        self.clicked.connect(self._act)

    def use(self, action: Action) -> None:
        """Serve another action; a tick still shown for the same one stays."""
        if action.name != self.action_.name:
            self._confirmed.stop()
            self.rename(action.name)
            self.show_icon(action.icon)
        self.action_ = action

    @Slot()
    def _act(self) -> None:
        self.action_.act()
        if self.action_.confirms:
            self.show_icon("check", "accent")
            self._confirmed.start()

    @Slot()
    def _settle(self) -> None:
        self.show_icon(self.action_.icon)


class Strip(QWidget):
    """The buttons of one message."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: list[ActionButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(2))

    def use(self, actions: list[Action]) -> None:
        for at, action in enumerate(actions):
            if at < len(self._buttons):
                self._buttons[at].use(action)
            else:
                button = ActionButton(self, self._look, action)
                self._buttons.append(button)
                self._row.addWidget(button)
            self._buttons[at].show()
        for button in self._buttons[len(actions) :]:
            button.hide()
        self.setFixedSize(self.wanted(len(actions)))

    def wanted(self, count: int) -> QSize:
        size, gap = self._look.px(_SIZE), self._look.px(2)
        return QSize(max(0, count * (size + gap) - gap), size)

    def focus(self, *, first: bool = True) -> None:
        visible = [button for button in self._buttons if not button.isHidden()]
        if visible:
            visible[0 if first else -1].setFocus(Qt.FocusReason.TabFocusReason)
