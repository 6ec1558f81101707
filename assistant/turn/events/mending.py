"""What happens to words that stand in the composer: they are played, listened to again, understood better."""

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Stretch, Word


@dataclass(frozen=True, slots=True)
class SoundAsked:
    """The user wants to hear how this was said, one after the other."""

    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ListenAgainAsked:
    """The user wants these seconds of the recording of `turn` understood once more; `near` are terms that may be meant."""

    turn: int
    start_s: float
    end_s: float
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LooksAbandoned:
    """The user no longer waits for what is listened to again."""


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """What a second, slower look at some words of the recording of `turn` found, with their alternatives.

    `look` is the number of the look, where somebody asked for it; then this follows however little was found.
    """

    turn: int
    words: tuple[Word, ...]
    look: int = 0
