"""What lies over the drawn conversation as real widgets: actions, copy buttons, and names for screen readers."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from assistant.window.item import Item
from assistant.window.look import Look
from assistant.window.strip import Action, ActionButton, Strip

if TYPE_CHECKING:
    from assistant.window.conversation import ConversationView

_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)^ {0,3}\1", re.MULTILINE | re.DOTALL)
_LONGEST_NAME = 2000  # characters a screen reader is given of a message at once


class Named(QLabel):
    """An invisible label over a message: what a screen reader finds there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The message is drawn by the view."""


class Overlay:
    """Keeps the widgets over the visible messages in their places."""

    def __init__(self, view: "ConversationView") -> None:
        self._view = view
        self._hovered: Item | None = None
        self._strips: dict[str, Strip] = {}
        self._copies: list[ActionButton] = []
        self._names: list[Named] = []

    @property
    def _look(self) -> Look:
        return self._view.look

    def hover(self, item: Item | None) -> None:
        if item is not self._hovered:
            self._hovered = item
            self.place()

    def place(self) -> None:
        """Bring every widget to where its message is now."""
        visible = self._view.visible()
        self._place_strips(visible)
        self._place_copies(visible)
        self._place_names(visible)

    def focus_actions(self) -> None:
        if "current" in self._strips:
            self._strips["current"].focus()

    def _place_strips(self, visible: list[Item]) -> None:
        items = self._view.items
        last = items[-1] if items and not (items[-1].mine or items[-1].shown.live) else None
        wanted = {"last": last, "current": self._view.current, "hovered": self._hovered}
        shown: list[Item] = []
        if not self._focus_within():
            wanted["current"] = self._view.current if self._view.hasFocus() else None
        for name in ("current", "last", "hovered"):
            item = wanted[name]
            strip = self._strips.get(name)
            if item is None or item in shown or item not in visible or item.shown.waiting_s is not None:
                if strip:
                    strip.hide()
                continue
            shown.append(item)
            if strip is None:
                strip = self._strips[name] = Strip(self._view.viewport(), self._look)
            actions = self._actions(item)
            strip.use(actions)
            x = self._view.column.right() - strip.width() if item.mine else self._view.column.left() - 5
            strip.move(int(x), int(item.top + item.strip_top - self._view.offset + self._look.px(2)))
            strip.show()

    def _focus_within(self) -> bool:
        strip = self._strips.get("current")
        focus = strip.focusWidget() if strip else None
        return bool(focus and focus.hasFocus())

    def _actions(self, item: Item) -> list[Action]:
        view, text = self._view, item.message.text
        actions = [Action("Copy", "copy", lambda: copy(text), confirms=True)] if text else []
        if code := _CODE.findall(text) if not item.mine else []:
            written = "\n\n".join(body.rstrip("\n") for _, body in code)
            actions.append(Action("Copy all code", "code", lambda: copy(written), confirms=True))
        if item.mine:
            return [
                *actions,
                Action("Edit as a new message", "pencil-simple", lambda: view.edit.emit(text)),
                Action("What the model sees", "eye", lambda: view.request_wanted.emit(text)),
            ]
        if text and view.spoken_item() is item:
            actions.append(Action("Stop reading", "stop-circle", view.reading_stopped.emit))
        elif text and not item.shown.live:
            actions.append(Action("Read aloud", "speaker-high", lambda: view.read_aloud.emit(text)))
        if item is view.items[-1] and not item.shown.live:
            actions.append(Action("Answer again", "arrow-clockwise", view.answer_again.emit))
        if item.message.reasoning:
            title = "Hide how it got there" if item.unfolded else "Show how it got there"
            actions.append(Action(title, "brain", lambda: view.unfold(item)))
        return actions

    def _place_copies(self, visible: list[Item]) -> None:
        view, used = self._view, 0
        height = view.viewport().height()
        for item in visible:
            top = view.offset - item.top
            for code, rect in item.code_blocks(top, top + height):
                action = Action("Copy code", "copy", lambda code=code: copy(code), confirms=True)  # type: ignore[misc]
                if used == len(self._copies):
                    button = ActionButton(view.viewport(), self._look, action)
                    button.setProperty("oncode", True)
                    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                    self._copies.append(button)
                button = self._copies[used]
                button.use(action)
                where = rect.translated(view.column.left(), item.top - view.offset)
                button.move(
                    int(where.right()) - button.width() - self._look.px(4),
                    int(where.top()) + self._look.px(4),
                )
                button.show()
                used += 1
        for button in self._copies[used:]:
            button.hide()

    def _place_names(self, visible: list[Item]) -> None:
        while len(self._names) < len(visible):
            self._names.append(Named(self._view.viewport()))
        for label, item in zip(self._names, visible, strict=False):
            who = "You" if item.mine else "Answer"
            label.setAccessibleName(f"{who}: {item.message.text[:_LONGEST_NAME]}")
            top = max(0, int(item.top - self._view.offset))
            bottom = min(self._view.viewport().height(), int(item.top + item.height - self._view.offset))
            left, width = int(self._view.column.left()), int(self._view.column.width())
            label.setGeometry(QRect(left, top, width, max(0, bottom - top)))
            label.lower()
            label.show()
        for label in self._names[len(visible) :]:
            label.hide()


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
