"""Second looks at some words: who takes each of them, and what is told of it.

Who asks for one and waits gets the larger model that is here; all others wait until the scribe in use is idle.
"""

from collections.abc import Callable, Iterable, Sequence

from assistant.ports import Emit
from assistant.transcribe.installed import Models
from assistant.transcribe.larger import LargerScribe
from assistant.transcribe.looks import Look, Looks
from assistant.transcribe.machine import memory_bytes
from assistant.transcribe.scribe_process import Act
from assistant.transcribe.understood import Understood
from assistant.turn.events import HeardAgain
from assistant.turn.transcript import Word


class ListeningAgain:
    """All methods are called on one thread, to which `act` brings what the larger model says.

    `wanted`: a look waits for the scribe in use.
    """

    def __init__(
        self, models: Models, act: Act, understood: Understood, emit: Emit, wanted: Callable[[], None]
    ) -> None:
        self._models = models
        self._understood = understood
        self._emit = emit
        self._wanted = wanted
        self._looks = Looks()
        self.larger = LargerScribe(models, act, self._heard, self._take_here)

    @property
    def idle(self) -> bool:
        """Whether the scribe in use has nothing to do with any look."""
        return self._looks.idle

    def take(self, look: Look, present: str, language: str, device: str, *, busy: bool) -> None:
        """A new one. `present` is the recogniser in use; a larger one is not begun while `busy`, when somebody speaks."""
        larger = self._models.larger(present, language, memory_bytes()) if look.number else None
        if larger is None:
            self._take_here(look)
        elif busy:
            self._found_nothing([look])
        else:
            self.larger.take(look, larger, language, device)

    def begin(self) -> Look | None:
        """The next for the scribe in use, one at a time, so that a recording never waits for more than one."""
        return self._looks.begin()

    def heard(self, recogniser: str, words: Sequence[Word]) -> None:
        """What the scribe in use has found for the look it was given."""
        self._heard(self._looks.done(), recogniser, words)

    def make_way(self) -> None:
        """A recording begins."""
        self._found_nothing([*self.larger.make_way(), *self._looks.drop()])

    def broke_off(self) -> None:
        """The scribe in use has ended."""
        self._found_nothing(self._looks.drop_all())

    def abandon(self, number: int) -> None:
        self._looks.abandon(number)
        self.larger.abandon(number)

    def _take_here(self, look: Look) -> None:
        self._looks.add(look)
        self._wanted()

    def _heard(self, look: Look, recogniser: str, words: Sequence[Word]) -> None:
        self._tell(look, self._understood.again(recogniser, words))

    def _found_nothing(self, looks: Iterable[Look]) -> None:
        for look in looks:
            self._tell(look, ())

    def _tell(self, look: Look, words: Sequence[Word]) -> None:
        """Somebody may wait, also where nothing was found."""
        if words or look.number:
            self._emit(HeardAgain(look.turn, tuple(words), look.number))
