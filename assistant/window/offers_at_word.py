"""The list of what a word may be, where the word stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal, Slot

from assistant.window.announce import announce
from assistant.window.drawing import block_line_rects
from assistant.window.live_text import right_to_left
from assistant.window.look import Look
from assistant.window.offers import Offer, hint_about, offers, title_about
from assistant.window.worded import Known
from assistant.window.wording import Spot

if TYPE_CHECKING:
    from assistant.window.composer import Composer
    from assistant.window.offers_list import OffersList


class OffersAtWord(QObject):
    """`chosen` carries the offer that was clicked. The list goes along with its word, and is told to screen readers."""

    chosen = Signal(int)

    def __init__(self, composer: "Composer", look: Look) -> None:
        super().__init__(composer)
        self._composer = composer
        self._wording = composer.wording
        self._look = look
        self._list: OffersList | None = None
        self.spot: Spot | None = None
        self.offers: list[Offer] = []
        # After the layout, which the text may have changed.
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place)

    @property
    def is_open(self) -> bool:
        return self.spot is not None

    @property
    def row(self) -> int:
        """Which offer is selected; -1 for none."""
        return self._list.row if self._list is not None else -1

    def open(self, spot: Spot, known: Known) -> None:
        if self._list is None:
            self._list = self._make_list()
        self.spot, self.offers = spot, offers(known)
        word = self._wording.text(*self._wording.core(spot))
        title, hint = title_about(known), hint_about(known, word, offered=bool(self.offers))
        self._list.fill(self.offers, title, hint)
        self.follow()
        rows = ". ".join(
            f"{number} {offer.text}{', ' + offer.aside if offer.aside else ''}"
            for number, offer in enumerate(self.offers, 1)
        )
        announce(self._composer, f"{word}. {title}. {rows}. {hint}")

    def close(self) -> None:
        self.spot = None
        if self._list is not None:
            self._list.hide()

    def step(self, by: int) -> None:
        """Select the offer so many further down."""
        offer = self._list.step(by) if self._list is not None else None
        if offer is not None:
            announce(self._composer, f"{self.row + 1} {offer.text}")

    def _make_list(self) -> "OffersList":
        from assistant.window.offers_list import OffersList

        made = OffersList(self._look, self._composer.window())
        made.chosen.connect(self.chosen)
        around = self._composer.parentWidget()
        while around is not None:
            around.installEventFilter(self)
            around = around.parentWidget()
        return made

    # its place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.follow()
        return False

    def follow(self) -> None:
        """Let the list go along with its word."""
        if self.is_open:
            self._placing.start()

    @Slot()
    def _place(self) -> None:
        if self.spot is not None and self._list is not None:
            rects = self.rects(self.spot)
            word = self._wording.text(self.spot.start, self.spot.end)
            if rects:
                whole = QRect(rects[0])
                whole.setBottom(rects[-1].bottom())
                self._list.open(whole, from_right=right_to_left(word))

    def rects(self, spot: Spot) -> list[QRect]:
        """Where a word stands in the window, line by line."""
        composer = self._composer
        block = composer.document().findBlock(spot.start)
        top_left = composer.blockBoundingGeometry(block).translated(composer.contentOffset()).topLeft()
        start, end = (position - block.position() for position in self._wording.core(spot))
        corner = composer.viewport().mapTo(composer.window(), composer.viewport().rect().topLeft())
        return [
            rect.translated(top_left).toAlignedRect().translated(corner)
            for rect in block_line_rects(block, start, end)
        ]
