"""Putting words right: from doubt to doubt, and what else it may have been."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor

from assistant.turn.transcript import Origin
from assistant.window.asking import Asking
from assistant.window.junction import fitted
from assistant.window.look import Look
from assistant.window.offers import Offer, chosen, offers, title_about
from assistant.window.offers_at_word import OffersAtWord
from assistant.window.placing import put
from assistant.window.worded import Known, corrected
from assistant.window.wording import Spot

if TYPE_CHECKING:
    from assistant.window.composer import Composer

_CONTEXT = 200  # characters before a word that tell whether it begins a sentence
_PLAIN, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Mending(QObject):
    """Keys and clicks that are for a word rather than for letters."""

    def __init__(self, composer: "Composer", look: Look) -> None:
        super().__init__(composer)
        self._composer = composer
        self._wording = composer.wording
        self._list = OffersAtWord(composer, look)
        self._list.chosen.connect(self._choose)
        self._home: QTextCursor | None = None
        self._moving = False
        self.asking = Asking(composer, self._open_here, self._has_offers)
        composer.cursorPositionChanged.connect(self._moved)
        composer.textChanged.connect(self._moved)
        composer.verticalScrollBar().valueChanged.connect(self._moved)

    @property
    def is_open(self) -> bool:
        return self._list.is_open

    # from doubt to doubt

    def step(self, *, following: bool) -> bool:
        """To the next doubtful word, or the one before; False where there is none further on."""
        if not self._composer.doubts:
            return False
        cursor = self._composer.textCursor()
        spot = self._wording.next_doubt(cursor.selectionEnd()) if following else None
        if not following:
            spot = self._wording.previous_doubt(cursor.selectionStart())
        if spot is None:
            return False
        if self._on_doubt(cursor) and (
            (following and spot.start < cursor.selectionEnd())
            or (not following and spot.end > cursor.selectionStart())
        ):
            self.close()
            return False
        if self._home is None:
            self._home = QTextCursor(cursor)
        self._go_to(spot)
        return True

    def _on_doubt(self, cursor: QTextCursor) -> bool:
        if not cursor.hasSelection():
            return False
        spots = self._wording.between(cursor.selectionStart(), cursor.selectionEnd())
        return len(spots) == 1 and spots[0].known is not None and spots[0].known.doubtful

    def _go_to(self, spot: Spot) -> None:
        self._select(spot)
        self._composer.ensureCursorVisible()
        self._open(spot)

    def _select(self, spot: Spot) -> None:
        self._moving = True
        self._composer.go_to(*self._wording.core(spot))
        self._moving = False

    def _go_home(self) -> None:
        """Back to where the user was writing: what is said next goes there."""
        if self._home is not None:
            self._composer.go_to(self._home.position(), self._home.position())
            self._home = None

    # the list

    def _open(self, spot: Spot) -> None:
        if spot.known is not None:
            self._list.open(spot, spot.known)

    def follow(self) -> None:
        """Let the list go along with its word."""
        self._list.follow()

    def reopen(self) -> None:
        """More is known of the word that is selected."""
        spot = self._here()
        if spot is not None and spot.known is not None and _is_marked(spot.known):
            self._go_to(spot)

    def close(self) -> None:
        self._list.close()

    @Slot()
    def _moved(self) -> None:
        if not self._moving:
            self.close()

    @Slot(int)
    def _choose(self, row: int) -> None:
        spot = self._list.spot
        if spot is None or spot.known is None or not 0 <= row < len(self._list.offers):
            return
        self._replace(spot, spot.known, self._list.offers[row])
        self._go_on(spot.start)

    def _replace(self, spot: Spot, known: Known, offer: Offer) -> None:
        standing = self._wording.text(spot.start, spot.end)
        before = self._wording.text(spot.start - _CONTEXT, spot.start)
        exact = bool(offer.source)
        text = fitted(offer.text, standing, before, exact=exact)
        with self._composer.one_step() as cursor:
            longer = put(self._wording, cursor, spot.start, spot.end, chosen(known, offer, text))
        end = spot.end + longer
        self._composer.go_to(end, end)
        self._composer.tell_edited()

    def _accept(self, spot: Spot, known: Known) -> None:
        """The word is right as it is."""
        with self._composer.one_step() as cursor:
            cursor.setPosition(spot.start)
            cursor.setPosition(spot.end, QTextCursor.MoveMode.KeepAnchor)
            key = self._wording.add(replace(known, doubtful=False, settled=True))
            cursor.setCharFormat(self._wording.written(key))
        self._composer.go_to(spot.end, spot.end)
        if not self._composer.doubts:
            self._go_home()

    def _go_on(self, position: int) -> None:
        """To the next doubtful word, or back to where the user was."""
        spot = self._wording.next_doubt(position) if self._composer.doubts else None
        if spot is not None:
            self._go_to(spot)
        else:
            self.close()
            self._go_home()

    def _bring_back(self) -> bool:
        """Let what was heard stand again instead of the term right before the cursor."""
        cursor = self._composer.textCursor()
        spot = self._list.spot or self._wording.at(cursor.selectionEnd())
        if spot is None or spot.known is None or spot.known.word.origin is not Origin.REPLACED:
            return False
        if not self.is_open and (cursor.hasSelection() or cursor.position() != spot.end):
            return False
        self._replace(spot, spot.known, Offer(spot.known.heard, "", ""))
        return True

    def write_instead(self, text: str) -> None:
        """Let `text` stand instead of the selected words, or of the one at the cursor, as a person's correction."""
        cursor = self._composer.textCursor()
        spots = self._wording.between(cursor.selectionStart(), cursor.selectionEnd())
        words = [one for one in self._wording.said_at(spots) if one.turn]
        if not words:
            self._composer.insert(text)
            return
        turn, indexes = words[0].turn, []
        for key in (key for spot in spots for key in spot.keys):
            known = self._wording.known(key)
            indexes += [known.first, known.last] if known.turn == turn else []
        first, last = (min(indexes), max(indexes)) if indexes else (-1, -1)
        start, end = spots[0].start, spots[-1].end
        whole = fitted(text, self._wording.text(start, end), "", exact=True)
        word = corrected(whole, [word for whose, word in words if whose == turn])
        with self._composer.one_step() as editing:
            put(self._wording, editing, start, end, Known(turn, first, last, word, settled=True))
        self._composer.tell_edited()
        self._go_on(start)

    # keys and pointer

    def wants(self, event: QKeyEvent) -> bool:
        """Is this key for the list, although it is a key of the window? Escape first ends what it waits for."""
        waits = self._composer.listens_again
        return self.is_open and not waits and event.key() == Qt.Key.Key_Escape and event.modifiers() == _PLAIN

    def press(self, event: QKeyEvent) -> bool:
        """True where the key was for a word."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _PLAIN
        if self.is_open and plain and self._press_in_list(event.key()):
            return True
        if event.key() == Qt.Key.Key_Backspace and event.modifiers() == _CONTROL and self._bring_back():
            return True
        if self.asking.press(event):
            return True
        if not event.text() and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self._home = None  # the user moves about
        return False

    def _press_in_list(self, key: int) -> bool:
        spot, offered = self._list.spot, self._list.offers
        if spot is None or spot.known is None:
            return False
        if Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(offered):
            self._choose(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and offered:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.row >= 0:
            self._choose(self._list.row)
        elif key == Qt.Key.Key_Escape:
            self.close()
            if spot.known.doubtful:
                self._accept(spot, spot.known)
        else:
            return False
        return True

    def clicked(self, event: QMouseEvent) -> bool:
        """Ctrl+click plays the word. True where the click is used up."""
        self._home = None
        self.close()
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() != _CONTROL:
            return False
        spot = self._under(event)
        if spot is not None:
            self._select(spot)
            self.asking.play()
        return True

    def released(self, event: QMouseEvent) -> None:
        """A click on a marked word shows what else it may have been."""
        left = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == _PLAIN
        if not left or self._composer.textCursor().hasSelection():
            return
        spot = self._under(event)
        if spot is not None and spot.known is not None and _is_marked(spot.known):
            self._open(spot)

    def _under(self, event: QMouseEvent) -> Spot | None:
        """The word under the pointer."""
        composer = self._composer
        where = composer.viewport().mapTo(composer.window(), event.position().toPoint())
        position = composer.cursorForPosition(event.position().toPoint()).position()
        for spot in self._wording.between(max(0, position - 1), position + 1):
            if any(rect.contains(where) for rect in self._list.rects(spot)):
                return spot
        return None

    def explain(self, position: int) -> str:
        """What is to be said about the word at `position`; "" where there is nothing."""
        spot = self._wording.at(position)
        if spot is None or spot.known is None or not spot.start <= position < spot.end:
            return ""
        known = spot.known
        if known.doubtful or known.word.origin is Origin.SPOKEN:
            return title_about(known) if known.doubtful else ""
        back = "\nCtrl+Backspace after it brings that back." if known.word.origin is Origin.REPLACED else ""
        return title_about(known) + back

    def _here(self) -> Spot | None:
        cursor = self._composer.textCursor()
        spots = self._wording.between(cursor.selectionStart(), cursor.selectionEnd())
        return spots[0] if spots else None

    def _has_offers(self) -> bool:
        spot = self._here()
        return spot is not None and spot.known is not None and bool(offers(spot.known))

    @Slot()
    def _open_here(self) -> None:
        spot = self._here()
        if spot is not None:
            self._go_to(spot)


def _is_marked(known: Known) -> bool:
    return known.doubtful or known.word.origin is Origin.REPLACED
