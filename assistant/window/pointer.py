"""What the pointer does in the conversation: it selects text, opens links, folds, and scrolls sideways."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

if TYPE_CHECKING:
    from assistant.window.conversation import ConversationView


class Pointer:
    """Does what the view's events of mouse and wheel ask for."""

    def __init__(self, view: "ConversationView") -> None:
        self._view = view

    def press(self, event: QMouseEvent) -> None:
        view, found = self._view, self._view.item_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or not found:
            return
        item, point = found
        if item.reasoning_rect.contains(point):
            view.unfold(item)
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        view.selection.press(item, item.place_at(point), extend=extend)
        view.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        found = self._view.item_at(event.position())
        if found:
            item, point = found
            self._view.selection.around(item, item.place_at(point), paragraph=False)
            self._view.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        view, found = self._view, self._view.item_at(event.position())
        if not found:
            return
        item, point = found
        if event.buttons() & Qt.MouseButton.LeftButton and view.selection.dragging:
            view.selection.drag(item, item.place_at(point))
            self._scroll_while_dragging(event.position().y())
            view.viewport().update()
            return
        view.overlay.hover(item)
        link = item.link_at(point)
        shape = Qt.CursorShape.ArrowCursor
        if link or item.reasoning_rect.contains(point):
            shape = Qt.CursorShape.PointingHandCursor
        elif item.over_text(point):
            shape = Qt.CursorShape.IBeamCursor
        view.viewport().setCursor(shape)
        view.viewport().setToolTip(link)

    def _scroll_while_dragging(self, y: float) -> None:
        beyond = min(0.0, y) + max(0.0, y - self._view.viewport().height())
        if beyond:
            self._view.verticalScrollBar().setValue(self._view.offset + int(beyond))

    def release(self, event: QMouseEvent) -> None:
        view, found = self._view, self._view.item_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or not found:
            return
        view.selection.release()
        item, point = found
        link = item.link_at(point)
        if link and view.selection.empty:
            view.open_link(link)

    def leave(self) -> None:
        QToolTip.hideText()
        self._view.overlay.hover(None)

    def scroll_sideways(self, event: QWheelEvent) -> bool:
        """Scroll the code or table under the pointer; False where the wheel asks for something else."""
        sideways = event.pixelDelta().x() or event.angleDelta().x() // 2
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = sideways or event.angleDelta().y() // 2
        found = self._view.item_at(event.position())
        if not (sideways and found and found[0].scroll_sideways(found[1], -sideways)):
            return False
        self._view.overlay.place()
        self._view.viewport().update()
        return True
