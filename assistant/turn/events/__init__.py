"""What happened: everything that can reach the turn, as values.

A result carries the `turn` that asked for it; a result of an abandoned turn changes nothing. Times are seconds of the
machine's monotonic clock (`time.monotonic`), which counts from its start and is the same one in every process, on
Linux, macOS and Windows alike (where it moves in steps of 16 ms before Python 3.13).
"""

from assistant.turn.events.answering import (
    AnswerAgainAsked,
    QuestionSent,
    ReadAloudAsked,
    ReplyEnded,
    ReplyGrew,
    SentenceSpoken,
    SentenceStarted,
    SpeechStopped,
)
from assistant.turn.events.mending import HeardAgain, ListenAgainAsked, LooksAbandoned, SoundAsked
from assistant.turn.events.parts import (
    Fault,
    Noticed,
    NoticeDismissed,
    Part,
    PartChanged,
    Readiness,
    Remedy,
    StageFailed,
)
from assistant.turn.events.saying import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    DraftEdited,
    Goal,
    Inserted,
    Placed,
    Recording,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TranscribeAgainAsked,
    Transcribed,
    TranscriptGrew,
)
from assistant.turn.events.session import (
    Cancelled,
    ConversationOpened,
    Habits,
    HabitsChanged,
    SendMode,
    TimerFired,
    TrialsBegan,
    TrialsEnded,
)

Event = (
    TalkStarted
    | TalkEnded
    | TalkAbandoned
    | AudioStarted
    | AudioHeard
    | AudioEnded
    | TranscriptGrew
    | Transcribed
    | Placed
    | DraftEdited
    | Submitted
    | QuestionSent
    | ReplyGrew
    | ReplyEnded
    | SentenceStarted
    | SentenceSpoken
    | Inserted
    | StageFailed
    | PartChanged
    | TimerFired
    | Cancelled
    | SpeechStopped
    | ReadAloudAsked
    | AnswerAgainAsked
    | TranscribeAgainAsked
    | SoundAsked
    | ListenAgainAsked
    | LooksAbandoned
    | HeardAgain
    | ConversationOpened
    | Noticed
    | NoticeDismissed
    | HabitsChanged
    | TrialsBegan
    | TrialsEnded
)

__all__ = [
    "AnswerAgainAsked",
    "AudioEnded",
    "AudioHeard",
    "AudioStarted",
    "Cancelled",
    "ConversationOpened",
    "DraftEdited",
    "Event",
    "Fault",
    "Goal",
    "Habits",
    "HabitsChanged",
    "HeardAgain",
    "Inserted",
    "ListenAgainAsked",
    "LooksAbandoned",
    "NoticeDismissed",
    "Noticed",
    "Part",
    "PartChanged",
    "Placed",
    "QuestionSent",
    "ReadAloudAsked",
    "Readiness",
    "Recording",
    "Remedy",
    "ReplyEnded",
    "ReplyGrew",
    "SendMode",
    "SentenceSpoken",
    "SentenceStarted",
    "SoundAsked",
    "SpeechStopped",
    "StageFailed",
    "Submitted",
    "TalkAbandoned",
    "TalkEnded",
    "TalkStarted",
    "TimerFired",
    "TranscribeAgainAsked",
    "Transcribed",
    "TranscriptGrew",
    "TrialsBegan",
    "TrialsEnded",
]
