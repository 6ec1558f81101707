"""Icons: glyphs of the Phosphor font that QtAwesome brings along.

The font is read as a file: importing QtAwesome itself would delay the window by a third of a second.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap


@cache
def _font_family() -> str:
    identifier = QFontDatabase.addApplicationFont(str(_font_file("phosphor-*.ttf")))
    return QFontDatabase.applicationFontFamilies(identifier)[0]


@cache
def _glyphs() -> dict[str, str]:
    codes: dict[str, str] = json.loads(_font_file("phosphor-charmap-*.json").read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


def load() -> None:
    """Have the font ready before something is painted."""
    _font_family()
    _glyphs()


def _font_file(pattern: str) -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise AssertionError("QtAwesome is not installed")
    return next((Path(spec.submodule_search_locations[0]) / "fonts").glob(pattern))


def paint_icon(painter: QPainter, name: str, where: QRectF, colour: QColor) -> None:
    """Draw the icon of this Phosphor name centred in `where`, as high as that is."""
    font = QFont(_font_family())
    font.setPixelSize(max(1, round(where.height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, _glyphs()[name])
    painter.restore()


def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon of this Phosphor name; sharp at every size and scale."""
    return QIcon(_Engine(name, QColor(colour), QColor(disabled)))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
        paint_icon(painter, self._name, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._disabled)
