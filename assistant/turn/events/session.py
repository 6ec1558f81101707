"""What concerns the session as a whole: its conversation, its habits, its end."""

from enum import StrEnum

from assistant.turn.conversation import Conversation
from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TrialsBegan:
    """What is said with the key to ask is a trial from now on (`Goal.TRIAL`)."""


@dataclass(frozen=True, slots=True)
class TrialsEnded:
    """No more of that; a trial that is under way is given up."""


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    """A new or a stored conversation becomes the present one.

    `draft` is its unsent text, which replaces what stands in the composer; None leaves the composer as it is.
    """

    conversation: Conversation
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Esc, or `aloud cancel`: end whatever is going on."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    name: str
    turn: int


class SendMode(StrEnum):
    """When a spoken message is sent."""

    AT_ONCE = "at once"
    AFTER_LOOK = "after a look"
    WHEN_SURE = "when sure"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the user chose and the turn obeys. Doubtful is a word with a probability under `doubt_below` (0..1)."""

    send: SendMode = SendMode.AT_ONCE
    speak_replies: bool = True
    cues: bool = True
    doubt_below: float = 0.87
    longest_recording_s: float = 600.0


@dataclass(frozen=True, slots=True)
class HabitsChanged:
    habits: Habits
