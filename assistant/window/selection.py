"""What is selected in the conversation: from a place in one message to a place in the same or another."""

from PySide6.QtGui import QClipboard, QGuiApplication

from assistant.window.flow import BEGIN, END, Place
from assistant.window.item import Item

_Point = tuple[int, Place]
"""The index of an item, and a place in it."""


class Selection:
    """Begins at an anchor and follows the pointer."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._anchor: _Point | None = None
        self._end: _Point | None = None
        self.dragging = False

    @property
    def empty(self) -> bool:
        return self._anchor is None or self._anchor == self._end

    def clear(self) -> None:
        self._anchor = self._end = None
        self.dragging = False

    def clip(self, count: int) -> None:
        """Only the first `count` items are left."""
        if self._anchor and self._end and max(self._anchor[0], self._end[0]) >= count:
            self.clear()

    def press(self, item: Item, place: Place, *, extend: bool) -> None:
        point = (self._items.index(item), place)
        if not extend or self._anchor is None:
            self._anchor = point
        self._end = point
        self.dragging = True

    def drag(self, item: Item, place: Place) -> None:
        self._end = (self._items.index(item), place)

    def release(self) -> None:
        self.dragging = False
        clipboard = QGuiApplication.clipboard()
        if not self.empty and clipboard.supportsSelection():
            clipboard.setText(self.text(), QClipboard.Mode.Selection)

    def around(self, item: Item, place: Place, *, paragraph: bool) -> None:
        """Select the word or the paragraph at a place."""
        index = self._items.index(item)
        start, end = item.around(place, paragraph=paragraph)
        self._anchor, self._end = (index, start), (index, end)

    def all(self) -> None:
        self._anchor, self._end = (0, BEGIN), (len(self._items) - 1, END)

    def within(self, item: Item) -> tuple[Place, Place] | None:
        """The part of it that lies in an item."""
        if self.empty:
            return None
        (first, start), (last, end) = self._ordered()
        index = self._items.index(item)
        if not first <= index <= last:
            return None
        return start if index == first else BEGIN, end if index == last else END

    def text(self) -> str:
        """What is selected; whole messages as they were written, in Markdown."""
        if self.empty:
            return ""
        (first, _), (last, _) = self._ordered()
        parts = [
            item.text_between(*span) for item in self._items[first : last + 1] if (span := self.within(item))
        ]
        return "\n\n".join(parts)

    def _ordered(self) -> tuple[_Point, _Point]:
        if self._anchor is None or self._end is None:
            raise AssertionError("nothing is selected")
        return min(self._anchor, self._end), max(self._anchor, self._end)
