"""The parts of the program: how they are, and what is wrong with them."""

from enum import StrEnum

from assistant.turn.dataclass import dataclass


class Part(StrEnum):
    """A stage of the way, as it is named in faults, logs and readiness."""

    KEYS = "keys"
    HEAR = "hear"
    TRANSCRIBE = "transcribe"
    THINK = "think"
    SPEAK = "speak"
    INSERT = "insert"
    REMEMBER = "remember"


class Remedy(StrEnum):
    """What one button can do about a notice."""

    ANSWER_AGAIN = "answer-again"
    TRANSCRIBE_AGAIN = "transcribe-again"
    CONNECT_MODEL = "connect-model"
    GET_RECOGNISER = "get-recogniser"
    CHOOSE_MICROPHONE = "choose-microphone"
    CHOOSE_VOICE = "choose-voice"
    CHOOSE_KEY = "choose-key"
    OPEN_CONVERSATION = "open-conversation"
    LOOK_AT_RULE = "look-at-rule"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure in the user's words: `message` is one sentence, `hint` says what to do, `code` is for programs."""

    code: str
    message: str
    hint: str = ""
    remedy: Remedy | None = None


class Readiness(StrEnum):
    STARTING = "starting"
    READY = "ready"
    LIMITED = "limited"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PartChanged:
    """A part's readiness, for the line at the top of the window. `progress` is 0..1 where something is under way.

    `in_use` names what it works with, as the settings would: the key to ask and the key to dictate.
    """

    part: Part
    readiness: Readiness
    label: str = ""
    fault: Fault | None = None
    progress: float | None = None
    in_use: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageFailed:
    turn: int
    part: Part
    fault: Fault


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something outside the turn has something to say to the user."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class NoticeDismissed:
    pass
