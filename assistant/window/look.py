"""What everything looks like now: colours, fonts and sizes, following the system and the setting while it runs."""

import sys
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QStyle

from assistant.window import icons
from assistant.window.theme import DARK, LIGHT, Tokens

# What the systems call an ordinary text size, in pixels at 100 %.
_ORDINARY_PX = {"win32": 12.0, "darwin": 13.0}.get(sys.platform, 14.7)
_ORDINARY_DPI = 72.0 if sys.platform == "darwin" else 96.0


class Text(Enum):
    """Kinds of text: size in pixels at 100 %, weight."""

    BODY = (14, QFont.Weight.Normal)
    STRONG = (14, QFont.Weight.DemiBold)
    SECONDARY = (12, QFont.Weight.Normal)
    TITLE = (17, QFont.Weight.DemiBold)
    HEADING_1 = (18, QFont.Weight.DemiBold)
    HEADING_2 = (16, QFont.Weight.DemiBold)
    MONO = (13, QFont.Weight.Normal)


class Look(QObject):
    """`changed` is emitted when colours change; sizes stay for the life of the program.

    `letter` is the average width of a letter of the body's text, in px.
    """

    changed = Signal()

    def __init__(self, theme: str = "system") -> None:
        super().__init__()
        self._theme = theme
        hints = QGuiApplication.styleHints()
        self._system = hints.colorScheme()
        hints.colorSchemeChanged.connect(self._system_changed)
        self._scale = _text_scale()
        self._mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.tokens = self._choose()
        self.letter = QFontMetricsF(self.font(Text.BODY)).averageCharWidth()

    @Slot(Qt.ColorScheme)
    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system = scheme
        self._update()

    def use(self, theme: str) -> None:
        """Follow "system", or stay "light" or "dark"."""
        self._theme = theme
        self._update()

    def _update(self) -> None:
        tokens = self._choose()
        if tokens is not self.tokens:
            self.tokens = tokens
            self.changed.emit()

    def _choose(self) -> Tokens:
        dark = self._theme == "dark" or (self._theme == "system" and self._system is Qt.ColorScheme.Dark)
        return DARK if dark else LIGHT

    @property
    def dark(self) -> bool:
        return self.tokens is DARK

    def px(self, at_100_percent: float) -> int:
        """A size in pixels for the user's text size."""
        return round(at_100_percent * self._scale)

    def font(self, kind: Text) -> QFont:
        size, weight = kind.value
        font = QFont(QApplication.font())
        if kind is Text.MONO:
            font.setFamily(self._mono)
            font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def colour(self, token: str) -> QColor:
        return QColor(getattr(self.tokens, token))

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        return icons.icon(name, getattr(self.tokens, colour), self.tokens.line)

    @property
    def motion(self) -> bool:
        """False where the system asks for reduced motion."""
        return bool(QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration))


def _text_scale() -> float:
    screen = QGuiApplication.primaryScreen()
    dpi = screen.logicalDotsPerInch() if screen else _ORDINARY_DPI
    return max(1.0, dpi / _ORDINARY_DPI, QFontInfo(QApplication.font()).pixelSize() / _ORDINARY_PX)
