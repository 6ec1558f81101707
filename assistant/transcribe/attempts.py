"""Which scribe is tried after one that left or fell silent, and what is said when none is left to try."""

from assistant.turn.events import Fault, Remedy

_MOST_ENDS = 3

NOTHING_WORKS = Fault(
    "recogniser-broken",
    "Speech cannot be recognised now; the recording is kept.",
    "Try again, or start the program again.",
    Remedy.TRANSCRIBE_AGAIN,
)
BROKE_OFF = Fault(
    "recogniser-failed",
    "The recogniser broke off twice; the recording is kept.",
    "Try again, or choose a smaller model.",
    Remedy.TRANSCRIBE_AGAIN,
)


def unusable(model: str) -> Fault:
    return Fault(
        "model-unusable",
        f"{f'The model {model}' if model else 'The installed model'} cannot be used; the basic recogniser stands in.",
        "Choose another model, or get it again.",
        Remedy.GET_RECOGNISER,
    )


class Attempts:
    """First the device that was chosen, then the CPU, then the basic recogniser; each may end a few times."""

    def __init__(self) -> None:
        self.afresh()

    def afresh(self) -> None:
        """Begin with what was chosen."""
        self.on_cpu = self.on_basic = False
        self._ends = 0

    def succeeded(self) -> None:
        """A recording was worked through: what ended before does not count any more."""
        self._ends = 0

    def ended(self, *, ready: bool) -> bool:
        """A scribe has ended, before or after it was ready: choose the next one, and tell whether there is one."""
        self._ends += 1
        worn_out = not ready or self._ends >= _MOST_ENDS
        if not self.on_cpu:
            self.on_cpu = True
        elif worn_out and self.on_basic:
            return False
        elif worn_out:
            self.on_basic = True
            self._ends = 0
        return True
