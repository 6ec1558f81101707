"""The messages below each other: where each stands, and which of them are rendered.

Only what is looked at is rendered and exact; the rest has a guessed height. When a guess becomes exact, what is on
the screen stays where it is.
"""

import bisect

from assistant.turn.conversation import Message, Role
from assistant.turn.dataclass import dataclass
from assistant.turn.states import Reply
from assistant.window.column import MARGIN
from assistant.window.item import Item, Shown
from assistant.window.look import Look

_KEPT_SCREENS = 3  # how far around the view rendered text is kept
_MOST_PASSES = 8  # an exact height can bring another guess into view


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What stays where it is on the screen: a piece of an item, `y` px below the top of the view."""

    item: Item
    piece: int
    y: float


class Stack:
    """`items` are the messages in order, `total` the height of all of them."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.items: list[Item] = []
        self.total = 0
        self._messages: tuple[Message, ...] = ()
        self._reply: Reply | None = None
        self._rendered: set[Item] = set()

    # which messages

    def clear(self) -> None:
        self.items.clear()
        self._rendered.clear()
        self._messages, self._reply = (), None

    def show(
        self, messages: tuple[Message, ...], reply: Reply | None, waiting_s: float | None
    ) -> set[Item] | None:
        """Hold these messages, and the answer on its way. Returns what is gone; None where nothing changed."""
        if messages is self._messages and reply is self._reply:
            return None
        first = self._common(messages)
        wanted = [Shown(message) for message in messages[first:]]
        if reply is not None:
            live = Message(reply.turn, Role.ASSISTANT, reply.text, reasoning=reply.reasoning)
            wanted.append(Shown(live, live=True, waiting_s=waiting_s))
        gone: set[Item] = set()
        for at, shown in enumerate(wanted, first):
            if at < len(self.items) and self.items[at].shown.key == shown.key:
                self.items[at].show(shown)
            else:
                gone |= self._cut(at)
                self.items.append(Item(self._look, shown))
        gone |= self._cut(first + len(wanted))
        self._messages, self._reply = messages, reply
        return gone

    def _common(self, messages: tuple[Message, ...]) -> int:
        """How many messages at the beginning are the very same as before."""
        if messages is self._messages:
            return len(messages)
        for at, (new, old) in enumerate(zip(messages, self._messages, strict=False)):
            if new is not old:
                return at
        return min(len(messages), len(self._messages))

    def _cut(self, at: int) -> set[Item]:
        gone = set(self.items[at:])
        del self.items[at:]
        self._rendered -= gone
        return gone

    def forget(self) -> None:
        """Render everything anew when it is looked at."""
        for item in self.items:
            item.forget()

    # where they are

    def between(self, top: float, bottom: float) -> list[Item]:
        """The items that reach between these heights."""
        first = max(0, bisect.bisect_right(self.items, top, key=_top_of) - 1)
        last = bisect.bisect_left(self.items, bottom, key=_top_of)
        return [item for item in self.items[first:last] if item.top + item.height > top]

    def at(self, y: float) -> Item | None:
        """The item at this height, else the nearest above it, else the first."""
        return self.items[max(0, bisect.bisect_right(self.items, y, key=_top_of) - 1)] if self.items else None

    def lay_out(self, width: int, height: int, offset: int | None) -> int:
        """Make exact what is seen through a view of this size at `offset` (None is the end); returns its new offset."""
        anchor = self._anchor(offset, height) if offset is not None else None
        for item in self.items:
            item.guess(width)
        top = self._place(anchor, height, offset)
        for _ in range(_MOST_PASSES):
            changed = False
            for item in self.between(top, top + height):
                changed |= item.layout(width, top - item.top, top - item.top + height)
                self._rendered.add(item)
            top = self._place(anchor, height, offset)
            if not changed:
                break
        self._release(top, height)
        return round(top)

    def _place(self, anchor: _Anchor | None, height: int, offset: int | None) -> float:
        """Give every item its top; returns where the view's top is then."""
        y = float(self._look.px(MARGIN))
        for item in self.items:
            item.top = y
            y += item.height
        self.total = int(y)
        most = max(0, self.total - height)
        if offset is None:
            return most
        if anchor is None:
            return min(most, offset)
        return min(most, max(0.0, anchor.item.top + anchor.item.anchor_y(anchor.piece) - anchor.y))

    def _anchor(self, offset: int, height: int) -> _Anchor | None:
        """The first exact piece that is seen, else the first of all."""
        first = None
        for item in self.between(offset, offset + height):
            found = item.anchor(offset - item.top, offset + height - item.top)
            if found is None:
                continue
            exact, piece = found
            anchor = _Anchor(item, piece, item.top + item.anchor_y(piece) - offset)
            if exact:
                return anchor
            first = first or anchor
        return first

    def _release(self, top: float, height: int) -> None:
        """Give back what was rendered far from here."""
        above, below = top - _KEPT_SCREENS * height, top + height + _KEPT_SCREENS * height
        for item in self._rendered:
            item.release(above - item.top, below - item.top)
        self._rendered &= set(self.between(above, below))


def _top_of(item: Item) -> float:
    return item.top
