"""Makes widgets look as `Look` says: one palette and one style sheet for the whole window."""

import re

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from assistant.window.look import Look, Text
from assistant.window.mirrored import from_right


def palette(look: Look) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for which, token in (
        (role.Window, "ground"),
        (role.WindowText, "ink"),
        (role.Base, "ground"),
        (role.AlternateBase, "raised"),
        (role.Text, "ink"),
        (role.Button, "raised"),
        (role.ButtonText, "ink"),
        (role.BrightText, "ink"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "ink"),
        (role.Accent, "accent"),
        (role.Link, "accent"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "ground"),
        (role.Mid, "line"),
        (role.Light, "raised"),
        (role.Dark, "line"),
        (role.Shadow, "line"),
    ):
        made.setColor(which, look.colour(token))
    made.setColor(QPalette.ColorGroup.Disabled, role.Text, look.colour("muted"))
    made.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, look.colour("muted"))
    return made


def sheet(look: Look) -> str:
    """The style sheet: @px8 stands for 8 px at 100 %, @font_body for a size of text, @ground for a colour."""
    text = re.sub(r"@px(\d+)", lambda size: f"{look.px(int(size.group(1)))}px", _SHEET)
    text = re.sub(
        r"@font_(\w+)", lambda kind: f"{look.font(Text[kind.group(1).upper()]).pixelSize()}px", text
    )
    if from_right(QApplication.layoutDirection()):
        # what lies to the left of the handle is what is left to go
        text = text.replace("QSlider::sub-page", "QSlider::add-page")
    return re.sub(r"@(\w+)", lambda token: str(getattr(look.tokens, token.group(1))), text)


_SHEET = """
* { font-size: @font_body; color: @ink; }
QMainWindow, QStackedWidget, QScrollArea, QWidget#page { background: @ground; }
QScrollArea { border: none; }
QLabel { background: transparent; }
QLabel[kind="secondary"] { font-size: @font_secondary; color: @muted; }
QLabel[kind="title"] { font-size: @font_title; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="danger"] { font-size: @font_secondary; color: @danger; }

QToolButton { border: 2px solid transparent; border-radius: @px8; padding: @px2; background: transparent; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @line; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[oncode="true"] { background: @raised; }
QToolButton[oncode="true"]:hover { background: @hover; }
QToolButton[chip="true"] { font-size: @font_secondary; color: @muted; padding: 0 @px4; }
QToolButton[chip="true"]:hover { color: @ink; }

QPushButton {
  background: @raised; color: @ink; border: 2px solid transparent; border-radius: @px8;
  padding: @px4 @px12; min-height: @px24;
}
QPushButton:hover { background: @hover; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @muted; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; font-weight: 600; }
QPushButton[kind="primary"]:focus { border-color: @ink; }
QPushButton[kind="primary"]:disabled { background: @hover; color: @muted; }
QPushButton[kind="link"] { background: transparent; color: @accent; padding: @px4 @px8; font-weight: 600; }
QPushButton[kind="link"]:hover { background: @hover; }
QLabel[brief="true"], QPushButton[brief="true"] { font-size: @font_secondary; }
QPushButton[brief="true"] { min-height: 0; padding: 0; }

QPlainTextEdit { background: transparent; placeholder-text-color: @muted; selection-background-color: @selection; selection-color: @ink; }
QLineEdit, QSpinBox {
  placeholder-text-color: @muted;
  background: @raised; border: 2px solid transparent; border-radius: @px8;
  padding: @px4 @px8; min-height: @px24;
  selection-background-color: @selection; selection-color: @ink;
}
QLineEdit:focus, QSpinBox:focus { border-color: @accent; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; }
QLineEdit[frameless="true"] { background: transparent; border: none; }

QComboBox { background: transparent; border: none; padding-left: @px8; }
QComboBox QAbstractItemView { background: @raised; selection-background-color: @hover; selection-color: @ink; outline: none; }
QListView { background: transparent; border: none; outline: none; }
QListView[kind="card"], QTextEdit[kind="card"] {
  background: @raised; border: 2px solid transparent; border-radius: @px8; padding: @px2;
  selection-background-color: @selection; selection-color: @ink;
}
QListView[kind="card"]:focus, QTextEdit[kind="card"]:focus { border-color: @accent; }

QScrollBar:vertical { background: transparent; width: @px10; margin: 0; }
QScrollBar::handle:vertical { background: @line; border-radius: @px3; margin: @px2; min-height: @px32; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar::handle:vertical:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; height: 0; width: 0;
}

QMenu { background: @raised; border: 1px solid @line; border-radius: @px8; padding: @px4; }
QMenu::item { padding: @px6 @px16 @px6 @px8; border-radius: @px6; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: @px4 @px8; }
QMenu::indicator { width: 0; }
QMenu::icon { padding-left: @px8; }

QToolTip { background: @ink; color: @ground; border: none; padding: @px4 @px8; font-size: @font_secondary; }

QSlider { min-height: @px28; }
QSlider::groove:horizontal { height: @px4; background: @line; border-radius: @px2; }
QSlider::sub-page:horizontal { background: @accent; border-radius: @px2; }
QSlider::handle:horizontal {
  background: @accent; border: 2px solid @ground; width: @px16; margin: -@px8 0; border-radius: @px10;
}
QSlider::handle:horizontal:focus { border-color: @ink; }

QProgressBar { background: @line; border: none; border-radius: @px2; max-height: @px4; min-height: @px4; }
QProgressBar::chunk { background: @accent; border-radius: @px2; }
"""
