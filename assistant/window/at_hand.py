"""The message at hand: the keys go from one message to the next, and the actions are those of this one."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.window.announce import announce
from assistant.window.item import Item

if TYPE_CHECKING:
    from assistant.window.conversation import ConversationView

_STEP = 96  # px at 100 %, through a message that is taller than the view
_ABOVE = 8


class AtHand:
    """`item` is the message at hand, None before there was any."""

    def __init__(self, view: "ConversationView") -> None:
        self._view = view
        self.item: Item | None = None

    def let_go(self, gone: Collection[Item]) -> None:
        """These messages are no more."""
        if self.item in gone:
            self.item = None

    def take(self) -> None:
        """Have a message at hand, among those that are seen."""
        visible = self._view.visible()
        if self.item not in visible and visible:
            self.item = visible[-1]
        self._show()

    def step(self, direction: int) -> None:
        """To the next message; through a message that is taller than the view first."""
        view = self._view
        visible = view.visible()
        if not visible:
            return
        if self.item not in visible:
            self._go_to(visible[-1] if direction < 0 else visible[0])
            return
        top = self.item.top - view.offset
        below = top + self.item.strip_top - view.viewport().height()
        if (direction < 0 and top < 0) or (direction > 0 and below > 0):
            view.verticalScrollBar().setValue(view.offset + direction * view.look.px(_STEP))
            return
        at = view.items.index(self.item) + direction
        if 0 <= at < len(view.items):
            self._go_to(view.items[at])

    def _go_to(self, item: Item) -> None:
        """Take it, and bring it into sight."""
        view = self._view
        self.item = item
        height, above = view.viewport().height(), view.look.px(_ABOVE)
        if item.top < view.offset:
            view.verticalScrollBar().setValue(int(item.top + min(0, item.height - height)) - above)
        elif item.top + item.height > view.offset + height:
            low = item.top + min(item.height, height) - height
            view.verticalScrollBar().setValue(int(low) + above)
        announce(view, f"{'You' if item.mine else 'Answer'}: {item.message.text}")
        self._show()

    def _show(self) -> None:
        self._view.overlay.place()
        self._view.viewport().update()
