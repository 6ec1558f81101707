"""What the user is to be told: what is missing, what went wrong, what was left unfinished. One bar for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assistant.ports import Unfinished
from assistant.turn.events import Fault, Part, PartChanged, Readiness, Remedy
from assistant.turn.states import Session
from assistant.window.bar import Bar
from assistant.window.look import Look
from assistant.window.words import REMEDIES

_IMPORTANT_FIRST = (Part.HEAR, Part.TRANSCRIBE, Part.THINK, Part.KEYS, Part.SPEAK, Part.REMEMBER, Part.INSERT)
_USUAL_REMEDIES = {
    Part.HEAR: Remedy.CHOOSE_MICROPHONE,
    Part.TRANSCRIBE: Remedy.GET_RECOGNISER,
    Part.THINK: Remedy.CONNECT_MODEL,
    Part.SPEAK: Remedy.CHOOSE_VOICE,
    Part.KEYS: Remedy.CHOOSE_KEY,
}


class NoticeBar(Bar):
    """The newest notice. `remedied` carries what its button is to do."""

    remedied = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, ground="notice", icon="warning", colour="doubt")
        self.fault: Fault | None = None
        self.acted.connect(self._act)

    def show_session(self, session: Session) -> None:
        newest = session.notices[-1] if session.notices else None
        if newest == self.fault:
            return
        self.fault = newest
        if newest is None:
            self.hide()
        else:
            self.say(newest.message, newest.hint, REMEDIES.get(newest.remedy, "") if newest.remedy else "")

    @Slot()
    def _act(self) -> None:
        if self.fault is not None:
            self.remedied.emit(self.fault.remedy)


class MissingBar(Bar):
    """The most important part that is not ready, with the button that mends it; or how far its download is."""

    remedied = Signal(object)
    download_stopped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, ground="raised", icon="info", colour="muted")
        self._shown: PartChanged | None = None
        self.acted.connect(self._act)

    def show_session(self, session: Session) -> None:
        missing = _missing(session)
        if missing == self._shown:
            return
        self._shown = missing
        if missing is None:
            self.hide()
        elif missing.progress is not None:
            name = missing.label or "The recogniser"
            text = f"{name} is being downloaded, {missing.progress:.0%}."
            self.say(text, "", "Stop", progress=missing.progress, dismiss=False)
        elif missing.fault is not None:
            remedy = self._remedy(missing)
            self.say(
                missing.fault.message, missing.fault.hint, REMEDIES[remedy] if remedy else "", dismiss=False
            )

    def _remedy(self, missing: PartChanged) -> Remedy | None:
        return (missing.fault.remedy if missing.fault else None) or _USUAL_REMEDIES.get(missing.part)

    @Slot()
    def _act(self) -> None:
        if self._shown is None:
            return
        if self._shown.progress is not None:
            self.download_stopped.emit()
        else:
            self.remedied.emit(self._remedy(self._shown))


def _missing(session: Session) -> PartChanged | None:
    """What to tell first: a part that does not work before one that works in part or is on its way."""
    telling = [
        one
        for one in session.parts
        if one.readiness is not Readiness.READY and (one.fault or one.progress is not None)
    ]

    def urgency(one: PartChanged) -> tuple[bool, int]:
        return one.readiness not in (Readiness.MISSING, Readiness.BROKEN), _IMPORTANT_FIRST.index(one.part)

    return min(telling, key=urgency, default=None)


class RecoveryBar(Bar):
    """What was under way when the program ended, one after the other. `wanted` carries what is to be taken up again."""

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, ground="mine", icon="clock-counter-clockwise", colour="accent")
        self._left: list[Unfinished] = []
        self.acted.connect(self._take_up)
        self.dismissed.connect(self._next)

    def offer(self, unfinished: Sequence[Unfinished]) -> None:
        self._left = list(unfinished)
        self._show()

    def _show(self) -> None:
        if not self._left:
            self.hide()
            return
        first, more = self._left[0], len(self._left) - 1
        button = "Write it down" if first.recording else "Open it"
        self.say(first.what, f"{more} more after this." if more else "", button)

    @Slot()
    def _take_up(self) -> None:
        self.wanted.emit(self._left[0])
        self._next()

    @Slot()
    def _next(self) -> None:
        del self._left[:1]
        self._show()
